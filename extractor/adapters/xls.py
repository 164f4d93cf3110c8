"""Workbooks of Excel before 2007 (BIFF) through xlrd: values with the formats that they are shown in, merged cells, hidden rows."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

from extractor.model.books import BUILT_IN, CELLS, PLAIN, Book, BookCell, BookSheet, Look
from extractor.model.document import Unreadable

_CENTRED = (2, 6)
_TWIPS = 20


def read_old_book(data: bytes) -> Book:
    """A workbook. Raises Unreadable: broken, encrypted, too_large."""
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), formatting_info=True, ragged_rows=True)
        return _book(book)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # on a damaged file its parser raises anything: struct.error, AssertionError, IndexError, …
        if isinstance(error, xlrd.XLRDError) and "encrypted" in str(error):
            raise Unreadable("encrypted", "文件有打开密码，无法读取；请提供未加密的版本") from error
        raise Unreadable("broken", "工作簿已损坏或不是通常的 xls；请用 Excel 或 WPS 另存为 xlsx 后再试") from error


def _book(book: Any) -> Book:
    looks = [_look(book, each) for each in book.xf_list]
    sheets = []
    budget = CELLS
    for number in range(book.nsheets):
        sheet = book.sheet_by_index(number)
        budget -= sum(map(sheet.row_len, range(sheet.nrows)))
        if budget < 0:
            raise Unreadable("too_large", f"工作簿的单元格超过 {CELLS} 个，未予读取")
        sheets.append(_sheet(sheet, looks))
    return Book(sheets, bool(book.datemode))


def _look(book: Any, style: Any) -> Look:
    font = book.font_list[style.font_index] if style.font_index < len(book.font_list) else None
    sides = (style.border.left_line_style, style.border.right_line_style, style.border.top_line_style, style.border.bottom_line_style)
    return Look(
        _format(book, style.format_key),
        any(sides),
        font is not None and bool(font.bold or font.weight >= 700),
        round(font.height / _TWIPS, 1) if font is not None else 0.0,
        style.alignment.hor_align in _CENTRED,
    )


def _format(book: Any, key: int) -> str:
    """The format given in the file; for a built-in number, the Chinese format instead of the American one that xlrd knows."""
    from xlrd.formatting import std_format_strings as usual

    made = book.format_map.get(key)
    code: str | None = made.format_str if made is not None else None
    return code if code and code != usual.get(key) else BUILT_IN.get(key, code or "General")


def _sheet(sheet: Any, looks: list[Look]) -> BookSheet:
    made = BookSheet(sheet.name, sheet.visibility != 0)
    made.merged = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
    made.hidden_rows = {row for row, about in sheet.rowinfo_map.items() if about.hidden or about.height == 0}
    made.hidden_columns = {column for column, about in sheet.colinfo_map.items() if about.hidden or about.width == 0}
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            look = looks[cell.xf_index] if cell.xf_index is not None and cell.xf_index < len(looks) else PLAIN
            text, number = _value(cell)
            if text or number is not None or look.bordered:
                made.cells[row, column] = BookCell(text, number, look)
    return made


def _value(cell: Any) -> tuple[str, Decimal | None]:
    from xlrd import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR, XL_CELL_NUMBER, XL_CELL_TEXT, error_text_from_code

    if cell.ctype == XL_CELL_TEXT:
        return cell.value, None
    if cell.ctype in (XL_CELL_NUMBER, XL_CELL_DATE):
        number = Decimal(repr(cell.value))
        if not number.is_finite() or abs(number.adjusted()) > 400:
            raise ValueError(cell.value)
        return "", number
    if cell.ctype == XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE", None
    return error_text_from_code.get(cell.value, "#N/A") if cell.ctype == XL_CELL_ERROR else "", None
