"""Where a bare figure stands in a table, by the labels of its row and column: 年度资金总额·全年执行数."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from extractor.model.document import Cell, Document, Table

LONGEST = 16
UNITS = "单位"
MARKS = "%％.,，+-－—/≥≤=<>≧≦＞＜＝ "


class CellPlaces:
    """Names the places of figures in tables; text needs no such name."""

    def __init__(self, document: Document) -> None:
        self._found = {p.index: (table, cell) for table in document.tables for cell in table.cells for p in cell.paragraphs}
        self._heads: dict[int, list[int]] = {}  # by table, its rows that hold no figures

    def of(self, paragraph: int) -> str | None:
        """The row's label and the column's head; None outside tables and for cells that hold words."""
        table, cell = self._found.get(paragraph, (None, None))
        if table is None or cell is None or not is_bare(cell.flat):
            return None
        return "·".join(dict.fromkeys(word for word in (self._label(table, cell), self._head(table, cell)) if word)) or None

    def _label(self, table: Table, cell: Cell) -> str:
        """The nearest text left of a figure in its row, except a unit of measure."""
        left = (other for other in reversed(table.grid[cell.row][: cell.column]) if other is not None)
        return next((words for other in left if (words := _words(other)) and not self._head(table, other).endswith(UNITS)), "")

    def _head(self, table: Table, cell: Cell) -> str:
        """The heading above a cell, in the nearest row above without figures; none for a cell over several columns."""
        if cell.column_span > 1:
            return ""
        if table.index not in self._heads:
            self._heads[table.index] = [row for row in range(table.rows) if _is_head(table, row)]
        rows = self._heads[table.index]
        place = bisect_left(rows, cell.row)
        return _words(table.grid[rows[place - 1]][cell.column]) if place else ""


@lru_cache(maxsize=1 << 11)
def is_bare(text: str) -> bool:
    """Is the text only a figure, with or without its unit, that does not say what it measures?

    >>> is_bare("357,000.00"), is_bare("≥95%"), is_bare("等级：优"), is_bare("")
    (True, True, False, False)
    """
    rest = "".join(c for c in text if not c.isdigit() and c not in MARKS)
    return any(c.isdigit() for c in text) and len(rest) <= 3


def _is_head(table: Table, row: int) -> bool:
    """Does a row contain only text, and no cell that continues from the row above except a label at the left?"""
    own = {id(other): other for other in table.grid[row] if other is not None and other.paragraphs}.values()
    return not any(is_bare(other.flat) for other in own) and all(other.row == row or other.column == 0 for other in own)


def _words(cell: Cell | None) -> str:
    """The text of a cell if it names something; empty otherwise."""
    return _naming(cell.flat) if cell is not None else ""


@lru_cache(maxsize=1 << 11)
def _naming(text: str) -> str:
    has_words = any("\u4e00" <= c <= "\u9fff" for c in text)
    return text[:LONGEST] + ("…" if len(text) > LONGEST else "") if has_words and not is_bare(text) else ""
