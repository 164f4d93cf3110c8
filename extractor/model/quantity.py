"""Numbers as written: exact decimals that remember how precisely they were shown.

The rounding policy of the product lives here and nowhere else: a figure stands for every value that rounds to it,
so a claim is wrong only if no reading of the printed figures makes it right.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from enum import Enum

from extractor.model.frozen import frozen
from extractor.model.lazily import lazy

ZERO, ONE, TWO, TEN, HUNDRED = Decimal(0), Decimal(1), Decimal(2), Decimal(10), Decimal(100)
CENT = Decimal("0.01")
_LONG = Context(prec=60)
BOUNDLESS = Decimal("1e30")
"""Larger than any figure of a report: the far end of 超过 and 不足."""


class Bound(Enum):
    """What a word beside a figure says about it: 约 20万, 超过 20万, 不足 20万."""

    NONE = "none"
    APPROX = "approx"  # 约, 近, 左右, 余, 多
    AT_LEAST = "at_least"  # 超过, 以上, 不低于: the true value is the figure or more
    AT_MOST = "at_most"  # 不足, 以内, 不超过: the true value is the figure or less


@frozen
class Interval:
    """All values from `low` to `high`, both ends included."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        """Quotient; raises ZeroDivisionError where the divisor's interval holds zero."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor may be zero")
        if self.low == self.high and other.low == other.high:
            quotient = self.low / other.low
            return Interval(quotient, quotient)
        ends = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high

    def meets(self, other: Interval) -> bool:
        """Do the two share a value?

        >>> Interval(Decimal(1), Decimal(2)).meets(Interval(Decimal(2), Decimal(3)))
        True
        """
        return self.low <= other.high and other.low <= self.high

    def widened(self, by: Decimal) -> Interval:
        return Interval(self.low - by, self.high + by)


@frozen
class Quantity:
    """A figure with the precision it was shown in.

    `digits` x `multiplier` is the value in the base unit `unit` (元 for money, % for rates, 分 for scores, the counted
    unit for counts); `decimals` are the decimals shown. 19.87万元 is Quantity(19.87, 2, "元", 10000).
    `upper` is the second end of a range, in base units. `written` is the figure as it stands in the text.

    >>> q = Quantity(Decimal("19.87"), 2, "元", Decimal(10000), written="19.87万")
    >>> q.value, q.step
    (Decimal('198700.00'), Decimal('100.00'))
    """

    digits: Decimal
    decimals: int
    unit: str
    multiplier: Decimal = ONE
    bound: Bound = Bound.NONE
    upper: Decimal | None = None
    written: str = ""

    @lazy
    def value(self) -> Decimal:
        """The value in the base unit."""
        return self.digits * self.multiplier

    @lazy
    def step(self) -> Decimal:
        """The worth of one unit of the last shown digit, in the base unit."""
        return self.multiplier.scaleb(-self.decimals)

    @lazy
    def interval(self) -> Interval:
        """Every value that rounds to this figure; money in 元 with two decimals is exact to the 分.

        >>> Quantity(Decimal("79.6"), 1, "%").interval
        Interval(low=Decimal('79.55'), high=Decimal('79.65'))
        """
        return self.exact if self.is_exact_yuan else self.exact.widened(self.step / TWO)

    @lazy
    def exact(self) -> Interval:
        """The figure alone, taken as exact; of a range, all of it."""
        return Interval(self.value, self.value if self.upper is None else max(self.value, self.upper))

    @lazy
    def is_exact_yuan(self) -> bool:
        """Money shown to the 分, the smallest unit there is."""
        return self.unit == "元" and self.step <= CENT

    @property
    def significant_step(self) -> Decimal:
        """The worth of one unit of the last digit that is not a trailing zero: 10 for 约120, 100 for 约100.

        >>> plain(Quantity(Decimal("120"), 0, "人").significant_step)
        '10'
        """
        if not self.digits:
            return self.step
        return self.multiplier * ONE.scaleb(int(self.digits.normalize().as_tuple().exponent))

    @lazy
    def tolerance(self) -> Interval:
        """The interval widened by what its bound word allows: 约 by one unit of the last significant digit, at most a tenth.

        >>> Quantity(Decimal(100), 0, "人", bound=Bound.APPROX).tolerance
        Interval(low=Decimal('90'), high=Decimal('110'))
        """
        if self.bound is Bound.NONE:
            return self.interval
        if self.bound is Bound.APPROX:
            reach = min(self.significant_step, abs(self.value) / TEN) if self.digits else self.step
            return self.exact.widened(max(reach, self.step / TWO))
        if self.bound is Bound.AT_LEAST:
            return Interval(self.interval.low, BOUNDLESS)
        return Interval(-BOUNDLESS, self.interval.high)


def plain(value: Decimal) -> str:
    """A decimal as people write it: no exponent; trailing zeros stay as they are.

    >>> plain(Decimal("2E+5")), plain(Decimal("0.50"))
    ('200000', '0.50')
    """
    return format(value, "f")


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half-up rounding, as taught in schools and done by spreadsheets.

    >>> rounded(Decimal("99.345"), 2)
    Decimal('99.35')
    """
    return value.quantize(ONE.scaleb(-decimals), ROUND_HALF_UP, _LONG)


def truncated(value: Decimal, decimals: int) -> Decimal:
    """Digits cut off, not rounded: 79.63 to 79."""
    return value.quantize(ONE.scaleb(-decimals), ROUND_DOWN, _LONG)
