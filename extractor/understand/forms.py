"""自评表 forms: a walk over the rows of their tables, whatever the layout, from label to label and header to header."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractor.lexicon.packs import Lexicon
from extractor.model.document import Cell, Document, Paragraph, Span, Table
from extractor.model.facts import Fact, Form, Indicator, Measure, Mention, Origin, Rate, Stated, Value, WeightGroup
from extractor.understand.form_cells import CellReader, cell_span, cell_spans
from extractor.understand.form_columns import Header, HeaderFinder, flat

MEASURES = {
    "budget_initial": Measure.BUDGET_INITIAL,
    "budget_adjusted": Measure.BUDGET,
    "budget_change": Measure.ADJUSTMENT,
    "arrived": Measure.ARRIVED,
    "executed": Measure.EXECUTED,
    "balance": Measure.BALANCE,
}
CAPTION_REACH = 4


@dataclass
class FormDraft:
    """One form as far as it has been read."""

    name: str = ""
    name_span: Span | None = None
    fields: dict[str, tuple[str, Span]] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    labels: list[tuple[Stated, Cell]] = field(default_factory=list)  # labels that state points, with their cells
    members: dict[int, list[Indicator]] = field(default_factory=dict)  # id of a label's cell → the rows beside it
    execution_cells: set[int] = field(default_factory=set)
    execution_weight: Stated | None = None
    execution_score: Stated | None = None
    total_weight: Stated | None = None
    total_score: Stated | None = None
    grade: Stated | None = None
    scheme: str = ""
    spans: list[Span] = field(default_factory=list)

    @property
    def has_body(self) -> bool:
        return bool(self.facts or self.indicators or self.total_score)

    def form(self) -> Form:
        groups = []
        for stated, cell in self.labels:
            groups.append(WeightGroup(stated.label, stated, tuple(self.members.get(id(cell), ())), id(cell) in self.execution_cells))
        return Form(
            tuple(self.spans),
            self.total_weight,
            self.total_score,
            tuple(groups),
            tuple(self.indicators),
            self.execution_weight,
            self.execution_score,
            self.scheme,
        )


class FormReader:
    """Reads the tables of a document in order; a form may take several tables, a table several forms."""

    def __init__(self, document: Document, mentions: Mapping[int, tuple[Mention, ...]], lexicon: Lexicon) -> None:
        self.document = document
        self.headers = HeaderFinder(lexicon)
        self.cells = CellReader(lexicon, mentions)
        self.unit = lexicon.pattern("tables.unit")
        self.placeholder = lexicon.pattern("forms.placeholder")
        self.fields = {word: role for role, words in lexicon.groups("form_field").items() for word in words}
        self.fund_totals = frozenset(lexicon.words("fund_total_rows"))
        self.part_leads = lexicon.words("fund_part_leads")
        self.score_totals = frozenset(lexicon.words("score_total_rows"))
        self.column_numbers = frozenset(lexicon.words("column_numbers"))
        self.execution_rows = frozenset(lexicon.words("execution_rows"))
        self.forms: list[FormDraft] = []
        self.header: Header | None = None
        self.money_unit: str | None = None

    def read(self, table: Table) -> bool:
        """Take in a table; False where nothing in it belongs to a form."""
        before = sum(len(f.facts) + len(f.indicators) + len(f.fields) for f in self.forms)
        self.money_unit = self._caption_unit(table) or self.money_unit
        if self.header and len(self.header.roles) != table.columns:
            self.header = None
        row = 0
        while row < table.rows:
            taken = self._row(table, row)
            if self.forms:
                cells = {id(c): c for r in range(row, min(row + taken, table.rows)) for _, c in _distinct(table.grid[r])}
                self.forms[-1].spans += [s for c in cells.values() for s in cell_spans(c)]
            row += taken
        return sum(len(f.facts) + len(f.indicators) + len(f.fields) for f in self.forms) > before

    # -- rows --------------------------------------------------------------------------------------------------------

    def _row(self, table: Table, place: int) -> int:
        """Read a row; how many rows were taken."""
        cells = table.grid[place]
        for text, cell in _distinct(cells):
            unit = self.unit.search(text)
            if unit:
                self.money_unit = unit["unit"] or unit["bracketed"]
            self._label(cell)
        if self._fields(cells):
            self.header = None
            return 1
        found = self.headers.header(table.grid, place)
        if found:
            self.header = found[0]
            return found[1]
        if self.header is None:
            return 1
        if self.header.kind == "fund":
            self._fund_row(cells)
        else:
            self._indicator_row(cells)
        return 1

    def _current(self) -> FormDraft:
        if not self.forms:
            self.forms.append(FormDraft())
        return self.forms[-1]

    def _label(self, cell: Cell) -> None:
        """A label that states its points is kept once, whichever rows it covers."""
        stated = self.cells.label_weight(cell)
        if stated and self.forms and all(own is not cell for _, own in self.forms[-1].labels):
            self.forms[-1].labels.append((stated, cell))

    def _fields(self, cells: Sequence[Cell | None]) -> bool:
        """项目名称 | X | 实施单位 | Y: pairs of label and value. A new project name opens a new form."""
        row = _distinct(cells)
        found = False
        for place, (text, cell) in enumerate(row):
            label, _, inline = text.replace(":", "：").partition("：")
            role = self.headers.noise.sub("", label) and self.fields.get(self.headers.noise.sub("", label))
            if not role:
                continue
            value = row[place + 1] if not inline and place + 1 < len(row) else None
            words, holder = (inline, cell) if inline else (value[0], value[1]) if value else ("", cell)
            if value and self.headers.noise.sub("", value[0]) in self.fields:
                words = ""
            if words:
                self._field(role, words, holder)
                found = True
        return found

    def _field(self, role: str, words: str, cell: Cell) -> None:
        draft = self._current()
        if role == "project":
            if draft.has_body:
                self.forms.append(FormDraft())
                draft = self.forms[-1]
            draft.name, draft.name_span = words, cell_span(cell)
        elif role == "score":
            draft.total_score = draft.total_score or self.cells.points(cell, "score")
        elif role == "grade":
            draft.grade = Stated(words, (cell_span(cell),), label="grade", origin=Origin.FORM)
        draft.fields.setdefault(role, (words, cell_span(cell)))

    # -- funds -------------------------------------------------------------------------------------------------------

    def _fund_row(self, cells: Sequence[Cell | None]) -> None:
        assert self.header
        label = self._fund_label(cells)
        bare = self.headers.noise.sub("", label)
        amounts = [i for i, role in enumerate(self.header.roles) if role in MEASURES]
        if bare in self.column_numbers or not any(not self.cells.is_blank(cells[i]) for i in amounts):
            return
        draft = self._current()
        is_total = bare in self.fund_totals or not bare or not bare.startswith(self.part_leads) and not draft.facts
        source = None if is_total else bare.removeprefix("其中")
        for place in amounts:
            cell = cells[place]
            if cell is None or place and cells[place - 1] is cell:
                continue
            quantity = self.cells.amount(cell, self.header.units[place] or self.money_unit)
            if quantity:
                part = self.headers.noise.sub("", self.header.parts[place])
                own = source or (part if part and part not in self.fund_totals else None)
                measure = MEASURES[self.header.roles[place]]
                draft.facts.append(Fact(measure, quantity, (cell_span(cell),), self.header.texts[place], own, origin=Origin.FORM))
        self._fund_rates(cells, source)
        if is_total:
            self._execution_points(cells)

    def _fund_label(self, cells: Sequence[Cell | None]) -> str:
        """The words that name a row: the last cell before its first column of figures."""
        assert self.header
        first = next((i for i, role in enumerate(self.header.roles) if role), len(cells))
        texts = [flat(c) for c in cells[:first] if c is not None]
        return texts[-1] if texts else ""

    def _fund_rates(self, cells: Sequence[Cell | None], source: str | None) -> None:
        assert self.header
        for place, role in enumerate(self.header.roles):
            cell = cells[place]
            if role not in ("rate", "arrival_rate") or cell is None or self.cells.is_blank(cell):
                continue
            quantity = self.cells.rate(cell, self.header.texts[place])
            if quantity:
                of = "arrived/budget" if role == "arrival_rate" else "executed/budget"
                label = self.header.texts[place]
                rate = Rate(label, "source" if source else of, quantity, (cell_span(cell),), source, Origin.FORM)
                self._current().rates.append(replace(rate, context="arrived" if role == "arrival_rate" else "executed"))

    def _execution_points(self, cells: Sequence[Cell | None]) -> None:
        assert self.header
        draft = self._current()
        for place, role in enumerate(self.header.roles):
            cell = cells[place]
            if role == "weight" and cell is not None:
                draft.execution_weight = self.cells.points(cell, self.header.texts[place]) or draft.execution_weight
            if role == "score" and cell is not None:
                draft.execution_score = self.cells.points(cell, self.header.texts[place]) or draft.execution_score
        for _, label in draft.labels:
            if any(label is c for c in cells):
                draft.execution_cells.add(id(label))

    # -- indicators --------------------------------------------------------------------------------------------------

    def _indicator_row(self, cells: Sequence[Cell | None]) -> None:
        assert self.header
        by_role = self._by_role(cells)
        first = next((text for text, _ in _distinct(cells)), "")
        head = self.headers.noise.sub("", first)
        labels = {self.headers.noise.sub("", flat(by_role[r])) for r in ("level1", "level2", "name") if r in by_role}
        if (head in self.score_totals or labels & self.score_totals) and self._is_total(by_role):
            self._total(cells, by_role)
            return
        name_cell = by_role.get("name") or by_role.get("level2")
        name = flat(name_cell)
        if name_cell is None or not name or self.placeholder.match(name):
            return
        row = self._indicator(name, by_role, cells)
        if row is None:
            return
        draft = self._current()
        if self.headers.noise.sub("", name) in self.execution_rows and (row.weight or row.score):
            draft.execution_weight = draft.execution_weight or row.weight
            draft.execution_score = draft.execution_score or row.score
            if draft.facts:
                return
        draft.indicators.append(row)
        for _, label in draft.labels:
            if any(label is c for c in cells):
                draft.members.setdefault(id(label), []).append(row)

    def _by_role(self, cells: Sequence[Cell | None]) -> dict[str, Cell]:
        assert self.header
        found: dict[str, Cell] = {}
        for place, role in enumerate(self.header.roles):
            cell = cells[place]
            if role and cell is not None and role not in found:
                found[role] = cell
        return found

    def _is_total(self, by_role: Mapping[str, Cell]) -> bool:
        return all(self.cells.is_blank(by_role.get(r)) or by_role[r] is by_role.get("name") for r in ("target", "actual"))

    def _indicator(self, name: str, by_role: Mapping[str, Cell], cells: Sequence[Cell | None]) -> Indicator | None:
        assert self.header
        target = by_role.get("target") or by_role.get("target_initial")
        if self.cells.is_blank(target):
            target = by_role.get("target_initial")
        goal = self.cells.value(target, by_role.get("operator"), by_role.get("unit")) if target is not None else None
        actual = self._value(by_role.get("actual"))
        weight, score = (self._points(by_role.get(r), r) for r in ("weight", "score"))
        if not (goal or actual or weight or score):
            return None
        reason = by_role.get("reason")
        spans = tuple(dict.fromkeys(s for c in _row_cells(cells, by_role) for s in cell_spans(c)))
        return Indicator(
            name=name,
            level1=flat(by_role.get("level1")),
            level2=flat(by_role.get("level2")),
            target=goal,
            actual=actual,
            completion=self._value(by_role.get("completion")),
            weight=weight,
            score=score,
            reason="" if self.cells.is_blank(reason) else flat(reason),
            spans=spans,
            origin=Origin.FORM,
        )

    def _value(self, cell: Cell | None) -> Value | None:
        return self.cells.value(cell) if cell is not None and cell.paragraphs else None

    def _points(self, cell: Cell | None, label: str) -> Stated | None:
        return self.cells.points(cell, label) if cell is not None and cell.paragraphs else None

    def _total(self, cells: Sequence[Cell | None], by_role: Mapping[str, Cell]) -> None:
        """总分 | 100 | 98.5: the figures under weight and score, or the row's only figure as the score."""
        draft = self._current()
        weight, score = self._points(by_role.get("weight"), "weight"), self._points(by_role.get("score"), "score")
        if weight is None and score is None:
            figures = [p for text, cell in _distinct(cells) if text and (p := self.cells.points(cell, "score"))]
            score = figures[-1] if figures else None
        draft.total_weight = weight or draft.total_weight
        draft.total_score = score or draft.total_score

    def _caption_unit(self, table: Table) -> str | None:
        place = self.document.blocks.index(table)
        above = [b for b in self.document.blocks[max(0, place - CAPTION_REACH) : place] if isinstance(b, Paragraph)]
        return next((m["unit"] or m["bracketed"] for p in reversed(above) if (m := self.unit.search(p.text))), None)


def _distinct(cells: Sequence[Cell | None]) -> list[tuple[str, Cell]]:
    """The cells of a row, each once however many columns it covers, with their texts; blank ones left out."""
    seen: list[Cell] = []
    for cell in cells:
        if cell is not None and all(cell is not own for own in seen):
            seen.append(cell)
    return [(flat(cell), cell) for cell in seen if flat(cell)]


def _row_cells(cells: Sequence[Cell | None], by_role: Mapping[str, Cell]) -> Iterator[Cell]:
    """The cells that make a row's own words: name, target, actual, points; not the merged levels left of them."""
    for role in ("name", "target", "actual", "weight", "score", "reason"):
        cell = by_role.get(role)
        if cell is not None and cell.paragraphs and flat(cell):
            yield cell
