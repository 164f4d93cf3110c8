"""Imported once by the fork server, so that the workers forked from it need not compile the patterns again."""

from __future__ import annotations

import extractor.batch.worker  # noqa: F401 (what workers run)
from extractor.lexicon.packs import default
from extractor.lexicon.scanner import scanner

LEXICON = default()
scanner(LEXICON)
for name in LEXICON.patterns:
    if not name.startswith("figure."):  # those are the scanner's, compiled as one
        LEXICON.pattern(name)
