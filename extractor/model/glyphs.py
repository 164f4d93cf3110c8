"""Where the characters of a text stand."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter, lt
from typing import TYPE_CHECKING

from extractor.model.frozen import frozen

if TYPE_CHECKING:
    from extractor.model.document import Box

Level = tuple[int, int, float, float]
"""From which character on a text stands on which page, with which top and bottom. Neighbours differ in more than where they begin."""
_START = itemgetter(0)


@frozen
class Glyphs:
    """Where each character of a text begins and ends, in flat arrays, and the levels that the text stands on: one a line for most.

    A character that layout supplied (a space between two Latin words of wrapped lines) has no width. Page-less formats have no glyphs.
    """

    x0: array[float]
    x1: array[float]
    levels: tuple[Level, ...]

    @property
    def pages(self) -> frozenset[int]:
        return frozenset(page for _, page, *_ in self.levels)

    def page(self, index: int) -> int:
        return self.levels[self._level(index)][1]

    def box(self, index: int) -> Box:
        _, page, top, bottom = self.levels[self._level(index)]
        return page, self.x0[index], top, self.x1[index], bottom

    def _level(self, index: int) -> int:
        """The place among the levels of that of a character."""
        return bisect_right(self.levels, index, key=_START) - 1 if len(self.levels) > 1 else 0

    def lines(self, start: int, end: int) -> list[Box]:
        """One box a line for the characters [start, end), rounded to a tenth of a point."""
        end = min(end, len(self.x0))
        if start >= end:
            return []
        first, last = self._level(start), self._level(end - 1)
        if first == last and (line := self._one_line(first, start, end)):
            return [line]
        out: list[list[float]] = []
        before: Box | None = None
        for box in self._stretches(range(first, last + 1), start, end):
            page, x0, top, x1, bottom = box
            line_before = out[-1] if out else None
            beside = before is None or _are_level(before, box)
            before = box
            if line_before and line_before[0] == page and beside and _same_line(line_before, top, bottom, x0):
                line_before[1], line_before[2] = min(line_before[1], x0), min(line_before[2], top)
                line_before[3], line_before[4] = max(line_before[3], x1), max(line_before[4], bottom)
            else:
                out.append([page, x0, top, x1, bottom])
        return [(int(b[0]), round(b[1], 1), round(b[2], 1), round(b[3], 1), round(b[4], 1)) for b in out]

    def _one_line(self, level: int, start: int, end: int) -> Box | None:
        """The box of characters on one level that follow each other, as those of most figures do."""
        _, page, top, bottom = self.levels[level]
        x0, x1 = self.x0[start:end], self.x1[start:end]
        left = min(x0)
        if left < x0[0] - 1 or bottom <= top or not all(map(lt, x0, x1)):
            return None
        return page, round(left, 1), round(top, 1), round(max(x1), 1), round(bottom, 1)

    def _stretches(self, levels: range, start: int, end: int) -> Iterator[Box]:
        """The boxes of characters that are not empty; of those that follow each other on one level, one box."""
        for place in levels:
            begin, page, high, low = self.levels[place]
            behind = self.levels[place + 1][0] if place + 1 < len(self.levels) else end
            own = slice(max(begin, start), min(behind, end))
            left, right = self.x0[own], self.x1[own]
            if all(map(lt, left, right)) and low > high and min(left) >= left[0] - 1:
                yield page, left[0], high, max(right), low
            else:
                yield from ((page, one, high, other, low) for one, other in zip(left, right, strict=True) if one < other)


def _are_level(left: Box, right: Box) -> bool:
    """Do two characters stand at one height? Of one size and a little apart, they are of cells beside each other."""
    tall = right[4] - right[2]
    return abs(left[4] - left[2] - tall) > 0.05 * tall or abs(left[2] - right[2]) < 0.2 * tall


def _same_line(line: list[float], top: float, bottom: float, x0: float) -> bool:
    overlap = min(line[4], bottom) - max(line[2], top)
    return overlap > 0.5 * min(line[4] - line[2], bottom - top) and x0 >= line[1] - 1
