"""The fund block of a form: amounts by row and column, execution rates, the points of the execution row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.lexicon.labels import without
from extractor.lexicon.packs import Lexicon
from extractor.model.document import Cell
from extractor.model.facts import Fact, Origin, Rate, Stated
from extractor.model.quantity import Quantity
from extractor.understand.cells import MEASURES, cell_span, decimal, flat
from extractor.understand.form_cells import CellReader
from extractor.understand.form_columns import Header
from extractor.understand.form_draft import FormDraft


class FundRows:
    """Reads the rows under a fund header."""

    def __init__(self, cells: CellReader, lexicon: Lexicon) -> None:
        self.cells = cells
        self.bare = without(lexicon, "forms.header_noise")
        self.item_mark = lexicon.pattern("forms.item_mark")
        self.score_formula = lexicon.pattern("forms.score_formula")
        self.fund_totals = frozenset(lexicon.words("fund_total_rows"))
        self.part_leads = lexicon.words("fund_part_leads")
        self.column_numbers = frozenset(lexicon.words("column_numbers"))

    def read(self, cells: Sequence[Cell | None], header: Header, draft: FormDraft, unit: str | None) -> None:
        """A row of amounts: the whole fund's, or that of one source."""
        label = self.item_mark.sub("", self._label(cells, header))
        bare = self.bare(label)
        amounts = [i for i, role in enumerate(header.roles) if role in MEASURES]
        if bare in self.column_numbers or not any(not self.cells.is_blank(cells[i]) for i in amounts):
            return
        is_total = bare in self.fund_totals or not bare or (not bare.startswith(self.part_leads) and not draft.facts)
        source = None if is_total else bare.removeprefix("其中")
        for place in amounts:
            cell = cells[place]
            if cell is None or (place and cells[place - 1] is cell):
                continue
            quantity = self.cells.amount(cell, header.units[place] or unit)
            if quantity:
                part = self.bare(header.parts[place])
                own = source or (part if part and part not in self.fund_totals else None)
                measure = MEASURES[header.roles[place]]
                draft.facts.append(Fact(measure, quantity, (cell_span(cell),), header.texts[place], own, origin=Origin.FORM))
        self._rates(cells, header, draft, source)
        if is_total:
            self._points(cells, header, draft)

    def is_over(self, cells: Sequence[Cell | None], header: Header) -> bool:
        """Does another block begin, with words where the amounts stood?"""
        places = {id(cells[i]): cells[i] for i, role in enumerate(header.roles) if role in MEASURES and not self.cells.is_blank(cells[i])}
        return len(places) > 1 and not any(character.isdigit() for cell in places.values() for character in flat(cell))

    def _label(self, cells: Sequence[Cell | None], header: Header) -> str:
        """The words that name a row: the last cell before its first column of figures."""
        first = next((i for i, role in enumerate(header.roles) if role), len(cells))
        texts = [flat(c) for c in cells[:first] if c is not None]
        return texts[-1] if texts else ""

    def _rates(self, cells: Sequence[Cell | None], header: Header, draft: FormDraft, source: str | None) -> None:
        for place, role in enumerate(header.roles):
            cell = cells[place]
            if role not in ("rate", "arrival_rate") or cell is None or self.cells.is_blank(cell):
                continue
            if place and cells[place - 1] is cell and header.roles[place - 1] == role:
                continue  # one cell over two columns of the table
            quantity = self.cells.rate(cell, header.texts[place])
            if quantity:
                of = "arrived/budget" if role == "arrival_rate" else "executed/budget"
                label = header.texts[place]
                rate = Rate(label, "source" if source else of, quantity, (cell_span(cell),), source, Origin.FORM)
                draft.rates.append(replace(rate, context="arrived" if role == "arrival_rate" else "executed"))

    def _points(self, cells: Sequence[Cell | None], header: Header, draft: FormDraft) -> None:
        for place, role in enumerate(header.roles):
            cell = cells[place]
            if role == "weight" and cell is not None:
                draft.execution_weight = self.cells.points(cell, header.texts[place]) or draft.execution_weight
            if role == "score" and cell is not None:
                draft.execution_score = self.cells.points(cell, header.texts[place]) or draft.execution_score
                draft.execution_weight = draft.execution_weight or self._weight_in(header, place)
        for _, label in draft.labels:
            if any(label is c for c in cells):
                draft.execution_cells.add(id(label))

    def _weight_in(self, header: Header, place: int) -> Stated | None:
        """得分（20分×执行率） tells the points of the row where it has no column for them."""
        match = self.score_formula.search(header.texts[place])
        head = header.heads[place]
        if match is None or head is None or "weight" in header.roles:
            return None
        digits, decimals = decimal(match["points"])
        quantity = Quantity(digits, decimals, "分", written=match["points"])
        return Stated(match["points"], (cell_span(head),), quantity, header.texts[place], Origin.FORM)
