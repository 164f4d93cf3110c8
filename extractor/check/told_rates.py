"""Rates of execution in the words of a form, against the rate that its own row of funds gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.check.form_tables import Places
from extractor.check.passages import clause
from extractor.check.registry import Case
from extractor.check.stated import is_of_other_period
from extractor.check.told_rows import INITIAL, cell_role
from extractor.model.document import Paragraph, Span
from extractor.model.facts import Fact, Kind, Measure, Origin, Project, Rate
from extractor.model.quantity import Quantity
from extractor.model.relations import Judgement, Operand, judge_ratio, judge_same

SHORTEST = 10
BASES = (Measure.BUDGET, Measure.BUDGET_INITIAL, Measure.ARRIVED)


@dataclass(frozen=True, slots=True)
class ToldRate:
    """A rate told in words, held against the rate of the row that it speaks of."""

    row: Rate
    quantity: Quantity
    figure: Span
    span: Span
    judgement: Judgement


def told_rates(case: Case, places: Places, project: Project) -> Iterator[ToldRate]:
    """Every rate of execution that the cells of a project's forms tell of its funds, or of one source of them."""
    rows = [r for r in project.rates if r.origin is Origin.FORM and r.context == "executed" and r.spans]
    for paragraph in _cells(case, places, project) if rows else ():
        for match in case.lexicon.pattern("form_checks.told_rate").finditer(paragraph.text):
            figure = Span(paragraph.index, *match.span("figure"))
            quantity = next((m.quantity for m in case.facts.mentions_in(figure) if m.kind is Kind.PERCENT), None)
            around = clause(paragraph, match.start(), match.end())
            row = _row(case, rows, paragraph.text[around.start : match.start("of")])
            if quantity is None or row is None or is_of_other_period(case, figure):
                continue
            judgement = judge_same(Operand(row.quantity), Operand(quantity))
            if judgement.is_consistent or not _follows(project, row, quantity):
                yield ToldRate(row, quantity, figure, around, judgement)


def _cells(case: Case, places: Places, project: Project) -> Iterator[Paragraph]:
    """The prose of the forms: reasons and remarks, not what was aimed at."""
    for form in project.forms:
        aims = {span.paragraph for i in form.indicators if i.target is not None for span in i.target.spans}
        for index in dict.fromkeys(span.paragraph for span in form.spans if len(span) >= SHORTEST):
            paragraph = case.facts.document.paragraphs[index]
            if index not in aims and cell_role(case, places, paragraph) not in ("target", INITIAL):
                yield paragraph


def _row(case: Case, rows: list[Rate], before: str) -> Rate | None:
    """The row that words before a rate speak of: the whole where they name nothing else, or one source; None where it is unclear."""
    if any(word in before for word in (*case.lexicon.words("past_cues"), *case.lexicon.words("target_cues"))):
        return None
    named = [r for r in rows if r.source and r.source in before]
    words = _bare(case, before)
    if not named:
        named = [r for r in rows if (words and r.source and _bare(case, r.source) == words) or (not words and r.source is None)]
    elif _bare(case, before.replace(named[0].source or "", "")):
        return None  # 省级资金中设备购置执行率
    return named[0] if len(named) == 1 else None


def _bare(case: Case, words: str) -> str:
    """Words without those that name no part of the funds."""
    for word in case.lexicon.words("rate_subjects"):
        words = words.replace(word, "")
    return "".join(c for c in words if c.isalpha())


def _follows(project: Project, row: Rate, quantity: Quantity) -> bool:
    """Does the rate follow from the amounts of the row, of whatever base?"""
    if row.source is None:
        spent, bases = project.amount(Measure.EXECUTED), [project.amount(base) for base in BASES]
    else:
        own = next((s for s in project.sources if s.label == row.source), None)
        spent, bases = (own.executed, [own.budget, own.arrived]) if own else (None, [])
    return spent is not None and any(_makes(spent, base, quantity) for base in bases if base is not None)


def _makes(spent: Fact, base: Fact, quantity: Quantity) -> bool:
    if not base.quantity.value or spent.quantity.unit != base.quantity.unit:
        return False
    return judge_ratio(Operand(spent.quantity), Operand(base.quantity), quantity).is_consistent
