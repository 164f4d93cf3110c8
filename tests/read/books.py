"""A source as a workbook: words over the table, the table with its merged cells, numbers as numbers in their formats."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.corpus.grid import Box
from tests.corpus.source import NOTE, Block, Source

_FIGURE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(%?)")


def workbook(source: Source, *, ruled: bool = True) -> bytes:
    """All blocks one under the other on one sheet."""
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("自评表")
        row = 0
        for block in source.filled:
            row = _table(book, sheet, row, block, ruled) if block.kind == "table" else _lines(book, sheet, row, block)
    return made.getvalue()


def _lines(book: Workbook, sheet: Worksheet, row: int, block: Block) -> int:
    if block.kind in ("contents", "columns", "page"):
        return row
    centre = book.add_format({"align": "center", "bold": True, "font_size": 18})
    texts = [NOTE.sub("", text) for text in (block.text + block.run_in, *block.lines) if text]
    for text in texts:
        sheet.write_string(row, 0, text, centre if block.kind in ("title", "cover") else None)
        row += 1
    return row


def _table(book: Workbook, sheet: Worksheet, row: int, block: Block, ruled: bool) -> int:
    if block.caption:
        sheet.write_string(row, 0, block.caption)
        row += 1
    for box in block.grid.boxes:
        _cell(book, sheet, row, box, ruled)
    return row + block.grid.rows + 1


def _cell(book: Workbook, sheet: Worksheet, row: int, box: Box, ruled: bool) -> None:
    text = "\n".join(box.lines)
    value, shown = _number(text)
    look = book.add_format({"border": int(ruled), "num_format": shown, "text_wrap": True})
    top, left = row + box.row, box.column
    if box.rows > 1 or box.columns > 1:
        sheet.merge_range(top, left, top + box.rows - 1, left + box.columns - 1, "", look)
    if value is None:
        sheet.write_string(top, left, text, look) if text else sheet.write_blank(top, left, None, look)
    else:
        sheet.write_number(top, left, value, look)


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
