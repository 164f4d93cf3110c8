"""Ruled cells → logical tables: rows and columns, merged cells, tables that run over pages."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.layout.cells import SENTENCE_END, cell_paragraphs, word_width
from extractor.layout.cues import is_level, is_placeholder
from extractor.layout.draft import Numbering
from extractor.model.document import Cell, Table
from extractor.model.printed import RuledCell, RuledTable

TOLERANCE = 3.0
"""Edges nearer than this, in points, are one edge."""
_HEAD_CELLS = 3
"""So many filled cells has the head of a block at least."""
_HEADER_ROWS = 4
"""A later part of a table repeats at most so many rows of its head."""


@dataclass(slots=True)
class Slot:
    """A cell of the logical table: its place, and the pieces of it that stand on different pages."""

    row: int
    column: int
    row_end: int
    column_end: int
    pieces: list[RuledCell]

    @property
    def text(self) -> str:
        return "".join(line.text for piece in self.pieces for line in piece.lines).replace(" ", "")


Rows = list[tuple[str, ...]]


def continues(first: RuledTable, second: RuledTable) -> bool:
    """Is `second`, the first thing on its page, the rest of `first`, the last thing on the page before?"""
    if second.box[0] != first.box[0] + 1 or any(abs(first.box[i] - second.box[i]) > TOLERANCE for i in (1, 3)):
        return False
    small, large = sorted((_columns([first]), _columns([second])), key=len)
    if not all(any(abs(x - y) <= TOLERANCE for y in large) for x in small):
        return False
    mine, other = (_rows_text(_slots(table, large), first=1) for table in (first, second))
    return mine == other or _corner(mine) != _corner(other)


def table_of(parts: Sequence[RuledTable], numbering: Numbering) -> Table:
    """One logical table from its parts on consecutive pages.

    Header rows that a later part repeats are dropped, a row that the page break cut is whole again, and a merged cell
    goes on where the next page begins with an empty place under it.
    """
    columns = _columns(parts)
    slots = _slots(parts[0], columns)
    for part in parts[1:]:
        later = _slots(part, columns)
        skipped = _repeated(_rows_text(slots), _rows_text(later))
        _append(slots, [_moved(slot, -skipped) for slot in later if slot.row >= skipped])
    index = numbering.table()
    slots.sort(key=lambda slot: (slot.row, slot.column))
    cells = tuple(Cell(s.row, s.column, s.row_end - s.row, s.column_end - s.column, cell_paragraphs(s.pieces, numbering)) for s in slots)
    return Table(index, max((s.row_end for s in slots), default=0), len(columns) - 1, cells, all(part.is_drawn for part in parts))


def _append(slots: list[Slot], later: Sequence[Slot]) -> None:
    """Puts the rows of a later part under the table."""
    rows = max((slot.row_end for slot in slots), default=0)
    above = {(slot.column, slot.column_end): slot for slot in slots if slot.row_end == rows}
    first = sorted((slot for slot in later if slot.row == 0), key=lambda slot: slot.column)
    cut = _is_cut(first, above)
    joined = first if cut else _leading_labels(first, above)
    base = rows - 1 if cut else rows
    for slot in later:
        over = above.get((slot.column, slot.column_end))
        if over and any(slot is other for other in joined):
            over.pieces += slot.pieces
            over.row_end = base + slot.row_end
        else:
            slots.append(_moved(slot, base))


def _is_cut(first: Sequence[Slot], above: dict[tuple[int, int], Slot]) -> bool:
    """Is a row the rest of the last row on the page before?

    It is if all that stands in it goes on from a cell above whose last line left no room: beside places that were
    filled above and are blank here, or as running text in every place. A last row that is blank belongs to it too.
    """
    if not first or any((slot.column, slot.column_end) not in above for slot in first):
        return False
    if not any(slot.text for slot in first):
        return True  # all words of the row stand above the page break
    if any(is_placeholder(slot.text) for slot in first):
        return False
    pairs = [(above[slot.column, slot.column_end], slot) for slot in first]
    latest = max(over.row for over, _ in pairs)
    if not any(over.text for over, _ in pairs if over.row == latest):
        return True
    if not all(_goes_on(over, slot) for over, slot in pairs if slot.text):
        return False
    if not first[0].text:
        return any(over.text and not slot.text for over, slot in pairs[1:] if over.row == latest)
    return all(slot.text and over.text[-1:] not in SENTENCE_END for over, slot in pairs)


def _goes_on(over: Slot, slot: Slot) -> bool:
    """Is the text of `slot` what did not fit into the cell above it?"""
    if not over.text:
        return over.column != 0
    line, following, box = over.pieces[-1].lines[-1:], slot.pieces[0].lines[0], over.pieces[-1].box
    return bool(line) and box[3] - box[1] - (line[0].x1 - line[0].x0) < word_width(following) + 1.2 * following.size


def _leading_labels(first: Sequence[Slot], above: dict[tuple[int, int], Slot]) -> list[Slot]:
    """The places at the left of a row that a page break cut off labels merged over it: blank, or the rest of their words."""
    rest: list[Slot] = []
    for slot in first:
        over = above.get((slot.column, slot.column_end))
        if slot.text and not (over and _is_rest_of_level(over.text, slot.text)):
            return rest
        rest.append(slot)
    return rest


def _is_rest_of_level(start: str, rest: str) -> bool:
    """Are two texts the name of one level of indicators: 服务对象 and 满意度指标?"""
    return is_level(start + rest) and not (is_level(start) and is_level(rest))


def _moved(slot: Slot, rows: int) -> Slot:
    return Slot(slot.row + rows, slot.column, slot.row_end + rows, slot.column_end, slot.pieces)


def _slots(table: RuledTable, columns: Sequence[float]) -> list[Slot]:
    heights = {y for cell in table.cells for y in (cell.box[2], cell.box[4])}
    row_of = _places(_edges(heights), heights)
    column_of = _places(columns, {x for cell in table.cells for x in (cell.box[1], cell.box[3])})
    slots = []
    for cell in table.cells:
        _, x0, top, x1, bottom = cell.box
        slot = Slot(row_of[top], column_of[x0], row_of[bottom], column_of[x1], [cell])
        if slot.row < slot.row_end and slot.column < slot.column_end:
            slots.append(slot)
    return slots


def _columns(parts: Sequence[RuledTable]) -> list[float]:
    return _edges({x for part in parts for cell in part.cells for x in (cell.box[1], cell.box[3])})


def _edges(values: Iterable[float]) -> list[float]:
    """The distinct edges among coordinates that differ by a hair.

    >>> _edges([10.0, 50.2, 10.4, 50.0])
    [10.0, 50.0]
    """
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > TOLERANCE:
            found.append(value)
    return found


def _places(edges: Sequence[float], values: Iterable[float]) -> dict[float, int]:
    """The row or column that begins at each of the few heights or places that the cells of a table share."""
    return {value: bisect_left(edges, value - TOLERANCE) for value in values}


def _rows_text(slots: Sequence[Slot], first: int | None = None) -> Rows:
    """The text of every row, or of so many first ones, cell by cell, as far as cells begin in it."""
    count = max((slot.row_end for slot in slots), default=0)
    rows: list[list[Slot]] = [[] for _ in range(count if first is None else min(first, count))]
    for slot in slots:
        if slot.row < len(rows):
            rows[slot.row].append(slot)
    return [tuple(slot.text for slot in sorted(row, key=lambda slot: slot.column)) for row in rows]


def _corner(rows: Rows) -> str:
    return next((text for row in rows[:1] for text in row if text), "")


def _repeated(above: Rows, rows: Rows) -> int:
    """How many leading rows repeat the head of the table, or the head of the block that goes on; never all of them."""
    starts = [0, *(place for place in range(1, len(above)) if rows and above[place] == rows[0] and _is_head(rows[0]))]
    return max(_equal(above[start : start + _HEADER_ROWS], rows[:-1]) for start in starts)


def _equal(mine: Rows, other: Rows) -> int:
    count = 0
    for one, two in zip(mine, other, strict=False):
        if one != two or not any(one):
            break
        count += 1
    return count


def _is_head(row: tuple[str, ...]) -> bool:
    """Is a row made of words, as the head of a block further down is?"""
    filled = [text for text in row if text]
    return len(filled) >= _HEAD_CELLS and not any(character.isdigit() for text in filled for character in text)
