"""Pages as printed, before layout makes a document of them: lines, ruled tables, sheets."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, repeat
from operator import sub
from typing import overload

from extractor.model.document import Box, Note, Page
from extractor.model.lazily import lazy


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of the characters of a line, in one flat array: as tuples of floats they would take ten times the memory.

    `flat[4*i:4*i+4]` are x0, top, x1, bottom of character i.

    >>> boxes = Boxes.of([(1, 0.0, 5.0, 9.0, 14.0), (1, 9.0, 5.0, 18.0, 14.0)])
    >>> len(boxes), boxes[-1], list(boxes[:1])
    (2, (1, 9.0, 5.0, 18.0, 14.0), [(1, 0.0, 5.0, 9.0, 14.0)])
    """

    page: int
    flat: array[float]

    @classmethod
    def of(cls, boxes: Iterable[Box]) -> Boxes:
        """Boxes of one page."""
        flat = array("f", chain.from_iterable(boxes))
        page = int(flat[0]) if flat else 0
        del flat[::5]
        return cls(page, flat)

    def __len__(self) -> int:
        return len(self.flat) // 4

    def __iter__(self) -> Iterator[Box]:
        flat = self.flat
        return zip(repeat(self.page), flat[0::4], flat[1::4], flat[2::4], flat[3::4], strict=False)

    @overload
    def __getitem__(self, place: int) -> Box: ...
    @overload
    def __getitem__(self, place: slice) -> Boxes: ...
    def __getitem__(self, place: int | slice) -> Box | Boxes:
        if isinstance(place, slice):
            start, stop, _ = place.indices(len(self))
            return Boxes(self.page, self.flat[4 * start : 4 * stop])
        start = 4 * (place if place >= 0 else place + len(self))
        x0, top, x1, bottom = self.flat[start : start + 4]
        return self.page, x0, top, x1, bottom

    def width(self, end: int) -> float:
        """The width of the first characters up to `end`."""
        return self.flat[4 * end - 2] - self.flat[0]

    def at(self, places: Iterable[int]) -> Boxes:
        """The boxes at some places."""
        return Boxes(self.page, array("f", chain.from_iterable(self.flat[4 * place : 4 * place + 4] for place in places)))


@dataclass(frozen=True)
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
        return self.boxes.flat[0]

    @lazy
    def x1(self) -> float:
        return self.boxes.flat[-2]

    @lazy
    def top(self) -> float:
        return min(self.boxes.flat[1::4])

    @lazy
    def bottom(self) -> float:
        return max(self.boxes.flat[3::4])

    @lazy
    def gap(self) -> float:
        """The widest white between two neighbours; a printed space is one of them."""
        flat = self.boxes.flat
        return max(map(sub, flat[4::4], flat[2::4]), default=0.0)


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell of a ruled table as printed: its box and the lines in it."""

    box: Box
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class RuledTable:
    """The cells of one ruled table on one page, merged cells as one box."""

    box: Box
    cells: tuple[RuledCell, ...]
    is_drawn: bool = True  # false where no line was drawn and the white between words told the cells


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page before layout: lines from top to bottom, ruled tables with their own lines."""

    page: Page
    lines: tuple[Line, ...]
    tables: tuple[RuledTable, ...] = ()
    rules: tuple[Box, ...] = ()  # horizontal rules outside tables: the stroke over footnotes


@dataclass(frozen=True)
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
