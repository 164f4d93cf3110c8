"""Tables of Word files: rows of cells with spans, merged cells once; layout tables are dissolved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from extractor.adapters.docx import Node
from extractor.model.document import Unreadable
from extractor.model.flow import FlowBlock, FlowCell, FlowTable, Piece
from extractor.read.docx_names import VAL, is_on, number, value, w
from extractor.read.docx_text import is_deleted, span

_SAME_EDGE = 60
"""Edges nearer than this, in twips, are one edge, in tables whose rows have different grids."""

_FRAME = 3
"""A layout table has at most so many cells besides the tables in it: a title, a margin, a footer. A form has more."""
_WIDEST = 1000
"""Word makes 63 columns at most."""


@dataclass
class Slot:
    """A cell in the file: the columns that it covers, its width in twips, whether it continues the cell above."""

    node: Node
    start: int
    end: int
    width: int
    goes_on: bool
    number: int = 0


@dataclass
class Row:
    """A row in the file; `number` counts from 1."""

    number: int
    slots: list[Slot] = field(default_factory=list)
    before: int = 0
    end: int = 0
    before_width: int = 0
    is_deleted: bool = False
    is_hidden: bool = False


def rows_of(table: Node) -> list[Row]:
    """The rows of a table, including those in content controls."""
    return [_row(node, place) for place, node in enumerate(_within(table, w("tr")), 1)]


def _within(node: Node, tag: str) -> Iterator[Node]:
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag in (w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo")):
            yield from _within(child, tag)


def _row(node: Node, place: int) -> Row:
    properties = node.find(w("trPr"))
    before = number(value(properties, "gridBefore"))
    white = properties.find(w("wBefore")) if properties is not None else None
    row = Row(place, before=before, before_width=0 if white is None else number(white.get(w("w"))))
    row.is_deleted, row.is_hidden = is_deleted(properties), bool(is_on(properties, "hidden"))
    column = before
    for cell in _within(node, w("tc")):
        told = cell.find(w("tcPr"))
        end = column + span(told, "gridSpan")
        if told is not None and told.find(w("cellDel")) is not None:
            continue
        width = told.find(w("tcW")) if told is not None else None
        twips = number(width.get(w("w"))) if width is not None and width.get(w("type"), "dxa") == "dxa" else 0
        if row.slots and _goes_on(told, "hMerge"):
            row.slots[-1].end, row.slots[-1].width = end, row.slots[-1].width + twips
        else:
            row.slots.append(Slot(cell, column, end, twips, _goes_on(told, "vMerge")))
        column = end
    row.end = column + number(value(properties, "gridAfter"))
    return row


def _goes_on(properties: Node | None, name: str) -> bool:
    merge = properties.find(w(name)) if properties is not None else None
    return merge is not None and merge.get(VAL, "continue") == "continue"


class Grid:
    """The rows of a table on common columns."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows = [row for row in rows if row.slots]
        if len({row.end for row in self._rows}) > 1 and all(slot.width > 0 for row in self._rows for slot in row.slots):
            self._by_width()
        edges = sorted({edge for row in self._rows for slot in row.slots for edge in (slot.start, slot.end)})
        for row in self._rows:
            for slot in row.slots:
                slot.start, slot.end = bisect_left(edges, slot.start), bisect_left(edges, slot.end)
                slot.number = slot.start + 1
        self._columns = max(1, len(edges) - 1)
        if self._columns > _WIDEST:
            raise Unreadable("too_large", f"表格超过 {_WIDEST} 列，不予读取")

    def _by_width(self) -> None:
        """Rows with different grids are aligned by the widths of their cells, as in Word."""
        for row in self._rows:
            place = row.before_width
            for slot in row.slots:
                slot.start, place = place, place + slot.width
                slot.end = place
        edges = sorted({edge for row in self._rows for slot in row.slots for edge in (slot.start, slot.end)})
        own: dict[int, int] = {}
        for edge in edges:
            before = next(reversed(own.values()), None)
            own[edge] = before if before is not None and edge - before <= _SAME_EDGE else edge
        for row in self._rows:
            for slot in row.slots:
                slot.start, slot.end = own[slot.start], max(own[slot.end], own[slot.start] + 1)

    def blocks(self, read: Callable[[Row, Slot], list[FlowBlock]]) -> list[FlowBlock]:
        """The table and those nested in it; for a layout table, the content of its cells."""
        merged = self._merged()
        filled = [(slot, top, rows, read(row, slot)) for row, slot, top, rows in merged]
        if self._is_layout([blocks for *_, blocks in filled]):
            return [block for *_, blocks in filled for block in blocks]
        inner: list[FlowBlock] = [block for *_, blocks in filled for block in blocks if isinstance(block, FlowTable)]
        cells = tuple(
            FlowCell(top, slot.start, rows, slot.end - slot.start, tuple(b for b in blocks if isinstance(b, Piece)))
            for slot, top, rows, blocks in filled
        )
        height = max((cell.row + cell.row_span for cell in cells), default=0)
        return [FlowTable(height, self._columns, cells), *inner] if cells else inner

    def _merged(self) -> list[tuple[Row, Slot, int, int]]:
        """Each cell once, with its top row and row span; rows in which no cell begins are not counted."""
        open_: dict[int, list[int]] = {}  # by the left column: right column, place in `out`
        out: list[tuple[Row, Slot, int, int]] = []
        top = 0
        for row in self._rows:
            goes_on: list[int] = []
            begins = False
            now: dict[int, list[int]] = {}
            for slot in row.slots:
                above = open_.get(slot.start)
                if slot.goes_on and above is not None and above[0] == slot.end:
                    goes_on.append(above[1])
                    now[slot.start] = above
                else:
                    begins = True
                    now[slot.start] = [slot.end, len(out)]
                    out.append((row, slot, top, 1))
            open_ = now
            if begins:
                for place in goes_on:
                    first, own, start, _ = out[place]
                    out[place] = (first, own, start, top - start + 1)
                top += 1
        return out

    def _is_layout(self, cells: list[list[FlowBlock]]) -> bool:
        """Does a table only arrange content on the page: with one column of filled cells, or with most of its text in nested tables?"""
        columns = {slot.start for row in self._rows for slot in row.slots}
        filled = [blocks for blocks in cells if blocks]
        if len(columns) == 1 or len(filled) == 1:
            return bool(filled)
        if sum(not _holds_table(blocks) for blocks in filled) > _FRAME:
            return False
        inner = sum(_weight([b for b in blocks if isinstance(b, FlowTable)]) for blocks in filled)
        return inner * 2 > sum(map(_weight, filled)) and any(_holds_table(blocks) for blocks in filled)


def _weight(blocks: list[FlowBlock]) -> int:
    """The number of characters in blocks."""
    own = sum(len(block.text) for block in blocks if isinstance(block, Piece))
    return own + sum(len(p.text) for block in blocks if isinstance(block, FlowTable) for cell in block.cells for p in cell.pieces)


def _holds_table(blocks: list[FlowBlock]) -> bool:
    return any(isinstance(block, FlowTable) and block.rows > 1 and block.columns > 1 for block in blocks)
