"""Numerals in every spelling, exhaustively where the space is small."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import figures
from extractor.lexicon.numerals import parse
from tests.lexicon.numerals import capital, short, spelt

RANGE = range(10000)


def test_plain_numerals_from_0_to_9999() -> None:
    wrong = [spelt(n) for n in RANGE if (found := parse(spelt(n))) is None or found.value != n]
    assert wrong == []


def test_bankers_numerals_from_0_to_9999() -> None:
    wrong = [capital(n) for n in RANGE if (found := parse(capital(n))) is None or found.value != n]
    assert wrong == []


@pytest.mark.parametrize("spell", [str, short, capital], ids=["arabic", "plain", "capital"])
def test_amounts_from_1_to_9999_in_three_spellings(spell: object) -> None:
    text = "，".join(f"支出{spell(n)}元" for n in range(1, 10000))  # type: ignore[operator]
    assert [int(f["base_value"]) for f in figures(text) if f["kind"] == "money"] == list(range(1, 10000))


def test_every_rate_in_hundredths() -> None:
    shown = [f"{n // 100}.{n % 100:02d}" for n in range(20001)]
    found = figures("、".join(f"{rate}%" for rate in shown))
    assert [f["value"] for f in found] == shown
    assert {f["kind"] for f in found} == {"percent"}
    assert [Decimal(f["base_value"]) * 10000 for f in found] == list(range(20001))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两千四百五", "2450"),
        ("一万三", "13000"),
        ("百八", "180"),
        ("九百零三", "903"),
        ("一百零一十", "110"),
        ("廿三", "23"),
        ("卅六", "36"),
        ("三千零七万零六百", "30070600"),
        ("七兆二十亿零九", "7002000000009"),
        ("6千万亿", "6000000000000000"),
        ("20万万", "2000000000"),
        ("3万6千", "36000"),
        ("4亿2千万", "420000000"),
        ("15万2300", "152300"),
        ("5千零20万", "50200000"),
        ("40亿零三千120", "4000003120"),
        ("二零四五", "2045"),
        ("十七点零五", "17.05"),
        ("三千万点二五", "30000000.25"),
        ("二点五亿", "250000000"),
        ("一百点25", "100.25"),
        ("二十几万", "200000"),
        ("百万万", "10000000000"),
    ],
)
def test_mixed_and_shortened_numerals(text: str, value: str) -> None:
    found = parse(text)
    assert found is not None
    assert found.value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "digits", "multiplier"),
    [
        ("3万5千", "35", 1000),
        ("2亿3千万", "23000", 10000),
        ("五百万", "500", 10000),
        ("十二点五亿", "12.5", 100000000),
        ("三百二十", "320", 1),
        ("1万2千5百", "125", 100),
    ],
)
def test_the_last_unit_written_is_the_precision(text: str, digits: str, multiplier: int) -> None:
    found = parse(text)
    assert found is not None
    assert (found.digits, found.multiplier) == (Decimal(digits), multiplier)


@pytest.mark.parametrize(
    ("text", "low", "high"), [("三五百", 300, 500), ("六七千", 6000, 7000), ("一两百", 100, 200), ("二三十", 20, 30), ("十七八", 17, 18)]
)
def test_two_neighbouring_digits_are_a_range(text: str, low: int, high: int) -> None:
    found = parse(text)
    assert found is not None
    assert (found.value, found.upper) == (low, high)


@pytest.mark.parametrize("text", ["十三五", "五十千", "两两", "三万五万", "百百", "十百", "一二三十"])
def test_malformed_numerals_have_no_value(text: str) -> None:
    assert parse(text) is None


def test_a_unit_without_digit_says_so() -> None:
    assert [(found.value, found.is_bare_unit) for text in ("万", "百万", "三万", "十") if (found := parse(text))] == [
        (10**4, True),
        (10**6, True),
        (30000, False),
        (10, False),
    ]


@given(st.integers(0, 9999), st.integers(0, 9999), st.integers(1, 9999))
def test_sections_of_ten_thousand(low: int, middle: int, high: int) -> None:
    def section(number: int, before: int) -> str:
        return ("零" if before and number < 1000 else "") + spelt(number) if number else ""

    text = spelt(high) + "亿" + (section(middle, high) + "万" if middle else "")
    text += section(low, 1) if low and not text.endswith("零") else ""
    found = parse(text)
    assert found is not None
    assert found.value == (high * 10**8 + middle * 10**4 + low)


@given(st.text(alphabet="〇零一二两三四五六七八九十百千万亿兆廿点半几余壹拾佰0123456789.,", max_size=14))
def test_any_characters_give_a_value_or_none(text: str) -> None:
    found = parse(text)
    assert found is None or found.value >= 0
