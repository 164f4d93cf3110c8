"""What a unit adds of its own to what it was given: 中央下达3,600万元，自筹1,400万元，总投资5,000万元."""

from __future__ import annotations

from dataclasses import replace

from extractor.check.reasons import says
from extractor.check.registry import Case
from extractor.check.stated import in_one_sentence, is_investment
from extractor.model.document import Span
from extractor.model.facts import Fact, Measure, Origin, Project
from extractor.model.quantity import ZERO

BUDGETS = (Measure.BUDGET, Measure.BUDGET_INITIAL)


def may_have_own_funds(case: Case, project: Project, base: Fact | None) -> bool:
    """Does the project's part speak of the unit's own money, and not as a part of the base: 预算3,600万元，其中自筹1,400万元?"""
    if base is None or not says(case, project, "own_funds"):
        return False
    return not any(in_one_sentence(case, base, f) and _is_part(case, base, f) for f in _own(case, project))


def _own(case: Case, project: Project) -> list[Fact]:
    words = case.lexicon.words("own_funds")
    return [f for f in project.facts if f.measure in BUDGETS and f.source and any(word in f.source for word in words)]


def with_own_funds(case: Case, project: Project, base: Fact | None) -> Fact | None:
    """What was given and what was added to it in the same sentence, as one amount; None where nothing is told, or as its part."""
    if base is None or base.origin is not Origin.PROSE or not base.spans:
        return None
    own = [f for f in _own(case, project) if in_one_sentence(case, base, f) and not _is_part(case, base, f)]
    if not own or len({f.quantity.multiplier for f in (base, *own)}) > 1:
        return None
    digits = base.quantity.digits + sum((f.quantity.digits for f in own), ZERO)
    decimals = max(f.quantity.decimals for f in (base, *own))
    return replace(
        base, quantity=replace(base.quantity, digits=digits, decimals=decimals, written=""), spans=(*base.spans, *own[0].spans[:1])
    )


def _is_part(case: Case, whole: Fact, part: Fact) -> bool:
    """Does 其中 or the like stand between the two?"""
    first, second = whole.spans[0], part.spans[0]
    between = case.facts.document.quote(Span(first.paragraph, min(first.end, second.end), max(first.start, second.start)))
    return any(word in between for word in case.lexicon.words("breakdown_leads"))


def is_within_investment(case: Case, project: Project, part: Fact, budget: Fact) -> bool:
    """Is an amount beyond the budget within the whole investment that the report tells beside it?"""
    told = (f for f in project.facts if f.measure in BUDGETS and f.source is None and is_investment(case, f))
    return any(budget.quantity.value < f.quantity.value >= part.quantity.value for f in told)
