"""Tables of web pages: cells with their positions and spans; layout tables do not count as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extractor.adapters.html import Element
from extractor.model.document import Unreadable
from extractor.model.flow import FlowCell, FlowTable, Piece
from extractor.read.html_article import is_hidden, tag_of

WIDEST, LONGEST = 1000, 100_000
"""The most columns and rows of a table."""
LARGEST = 2_000_000
"""The most grid positions of a table, merged cells counted at each position that they cover."""
_FEW = 4
"""A table around another one is a data table if it has so many cells of its own."""


def is_layout(table: Element) -> bool:
    """Is it a layout table: with no two filled cells side by side, or with little but other tables in it?"""
    rows = list(_rows(table))
    filled = [sum(_has_words(cell) for cell in row) for row in rows]
    if max(filled, default=0) < 2:
        return True
    holds = any(tag_of(each) == "table" for row in rows for cell in row for each in cell.iter() if each is not cell)
    return holds and sum(filled) < _FEW


def grid_of(table: Element, pieces: Callable[[Element], tuple[Piece, ...]]) -> FlowTable:
    """The cells of a table at their positions. Raises Unreadable: too_large."""
    taken: dict[int, list[int]] = {}  # by row, the columns covered by cells that begin in rows above
    cells, columns, rows = [], 0, 0
    places = 0
    for row, elements in enumerate(_rows(table)):
        used = set(taken.pop(row, ()))
        column = 0
        for element in elements:
            while column in used:
                column += 1
            across, down = _span(element, "colspan", WIDEST), _span(element, "rowspan", LONGEST)
            places += across * min(down, 100)
            if row >= LONGEST or column + across > WIDEST or places > LARGEST:
                raise Unreadable("too_large", f"网页中的表格过大（第 {row + 1} 行第 {column + 1} 列）")
            for below in range(1, min(down, 1000)):
                taken.setdefault(row + below, []).extend(range(column, column + across))
            cells.append((row, column, down, across, pieces(element)))
            column += across
            columns = max(columns, column)
        rows = row + 1
    made = tuple(FlowCell(row, column, min(down, rows - row), across, own) for row, column, down, across, own in cells)
    return FlowTable(rows, columns, made)


def _rows(table: Element) -> Iterator[list[Element]]:
    """The cells of each row, without those of nested tables."""
    for child in table:
        name = tag_of(child)
        if name in ("thead", "tbody", "tfoot"):
            yield from _rows(child)
        elif name == "tr" and not is_hidden(child):
            yield [cell for cell in child if tag_of(cell) in ("td", "th") and not is_hidden(cell)]


def _has_words(cell: Element) -> bool:
    return any(
        not is_hidden(each) and ((each.text or "").strip() or (each is not cell and (each.tail or "").strip())) for each in cell.iter()
    )


def _span(cell: Element, name: str, most: int) -> int:
    """How many positions a cell covers; an invalid span counts as 1."""
    told = cell.get(name, "1").strip()
    return min(max(int(told), 1), most) if told.isascii() and told.isdigit() and len(told) < 10 else 1
