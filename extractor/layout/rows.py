"""The rows of a table that lacks upright rules: between its level rules, or by its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.layout.whites import Band, stretches
from extractor.model.document import Box
from extractor.model.printed import Line

NEAR = 2.5
"""Ends and heights of rules nearer than this, in points, are one."""
FEWEST_COLUMNS = 3
_SINGLE = 1.5
"""Where rows are ruled, so many lines with several entries stand between two rules at most, on average."""
_APART = 0.25
"""Rows stand so many em farther apart than lines of one row."""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a page that a table takes: its level rules, or none, and the lines in it."""

    top: float
    bottom: float
    rules: tuple[Box, ...]
    lines: tuple[Line, ...]


def bands_of(area: Area) -> Iterator[Band]:
    """The rows of a table from top to bottom; those without words are left out."""
    ruled = _ruled(area)
    are_rows = rows_are_ruled(area)
    for top, bottom, lines in ruled:
        if are_rows:
            yield Band(top, bottom, tuple(lines))
            continue
        rows = _rows(lines)
        inner = [(max(x.bottom for x in a) + min(x.top for x in b)) / 2 for a, b in pairwise(rows)]
        for (y0, y1), own in zip(pairwise([top, *inner, bottom]), rows, strict=True):
            yield Band(y0, y1, tuple(own))


def rows_are_ruled(area: Area) -> bool:
    """Do the level rules part the rows from each other, and not just the head from all that stands below it?"""
    return sum(map(is_full, area.lines)) <= _SINGLE * len(_ruled(area))


def _ruled(area: Area) -> list[tuple[float, float, list[Line]]]:
    """What stands between two rules next to each other: from where to where, and the lines; without blank ones."""
    heights = [area.top - 1, *(h for h in clustered(r[2] for r in area.rules) if area.top < h < area.bottom), area.bottom + 1]
    ruled = [(top, bottom, _between(area.lines, top, bottom)) for top, bottom in pairwise(heights)]
    return [band for band in ruled if band[2]]


def _between(lines: Sequence[Line], top: float, bottom: float) -> list[Line]:
    return [line for line in lines if top <= middle(line) < bottom]


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines of the same row together: those that stand closer than rows do, or lines that begin no row of their own."""
    ordered = sorted(lines, key=lambda line: line.top)
    for groups in (_by_white(ordered), _by_start(ordered)):
        if all(sum(map(is_full, group)) <= 2 for group in groups):
            return groups
    return [[line] for line in ordered]


def _by_white(lines: Sequence[Line]) -> list[list[Line]]:
    """Rows by the white above them, where there is more of it than between the lines of a row."""
    whites = sorted(b.top - a.bottom for a, b in pairwise(lines))
    size = max((line.size for line in lines), default=1.0)
    wider = max(pairwise(whites), key=lambda pair: pair[1] - pair[0], default=(0.0, 0.0))
    if wider[1] - wider[0] < _APART * size or wider[0] > 0.75 * size:
        return [list(lines)]
    limit = sum(wider) / 2
    return _grouped(lines, [b.top - a.bottom > limit for a, b in pairwise(lines)])


def _by_start(lines: Sequence[Line]) -> list[list[Line]]:
    """Rows by their first column: a line with several entries, or one that begins at the left, begins a row."""
    left = min((line.x0 for line in lines), default=0.0)
    return _grouped(lines, [is_full(line) or line.x0 - left < line.size for line in lines[1:]])


def _grouped(lines: Sequence[Line], begins: Iterable[bool]) -> list[list[Line]]:
    groups = [[line] for line in lines[:1]]
    for line, new in zip(lines[1:], begins, strict=True):
        if new:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def is_full(line: Line) -> bool:
    """Has a line the several entries that a row of a table has?"""
    return len(stretches(line)) >= FEWEST_COLUMNS


def middle(line: Line) -> float:
    return (line.top + line.bottom) / 2


def clustered(values: Iterable[float]) -> list[float]:
    """Values without those that lie near the one before them.

    >>> clustered([1.0, 2.0, 9.0])
    [1.0, 9.0]
    """
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > NEAR:
            kept.append(value)
    return kept
