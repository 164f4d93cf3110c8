"""A string to its Mentions: every figure, date, document number and grade, one entity a place, in order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import extractor.lexicon.packs as packs
from extractor.lexicon.hit import Hit
from extractor.lexicon.packs import USER_TIME_LIMIT, Lexicon
from extractor.lexicon.scanner import scanner
from extractor.model.facts import Kind, Mention
from extractor.model.quantity import Bound, Quantity

_BOUNDS = {"approx": Bound.APPROX, "at_least": Bound.AT_LEAST, "at_most": Bound.AT_MOST}
_REACH = 8
_REPEATED = 40
"""Texts of so many characters at most are likely to be met again."""


def scan(text: str, lexicon: Lexicon | None = None) -> tuple[Mention, ...]:
    """The mentions of a text, in order and not overlapping; offsets are those of the text as given.

    >>> [(m.kind.value, m.quantity.value) for m in scan("支出430万元，完成率79.6%") if m.quantity]
    [('money', Decimal('4300000')), ('percent', Decimal('79.6'))]
    """
    lexicon = lexicon or packs.default()
    return _scan_again(text, lexicon) if len(text) <= _REPEATED else _scan(text, lexicon)


def _scan(text: str, lexicon: Lexicon) -> tuple[Mention, ...]:
    words = _bound_words(lexicon)
    found = [_mention(text, hit, words) for hit in scanner(lexicon).hits(text)]
    return _with_user_patterns(text, lexicon, found) if lexicon.user_patterns else tuple(found)


_scan_again = lru_cache(maxsize=1 << 12)(_scan)
"""The labels and values of forms (数量指标, ≥95%, 100%) are printed again and again, in one report and in the next."""


def _mention(text: str, hit: Hit, words: _BoundWords) -> Mention:
    if hit.digits is None or hit.kind is Kind.ORDINAL:
        return Mention(hit.kind, hit.start, hit.end, hit.pattern, None, hit.text, hit.groups or {})
    bound = hit.bound
    if bound in (Bound.NONE, Bound.APPROX) and hit.upper is None:
        bound = words.around(text, hit.start, hit.end) or bound
    quantity = Quantity(hit.digits, hit.decimals, hit.unit, hit.multiplier, bound, hit.upper, text[hit.start : hit.end])
    return Mention(hit.kind, hit.start, hit.end, hit.pattern, quantity, None, hit.groups or {})


class _BoundWords:
    """The words that bound a figure, by the character that touches it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._before = self._index(lexicon, "bound_before", -1)
        self._after = self._index(lexicon, "bound_after", 0)

    @staticmethod
    def _index(lexicon: Lexicon, name: str, place: int) -> dict[str, list[tuple[str, Bound]]]:
        index: dict[str, list[tuple[str, Bound]]] = {}
        for group, words in lexicon.groups(name).items():
            for word in words:
                index.setdefault(word[place], []).append((word, _BOUNDS[group]))
        for entries in index.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        return index

    def around(self, text: str, start: int, end: int) -> Bound | None:
        """What the words beside [start, end) say; a word before it counts more than one after it."""
        while start > 0 and text[start - 1] in " \n“":
            start -= 1
        for word, bound in self._before.get(text[start - 1 : start], ()):
            if text.endswith(word, max(0, start - _REACH), start):
                return bound
        while text[end : end + 1] in (" ", "\n", "”"):
            end += 1
        for word, bound in self._after.get(text[end : end + 1], ()):
            if text.startswith(word, end):
                return bound
        return None


@lru_cache(maxsize=4)
def _bound_words(lexicon: Lexicon) -> _BoundWords:
    return _BoundWords(lexicon)


def _with_user_patterns(text: str, lexicon: Lexicon, found: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions with those of the user's own patterns, which win where they overlap."""
    own: list[Mention] = []
    for name in lexicon.user_patterns:
        record = lexicon.patterns[name]
        if record.kind is None:
            continue
        for match in lexicon.pattern(name).finditer(text, timeout=USER_TIME_LIMIT):
            groups = {key: value for key, value in match.groupdict().items() if value}
            own.append(Mention(Kind(record.kind), match.start(), match.end(), name, text=match.group(), groups=groups))
    kept = [m for m in found if not any(m.start < o.end and o.start < m.end for o in own)]
    merged: list[Mention] = []
    for mention in sorted([*own, *kept], key=lambda m: (m.start, -m.end)):
        if not merged or mention.start >= merged[-1].end:
            merged.append(mention)
    return tuple(merged)
