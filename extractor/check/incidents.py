"""One incident, one finding: contradictions that share their figures are told once, with every passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from extractor.model.document import Span
from extractor.model.findings import Finding

Kin = Callable[[Finding, Finding], bool]


FEW_POINTS = 30


@dataclass(frozen=True, slots=True)
class Fold:
    """Findings of the checks `into` take in those of the checks `absorbed` that are of the same incident."""

    into: frozenset[str]
    absorbed: frozenset[str]
    kin: Kin
    is_echo: bool = False  # the absorbed one weighs nothing of its own: the same figures in another row


def share_figure(first: Finding, second: Finding) -> bool:
    """Do they question one and the same figure of the document?"""
    return _overlap(first.highlight, second.highlight)


def share_project(first: Finding, second: Finding) -> bool:
    return first.project is not None and first.project == second.project


def follows_from_a_unit(first: Finding, second: Finding) -> bool:
    """Are they of one project, and is no rate wrong by a few points only? A unit that slipped does not explain that."""
    if not share_project(first, second) or not second.check.startswith("rate-"):
        return share_project(first, second)
    try:
        off = Decimal((second.stated or "").rstrip("%")) - Decimal((second.expected or "").rstrip("%"))
    except InvalidOperation:
        return True
    return abs(off) > FEW_POINTS


def share_operand(first: Finding, second: Finding) -> bool:
    """Are they of one project, and does a figure of the one stand among those of the other?"""
    return share_project(first, second) and _overlap(_figures(first), _figures(second))


def adds_what_is_questioned(first: Finding, second: Finding) -> bool:
    """Does a figure that the one questions stand among the figures of the other, whoever's it is?"""
    return _overlap(first.highlight, _figures(second))


def share_gap(first: Finding, second: Finding) -> bool:
    """Are two sums of one project off by the same amount? 90 of 100 points, and 80 under a label of 90."""
    return share_project(first, second) and _gap(first) is not None and _gap(first) == _gap(second)


def asks_for_the_same_reason(first: Finding, second: Finding) -> bool:
    """A form's blank column for reasons, and low execution that is not explained elsewhere either."""
    return first.message == "execution" and share_project(first, second)


def repeats_the_rate(first: Finding, second: Finding) -> bool:
    """Is the rate of a source, 其中：财政资金, the one that its project's row gives for the same money?"""
    if not share_project(first, second) or first.stated != second.stated or not (first.operands and second.operands):
        return False
    return first.operands[0].value == second.operands[0].value


def follows_from_the_rate(first: Finding, second: Finding) -> bool:
    """Are the points of a row the completion that it states, which is wrong, times its weight: 84/120, 80%, 12 of 15 points?"""
    weight = next((operand.value for operand in second.operands if operand.role == "weight"), None)
    if weight is None or not share_operand(first, second):
        return False
    try:
        rate, score = Decimal((first.stated or "").rstrip("%")), Decimal(second.stated or "")
        return Decimal(weight) * rate == score * 100
    except InvalidOperation:
        return False


def _gap(finding: Finding) -> Decimal | None:
    stated, expected = ((text or "").removesuffix("分") for text in (finding.stated, finding.expected))
    try:
        return abs(Decimal(stated) - Decimal(expected))
    except InvalidOperation:
        return None


def _figures(finding: Finding) -> tuple[Span, ...]:
    return (*finding.highlight, *(span for operand in finding.operands for span in operand.spans))


def _overlap(first: Iterable[Span], second: Iterable[Span]) -> bool:
    beside: dict[int, list[Span]] = defaultdict(list)
    for span in second:
        beside[span.paragraph].append(span)
    return any(a in b or b in a for a in first for b in beside.get(a.paragraph, ()))


