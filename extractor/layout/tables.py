"""Ruled cells → logical tables: rows and columns, merged cells, tables that run over pages."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from extractor.layout.cues import is_item
from extractor.layout.draft import Numbering
from extractor.layout.folding import fold
from extractor.layout.paragraphs import first_word
from extractor.model.document import Cell, Line, Paragraph, RuledCell, RuledTable, Table

TOLERANCE = 3.0
"""Edges nearer than this, in points, are one edge."""
_SENTENCE_END = "。；！？;"


def continues(first: RuledTable, second: RuledTable) -> bool:
    """Is `second`, the first thing on its page, the rest of `first`, the last thing on the page before?"""
    if second.box[0] != first.box[0] + 1 or any(abs(first.box[i] - second.box[i]) > TOLERANCE for i in (1, 3)):
        return False
    mine, other = _columns([first]), _columns([second])
    small, large = sorted((mine, other), key=len)
    if not all(any(abs(x - y) <= TOLERANCE for y in large) for x in small):
        return False
    return _rows_text(first)[:1] == _rows_text(second)[:1] or _corner(first) != _corner(second)


def table_of(parts: Sequence[RuledTable], numbering: Numbering) -> Table:
    """One logical table from its parts on consecutive pages; header rows that a later part repeats are dropped."""
    columns = _columns(parts)
    header = _rows_text(parts[0])
    cells: list[Cell] = []
    rows = 0
    index = numbering.table()
    for place, part in enumerate(parts):
        edges = _edges(y for cell in part.cells for y in (cell.box[2], cell.box[4]))
        skipped = _repeated(header, _rows_text(part)) if place else 0
        for cell in sorted(part.cells, key=lambda c: (_place(edges, c.box[2]), c.box[1])):
            row, end = _place(edges, cell.box[2]), _place(edges, cell.box[4])
            column, last = _place(columns, cell.box[1]), _place(columns, cell.box[3])
            if row < skipped or end <= row or last <= column:
                continue
            paragraphs = tuple(cell_paragraphs(cell, numbering))
            cells.append(Cell(rows + row - skipped, column, end - row, last - column, paragraphs))
        rows += len(edges) - 1 - skipped
    return Table(index, rows, len(columns) - 1, tuple(cells))


def cell_paragraphs(cell: RuledCell, numbering: Numbering) -> Iterable[Paragraph]:
    """The paragraphs of a cell: its lines are wrapped unless one begins an item or follows a sentence that ends short."""
    lines = fold(cell.lines)
    if not lines:
        return
    widest = max(line.x1 for line in lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _begins(groups[-1][-1], line, widest):
            groups[-1].append(line)
        else:
            groups.append([line])
    for group in groups:
        yield numbering.paragraph(group)


def _begins(last: Line, line: Line, widest: float) -> bool:
    if is_item(line.text):
        return True
    word = first_word(line.text)
    room = widest - last.x1 - (line.boxes[word - 1][3] - line.boxes[0][1])
    return last.text[-1] in _SENTENCE_END and room > 0.5 * line.size


def _columns(parts: Sequence[RuledTable]) -> list[float]:
    return _edges(x for part in parts for cell in part.cells for x in (cell.box[1], cell.box[3]))


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


def _place(edges: Sequence[float], value: float) -> int:
    return bisect_left(edges, value - TOLERANCE)


def _rows_text(table: RuledTable) -> list[tuple[str, ...]]:
    """The text of every row, cell by cell, as far as cells begin in it."""
    edges = _edges(y for cell in table.cells for y in (cell.box[2], cell.box[4]))
    rows: list[list[RuledCell]] = [[] for _ in edges]
    for cell in table.cells:
        rows[_place(edges, cell.box[2])].append(cell)
    return [tuple(_text(cell) for cell in sorted(row, key=lambda c: c.box[1])) for row in rows[:-1]]


def _text(cell: RuledCell) -> str:
    return "".join(line.text for line in cell.lines).replace(" ", "")


def _corner(table: RuledTable) -> str:
    return next((text for row in _rows_text(table)[:1] for text in row if text), "")


def _repeated(header: Sequence[tuple[str, ...]], rows: Sequence[tuple[str, ...]]) -> int:
    """How many leading rows repeat the header of the first part: at most four, and never all."""
    count = 0
    for mine, other in zip(header, rows[:-1], strict=False):
        if mine != other or not any(mine) or count == 4:
            break
        count += 1
    return count
