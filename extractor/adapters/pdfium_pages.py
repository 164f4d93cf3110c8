"""PDF pages through pdfium: the same records as through pdfplumber, ten times faster; unusual pages are refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.adapters import pdfium, ruling
from extractor.adapters.pdfium import TextLayer
from extractor.adapters.pdfium_chars import Unclaimed, runs_of, styles_of
from extractor.adapters.pdfium_edges import Objects, edges
from extractor.model.pages import COVERS, EDGE_LIMIT, SHAPES, STAMPED, PdfPage


def count(data: bytes) -> int:
    """The page count of a file; 0 if it does not open."""
    try:
        with pdfium.opened(data) as file:
            return len(file)
    except pdfium.Refused:
        return 0


def pages(data: bytes, only: Sequence[int] | None = None) -> Iterator[PdfPage | str]:
    """The pages of a file in order, or those numbered; for a page that is left to pdfplumber, the reason.

    Raises Refused where the file does not open.
    """
    with pdfium.opened(data) as file:
        for number in range(1, len(file) + 1) if only is None else only:
            try:
                with file.page(number - 1) as page:
                    yield _page(number, page)
            except (pdfium.Refused, Unclaimed) as reason:
                yield str(reason)


def _page(number: int, page: pdfium.Page) -> PdfPage:
    whole, visible = page.boxes()
    if page.rotation:
        raise Unclaimed("turned page")
    if any(abs(one - other) > 0.01 for one, other in zip((0.0, 0.0, *whole[2:]), visible, strict=True)):
        raise Unclaimed("page with an offset")
    width, height = round(visible[2], 4), round(visible[3], 4)
    with page.text() as text:
        layer = text.layer()
        styles = styles_of(text, layer)
        objects = Objects(page, styles)
        runs = runs_of(layer, styles, width, height, objects.texts)
    drawn = edges(objects.paths, height)
    crowded = drawn.total > EDGE_LIMIT
    tables = () if crowded else ruling.cells(drawn)
    rules = () if crowded else tuple(drawn.level)
    scanned = _is_scan(objects, drawn.total, layer, width * height)
    return PdfPage(number, width, height, tuple(runs), tables, rules, len(objects.pictures), crowded, is_scan=scanned)


def _is_scan(objects: Objects, edges: int, layer: TextLayer, area: float) -> bool:
    """Is a page a picture with hardly any visible text, or are its letters drawn as shapes?"""
    if not layer.text and not objects.pictures:
        return edges > SHAPES
    if not objects.pictures or max(map(_area, objects.pictures.items())) < COVERS * area:
        return False
    return len(layer.text) <= STAMPED or all(map(pdfium.is_unseen, set(layer.owner)))


def _area(picture: tuple[pdfium.Handle, pdfium.Matrix | None]) -> float:
    left, bottom, right, top = pdfium.bounds(picture[0])
    a, b, c, d, _, _ = picture[1] or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (right - left) * (top - bottom) * abs(a * d - b * c)
