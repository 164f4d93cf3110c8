"""When a rate that fails may be one of other amounts: told beside it, or too far off to be a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from extractor.check.passages import SENTENCE_MARKS
from extractor.check.registry import Case
from extractor.model.document import Span
from extractor.model.facts import Fact, Kind, Project, Rate, StatementKind
from extractor.model.quantity import HUNDRED, Quantity
from extractor.model.relations import Operand, Outcome, judge_ratio

FURTHEST = Decimal(200)
"""No rate of a fund's own amounts is beyond so many per cent where the report states about a hundred or less."""
MOST_AMOUNTS = 40


def may_be_of_others(case: Case, project: Project, rate: Rate, expected: Decimal, top: Fact | None = None) -> bool:
    """Does the rate come out of two other amounts of its paragraph or project, or not at all near what was reckoned?

    What was spent is certain where it stands right before the rate (支出314.04万元，执行率98.25%): only its base may be another then.
    Never asked of a stated 100%: two mentions of one amount would always give it.
    """
    if expected > FURTHEST and rate.quantity.value <= HUNDRED * Decimal("1.2"):
        return True
    if rate.quantity.value == HUNDRED:
        return False
    amounts = _amounts_near(case, project, rate)
    parts = [top.quantity] if top is not None and _is_right_before(case, top, rate) else amounts
    return any(
        judge_ratio(Operand(part), Operand(whole, is_budget=True), rate.quantity).outcome is Outcome.HOLDS
        for part in parts
        for whole in amounts
        if whole.value and part.value != whole.value and (part.value < whole.value or rate.quantity.value > HUNDRED)
    )


def _is_right_before(case: Case, top: Fact, rate: Rate) -> bool:
    """Is the amount the last one before the rate, in the same sentence?"""
    if not top.spans or not rate.spans or top.spans[0].paragraph != rate.spans[0].paragraph:
        return False
    own, place = top.spans[0], rate.spans[0]
    between = case.facts.document.quote(Span(own.paragraph, own.end, place.start)) if own.end <= place.start else "。"
    return not any(mark in between for mark in SENTENCE_MARKS) and not any(map(str.isdigit, between))


def _amounts_near(case: Case, project: Project, rate: Rate) -> list[Quantity]:
    """The amounts of the rate's paragraph and of the project, each once."""
    mentions = [m for span in rate.spans[:1] for m in case.facts.mentions.get(span.paragraph, ())]
    told = [m.quantity for m in mentions if m.kind is Kind.MONEY and m.quantity and m.quantity.upper is None]
    told += [fact.quantity for fact in project.facts]
    for span in project.segment.spans:
        if len(told) > MOST_AMOUNTS:
            break
        told += [m.quantity for m in case.facts.mentions_in(span) if m.kind is Kind.MONEY and m.quantity and m.quantity.upper is None]
    return list({quantity.value: quantity for quantity in told}.values())[:MOST_AMOUNTS]


def is_behind_a_part(case: Case, rate: Rate, amounts: Iterable[Fact | None]) -> bool:
    """Does a part stand between the whole's amounts and the rate: 支出90万元，其中省级资金支出60万元，执行率95%?"""
    own, facts = rate.spans[0], [f.spans[0] for f in amounts if f is not None and f.spans]
    lists = (s for s in case.facts.statements if s.kind is StatementKind.BREAKDOWN and s.stated.quantity.unit == "元")
    parts = [t.span for s in lists for t in s.operands if t.span.paragraph == own.paragraph and t.span.start < own.start]
    return any(all(f.paragraph != p.paragraph or f.end <= p.start for f in facts) for p in parts)
