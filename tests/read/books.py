"""A source as a workbook: words over the table, the table with its merged cells, numbers as numbers in their formats."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace

from xlsxwriter import Workbook

from tests.corpus.grid import Box
from tests.corpus.source import NOTE, Block, Source

_FIGURE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(%?)")


@dataclass(frozen=True)
class Manner:
    """How a bureau fills its sheet. `titled`: the words over a table are a ruled row of it, merged over its width.

    `left`: columns left blank at the margin; `helpers`: behind each column and row a hidden one with other figures; `spare`: ruled rows and
    columns that stay empty; `typed`: figures are text; `apart`: each table with the words over it on a sheet of its own;
    `parted`: cells over several rows are taken apart, the words in the first; `repeated`: in each of them.
    """

    ruled: bool = True
    titled: bool = False
    left: int = 0
    helpers: bool = False
    spare: int = 0
    typed: bool = False
    apart: bool = False
    parted: bool = False
    repeated: bool = False


MANNERS = {
    "ruled": Manner(),
    "plain": Manner(ruled=False),
    "titled": Manner(titled=True, left=1, spare=9),
    "helped": Manner(helpers=True),
    "plain, helped": Manner(ruled=False, helpers=True, left=2),
    "typed": Manner(typed=True, left=1),
    "apart": Manner(apart=True),
    "plain, titled": Manner(ruled=False, titled=True),
}


def workbook(source: Source, manner: Manner = MANNERS["ruled"]) -> bytes:
    """All blocks one under the other on one sheet."""
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        writer = Writer(book, manner)
        for place, block in enumerate(source.filled):
            following = source.filled[place + 1 : place + 2]
            width = following[0].grid.columns if following and following[0].kind == "table" and manner.titled else 1
            writer.table(block) if block.kind == "table" else writer.lines(block, width)
    return made.getvalue()


class Writer:
    """Writes the blocks of a report to a sheet."""

    def __init__(self, book: Workbook, manner: Manner) -> None:
        self._book, self._manner = book, manner
        self._sheet = book.add_worksheet("自评表")
        self._row = 0
        self._sheets = 1
        self._step = 2 if manner.helpers else 1
        for column in range(1, 60, 2) if manner.helpers else ():
            self._sheet.set_column(manner.left + column, manner.left + column, None, None, {"hidden": True})

    def lines(self, block: Block, width: int) -> None:
        if block.kind in ("contents", "columns", "page"):
            return
        for text in [NOTE.sub("", text) for text in (block.text + block.run_in, *block.lines) if text]:
            self._line(text, block.kind in ("title", "cover"), width)

    def _line(self, text: str, is_title: bool, width: int) -> None:
        look = {"align": "center", "bold": True, "font_size": 18} if is_title else {}
        if width > 1:
            last = self._manner.left + (width - 1) * self._step
            line = self._book.add_format({**look, "border": int(self._manner.ruled)})
            self._sheet.merge_range(self._row, self._manner.left, self._row, last, text, line)
        else:
            self._sheet.write_string(self._row, self._manner.left, text, self._book.add_format(look))
        self._row += 1

    def table(self, block: Block) -> None:
        grid, top = block.grid, self._row
        if block.caption:
            self._line(block.caption, False, grid.columns if self._manner.titled else 1)
            top = self._row
        for box in grid.boxes:
            self._cell(top, box)
        line = self._book.add_format({"border": 1})
        rows = grid.rows * self._step
        for row in range(rows if self._manner.spare else 0):
            self._sheet.write_blank(top + row, self._manner.left + grid.columns * self._step, None, line)
        for row in range(self._manner.spare):
            self._sheet.write_row(top + rows + row, self._manner.left, [""] * grid.columns, line)
        for row in range(1, rows, 2) if self._manner.helpers else ():
            self._sheet.set_row(top + row, None, None, {"hidden": True})
        self._row = top + rows + self._manner.spare + 1
        if self._manner.apart:
            self._sheets += 1
            self._sheet, self._row = self._book.add_worksheet(f"附表 {self._sheets}"), 0

    def _cell(self, row: int, box: Box) -> None:
        if (self._manner.parted or self._manner.repeated) and box.rows > 1:
            for down in range(1, box.rows):
                self._cell(row, replace(box, text=box.text if self._manner.repeated else "", row=box.row + down, rows=1))
            box = replace(box, rows=1)
        text = "\n".join(box.lines)
        value, shown = (None, "@") if self._manner.typed else _number(text)
        look = self._book.add_format({"border": int(self._manner.ruled), "num_format": shown, "text_wrap": True})
        top, left = row + box.row * self._step, self._manner.left + box.column * self._step
        rows, columns = box.rows, box.columns
        if self._manner.helpers and (rows, columns) == (1, 1):
            self._sheet.write_number(top + 1, left, 777)
            self._sheet.write_number(top, left + 1, 888)
        if rows > 1 or columns > 1:
            self._sheet.merge_range(top, left, top + (rows - 1) * self._step, left + (columns - 1) * self._step, "", look)
        if value is None:
            self._sheet.write_string(top, left, text, look) if text else self._sheet.write_blank(top, left, None, look)
        else:
            self._sheet.write_number(top, left, value, look)


def _number(text: str) -> tuple[float | None, str]:
    match = _FIGURE.fullmatch(text)
    if match is None or (text.startswith("0") and len(text) > 1 and not text.startswith("0.")) or len(text) > 12:
        return None, "@"
    whole, fraction, percent = match[1], match[2] or "", match[3]
    value = float(text.rstrip("%").replace(",", "")) / (100 if percent else 1)
    return value, ("#,##0" if "," in whole else "0") + ("." + "0" * len(fraction) if fraction else "") + percent


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def raw(data: str = "", behind: str = "", *, main: str = MAIN, **parts: str) -> bytes:
    """A workbook of one sheet from XML: rows, what stands behind them, further parts under xl/ by name."""
    sheets = f'<sheets><sheet name="表1" sheetId="1" xmlns:r="{OFFICE}" r:id="r1"/></sheets>'
    links = (
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="r3" Type="{OFFICE}/styles" Target="/xl/styles.xml"/>'
    )
    return zipped(
        {
            "xl/workbook.xml": f'<workbook xmlns="{main}">{sheets}</workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{data}</sheetData>{behind}</worksheet>',
        }
        | {f"xl/{name}.xml": text for name, text in parts.items()}
    )


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()
