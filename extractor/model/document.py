"""A document as every reader returns it: paragraphs and tables whose every character knows its page and box."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby
from operator import lt

from extractor.model.lazily import lazy
from extractor.model.recognised import Recognised

Box = tuple[int, float, float, float, float]
"""page (from 1), x0, top, x1, bottom in points, origin top left."""
_PLAIN_FIGURES = str.maketrans("０１２３４５６７８９．％", "0123456789.%")


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Where the characters of a text stand: one page and one box a character, in flat arrays.

    `pages[i]` is the page of character i (from 1); `boxes[4*i:4*i+4]` its x0, top, x1, bottom. A character that layout
    supplied (a space between two Latin words of wrapped lines) has an empty box. Page-less formats have no glyphs.
    """

    pages: array[int]
    boxes: array[float]

    def box(self, index: int) -> Box:
        x0, top, x1, bottom = self.boxes[4 * index : 4 * index + 4]
        return self.pages[index], x0, top, x1, bottom

    def lines(self, start: int, end: int) -> list[Box]:
        """One box a line for the characters [start, end), rounded to a tenth of a point."""
        if line := self._one_line(start, end):
            return [line]
        out: list[list[float]] = []
        before: Box | None = None
        for box in self._stretches(start, end):
            page, x0, top, x1, bottom = box
            last = out[-1] if out else None
            beside = before is None or _level(before, box)
            before = box
            if last and last[0] == page and beside and _same_line(last, top, bottom, x0):
                last[1], last[2] = min(last[1], x0), min(last[2], top)
                last[3], last[4] = max(last[3], x1), max(last[4], bottom)
            else:
                out.append([page, x0, top, x1, bottom])
        return [(int(b[0]), round(b[1], 1), round(b[2], 1), round(b[3], 1), round(b[4], 1)) for b in out]

    def _one_line(self, start: int, end: int) -> Box | None:
        """The box of characters at one height that follow each other, as those of most figures do."""
        x0, top, x1, bottom = (self.boxes[4 * start + side : 4 * end : 4] for side in range(4))
        pages = self.pages[start:end]
        count = len(pages)
        if not count or top.count(top[0]) < count or bottom.count(bottom[0]) < count or pages.count(pages[0]) < count:
            return None
        first = min(x0)
        if first < x0[0] - 1 or bottom[0] <= top[0] or not all(map(lt, x0, x1)):
            return None
        return pages[0], round(first, 1), round(top[0], 1), round(max(x1), 1), round(bottom[0], 1)

    def _stretches(self, start: int, end: int) -> Iterator[Box]:
        """The boxes of characters that are not empty; of those that follow each other at one height, one box."""
        x0, top, x1, bottom = (self.boxes[4 * start + side : 4 * end : 4] for side in range(4))
        place = 0
        for (page, high, low), group in groupby(zip(self.pages[start:end], top, bottom, strict=True)):
            behind = place + sum(1 for _ in group)
            left, right = x0[place:behind], x1[place:behind]
            place = behind
            if all(map(lt, left, right)) and low > high and min(left) >= left[0] - 1:
                yield page, left[0], high, max(right), low
            else:
                yield from ((page, one, high, other, low) for one, other in zip(left, right, strict=True) if one < other)


def _level(left: Box, right: Box) -> bool:
    """Do two characters stand at one height? Of one size and a little apart, they are of cells beside each other."""
    tall = right[4] - right[2]
    return abs(left[4] - left[2] - tall) > 0.05 * tall or abs(left[2] - right[2]) < 0.2 * tall


def _same_line(line: list[float], top: float, bottom: float, x0: float) -> bool:
    overlap = min(line[4], bottom) - max(line[2], top)
    return overlap > 0.5 * min(line[4] - line[2], bottom - top) and x0 >= line[1] - 1


class Role(Enum):
    """What a paragraph is on its page; everything but BODY and FOOTNOTE is set aside from understanding, not lost."""

    BODY = "body"
    FOOTNOTE = "footnote"
    HEADER = "header"
    FOOTER = "footer"
    PAGE_NUMBER = "page_number"
    CONTENTS = "contents"
    SEAL = "seal"


WRITTEN = frozenset({Role.BODY, Role.FOOTNOTE})


