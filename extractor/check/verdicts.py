"""From a judgement to what a check yields: the claim with its verdict, and the finding where there is something to query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractor.check.shown import verdict
from extractor.model.document import Span
from extractor.model.facts import SURE, Doubts
from extractor.model.findings import Claim, Finding, OperandShown, Relation, Severity, Verdict
from extractor.model.relations import Judgement, Outcome


def judged(
    relation: Relation,
    check: str,
    judgement: Judgement,
    stated: str,
    spans: tuple[Span, ...],
    project: str | None = None,
    expected: str | None = None,
    formula: str | None = None,
    operands: Sequence[OperandShown] = (),
) -> Claim:
    """A claim with the verdict of a judgement, and what let it pass where it is not exactly right."""
    allowance = judgement.allowance.value if judgement.allowance else None
    return Claim(relation, check, stated, verdict(judgement), spans, project, expected, formula, tuple(operands), allowance=allowance)


def unchecked(relation: Relation, check: str, stated: str, spans: tuple[Span, ...], reason: str, project: str | None = None) -> Claim:
    """A claim that could not be checked, with the reason's code."""
    return Claim(relation, check, stated, Verdict.NOT_CHECKABLE, spans, project, reason=reason)


def weight(judgement: Judgement, most: Severity) -> Severity:
    """An error only where no reading explains the figures; a small difference is a warning, one of rounding an info."""
    if judgement.is_consistent:
        return Severity.INFO
    return most if judgement.outcome is Outcome.FAILS else min(most, Severity.WARNING)


def finding(
    claim: Claim,
    severity: Severity,
    message: str = "default",
    arguments: Mapping[str, str] | None = None,
    doubts: Doubts = SURE,
    highlight: tuple[Span, ...] = (),
    spans: tuple[Span, ...] | None = None,
) -> Finding:
    """The finding that rests on a claim. Its sentence may use {stated}, {expected}, {formula} and the arguments given."""
    shown = {"stated": claim.stated, "expected": claim.expected or "", "formula": claim.formula or ""}
    return Finding(
        claim.check,
        severity,
        spans or claim.spans,
        message,
        {**shown, **(arguments or {})},
        project=claim.project,
        stated=claim.stated,
        expected=claim.expected,
        formula=claim.formula,
        operands=claim.operands,
        claims=(claim,),
        doubts=doubts,
        highlight=highlight,
    )
