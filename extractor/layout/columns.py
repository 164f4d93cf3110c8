"""The reading order of a page set in two columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from extractor.model.document import Box
from extractor.model.printed import Line

WHOLE, LEFT, RIGHT = range(3)
Placed = tuple[Line, int]
"""A line and its column: WHOLE where the line runs over the width of the page."""

Segment = tuple[float, float]
"""From x to x."""

_GAP = 1.0
"""A gap of so many em in a row may be the space between columns."""
_CLOSING = "，。、；：！？）》”’〕］】」』"
_ROWS = 5
"""So many rows must stand side by side before a page counts as set in columns."""


def columns_of(pages: Sequence[Sequence[Line]]) -> list[list[Placed]]:
    """The lines of every page in reading order; rows of two columns come apart, the left column before the right one.

    A last page that fills only its left column is told by the columns of the other pages.
    """
    gutters = [_gutter(lines) for lines in pages]
    known = [gutter for gutter in gutters if gutter is not None]
    usual = median(known) if known else None
    return [_in_columns(lines, gutter or _shared(lines, usual)) for lines, gutter in zip(pages, gutters, strict=True)]


def _shared(lines: Sequence[Line], usual: float | None) -> float | None:
    return usual if usual is not None and _crossing(lines, usual) * 4 <= len(lines) else None


def _in_columns(lines: Sequence[Line], gutter: float | None) -> list[Placed]:
    if gutter is None:
        return [(line, WHOLE) for line in lines]
    out: list[Placed] = []
    sides: tuple[list[Line], list[Line]] = ([], [])
    for line in lines:
        if _crosses(line, gutter):
            out += [*_flushed(sides), (line, WHOLE)]
            continue
        for side, part in zip(sides, _split(line, gutter), strict=True):
            side.extend(part)
    return [*out, *_flushed(sides)]


def _flushed(sides: tuple[list[Line], list[Line]]) -> Iterator[Placed]:
    for side, column in zip(sides, (LEFT, RIGHT), strict=True):
        yield from ((line, column) for line in side)
        side.clear()


def _gutter(lines: Sequence[Line]) -> float | None:
    """The middle of an upright band that most rows leave free, with prose on both sides of it."""
    if len(lines) < _ROWS:
        return None
    first, last = min(line.x0 for line in lines), max(line.x1 for line in lines)
    places = [first + (0.4 + 0.01 * step) * (last - first) for step in range(21)]
    if _is_run_over(lines, places[0], places[-1]):
        return None
    rows = [_segments(line) for line in lines]
    free = _free(lines, rows, places)
    if not free:
        return None
    gutter = free[len(free) // 2]
    left = [s for row in rows for s in row if s[1] <= gutter + 1 and s[0] < gutter - 1]
    right = [s for row in rows for s in row if s[0] >= gutter - 1]
    if min(len(left), len(right)) < _ROWS or not _are_beside(lines, gutter):
        return None
    widths = (median(b - a for a, b in left) / (gutter - first), median(b - a for a, b in right) / (last - gutter))
    return gutter if min(widths) > 0.7 else None


def _is_run_over(lines: Sequence[Line], left: float, right: float) -> bool:
    """Do more than a third of the rows run over all that is between two places? Most pages show it in their first lines."""
    over = (line for line in lines if _has_ink(_segments(line), line, left, right))
    return any(count * 3 > len(lines) for count, _ in enumerate(over, 1))


def _free(lines: Sequence[Line], rows: Sequence[Sequence[Segment]], places: Sequence[float]) -> list[float]:
    """The places, from left to right, that at most a third of the rows run over."""
    return [x for x in places if sum(_has_ink(row, line, x, x) for row, line in zip(rows, lines, strict=True)) * 3 <= len(lines)]


def _crossing(lines: Sequence[Line], x: float) -> int:
    return sum(_crosses(line, x) for line in lines)


def _are_beside(lines: Sequence[Line], gutter: float) -> bool:
    """Do lines left and right of the gutter share the height of several rows?"""
    left = [line for line in lines if line.x0 < gutter - 1 and not _crosses(line, gutter)]
    right = [line for line in lines if line.x1 > gutter + 1 and not _crosses(line, gutter)]
    if not left or not right:
        return False
    shared = min(left[-1].bottom, right[-1].bottom) - max(left[0].top, right[0].top)
    return shared > _ROWS * median(line.size for line in left)


def _crosses(line: Line, gutter: float) -> bool:
    return _has_ink(_segments(line), line, gutter, gutter)


def _has_ink(row: Sequence[Segment], line: Line, left: float, right: float) -> bool:
    """Does a stretch of a row run on from well left of a place to well right of another?"""
    reach = 0.25 * line.size
    return any(start < left - reach and end > right + reach for start, end in row)


def _segments(line: Line) -> list[Segment]:
    """The stretches of a row between wide gaps, from x to x."""
    if " " not in line.text and line.gap < 0.4 * line.size:  # a closing mark may leave half an em more
        return [(line.x0, _ink_end(line.boxes[-1], line.text[-1]))]
    starts = [line.x0]
    ends = []
    inked = [(box, char) for box, char in zip(line.boxes, line.text, strict=True) if char != " "]
    for (before, char), (after, _) in pairwise(inked):
        end = _ink_end(before, char)
        if after[1] - end >= _GAP * line.size:
            ends.append(end)
            starts.append(after[1])
    return list(zip(starts, [*ends, _ink_end(*inked[-1])], strict=True))


def _ink_end(box: Box, char: str) -> float:
    """Where a character ends: the ink of a closing mark in the middle of its box, which may hang over the edge of the column."""
    return (box[1] + box[3]) / 2 if char in _CLOSING else box[3]


def _split(line: Line, gutter: float) -> tuple[list[Line], list[Line]]:
    place = next((i for i, box in enumerate(line.boxes) if box[1] >= gutter - 1), len(line.boxes))
    return _part(line, 0, place), _part(line, place, len(line.text))


def _part(line: Line, start: int, end: int) -> list[Line]:
    while start < end and line.text[start] == " ":
        start += 1
    while end > start and line.text[end - 1] == " ":
        end -= 1
    return [replace(line, text=line.text[start:end], boxes=line.boxes[start:end])] if start < end else []
