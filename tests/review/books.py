"""Reviewed workbooks for tests: rows of cells as somebody hands them back."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from extractor.adapters.calamine import sheets

HEAD = ("编号", "单位", "年度", "复核意见", "复核人", "复核日期", "复核说明")
ENGLISH = ("id", "unit", "year", "verdict", "reviewer", "reviewed on", "note")
ID, OTHER = "0123456789ab", "ba9876543210"


def row(
    key: str = ID, verdict: object = "误报", day: object = date(2026, 3, 5), reviewer: object = "张三", note: object = "口径不同"
) -> list[object]:
    return [key, "青川区水务站", "2019", verdict, reviewer, day, note]


def book(path: Path, rows: Sequence[Sequence[object]], head: Sequence[str] = HEAD, sheet: str = "疑点", above: int = 0) -> Path:
    """A workbook with one sheet of findings between two others; `above` rows stand over its headings."""
    made = xlsxwriter.Workbook(str(path))
    day = made.add_format({"num_format": "yyyy/m/d"})
    made.add_worksheet("汇总").write(0, 0, "疑点")
    page = made.add_worksheet(sheet)
    for number, cells in enumerate([head, *rows], above):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                page.write_datetime(number, column, cell, day)  # type: ignore[arg-type]
            elif cell is not None:
                page.write(number, column, cell)
    made.add_worksheet("全部核对").write(0, 0, "编号")
    made.close()
    return path


def filled_in(path: Path, into: Path, marks: Mapping[str, Mapping[str, str]]) -> Path:
    """The workbook as a spreadsheet saves it after somebody wrote beside findings: texts by finding id and heading."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for number, sheet in enumerate(sheets(path.read_bytes()), 1):
        head = sheet.rows[0] if sheet.rows else []
        if "复核意见" in head:
            name = f"xl/worksheets/sheet{number}.xml"
            places = {cells[head.index("编号")]: place for place, cells in enumerate(sheet.rows)}
            for key, texts in marks.items():
                for heading, text in texts.items():
                    parts[name] = _written(parts[name], xl_rowcol_to_cell(places[key], head.index(heading)), text)
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return into


def _written(sheet: bytes, cell: str, text: str) -> bytes:
    """The sheet with a text in a cell that was empty."""
    written, count = re.subn(
        rf'<c r="{cell}"( s="\d+")?/>'.encode(), rf'<c r="{cell}"\1 t="inlineStr"><is><t>{text}</t></is></c>'.encode(), sheet
    )
    assert count == 1
    return written
