"""What the columns of a summary table hold, told by their headers: the head of a group and the words below it together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractor.lexicon.labels import without
from extractor.lexicon.packs import Lexicon
from extractor.model.document import Cell, Table
from extractor.understand.cells import MEASURES, UnitFinder, flat

HEADER_ROWS = 3
MOST_UNKNOWN = 0.6
AMOUNT = "amount"
"""Columns headed 金额, or by a year alone: money in accounts, of no measure in a list of projects."""
SHARE = "share"
RELATIVE = frozenset({"change", SHARE})
"""Columns told of amounts that stand beside them: by how much they changed, which part of the total they are."""
LAST, OTHER = "last", "other"
BUDGETS = frozenset({"budget", "budget_adjusted", "budget_initial"})
MONEY = frozenset({*MEASURES, AMOUNT})


@dataclass(frozen=True, slots=True)
class Column:
    """`period` is empty for the report's year; `part` names what a column below the head of a group is of it."""

    role: str
    header: str
    unit: str | None
    period: str = ""
    part: str = ""

    @property
    def holds_money(self) -> bool:
        return self.role in MONEY


class ColumnReader:
    def __init__(self, lexicon: Lexicon) -> None:
        self.roles = lexicon.groups("column")
        self.leaves = lexicon.groups("column_leaf")
        self.account_heads = lexicon.words("account_heads")
        self.last_years = lexicon.words("last_year_columns")
        self.this_years = lexicon.words("this_year_columns")
        self.other_years = lexicon.words("other_year_columns")
        self.source_leads, self.totals = lexicon.words("fund_part_leads"), lexicon.words("total_rows")
        self.year = lexicon.pattern("tables.year")
        self.bare = without(lexicon, "forms.header_noise")
        self.number = lexicon.pattern("tables.number")
        self.units = UnitFinder(lexicon)

    def columns(self, table: Table, year: str | None) -> tuple[int, list[Column]]:
        """How many rows are headers, and what each column holds."""
        for depth in range(1, min(HEADER_ROWS, table.rows - 1) + 1):
            if any(self._is_field(table.grid[row]) for row in range(depth)):
                return 0, []
            own = self._own_year(table, depth, year)
            columns = [self._named(table, depth, self._column(table, depth, place, own), place) for place in range(table.columns)]
            columns = self._sourced(columns)
            known = sum(1 for c in columns if c.role or c.period)
            if known >= max(2, table.columns * MOST_UNKNOWN) and self._has_figures(table.grid[depth]):
                return depth, columns
        return 0, []

    def opens_list(self, table: Table) -> bool:
        """Is the first row a head of columns, most of them called as heads are, with names and amounts among them?"""
        texts = list(dict.fromkeys(flat(cell) for cell in table.grid[0] if cell and flat(cell))) if table.rows else []
        heads = [self._bare(self._period(text, None)[1]) for text in texts]
        roles = [next((role for role, words in self.roles.items() if head in words), "") for head in heads]
        return len(texts) > 2 and "name" in roles and bool(MONEY & set(roles)) and sum(map(bool, roles)) > len(texts) * MOST_UNKNOWN

    def _named(self, table: Table, depth: int, column: Column, place: int) -> Column:
        """收入, 支出 and 三公经费 over words head the names of accounts."""
        if column.role not in ("", *MONEY) or not any(word in column.header for word in self.account_heads):
            return column
        texts = [flat(row[place]) for row in table.grid[depth:] if row[place]]
        words = [text for text in texts if text and not self.number.match(text)]
        return Column("name", column.header, None) if len(words) > len(texts) / 2 and any(len(w) > 1 for w in words) else column

    def _sourced(self, columns: Sequence[Column]) -> list[Column]:
        """中央资金 | 省级资金 | 预算安排小计: the columns of sources beside the one that adds them up are parts of it.

        小计 alone, where the head over it is lost, adds up the budget, unless another column holds that.
        """
        found = list(columns)
        for place, column in enumerate(columns):
            bare = self._bare(column.header)
            tail = next((word for word in self.leaves["whole"] if bare.endswith(word)), "")
            before = [i for i in range(place) if all(self._is_source(columns[k]) for k in range(i, place))]
            if not tail or column.period or len(before) < 2:
                continue
            role = column.role
            if not role and bare == tail and not any(c.role in BUDGETS for c in columns) and any(c.role == "executed" for c in columns):
                role = "budget"
            if role in MEASURES:
                found[place] = replace(column, role=role)
                for i in before:
                    found[i] = replace(columns[i], role=role, part=self._bare(columns[i].header))
        return found

    def _is_source(self, column: Column) -> bool:
        return not column.role and not column.period and self._bare(column.header).startswith(self.source_leads)

    def _own_year(self, table: Table, depth: int, year: str | None) -> str | None:
        """The report's year; the latest year of the headers where they name that year nowhere, and no amount without a year."""
        texts = [flat(cell) for row in table.grid[:depth] for cell in row if cell]
        found = [match["year"] for text in texts if (match := self.year.match(text))]
        bare = any(self._known(self._bare(text)) in MEASURES for text in texts if not self.year.match(text))
        return year if (year and (year in found or bare)) or not found else max(found)

    def _is_field(self, row: Sequence[Cell | None]) -> bool:
        """项目名称 | 湖堤加固 | 湖堤加固: a label with its value opens a form; no header of a list."""
        texts = list(dict.fromkeys(flat(cell) for cell in row if cell and flat(cell)))
        if len(texts) != 2 or self.role(texts[0]) != "name":
            return False
        return not any(texts[1] in words for words in self.roles.values())

    def _column(self, table: Table, depth: int, place: int, year: str | None) -> Column:
        stack = _stack(table, depth, place)
        cells = [cell for cell, _ in stack]
        texts = [flat(cell) for cell in cells]
        unit = next((unit for t in reversed(texts) if (unit := self.units.named(t))), None)
        periods = [self._period(text, year) for text in texts]
        period = next((p for p, _ in reversed(periods) if p), "")
        heads = [(self._bare(rest), width) for (_, rest), (_, width) in zip(periods, stack, strict=True)]
        role, part = self._role_of(heads)
        header = next((t for t in reversed(texts) if self._bare(t)), "")
        return Column(role, header if role else "".join(texts), unit, period, part)

    def _role_of(self, heads: Sequence[tuple[str, int]]) -> tuple[str, str]:
        """The role of the lowest head that has one; a head without one is told by the group that it stands under."""
        if not heads:
            return "", ""
        leaf, width = heads[-1]
        group = next(((role, over) for text, over in reversed(heads[:-1]) if (role := self._known(text))), None)
        role = self._known(leaf)
        if group is None or group[0] not in MONEY or group[1] <= width:
            return (role or (group[0] if group else "")), ""
        below = next((name for name, words in self.leaves.items() if leaf in words), "")
        if below in MEASURES and group[0] in BUDGETS:
            return below, ""
        if below == "whole" or role == AMOUNT or not leaf:
            return group[0], ""
        if below == "share" or (role and (role != group[0] or leaf in self.roles[role])):
            return role, ""
        return group[0], leaf

    def _period(self, text: str, year: str | None) -> tuple[str, str]:
        """Which year a head is of, and its words without the year: 2021年决算数, 上年支出, 本年预算."""
        match = self.year.match(text)
        if match:
            own = year is None or match["year"] == year
            is_last = not own and year is not None and int(match["year"]) == int(year) - 1
            return ("" if own else LAST if is_last else OTHER), _or_amount(text[match.end() :])
        for words, period in ((self.last_years, LAST), (self.this_years, ""), (self.other_years, OTHER)):
            start = next((word for word in words if text.startswith(word)), "")
            if start:
                return period, _or_amount(text.removeprefix(start))
        return "", text

    def role(self, text: str) -> str:
        """The role of a header as printed.

        >>> from extractor.lexicon import packs
        >>> reader = ColumnReader(packs.default())
        >>> reader.role("全年预算数（万元）"), reader.role("备用")
        ('budget_adjusted', '')
        """
        return self._known(self._bare(text))

    def _bare(self, text: str) -> str:
        return self.bare(text.split("（万")[0].split("（元")[0].split("(")[0]).strip()

    def _known(self, bare: str) -> str:
        if bare == AMOUNT:
            return AMOUNT
        for role, words in self.roles.items():
            if bare in words:
                return role
        for role, words in self.roles.items():
            if bare.endswith(words):
                return role
        tail = next((word for word in self.totals if bare.endswith(word) and bare != word), "")
        return self._known(bare.removesuffix(tail)) if tail else ""

    def _has_figures(self, row: Sequence[Cell | None]) -> bool:
        return any(cell and self.number.match(flat(cell)) for cell in row)


