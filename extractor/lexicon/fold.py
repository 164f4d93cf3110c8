"""Folding of widths and spelling variants, one character to one: offsets into the folded text are those of the text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from extractor.lexicon.packs import Lexicon, default

_FULL_WIDTH = [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]  # digits and letters
_RADICALS = range(0x2F00, 0x2FD6)  # Kangxi radicals, which some PDF fonts yield for plain characters
_FEW = 40


@lru_cache(maxsize=4)
def _table(lexicon: Lexicon) -> tuple[dict[str, str], re.Pattern[str]]:
    pairs = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in (*_FULL_WIDTH, *_RADICALS)}
    pairs.update({c: unicodedata.normalize("NFKC", c) for c in lexicon.words("fold_width")})
    pairs.update({pair[0]: pair[1] for pair in lexicon.words("fold_pairs")})
    return pairs, re.compile("[" + re.escape("".join(pairs)) + "]")


def fold(text: str, lexicon: Lexicon | None = None) -> str:
    """The text with digits, letters, signs and traditional numerals in their plain form; punctuation stays.

    >>> fold("自评得分９６．５分，共１２萬元")
    '自评得分96.5分，共12万元'
    """
    pairs, variant = _table(lexicon or default())
    present = set(variant.findall(text))
    if len(present) > _FEW:
        return text.translate({ord(c): pairs[c] for c in present})
    for character in present:  # replacing a character is far quicker than translating a long text
        text = text.replace(character, pairs[character])
    return text
