"""The text area of a document: its margins, its size of letters, how it marks paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractor.layout.cues import item_kind
from extractor.model.document import Line

TERMINAL = "。！？；：.;:!?"
_FEW = 8
INDENT = 1.2
"""A line that begins so many em right of the margin is indented."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Margins in points. `pitch` is the usual distance between line tops; `indents` says that paragraphs begin indented.

    `wrapped` is false for a text whose lines are whole paragraphs; `hidden_indent` is the width that the first line
    of a paragraph may lack at its right because its indent was lost; `margin_items` are the kinds of numbered lines
    that begin at the margin although other paragraphs are indented.
    """

    left: float
    right: float
    em: float
    pitch: float
    indents: bool
    wrapped: bool = True
    hidden_indent: float = 0.0
    margin_items: frozenset[str | None] = frozenset()

    def is_indented(self, line: Line) -> bool:
        return line.x0 - self.left >= INDENT * self.em

    def is_balanced(self, line: Line) -> bool:
        return abs((line.x0 - self.left) - (self.right - line.x1)) < 1.2 * line.size

    def is_centred(self, line: Line) -> bool:
        return line.x0 - self.left > 2.6 * self.em and self.is_balanced(line)


def frame_of(lines: Sequence[Line], on_paper: bool = True, tables: Sequence[tuple[float, float]] = (), least: float = 0.0) -> Frame:
    """The frame of the lines of one column, page after page, furniture set aside.

    Where only a few lines stand around tables, the edges of the tables tell the margins; the right one is at `least`.
    """
    if not lines:
        return Frame(0.0, 0.0, 12.0, 0.0, indents=False)
    em = body_size(lines)
    left = _left(lines, em)
    indented_pairs = _indented_pairs(lines, left, em)
    indents = len(indented_pairs) >= (2 if len(lines) >= 12 else 1)
    right = max(_right(lines, left, em, indents), least)
    if tables and len(lines) < _FEW:
        left, right = min(left, *(x0 for x0, _ in tables)), max(right, *(x1 for _, x1 in tables))
    wrapped = on_paper or indents or _is_wrapped(lines, left, right, em)
    hidden = 0.0 if on_paper or indents else 2 * em
    items = _margin_items(lines, left, right, em) if indents else frozenset()
    return Frame(left, right, em, _pitch(lines, em), indents, wrapped, hidden, items)


def own_left(lines: Sequence[Line], usual: Frame) -> int:
    """The left margin of a page in points where paragraphs show that it is not the usual one, else -1."""
    if len(lines) < 4:
        return -1
    left = _left(lines, usual.em)
    moved = abs(left - usual.left) > 0.5 * usual.em and len(_indented_pairs(lines, left, usual.em)) >= 2
    return round(left) if moved else -1


def body_size(lines: Sequence[Line]) -> float:
    """The size most characters have."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(line.size * 2) / 2] += len(line.text)
    return counts.most_common(1)[0][0] or 12.0


def _left(lines: Sequence[Line], em: float) -> float:
    """The leftmost place where more than a stray line begins."""
    starts = sorted(line.x0 for line in lines)
    needed = max(2, len(lines) // 25)
    for place, start in enumerate(starts):
        last = place + needed - 1
        if last < len(starts) and starts[last] - start <= 0.35 * em:
            return start
    return starts[0]


def _indented_pairs(lines: Sequence[Line], left: float, em: float) -> list[Line]:
    """First lines of paragraphs: indented by about two characters, long, and the line after them at the margin."""
    longest = max(line.x1 for line in lines)
    return [
        a
        for a, b in pairwise(lines)
        if 1.5 * em <= a.x0 - left <= 2.7 * em and abs(b.x0 - left) <= 0.5 * em and a.x1 >= left + 0.8 * (longest - left)
    ]


def _right(lines: Sequence[Line], left: float, em: float, indents: bool) -> float:
    longest = max(line.x1 for line in lines)
    if indents:
        ends = [a.x1 for a, b in pairwise(lines) if abs(b.x0 - left) <= 0.5 * em and a.x1 >= left + 0.8 * (longest - left)]
    else:
        ends = [line.x1 for line in lines if line.x1 >= left + 0.8 * (longest - left)]
    return median(ends) if len(ends) >= 3 else longest


def _margin_items(lines: Sequence[Line], left: float, right: float, em: float) -> frozenset[str | None]:
    """The kinds of numbers at the margin after a line that clearly ended a paragraph."""
    return frozenset(item_kind(b.text) for a, b in pairwise(lines) if b.x0 - left < 0.5 * em and a.x1 < right - 2.5 * em) - {None}


def _is_wrapped(lines: Sequence[Line], left: float, right: float, em: float) -> bool:
    """Are lines of a text broken at a margin: several end near it in the middle of a sentence, and none far beyond it?"""
    cut = sum(abs(line.x1 - right) <= 2.1 * em and line.text[-1] not in TERMINAL for line in lines)
    beyond = sum(line.x1 > right + 4 * em for line in lines)
    return cut >= 2 and cut * 12 >= len(lines) and beyond * 20 <= len(lines) and 12 * em <= right - left <= 75 * em


def _pitch(lines: Sequence[Line], em: float) -> float:
    steps = [
        b.top - a.top
        for a, b in pairwise(lines)
        if a.page == b.page and b.top > a.top and abs(a.size - em) <= 1 and abs(b.size - em) <= 1 and b.top - a.top < 5 * em
    ]
    return median(steps) if steps else 0.0
