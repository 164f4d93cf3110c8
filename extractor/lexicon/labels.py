"""Short texts that forms print again and again: what a pattern finds in them is looked up once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

import regex

from extractor.lexicon.packs import Lexicon

Found = Callable[[str], "regex.Match[str] | None"]
KEPT = 1 << 11


@lru_cache(maxsize=32)
def without(lexicon: Lexicon, name: str) -> Callable[[str], str]:
    """What is left of a text when all that a pattern finds is taken out."""
    return lru_cache(maxsize=KEPT)(partial(lexicon.pattern(name).sub, ""))


@lru_cache(maxsize=32)
def searched(lexicon: Lexicon, name: str) -> Found:
    """The first place in a text that a pattern finds."""
    return lru_cache(maxsize=KEPT)(lexicon.pattern(name).search)


@lru_cache(maxsize=32)
def matched(lexicon: Lexicon, name: str) -> Found:
    """What a pattern finds at the beginning of a text."""
    return lru_cache(maxsize=KEPT)(lexicon.pattern(name).match)
