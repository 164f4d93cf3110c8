"""Which cell of a ruled table a character stands in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.model.pages import Rect, Run

_HANGING = frozenset("，。、；：）》”’】」")
SLACK = 0.5
"""The centre of a character may lie so many points outside its cell."""

Home = Rect | None


class Homes:
    """The cells of a table, indexed for many lookups at few heights."""

    def __init__(self, cells: Sequence[Rect]) -> None:
        self._cells = cells
        self.box = cells_box(cells)
        self._heights = sorted({edge for _, top, _, bottom in cells for edge in (top - SLACK, bottom + SLACK)})
        self._levels: dict[int, tuple[list[float], list[Home]]] = {}

    def sort(self, runs: Sequence[Run]) -> tuple[dict[Rect, list[Run]], list[Run]]:
        """The characters in each cell, and those outside."""
        inside: dict[Rect, list[Run]] = {cell: [] for cell in self._cells}
        outside: list[Run] = []
        last: Run | None = None
        home: Home = None
        for run in runs:
            for piece, own in self._parted(run, last, home):
                (inside[own] if own else outside).append(piece)
                home = own
            last = run
        return inside, outside

    def _parted(self, run: Run, last: Run | None, before: Home) -> Iterator[tuple[Run, Home]]:
        """The pieces of a run in each cell; `before` is the home of the last character of the run before it."""
        edges, at = self._at((run.top + run.bottom) / 2)
        first, end = bisect_left(edges, min(run.x0)), bisect_right(edges, max(run.x1))
        if first == end and run.letters[0] not in _HANGING:  # all of it between two edges
            yield run, None if run.slanted else at[first]
            return
        homes = self._homes(run)
        if not _HANGING.isdisjoint(run.letters):
            for place, letter in enumerate(run.letters):
                if letter in _HANGING and _hangs(run, place, last):
                    homes[place] = homes[place - 1] if place else before
        changes = [place for place, (one, other) in enumerate(pairwise(homes), 1) if one is not other]
        if not changes:
            yield run, homes[0]
            return
        for start, end in pairwise((0, *changes, len(homes))):
            yield run._replace(letters=run.letters[start:end], x0=run.x0[start:end], x1=run.x1[start:end]), homes[start]

    def _homes(self, run: Run) -> list[Home]:
        """The first cell around the middle of each character."""
        y = (run.top + run.bottom) / 2
        edges, homes = self._at(y)
        if run.slanted or not edges:
            return [None] * len(run.letters)
        middles = [(x0 + x1) / 2 for x0, x1 in zip(run.x0, run.x1, strict=True)]
        places = [bisect_left(edges, middle) for middle in middles]
        return [
            self._home(middle, y) if place < len(edges) and edges[place] == middle else homes[place]
            for middle, place in zip(middles, places, strict=True)
        ]

    def _at(self, y: float) -> tuple[list[float], list[Home]]:
        """The cells along a height; the answer is the same between two heights at which cells begin or end."""
        place = bisect_left(self._heights, y)
        if place < len(self._heights) and self._heights[place] == y:
            return self._level(y)
        if place not in self._levels:
            self._levels[place] = self._level(y)
        return self._levels[place]

    def _home(self, x: float, y: float) -> Home:
        return next((cell for cell in self._cells if within(x, y, cell)), None)

    def _level(self, y: float) -> tuple[list[float], list[Home]]:
        """The cells at one height: where the first cell around a point changes, and which it is up to there."""
        cells = [cell for cell in self._cells if cell[1] - SLACK <= y <= cell[3] + SLACK]
        edges = sorted({edge for x0, _, x1, _ in cells for edge in (x0 - SLACK, x1 + SLACK)})
        homes: list[Home] = [None] * (len(edges) + 1)
        for cell in reversed(cells):
            first, end = bisect_right(edges, cell[0] - SLACK), bisect_left(edges, cell[2] + SLACK) + 1
            homes[first:end] = [cell] * (end - first)
        return edges, homes


def _hangs(run: Run, place: int, last: Run | None) -> bool:
    """A closing mark belongs to the cell of the character before it, even where it hangs over the border."""
    if not place and (last is None or last.top != run.top):
        return False
    end = run.x1[place - 1] if place or last is None else last.x1[-1]
    return abs(run.x0[place] - end) < 0.3 * run.size


def within(x: float, y: float, box: Rect) -> bool:
    return box[0] - SLACK <= x <= box[2] + SLACK and box[1] - SLACK <= y <= box[3] + SLACK


def cells_box(cells: Sequence[Rect]) -> Rect:
    """The box around the cells of a table."""
    return min(c[0] for c in cells), min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells)
