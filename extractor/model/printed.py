"""Pages as printed, before layout makes a document of them: lines, ruled tables, sheets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter, sub

from extractor.model.document import Box, Note, Page

_TOP, _BOTTOM = itemgetter(2), itemgetter(4)


@dataclass(frozen=True)
class Line:
    """One printed line (or one line of one column), before layout joins lines into paragraphs."""

    text: str
    page: int
    boxes: tuple[Box, ...]  # one a character of `text`
    size: float = 0.0  # font size in points, 0 where unknown
    bold: bool = False
    slanted: bool = False  # rotated characters: the round text of a seal, a watermark
    number: int = 0  # the line of a text file (from 1), 0 where lines have a place on paper

    @cached_property
    def x0(self) -> float:
        return self.boxes[0][1]

    @cached_property
    def x1(self) -> float:
        return self.boxes[-1][3]

    @cached_property
    def top(self) -> float:
        highest: float = min(map(_TOP, self.boxes))
        return highest

    @cached_property
    def bottom(self) -> float:
        lowest: float = max(map(_BOTTOM, self.boxes))
        return lowest

    @cached_property
    def gap(self) -> float:
        """The widest white between two neighbours; a printed space is one of them."""
        _, x0, _, x1, _ = zip(*self.boxes, strict=True)
        return max(map(sub, x0[1:], x1), default=0.0)


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
