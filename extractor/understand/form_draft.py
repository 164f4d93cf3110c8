"""One form of a document as far as it has been read."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.model.document import Cell, Span
from extractor.model.facts import Fact, Form, Indicator, Rate, Stated, Subtotal, WeightGroup

FULL = 100


@dataclass
class FormDraft:
    """One form as far as it has been read."""

    name: str = ""
    name_span: Span | None = None
    code: str | None = None
    fields: dict[str, tuple[str, Span]] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    labels: list[tuple[Stated, Cell]] = field(default_factory=list)  # labels that state points, with their cells
    members: dict[int, list[Indicator]] = field(default_factory=dict)  # id of a label's cell → the rows beside it
    subtotals: list[Subtotal] = field(default_factory=list)
    execution_cells: set[int] = field(default_factory=set)
    execution_weight: Stated | None = None
    execution_score: Stated | None = None
    total_weight: Stated | None = None
    total_score: Stated | None = None
    head_score: Stated | None = None  # told in a field, 自评得分 | 96.5
    grade: Stated | None = None
    scheme: str = ""
    spans: list[Span] = field(default_factory=list)
    notes: tuple[Span, ...] = ()  # under it, where the file holds several forms
    is_total: bool = False  # 合计 under a list of projects
    of_levels: bool = False  # its rows tell points and neither targets nor results: 决策 | 20 | 19
    depth: int = 0  # how many columns name its rows: 一级指标 | 二级指标 | 三级指标

    @property
    def has_body(self) -> bool:
        return bool(self.facts or self.indicators or self.score)

    @property
    def score(self) -> Stated | None:
        """The total as its own row gives it, else as a field does; 合计 of less than 100 points beside 自评总分 is of the rows only."""
        if self.total_score and self.head_score and self._adds_up_rows_only(self.total_score, self.head_score):
            return self.head_score
        return self.total_score or self.head_score

    def _adds_up_rows_only(self, total: Stated, told: Stated) -> bool:
        weight, earned = (own.quantity.value if own and own.quantity else None for own in (self.total_weight, self.execution_score))
        if total.quantity is None or told.quantity is None or weight is None or weight >= FULL:
            return False
        gap = told.quantity.value - total.quantity.value
        return gap == earned if earned is not None else 0 <= gap <= FULL - weight

    def form(self) -> Form:
        groups = []
        for stated, cell in self.labels:
            groups.append(WeightGroup(stated.label, stated, tuple(self.members.get(id(cell), ())), id(cell) in self.execution_cells))
        return Form(
            tuple(self.spans),
            self.total_weight,
            self.score,
            tuple(groups),
            tuple(self.indicators),
            self.execution_weight,
            self.execution_score,
            self.head_score if self.total_score else None,
            subtotals=tuple(self.subtotals),
            scheme=self.scheme,
            notes=self.notes,
        )
