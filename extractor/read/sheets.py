"""A sheet of a workbook → titles and tables: groups its rows, and shows merged cells as a reader sees them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from extractor.model.books import BookCell, BookSheet
from extractor.model.flow import FlowBlock, FlowCell, FlowTable, Piece
from extractor.read.number_formats import displayed

_COVERED = 2_000_000
"""Merged cells may cover so many positions of a sheet; those beyond stay unmerged."""

FEWEST, FEWEST_BESIDE = 2, 3
"""So many rows with several cells make a table without lines; on a sheet with ruled tables it takes the second number."""
FEWEST_CELLS = 3
"""An unruled row between ruled ones belongs to their table if it has so many cells."""

Place = tuple[int, int]


@dataclass(frozen=True)
class Area:
    """The numbers of rows that make one table, or of one row outside tables."""

    rows: tuple[int, ...]
    is_table: bool


class Sheet:
    """A visible sheet, divided into tables and single rows."""

    def __init__(self, sheet: BookSheet, since_1904: bool) -> None:
        self._sheet, self._since = sheet, since_1904
        self._cells = {place: cell for place, cell in sheet.cells.items() if self._is_shown(place)}
        self._texts = {place: text for place, cell in self._cells.items() if (text := self._text(cell)).strip()}
        self._ends: dict[Place, Place] = {}
        self._covered: set[Place] = set()
        self._under: set[int] = set()  # rows into which merged cells reach from above
        self._merge()
        self._rows_of: dict[int, list[int]] = {}
        for row, column in sorted(self._cells):
            self._rows_of.setdefault(row, []).append(column)
        self._filled = Counter(place[0] for place in self._texts if place not in self._covered)
        bordered = Counter(place[0] for place, cell in self._cells.items() if cell.look.bordered)
        self._ruled = {row for row, count in bordered.items() if count > 1}

    def blocks(self) -> Iterator[FlowBlock]:
        """Titles, tables and text boxes from the top down; a box over a table stands behind it."""
        boxes = deque(sorted(self._sheet.boxes, key=itemgetter(0, 1)))
        for area in self._areas():
            rows = list(area.rows)
            while boxes and boxes[0][0] < rows[0]:
                yield self._box(*boxes.popleft())
            if area.is_table:
                width = len(self._columns(rows))
                titles = 0
                while titles < len(rows) and self._is_title(rows[titles], width):
                    yield from self._pieces(rows[titles])
                    titles += 1
                if rows[titles:]:
                    yield self._table(rows[titles:])
            else:
                yield from self._pieces(rows[0])
        yield from (self._box(*box) for box in boxes)

    def _box(self, row: int, column: int, text: str) -> Piece:
        return Piece(text, f"{self._sheet.name}!{letters(column)}{row + 1}")

    def _is_shown(self, place: Place) -> bool:
        return place[0] not in self._sheet.hidden_rows and place[1] not in self._sheet.hidden_columns

    def _text(self, cell: BookCell) -> str:
        return displayed(cell.number, cell.look.number_format, self._since) if cell.number is not None else cell.text

    def _merge(self) -> None:
        """Applies merged cells as they are seen, without hidden rows and columns; covered cells take the look of the merged one."""
        last = max((row for row, _ in self._cells), default=0)
        edge = max((column for _, column in self._cells), default=0)
        for top, left, bottom, right in self._sheet.merged:
            origin = self._sheet.cells.get((top, left))
            area = max(0, min(bottom, last) - top + 1) * max(0, min(right, edge) - left + 1)
            if origin is None or len(self._covered) + area > _COVERED:
                continue
            rows = [row for row in range(top, min(bottom, last) + 1) if row not in self._sheet.hidden_rows]
            columns = [column for column in range(left, min(right, edge) + 1) if column not in self._sheet.hidden_columns]
            self._join(origin, rows, columns)

    def _join(self, origin: BookCell, rows: Sequence[int], columns: Sequence[int]) -> None:
        if not rows or not columns or (rows[0], columns[0]) in self._covered:
            return
        home = rows[0], columns[0]
        text = self._text(origin)
        self._cells.setdefault(home, origin)
        if text.strip():
            self._texts[home] = text
        self._ends[home] = rows[-1], columns[-1]
        self._under.update(rows[1:])
        blank = replace(origin, text="", number=None)
        for place in ((row, column) for row in rows for column in columns if (row, column) != home):
            self._covered.add(place)
            self._cells.setdefault(place, blank)

    def _areas(self) -> Iterator[Area]:
        """The tables and single rows in each group of rows without an empty row between them."""
        groups = list(self._groups())
        fewest = FEWEST_BESIDE if any(self._has_lines(group) for group in groups) else FEWEST
        for group in groups:
            if self._has_lines(group):
                for rows in self._runs(group):
                    yield from self._ruled_table(rows) if rows[0] in self._ruled else _each(rows)
            elif sum(self._filled[row] > 1 for row in group) < fewest:
                yield from _each(group)
            else:
                yield from self._plain_table(group)

    def _groups(self) -> Iterator[list[int]]:
        group: list[int] = []
        for row in self._rows_of:
            if not self._filled[row] and row not in self._ruled and row not in self._under:
                continue
            if group and not all(between in self._sheet.hidden_rows for between in range(group[-1] + 1, row)):
                yield group
                group = []
            group.append(row)
        if group:
            yield group

    def _has_lines(self, rows: Sequence[int]) -> bool:
        """Do borders show which rows are a table? A signature line, or a heading between two lines, does not count."""
        ruled = sum(row in self._ruled for row in rows)
        return ruled > 1 and ruled * 2 >= sum(self._filled[row] > 1 for row in rows)

    def _runs(self, group: Sequence[int]) -> list[list[int]]:
        """Consecutive ruled rows, and others; rows within a table that lack their borders count as ruled."""
        runs = [list(rows) for _, rows in groupby(group, key=self._ruled.__contains__)]
        out: list[list[int]] = []
        for place, rows in enumerate(runs):
            lacks = all(self._filled[row] >= FEWEST_CELLS or row in self._under for row in rows)
            if out and out[-1][0] in self._ruled and (rows[0] in self._ruled or (lacks and place + 1 < len(runs))):
                out[-1] += rows
            else:
                out.append(rows)
        return out

    def _ruled_table(self, rows: list[int]) -> Iterator[Area]:
        """Empty ruled rows at the end of a table are left out."""
        while rows and not self._filled[rows[-1]] and rows[-1] not in self._under:
            rows.pop()
        if any(self._filled[row] > 1 for row in rows):
            yield Area(tuple(rows), True)
        else:
            yield from _each(rows)

    def _plain_table(self, rows: Sequence[int]) -> Iterator[Area]:
        """In a table without lines, rows with a single cell above and below it stand outside."""
        first, last = 0, len(rows)
        while first < last and self._filled[rows[first]] < 2 and rows[first] + 1 not in self._under:
            first += 1
        while last > first and self._filled[rows[last - 1]] < 2 and rows[last - 1] not in self._under:
            last -= 1
        yield from _each(rows[:first])
        yield Area(tuple(rows[first:last]), True)
        yield from _each(rows[last:])

    def _is_title(self, row: int, width: int) -> bool:
        """Is a row one cell over the whole width of its table?"""
        own = [column for column in self._rows_of[row] if (row, column) in self._texts and (row, column) not in self._covered]
        if len(own) != 1 or width < 2:
            return False
        bottom, right = self._ends.get((row, own[0]), (row, own[0]))
        return bottom == row and sum(own[0] <= column <= right for column in self._rows_of[row]) >= width

    def _pieces(self, row: int) -> Iterator[Piece]:
        for column in self._rows_of[row]:
            if (row, column) in self._texts and (row, column) not in self._covered:
                yield self._piece(row, column)

    def _piece(self, row: int, column: int) -> Piece:
        look = self._cells[row, column].look
        place = f"{self._sheet.name}!{letters(column)}{row + 1}"
        return Piece(self._texts[row, column], place, size=look.size, bold=look.bold, centered=look.centered)

    def _columns(self, rows: Sequence[int]) -> list[int]:
        """The columns with text or borders; empty ruled columns at the right end are left out."""
        columns = sorted({column for row in rows for column in self._rows_of[row] if self._is_seen((row, column))})
        places = ((row, column) for row in rows for column in self._rows_of[row])
        last = max((column for row, column in places if (row, column) in self._texts or (row, column) in self._covered), default=0)
        return columns[: bisect_right(columns, last)]

    def _is_seen(self, place: Place) -> bool:
        return (place in self._texts and place not in self._covered) or self._cells[place].look.bordered

    def _table(self, rows: Sequence[int]) -> FlowTable:
        columns = self._columns(rows)
        cells = []
        for down, row in enumerate(rows):
            for across, column in enumerate(columns):
                if (row, column) in self._covered:
                    continue
                bottom, right = self._ends.get((row, column), (row, column))
                height = bisect_right(rows, bottom) - down
                width = bisect_right(columns, right) - across
                pieces = (self._piece(row, column),) if (row, column) in self._texts else ()
                cells.append(FlowCell(down, across, height, width, pieces))
        return FlowTable(len(rows), len(columns), tuple(cells))


def _each(rows: Iterable[int]) -> Iterator[Area]:
    yield from (Area((row,), False) for row in rows)


@lru_cache(maxsize=1 << 10)
def letters(column: int) -> str:
    """The letters that name a column, counted from 0.

    >>> letters(0), letters(26)
    ('A', 'AA')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
