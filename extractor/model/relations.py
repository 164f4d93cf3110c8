"""The few relations that carry every re-derivable claim, judged by interval arithmetic.

Each function answers with a `Judgement`: does the statement hold as written, only by rounding, or in no reading?
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from extractor.model.quantity import HUNDRED, TWO, ZERO, Bound, Interval, Quantity, rounded, truncated


class Outcome(Enum):
    HOLDS = "holds"
    BY_ROUNDING = "by_rounding"  # consistent, worth an info
    WEAK = "weak"  # inconsistent, yet small enough for a warning only
    FAILS = "fails"


class Allowance(Enum):
    """Why a statement that is not exactly right is still let pass."""

    TAIL = "tail"  # 尾差: the figures were rounded before they were used
    TRUNCATED = "truncated"  # 79.63 printed as 79
    FULL_BY_ROUNDING = "full_by_rounding"  # 99.6 printed as 100
    BOUND_WORD = "bound_word"  # 约, 超过, 不足 …


@dataclass(frozen=True, slots=True)
class Judgement:
    outcome: Outcome
    expected: Decimal
    allowance: Allowance | None = None

    @property
    def is_consistent(self) -> bool:
        return self.outcome in (Outcome.HOLDS, Outcome.BY_ROUNDING)


@dataclass(frozen=True, slots=True)
class Operand:
    """An amount in a relation; a budget in 元 or 万元 with at most one decimal is an appropriation, hence exact."""

    quantity: Quantity
    is_budget: bool = False

    @property
    def is_appropriation(self) -> bool:
        return self.is_budget and self.quantity.decimals <= 1 and self.quantity.multiplier <= 10000

    @property
    def written(self) -> Interval:
        """The reading closest to what is printed: only figures of two or more decimals are taken as rounded."""
        return self.quantity.exact if self.is_appropriation or self.quantity.decimals < 2 else self.quantity.interval

    @property
    def rounded(self) -> Interval:
        """The widest honest reading: every amount but an appropriation was rounded."""
        return self.quantity.exact if self.is_appropriation else self.quantity.interval


def judge_ratio(numerator: Operand, denominator: Operand, stated: Quantity) -> Judgement:
    """Is `stated` per cent the numerator over the denominator?

    Raises ZeroDivisionError where the denominator is zero. `expected` is in per cent, unrounded.

    >>> n, d = Operand(Quantity(Decimal(430), 0, "元")), Operand(Quantity(Decimal(540), 0, "元"), is_budget=True)
    >>> judge_ratio(n, d, Quantity(Decimal(80), 0, "%")).outcome
    <Outcome.HOLDS: 'holds'>
    """
    if not denominator.quantity.value:
        raise ZeroDivisionError("the denominator is zero")
    expected = numerator.quantity.value / denominator.quantity.value * HUNDRED
    claim = stated.interval
    if _meets(numerator.written, denominator.written, claim):
        if stated.value == HUNDRED and expected != HUNDRED and not _meets(numerator.written, denominator.written, stated.exact):
            return Judgement(Outcome.BY_ROUNDING, expected, Allowance.FULL_BY_ROUNDING)
        return Judgement(Outcome.HOLDS, expected)
    if _meets(numerator.rounded, denominator.rounded, claim):
        return Judgement(Outcome.BY_ROUNDING, expected, Allowance.TAIL)
    shown = stated.decimals if stated.multiplier == 1 else 0
    if stated.multiplier == 1 and truncated(expected, shown) == stated.value:
        return Judgement(Outcome.BY_ROUNDING, expected, Allowance.TRUNCATED)
    if stated.bound is not Bound.NONE and expected in stated.tolerance:
        return Judgement(Outcome.BY_ROUNDING, expected, Allowance.BOUND_WORD)
    return Judgement(Outcome.FAILS, expected)


def _meets(numerator: Interval, denominator: Interval, claim: Interval) -> bool:
    try:
        quotient = numerator / denominator
    except ZeroDivisionError:
        return False
    return Interval(quotient.low * HUNDRED, quotient.high * HUNDRED).meets(claim)


def judge_sum(parts: Sequence[Quantity], total: Quantity) -> Judgement:
    """Do the parts add up to the total? `expected` is the sum of the parts as written.

    Whole 万元 throughout are no rounded figures as a rule: a difference there is weak, not allowed.
    """
    expected = sum((part.value for part in parts), ZERO)
    gap = abs(expected - total.value)
    if not gap:
        return Judgement(Outcome.HOLDS, expected)
    terms = (*parts, total)
    slack = sum((ZERO if term.is_exact_yuan else term.step / TWO for term in terms), ZERO)
    if gap <= slack:
        if all(term.decimals == 0 and term.step == 10000 for term in terms):
            return Judgement(Outcome.WEAK, expected)
        return Judgement(Outcome.BY_ROUNDING, expected, Allowance.TAIL)
    if any(term.bound is not Bound.NONE for term in terms):
        reach = sum(((term.tolerance.high - term.tolerance.low) / TWO for term in terms if term.bound is Bound.APPROX), slack)
        if gap <= reach or any(term.bound in (Bound.AT_LEAST, Bound.AT_MOST) for term in terms):
            return Judgement(Outcome.BY_ROUNDING, expected, Allowance.BOUND_WORD)
    return Judgement(Outcome.FAILS, expected)


def judge_same(first: Quantity, second: Quantity) -> Judgement:
    """Do two statements of one figure agree at the coarser precision? `expected` is the more precise one."""
    finer = first if first.step <= second.step else second
    if first.value == second.value or first.interval.meets(second.interval):
        return Judgement(Outcome.HOLDS, finer.value)
    coarser = second if finer is first else first
    if coarser.multiplier == finer.multiplier and truncated(finer.digits, coarser.decimals) == coarser.digits:
        return Judgement(Outcome.BY_ROUNDING, finer.value, Allowance.TRUNCATED)
    if Bound.NONE is not first.bound or Bound.NONE is not second.bound:
        if first.tolerance.meets(second.tolerance):
            return Judgement(Outcome.BY_ROUNDING, finer.value, Allowance.BOUND_WORD)
    return Judgement(Outcome.FAILS, finer.value)


def judge_at_most(part: Quantity, whole: Quantity) -> Judgement:
    """Is the part no more than the whole? `expected` is the whole."""
    if part.value <= whole.value:
        return Judgement(Outcome.HOLDS, whole.value)
    if part.interval.low <= whole.interval.high:
        return Judgement(Outcome.BY_ROUNDING, whole.value, Allowance.TAIL)
    return Judgement(Outcome.FAILS, whole.value)


def judge_score(earned: Sequence[Decimal], stated: Quantity) -> Judgement:
    """Is a stated score at most what was earned, by any of the bases given, at the decimals of the stated score?

    A score below what is earned is never held against the report. `expected` is the best base, rounded.
    """
    best = max(earned)
    shown = rounded(best, stated.decimals)
    if stated.value == shown:
        return Judgement(Outcome.HOLDS, shown)
    if stated.value < shown:
        return Judgement(Outcome.HOLDS, shown)
    if stated.interval.low <= best:
        return Judgement(Outcome.BY_ROUNDING, shown, Allowance.TAIL)
    return Judgement(Outcome.FAILS, shown)
