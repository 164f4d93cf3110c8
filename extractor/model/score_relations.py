"""The relations of points: what was earned, sums of scores, weights and their total. See `relations` for what a judgement is."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extractor.model.quantity import ONE, TWO, ZERO, Quantity, rounded
from extractor.model.relations import Allowance, Judgement, Outcome


def judge_score(earned: Sequence[Decimal], stated: Quantity) -> Judgement:
    """Is a stated score at most what was earned, by any of the bases given, at the decimals of the stated score?

    A score below what is earned is never held against the report. `expected` is the best base, rounded.
    """
    shown = rounded(max(earned), stated.decimals)
    return Judgement(Outcome.HOLDS if stated.value <= shown else Outcome.FAILS, shown)


def judge_score_sum(parts: Sequence[Quantity], total: Quantity) -> Judgement:
    """Do the scores add up, at the decimals of the total? A total below the sum is weak: points may be taken off it."""
    added = sum((part.value for part in parts), ZERO)
    shown = rounded(added, total.decimals)
    if shown == total.value:
        return Judgement(Outcome.HOLDS, shown)
    return Judgement(Outcome.FAILS if total.value > shown else Outcome.WEAK, shown)


def judge_points(weights: Sequence[Quantity], total: Quantity) -> Judgement:
    """Do weights make their total? Only such as were rounded themselves (33.3, a third of 100) leave a slack.

    >>> judge_points([Quantity(Decimal("33.3"), 1, "分")] * 3, Quantity(Decimal(100), 0, "分")).outcome
    <Outcome.BY_ROUNDING: 'by_rounding'>
    """
    expected = sum((weight.value for weight in weights), ZERO)
    slack = sum((weight.step / TWO for weight in weights if weight.value * TWO % ONE), ZERO)
    if expected == total.value:
        return Judgement(Outcome.HOLDS, expected)
    if abs(expected - total.value) <= slack:
        return Judgement(Outcome.BY_ROUNDING, expected, Allowance.TAIL)
    return Judgement(Outcome.FAILS, expected)
