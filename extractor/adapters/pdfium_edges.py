"""Path objects of pdfium → the edges of a page, as pdfplumber takes them from lines, rectangles and curves."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from extractor.adapters import pdfium, shapes
from extractor.adapters.pdfium import BEZIER, FORM, IMAGE, LINE, MOVE, PATH, TEXT, Handle, Matrix, Segment
from extractor.adapters.ruling import Edges
from extractor.adapters.shapes import Point, within
from extractor.model.pages import EDGE_LIMIT

DEEPEST = 16
"""Forms nested deeper than this are ignored."""


class Objects:
    """The objects of a page, including those within forms, except the text objects already known.

    Each has the matrix that leads to the page, None for objects directly on the page.
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
        self.paths.update((each, within(matrix, outer)) for each, matrix in zip(paths, pdfium.matrices(paths), strict=True))
        forms = by_kind.get(FORM, []) if depth < DEEPEST else []
        for form, matrix in zip(forms, pdfium.matrices(forms), strict=True):
            self._add(pdfium.form_objects(form), within(matrix, outer), depth + 1)


def edges(paths: Mapping[Handle, Matrix], height: float) -> Edges:
    """The edges that paths draw, in points from the top left corner of a page of this height."""
    if len(paths) > EDGE_LIMIT:  # no need to look at each
        return Edges((), (), len(paths))
    drawn = zip(pdfium.paths(list(paths)), paths.values(), strict=True)
    return shapes.edges(part for segments, matrix in drawn for part in _subpaths(segments, matrix, height))


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
    """Closes a path; a line back to the start that pdfium added is dropped."""
    if len(points) > 2 and kinds[-1] == "l" and points[-1] == points[0]:
        return kinds[:-1] + "h", points
    return kinds + "h", [*points, points[0]]
