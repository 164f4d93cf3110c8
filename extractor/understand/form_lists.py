"""Lists of several projects with their indicators in one table: 项目名称 | 预算数 | 执行数 | 绩效指标 | 目标值 | 完成值 | 得分."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.lexicon.packs import Lexicon
from extractor.model.document import Cell
from extractor.understand.cells import MEASURES, GridRow, flat
from extractor.understand.form_cells import CellReader
from extractor.understand.form_columns import INDICATOR_VALUES, Header, HeaderFinder
from extractor.understand.form_draft import FormDraft
from extractor.understand.form_funds import FundRows

FUND_ROLES = frozenset({*MEASURES, "rate", "arrival_rate", "score"})


@dataclass
class Listing:
    """The header of a list: where the project stands, its funds, its indicators and its total score."""

    project: int
    funds: Header
    indicators: Header
    total: int | None
    current: Cell | None = None
    opening: Sequence[Cell | None] = ()  # the first row of the project


class ListRows:
    def __init__(self, cells: CellReader, headers: HeaderFinder, funds: FundRows, lexicon: Lexicon) -> None:
        self.cells, self.headers, self.funds = cells, headers, funds
        self.totals = frozenset(lexicon.words("total_rows"))

    def header(self, row: GridRow) -> Listing | None:
        """A row that heads a list: a project, its amounts, and indicators with their values beside them."""
        if "project" not in map(self.headers.field, row.texts):
            return None
        texts = [self.headers.bare(flat(cell)) for cell in row]
        project = next((i for i, text in enumerate(texts) if self.headers.fields.get(text) == "project"), None)
        if project is None:
            return None
        own = [self.headers.indicator.get(text, "") for text in texts]
        total = next((i for i, text in enumerate(texts) if not own[i] and self.headers.fields.get(text) == "score"), None)
        funds = ["" if own[i] or i in (project, total) else self._fund(row[i]) for i in range(len(row))]
        amounts, values = set(funds) & set(MEASURES), set(own) & INDICATOR_VALUES
        if not amounts or "name" not in own or len(values) < 2:
            return None
        own[project] = ""
        return Listing(project, self._as_header("fund", row, funds), self._as_header("indicators", row, own), total)

    def _fund(self, cell: Cell | None) -> str:
        role = self.headers.role(flat(cell), "fund")
        return role if role in FUND_ROLES else ""

    def _as_header(self, kind: str, row: Sequence[Cell | None], roles: Sequence[str]) -> Header:
        texts = tuple(flat(cell) for cell in row)
        units = tuple(self.headers.units.named(text) for text in texts)
        points = tuple(m["points"] if (m := self.headers.label_points(text)) else None for text in texts)
        return Header(kind, tuple(roles), units, points, texts, tuple("" for _ in row), tuple(row))

    def read(self, cells: Sequence[Cell | None], listing: Listing, forms: list[FormDraft], unit: str | None) -> FormDraft:
        """The form that a row belongs to; the first row of a project opens one and gives its funds."""
        cell = cells[listing.project]
        if forms and self._continues(cells, listing):
            return forms[-1]
        listing.current, listing.opening = cell, cells
        name = flat(cell)
        draft = FormDraft(name=name, name_span=cell.span if cell and cell.paragraphs else None, is_total=name in self.totals)
        forms.append(draft)
        bare = [c if role else None for c, role in zip(cells, listing.funds.roles, strict=True)]
        self.funds.read(bare, listing.funds, draft, unit)
        place = next((i for i, role in enumerate(listing.funds.roles) if role == "score"), None)
        head = listing.funds.heads[place] if place is not None else None
        if head is not None:
            weight = self.cells.label_weight(head)
            draft.execution_weight = replace(weight, label=flat(head)) if weight and draft.execution_score else None
        total = cells[listing.total] if listing.total is not None else None
        if total is not None and total.paragraphs:
            draft.total_score = self.cells.points(total, "score")
        return draft

    def _continues(self, cells: Sequence[Cell | None], listing: Listing) -> bool:
        """Does a row give an indicator more of the project above? Its merged cells may have been taken apart, left blank or filled out."""
        if listing.current is None:
            return False
        cell = cells[listing.project]
        if cell is listing.current and cell.row_span > 1:
            return True
        funds = [(flat(c), flat(first)) for c, first, role in zip(cells, listing.opening, listing.funds.roles, strict=True) if role]
        return (not flat(cell) or cell is listing.current) and all(not own or (own == first and flat(cell)) for own, first in funds)
