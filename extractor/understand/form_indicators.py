"""The indicator rows of a form: levels, name, target, actual, points, reason; and its total row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from extractor.lexicon.labels import KEPT, without
from extractor.lexicon.packs import Lexicon
from extractor.model.document import Cell
from extractor.model.facts import Indicator, Origin, Stated, Statement, StatementKind, Subtotal, Term, Value
from extractor.understand.cells import GridRow, cell_spans, flat
from extractor.understand.form_cells import CellReader
from extractor.understand.form_columns import Header
from extractor.understand.form_draft import FormDraft
from extractor.understand.form_levels import LevelPoints


class IndicatorRows:
    """Reads the rows under an indicator header."""

    def __init__(self, cells: CellReader, lexicon: Lexicon) -> None:
        self.cells = cells
        self.bare = without(lexicon, "forms.header_noise")
        self.placeholder = lexicon.pattern("forms.placeholder")
        self.names_total = _total_names(lexicon)
        self.execution_subjects = lexicon.pattern("forms.execution_subjects")
        self.grade_words = {*lexicon.groups("form_field")["grade"], *(w for own in lexicon.groups("grade_label").values() for w in own)}
        self.ends_in_points = lexicon.pattern("forms.ends_in_points")
        self.levels = LevelPoints(cells)
        self.note_rows = frozenset(lexicon.words("note_rows"))
        self.subtotals = lexicon.words("subtotal_tails")
        self.execution_formula = lexicon.pattern("forms.execution_formula")
        self.execution_rows = frozenset(lexicon.words("execution_rows"))
        self.rates: list[Statement] = []
        self._above: tuple[Header, Indicator] | None = None

    def read(self, cells: GridRow, header: Header, draft: FormDraft) -> None:
        """A row of one indicator, or the total row."""
        by_role = header.by_role(cells)
        ways = [cells[place] for place, role in enumerate(header.roles) if role == "operator" and self.cells.directs(cells[place])]
        if ways and ways[0] is not None:
            by_role["operator"] = ways[0]  # 指标性质 (定量) beside 指标方向 (反向)
        if self.is_total(cells, by_role):
            self._rate_of_points(by_role)
            self._total(cells, by_role, draft)
            return
        head = self.bare(cells.texts[0]) if cells.texts else ""
        labels = {self.bare(flat(by_role[r])) for r in ("level1", "level2", "name") if r in by_role}
        subtotal = next((label for label in (head, *sorted(labels)) if label.endswith(self.subtotals)), None)
        if subtotal is not None and self._has_points_only(by_role):
            self._subtotal(subtotal, by_role, draft)
            return
        self._rate_of_points(by_role)
        name_cell = by_role.get("name") or by_role.get("level2")
        if name_cell is None and not {"name", "level2"} & set(header.roles):
            name_cell = by_role.get("level1")  # 一级指标 | 分值 | 得分: the points of the levels alone
        name = flat(name_cell)
        if name_cell is None or not name or self.placeholder.match(name):
            return
        if name_cell is by_role.get("target") or name_cell is by_role.get("actual"):
            return  # a cell over the whole width: the words on deviations and measures below the rows
        row = self._indicator(name, by_role, cells)
        row = self._continued(row, by_role, header) if row is not None else None
        if row is None or ({head, self.bare(name)} & self.note_rows and not (row.weight or row.score)):
            return
        if self._is_execution(name, by_role) and (row.weight or row.score) and not self._is_of_group(name_cell, by_role):
            draft.execution_weight = draft.execution_weight or row.weight
            draft.execution_score = draft.execution_score or row.score
            if draft.facts:
                draft.execution_cells |= {id(label) for _, label in draft.labels if any(label is c for c in cells)}
                return
        draft.indicators.append(row)
        if row.weight is not None and row.weight.label == name:
            draft.labels = [own for own in draft.labels if own[1] is not name_cell]  # the row's own points head no others
        self.levels.read(cells, header, row, draft)
        for _, label in draft.labels:
            if any(label is c for c in cells):
                members = draft.members.setdefault(id(label), [])
                if not any(own.name == row.name and own == row for own in members):
                    members.append(row)

    def _is_execution(self, name: str, by_role: Mapping[str, Cell]) -> bool:
        """预算执行率 by its own name, or a rate of execution under the level of that name (预算执行 | 部门预算执行率)."""
        levels = {self.bare(flat(by_role[r])) for r in ("level1", "level2") if r in by_role}
        bare = self.bare(name)
        if bare in self.execution_rows:
            return True
        of = self.execution_subjects.sub("", bare.removesuffix("执行率")) if bare.endswith("执行率") else bare
        of = "" if self.execution_formula.fullmatch(bare) else of
        return bool(levels & self.execution_rows) and not of  # not 政府采购执行率, which stands under 预算执行 too

    def _is_of_group(self, name: Cell, by_role: Mapping[str, Cell]) -> bool:
        """Does a row count within the points of a group of rows (项目管理（25分） | 投入管理 | 预算执行率)?"""
        level = by_role.get("level1")
        if level is None or level.row_span <= name.row_span or self.bare(flat(level)) in self.execution_rows:
            return False
        return bool(self.ends_in_points.search(flat(level))) and "level2" in by_role and by_role["level2"] is not name

    def _has_points_only(self, by_role: Mapping[str, Cell]) -> bool:
        """Do neither target nor result stand in a row? A grade may: 总分 | 等级 | 优 | 96.5."""
        own = (by_role.get(r) for r in ("target", "actual"))
        return all(self.cells.is_blank(c) or c is by_role.get("name") or flat(c) in self.grade_words for c in own)

    def _indicator(self, name: str, by_role: Mapping[str, Cell], cells: Sequence[Cell | None]) -> Indicator | None:
        target = by_role.get("target") or by_role.get("target_initial")
        if self.cells.is_blank(target):
            target = by_role.get("target_initial")
        goal = self.cells.value(target, by_role.get("operator"), by_role.get("unit")) if target is not None else None
        actual = _in_column_unit(self._value(by_role.get("actual")), goal if "unit" in by_role else None)
        weight, score = (self._points(by_role.get(r), r) for r in ("weight", "score"))
        weight = weight or self._weight_in_name(by_role) or self._full_points(by_role.get("score"))
        if not (goal or actual or weight or score):
            return None
        reason = by_role.get("reason")
        spans = tuple(dict.fromkeys(s for c in _row_cells(by_role) for s in cell_spans(c)))
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

    def _continued(self, row: Indicator, by_role: Mapping[str, Cell], header: Header) -> Indicator:
        """The row with the levels of the row above it, where it leaves them blank as forms do whose merged cells were taken apart."""
        above, blank = self._above, (not row.level1 and "level1" in by_role, not row.level2 and "level2" in by_role)
        if above is not None and above[0] is header and blank[0] and not self._is_execution(row.name, by_role):
            row = replace(row, level1=above[1].level1, level2=above[1].level2 if blank[1] else row.level2)
        self._above = (header, row)
        return row

    def _weight_in_name(self, by_role: Mapping[str, Cell]) -> Stated | None:
        """吨均处置成本（10分）: the points of the row, where it has no column for them."""
        name = by_role.get("name")
        if name is None or not self.cells.is_blank(by_role.get("weight")) or not self.ends_in_points.search(flat(name)):
            return None
        return self.cells.label_weight(name)

    def _value(self, cell: Cell | None) -> Value | None:
        return self.cells.value(cell) if cell is not None and cell.paragraphs else None

    def _points(self, cell: Cell | None, label: str) -> Stated | None:
        return self.cells.points(cell, label) if cell is not None and cell.paragraphs else None

    def _full_points(self, cell: Cell | None) -> Stated | None:
        return self.cells.full_points(cell, "score") if cell is not None and cell.paragraphs else None

    def is_total(self, cells: GridRow, by_role: Mapping[str, Cell]) -> bool:
        """总分 | 100 | 98.5 in a block of indicators: a row of points alone, called a total."""
        if not any(map(self.names_total, cells.texts)):
            return False  # as is soon said of most rows
        labels = [*(flat(by_role[r]) for r in ("level1", "level2", "name") if r in by_role), *cells.texts[:1]]
        is_named = any(map(self.names_total, labels))
        return is_named and self._has_points_only(by_role) and any(self._is_figure(cell) for _, cell in cells.distinct)

    def _is_figure(self, cell: Cell | None) -> bool:
        return self._points(cell, "score") is not None

    def _total(self, cells: GridRow, by_role: Mapping[str, Cell], draft: FormDraft) -> None:
        """The figures under weight and score; a cell under both, or the row's only figure beside a grade, is the score."""
        under, earned = by_role.get("weight"), by_role.get("score")
        weight, score = self._points(under, "weight") if under is not earned else None, self._points(earned, "score")
        figures = [p for _, cell in cells.distinct if (p := self.cells.points(cell, "score"))]
        if weight is None:
            weight = self._points(by_role.get("level_weight"), "weight")
        if score is None and weight is None:
            score = figures[-1] if figures else None
        elif score is None and len(figures) == 1 and not self.cells.is_blank(earned):
            weight, score = None, figures[0]
        draft.total_weight = weight or draft.total_weight
        draft.total_score = score or draft.total_score

    def _rate_of_points(self, by_role: Mapping[str, Cell]) -> None:
        """分值 30 | 得分 27.6 | 得分率 92.00%."""
        cell = by_role.get("score_rate")
        rate = self.cells.rate(cell, "%") if cell is not None and cell.paragraphs else None
        if rate is None:
            return
        weight, score = (self._points(by_role.get(r), r) for r in ("weight", "score"))
        if cell and weight and score and weight.quantity and score.quantity and weight.quantity.value:
            part, whole = Term("part", score.quantity, score.spans[0]), Term("whole", weight.quantity, weight.spans[0])
            subject = f"{flat(by_role.get('name') or by_role.get('level2') or by_role.get('level1'))}得分率"
            self.rates.append(Statement(StatementKind.RATIO, (part, whole), Term("rate", rate, cell.span), subject=subject))

    def _subtotal(self, label: str, by_role: Mapping[str, Cell], draft: FormDraft) -> None:
        """小计 | 50 | 49.7: the points of the rows above it, or below."""
        weight, score = self._points(by_role.get("weight"), "weight"), self._points(by_role.get("score"), "score")
        if weight or score:
            draft.subtotals.append(Subtotal(label, len(draft.indicators), weight, score))


@lru_cache(maxsize=4)
def _total_names(lexicon: Lexicon) -> Callable[[str], bool]:
    """Does a text name a total of points: 总分, 总分（含预算执行10分）?"""
    bare, totals = without(lexicon, "forms.header_noise"), frozenset(lexicon.words("score_total_rows"))
    return lru_cache(maxsize=KEPT)(lambda text: bare(text) in totals or bare(text.split("（含")[0]) in totals)


def _in_column_unit(actual: Value | None, goal: Value | None) -> Value | None:
    """The actual with the unit that a column of the form gives to both: ≥ | 95 | % | 90."""
    if actual is None or actual.quantity is None or goal is None or goal.quantity is None or actual.quantity.unit or not goal.quantity.unit:
        return actual
    return replace(actual, quantity=replace(actual.quantity, unit=goal.quantity.unit, multiplier=goal.quantity.multiplier))


def _row_cells(by_role: Mapping[str, Cell]) -> Iterator[Cell]:
    """The cells that make a row's own words: name, target, actual, points; not the merged levels left of them."""
    for role in ("name", "target", "actual", "weight", "score", "reason"):
        cell = by_role.get(role)
        if cell is not None and cell.paragraphs and flat(cell):
            yield cell
