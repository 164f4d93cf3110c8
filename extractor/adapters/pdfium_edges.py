"""Path objects of pdfium → the edges of a page, as pdfplumber takes them from lines, rectangles and curves."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise

from extractor.adapters import pdfium
from extractor.adapters.pdfium import BEZIER, FORM, IMAGE, LINE, MOVE, PATH, TEXT, Handle, Matrix, Segment
from extractor.adapters.ruling import Edges
from extractor.model.pages import EDGE_LIMIT, Rect

DEEPEST = 16
"""Forms within forms beyond this depth are not looked into."""

Point = tuple[float, float]


class Objects:
    """The objects of a page, those within forms too, but for the text objects known already.

    Texts and paths have the matrices that lead to the page, None for what stands on the page itself.
    """

    def __init__(self, page: pdfium.Page, known: Container[Handle]) -> None:
        self.texts: dict[Handle, Matrix | None] = {}
        self.paths: dict[Handle, Matrix] = {}
        self.pictures: dict[Handle, Matrix | None] = {}
        self._known = known
        self._add(page.objects(), None, 0)

    def _add(self, objects: Sequence[Handle], outer: Matrix | None, depth: int) -> None:
        others = [each for each in objects if each not in self._known]
        kinds = pdfium.kinds(others)
        by_kind = {kind: [each for each, own in zip(others, kinds, strict=True) if own == kind] for kind in set(kinds)}
        self.texts.update((each, outer) for each in by_kind.get(TEXT, ()))
        self.pictures.update((each, outer) for each in by_kind.get(IMAGE, ()))
        paths = by_kind.get(PATH, [])
        self.paths.update((each, _within(matrix, outer)) for each, matrix in zip(paths, pdfium.matrices(paths), strict=True))
        forms = by_kind.get(FORM, []) if depth < DEEPEST else []
        for form, matrix in zip(forms, pdfium.matrices(forms), strict=True):
            self._add(pdfium.form_objects(form), _within(matrix, outer), depth + 1)


def _within(inner: Matrix, outer: Matrix | None) -> Matrix:
    """The matrix that applies the inner one, then the outer one."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def edges(paths: Mapping[Handle, Matrix], height: float) -> Edges:
    """The edges that paths draw, in points from the top left corner of a page of this height."""
    if len(paths) > EDGE_LIMIT:  # no need to look at each
        return Edges((), (), len(paths))
    lines: list[Rect] = []
    boxes: list[Rect] = []
    level: list[Rect] = []
    upright: list[Rect] = []
    curved = 0
    for segments, matrix in zip(pdfium.paths(list(paths)), paths.values(), strict=True):
        for kinds, points in _subpaths(segments, matrix, height):
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


def _subpaths(segments: Sequence[Segment], matrix: Matrix, height: float) -> Iterator[tuple[str, list[Point]]]:
    """Each part of a path as pdfplumber's parser spells it: m moves, l draws a line, c a curve, h closes."""
    a, b, c, d, e, f = matrix
    kinds, points, bend = "", list[Point](), 0
    for kind, x, y, closes in segments:
        if kind == BEZIER:
            bend = (bend + 1) % 3
            if bend:  # a control point
                continue
        elif kind == MOVE and kinds:
            yield kinds, points
            kinds, points = "", []
        points.append((a * x + c * y + e, height - (b * x + d * y + f)))
        kinds += "l" if kind == LINE else "c" if kind == BEZIER else "m"
        if closes:
            kinds, points = _closed(kinds, points)
    if kinds:
        yield kinds, points


def _closed(kinds: str, points: list[Point]) -> tuple[str, list[Point]]:
    """pdfium closes with a line back to the start where the file has only the closing."""
    if len(points) > 2 and kinds[-1] == "l" and points[-1] == points[0]:
        return kinds[:-1] + "h", points
    return kinds + "h", [*points, points[0]]


def _is_box(points: Sequence[Point]) -> bool:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3), last = points
    if last != points[0]:
        return False
    return (x0 == x1 and y1 == y2 and x2 == x3 and y3 == y0) or (y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0)


def _box(one: Point, other: Point) -> Rect:
    (x0, top), (x1, bottom) = one, other
    return min(x0, x1), min(top, bottom), max(x0, x1), max(top, bottom)
