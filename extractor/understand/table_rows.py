"""Rows of a summary table, and which of them add up which others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.model.document import Span
from extractor.model.facts import Fact, Rate, Stated


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
    is_subtotal: bool = False  # of the rows since the total before it


def with_subtotals(found: Sequence[tuple[Row, str]], grand: Sequence[str]) -> Iterator[Row]:
    """小计 beside 合计 is the total of the rows above it only, and is called after their group."""
    several = any(row.is_total and row.name in grand for row, _ in found)
    above: list[str] = []
    for row, group in found:
        if not (row.is_total and several) or row.name in grand:
            yield row
            above = [] if row.is_total else [*above, group]
            continue
        owner = above[0] if len(set(above)) == 1 else ""
        yield replace(row, name=f"{row.name}（{owner}）" if owner and owner not in row.name else row.name, is_subtotal=True)
        above = []


def cell_of(row: Row, place: int) -> tuple[str, Fact | None]:
    return row.name, next((f for f, c in zip(row.facts, row.columns, strict=True) if c == place), None)


def adds_up(total: Fact, parts: Sequence[Fact]) -> bool:
    return len(parts) > 1 and sum((f.quantity.value for f in parts), total.quantity.value * 0) == total.quantity.value


def nears(total: Fact, parts: Sequence[Fact]) -> bool:
    """Do all the parts add up to about the total?"""
    added = sum((f.quantity.value for f in parts), total.quantity.value * 0)
    return abs(added - total.quantity.value) * 10 <= abs(total.quantity.value)


def added(rows: Sequence[Row], grand: Sequence[str]) -> Iterator[tuple[Row, list[Row]]]:
    """Each total row with its parts: the rows since the total before it; a grand total adds the subtotals where there are some.

    A table that names 其中 rows is left alone: which rows are parts of which is not told.
    """
    if any(row.name.startswith("其中") for row in rows):
        return
    waiting: list[Row] = []
    subtotals: list[Row] = []
    for place, row in enumerate(rows):
        if not row.is_total:
            waiting.append(row)
        elif not waiting and not subtotals:
            yield row, [r for r in rows[place + 1 :] if not r.is_total]  # the total stands above its parts
            return
        elif row.name in grand:
            yield row, [*subtotals, *waiting]
            waiting, subtotals = [], []
        else:
            yield row, waiting
            subtotals.append(row)
            waiting = []
