"""The parts of a number format of a workbook, one after the other."""

from __future__ import annotations

import re
from functools import lru_cache

Token = tuple[str, str]
"""What it is, and its text."""

LITERALS = frozenset({"quoted", "escaped", "currency", "percent", "other"})
"""Kinds that are shown literally."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<elapsed>h+|m+|s+)\]|\[[^\]]*\]|'
    r"(?P<general>General|G/通用格式)|(?P<noon>AM/PM|A/P|上午/下午)|(?P<power>E[+-])|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|"
    r"(?P<percent>%)|(?P<date>y+|m+|d+|h+|s+|a{3,4}|e+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = 255
"""Formats are no longer than this."""


@lru_cache(maxsize=256)
def tokens_of(section: str) -> tuple[Token, ...]:
    """The parts of a format without its colours, conditions and padding.

    >>> tokens_of('#,0.0_ "元"')
    (('digit', '#'), ('comma', ','), ('digit', '0'), ('point', '.'), ('digit', '0'), ('quoted', '元'))
    """
    matches = _TOKEN.finditer(section[:_LONGEST])
    return tuple((match.lastgroup, match[match.lastgroup]) for match in matches if match.lastgroup)
