"""Which brackets of a text have no partner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Lone:
    """A bracket without a partner: which text it stands in, where, its class, and whether it opens."""

    text: int
    place: int
    kind: str
    opens: bool


def lone_brackets(text: str, openers: Mapping[str, str], closers: Mapping[str, str], number: int = 0) -> Iterator[Lone]:
    """The brackets of one text without a partner; widths and styles of one class may be mixed.

    >>> [lone.place for lone in lone_brackets("（甲（乙）", {"（": "round"}, {"）": "round"})]
    [0]
    """
    waiting: list[Lone] = []
    for match in _any_of("".join((*openers, *closers))).finditer(text):
        place, character = match.start(), match[0]
        if character in openers:
            waiting.append(Lone(number, place, openers[character], True))
        else:
            partner = next((n for n in range(len(waiting) - 1, -1, -1) if waiting[n].kind == closers[character]), None)
            if partner is None:
                yield Lone(number, place, closers[character], False)
            else:
                yield from waiting[partner + 1 :]
                del waiting[partner:]
    yield from waiting


@lru_cache(maxsize=8)
def _any_of(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(characters)}]")


def without_partners_nearby(lone: Sequence[Lone], reach: int = 2) -> list[Lone]:
    """Lone brackets left after an opener is paired with a closer of its class in one of the next texts."""
    left = sorted(lone, key=lambda bracket: (bracket.text, bracket.place))
    for opener in [bracket for bracket in left if bracket.opens]:
        for closer in left:
            if not closer.opens and closer.kind == opener.kind and 0 < closer.text - opener.text <= reach:
                left.remove(closer)
                left.remove(opener)
                break
    return left
