"""Breakdowns side by side in a form: 按收入性质分：902.50 over its parts, 按支出性质分：902.50 beside it over others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from extractor.lexicon.labels import searched
from extractor.lexicon.packs import Lexicon
from extractor.model.document import Cell
from extractor.model.facts import Statement, StatementKind, Term
from extractor.model.quantity import Quantity
from extractor.understand.cells import MULTIPLIERS, GridRow, decimal
from extractor.understand.form_cells import CellReader


@dataclass
class Breakdown:
    """A total and, in the columns under it, the parts read so far."""

    total: Term
    columns: range
    parts: list[Term] = field(default_factory=list)


class BreakdownRows:
    def __init__(self, cells: CellReader, lexicon: Lexicon) -> None:
        self.cells = cells
        self.head = searched(lexicon, "forms.breakdown_head")
        self.open: list[Breakdown] = []
        self.statements: list[Statement] = []

    def read(self, cells: GridRow, unit: str | None) -> bool:
        """Take in a row that opens breakdowns or lists their parts; False where it does neither."""
        heads = [_head(cell, match["number"], unit) for text, cell in cells.distinct if (match := self.head(text))] if unit else []
        if heads:
            self.close()
            self.open = heads
            return True
        found = [part for own in self.open for part in self._parts(cells, own, unit)]
        if not found:
            self.close()
        return bool(found)

    def close(self) -> None:
        """The rows after the last part belong to something else."""
        for own in self.open:
            if len(own.parts) > 1:
                self.statements.append(Statement(StatementKind.BREAKDOWN, tuple(own.parts), own.total, subject="table"))
        self.open = []

    def _parts(self, cells: GridRow, own: Breakdown, unit: str | None) -> Iterator[Term]:
        """The label and the figure in the columns of a breakdown."""
        inside = GridRow(cells[own.columns.start : own.columns.stop]).distinct
        if len(inside) != 2:
            return
        (label, _), (_, value) = inside
        quantity = self.cells.amount(value, unit)
        if quantity:
            part = Term(label, quantity, value.span)
            own.parts.append(part)
            yield part


def _head(cell: Cell, number: str, unit: str) -> Breakdown:
    return Breakdown(Term("total", _amount(number, unit), cell.span), range(cell.column, cell.column + cell.column_span))


def _amount(number: str, unit: str) -> Quantity:
    digits, decimals = decimal(number)
    return Quantity(digits, decimals, "元", Decimal(MULTIPLIERS[unit]), written=number)
