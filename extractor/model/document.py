"""A document as every reader returns it: paragraphs and tables whose every character knows its page and box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from enum import Enum

from extractor.model.frozen import frozen
from extractor.model.glyphs import Glyphs
from extractor.model.lazily import lazy
from extractor.model.recognised import Recognised

Box = tuple[int, float, float, float, float]
"""page (from 1), x0, top, x1, bottom in points, origin top left."""
_PLAIN_FIGURES = str.maketrans("０１２３４５６７８９．％", "0123456789.%")


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


@frozen
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
        return self.glyphs.levels[0][1] if self.glyphs and self.glyphs.levels else None

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(sorted(self.glyphs.pages)) if self.glyphs else ()


@frozen
class Span:
    """Characters [start, end) of one paragraph of a document."""

    paragraph: int
    start: int
    end: int

    def __contains__(self, other: Span) -> bool:
        return self.paragraph == other.paragraph and self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start


@frozen
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


@frozen
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


@frozen
class Note:
    """Something a reader wants known about a document or a page of it."""

    code: str  # a key of NOTES in present/words.py: ocr, unreadable_text, odd_fonts, extension_mismatch …
    message: str
    page: int | None = None


@frozen
class Page:
    number: int
    width: float
    height: float
    characters: int = 0
    recognised: Recognised | None = None  # where the page is a picture and was read by OCR


@frozen
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
