"""Pages as printed, before layout makes a document of them: lines, ruled tables, sheets."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat
from operator import sub
from typing import overload

from extractor.model.document import Box, Note, Page
from extractor.model.frozen import frozen
from extractor.model.lazily import lazy

Level = tuple[int, float, float]
"""How many characters stand side by side between the same top and bottom."""


@frozen
class Boxes:
    """The boxes of the characters of a line: where each begins and ends, and the levels that they stand on, one in most lines.

    >>> boxes = Boxes.of([(1, 0.0, 5.0, 9.0, 14.0), (1, 9.0, 5.0, 18.0, 14.0)])
    >>> len(boxes), boxes[-1], list(boxes[:1]), boxes.levels
    (2, (1, 9.0, 5.0, 18.0, 14.0), [(1, 0.0, 5.0, 9.0, 14.0)], ((2, 5.0, 14.0),))
    """

    page: int
    x0: array[float]
    x1: array[float]
    levels: tuple[Level, ...]

    @classmethod
    def of(cls, boxes: Iterable[Box]) -> Boxes:
        """Boxes of one page."""
        pages, x0, top, x1, bottom = zip(*boxes, strict=True)
        return cls(pages[0], array("f", x0), array("f", x1), levels_of(repeat(1, len(pages)), top, bottom))

    def __len__(self) -> int:
        return len(self.x0)

    def __iter__(self) -> Iterator[Box]:
        heights = chain.from_iterable(repeat((top, bottom), count) for count, top, bottom in self.levels)
        return ((self.page, x0, top, x1, bottom) for x0, x1, (top, bottom) in zip(self.x0, self.x1, heights, strict=True))

    @overload
    def __getitem__(self, place: int) -> Box: ...
    @overload
    def __getitem__(self, place: slice) -> Boxes: ...
    def __getitem__(self, place: int | slice) -> Box | Boxes:
        if isinstance(place, slice):
            return self.at(range(*place.indices(len(self))))
        top, bottom = self._height(place if place >= 0 else place + len(self))
        return self.page, self.x0[place], top, self.x1[place], bottom

    def _height(self, place: int) -> tuple[float, float]:
        for count, top, bottom in self.levels:
            if place < count:
                return top, bottom
            place -= count
        raise IndexError(place)

    def width(self, end: int) -> float:
        """The width of the first characters up to `end`."""
        return self.x1[end - 1] - self.x0[0]

    def at(self, places: Sequence[int]) -> Boxes:
        """The boxes at some places."""
        x0, x1 = (array("f", [side[place] for place in places]) for side in (self.x0, self.x1))
        heights = [self._height(place) for place in places]
        return Boxes(self.page, x0, x1, levels_of(repeat(1, len(x0)), (top for top, _ in heights), (bottom for _, bottom in heights)))


def levels_of(counts: Iterable[int], tops: Iterable[float], bottoms: Iterable[float]) -> tuple[Level, ...]:
    """The levels of so many characters each, side by side; neighbours of one height are one level."""
    levels: list[Level] = []
    high = low = 0.0
    for count, top, bottom in zip(counts, array("f", tops), array("f", bottoms), strict=True):
        if levels and top == high and bottom == low:
            levels[-1] = levels[-1][0] + count, top, bottom
        else:
            levels.append((count, top, bottom))
            high, low = top, bottom
    return tuple(levels)


@frozen
class Line:
    """One printed line (or one line of one column), before layout joins lines into paragraphs."""

    text: str
    page: int
    boxes: Boxes  # one a character of `text`
    size: float = 0.0  # font size in points, 0 where unknown
    bold: bool = False
    slanted: bool = False  # rotated characters: the round text of a seal, a watermark
    locator: str | None = None  # where a line stands that has no place on paper

    @lazy
    def x0(self) -> float:
        return self.boxes.x0[0]

    @lazy
    def x1(self) -> float:
        return self.boxes.x1[-1]

    @lazy
    def top(self) -> float:
        return min([top for _, top, _ in self.boxes.levels])

    @lazy
    def bottom(self) -> float:
        return max([bottom for *_, bottom in self.boxes.levels])

    @lazy
    def gap(self) -> float:
        """The widest white between two neighbours; a printed space is one of them."""
        return max(map(sub, self.boxes.x0[1:], self.boxes.x1), default=0.0)


@frozen
class RuledCell:
    """A cell of a ruled table as printed: its box and the lines in it."""

    box: Box
    lines: tuple[Line, ...] = ()


@frozen
class RuledTable:
    """The cells of one ruled table on one page, merged cells as one box."""

    box: Box
    cells: tuple[RuledCell, ...]
    is_drawn: bool = True  # false where no line was drawn and the white between words told the cells


@frozen
class Sheet:
    """One page before layout: lines from top to bottom, ruled tables with their own lines."""

    page: Page
    lines: tuple[Line, ...]
    tables: tuple[RuledTable, ...] = ()
    rules: tuple[Box, ...] = ()  # horizontal rules outside tables: the stroke over footnotes


@frozen
class Printed:
    """What a reader of a page-oriented format (PDF, text, OCR) returns, before layout makes a Document of it.

    `on_paper` is false for text files: boxes then count columns and lines, and stay out of the Document; `paged` is
    false where the pages of a text file are not known.
    """

    path: str
    sha256: str
    media_type: str
    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...] = ()
    on_paper: bool = True
    paged: bool = True
