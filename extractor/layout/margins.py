"""Which frame each page and column has: files are put together from parts with other margins and other paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extractor.layout.columns import WHOLE, Placed
from extractor.layout.frame import Frame, frame_of, own_left, usual_left
from extractor.layout.furniture import Sorted
from extractor.model.printed import Line

Frames = dict[tuple[int, int], Frame]
"""The frame of a column of a page, by page number and column."""

_LEAST = 0.7
"""The right margin of a page stands at so much of its width at least."""
Part = tuple[int, int, int]


def frames_of(sheets: Sequence[Sorted], placed: Sequence[Sequence[Placed]], on_paper: bool) -> Frames:
    """The frames of all pages; pages of one size with one left margin share theirs."""
    parts = _parts(sheets, placed)
    lines: dict[tuple[Part, int], list[Line]] = defaultdict(list)
    edges: dict[Part, list[tuple[float, float]]] = defaultdict(list)
    for part, sheet, page in zip(parts, sheets, placed, strict=True):
        edges[part] += [(table.box[1], table.box[3]) for table in sheet.tables]
        for line, column in page:
            lines[part, column].append(line)
    made: dict[tuple[Part, int], Frame] = {}
    for (part, column), own in lines.items():
        least = _LEAST * part[0] if on_paper and column == WHOLE else 0.0
        made[part, column] = frame_of(own, on_paper, edges[part], least)
    # what begins at the margin in one column of a page does so in the other
    items = {part: frozenset[str | None]().union(*(made[key].margin_items for key in made if key[0] == part)) for part, _ in made}
    return {
        (sheet.page.number, column): replace(made[part, column], margin_items=items[part])
        for part, sheet, page in zip(parts, sheets, placed, strict=True)
        for column in {column for _, column in page}
    }


def _parts(sheets: Sequence[Sorted], placed: Sequence[Sequence[Placed]]) -> list[Part]:
    """For every page its width, its height, and its left margin where that differs from the other pages' of its size."""
    sizes = [(round(sheet.page.width), round(sheet.page.height)) for sheet in sheets]
    whole = [[line for line, column in page if column == WHOLE] for page in placed]
    usual = {
        each: usual_left([line for size, page in zip(sizes, whole, strict=True) if size == each for line in page]) for each in set(sizes)
    }
    return [(*size, own_left(page, *usual[size])) for size, page in zip(sizes, whole, strict=True)]
