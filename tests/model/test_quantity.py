from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.model.quantity import Bound, Interval, Quantity, plain, rounded, truncated
from tests.model.figures import count, money, quantity, rate

D = Decimal

quantities = st.builds(
    lambda units, decimals, multiplier, unit, bound: Quantity(D(units).scaleb(-decimals), decimals, unit, multiplier, bound),
    st.integers(-(10**9), 10**9),
    st.integers(0, 6),
    st.sampled_from([D(1), D(1000), D(10000), D(10**8)]),
    st.sampled_from(["元", "%", "分", "人"]),
    st.sampled_from(list(Bound)),
)


@given(quantities)
def test_every_interval_contains_its_own_value(figure: Quantity) -> None:
    assert figure.value in figure.interval
    assert figure.value in figure.exact
    assert figure.value in figure.tolerance


@given(quantities, st.integers(1, 10**6))
def test_a_range_contains_both_ends(figure: Quantity, wider: int) -> None:
    ranged = replace(figure, bound=Bound.NONE, upper=figure.value + wider)
    assert {ranged.value, figure.value + wider} <= {v for v in (ranged.value, ranged.upper) if v is not None and v in ranged.interval}


@given(quantities)
def test_words_only_widen(figure: Quantity) -> None:
    plainly = replace(figure, bound=Bound.NONE).exact
    assert figure.tolerance.low <= plainly.low
    assert plainly.high <= figure.tolerance.high


@given(st.decimals(-1000000, 1000000, places=6), st.integers(0, 4))
def test_a_rounded_figure_stands_for_the_value_it_was_rounded_from(value: Decimal, decimals: int) -> None:
    assert value in Quantity(rounded(value, decimals), decimals, "%").interval


@pytest.mark.parametrize(
    ("figure", "low", "high"),
    [
        (rate("80%"), "79.5", "80.5"),
        (rate("99.67%"), "99.665", "99.675"),
        (money("19.87万元"), "198650", "198750"),
        (money("430万元"), "4295000", "4305000"),
        (money("487652.30元"), "487652.30", "487652.30"),
        (money("52.800000万元"), "528000", "528000"),
        (money("1.9亿元"), "185000000", "195000000"),
        (quantity("8", "%", D(10)), "75", "85"),
    ],
)
def test_intervals(figure: Quantity, low: str, high: str) -> None:
    assert figure.interval == Interval(D(low), D(high))


@pytest.mark.parametrize(
    ("figure", "low", "high"),
    [
        (count("100", bound=Bound.APPROX), "90", "110"),
        (count("120", bound=Bound.APPROX), "110", "130"),
        (count("123", bound=Bound.APPROX), "122", "124"),
        (count("7", bound=Bound.APPROX), "6.3", "7.7"),
        (rate("97.5%", Bound.APPROX), "97.4", "97.6"),
        (money("20万元", Bound.APPROX), "180000", "220000"),
    ],
)
def test_about_allows_one_unit_of_the_last_significant_digit(figure: Quantity, low: str, high: str) -> None:
    assert figure.tolerance == Interval(D(low), D(high))


def test_one_sided_words() -> None:
    assert D(10**12) in money("20万元", Bound.AT_LEAST).tolerance
    assert D(194999) not in money("20万元", Bound.AT_LEAST).tolerance
    assert D(0) in money("20万元", Bound.AT_MOST).tolerance
    assert D(205001) not in money("20万元", Bound.AT_MOST).tolerance


def test_the_smallest_unit_of_money_is_exact() -> None:
    assert money("12.34元").is_exact_yuan
    assert money("1.234567万元").is_exact_yuan
    assert not money("1.2345万元").is_exact_yuan
    assert not money("12元").is_exact_yuan


@pytest.mark.parametrize(
    ("value", "decimals", "half_up", "cut"),
    [
        ("79.6296", 0, "80", "79"),
        ("99.345", 2, "99.35", "99.34"),
        ("0.5", 0, "1", "0"),
        ("-0.5", 0, "-1", "-0"),
        ("100", 1, "100.0", "100.0"),
    ],
)
def test_rounding(value: str, decimals: int, half_up: str, cut: str) -> None:
    assert str(rounded(D(value), decimals)) == half_up
    assert str(truncated(D(value), decimals)) == cut


def test_interval_arithmetic() -> None:
    one, two = Interval(D(1), D(2)), Interval(D(-1), D(4))
    assert one + two == Interval(D(0), D(6))
    assert one - two == Interval(D(-3), D(3))
    assert one * two == Interval(D(-2), D(8))
    assert two / one == Interval(D(-1), D(4))
    with pytest.raises(ZeroDivisionError):
        one / two


@given(st.integers(-50, 50), st.integers(0, 20), st.integers(-50, 50), st.integers(0, 20), st.data())
def test_arithmetic_keeps_every_pair_of_values(a: int, width: int, b: int, breadth: int, data: st.DataObject) -> None:
    first, second = Interval(D(a), D(a + width)), Interval(D(b), D(b + breadth))
    x = D(data.draw(st.integers(a, a + width)))
    y = D(data.draw(st.integers(b, b + breadth)))
    assert x + y in first + second
    assert x - y in first - second
    assert x * y in first * second
    if not second.low <= 0 <= second.high:
        assert x / y in first / second


def test_plain_has_no_exponent() -> None:
    assert plain(D("1E+8")) == "100000000"
    assert plain(D("98.50")) == "98.50"
