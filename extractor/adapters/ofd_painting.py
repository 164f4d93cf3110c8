"""The objects of an OFD page, followed one after the other through blocks and composed objects: what they print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.adapters import ofd_text
from extractor.adapters.ofd import Font, Resources, colour
from extractor.adapters.ofd_text import Drawings, Look
from extractor.adapters.ofd_values import Node, box, first, is_rgb_red, local, number, placed, said, subpaths
from extractor.adapters.shapes import Matrix, Subpath, within
from extractor.model.document import Unreadable
from extractor.model.pages import EDGE_LIMIT, Run

DEEPEST = 16
"""Blocks within blocks beyond this depth are not looked into."""
MOST_OBJECTS = 250_000
"""Objects that a page may have, those of composed objects as often as they are drawn."""
_NO = ("false", "0")
_YES = ("true", "1")
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
                self.text(node, manner)
            elif name == "PathObject":
                self.path(node, manner)
            elif name == "ImageObject":
                self.picture(node, manner)
            elif name in ("PageBlock", "CompositeObject", "Layer") and manner.depth < DEEPEST:
                self._block(node, name, manner)

    def _block(self, node: Node, name: str, manner: Manner) -> None:
        inner = Manner(manner.matrix, node.get("DrawParam") or manner.param, manner.depth + 1, manner.unseen or _is_clear(node))
        if name != "CompositeObject":
            self.paint(node, inner)
            return
        unit = self._resources.units.get(node.get("ResourceID", "").strip())
        self.paint(content(unit), inner._replace(matrix=within(placed(node), manner.matrix)))

    def text(self, node: Node, manner: Manner) -> None:
        param = node.get("DrawParam") or manner.param
        filled = node.get("Fill", "true").strip().lower() not in _NO
        ink = first(node, "FillColor")
        unseen = manner.unseen or _is_clear(node) or (ink is not None and _is_clear(ink))
        unseen = unseen or not (filled or node.get("Stroke", "").strip().lower() in _YES)
        font = node.get("Font", "")
        bold = self._resources.fonts.get(font, _PLAIN).bold or number(node.get("Weight"), 400.0) >= ofd_text.BOLD
        look = Look(font, bold, is_rgb_red(self.ink(node, param, "FillColor")))
        out = self.drawn.unseen if unseen else self.drawn.runs
        out += ofd_text.runs(node, within(placed(node), manner.matrix), look, self.drawn.drawings)

    def picture(self, node: Node, manner: Manner) -> None:
        part = self._resources.pictures.get(node.get("ResourceID", "").strip())
        behind = len(self.drawn.runs) if number(node.get("Alpha"), 255.0) >= 255 else 0
        self.drawn.pictures.append(Picture(part, within(_unit(node), manner.matrix), behind))

    def path(self, node: Node, manner: Manner) -> None:
        """The outline of a path that is drawn or filled; a page with more points than a table has is a drawing."""
        if manner.unseen or not any(inked(node)):
            return
        if self.drawn.points > EDGE_LIMIT:
            self.drawn.points += 1
            return
        found = subpaths(said(node, "AbbreviatedData"), within(placed(node), manner.matrix), 2 * EDGE_LIMIT)
        self.drawn.points += sum(len(points) - 1 for _, points in found)
        self.drawn.paths += found

    def ink(self, node: Node, param: str | None, name: str) -> Sequence[float]:
        """The colour of an object: its own, or that of the manner it is drawn in."""
        for _ in range(_MANNERS):
            found = colour(node, name)
            if found is not None or not param or param not in self._resources.manners:
                return found or ()
            node = self._resources.manners[param]
            param = node.get("Relative")
        return ()


def inked(node: Node) -> tuple[bool, bool]:
    """Is a path filled, and is it drawn?"""
    if _is_clear(node):
        return False, False
    return node.get("Fill", "").strip().lower() in _YES, node.get("Stroke", "true").strip().lower() not in _NO


def _unit(node: Node) -> Matrix:
    """From the unit square of a picture to what it stands in: by its matrix, or filling its boundary."""
    a, b, c, d, x, y = placed(node)
    boundary = box(node.get("Boundary"))
    return (boundary[2], 0.0, 0.0, boundary[3], x, y) if boundary and not node.get("CTM") else (a, b, c, d, x, y)


def content(node: Node | None) -> Iterable[Node]:
    """What stands on a page, a template or a composed object."""
    found = first(node, "Content")
    return () if found is None else found


def _is_clear(node: Node) -> bool:
    return number(node.get("Alpha"), 255.0) == 0
