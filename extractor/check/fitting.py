"""Which of many pairs of amounts makes a stated rate right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.check.registry import Case
from extractor.check.shown import operand
from extractor.check.slipped_units import in_its_unit, least_slip
from extractor.model.facts import Fact, Measure, Rate
from extractor.model.quantity import HUNDRED, ZERO, Bound, Quantity
from extractor.model.relations import Judgement, Outcome, judge_ratio


def fitting(case: Case, tops: Sequence[Fact], bases: Sequence[Fact], stated: Quantity, proper: Measure) -> tuple[Fact, Fact, Judgement]:
    """The pair that makes a rate right, one on the proper base before any other, of those one that holds as written before one
    that holds by rounding; the first pair where none does. Those that cannot be better than the best yet are not judged."""
    chosen = judged = _judged(in_its_unit(case, tops[0], bases[0]), bases[0], stated)
    least = _rank(judged, proper)
    trials = _by_rounding(stated), _as_written(stated)
    ends = [[trial.ends(top.quantity) for top in tops] for trial in trials] if any(least) else []
    for base in bases:
        at_best, rounded = ((False, base.measure is not proper, is_rounded) for is_rounded in (False, True))
        if least <= at_best:
            continue
        limits, slip = [trial.limits(base.quantity) for trial in trials], least_slip(base)
        for place, own in enumerate(tops):
            must_hold = least <= rounded
            (low, high), (bottom, top_end) = limits[must_hold], ends[must_hold][place]
            may_have_slipped = abs(own.quantity.value) >= slip
            if (top_end < low or bottom > high) and not may_have_slipped and _are_plain(own.quantity, base.quantity):
                continue
            judged = _judged(in_its_unit(case, own, base) if may_have_slipped else own, base, stated)
            rank = _rank(judged, proper)
            if judged[2].is_consistent and rank < least:
                chosen, least = judged, rank
    return chosen


def _judged(top: Fact, base: Fact, stated: Quantity) -> tuple[Fact, Fact, Judgement]:
    return top, base, judge_ratio(operand(top), operand(base), stated)


def _rank(judged: tuple[Fact, Fact, Judgement], proper: Measure) -> tuple[bool, bool, bool]:
    _, base, judgement = judged
    return not judgement.is_consistent, base.measure is not proper, judgement.outcome is not Outcome.HOLDS


@dataclass(frozen=True, slots=True)
class _Trial:
    """Is a pair near enough to a rate to be judged? A volume has thousands of pairs, most of them far from it.

    `low` and `high` are the ends of the rate in per cent, `rounds` says that figures of less than two decimals may be rounded too.
    """

    low: Decimal
    high: Decimal
    rounds: bool

    def ends(self, part: Quantity) -> tuple[Decimal, Decimal]:
        """The least and the most that a part may stand for, times a hundred."""
        room = self._room(part)
        return (part.value - room) * HUNDRED, (part.value + room) * HUNDRED

    def limits(self, whole: Quantity) -> tuple[Decimal, Decimal]:
        """The least and the most that a part of a base may be, times a hundred."""
        room = self._room(whole)
        return self.low * (whole.value - room), self.high * (whole.value + room)

    def _room(self, figure: Quantity) -> Decimal:
        """Twice the room that any reading takes."""
        return figure.step if self.rounds or figure.decimals >= 2 else ZERO


def _by_rounding(rate: Quantity) -> _Trial:
    """May rounding explain the rest? With one more digit of the rate, for digits cut off."""
    return _Trial(rate.tolerance.low - rate.step, rate.tolerance.high + rate.step, True)


def _as_written(rate: Quantity) -> _Trial:
    """May the rate hold as it is written? 100% is all of it, nothing that rounds to it."""
    reading = rate.exact if rate.value == HUNDRED else rate.interval
    return _Trial(reading.low, reading.high, False)


def _are_plain(part: Quantity, whole: Quantity) -> bool:
    """Are two figures without a word that bounds them, no ranges, and is the base more than its last digit?"""
    is_bare = part.bound is Bound.NONE and whole.bound is Bound.NONE and not part.upper and not whole.upper
    return is_bare and whole.value > whole.step


def as_claimed(rate: Rate) -> Quantity:
    """No fund is spent beyond its whole: 达到100% says 100%, not "100% or more"."""
    if rate.quantity.bound is Bound.AT_LEAST and rate.quantity.value >= HUNDRED:
        return replace(rate.quantity, bound=Bound.NONE)
    return rate.quantity
