"""The pages of OFD files: text with places, the cells of ruled tables, pictures; templates and composed objects included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.adapters import ofd_text, ruling, shapes
from extractor.adapters.fast import COVERS, SHAPES, STAMPED
from extractor.adapters.ofd import Book, Document, Font, PageFile, Parts, Resources, colour, shown
from extractor.adapters.ofd_text import Drawings, Look
from extractor.adapters.ofd_values import Node, box, first, is_rgb_red, local, named, number, placed, said, subpaths
from extractor.adapters.shapes import Matrix, Subpath, within
from extractor.model.document import Unreadable
from extractor.model.pages import EDGE_LIMIT, PdfPage, Rect, Run

POINT = 72 / 25.4
"""Points in a millimetre."""
DEEPEST = 16
"""Blocks within blocks beyond this depth are not looked into."""
MOST_OBJECTS = 250_000
"""Objects that a page may have, those of composed objects as often as they are drawn."""
MOST_IN_FILE = 3_000_000
"""Objects and letters that a file may have."""
UNMAPPED = "字体没有文字编码，抽不出文字；请用 OFD 阅读器另存为 PDF 后再读"
SHAPED = "文字是用图形画成的，没有文字编码；请用 OFD 阅读器另存为 PDF 后再读"
NO_PICTURE = "图像缺失，或其格式不支持；请用 OFD 阅读器另存为 PDF 后再读"
_NO = ("false", "0")
_MANNERS = 8
_PLAIN = Font(False)


class Picture(NamedTuple):
    """A picture on a page: the part that it is in, and the matrix that leads from the unit square to the page in points.

    `behind` pieces of text were printed before it.
    """

    part: str | None
    matrix: Matrix
    behind: int = 0

    @property
    def area(self) -> float:
        a, b, c, d, _, _ = self.matrix
        return abs(a * d - b * c)


@dataclass
class Drawn:
    """What objects print on a page; `unseen` are letters without ink, as programs put them behind the picture of a page."""

    runs: list[Run] = field(default_factory=list)
    unseen: list[Run] = field(default_factory=list)
    paths: list[Subpath] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    drawings: Drawings = field(default_factory=Drawings)
    points: int = 0
    objects: int = 0


class Manner(NamedTuple):
    """How objects are drawn that do not tell it themselves; the matrix that they stand under; how deep."""

    matrix: Matrix
    param: str | None = None
    depth: int = 0
    unseen: bool = False


class Painter:
    """Follows the objects of one page."""

    def __init__(self, resources: Resources) -> None:
        self.drawn = Drawn()
        self._resources = resources

    def paint(self, nodes: Iterable[Node], manner: Manner) -> None:
        for node in nodes:
            self.drawn.objects += 1
            if self.drawn.objects > MOST_OBJECTS:
                raise Unreadable("too_large", "页面中的对象过多")
            name = local(node)
            if node.get("Visible", "true").strip().lower() in _NO:
                continue
            if name == "TextObject":
                self._text(node, manner)
            elif name == "PathObject":
                self._path(node, manner)
            elif name == "ImageObject":
                self._picture(node, manner)
            elif name in ("PageBlock", "CompositeObject", "Layer") and manner.depth < DEEPEST:
                self._block(node, name, manner)

    def _block(self, node: Node, name: str, manner: Manner) -> None:
        inner = Manner(manner.matrix, node.get("DrawParam") or manner.param, manner.depth + 1, manner.unseen or _is_clear(node))
        if name != "CompositeObject":
            self.paint(node, inner)
            return
        unit = self._resources.units.get(node.get("ResourceID", "").strip())
        self.paint(_content(unit), inner._replace(matrix=within(placed(node), manner.matrix)))

    def _text(self, node: Node, manner: Manner) -> None:
        param = node.get("DrawParam") or manner.param
        filled = node.get("Fill", "true").strip().lower() not in _NO
        ink = first(node, "FillColor")
        unseen = manner.unseen or _is_clear(node) or (ink is not None and _is_clear(ink))
        unseen = unseen or not (filled or node.get("Stroke", "").strip().lower() in ("true", "1"))
        font = node.get("Font", "")
        bold = self._resources.fonts.get(font, _PLAIN).bold or number(node.get("Weight"), 400.0) >= ofd_text.BOLD
        look = Look(font, bold, is_rgb_red(self._ink(node, param, "FillColor")))
        out = self.drawn.unseen if unseen else self.drawn.runs
        out += ofd_text.runs(node, within(placed(node), manner.matrix), look, self.drawn.drawings)

    def _picture(self, node: Node, manner: Manner) -> None:
        part = self._resources.pictures.get(node.get("ResourceID", "").strip())
        behind = len(self.drawn.runs) if number(node.get("Alpha"), 255.0) >= 255 else 0
        self.drawn.pictures.append(Picture(part, within(_unit(node), manner.matrix), behind))

    def _path(self, node: Node, manner: Manner) -> None:
        """The outline of a path that is drawn or filled; a page with more points than a table has is a drawing."""
        is_filled = node.get("Fill", "").strip().lower() in ("true", "1")
        if manner.unseen or _is_clear(node) or (not is_filled and node.get("Stroke", "true").strip().lower() in _NO):
            return
        if self.drawn.points > EDGE_LIMIT:
            self.drawn.points += 1
            return
        found = subpaths(said(node, "AbbreviatedData"), within(placed(node), manner.matrix), 2 * EDGE_LIMIT)
        self.drawn.points += sum(len(points) - 1 for _, points in found)
        self.drawn.paths += found

    def _ink(self, node: Node, param: str | None, name: str) -> Sequence[float]:
        """The colour of an object: its own, or that of the manner it is drawn in."""
        for _ in range(_MANNERS):
            found = colour(node, name)
            if found is not None or not param or param not in self._resources.manners:
                return found or ()
            node = self._resources.manners[param]
            param = node.get("Relative")
        return ()


def _unit(node: Node) -> Matrix:
    """From the unit square of a picture to what it stands in: by its matrix, or filling its boundary."""
    a, b, c, d, x, y = placed(node)
    boundary = box(node.get("Boundary"))
    return (boundary[2], 0.0, 0.0, boundary[3], x, y) if boundary and not node.get("CTM") else (a, b, c, d, x, y)


def _content(node: Node | None) -> Iterable[Node]:
    """What stands on a page, a template or a composed object."""
    found = first(node, "Content")
    return () if found is None else found


def _is_clear(node: Node) -> bool:
    return number(node.get("Alpha"), 255.0) == 0


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


def painted(page: PageFile) -> tuple[tuple[float, float], Drawn]:
    """The size of a page in points and what is printed on it, templates below and above it; what lies beside it is left out."""
    document = page.document
    assert page.part
    root = document.parts.tree(page.part)
    x, y, width, height = shown(first(root, "Area")) or document.area
    painter = Painter(_resources(document, page.part, root))
    manner = Manner((POINT, 0.0, 0.0, POINT, -x * POINT, -y * POINT))
    _paint_page(painter, document, root, manner, {page.part})
    drawn = painter.drawn
    width, height = round(width * POINT, 4), round(height * POINT, 4)
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
    painter.paint(_content(root), manner)
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
    problem = _problem(drawn, letters, scanned, edges.total, parts)
    return PdfPage(place, width, height, () if problem else runs, tables, rules, len(drawn.pictures), crowded, problem, scanned)


def _problem(drawn: Drawn, letters: int, scanned: bool, edges: int, parts: Parts) -> str | None:
    """Why a page cannot be read, not even as a picture."""
    if scanned:
        return None if drawn.unseen or _has_pictures(drawn, parts) else NO_PICTURE
    if not letters and not drawn.unseen and not drawn.pictures and edges > SHAPES:
        return SHAPED
    return UNMAPPED if drawn.drawings.invented() * 3 > letters else None


def _has_pictures(drawn: Drawn, parts: Parts) -> bool:
    from extractor.adapters import ofd_pictures  # which takes a library along that most files do not need

    return any(ofd_pictures.is_open(parts, picture.part) for picture in drawn.pictures)


def _hides(picture: Picture, parts: Parts) -> bool:
    """Is text behind a picture, and nothing of it seen through?"""
    from extractor.adapters import ofd_pictures

    return picture.behind > 0 and ofd_pictures.is_open(parts, picture.part, opaque=True)