def _stack(table: Table, depth: int, place: int) -> list[tuple[Cell, int]]:
    """The heads over a column from above, each once, with how many columns each is over."""
    found: list[tuple[Cell, int]] = []
    for row in range(depth):
        cell, width = _head(table, row, place, depth)
        if cell and flat(cell) and not any(cell is other for other, _ in found):
            found.append((cell, width))
    return found


def _head(table: Table, row: int, place: int, depth: int) -> tuple[Cell | None, int]:
    """The head over a column in a row. In a table without upright rules the words of a group stand in one cell, blank ones beside
    it, and each of them over a head of its own."""
    cells = table.grid[row]
    own = cells[place]
    if row + 1 >= depth or own is None or (flat(own) and own.column_span > 1) or not _is_over(table, row, place):
        return own, own.column_span if own else 1
    first, end = place, place + 1
    while first > 0 and _is_over(table, row, first - 1):
        first -= 1
    while end < len(cells) and _is_over(table, row, end):
        end += 1
    heads = [i for i in range(first, end) if flat(cells[i])]
    if not heads:
        return own, own.column_span
    at = max((i for i in heads if i <= place), default=heads[0])
    begin = first if at == heads[0] else at
    until = next((i for i in heads if i > at), end)
    return cells[at], until - begin


def _is_over(table: Table, row: int, place: int) -> bool:
    """Does another head stand right below a cell of one row?"""
    own, below = table.grid[row][place], table.grid[row + 1][place]
    return own is not None and below is not None and own is not below and own.row_span == 1 and bool(flat(below))


def openings(columns: Sequence[Column]) -> list[int]:
    """Where the parts of a table begin that stand side by side, each with names and amounts of its own: 收入 | 金额 | 支出 | 金额."""
    names = [place for place, column in enumerate(columns) if column.role == "name"]
    return [0, *(b for a, b in pairwise(names) if any(c.holds_money for c in columns[a:b]))]


def _or_amount(rest: str) -> str:
    """上年, 2022年数: the year alone heads a column of amounts."""
    return AMOUNT if rest in ("", "数") else rest
