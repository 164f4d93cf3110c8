"""The rounding policy, clause by clause, and on simulated honest reports."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.model.quantity import Bound, Quantity, rounded, truncated
from extractor.model.relations import (
    Allowance,
    Judgement,
    Operand,
    Outcome,
    judge_at_most,
    judge_change,
    judge_difference,
    judge_ratio,
    judge_same,
    judge_shares,
    judge_sum,
    judge_unit_slip,
)
from extractor.model.score_relations import judge_score, judge_score_sum
from tests.model.figures import count, money, rate, score

D = Decimal
HOLDS, FAILS, WEAK = (Outcome.HOLDS, None), (Outcome.FAILS, None), (Outcome.WEAK, None)
TAIL = (Outcome.BY_ROUNDING, Allowance.TAIL)
CUT = (Outcome.BY_ROUNDING, Allowance.TRUNCATED)
FULL = (Outcome.BY_ROUNDING, Allowance.FULL_BY_ROUNDING)
WORD = (Outcome.BY_ROUNDING, Allowance.BOUND_WORD)


def of(judgement: Judgement) -> tuple[Outcome, Allowance | None]:
    return judgement.outcome, judgement.allowance


def ratio(executed: str, budget: str, stated: Quantity) -> Judgement:
    return judge_ratio(Operand(money(executed)), Operand(money(budget), is_budget=True), stated)


@pytest.mark.parametrize(
    ("executed", "budget", "stated", "outcome"),
    [
        ("430万元", "540万元", "80%", HOLDS),
        ("430万元", "540万元", "79.63%", HOLDS),
        ("430万元", "540万元", "79.6%", HOLDS),
        ("430万元", "540万元", "79%", CUT),
        ("430万元", "540万元", "78%", FAILS),
        ("430万元", "540万元", "81%", FAILS),
        ("430万元", "540万元", "100%", FAILS),
        ("19.87万元", "20万元", "99.67%", FAILS),
        ("19.87万元", "20万元", "99.35%", HOLDS),
        ("19.87万元", "20万元", "99.3%", HOLDS),  # 19.865 / 20 = 99.325%
        ("20218.21万元", "20707.11万元", "98%", HOLDS),
        ("20218.21万元", "20707.11万元", "97.64%", HOLDS),
        ("302.68万元", "816.25万元", "37.08%", HOLDS),
        ("412.35万元", "421.16万元", "97.90%", CUT),  # 97.908
        ("154.74万元", "310.2万元", "50%", HOLDS),
        ("30.800000万元", "52.800000万元", "58.33%", HOLDS),
        ("487652.30元", "500000.00元", "97.53%", HOLDS),
        ("2431.57万元", "2860万元", "85.02%", HOLDS),
        ("66.86万元", "200万元", "100%", FAILS),
        ("99.6万元", "100万元", "100%", FULL),
        ("99.4万元", "100万元", "100%", FAILS),
        ("99.996万元", "100万元", "100.00%", FULL),
        ("100万元", "100万元", "100%", HOLDS),
        ("430万元", "540万元", "79.70%", TAIL),  # 430.4 / 540
        ("430万元", "540万元", "79.73%", FAILS),
        ("1.9亿元", "2亿元", "96%", TAIL),
        ("0万元", "54万元", "0%", HOLDS),
    ],
)
def test_ratio(executed: str, budget: str, stated: str, outcome: tuple[Outcome, Allowance | None]) -> None:
    assert of(ratio(executed, budget, rate(stated))) == outcome


def test_the_expected_rate_is_not_rounded() -> None:
    assert rounded(ratio("430万元", "540万元", rate("80%")).expected, 4) == D("79.6296")


def test_a_zero_base_has_no_rate() -> None:
    with pytest.raises(ZeroDivisionError):
        ratio("3.36万元", "0万元", rate("100%"))


@pytest.mark.parametrize("stated", ["92%", "100%", "90%"])
def test_counts_have_no_fractions(stated: str) -> None:
    judgement = judge_ratio(Operand(count("11"), is_count=True), Operand(count("12"), is_count=True), rate(stated))
    assert of(judgement) == (HOLDS if stated == "92%" else FAILS)


@pytest.mark.parametrize(
    ("executed", "stated", "outcome"),
    [
        (money("430万元"), rate("79.5%", Bound.APPROX), TAIL),
        (money("430万元"), rate("78%", Bound.AT_LEAST), WORD),
        (money("430万元"), rate("85%", Bound.AT_MOST), WORD),
        (money("430万元"), rate("90%", Bound.AT_LEAST), WEAK),
        (money("430万元"), rate("70%", Bound.AT_MOST), WEAK),
        (money("430万元"), rate("90%", Bound.APPROX), WEAK),
        (money("400万元", Bound.APPROX), rate("79.63%"), WORD),
        (money("100万元", Bound.AT_MOST), rate("79.63%"), WEAK),
    ],
)
def test_bound_words_allow_and_never_make_an_error(executed: Quantity, stated: Quantity, outcome: tuple[Outcome, Allowance | None]) -> None:
    assert of(judge_ratio(Operand(executed), Operand(money("540万元"), is_budget=True), stated)) == outcome


def test_every_rate_in_hundredths() -> None:
    """Amounts exact to the 分: a rate holds where it is rounded right, is let pass where cut off, and fails a unit away."""
    base = Operand(money("1000000.00元"), is_budget=True)
    for hundredths in range(12_001):
        value = D(hundredths) / 100
        executed = Operand(Quantity(value * 10_000, 2, "元"))
        for decimals in (0, 1, 2):
            step = D(1).scaleb(-decimals)
            right = rounded(value, decimals)
            cut = truncated(value, decimals)
            assert judge_ratio(executed, base, Quantity(right, decimals, "%")).is_consistent
            assert judge_ratio(executed, base, Quantity(cut, decimals, "%")).is_consistent
            assert judge_ratio(executed, base, Quantity(right + step, decimals, "%")).outcome is Outcome.FAILS
            if cut - step >= 0:
                assert judge_ratio(executed, base, Quantity(cut - step, decimals, "%")).outcome is Outcome.FAILS


def honest_reports(seed: int, how_many: int) -> list[tuple[Decimal, Decimal, int, int]]:
    """(budget 元, executed 元, decimals of the executed amount in 万元, decimals of the rate)."""
    dice = random.Random(seed)
    out = []
    for _ in range(how_many):
        budget = D(dice.randint(1, 99_999)) * dice.choice([1_000, 10_000])
        executed = (budget * D(dice.randint(0, 1_050_000)) / 1_000_000).quantize(D("0.01"))
        out.append((budget, executed, dice.randint(0, 4), dice.randint(0, 4)))
    return out


def test_honest_rates_are_never_accused() -> None:
    """The executed amount printed at any decimals; the rate rounded from the true amount, or cut off from the printed one."""
    for budget, executed, shown, decimals in honest_reports(1, 4_000):
        base = Operand(Quantity(budget / 10_000, 1, "元", D(10_000)), is_budget=True)
        printed = Operand(Quantity(rounded(executed / 10_000, shown), shown, "元", D(10_000)))
        true = executed / budget * 100
        assert judge_ratio(printed, base, Quantity(rounded(true, decimals), decimals, "%")).is_consistent
        shown_rate = printed.quantity.value / budget * 100
        assert judge_ratio(printed, base, Quantity(truncated(shown_rate, decimals), decimals, "%")).is_consistent


def test_honest_sums_are_never_accused() -> None:
    """Parts and total rounded each on its own."""
    dice = random.Random(2)
    for _ in range(2_000):
        parts = [D(dice.randint(1, 10**9)) / 100 for _ in range(dice.randint(2, 9))]
        shown = dice.randint(0, 4)
        printed = [Quantity(rounded(part / 10_000, shown), shown, "元", D(10_000)) for part in parts]
        total = Quantity(rounded(sum(parts) / 10_000, shown), shown, "元", D(10_000))
        allowed = {Outcome.HOLDS, Outcome.BY_ROUNDING} if shown else {Outcome.HOLDS, Outcome.WEAK}
        assert judge_sum(printed, total).outcome in allowed


@given(st.integers(1, 10**11), st.integers(1, 10**11), st.integers(0, 4), st.integers(0, 4), st.integers(0, 2))
def test_honest_changes_are_never_accused(now: int, before: int, shown: int, earlier: int, decimals: int) -> None:
    current = Quantity(rounded(D(now) / 10**6, shown), shown, "元", D(10_000))
    previous = Quantity(rounded(D(before) / 10**6, earlier), earlier, "元", D(10_000))
    if not previous.value:
        return
    true = (D(now) / D(before) - 1) * 100
    stated = Quantity(rounded(abs(true), decimals), decimals, "%")
    assert judge_change(Operand(current), Operand(previous), stated, falls=true < 0).is_consistent


@given(st.integers(0, 10**11), st.integers(0, 4), st.integers(0, 4))
def test_one_figure_at_two_precisions_agrees(cents: int, first: int, second: int) -> None:
    value = D(cents) / 10**6
    one = Operand(Quantity(rounded(value, first), first, "元", D(10_000)))
    two = Operand(Quantity(rounded(value, second), second, "元", D(10_000)))
    assert judge_same(one, two).outcome is Outcome.HOLDS


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ("430万元", "540万元", FAILS),
        ("5万元", "6万元", FAILS),
        ("257.14万元", "245.53万元", FAILS),
        ("309.15万元", "309.20万元", FAILS),
        ("269.85万元", "269.86万元", TAIL),
        ("430万元", "431万元", WEAK),
        ("22614.51万元", "226145100元", HOLDS),
        ("89.974万元", "89.97万元", HOLDS),
        ("89.978万元", "89.97万元", CUT),
        ("200万元", "2000000.00元", HOLDS),
        ("1.90亿元", "19012.6万元", HOLDS),
    ],
)
def test_same(first: str, second: str, outcome: tuple[Outcome, Allowance | None]) -> None:
    assert of(judge_same(Operand(money(first)), Operand(money(second)))) == outcome
    assert of(judge_same(Operand(money(second)), Operand(money(first)))) == outcome


def test_budgets_and_people_one_apart_are_two_figures() -> None:
    assert of(judge_same(Operand(money("430万元"), is_budget=True), Operand(money("431万元"), is_budget=True))) == FAILS
    assert of(judge_same(Operand(count("430"), is_count=True), Operand(count("431"), is_count=True))) == FAILS


def test_same_rate() -> None:
    assert of(judge_same(Operand(rate("80%")), Operand(rate("79.63%")))) == HOLDS
    assert of(judge_same(Operand(rate("100%")), Operand(rate("100.00%")))) == HOLDS
    assert of(judge_same(Operand(rate("80%")), Operand(rate("81%")))) == FAILS
    assert of(judge_same(Operand(rate("97.53%")), Operand(rate("97.5%", Bound.APPROX)))) == HOLDS
    assert of(judge_same(Operand(rate("97.53%")), Operand(rate("95%", Bound.AT_LEAST)))) == WORD
    assert of(judge_same(Operand(rate("87.53%")), Operand(rate("95%", Bound.AT_LEAST)))) == WEAK


@pytest.mark.parametrize(
    ("parts", "total", "outcome"),
    [
        (["200万元", "340万元"], "540万元", HOLDS),
        (["200万元", "340万元"], "541万元", WEAK),
        (["200万元", "340万元"], "550万元", FAILS),
        (["30万元", "30万元", "29.99万元"], "89.97万元", WEAK),  # 30 beside 29.99 is 30.00
        (["30.00万元", "30.00万元", "29.99万元"], "89.97万元", TAIL),
        (["30.00万元", "30.00万元", "29.99万元"], "89.96万元", FAILS),
        (["1432.49万元", "10588.12万元"], "12023.85万元", FAILS),
        (["358.42万元", "3225.85万元"], "3584.28万元", TAIL),
        (["261300.00元", "198000.00元", "28352.30元"], "487652.30元", HOLDS),
        (["261300.00元", "198000.00元", "28352.30元"], "487652.31元", FAILS),
        (["1.234万元", "2.344万元"], "3.6万元", TAIL),
        (["1.234万元", "2.344万元"], "3.5万元", FAILS),
    ],
)
def test_sum(parts: list[str], total: str, outcome: tuple[Outcome, Allowance | None]) -> None:
    assert of(judge_sum([money(part) for part in parts], money(total))) == outcome


def test_a_sum_of_counts_has_no_tail() -> None:
    parts = [count("1", "个"), count("21", "个")]
    assert of(judge_sum(parts, count("22", "个"), counts=True)) == HOLDS
    assert of(judge_sum(parts, count("23", "个"), counts=True)) == FAILS
    assert of(judge_sum(parts, count("23", "个", Bound.APPROX), counts=True)) == WORD
    assert of(judge_sum(parts, count("20", "个", Bound.AT_LEAST), counts=True)) == WORD
    assert of(judge_sum(parts, count("40", "个", Bound.AT_LEAST), counts=True)) == WEAK


def test_difference() -> None:
    left = judge_difference(money("780万元"), [money("457.373268万元")], money("322.626732万元"))
    assert of(left) == HOLDS
    assert left.expected == D("3226267.32")
    assert of(judge_difference(money("2860.00万元"), [money("2431.57万元")], money("428.43万元"))) == HOLDS
    assert of(judge_difference(money("2860.00万元"), [money("2431.57万元")], money("482.43万元"))) == FAILS


def test_change() -> None:
    now, before = Operand(money("252.00万元")), Operand(money("240.00万元"))
    assert of(judge_change(now, before, rate("5%"))) == HOLDS
    assert of(judge_change(before, now, rate("4.76%"), falls=True)) == HOLDS
    assert of(judge_change(now, before, rate("4%"))) == FAILS
    assert of(judge_change(Operand(money("792.22万元")), Operand(money("602.97万元")), rate("31.39%"))) == HOLDS
    with pytest.raises(ZeroDivisionError):
        judge_change(Operand(money("0.30万元")), Operand(money("0.00万元")), rate("100%"))


def test_shares() -> None:
    assert of(judge_shares([rate("60%"), rate("40%")])) == HOLDS
    assert of(judge_shares([rate("33.33%"), rate("33.33%"), rate("33.33%")])) == TAIL
    assert of(judge_shares([rate("62.5%"), rate("27.5%")])) == FAILS


def test_at_most() -> None:
    def within(part: str, whole: str) -> tuple[Outcome, Allowance | None]:
        return of(judge_at_most(Operand(money(part)), Operand(money(whole), is_budget=True)))

    assert within("19.87万元", "20万元") == HOLDS
    assert within("20万元", "20万元") == HOLDS
    assert within("20.004万元", "20.00万元") == TAIL
    assert within("20.1万元", "20万元") == FAILS
    assert within("5106万元", "5105.24万元") == FAILS
    assert within("5105万元", "5104.52万元") == TAIL
    assert of(judge_at_most(Operand(count("12"), is_count=True), Operand(count("11"), is_count=True))) == FAILS


@given(st.integers(0, 1000), st.integers(0, 4), st.integers(0, 2))
def test_a_score_at_or_below_what_was_earned_is_never_held_against_the_report(tenths: int, more: int, decimals: int) -> None:
    earned = D(tenths) / 10 + D(more) / 1000
    for stated in (rounded(earned, decimals), truncated(earned, decimals), truncated(earned / 2, decimals)):
        assert judge_score([earned], Quantity(stated, decimals, "分")).outcome is Outcome.HOLDS
    above = rounded(earned, decimals) + D(1).scaleb(-decimals)
    assert judge_score([earned], Quantity(above, decimals, "分")).outcome is Outcome.FAILS


def test_a_score_may_rest_on_the_printed_or_the_recomputed_rate() -> None:
    assert of(judge_score([D("4.988"), D("5.0")], score("5"))) == HOLDS
    assert of(judge_score([D("9.45"), D("9.453")], score("9.5"))) == HOLDS
    assert of(judge_score([D("0.008")], score("10"))) == FAILS


def test_score_sum() -> None:
    assert of(judge_score_sum([score("9.45"), score("89")], score("98.45"))) == HOLDS
    assert of(judge_score_sum([score("9.45"), score("89")], score("98.5"))) == HOLDS
    assert of(judge_score_sum([score("0"), score("90")], score("100"))) == FAILS
    assert of(judge_score_sum([score("10"), score("90")], score("98"))) == WEAK


@pytest.mark.parametrize(
    ("first", "second", "power"),
    [
        ("42700", "427000000", 4),
        ("427000000", "42700", 4),
        ("1000", "100100", 2),
        ("5", "5000", 3),
        ("1", "1e8", 8),
        ("5", "50", None),
        ("0", "5", None),
    ],
)
def test_unit_slip(first: str, second: str, power: int | None) -> None:
    assert judge_unit_slip(D(first), D(second)) == power
