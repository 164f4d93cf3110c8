"""Rows of a summary table, which of them are parts of the row above, and which add up which others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.model.document import Span
from extractor.model.facts import Fact, Rate, Stated
from extractor.model.quantity import Quantity
from extractor.understand.table_columns import Column

WITHIN = "其中"


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount, or a change of it, in its column."""

    place: int
    column: Column
    quantity: Quantity
    span: Span


@dataclass(frozen=True)
class Row:
    """A row of a summary table: whose it is, and what it states. A row without a name is the whole fund's."""

    name: str
    span: Span | None
    is_total: bool
    facts: tuple[Fact, ...] = ()
    columns: tuple[int, ...] = ()  # where each fact stands
    rates: tuple[Rate, ...] = ()
    score: Stated | None = None
    grade: Stated | None = None
    execution_weight: Stated | None = None
    execution_score: Stated | None = None
    side: str = ""  # the header over the names: 收入项目
    is_subtotal: bool = False  # of the rows since the total before it, or up to the next
    figures: tuple[Figure, ...] = ()  # every amount, that of other years too
    sequence: str | None = None  # None where the table does not number its rows
    part_of: str | None = None  # the row above that it tells a part of
    half: int = 0  # which of the lists that stand side by side

    def fact_at(self, place: int) -> Fact | None:
        return next((f for f, c in zip(self.facts, self.columns, strict=True) if c == place), None)


def with_subtotals(found: Sequence[tuple[Row, str]], grand: Sequence[str]) -> Iterator[Row]:
    """小计 beside 合计 is the total of some rows only, and is called after their group."""
    plain = sum(row.is_total and row.name not in grand for row, _ in found)
    several = plain > 1 or any(row.is_total and row.name in grand for row, _ in found)
    above: list[str] = []
    for row, group in found:
        if not (row.is_total and several) or row.name in grand:
            yield row
            above = [] if row.is_total else [*above, group]
            continue
        owner = above[0] if len(set(above)) == 1 else ""
        yield replace(row, name=f"{row.name}（{owner}）" if owner and owner not in row.name else row.name, is_subtotal=True)
        above = []


def with_parts(rows: Sequence[Row]) -> list[Row]:
    """The rows, 其中 and those of its list as parts of the row above: no projects, and added up in no total."""
    out: list[Row] = []
    parent: Row | None = None
    end = 0
    for place, row in enumerate(rows):
        if row.name.startswith(WITHIN) and parent is not None and not row.is_total:
            end = max(end, place + _listed(rows, place, parent))
        if place < end and parent is not None:
            out.append(replace(row, name=row.name.removeprefix(WITHIN).lstrip(":：") or row.name, part_of=parent.name))
            continue
        parent = row
        out.append(row)
    return out


def _listed(rows: Sequence[Row], start: int, parent: Row) -> int:
    """How many rows a list behind 其中 has: as many as make the row above, or those without a number of their own."""
    run = [rows[start]]
    for row in rows[start + 1 :]:
        if row.is_total or row.half != parent.half:
            break
        run.append(row)
    unnumbered = next((i for i, row in enumerate(run) if row.sequence and i), len(run)) if parent.sequence else 1
    lengths = (n for n in range(len(run), 1, -1) if any(adds_up(f, facts_at(run[:n], c)) for f, c in _own(parent)))
    return next(lengths, unnumbered)


def _own(row: Row) -> Iterator[tuple[Fact, int]]:
    return zip(row.facts, row.columns, strict=True)


def facts_at(rows: Sequence[Row], place: int) -> list[Fact]:
    return [fact for row in rows if (fact := row.fact_at(place))]


def adds_up(total: Fact, parts: Sequence[Fact]) -> bool:
    """Do several parts make the total exactly? Noughts tell nothing."""
    value = total.quantity.value
    return len(parts) > 1 and bool(value) and sum((f.quantity.value for f in parts), value * 0) == value


def added(rows: Sequence[Row], grand: Sequence[str]) -> Iterator[tuple[Row, list[Row]]]:
    """Each total row with the rows that it adds up: subtotals stand below their rows, or above them, as more of them fit."""
    below = list(_added(rows, grand))
    above = [(total, parts[::-1]) for total, parts in _added(rows[::-1], grand)]
    yield from above if _fits(above) > _fits(below) else below


def _fits(pairs: Sequence[tuple[Row, list[Row]]]) -> int:
    return sum(adds_up(fact, facts_at(parts, place)) for total, parts in pairs for fact, place in _own(total))


def _added(rows: Sequence[Row], grand: Sequence[str]) -> Iterator[tuple[Row, list[Row]]]:
    """Each total with the rows since the total before it; a grand total adds the subtotals where there are some."""
    waiting: list[Row] = []
    subtotals: list[Row] = []
    ends: list[Row] = []
    for row in rows:
        if not row.is_total:
            waiting.append(row)
        elif row.name not in grand:
            yield row, waiting
            subtotals, waiting = [*subtotals, row], []
        elif waiting or subtotals:
            yield row, [*subtotals, *waiting]
            waiting, subtotals = [], []
        else:
            ends.append(row)
    for row in ends[:1]:  # the total stands before all that it adds up
        yield row, [*subtotals, *waiting]


def skips(rows: Sequence[Row]) -> bool:
    """Do the numbers of rows leave some out, or begin in the middle, so that rows were lost where pages part a table?"""
    numbers = [int(row.sequence) for row in rows if row.sequence and row.sequence.isdecimal() and len(row.sequence) < 4]
    return bool(numbers) and len(set(numbers)) < max(numbers)