FOLDS = (
    Fold(frozenset({"amount-unit-suspect"}), frozenset({"amount-conflicting-mentions"}), share_operand),
    Fold(
        frozenset({"amount-unit-suspect"}),
        frozenset({"rate-execution-recompute", "amount-executed-exceeds-available", "rate-low-execution-unexplained"}),
        follows_from_a_unit,
    ),
    Fold(
        frozenset({"amount-unit-suspect"}),
        frozenset({"amount-detail-sum", "amount-project-total-vs-summary", "amount-source-sum", "rate-source-recompute"}),
        adds_what_is_questioned,
    ),
    Fold(
        frozenset({"amount-source-usage-contradiction"}),
        frozenset({"rate-source-recompute", "amount-conflicting-mentions", "amount-source-sum", "amount-detail-sum"}),
        share_operand,
    ),
    Fold(frozenset({"amount-annual-vs-multiyear"}), frozenset({"amount-executed-exceeds-available"}), share_project),
    Fold(
        frozenset({"rate-execution-recompute", "rate-source-recompute", "rate-payment-recompute"}),
        frozenset({"rate-full-with-shortfall"}),
        share_figure,
    ),
    Fold(
        frozenset({"rate-execution-recompute", "rate-arrival-recompute", "rate-payment-recompute", "rate-source-recompute"}),
        frozenset({"rate-conflicting-mentions", "rate-out-of-range", "rate-denominator-basis"}),
        share_figure,
    ),
    Fold(
        frozenset({"rate-denominator-basis", "rate-execution-recompute"}),
        frozenset({"rate-source-recompute"}),
        repeats_the_rate,
        is_echo=True,
    ),
    Fold(frozenset({"amount-executed-exceeds-available"}), frozenset({"rate-out-of-range"}), share_project),
    Fold(
        frozenset({"rate-execution-recompute"}),
        frozenset({"rate-low-execution-unexplained", "score-execution-formula", "score-above-upper-bound"}),
        share_project,
    ),
    Fold(
        frozenset({"amount-conflicting-mentions"}),
        frozenset({"amount-project-total-vs-summary", "amount-detail-sum", "amount-source-sum"}),
        share_figure,
    ),
    Fold(frozenset({"rate-indicator-recompute"}), frozenset({"score-indicator-formula"}), follows_from_the_rate),
    Fold(frozenset({"indicator-direction-violated"}), frozenset({"claim-overstated"}), share_figure),
    Fold(frozenset({"amount-unit-suspect"}), frozenset({"text-form-mismatch"}), share_figure),
    Fold(frozenset({"score-row-exceeds-weight"}), frozenset({"score-indicator-formula"}), share_figure),
    Fold(frozenset({"score-indicator-formula"}), frozenset({"indicator-direction-violated"}), share_operand),
    Fold(frozenset({"weight-sum-not-100"}), frozenset({"weight-subtotal-mismatch"}), share_gap),
    Fold(
        frozenset({"form-total-row-zero"}),
        frozenset({"rate-execution-recompute", "rate-zero-denominator", "rate-low-execution-unexplained", "amount-source-sum"}),
        share_project,
    ),
    Fold(frozenset({"deviation-reason-missing"}), frozenset({"rate-low-execution-unexplained"}), asks_for_the_same_reason),
)
"""In order: what is taken in by an earlier rule is gone for the later ones."""


def fold(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings with those of one incident merged: the worst severity, every passage, every claim.

    >>> fold(())
    ()
    """
    left = _once(findings)
    for rule in FOLDS:
        left = _applied(rule, left)
    return tuple(left)


def _once(findings: tuple[Finding, ...]) -> list[Finding]:
    """Findings with one formula and the same words, of a total row and of the row of its only part, are one."""
    found: dict[object, Finding] = {}
    for finding in findings:
        key: object = id(finding)
        if finding.formula is not None:
            key = (finding.check, finding.message, tuple(finding.arguments.items()), finding.project, finding.stated, finding.formula)
        found[key] = merge(found[key], finding) if key in found else finding
    return list(found.values())


def _applied(rule: Fold, findings: list[Finding]) -> list[Finding]:
    hosts = [place for place, finding in enumerate(findings) if finding.check in rule.into]
    if not hosts:
        return findings
    out: dict[int, Finding] = dict(enumerate(findings))
    for place, finding in enumerate(findings):
        if finding.check not in rule.absorbed or finding.check in rule.into:
            continue
        host = next((h for h in hosts if rule.kin(findings[h], finding)), None)
        if host is not None:
            merged = merge(out[host], finding)
            own = out[host]
            out[host] = replace(merged, severity=own.severity, doubts=own.doubts) if rule.is_echo else merged
            del out[place]
    return list(out.values())


def merge(host: Finding, guest: Finding) -> Finding:
    """The host's message with the guest's evidence; doubts are those of the one that weighs more."""
    heavier = host if host.severity >= guest.severity else guest
    return replace(
        host,
        severity=heavier.severity,
        doubts=heavier.doubts,
        spans=_united(host.spans, guest.spans),
        operands=tuple(dict.fromkeys((*host.operands, *guest.operands))),
        claims=tuple(dict.fromkeys((*host.claims, *guest.claims))),
        highlight=_united(host.highlight, guest.highlight),
    )


def _united(first: Iterable[Span], second: Iterable[Span]) -> tuple[Span, ...]:
    """Both without the spans that lie inside another."""
    spans = tuple(dict.fromkeys((*first, *second)))
    beside: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        beside[span.paragraph].append(span)
    return tuple(span for span in spans if not any(span in other for other in beside[span.paragraph] if other is not span))
