"""The rules of a page → the cells of its tables, as pdfplumber's table finder gives them for lines, on plain tuples.

pdfplumber keeps every edge as a dictionary and compares all pairs; on pages full of forms that takes longer than reading
them. The steps and tolerances are the same (snap, join, cross, close, group), and a test compares the results.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.model.pages import Rect

SNAP, JOIN, CROSS, SHORTEST = 3.0, 3.0, 1.0, 3.0
"""Tolerances in points: nearer rules are one, smaller gaps are closed, nearer ends still cross, shorter rules are ignored."""

Rule = tuple[float, float, float]
"""Where a rule stands, where it starts and where it ends: (x, top, bottom) or (y, x0, x1)."""
Point = tuple[float, float]


class Edges(NamedTuple):
    """The edges of a page; an oblique line counts as upright, as with pdfplumber. `total` counts curves too."""

    level: Sequence[Rect]
    upright: Sequence[Rect]
    total: int


def cells(edges: Edges) -> tuple[tuple[Rect, ...], ...]:
    """The cells of every table with at least two cells, from top to bottom."""
    if edges.total < 4:
        return ()
    upright = [(x0, top, bottom) for x0, top, _, bottom in edges.upright if bottom - top >= 1]
    level = [(top, x0, x1) for x0, top, x1, _ in edges.level if x1 - x0 >= 1]
    level += [(top, x0, x1) for x0, top, x1, _ in missing_rules(edges.level, edges.upright)]
    return _tables(_cells(_crossings(_merged(upright), _merged(level))))


def missing_rules(level: Sequence[Rect], upright: Sequence[Rect]) -> list[Rect]:
    """The rules that a page break left out: where upright rules end on the page and no level rule closes the cells."""
    long = [edge for edge in upright if edge[3] - edge[1] > 3]
    missing = []
    for end, outermost in ((1, min), (3, max)) if long else ():
        y = outermost(edge[end] for edge in long)
        ending = sorted({edge[0] for edge in long if abs(edge[end] - y) < 1})
        covered = sorted((edge[0], edge[2]) for edge in level if abs(edge[1] - y) < 3)
        missing += [(x0, y, x1, y) for x0, x1 in _uncovered(ending[0], ending[-1], covered)]
    return missing


def _uncovered(start: float, end: float, covered: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """The stretches of [start, end] that sorted intervals leave free.

    >>> list(_uncovered(0, 100, [(0, 20), (60, 90)]))
    [(20, 60), (90, 100)]
    """
    for x0, x1 in [*covered, (end, end)]:
        if x0 - start > 6:
            yield start, min(x0, end)
        start = max(start, x1)


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Rules at nearly one place moved to their mean place, the pieces of one rule joined, short ones left out.

    >>> _merged([(10.0, 0, 50), (12.0, 52, 90), (40.0, 0, 2)])
    [(11.0, 0, 90)]
    """
    means = _means([place for place, _, _ in rules])
    lines: dict[float, list[tuple[float, float]]] = defaultdict(list)
    for place, start, end in rules:
        lines[means[place]].append((start, end))
    return [(place, start, end) for place in sorted(lines) for start, end in _joined(lines[place]) if end - start >= SHORTEST]


def _means(places: Sequence[float]) -> Mapping[float, float]:
    """The mean of the cluster of each place: places are clustered if each is near the next."""
    means: dict[float, float] = {}
    group: list[float] = []
    for place in [*sorted(places), math.inf]:
        if group and place > group[-1] + SNAP:
            means.update(dict.fromkeys(group, sum(group) / len(group)))
            group = []
        group.append(place)
    return means


def _joined(pieces: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for start, end in sorted(pieces):
        if joined and start <= joined[-1][1] + JOIN:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


Crossings = dict[Point, tuple[int, int]]
"""Where rules cross, with the upright and the level rules that do, one bit a rule."""


def _crossings(upright: Sequence[Rule], level: Sequence[Rule]) -> Crossings:
    found: dict[Point, tuple[int, int]] = {}
    heights = [y for y, _, _ in level]
    for one, (x, top, bottom) in enumerate(upright):
        for other in range(bisect_left(heights, top - CROSS), bisect_right(heights, bottom + CROSS)):
            y, x0, x1 = level[other]
            if x0 - CROSS <= x <= x1 + CROSS:
                before = found.get((x, y), (0, 0))
                found[x, y] = before[0] | 1 << one, before[1] | 1 << other
    return found


def _cells(crossings: Crossings) -> Iterator[Rect]:
    """From every crossing the smallest cell right and below of it whose four sides are ruled."""
    columns: dict[float, list[float]] = defaultdict(list)
    rows: dict[float, list[float]] = defaultdict(list)
    points = sorted(crossings)
    for x, y in points:
        columns[x].append(y)
        rows[y].append(x)
    for x, y in points:
        upright, level = crossings[x, y]
        below = [b for b in columns[x][bisect_right(columns[x], y) :] if crossings[x, b][0] & upright]
        right = [r for r in rows[y][bisect_right(rows[y], x) :] if crossings[r, y][1] & level] if below else []
        if corner := _corner(crossings, (x, y), below, right):
            yield x, y, *corner


def _corner(crossings: Crossings, point: Point, below: Sequence[float], right: Sequence[float]) -> Point | None:
    for bottom in below:
        for end in right:
            corner = crossings.get((end, bottom))
            if corner and corner[0] & crossings[end, point[1]][0] and corner[1] & crossings[point[0], bottom][1]:
                return end, bottom
    return None


def _tables(found: Iterable[Rect]) -> tuple[tuple[Rect, ...], ...]:
    """Cells grouped into tables by shared corners, in the order in which a search over all cells finds them."""
    tables = []
    remaining = list(found)
    while remaining:
        table: list[Rect] = []
        corners: set[Point] = set()
        size = -1
        while len(table) > size:
            size = len(table)
            rest = []
            for cell in remaining:
                x0, top, x1, bottom = cell
                own = {(x0, top), (x0, bottom), (x1, top), (x1, bottom)}
                if table and corners.isdisjoint(own):
                    rest.append(cell)
                else:
                    corners |= own
                    table.append(cell)
            remaining = rest
        tables.append(table)
    tables.sort(key=lambda table: min((cell[1], cell[0]) for cell in table))
    return tuple(tuple(table) for table in tables if len(table) > 1)
