"""Two figures that make one range: 10-20万元, 500万元至1000万元, 2000元以上5000元以下, 五块六到五块七毛八."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.lexicon.hit import COUNT, MEASURED, MONEY, NUMBER, PERCENT, Hit
from extractor.model.facts import Kind
from extractor.model.quantity import ONE

if TYPE_CHECKING:
    from extractor.lexicon.scanner import Scanner


def ranged(scanner: Scanner, text: str, low: Hit) -> Hit | None:
    """The range that `low` opens, None where nothing continues it."""
    connector = scanner.fragment("fig_connector").match(text, low.end)
    if connector:
        high = scanner.at(text, connector.end())
        if high is None or high.digits is None or high.upper is not None:
            return None
        if connector.group("minus"):
            high = high._replace(digits=-high.digits)
        if connector.group("and"):
            if high.unit == "间" and high.kind is COUNT:  # -10000与20000间: the 间 is no room
                high = high._replace(kind=NUMBER, unit="", shown="", end=scanner.number_end(text, connector.end()))
            between = scanner.fragment("fig_within").match(text, high.end)
            if not between:
                return None
            high = high._replace(end=between.end() if high.kind is NUMBER else high.end)
        return joined(low, high)
    between = scanner.fragment("fig_between").match(text, low.end)
    if between and low.kind in MEASURED:
        high = scanner.at(text, between.end())
        if high is None or high.kind is not low.kind or high.unit != low.unit:
            return None
        closing = scanner.fragment("fig_closing").match(text, high.end)
        if closing and between.group("least") and high.upper is None:
            return joined(low, high._replace(end=closing.end()))
    return None


def joined(low: Hit, high: Hit) -> Hit | None:
    """One figure from the low end to the high end; the low end takes the unit of the high end where it has none."""
    assert low.digits is not None
    assert high.digits is not None
    if low.kind is high.kind and low.unit == high.unit:
        kind = Kind.RANGE if low.kind is NUMBER else low.kind
    elif low.kind is NUMBER and high.kind in MEASURED:
        kind = high.kind
    elif low.kind is PERCENT and high.kind is NUMBER and low.pattern == "figure.hanzi_fraction" and high.multiplier == ONE:
        high, kind = high._replace(multiplier=low.multiplier, unit=low.unit, shown=low.shown), low.kind
    elif low.kind is MONEY and low.pattern == "figure.number" and high.kind is NUMBER:  # ￥5-10
        high, kind = high._replace(unit=low.unit, shown=low.shown), low.kind
    else:
        return None
    value = low.value
    if low.kind is NUMBER and low.multiplier == ONE and low.digits * high.multiplier <= high.value:
        value = low.digits * high.multiplier  # 10-20万元: ten of the same
    if value > high.value:
        return None
    digits = value / high.multiplier
    return high._replace(
        kind=kind,
        start=low.start,
        digits=digits if digits != digits.to_integral_value() else digits.quantize(Decimal(1)),
        decimals=max(low.decimals, high.decimals),
        upper=high.value,
    )
