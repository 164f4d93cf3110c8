"""An indicator's target against its actual: the way it points, whether the two are of one kind, what share of it is earned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.check.registry import Case
from extractor.model.facts import Indicator, Operator, Value
from extractor.model.quantity import HUNDRED, ONE, ZERO, Bound, Quantity

RISING = frozenset({Operator.AT_LEAST, Operator.MORE})
FALLING = frozenset({Operator.AT_MOST, Operator.LESS})


def operator_of(target: Value) -> Operator | None:
    """≥ or ≤ as printed, or as 不少于 and 不超过 say it."""
    if target.operator is not None:
        return target.operator
    bound = target.quantity.bound if target.quantity else Bound.NONE
    return {Bound.AT_LEAST: Operator.AT_LEAST, Bound.AT_MOST: Operator.AT_MOST}.get(bound)


def direction(case: Case, indicator: Indicator) -> tuple[Operator, bool]:
    """How the actual is held against the target, and whether the report says so: by a sign at the target or in the name; else
    less is better where the name tells of costs, complaints or accidents, and more is better elsewhere."""
    printed = operator_of(indicator.target) if indicator.target is not None else None
    if printed is not None:
        return printed, True
    sign = case.lexicon.pattern("form_checks.sign").search(indicator.name)
    if sign:
        return (Operator.AT_MOST if sign["less"] else Operator.AT_LEAST), True
    return (Operator.AT_MOST if is_lower_better(case, indicator) else Operator.AT_LEAST), False


def is_lower_better(case: Case, indicator: Indicator) -> bool:
    """Is less of it better? Yes for 投诉率, no for 投诉办结率."""
    if any(word in indicator.name for word in case.lexicon.words("rising_words")):
        return False
    words = case.lexicon.words("lower_words")
    return any(word in indicator.name for word in words) or (is_cost(indicator) and _is_money(indicator))


def is_cost(indicator: Indicator) -> bool:
    return "成本" in indicator.level2 or "成本" in indicator.level1


def _is_money(indicator: Indicator) -> bool:
    return indicator.target is not None and indicator.target.quantity is not None and indicator.target.quantity.unit == "元"


def aligned(case: Case, indicator: Indicator) -> tuple[Quantity, Quantity] | None:
    """Target and actual as figures of one kind; None where they are not. A unit that one of them leaves out is the other's, with
    its 万; a sign of per cent is taken for granted only between figures that look like it."""
    if indicator.target is None or indicator.actual is None:
        return None
    target, actual = indicator.target.quantity, indicator.actual.quantity
    if target is None or actual is None or target.upper is not None or actual.upper is not None:
        return None
    if unit_class(case, target.unit) == unit_class(case, actual.unit):
        return target, actual
    if target.unit and actual.unit:
        return None
    if "%" in (target.unit, actual.unit) and not all(ONE < q.value <= 2 * HUNDRED for q in (target, actual)):
        return None
    model = target if target.unit else actual
    return _in_unit_of(model, target), _in_unit_of(model, actual)


def _in_unit_of(model: Quantity, quantity: Quantity) -> Quantity:
    return quantity if quantity.unit else replace(quantity, unit=model.unit, multiplier=model.multiplier)


def is_unit_presumed(indicator: Indicator) -> bool:
    """Does one of target and actual leave its unit out?"""
    units = [value.quantity.unit for value in (indicator.target, indicator.actual) if value and value.quantity]
    return len(units) == 2 and (not units[0]) != (not units[1])


def unit_class(case: Case, unit: str) -> str:
    """Units that a form uses for the same things stand for each other: 个 and 家, 次 and 场."""
    return case.lexicon.group_of("alike_units", unit) or unit


@dataclass(frozen=True, slots=True)
class Met:
    """How an actual stands to its target: met or not, and the share of the points that a proportion gives.

    `most` is the share at the far end of what the printed actual can stand for; None where no proportion exists.
    """

    is_met: bool
    share: Decimal | None
    most: Decimal | None
    formula: str = ""


def held(operator: Operator, target: Quantity, actual: Quantity, is_count: bool) -> Met | None:
    """The actual against its target; None where nothing can be said: a negative figure, a target of zero to be reached.

    >>> q = lambda value: Quantity(Decimal(value), 0, "人")
    >>> held(Operator.AT_LEAST, q(50), q(40), True).share
    Decimal('0.8')
    >>> held(Operator.AT_MOST, q(40), q(50), True).share
    Decimal('0.8')
    """
    a, b = target.value, actual.value
    interval = actual.exact if is_count else actual.interval
    if a < ZERO or b < ZERO:
        return None
    if operator in FALLING:
        met = interval.low < a or (operator is Operator.AT_MOST and interval.low == a)
        if met:
            return Met(True, ONE, ONE)
        return Met(False, a / b, a / max(interval.low, a)) if a and b > a else Met(False, None, None)
    if not a:
        return None if operator is not Operator.EQUAL or b else Met(True, ONE, ONE)
    if operator is Operator.EQUAL and b > a:
        return None  # more than a fixed number is no shortfall
    met = interval.high > a or (operator is not Operator.MORE and interval.high == a)
    return Met(True, ONE, ONE) if met or b >= a else Met(False, b / a, min(ONE, interval.high / a))
