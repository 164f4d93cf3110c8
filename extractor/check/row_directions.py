"""Rows of a form that say their target is met, and are short of it."""

from __future__ import annotations

from extractor.check.form_rows import forms, rows
from extractor.check.registry import Case
from extractor.check.shown import shown_operand, written
from extractor.check.targets import comparable, direction, held
from extractor.check.told import Yielded, is_count
from extractor.check.verdicts import finding, judged
from extractor.model.facts import Doubt, Indicator, Operator, Project
from extractor.model.findings import Relation, Severity
from extractor.model.relations import Judgement, Outcome

NAME = "indicator-direction-violated"


def form_directions(case: Case) -> Yielded:
    """Every row with a target and an actual in figures: met, or said to be met and not."""
    for project, form in forms(case):
        for indicator in rows(case, form):
            yield from _row(case, project, indicator)


def _row(case: Case, project: Project, indicator: Indicator) -> Yielded:
    target, actual = indicator.target, indicator.actual
    if target is None or actual is None or target.quantity is None or actual.quantity is None:
        return
    operator, is_printed = direction(case, indicator)
    if operator is Operator.QUALITATIVE or not comparable(case, target.quantity, actual.quantity):
        return
    met = held(operator, target.quantity, actual.quantity, is_count(case, actual.quantity))
    said = case.lexicon.pattern("checks.said_met")
    if met is None or not (met.is_met or said.search(actual.text) or said.search(indicator.reason)):
        return
    judgement = Judgement(Outcome.HOLDS if met.is_met else Outcome.FAILS, target.quantity.value)
    operands = [shown_operand("actual", actual.quantity, *actual.spans[:1]), shown_operand("target", target.quantity, *target.spans[:1])]
    formula = f"{written(actual.quantity)} {operator.value} {written(target.quantity).lstrip('≥≤≧≦<>=＝＞＜═')}"
    holds = formula if met.is_met else None
    claim = judged(Relation.BOUND, NAME, judgement, actual.text, indicator.spans, project.name, target.text, holds, operands)
    yield claim
    if not met.is_met:
        doubts = indicator.doubts | (frozenset() if is_printed else {Doubt.INFERRED})
        arguments = {"name": indicator.name, "target": target.text}
        yield finding(claim, Severity.ERROR, arguments=arguments, doubts=doubts, highlight=actual.spans[:1])
