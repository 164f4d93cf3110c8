"""What paths draw → the edges of a page, as pdfplumber takes them from lines, rectangles and curves; for every format with paths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extractor.adapters.ruling import Edges
from extractor.model.pages import Rect

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f: x becomes a·x + c·y + e, y becomes b·x + d·y + f."""

Subpath = tuple[str, Sequence[Point]]
"""A part of a path: its operators (m moves, l draws a line, c a curve, h closes), and a point for each; that of h is the start."""


def within(inner: Matrix, outer: Matrix | None) -> Matrix:
    """The matrix that applies the inner one, then the outer one."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def edges(subpaths: Iterable[Subpath]) -> Edges:
    """The edges that paths draw; points count from the top left corner of the page."""
    lines: list[Rect] = []
    boxes: list[Rect] = []
    level: list[Rect] = []
    upright: list[Rect] = []
    curved = 0
    for kinds, points in subpaths:
        if kinds in ("ml", "mlh"):
            lines.append(_box(points[0], points[1]))
        elif kinds in ("mlllh", "mllll") and _is_box(points):
            boxes.append(_box(points[0], points[2]))
        else:
            curved += len(points) - 1
            for first, second in pairwise(points):
                if first[0] == second[0]:
                    upright.append(_box(first, second))
                elif first[1] == second[1]:
                    level.append(_box(first, second))
    flat = [line for line in lines if line[1] == line[3]]
    sides = [side for x0, top, x1, bottom in boxes for side in ((x0, top, x1, top), (x0, bottom, x1, bottom))]
    flanks = [side for x0, top, x1, bottom in boxes for side in ((x0, top, x0, bottom), (x1, top, x1, bottom))]
    steep = [line for line in lines if line[1] != line[3]]
    return Edges(flat + sides + level, steep + flanks + upright, len(lines) + 4 * len(boxes) + curved)


def _is_box(points: Sequence[Point]) -> bool:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3), last = points
    if last != points[0]:
        return False
    return (x0 == x1 and y1 == y2 and x2 == x3 and y3 == y0) or (y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0)


def _box(one: Point, other: Point) -> Rect:
    (x0, top), (x1, bottom) = one, other
    return min(x0, x1), min(top, bottom), max(x0, x1), max(top, bottom)
