"""Summary tables: a row a project, columns told by their headers, amounts in the unit of header, caption or cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from extractor.lexicon.packs import Lexicon
from extractor.model.document import Cell, Document, Table
from extractor.model.facts import Account, Fact, Measure, Origin, Rate, Stated, Statement, StatementKind, Term
from extractor.model.quantity import Quantity
from extractor.understand.cells import MEASURES, MULTIPLIERS, UnitFinder, cell_span, decimal, flat
from extractor.understand.column_marks import ColumnMarks
from extractor.understand.table_rows import Row, added, adds_up, cell_of, nears, with_subtotals

HEADER_ROWS = 3


@dataclass(frozen=True, slots=True)
class Column:
    role: str
    header: str
    unit: str | None


class TableReader:
    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.roles = lexicon.groups("column")
        self.total_names = lexicon.words("total_rows")
        self.subtotal_names = tuple(set(self.total_names) - set(lexicon.words("grand_totals")))
        self.grand_totals = lexicon.words("grand_totals")
        self.other_years = lexicon.words("other_year_columns")
        self.account_items = lexicon.words("account_items")
        self.account_sides = lexicon.words("account_sides")
        self.blanks = frozenset(lexicon.words("blank_cells"))
        self.number = lexicon.pattern("tables.number")
        self.units = UnitFinder(lexicon)
        self.marks = ColumnMarks(lexicon)
        self.noise = lexicon.pattern("forms.header_noise")

    def rows(self, document: Document, table: Table) -> tuple[Row, ...]:
        """The rows of a summary table; none where the headers are not those of one."""
        depth, columns = self._columns(table)
        if not depth or sum(c.role in MEASURES for c in columns) < 2 or all(c.role != "name" for c in columns):
            return ()
        caption = self.units.above(document, table)
        halves = list(pairwise([*_openings(columns), table.columns]))
        read = [(self._row(table.grid[r][a:b], columns[a:b], caption, a), r, a, b) for a, b in halves for r in range(depth, table.rows)]
        found = [(row, self._group(table.grid[r][a:b], columns[a:b])) for row, r, a, b in read if row]
        return tuple(with_subtotals(found, self.grand_totals))

    def _group(self, cells: Sequence[Cell | None], columns: Sequence[Column]) -> str:
        """Whose project a row is: 主管部门, 实施单位."""
        return next((flat(cell) for cell, c in zip(cells, columns, strict=True) if c.role == "group" and cell), "")

    def is_accounts(self, rows: Sequence[Row]) -> bool:
        """Are the rows items of account (收入, 支出, 三公) and no projects?"""
        named = [row.name for row in rows if row.name and not row.is_total]
        items = sum(1 for name in named if any(word in name for word in self.account_items))
        return bool(named) and items * 2 >= len(named)

    def totals(self, rows: Sequence[Row]) -> Iterator[Statement]:
        """Every total of a table against the rows that it adds up, column by column."""
        for total, parts in added(rows, self.grand_totals):
            columns = [(fact, [cell_of(p, place) for p in parts]) for fact, place in zip(total.facts, total.columns, strict=True)]
            listed = any(adds_up(fact, [f for _, f in own if f]) for fact, own in columns)  # so every row is a part
            for fact, cells in columns:
                own = [(name, f) for name, f in cells if f]
                if self.is_accounts(parts) and not listed and not nears(fact, [f for _, f in own]):
                    continue  # items and their sub-items in one column: which are added up is not told
                terms = [Term(name, f.quantity, f.spans[0]) for name, f in own]
                if len(terms) > 1:
                    stated = Term(fact.measure, fact.quantity, fact.spans[0])
                    yield Statement(StatementKind.BREAKDOWN, tuple(terms), stated, total.name, subject="table")
        if self.is_accounts(rows):
            yield from (share for row in rows for share in _shares(row))

    def accounts(self, rows: Sequence[Row]) -> Iterator[Account]:
        """The items of account that have one amount, by the names that a text would call them: 收入总计, 年末结转和结余."""
        for row in rows:
            side = next((word for word in self.account_sides if word in row.side), "")
            if len(row.facts) == 1 and row.name and (side or not row.is_total):
                name = side + row.name.replace(" ", "") if row.is_total else row.name
                yield Account(name, row.facts[0].quantity, row.facts[0].spans[0])

    def _columns(self, table: Table) -> tuple[int, list[Column]]:
        """How many rows are headers, and what each column holds."""
        for depth in range(1, min(HEADER_ROWS, table.rows - 1) + 1):
            columns = [self._column(table, depth, c) for c in range(table.columns)]
            if any(self._is_field(table.grid[row]) for row in range(depth)):
                return 0, []
            known = sum(1 for c in columns if c.role)
            if known >= max(2, table.columns * 0.6) and self._has_figures(table.grid[depth]):
                return depth, columns
        return 0, []

    def _is_field(self, row: Sequence[Cell | None]) -> bool:
        """项目名称 | 湖堤加固 | 湖堤加固: a label with its value opens a form; no header of a list."""
        texts = list(dict.fromkeys(flat(cell) for cell in row if cell and flat(cell)))
        if len(texts) != 2 or self._role(texts[0]) != "name":
            return False
        return not any(texts[1] in words for words in self.roles.values())

    def _column(self, table: Table, depth: int, place: int) -> Column:
        cells = [table.grid[r][place] for r in range(depth)]
        texts = list(dict.fromkeys(flat(c) for c in cells if c))
        for text in reversed(texts):
            role = self._role(text)
            if role:
                unit = next((unit for t in reversed(texts) if (unit := self.units.named(t))), None)
                return Column(role, text, unit)
        return Column("", "".join(texts), None)

    def _role(self, text: str) -> str:
        bare = self.noise.sub("", text.split("（万")[0].split("（元")[0].split("(")[0]).strip()
        if bare.startswith(self.other_years):
            return ""
        for role, words in self.roles.items():
            if bare in words:
                return role
        for role, words in self.roles.items():
            if bare.endswith(words):
                return role
        return ""

    def _has_figures(self, row: Sequence[Cell | None]) -> bool:
        return any(cell and self.number.match(flat(cell)) for cell in row)

    def _row(self, cells: Sequence[Cell | None], columns: Sequence[Column], caption: str | None, first: int = 0) -> Row | None:
        name, span, side = "", None, ""
        facts: list[Fact] = []
        places: list[int] = []
        rates: list[Rate] = []
        stated: dict[str, Stated] = {}
        for place, (cell, column) in enumerate(zip(cells, columns, strict=True)):
            if cell is None or not cell.paragraphs or (place and cells[place - 1] is cell):
                continue
            if self._names(column, flat(cell), name):
                name, span, side = flat(cell), cell_span(cell), column.header
            elif column.role in MEASURES:
                facts.extend(self._fact(cell, column, caption))
                places += [first + place] * (len(facts) - len(places))
            elif column.role in ("rate", "arrival_rate"):
                rates.extend(self._rate(cell, column))
            elif column.role in ("score", "grade", "execution_weight", "execution_score"):
                value = self._stated(cell, column)
                if value:
                    stated[column.role] = value
        if not facts or self.marks.number([flat(cell) for cell in cells if cell]):
            return None
        is_total = self._is_total(name)
        row = Row(name, span, is_total, tuple(facts), tuple(places), tuple(rates), stated.get("score"), stated.get("grade"))
        return replace(row, execution_weight=stated.get("execution_weight"), execution_score=stated.get("execution_score"), side=side)

    def _names(self, column: Column, text: str, name: str) -> bool:
        """Does a cell name its row: under the header of names, or as a total in a column before it (州农业局小计)?"""
        return (column.role == "name" and bool(text or not name)) or (column.role in ("sequence", "group") and self._is_total(text))

    def _is_total(self, name: str) -> bool:
        return name.replace(" ", "") in self.total_names or name.endswith(self.subtotal_names)

    def _fact(self, cell: Cell, column: Column, caption: str | None) -> Iterator[Fact]:
        match = self.number.match(flat(cell))
        if not match or match["unit"] in ("%", "％", "分"):
            return
        unit = match["unit"] or column.unit or caption
        if unit is None:
            return  # without a unit there is no amount to compare
        digits, decimals = decimal(match["number"])
        quantity = Quantity(digits, decimals, "元", Decimal(MULTIPLIERS[unit]), written=flat(cell))
        yield Fact(MEASURES[column.role], quantity, (cell_span(cell),), column.header, origin=Origin.TABLE)

    def _rate(self, cell: Cell, column: Column) -> Iterator[Rate]:
        match = self.number.match(flat(cell))
        if not match or (match["unit"] not in ("%", "％") and (match["unit"] or not re.search("[%％]", column.header))):
            return
        digits, decimals = decimal(match["number"])
        of = "arrived/budget" if column.role == "arrival_rate" else "executed/budget"
        yield Rate(column.header, of, Quantity(digits, decimals, "%", written=flat(cell)), (cell_span(cell),), origin=Origin.TABLE)

    def _stated(self, cell: Cell, column: Column) -> Stated | None:
        text = flat(cell)
        if not text or text in self.blanks:
            return None
        match = self.number.match(text)
        if column.role == "grade":
            return Stated(text, (cell_span(cell),), label=column.header, origin=Origin.TABLE)
        if not match:
            return None
        digits, decimals = decimal(match["number"])
        return Stated(text, (cell_span(cell),), Quantity(digits, decimals, "分", written=text), column.header, Origin.TABLE)


def _openings(columns: Sequence[Column]) -> list[int]:
    """Where the parts of a table begin that stand side by side, each with names and amounts of its own: 收入 | 金额 | 支出 | 金额."""
    names = [place for place, column in enumerate(columns) if column.role == "name"]
    return [0, *(b for a, b in pairwise(names) if any(c.role in MEASURES for c in columns[a:b]))]


def _shares(row: Row) -> Iterator[Statement]:
    """The rate of an account's row against its own amounts: 公务接待费 1.50 0.92 61.33%."""
    by_measure = {fact.measure: fact for fact in row.facts}
    spent, base = by_measure.get(Measure.EXECUTED), by_measure.get(Measure.BUDGET) or by_measure.get(Measure.BUDGET_INITIAL)
    if spent and base and base.quantity.value and len(row.facts) == 2:
        for rate in row.rates:
            operands = (Term("part", spent.quantity, spent.spans[0]), Term("whole", base.quantity, base.spans[0]))
            yield Statement(StatementKind.RATIO, operands, Term("rate", rate.quantity, rate.spans[0]), subject=row.name)
