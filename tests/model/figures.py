"""Figures for the tests, from what a report prints: `money("19.87万元")`, `rate("99.35%")`."""

from __future__ import annotations

from decimal import Decimal

from extractor.model.quantity import Bound, Quantity

UNITS = {"亿元": Decimal("1e8"), "万元": Decimal("1e4"), "万": Decimal("1e4"), "元": Decimal(1)}


def quantity(written: str, unit: str, multiplier: Decimal = Decimal(1), bound: Bound = Bound.NONE) -> Quantity:
    """A quantity from its digits as printed: the decimals are those shown."""
    digits = Decimal(written)
    exponent = digits.as_tuple().exponent
    assert isinstance(exponent, int)
    return Quantity(digits, max(0, -exponent), unit, multiplier, bound, written=written)


def money(written: str, bound: Bound = Bound.NONE) -> Quantity:
    name = next(name for name in UNITS if written.endswith(name))
    return quantity(written.removesuffix(name), "元", UNITS[name], bound)


def rate(written: str, bound: Bound = Bound.NONE) -> Quantity:
    return quantity(written.removesuffix("%"), "%", bound=bound)


def score(written: str) -> Quantity:
    return quantity(written, "分")


def count(written: str, unit: str = "人", bound: Bound = Bound.NONE) -> Quantity:
    return quantity(written, unit, bound=bound)
