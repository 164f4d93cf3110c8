"""The pages of OFD files: text with places, the cells of ruled tables, pictures; templates included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from extractor.adapters import ruling, shapes
from extractor.adapters.ofd import Book, Document, PageFile, Parts, Resources, shown
from extractor.adapters.ofd_painting import DEEPEST, Drawn, Manner, Painter, Picture, content
from extractor.adapters.ofd_values import Node, first, named
from extractor.model.document import Unreadable
from extractor.model.pages import COVERS, EDGE_LIMIT, SHAPES, STAMPED, PdfPage, Rect, Run

POINT = 72 / 25.4
"""Points in a millimetre."""
MOST_IN_FILE = 3_000_000
"""Objects and letters that a file may have."""
UNMAPPED = "字体没有文字编码，抽不出文字；请用 OFD 阅读器另存为 PDF 后再读"
NO_PICTURE = "图像缺失，或其格式不支持；请用 OFD 阅读器另存为 PDF 后再读"
P = TypeVar("P", bound=Painter)


class Pages:
    """The pages of a file, one after the other; `number` counts from 1 through all its documents."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._left = MOST_IN_FILE

    def __iter__(self) -> Iterator[PdfPage]:
        for place, page in enumerate(self._book.pages, 1):
            yield self._page(place, page)

    def _page(self, place: int, page: PageFile) -> PdfPage:
        """A page; one that cannot be read says why. Raises Unreadable: too_large."""
        if page.part is None:
            return _unread(place, "内容已加密" if self._book.is_enciphered else "缺少页面内容")
        try:
            (width, height), drawn = painted(page)
        except Unreadable as problem:
            if problem.code != "broken":
                raise
            return _unread(place, "内容已加密" if self._book.is_enciphered else problem.message)
        self._left -= drawn.objects + sum(len(run.letters) for run in drawn.runs)
        if self._left < 0:
            raise Unreadable("too_large", "文件中的文字和图形过多，不予读取")
        return _made(place, width, height, drawn, self._book.parts)


def _unread(place: int, reason: str) -> PdfPage:
    return PdfPage(place, 0.0, 0.0, problem=reason)


def followed(page: PageFile, kind: type[P]) -> tuple[tuple[float, float], P]:
    """The size of a page in points, and the painter that has followed its objects."""
    document = page.document
    assert page.part
    root = document.parts.tree(page.part)
    x, y, width, height = shown(first(root, "Area")) or document.area
    painter = kind(_resources(document, page.part, root))
    manner = Manner((POINT, 0.0, 0.0, POINT, -x * POINT, -y * POINT))
    _paint_page(painter, document, root, manner, {page.part})
    return (round(width * POINT, 4), round(height * POINT, 4)), painter


def painted(page: PageFile) -> tuple[tuple[float, float], Drawn]:
    """The size of a page in points and what is printed on it, templates below and above it; what lies beside it is left out."""
    document = page.document
    (width, height), painter = followed(page, Painter)
    drawn = painter.drawn
    behind = max(
        (each.behind for each in drawn.pictures if each.area >= COVERS * width * height and _hides(each, document.parts)), default=0
    )
    drawn.runs, drawn.unseen = drawn.runs[behind:], drawn.runs[:behind] + drawn.unseen
    drawn.runs, drawn.unseen = ([run for each in runs if (run := _on(each, width, height))] for runs in (drawn.runs, drawn.unseen))
    return (width, height), drawn


def _resources(document: Document, part: str, root: Node) -> Resources:
    own = [found for each in named(root, "PageRes") if (found := document.parts.found(part, each.text))]
    if not own:
        return document.resources
    shared = document.resources
    made = Resources({**shared.fonts}, {**shared.manners}, {**shared.pictures}, {**shared.units})
    for each in own:
        made.add(document.parts, each)
    return made


def _paint_page(painter: Painter, document: Document, root: Node, manner: Manner, used: set[str]) -> None:
    """The layers of a page or template between those of its own templates; none is drawn twice, wherever it is named again."""
    above: list[Node] = []
    for each in named(root, "Template"):
        part = document.templates.get(each.get("TemplateID", ""))
        if part is None or part in used or len(used) > DEEPEST:
            continue
        used.add(part)
        template = _tree(document.parts, part)
        if template is None:
            continue
        if each.get("ZOrder", "Background") == "Foreground":
            above.append(template)
        else:
            _paint_page(painter, document, template, manner, used)
    painter.paint(content(root), manner)
    for template in above:
        _paint_page(painter, document, template, manner, used)


def _tree(parts: Parts, part: str) -> Node | None:
    """The root of a template; None where it is damaged."""
    try:
        return parts.tree(part)
    except Unreadable as problem:
        if problem.code != "broken":
            raise
        return None


def _on(run: Run, width: float, height: float) -> Run | None:
    """The letters whose middles lie on the page; the others are never seen."""
    if not 0 <= run.top + run.bottom <= 2 * height:
        return None
    if min(run.x0) >= 0 and max(run.x1) <= width:
        return run
    kept = [each for each in zip(run.letters, run.x0, run.x1, strict=True) if 0 <= each[1] + each[2] <= 2 * width]
    if not kept:
        return None
    letters, x0, x1 = zip(*kept, strict=True)
    return run._replace(letters=letters, x0=x0, x1=x1)


def _made(place: int, width: float, height: float, drawn: Drawn, parts: Parts) -> PdfPage:
    crowded = drawn.points > EDGE_LIMIT
    edges = ruling.Edges((), (), drawn.points) if crowded else shapes.edges(drawn.paths)
    crowded = crowded or edges.total > EDGE_LIMIT
    tables = () if crowded else ruling.cells(edges)
    rules: tuple[Rect, ...] = () if crowded else tuple(edges.level)
    letters = sum(len(run.letters) for run in drawn.runs)
    scanned = letters <= STAMPED and sum(picture.area for picture in drawn.pictures) >= COVERS * width * height
    runs = tuple(drawn.runs + drawn.unseen if scanned else drawn.runs)
    shaped = not (letters or drawn.unseen or drawn.pictures) and edges.total > SHAPES  # these are its letters
    problem = _problem(drawn, letters, scanned, parts)
    return PdfPage(place, width, height, () if problem else runs, tables, rules, len(drawn.pictures), crowded, problem, scanned or shaped)


def _problem(drawn: Drawn, letters: int, scanned: bool, parts: Parts) -> str | None:
    """Why a page cannot be read, not even as a picture."""
    if scanned:
        return None if drawn.unseen or _has_pictures(drawn, parts) else NO_PICTURE
    return UNMAPPED if drawn.drawings.invented() * 3 > letters else None


def _has_pictures(drawn: Drawn, parts: Parts) -> bool:
    from extractor.adapters import ofd_pictures  # which takes a library along that most files do not need

    return any(ofd_pictures.is_open(parts, picture.part) for picture in drawn.pictures)


def _hides(picture: Picture, parts: Parts) -> bool:
    """Is text behind a picture, and nothing of it seen through?"""
    from extractor.adapters import ofd_pictures

    return picture.behind > 0 and ofd_pictures.is_open(parts, picture.part, opaque=True)
