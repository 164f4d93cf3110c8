"""The text area of a document: its margins, its size of letters, how it marks paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractor.layout.cues import item_kind
from extractor.model.printed import Line

TERMINAL = "。！？；：.;:!?"
_FEW = 8
INDENT = 1.2
"""A line that begins so many em right of the margin is indented."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Margins in points. `left` is where wrapped lines go on; `indents` says that first lines begin right or left of it.

    `gap` is the distance between line tops above which lines stand apart, `spaced` says that paragraphs do. `wrapped`
    is false for a text whose lines are whole paragraphs; `hidden_indent` is the width that the first line of a
    paragraph may lack at its right because its indent was lost; `margin_items` are the kinds of numbered lines that
    begin at the margin although other paragraphs are indented.
    """

    left: float
    right: float
    em: float
    gap: float = 0.0
    indents: bool = False
    spaced: bool = False
    wrapped: bool = True
    hidden_indent: float = 0.0
    margin_items: frozenset[str | None] = frozenset()

    def is_indented(self, line: Line) -> bool:
        return line.x0 - self.left >= INDENT * self.em

    def is_outdented(self, line: Line) -> bool:
        return self.left - line.x0 >= INDENT * self.em

    def is_balanced(self, line: Line) -> bool:
        return abs((line.x0 - self.left) - (self.right - line.x1)) < 1.2 * line.size

    def is_centred(self, line: Line) -> bool:
        return line.x0 - self.left > 2.6 * self.em and self.is_balanced(line)

    def are_apart(self, last: Line, line: Line) -> bool:
        """Is the gap between two lines larger than between lines of one paragraph?"""
        step = line.top - last.top
        return last.page == line.page and step > self.gap * max(1.0, line.size / self.em) > 0


def frame_of(lines: Sequence[Line], on_paper: bool = True, tables: Sequence[tuple[float, float]] = (), least: float = 0.0) -> Frame:
    """The frame of the lines of one column, page after page, furniture set aside.

    Where only a few lines stand around tables, the edges of the tables tell the margins; the right one is at `least`.
    """
    if not lines:
        return Frame(0.0, 0.0, 12.0)
    em = body_size(lines)
    left = _left(lines, em)
    indents = len(_first_lines(lines, left, em)) >= (2 if len(lines) >= 12 else 1)
    right = _right(lines, left, em, indents, least)
    if tables and len(lines) < _FEW:
        left, right = min(left, *(x0 for x0, _ in tables)), max(right, *(x1 for _, x1 in tables))
    steps = _steps(lines, em)
    gap = _gap(steps)
    return Frame(
        left,
        right,
        em,
        gap,
        indents,
        spaced=sum(step > gap for step in steps) * 8 > len(lines),
        wrapped=on_paper or indents or _is_wrapped(lines, left, right, em),
        hidden_indent=0.0 if on_paper or indents else 2 * em,
        margin_items=_margin_items(lines, left, right, em) if indents else frozenset(),
    )


def usual_left(lines: Sequence[Line]) -> tuple[float, float]:
    """The left margin of all pages of one size, and the size of their letters."""
    em = body_size(lines) if lines else 12.0
    return (_left(lines, em) if lines else 0.0), em


def own_left(lines: Sequence[Line], usual: float, em: float) -> int:
    """The left margin of a page in points where paragraphs show that it is not the usual one, else -1."""
    if len(lines) < 4:
        return -1
    left = _left(lines, em)
    moved = abs(left - usual) > 0.5 * em and len(_first_lines(lines, left, em)) >= 2
    return round(left) if moved else -1


def body_size(lines: Sequence[Line]) -> float:
    """The size most characters have."""
    printed: dict[float, int] = {}
    for line in lines:
        printed[line.size] = printed.get(line.size, 0) + len(line.text)
    counts: Counter[float] = Counter()
    for size, characters in printed.items():
        counts[round(size * 2) / 2] += characters
    return counts.most_common(1)[0][0] or 12.0


def _left(lines: Sequence[Line], em: float) -> float:
    """Where lines go on that follow a full one in the middle of a sentence; without such lines, the leftmost usual start."""
    margin = _leftmost(lines, em)
    full = margin + 0.85 * (max(line.x1 for line in lines) - margin)
    places = Counter(
        round(b.x0 / (0.35 * em))
        for a, b in pairwise(lines)
        if a.x1 >= full and a.text[-1] not in TERMINAL and abs(a.size - b.size) < 1 and not item_kind(b.text)
    )
    place, count = places.most_common(1)[0] if places else (0, 0)
    if count < 3 or count * 2 < places.total():
        return margin
    return min(line.x0 for line in lines if round(line.x0 / (0.35 * em)) == place)


def _leftmost(lines: Sequence[Line], em: float) -> float:
    """The leftmost place where more than a stray line begins."""
    starts = sorted(line.x0 for line in lines)
    needed = max(2, len(lines) // 25)
    for place, start in enumerate(starts):
        last = place + needed - 1
        if last < len(starts) and starts[last] - start <= 0.35 * em:
            return start
    return starts[0]


def _first_lines(lines: Sequence[Line], left: float, em: float) -> list[Line]:
    """First lines of paragraphs: long, begun about two characters beside the margin where the line after them goes on."""
    longest = max(line.x1 for line in lines)
    return [
        a
        for a, b in pairwise(lines)
        if 1.5 * em <= abs(a.x0 - left) <= 2.7 * em and abs(b.x0 - left) <= 0.5 * em and a.x1 >= left + 0.8 * (longest - left)
    ]


def _right(lines: Sequence[Line], left: float, em: float, indents: bool, least: float) -> float:
    """Where full lines end: those that go on at the margin, or without indents all long ones, which prove less."""
    longest = max(line.x1 for line in lines)
    far = left + 0.8 * (longest - left)
    if indents:
        ends = [a.x1 for a, b in pairwise(lines) if abs(b.x0 - left) <= 0.5 * em and a.x1 >= far]
        if len(ends) >= 3:
            return median(ends)
    ends = [line.x1 for line in lines if line.x1 >= far]
    return max(least, median(ends) if len(ends) >= 3 else longest)


def _margin_items(lines: Sequence[Line], left: float, right: float, em: float) -> frozenset[str | None]:
    """The kinds of numbers at the margin after a line that clearly ended a paragraph."""
    return frozenset(item_kind(b.text) for a, b in pairwise(lines) if b.x0 - left < 0.5 * em and a.x1 < right - 2.5 * em) - {None}


def _is_wrapped(lines: Sequence[Line], left: float, right: float, em: float) -> bool:
    """Are lines of a text broken at a margin: several end near it in the middle of a sentence, and none far beyond it?"""
    cut = sum(abs(line.x1 - right) <= 2.1 * em and line.text[-1] not in TERMINAL for line in lines)
    beyond = sum(line.x1 > right + 4 * em for line in lines)
    return cut >= 2 and cut * 12 >= len(lines) and beyond * 20 <= len(lines) and 12 * em <= right - left <= 75 * em


def _steps(lines: Sequence[Line], em: float) -> list[float]:
    """The distances between the tops of neighbouring lines of the body."""
    return [
        b.top - a.top
        for a, b in pairwise(lines)
        if a.page == b.page and b.top > a.top and abs(a.size - em) <= 1 and abs(b.size - em) <= 1 and b.top - a.top < 5 * em
    ]


def _gap(steps: Sequence[float]) -> float:
    """The step above which lines stand apart: a fourth more than usual where steps are regular, else half as much more."""
    if not steps:
        return 0.0
    pitch = median(steps)
    regular = sum(abs(step - pitch) < 0.04 * pitch for step in steps) * 5 >= 3 * len(steps)
    return pitch * (1.25 if regular else 1.45)
