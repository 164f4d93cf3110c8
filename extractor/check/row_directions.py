"""Rows of a form that say their target is met, and are short of it."""

from __future__ import annotations

from extractor.check.form_rows import forms, rows
from extractor.check.registry import Case
from extractor.check.shown import shown_operand, written
from extractor.check.targets import aligned, direction, held, is_unit_presumed
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
    target, actual, pair = indicator.target, indicator.actual, aligned(case, indicator)
    operator, is_printed = direction(case, indicator)
    if target is None or actual is None or pair is None or operator is Operator.QUALITATIVE:
        return
    met = held(operator, *pair, is_count(case, pair[1]))
    said = case.lexicon.pattern("checks.said_met")
    if met is None or not (met.is_met or said.search(actual.text) or said.search(indicator.reason)):
        return
    judgement = Judgement(Outcome.HOLDS if met.is_met else Outcome.FAILS, pair[0].value)
    operands = [shown_operand("actual", pair[1], *actual.spans[:1]), shown_operand("target", pair[0], *target.spans[:1])]
    formula = f"{written(pair[1])} {operator.value} {written(pair[0]).lstrip('≥≤≧≦<>=＝＞＜═')}"
    holds = formula if met.is_met else None
    claim = judged(Relation.BOUND, NAME, judgement, actual.text, indicator.spans, project.name, target.text, holds, operands)
    yield claim
    if not met.is_met:
        doubts = indicator.doubts | (frozenset() if is_printed and not is_unit_presumed(indicator) else {Doubt.INFERRED})
        arguments = {"name": indicator.name, "target": target.text}
        yield finding(claim, Severity.ERROR, arguments=arguments, doubts=doubts, highlight=actual.spans[:1])
