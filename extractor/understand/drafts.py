"""What is gathered of one project while the document is read, and how it becomes a `Project`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractor.lexicon.packs import Lexicon
from extractor.lexicon.words import without_code
from extractor.model.facts import Fact, Form, Indicator, Measure, NamedAt, Origin, Project, Rate, Segment, Source, Stated
from extractor.understand.form_draft import FormDraft
from extractor.understand.goals import with_goals
from extractor.understand.planned import Pair
from extractor.understand.projects import WHOLE_DEPARTMENT, Scope
from extractor.understand.settle import all_arrived, settle, source_named, sources
from extractor.understand.table_rows import Row


@dataclass
class Draft:
    """Everything read of one project so far, in reading order."""

    name: str
    scope: Scope | None = None
    is_total: bool = False
    is_subtotal: bool = False
    code: str | None = None
    facts: list[Fact] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    scores: list[Stated] = field(default_factory=list)
    grades: list[Stated] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    goals: list[Indicator] = field(default_factory=list)  # what the section on targets sets, before any result
    pairs: list[Pair] = field(default_factory=list)
    names: list[NamedAt] = field(default_factory=list)
    said_arrived: Fact | None = None  # 资金全部到位: words without a figure
    execution_weight: Stated | None = None
    execution_score: Stated | None = None
    forms: list[Form] = field(default_factory=list)
    levels: list[Indicator] = field(default_factory=list)  # the points of levels, indicators where nothing else is listed

    @classmethod
    def of_scope(cls, scope: Scope) -> Draft:
        name, code = without_code(scope.name)
        return cls(name, scope, code=code)

    def add(self, row: Row) -> None:
        """Take in what a table's row states."""
        self.facts += row.facts
        self.rates += row.rates
        self.scores += [row.score] if row.score else []
        self.grades += [row.grade] if row.grade else []
        self.execution_weight = row.execution_weight or self.execution_weight
        self.execution_score = row.execution_score or self.execution_score
        if row.span and not row.is_total:
            self.names.append(NamedAt(row.name, "table", row.span))

    def add_form(self, form: FormDraft) -> None:
        """Take in what a form states."""
        self.code = self.code or form.code
        self.facts += form.facts
        self.rates += form.rates
        self.levels += form.indicators if form.of_levels else []
        self.indicators += form.indicators if not form.of_levels else []
        self.scores += [form.score] if form.score else []
        self.grades += [form.grade] if form.grade else []
        self.execution_weight = form.execution_weight or self.execution_weight
        self.execution_score = form.execution_score or self.execution_score
        self.forms.append(form.form())
        if form.name_span:
            self.names.append(NamedAt(form.name, "form", form.name_span))

    def speaks_of_funds(self) -> bool:
        """Is there enough said for a project of its own: two measures, or one and a rate?"""
        return len({f.measure for f in self.facts if f.source is None}) + bool(self.rates) >= 2

    def _is_of_an_item(self, fact: Fact, lexicon: Lexicon) -> bool:
        """日常公用经费195.2万元 and 年初结转12.5万元 are no budget of a department."""
        group = lexicon.group_of("measure", fact.label) if fact.origin is Origin.PROSE else None
        return self.name == WHOLE_DEPARTMENT and (group == "carried_in" or (group == "budget_weak" and bool(fact.qualifier)))

    def project(self, year: str | None, lexicon: Lexicon) -> Project:
        amounts = settle([f for f in self.facts if not self._is_of_an_item(f, lexicon)], year, lexicon)
        if self.said_arrived and Measure.ARRIVED not in amounts:
            arrived = all_arrived(amounts.get(Measure.BUDGET), self.said_arrived)
            if arrived:
                amounts[Measure.ARRIVED] = arrived
        added_up = frozenset(lexicon.words("subtotal_rows"))  # they stay rows of the form, but are no indicators
        listed = [i for i in self.indicators if i.origin is Origin.FORM and i.name not in added_up]
        listed = listed or [i for i in self.levels if i.name not in added_up]
        own_sources = sources((f for f in self.facts if f.year in (None, year)), lexicon)
        several = len({r.source for r in self.rates if r.of == "source" and r.origin is Origin.PROSE}) > 1
        return Project(
            name=self.name,
            spans=(self.scope.span,) if self.scope and self.scope.span else tuple(n.span for n in self.names[:1]),
            code=self.code,
            is_total=self.is_total,
            is_subtotal=self.is_subtotal,
            is_department=self.name == WHOLE_DEPARTMENT,
            amounts=amounts,
            facts=tuple(self.facts),
            sources=own_sources,
            rates=tuple(_rebase(r, own_sources, amounts, lexicon, several) for r in self.rates),
            self_score=_stated(self.scores),
            grade=_stated(self.grades),
            scores=tuple(self.scores),
            grades=tuple(self.grades),
            execution_weight=self.execution_weight,
            execution_score=self.execution_score,
            indicators=tuple(listed or with_goals(self.indicators, self.goals)),
            told=tuple(i for i in self.indicators if listed and i.origin is Origin.PROSE),
            segment=Segment((*(self.scope.segment.spans if self.scope else ()), *(s for f in self.forms for s in (*f.spans, *f.notes)))),
            forms=tuple(self.forms),
            names=(*(self.scope.names if self.scope else ()), *self.names),
        )


def by_paragraph(drafts: Sequence[Draft]) -> dict[int, list[Draft]]:
    """The drafts whose own text holds a paragraph, or a part of it, by the paragraph's index."""
    found: dict[int, list[Draft]] = {}
    for draft in drafts:
        for index in {span.paragraph for span in draft.scope.segment.spans} if draft.scope else ():
            found.setdefault(index, []).append(draft)
    return found


def _rebase(rate: Rate, parts: tuple[Source, ...], amounts: dict[Measure, Fact], lexicon: Lexicon, several: bool) -> Rate:
    """A source's own rate is the fund's where no others have rates (`several`); a paid rate without arrivals is of the budget."""
    if rate.of == "source" and len(parts) < 2 and not several:
        of = "arrived/budget" if rate.context == "arrived" else "executed/budget"
        given, whole = (parts[0].budget if parts else None), amounts.get(Measure.BUDGET)
        is_part = not parts or (given is not None and whole is not None and given.quantity.value < whole.quantity.value)
        return replace(rate, of=of, source=None, qualifier=rate.qualifier or (rate.source or "" if is_part else ""))
    if rate.of == "source":
        return replace(rate, source=source_named(rate.source, parts, lexicon)) if parts else rate
    if rate.of == "executed/arrived" and Measure.ARRIVED not in amounts and not rate.named_base:
        return replace(rate, of="executed/budget")
    return rate


def _stated(stated: list[Stated]) -> Stated | None:
    """A form's score stands before a table's and prose; of several in prose the first."""
    rank = {Origin.FORM: 2, Origin.TABLE: 1, Origin.PROSE: 0}
    return max(stated, key=lambda s: rank[s.origin]) if stated else None
