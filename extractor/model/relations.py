"""The few relations that carry every re-derivable claim, judged by interval arithmetic.

Each function answers with a `Judgement`: does the statement hold as written, only by rounding, or in no reading?
A statement with a bound word (约, 超过, 不足) that holds in no reading is weak: such words never make an error by themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from operator import attrgetter

from extractor.model.frozen import frozen
from extractor.model.quantity import HUNDRED, ONE, TEN, TWO, ZERO, Bound, Interval, Quantity, truncated

TEN_THOUSAND = Decimal(10000)


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


@frozen
class Judgement:
    outcome: Outcome
    expected: Decimal
    allowance: Allowance | None = None

    @property
    def is_consistent(self) -> bool:
        return self.outcome in (Outcome.HOLDS, Outcome.BY_ROUNDING)


@frozen
class Operand:
    """A figure in a relation. A budget in 元 or 万元 with at most one decimal is an appropriation, hence exact; so is a
    count of things that have no parts (people, projects)."""

    quantity: Quantity
    is_budget: bool = False
    is_count: bool = False

    @property
    def is_appropriation(self) -> bool:
        return self.is_budget and self.quantity.decimals <= 1 and self.quantity.multiplier <= TEN_THOUSAND

    @property
    def is_exact(self) -> bool:
        whole = self.is_count and not self.quantity.decimals and self.quantity.multiplier == ONE
        return whole or self.is_appropriation

    @property
    def written(self) -> Interval:
        """The reading closest to what is printed: only figures of two or more decimals are taken as rounded."""
        return self.quantity.exact if self.is_exact or self.quantity.decimals < 2 else self.quantity.interval

    @property
    def rounded(self) -> Interval:
        """The widest honest reading: every amount but an appropriation was rounded."""
        return self.quantity.exact if self.is_exact else self.quantity.interval

    @property
    def tolerant(self) -> Interval:
        """The widest honest reading, with what 约 and the like allow."""
        return self.rounded if self.quantity.bound is Bound.NONE else self.quantity.tolerance


Reading = Callable[[Operand], Interval]
_as_written: Reading = attrgetter("written")
_as_rounded: Reading = attrgetter("rounded")


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

    def quotient(reading: Reading) -> Interval:
        return _percent(reading(numerator), reading(denominator))

    return _judge_rate(expected, quotient, stated, numerator, denominator)


def judge_change(current: Operand, previous: Operand, stated: Quantity, falls: bool = False) -> Judgement:
    """Is `stated` per cent the growth from the previous to the current figure (the decline, where it `falls`)?

    Raises ZeroDivisionError where the previous figure is zero.

    >>> now, before = Operand(Quantity(Decimal(63), 0, "元")), Operand(Quantity(Decimal(60), 0, "元"))
    >>> judge_change(now, before, Quantity(Decimal(5), 0, "%")).outcome
    <Outcome.HOLDS: 'holds'>
    """
    if not previous.quantity.value:
        raise ZeroDivisionError("the previous figure is zero")
    sign = -ONE if falls else ONE
    expected = sign * (current.quantity.value / previous.quantity.value - ONE) * HUNDRED

    def growth(reading: Reading) -> Interval:
        share = _percent(reading(current), reading(previous))
        return Interval(sign, sign) * Interval(share.low - HUNDRED, share.high - HUNDRED)

    return _judge_rate(expected, growth, stated, current, previous)


def _percent(numerator: Interval, denominator: Interval) -> Interval:
    try:
        quotient = numerator / denominator
    except ZeroDivisionError:  # 不足 reaches down to zero: nothing can be excluded
        return Interval(-Decimal("1e60"), Decimal("1e60"))
    return Interval(quotient.low * HUNDRED, quotient.high * HUNDRED)


def _judge_rate(expected: Decimal, reading: Callable[[Reading], Interval], stated: Quantity, *operands: Operand) -> Judgement:
    as_written = reading(_as_written)
    if as_written.meets(stated.interval):
        if stated.value == HUNDRED != expected and not as_written.meets(stated.exact):
            return Judgement(Outcome.BY_ROUNDING, expected, Allowance.FULL_BY_ROUNDING)
        return Judgement(Outcome.HOLDS, expected)
    if reading(_as_rounded).meets(stated.interval):
        return Judgement(Outcome.BY_ROUNDING, expected, Allowance.TAIL)
    if _cut_off_shows_as(expected, stated):
        return Judgement(Outcome.BY_ROUNDING, expected, Allowance.TRUNCATED)
    if stated.bound is Bound.NONE and all(operand.quantity.bound is Bound.NONE for operand in operands):
        return Judgement(Outcome.FAILS, expected)
    if reading(lambda operand: operand.tolerant).meets(stated.tolerance):
        return Judgement(Outcome.BY_ROUNDING, expected, Allowance.BOUND_WORD)
    return Judgement(Outcome.WEAK, expected)


FINE = 2
"""Decimals of 万元 from which on an author writes amounts in full, without the zeros at their end."""


def judge_sum(parts: Sequence[Quantity], total: Quantity, counts: bool = False) -> Judgement:
    """Do the parts add up to the total? `expected` is the sum of the parts as written; `counts` have no fractions.

    Whole 万元 throughout are no rounded figures as a rule, nor are the whole ones beside others with decimals (30万元、29.99万元
    of 89.97万元): a difference there is weak, not allowed.
    """
    expected = sum((part.value for part in parts), ZERO)
    gap = abs(expected - total.value)
    if not gap:
        return Judgement(Outcome.HOLDS, expected)
    terms = (*parts, total)
    slack = sum((_half_step(term, counts) for term in terms), ZERO)
    if gap <= slack:
        if all(term.decimals == 0 and term.multiplier == TEN_THOUSAND for term in terms) or _is_finer(parts, total, gap):
            return Judgement(Outcome.WEAK, expected)
        return Judgement(Outcome.BY_ROUNDING, expected, Allowance.TAIL)
    if all(term.bound is Bound.NONE and term.upper is None for term in terms):
        return Judgement(Outcome.FAILS, expected)
    added = Interval(ZERO, ZERO)
    for part in parts:
        added = added + part.tolerance
    if added.meets(total.tolerance):
        return Judgement(Outcome.BY_ROUNDING, expected, Allowance.BOUND_WORD)
    return Judgement(Outcome.WEAK, expected)


def _is_finer(parts: Sequence[Quantity], total: Quantity, gap: Decimal) -> bool:
    """Is the total told as finely as the finest part, in one unit, and the difference more than that fineness explains?"""
    multipliers = {term.multiplier for term in (*parts, total)}
    decimals = {part.decimals for part in parts}
    is_mixed = min(decimals) == 0 and FINE <= max(decimals) == total.decimals
    fractional = sum(term.decimals > 0 for term in (*parts, total))
    return is_mixed and multipliers == {TEN_THOUSAND} and gap > fractional * total.step / TWO


def _half_step(term: Quantity, counts: bool) -> Decimal:
    if term.is_exact_yuan or (counts and not term.decimals and term.multiplier == ONE):
        return ZERO
    return term.step / TWO


def judge_difference(
    whole: Quantity, taken: Sequence[Quantity], stated: Quantity, counts: bool = False, is_told_in_full: bool = False
) -> Judgement:
    """Is `stated` what is left of the whole? `expected` is the difference as written.

    A whole that `is_told_in_full` is a budget in the words of whoever tells the rest with decimals: in whole 万元 it is no rounded
    figure, and a difference that only its rounding would explain is weak (160万元, 156.8万元 and 2.6万元).
    """
    left = whole.value - sum((part.value for part in taken), ZERO)
    judgement = replace(judge_sum((*taken, stated), whole, counts), expected=left)
    if is_told_in_full and judgement.allowance is Allowance.TAIL and _is_beyond_the_finer(whole, (*taken, stated), left - stated.value):
        return Judgement(Outcome.WEAK, left)
    return judgement


def _is_beyond_the_finer(whole: Quantity, others: Sequence[Quantity], gap: Decimal) -> bool:
    """Is a whole of whole 万元 off by more than half a step of the others and of itself, were it told as finely as they are?"""
    steps = [other.step for other in others]
    alike = all(term.multiplier == TEN_THOUSAND and term.bound is Bound.NONE for term in (whole, *others))
    return alike and not whole.decimals and all(other.decimals for other in others) and abs(gap) > (sum(steps, ZERO) + max(steps)) / TWO


def judge_shares(shares: Sequence[Quantity]) -> Judgement:
    """Do the percentages of one whole make 100%? `expected` is their sum.

    >>> thirds = [Quantity(Decimal("33.3"), 1, "%")] * 3
    >>> judge_shares(thirds).outcome
    <Outcome.BY_ROUNDING: 'by_rounding'>
    """
    expected = sum((share.value for share in shares), ZERO)
    gap = abs(expected - HUNDRED)
    if not gap:
        return Judgement(Outcome.HOLDS, expected)
    if gap <= sum((share.step / TWO for share in shares), ZERO):
        return Judgement(Outcome.BY_ROUNDING, expected, Allowance.TAIL)
    if any(share.bound is not Bound.NONE for share in shares):
        return Judgement(Outcome.BY_ROUNDING, expected, Allowance.BOUND_WORD)
    return Judgement(Outcome.FAILS, expected)


def judge_same(first: Operand, second: Operand) -> Judgement:
    """Do two statements of one figure agree at the coarser precision? `expected` is the more precise one.

    Two figures shown to the same digit and one unit of it apart: a slip of copying or rounding where two decimals are
    shown (an info), weak where fewer are shown and that unit is at most a hundredth of the figure.
    """
    finer, coarser = (first, second) if first.quantity.step <= second.quantity.step else (second, first)
    fine, coarse = finer.quantity, coarser.quantity
    expected = fine.value
    if fine.value == coarse.value and fine.upper == coarse.upper:
        return Judgement(Outcome.HOLDS, expected)
    if fine.step < coarse.step:
        if fine.interval.meets(coarse.interval):
            return Judgement(Outcome.HOLDS, expected)
        if _cut_off_shows_as(expected, coarse):
            return Judgement(Outcome.BY_ROUNDING, expected, Allowance.TRUNCATED)
    if fine.bound is not Bound.NONE or coarse.bound is not Bound.NONE:
        if fine.tolerance.meets(coarse.tolerance):
            return Judgement(Outcome.BY_ROUNDING, expected, Allowance.BOUND_WORD)
        return Judgement(Outcome.WEAK, expected)
    if fine.step == coarse.step == abs(fine.value - coarse.value) and not (finer.is_exact or coarser.is_exact):
        if fine.decimals >= 2:
            return Judgement(Outcome.BY_ROUNDING, expected, Allowance.TAIL)
        if fine.step * HUNDRED <= min(abs(fine.value), abs(coarse.value)):
            return Judgement(Outcome.WEAK, expected)
    return Judgement(Outcome.FAILS, expected)


def _cut_off_shows_as(value: Decimal, shown: Quantity) -> bool:
    """Does a value in base units, its digits cut off, show as that figure?

    >>> _cut_off_shows_as(Decimal("79.63"), Quantity(Decimal(79), 0, "%"))
    True
    """
    return truncated(value / shown.multiplier, shown.decimals) == shown.digits


def judge_at_most(part: Operand, whole: Operand) -> Judgement:
    """Is the part no more than the whole? `expected` is the whole."""
    limit = whole.quantity.value
    if part.quantity.value <= limit:
        return Judgement(Outcome.HOLDS, limit)
    if part.rounded.low <= whole.rounded.high:
        return Judgement(Outcome.BY_ROUNDING, limit, Allowance.TAIL)
    if part.tolerant.low <= whole.tolerant.high:
        return Judgement(Outcome.BY_ROUNDING, limit, Allowance.BOUND_WORD)
    words = (part.quantity.bound, whole.quantity.bound)
    return Judgement(Outcome.FAILS if words == (Bound.NONE, Bound.NONE) else Outcome.WEAK, limit)


def judge_unit_slip(first: Decimal, second: Decimal) -> int | None:
    """The power of ten (2, 3, 4 or 8) by which two statements of one amount differ within 1%, as if a unit were wrong.

    >>> judge_unit_slip(Decimal(42700), Decimal(427000000)), judge_unit_slip(Decimal(3), Decimal(6))
    (4, None)
    """
    if not first or not second:
        return None
    ratio = max(abs(first), abs(second)) / min(abs(first), abs(second))
    return next((power for power in (2, 3, 4, 8) if abs(ratio / TEN**power - ONE) <= Decimal("0.01")), None)
