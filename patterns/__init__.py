"""The built-in pattern packs: data only, read by `extractor.lexicon.packs`."""