@dataclass(frozen=True)
class Paragraph:
    """The text the author typed between two returns, unwrapped. Never rewritten: offsets into it are final.

    `index` is its place in `Document.paragraphs`. `starts_line` says that the text began a printed line of its own;
    `centered`, `size`, `bold` and `indent` (points from the left text margin to the first character) help tell headings.
    """

    index: int
    text: str
    glyphs: Glyphs | None = None
    role: Role = Role.BODY
    size: float = 0.0
    bold: bool = False
    centered: bool = False
    indent: float = 0.0
    locator: str | None = None  # page-less formats: 段落 12, Sheet1!C7
    ocr: bool = False

    @property
    def page(self) -> int | None:
        return self.glyphs.pages[0] if self.glyphs and len(self.glyphs.pages) else None

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(sorted(set(self.glyphs.pages))) if self.glyphs else ()


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of one paragraph of a document."""

    paragraph: int
    start: int
    end: int

    def __contains__(self, other: Span) -> bool:
        return self.paragraph == other.paragraph and self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class Cell:
    """A table cell; `row` and `column` are those of its top left corner."""

    row: int
    column: int
    row_span: int
    column_span: int
    paragraphs: tuple[Paragraph, ...] = ()

    @lazy
    def text(self) -> str:
        return "\n".join(p.text for p in self.paragraphs)

    @lazy
    def flat(self) -> str:
        """The text without white space."""
        return "".join(self.text.split())

    @lazy
    def bare(self) -> str:
        """The text without line breaks and spaces, its figures in one width."""
        return self.text.replace("\n", "").replace(" ", "").replace("\u3000", "").translate(_PLAIN_FIGURES)

    @lazy
    def span(self) -> Span:
        """The first paragraph that is not blank, whole; IndexError in a cell without paragraphs."""
        paragraph = next((p for p in self.paragraphs if p.text.strip()), self.paragraphs[0])
        return Span(paragraph.index, 0, len(paragraph.text))


@dataclass(frozen=True)
class Table:
    """One logical table, whatever the page breaks: rows of cells, merged cells kept once with their spans."""

    index: int
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    ruled: bool = True  # false where no line was drawn and the white between words told the cells

    @lazy
    def grid(self) -> tuple[tuple[Cell | None, ...], ...]:
        """The cell that covers each place: a merged cell stands in every place it covers."""
        places: list[list[Cell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, self.rows)):
                for column in range(cell.column, min(cell.column + cell.column_span, self.columns)):
                    places[row][column] = cell
        return tuple(map(tuple, places))

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        for cell in self.cells:
            yield from cell.paragraphs

    @property
    def page(self) -> int | None:
        return next((p.page for p in self.paragraphs if p.page), None)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader wants known about a document or a page of it."""

    code: str  # a key of NOTES in present/words.py: ocr, unreadable_text, odd_fonts, extension_mismatch …
    message: str
    page: int | None = None


@dataclass(frozen=True)
class Page:
    number: int
    width: float
    height: float
    characters: int = 0
    recognised: Recognised | None = None  # where the page is a picture and was read by OCR


@dataclass(frozen=True)
class Document:
    """What a reader returns, the same for every format.

    `blocks` are in reading order and hold body text and tables; `furniture` is what was set aside (running headers,
    page numbers, contents lists, seals). Every paragraph, in cells and furniture too, stands in `paragraphs` at its index.
    """

    path: str
    sha256: str
    media_type: str
    blocks: tuple[Block, ...]
    furniture: tuple[Paragraph, ...] = ()
    pages: tuple[Page, ...] = ()
    notes: tuple[Note, ...] = field(default=())

    @lazy
    def paragraphs(self) -> dict[int, Paragraph]:
        found = {p.index: p for p in self.furniture}
        for block in self.blocks:
            for paragraph in [block] if isinstance(block, Paragraph) else block.paragraphs:
                found[paragraph.index] = paragraph
        return found

    @lazy
    def place_of(self) -> dict[int, int]:
        """The place among the blocks of each table, by the table's index."""
        return {block.index: place for place, block in enumerate(self.blocks) if isinstance(block, Table)}

    @lazy
    def running_text(self) -> tuple[Paragraph, ...]:
        """The paragraphs outside tables, in reading order."""
        return tuple(b for b in self.blocks if isinstance(b, Paragraph))

    @lazy
    def prose(self) -> tuple[Paragraph, ...]:
        """The paragraphs of running text that an author wrote; tables, page furniture and blank lines left out."""
        return tuple(p for p in self.running_text if p.role in WRITTEN and p.text.strip())

    @lazy
    def written(self) -> tuple[Paragraph, ...]:
        """What an author wrote, in running text and in table cells, in reading order; page furniture and blank lines left out."""
        every = (p for block in self.blocks for p in ((block,) if isinstance(block, Paragraph) else block.paragraphs))
        return tuple(p for p in every if p.role in WRITTEN and p.text.strip())

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(b for b in self.blocks if isinstance(b, Table))

    @lazy
    def recognised(self) -> dict[int, Page]:
        """The pages that are pictures and were read by OCR, by their number."""
        return {page.number: page for page in self.pages if page.recognised}

    def certainty(self, span: Span) -> int | None:
        """How sure the least sure letter was recognised, in parts of 100; None for what was not recognised."""
        glyphs = self.paragraphs[span.paragraph].glyphs
        if not self.recognised or glyphs is None:
            return None
        places = map(glyphs.box, range(span.start, span.end))
        sure = [page.recognised.at(x0, top) for n, x0, top, _, _ in places if (page := self.recognised.get(n)) and page.recognised]
        return min(sure, default=None)

    def quote(self, span: Span) -> str:
        return self.paragraphs[span.paragraph].text[span.start : span.end]


class Unreadable(Exception):
    """A file that gives no document. `code` is one of: missing, not_a_file, empty, not_a_pdf, encrypted, broken,
    no_text, unsupported, needs_libreoffice, archive, needs_unpacking, workpaper,
    too_large, timed_out."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
