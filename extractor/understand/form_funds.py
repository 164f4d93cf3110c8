"""The fund block of a form: amounts by row and column, execution rates, the points of the execution row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from extractor.lexicon.labels import without
from extractor.lexicon.packs import Lexicon
from extractor.model.document import Cell
from extractor.model.facts import Fact, Origin, Rate, Stated
from extractor.model.quantity import Quantity
from extractor.understand.cells import MEASURES, decimal, flat
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
        self.spending_parts = frozenset(lexicon.words("spending_parts"))
        self.partial_totals = frozenset(lexicon.words("partial_totals"))

    def labels(self, rows: Sequence[Sequence[Cell | None]], header: Header) -> tuple[str, ...]:
        """What the rows of a block are called, down to where another block begins."""
        block = takewhile(lambda cells: not self.is_over(cells, header), rows)
        return tuple(self._row_name(cells, part) for cells in block for part in header.halves)

    def read(self, cells: Sequence[Cell | None], header: Header, draft: FormDraft, unit: str | None, block: Sequence[str] = ()) -> None:
        """A row of amounts: the whole fund's, or that of one source. `block` names all rows under the header, this one too."""
        bare = self._row_name(cells, header)
        amounts = [i for i, role in enumerate(header.roles) if role in MEASURES]
        if bare in self.column_numbers or not any(not self.cells.is_blank(cells[i]) for i in amounts):
            return
        whole = self.fund_totals.intersection(block) - self.partial_totals
        if whole and bare in self.partial_totals:
            return  # 小计 above 合计 adds up a part of the rows
        is_total = bare in self.fund_totals or not bare or (not whole and not draft.facts and self._may_be_whole(bare, block))
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
                draft.facts.append(Fact(measure, quantity, (cell.span,), header.texts[place], own, origin=Origin.FORM))
        self._rates(cells, header, draft, source)
        if is_total:
            self._points(cells, header, draft)

    def _may_be_whole(self, bare: str, block: Sequence[str]) -> bool:
        """May a row that is not called a total be the whole fund? Not a source, nor one of several kinds of spending."""
        siblings = self.spending_parts.intersection(block)
        return not bare.startswith(self.part_leads) and (bare not in siblings or len(siblings) == 1)

    def _row_name(self, cells: Sequence[Cell | None], header: Header) -> str:
        return self.bare(self.item_mark.sub("", self._label(cells, header)))

    def is_over(self, cells: Sequence[Cell | None], header: Header) -> bool:
        """Does another block begin, with words where the amounts stood?"""
        places = {id(cells[i]): cells[i] for i, role in enumerate(header.roles) if role in MEASURES and not self.cells.is_blank(cells[i])}
        return len(places) > 1 and not any(character.isdigit() for cell in places.values() for character in flat(cell))

    def _label(self, cells: Sequence[Cell | None], header: Header) -> str:
        """The words that name a row: the last cell before its first column of figures."""
        first = next((i for i, role in enumerate(header.roles) if role), len(cells))
        texts = [flat(c) for c in cells[:first] if c is not None]
        worded = [text for text in texts if any(character.isalpha() for character in text)]
        inner = [cells[i] for i, role in enumerate(header.roles) if role in MEASURES and self._is_worded(cells[i])]
        if inner and not any(c is not None and c.row_span == 1 and self._is_worded(c) for c in cells[:first]):
            return flat(inner[0])  # 其中：市级支出 under the first head of amounts, beside a label of the whole block
        return (worded or texts or [""])[-1]

    def _is_worded(self, cell: Cell | None) -> bool:
        return not self.cells.is_blank(cell) and not any(character.isdigit() for character in flat(cell))

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
                rate = Rate(label, "source" if source else of, quantity, (cell.span,), source, Origin.FORM)
                draft.rates.append(replace(rate, context="arrived" if role == "arrival_rate" else "executed"))

    def _points(self, cells: Sequence[Cell | None], header: Header, draft: FormDraft) -> None:
        for place, role in enumerate(header.roles):
            cell = cells[place]
            if role == "weight" and cell is not None:
                draft.execution_weight = self.cells.points(cell, header.texts[place]) or draft.execution_weight
            if role == "score" and cell is not None:
                draft.execution_score = self.cells.points(cell, header.texts[place]) or draft.execution_score
                weight = draft.execution_weight or self._weight_in(header, place)
                draft.execution_weight = weight or self.cells.full_points(cell, header.texts[place])
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
        return Stated(match["points"], (head.span,), quantity, header.texts[place], Origin.FORM)
