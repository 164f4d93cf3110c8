"""Summary tables: a row a project, columns told by their headers, amounts in the unit of header, caption or cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extractor.lexicon.labels import matched
from extractor.lexicon.packs import Lexicon
from extractor.model.document import Cell, Document, Table
from extractor.model.facts import Account, Fact, Measure, Origin, Rate, Stated, Statement, StatementKind, Term
from extractor.model.quantity import Quantity
from extractor.understand.account_tables import AccountTables, shares_of_total
from extractor.understand.cells import MEASURES, MULTIPLIERS, UnitFinder, decimal, flat
from extractor.understand.column_marks import ColumnMarks
from extractor.understand.table_columns import AMOUNT, RELATIVE, SHARE, Column, ColumnReader, openings
from extractor.understand.table_rows import Figure, Row, added, adds_up, facts_at, skips, with_parts, with_subtotals

NAMES = 3
"""Columns in which the names of rows stand, at most."""
STATED = frozenset({"score", "grade", "execution_weight", "execution_score"})


class TableReader:
    def __init__(self, lexicon: Lexicon) -> None:
        self.total_names = lexicon.words("total_rows")
        self.grand_totals = lexicon.words("grand_totals")
        self.blanks = frozenset(lexicon.words("blank_cells"))
        self.number = matched(lexicon, "tables.number")
        self.units, self.marks = UnitFinder(lexicon), ColumnMarks(lexicon)
        self.heads, self.account_tables = ColumnReader(lexicon), AccountTables(lexicon)

    def rows(self, document: Document, table: Table, year: str | None = None) -> tuple[Row, ...]:
        """The rows of a summary table; none where the headers are not those of one."""
        depth, columns = self.heads.columns(table, year)
        is_composition = any(c.role == SHARE for c in columns)
        if not depth or sum(c.holds_money for c in columns) < 2 - is_composition or all(c.role != "name" for c in columns):
            return ()
        caption = self.units.above(document, table)
        halves = list(pairwise([*openings(columns), table.columns]))
        read = [(self._row(table.grid[r][a:b], columns[a:b], caption, a), r, a, b) for a, b in halves for r in range(depth, table.rows)]
        found = [(row, self._group(table.grid[r][a:b], columns[a:b])) for row, r, a, b in read if row]
        rows = list(with_subtotals(found, self.grand_totals))
        if self.is_accounts(rows):
            return tuple(rows)
        if sum(c.role in MEASURES for c in columns) < 2:
            return ()  # 金额 alone does not say of what
        return tuple(row for row in with_parts([_measured(row) for row in rows]) if row.facts)

    def tells_subtotals(self, tables: Sequence[Table]) -> bool:
        """Do several rows of a document's tables begin with 小计, each then the total of some rows only?"""
        plain = [name for name in self.total_names if name not in self.grand_totals]
        rows = (row[:NAMES] for table in tables for row in table.grid[1:])
        return sum(any(cell is not None and flat(cell) in plain for cell in row) for row in rows) > 1

    def _group(self, cells: Sequence[Cell | None], columns: Sequence[Column]) -> str:
        """Whose project a row is: 主管部门, 实施单位."""
        return next((flat(cell) for cell, c in zip(cells, columns, strict=True) if c.role == "group" and cell), "")

    def is_accounts(self, rows: Sequence[Row]) -> bool:
        return self.account_tables.holds(rows)

    def accounts(self, rows: Sequence[Row]) -> Iterator[Account]:
        return self.account_tables.accounts(rows)

    def statements(self, rows: Sequence[Row]) -> Iterator[Statement]:
        """The arithmetic of a table: its totals, column by column, its parts, and the changes from the year before."""
        yield from self.account_tables.changes(rows)
        if self.is_accounts(rows):
            yield from self.account_tables.sums(rows)
            yield from shares_of_total(rows)
            yield from (share for row in rows for share in _shares(row))
            return
        main = [row for row in rows if row.part_of is None]
        for total, parts in added(main, self.grand_totals):
            opens = bool(parts) and parts[0] is main[0] and skips(parts[:1])  # the rows before stand on another page
            fits = any(adds_up(f, facts_at(parts, c)) for f, c in zip(total.facts, total.columns, strict=True))
            is_sure = fits or (len(main) == len(rows) and not opens)
            yield from _totals(total, parts) if is_sure else ()
        for row in main:
            yield from _parts(row, [part for part in rows if part.part_of == row.name])

    def _row(self, cells: Sequence[Cell | None], columns: Sequence[Column], caption: str | None, first: int = 0) -> Row | None:
        name, span, side, sequence = "", None, "", None
        figures: list[Figure] = []
        rates: list[Rate] = []
        stated: dict[str, Stated] = {}
        for place, (cell, column) in enumerate(zip(cells, columns, strict=True)):
            if column.role == "sequence":
                sequence = flat(cell)
            if cell is None or not cell.paragraphs or (place and cells[place - 1] is cell):
                continue
            if self._names(column, flat(cell), name):
                name, span, side = flat(cell), cell.span, column.header
            elif column.holds_money or column.role in RELATIVE:
                figures += self._figure(cell, column, caption, first + place)
            elif column.role in ("rate", "arrival_rate"):
                rates += () if column.period else self._rate(cell, column)
            elif column.role in STATED and not column.period and (value := self._stated(cell, column)):
                stated[column.role] = value
        own = [f for f in figures if f.column.holds_money and not f.column.period]
        if not any(f.column.role not in RELATIVE for f in figures) or self.marks.number([flat(cell) for cell in cells if cell]):
            return None
        facts, places = tuple(_fact(figure) for figure in own), tuple(figure.place for figure in own)
        row = Row(name, span, self._is_total(name), facts, places, tuple(rates), stated.get("score"), stated.get("grade"), side=side)
        row = replace(row, execution_weight=stated.get("execution_weight"), execution_score=stated.get("execution_score"))
        return replace(row, figures=tuple(figures), sequence=sequence, half=first)

    def _names(self, column: Column, text: str, name: str) -> bool:
        """Does a cell name its row: under the header of names, or as a total in a column before it (州农业局小计)?"""
        return (column.role == "name" and bool(text or not name)) or (column.role in ("sequence", "group") and self._is_total(text))

    def _is_total(self, name: str) -> bool:
        return name.replace(" ", "") in self.total_names or name.endswith(self.total_names)

    def _figure(self, cell: Cell, column: Column, caption: str | None, place: int) -> Iterator[Figure]:
        match = self.number(flat(cell))
        if not match or match["unit"] == "分":
            return
        is_rate = match["unit"] in ("%", "％")
        unit = match["unit"] or column.unit or caption
        if column.role == SHARE and not match["unit"]:
            is_rate = "%" in column.header or "％" in column.header
        elif column.role == "change" and not match["unit"]:
            is_rate = self.account_tables.is_rate(column.header)
        if unit is None or (is_rate != (column.role == SHARE) and column.role != "change"):
            return  # without a unit there is no amount to compare
        digits, decimals = decimal(match["number"])
        scale = ("%", Decimal(1)) if is_rate else ("元", Decimal(MULTIPLIERS[unit]))
        yield Figure(place, column, Quantity(digits, decimals, *scale, written=flat(cell)), cell.span)

    def _rate(self, cell: Cell, column: Column) -> Iterator[Rate]:
        match = self.number(flat(cell))
        if not match or (match["unit"] not in ("%", "％") and (match["unit"] or not re.search("[%％]", column.header))):
            return
        digits, decimals = decimal(match["number"])
        of = "arrived/budget" if column.role == "arrival_rate" else "executed/budget"
        yield Rate(column.header, of, Quantity(digits, decimals, "%", written=flat(cell)), (cell.span,), origin=Origin.TABLE)

    def _stated(self, cell: Cell, column: Column) -> Stated | None:
        text = flat(cell)
        if not text or text in self.blanks:
            return None
        match = self.number(text)
        if column.role == "grade":
            return Stated(text, (cell.span,), label=column.header, origin=Origin.TABLE)
        if not match:
            return None
        digits, decimals = decimal(match["number"])
        return Stated(text, (cell.span,), Quantity(digits, decimals, "分", written=text), column.header, Origin.TABLE)


