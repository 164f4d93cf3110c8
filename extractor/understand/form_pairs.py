"""Fund blocks without a header row: pairs of label and value (预算数（元） | 2,360,000.00), and measures told in rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.lexicon.packs import Lexicon
from extractor.model.document import Cell
from extractor.model.facts import Fact, Origin, Rate, Stated
from extractor.model.quantity import Quantity
from extractor.understand.cells import MEASURES, GridRow, decimal, flat
from extractor.understand.form_cells import CellReader
from extractor.understand.form_columns import HeaderFinder
from extractor.understand.form_draft import FormDraft

RATES = {"rate": "executed/budget", "arrival_rate": "arrived/budget"}


class PairRows:
    def __init__(self, cells: CellReader, headers: HeaderFinder, lexicon: Lexicon) -> None:
        self.cells, self.headers = cells, headers
        self.totals = frozenset(lexicon.words("fund_total_rows"))
        self.part_leads = lexicon.words("fund_part_leads")
        self.named_beside = {word: role for role, words in lexicon.groups("fund_pair").items() for word in words}
        self.product = lexicon.pattern("forms.points_product")
        self.sources: tuple[str | None, ...] = ()  # what each column is of, while measures stand in rows
        self.amounts: frozenset[int] = frozenset()  # the columns of the whole and of its sources

    def read(self, cells: GridRow, draft: FormDraft, unit: str | None) -> bool:
        """Take in a row of pairs, or of a block with its measures in rows; False where it is neither."""
        if self._opens(cells):
            return True
        if self.sources and not self.are_pairs(cells) and self._measure_row(cells, draft, unit):
            return True
        self.sources = ()
        return self._pairs(cells, draft, unit)

    def are_pairs(self, cells: GridRow) -> bool:
        """资金到位率 | 100% | 预算执行率 | 95.00%: labels and figures in turn, under a header that they do not belong to."""
        row = [cell for _, cell in cells.distinct if cell.row_span == 1]  # without the label that runs down beside the block
        labels, values = row[::2], row[1::2]
        known = [self._role(cell) for cell in labels]
        return len(row) >= 4 and len(labels) == len(values) and all(known) and all(self.cells.number(flat(c)) for c in values)

    def _role(self, cell: Cell) -> str:
        return self.headers.role(flat(cell), "fund")

    # -- pairs -------------------------------------------------------------------------------------------------------

    def _pairs(self, cells: GridRow, draft: FormDraft, unit: str | None) -> bool:
        row = cells.distinct
        found = False
        roles = {self._role(cell) for _, cell in row}
        if self._is_of_part(row, roles, draft):
            return False
        for place, ((text, label), (_, value)) in enumerate(pairwise(row)):
            bare = self.headers.bare(text)
            is_part = bare in self.totals or (bare.startswith(self.part_leads) and bare not in self.headers.fund)
            role = "" if is_part else self._role(label)
            if not role and bare in self.named_beside and (not place or self.cells.number(row[place - 1][0]) or self._is_block(row[0][1])):
                role = self.named_beside[bare]  # 一季度 | 支出资金 | 100 is of a part of the year
            if role in MEASURES or role in RATES:
                found = self._take(role, label, value, draft, unit, None) or found
            elif "rate" in roles and role in ("weight", "score") and ("weight" in roles or self.cells.label_weight(label)):
                self._pointed(role, label, value, draft)  # 执行率 | 95% | 分值 | 10 | 得分 | 9.5
        return found

    def _is_of_part(self, row: Sequence[tuple[str, Cell]], roles: set[str], draft: FormDraft) -> bool:
        """其中：运维费 | 80 | 执行率 | 97.5%: is a row opened by a part of the fund, beside rates told before?"""
        first = self.headers.bare(row[0][0]) if row else ""
        if len(row) < 4 or not self.cells.number(row[1][0]) or self._role(row[0][1]) or first in self.named_beside or first in self.totals:
            return False
        told = {rate.of for rate in draft.rates}
        return first.startswith(self.part_leads) or any(role in RATES and RATES[role] in told for role in roles)

    def _is_block(self, label: Cell) -> bool:
        """Does a label run down beside the pairs and name them all: 资金情况?"""
        return label.row_span > 1 and "资金" in flat(label)

    def _pointed(self, role: str, label: Cell, value: Cell, draft: FormDraft) -> None:
        points = self.cells.points(value, flat(label))
        if role == "weight":
            draft.execution_weight = points or draft.execution_weight
        else:
            draft.execution_score = points or draft.execution_score
            if points:
                draft.execution_weight = draft.execution_weight or self.cells.label_weight(label)

    def _take(self, role: str, label: Cell, value: Cell, draft: FormDraft, unit: str | None, source: str | None) -> bool:
        """One figure as a fact or a rate; False where the cell holds none."""
        if role in MEASURES:
            quantity = self.cells.amount(value, self.headers.units.named(flat(label)) or unit)
            if quantity:
                draft.facts.append(Fact(MEASURES[role], quantity, (value.span,), flat(label), source, origin=Origin.FORM))
            return quantity is not None
        is_rate = "%" in (words := flat(value) + flat(label)) or "％" in words  # 资金到位率 | 8 may be the number of a line
        quantity = self.cells.rate(value, flat(label)) if is_rate else None
        if quantity:
            of = "source" if source else RATES[role]
            context = "arrived" if role == "arrival_rate" else "executed"
            draft.rates.append(Rate(flat(label), of, quantity, (value.span,), source, Origin.FORM, context=context))
        return quantity is not None

    # -- measures in rows --------------------------------------------------------------------------------------------

    def _opens(self, cells: Sequence[Cell | None]) -> bool:
        """资金来源 | 合计 | 省级 | 市级: the row that says what the columns are of."""
        texts = [self.headers.bare(flat(c)) for c in cells]
        totals = [t for t in texts if t in self.totals]
        parts = [t for t in texts if t.startswith(self.part_leads) and len(t) <= 10]
        if not totals or len(set(parts)) < 2 or any(c.isdigit() for t in texts for c in t):
            return False
        self.sources = tuple(None if t in self.totals or t not in parts else t for t in texts)
        self.amounts = frozenset(place for place, t in enumerate(texts) if t in self.totals or t in parts)
        return True

    def _measure_row(self, cells: GridRow, draft: FormDraft, unit: str | None) -> bool:
        if len(cells) != len(self.sources):
            return False
        label = next((c for c in cells if c is not None and c.row_span == 1 and flat(c)), None)
        role = self._role(label) if label is not None else ""
        if label is None or not role:
            return label is not None and self._is_other_measure(cells)
        if role == "score":
            self._points(cells, label, draft)
            return True
        seen: list[Cell] = [label]
        for place, (cell, source) in enumerate(zip(cells, self.sources, strict=True)):
            if place not in self.amounts or (role not in MEASURES and role not in RATES):
                continue
            if cell is not None and cell.row_span == 1 and all(cell is not own for own in seen):
                self._take(role, label, cell, draft, unit, source)
                seen.append(cell)
        return True

    def _is_other_measure(self, cells: Sequence[Cell | None]) -> bool:
        """Do figures stand in the columns of the sources and nothing else, whatever the measure is called?"""
        own = [cells[place] for place in self.amounts if not self.cells.is_blank(cells[place])]
        return bool(own) and all(self.cells.number(flat(cell)) for cell in own)

    def _points(self, cells: Sequence[Cell | None], label: Cell, draft: FormDraft) -> None:
        """9.84, or told as it was reckoned: 10分×98.40%＝9.84分."""
        value = next((c for c in cells if c is not None and c.row_span == 1 and c is not label and flat(c)), None)
        if value is None:
            return
        match = self.product.search(flat(value))
        if not match:
            draft.execution_score = self.cells.points(value, flat(label)) or draft.execution_score
            return
        draft.execution_weight = draft.execution_weight or _stated(match["weight"], value, label)
        draft.execution_score = _stated(match["score"], value, label)


def _stated(number: str, cell: Cell, label: Cell) -> Stated:
    digits, decimals = decimal(number)
    return Stated(number, (cell.span,), Quantity(digits, decimals, "分", written=number), flat(label), Origin.FORM)
