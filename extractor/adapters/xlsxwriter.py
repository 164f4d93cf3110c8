"""Workbooks for spreadsheets, written row by row. The only importer of XlsxWriter."""

from __future__ import annotations

import re
import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import xlsxwriter

LONGEST = 32_000
"""Characters of a cell; Excel takes 32,767 units of UTF-16."""

LARGEST = Decimal("1e100")
"""Numbers beyond it are written as text: no spreadsheet reckons with them."""

LAST_ROW, MOST_LINKS = 1_048_575, 65_000
MADE = datetime(2000, 1, 1)
"""Said of every workbook, so that the same input gives the same bytes."""

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters, signs that turn the writing direction, and what is no character."""

Style = tuple[tuple[str, Any], ...]


def style(base: Style = (), **properties: Any) -> Style:
    """Properties of a cell over those of another style."""
    return tuple(sorted({**dict(base), **properties}.items()))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: heading, width in characters, the look of its cells."""

    heading: str
    width: int
    style: Style = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A text or number with a look of its own. As `marked`, stretches of the text are set off."""

    value: str | int | Decimal | None
    style: Style
    marked: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with the value that it has now; its text is never taken from a report."""

    text: str
    value: str | int | Decimal
    style: Style


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that opens a file (with a place in it) or leads to another cell (`internal:`)."""

    target: str
    text: str
    style: Style


Content = str | int | Decimal | Cell | Formula | Link | None


def fit(text: str) -> str:
    """The text as a cell may hold it: no control characters, not too long, never taken for a cell's XML.

    >>> fit("a\\x00b"), fit("<r><t>x</t></r>")
    ('a b', ' <r><t>x</t></r>')
    """
    text = _UNFIT.sub(" ", text.replace("\r\n", "\n"))
    if len(text) > LONGEST // 2 and len(text.encode("utf-16-le")) > 2 * LONGEST:
        text = text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore") + "…"
    return " " + text if text.startswith("<r>") else text


class Book:
    """A workbook in the making: rows wait on disk, those of a small one in memory; the file is made by `save`."""

    def __init__(self, base: Style = (), emphasis: Style = (), is_small: bool = False) -> None:
        self._room = tempfile.mkdtemp(prefix="extract-")
        self._tidy = weakref.finalize(self, shutil.rmtree, self._room, True)
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._book = xlsxwriter.Workbook(None, {"constant_memory": not is_small, "in_memory": is_small, "tmpdir": self._room, **options})
        self._base, self._formats = base, dict[Style, Any]()
        self.emphasis = self.format(emphasis)

    def format(self, look: Style) -> Any:
        made = self._formats.get(look)
        if made is None:
            made = self._formats[look] = self._book.add_format({**dict(self._base), **dict(look)})
        return made

    def sheet(self, name: str, columns: Sequence[Column] = (), heading: Style = (), frozen: int = 0, note: str = "") -> Sheet:
        """A sheet; with columns a table under frozen headings. `note` ends a table that is too long for a sheet."""
        made = Sheet(self, self._book.add_worksheet(name), tuple(columns), note)
        if columns:
            made.begin(heading, frozen)
        return made

    def chart(self, kind: Mapping[str, str]) -> Any:
        return self._book.add_chart(dict(kind))

    def save(self, path: Path, mark: bytes, title: str, comment: str) -> None:
        """Make the file. `mark` goes where a program that saves the workbook anew drops it."""
        self._book.set_properties({"title": title, "comments": comment, "created": MADE})
        self._book.filename = str(path)
        self._book.close()
        with ZipFile(path, "a") as archive:
            archive.comment = mark
        self._tidy()


@dataclass
class Sheet:
    """Rows are added one below the other and cannot be changed afterwards."""

    book: Book
    made: Any
    columns: tuple[Column, ...]
    note: str = ""
    rows: int = 0
    links: int = 0
    _styles: list[Any] = field(default_factory=list)

    def begin(self, heading: Style, frozen: int) -> None:
        self._styles = [self.book.format(column.style) for column in self.columns]
        for place, column in enumerate(self.columns):
            self.made.set_column(place, place, column.width, self.book.format(column.style))
        self.add([Cell(column.heading, heading) for column in self.columns], 30)
        self.made.freeze_panes(1, frozen)
        self.made.repeat_rows(0)

    def add(self, cells: Sequence[Content], height: int | None = None) -> int:
        """Write a row; its number as spreadsheets count, from 1."""
        if self.rows >= LAST_ROW:
            if self.rows == LAST_ROW:
                self.made.write_string(self.rows, 0, self.note)
                self.rows += 1
            return self.rows
        if height is not None:
            self.made.set_row(self.rows, height)
        for place, cell in enumerate(cells):
            if cell is not None:
                self._write(place, cell)
        self.rows += 1
        return self.rows

    def filter(self) -> None:
        """Filters in the headings, over all rows written."""
        self.made.autofilter(0, 0, max(self.rows - 1, 0), len(self.columns) - 1)

    def width(self, widths: Sequence[int]) -> None:
        for place, width in enumerate(widths):
            self.made.set_column(place, place, width)

    def choices(self, column: int, words: Sequence[str], title: str, text: str) -> None:
        """A drop-down in a column, from the second row to the last one written."""
        rule = {"validate": "list", "source": list(words), "input_title": title, "input_message": text, "error_type": "stop"}
        self.made.data_validation(1, column, max(self.rows - 1, 1), column, rule)

    def shade(self, formula: str, look: Style, first: int, last: int) -> None:
        """The look of the columns from first to last in rows for which a formula on row 2 holds."""
        rule = {"type": "formula", "criteria": formula, "format": self.book.format(look)}
        self.made.conditional_format(1, first, max(self.rows - 1, 1), last, rule)

    def paper(self, is_large: bool, footer: str, print_columns: int | None = None) -> None:
        """Landscape, as wide as the page, A3 where a table is wide; hidden grid."""
        self.made.set_landscape()
        self.made.set_paper(8 if is_large else 9)
        self.made.fit_to_pages(1, 0)
        self.made.set_margins(0.4, 0.4, 0.5, 0.6)
        self.made.set_footer(footer)
        self.made.hide_gridlines(2)
        if print_columns is not None:
            self.made.print_area(0, 0, max(self.rows - 1, 1), print_columns - 1)

    def _write(self, place: int, cell: Content) -> None:
        if isinstance(cell, Formula):
            now = fit(cell.value) if isinstance(cell.value, str) else cell.value
            self.made.write_formula(self.rows, place, cell.text, self.book.format(cell.style), now)
        elif isinstance(cell, Link):
            self._link(place, cell)
        elif isinstance(cell, Cell) and cell.marked and isinstance(cell.value, str):
            self._rich(place, cell.value, cell)
        else:
            look = self.book.format(cell.style) if isinstance(cell, Cell) else self._styles[place]
            value: str | int | Decimal | None = cell.value if isinstance(cell, Cell) else cell
            if isinstance(value, int | Decimal) and -LARGEST < value < LARGEST:
                self.made.write_number(self.rows, place, value, look)
            elif value is None:
                self.made.write_blank(self.rows, place, None, look)
            else:
                self.made.write_string(self.rows, place, fit(str(value)), look)

    def _rich(self, place: int, text: str, cell: Cell) -> None:
        """Text with stretches set off; plain where there is nothing to set off, or too much."""
        pieces: list[Any] = []
        look, plain, at = self.book.format(cell.style), self.book.format(()), 0
        for start, end in sorted(cell.marked):
            if at <= start < end <= len(text):
                pieces += [plain, fit(text[at:start])] if start > at else []
                pieces += [self.book.emphasis, fit(text[start:end])]
                at = end
        pieces += [plain, fit(text[at:])] if at < len(text) else []
        if len(pieces) < 4 or len(text) > LONGEST // 2:
            self.made.write_string(self.rows, place, fit(text), look)
        else:
            self.made.write_rich_string(self.rows, place, *pieces, look)

    def _link(self, place: int, cell: Link) -> None:
        look = self.book.format(cell.style)
        if self.links >= MOST_LINKS or len(cell.target) > 2000:
            self.made.write_string(self.rows, place, fit(cell.text), look)
            return
        self.links += 1
        self.made.write_url(self.rows, place, cell.target, look, fit(cell.text))