def _fact(figure: Figure) -> Fact:
    column = figure.column
    measure = Measure.EXECUTED if column.role == AMOUNT else MEASURES[column.role]
    return Fact(measure, figure.quantity, (figure.span,), column.header, column.part or None, origin=Origin.TABLE)


def _measured(row: Row) -> Row:
    """The row of a project without amounts of no measure (金额)."""
    kept = {figure.place for figure in row.figures if figure.column.role != AMOUNT}
    both = [(fact, place) for fact, place in zip(row.facts, row.columns, strict=True) if place in kept]
    return replace(row, facts=tuple(fact for fact, _ in both), columns=tuple(place for _, place in both))


def _totals(total: Row, parts: Sequence[Row]) -> Iterator[Statement]:
    for fact, place in zip(total.facts, total.columns, strict=True):
        terms = [Term(p.name, f.quantity, f.spans[0]) for p in parts if (f := p.fact_at(place))]
        if len(terms) > 1:
            stated = Term(fact.measure, fact.quantity, fact.spans[0])
            yield Statement(StatementKind.BREAKDOWN, tuple(terms), stated, total.name, subject="table")


def _parts(row: Row, parts: Sequence[Row]) -> Iterator[Statement]:
    """The parts of a project behind 其中, which are its whole where they make it in one column at least."""
    own = list(zip(row.facts, row.columns, strict=True))
    if any(adds_up(fact, facts_at(parts, place)) for fact, place in own):
        yield from _totals(row, parts)


def _shares(row: Row) -> Iterator[Statement]:
    """The rate of an account's row against its own amounts: 公务接待费 1.50 0.92 61.33%."""
    by_measure = {fact.measure: fact for fact in row.facts if fact.source is None}
    spent, base = by_measure.get(Measure.EXECUTED), by_measure.get(Measure.BUDGET) or by_measure.get(Measure.BUDGET_INITIAL)
    if spent and base and base.quantity.value and len(row.facts) == 2:
        for rate in row.rates:
            operands = (Term("part", spent.quantity, spent.spans[0]), Term("whole", base.quantity, base.spans[0]))
            yield Statement(StatementKind.RATIO, operands, Term("rate", rate.quantity, rate.spans[0]), subject=row.name)
