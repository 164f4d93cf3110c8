"""Which of many pairs of amounts makes a stated rate right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extractor.check.shown import operand
from extractor.model.facts import Fact, Measure, Rate
from extractor.model.quantity import HUNDRED, ZERO, Bound, Quantity
from extractor.model.relations import Judgement, Outcome, judge_ratio


def fitting(pairs: Iterable[tuple[Fact, Fact]], stated: Quantity, proper: Measure) -> tuple[Fact, Fact, Judgement]:
    """The pair that makes a rate right, one on the proper base before any other, of those one that holds as written before one
    that holds by rounding; the first pair where none does. Those behind the best there can be are not tried."""
    others = iter(pairs)
    chosen = judged = _judged(*next(others), stated)
    least = _rank(judged, proper)
    while any(least) and (pair := next(others, None)):
        top, base = pair
        at_best, by_rounding = ((False, base.measure is not proper, is_rounded) for is_rounded in (False, True))
        if least <= at_best or not (_may_make if by_rounding < least else _may_hold)(top, base, stated):
            continue
        judged = _judged(top, base, stated)
        rank = _rank(judged, proper)
        if judged[2].is_consistent and rank < least:
            chosen, least = judged, rank
    return chosen


def _judged(top: Fact, base: Fact, stated: Quantity) -> tuple[Fact, Fact, Judgement]:
    return top, base, judge_ratio(operand(top), operand(base), stated)


def _rank(judged: tuple[Fact, Fact, Judgement], proper: Measure) -> tuple[bool, bool, bool]:
    _, base, judgement = judged
    return not judgement.is_consistent, base.measure is not proper, judgement.outcome is not Outcome.HOLDS


def _may_make(top: Fact, base: Fact, rate: Quantity) -> bool:
    """Is a pair near enough to the rate that rounding may explain the rest? A volume has thousands of pairs."""
    part, whole = top.quantity, base.quantity
    if not _are_plain(part, whole):
        return True
    # Twice the room that any reading takes: a whole step of each figure, and one more of the rate for digits cut off.
    least, most = rate.tolerance.low - rate.step, rate.tolerance.high + rate.step
    if (part.value + part.step) * HUNDRED < least * (whole.value - whole.step):
        return False
    return (part.value - part.step) * HUNDRED <= most * (whole.value + whole.step)


def _may_hold(top: Fact, base: Fact, rate: Quantity) -> bool:
    """May a pair make the rate as written, with room for the last digit of figures of two decimals alone?"""
    part, whole = top.quantity, base.quantity
    if not _are_plain(part, whole):
        return True
    reading = rate.exact if rate.value == HUNDRED else rate.interval
    part_room, whole_room = (quantity.step if quantity.decimals >= 2 else ZERO for quantity in (part, whole))
    if (part.value + part_room) * HUNDRED < reading.low * (whole.value - whole_room):
        return False
    return (part.value - part_room) * HUNDRED <= reading.high * (whole.value + whole_room)


def _are_plain(part: Quantity, whole: Quantity) -> bool:
    """Are two figures without a word that bounds them, no ranges, and is the base more than its last digit?"""
    is_bare = part.bound is Bound.NONE and whole.bound is Bound.NONE and not part.upper and not whole.upper
    return is_bare and whole.value > whole.step


def as_claimed(rate: Rate) -> Quantity:
    """No fund is spent beyond its whole: 达到100% says 100%, not "100% or more"."""
    if rate.quantity.bound is Bound.AT_LEAST and rate.quantity.value >= HUNDRED:
        return replace(rate.quantity, bound=Bound.NONE)
    return rate.quantity
