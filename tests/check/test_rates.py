"""Rates held against amounts: which base, which doubts, which of several statements."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from extractor.check import rate_bases, rate_shortfall, rates
from extractor.model.facts import Doubt, Measure, Origin, Statement, StatementKind, Term
from extractor.model.findings import Severity, Verdict
from extractor.model.quantity import Bound
from tests.check.facts_builder import Told, Verdicts, of_check, sources, verdicts
from tests.model.figures import money

BUDGET, INITIAL, ARRIVED, EXECUTED = Measure.BUDGET, Measure.BUDGET_INITIAL, Measure.ARRIVED, Measure.EXECUTED
RIGHT, WRONG, UNKNOWN = Verdict.CONSISTENT, Verdict.INCONSISTENT, Verdict.NOT_CHECKABLE


@pytest.mark.parametrize(
    ("budget", "executed", "stated", "severity", "expected"),
    [
        ("30万元", "29.81万元", "99.67%", Severity.ERROR, "99.37%"),
        ("54万元", "43万元", "80%", None, "79.63%"),
        ("54万元", "43万元", "100%", Severity.ERROR, "79.63%"),
        ("54万元", "43万元", "79%", Severity.INFO, "79.63%"),
        ("100万元", "99.6万元", "100%", Severity.INFO, "99.6%"),
        ("54万元", "43万元", "79.70%", Severity.INFO, "79.63%"),
    ],
)
def test_execution(budget: str, executed: str, stated: str, severity: Severity | None, expected: str) -> None:
    told = Told(f"全年预算{budget}，支出{executed}，执行率{stated}。")
    project = told.project(
        facts=[told.fact(BUDGET, f"全年预算{budget}", budget), told.fact(EXECUTED, f"支出{executed}", executed)],
        rates=(told.rate("executed/budget", f"执行率{stated}", stated),),
    )
    claims, findings = of_check(rates.rate_execution_recompute, told.facts(project))
    assert [(c.stated, c.expected) for c in claims] == [(stated, expected)]
    assert [f.severity for f in findings] == ([severity] if severity else [])
    assert [claim.formula for claim in claims] == [f"{executed} ÷ {budget} = {expected}"]
    assert [told.document.quote(s) for f in findings for s in f.highlight] == ([stated] if severity else [])


def test_reaching_all_of_a_fund_is_having_all_of_it() -> None:
    told = Told("全年预算54万元，支出43万元，执行率达到100%。")
    project = told.project(
        facts=[told.fact(BUDGET, "全年预算54万元", "54万元"), told.fact(EXECUTED, "支出43万元", "43万元")],
        rates=(told.rate("executed/budget", "执行率达到100%", "100%", Bound.AT_LEAST),),
    )
    _, findings = of_check(rates.rate_execution_recompute, told.facts(project))
    assert [f.severity for f in findings] == [Severity.ERROR]


def test_about_never_makes_an_error() -> None:
    told = Told("全年预算54万元，支出43万元，执行率约90%。")
    project = told.project(
        facts=[told.fact(BUDGET, "全年预算54万元", "54万元"), told.fact(EXECUTED, "支出43万元", "43万元")],
        rates=(told.rate("executed/budget", "执行率约90%", "90%", Bound.APPROX),),
    )
    _, findings = of_check(rates.rate_execution_recompute, told.facts(project))
    assert [f.severity for f in findings] == [Severity.WARNING]


def adjusted(stated: str, named: bool = False, origin: Origin = Origin.PROSE) -> tuple[Verdicts, list[Severity]]:
    """年初 940, 调整后 816.25, spent 302.68."""
    told = Told(f"年初预算940万元，调整后预算816.25万元，支出302.68万元，执行率{stated}。")
    project = told.project(
        facts=[
            told.fact(INITIAL, "年初预算940万元", "940万元"),
            told.fact(BUDGET, "调整后预算816.25万元", "816.25万元"),
            told.fact(EXECUTED, "支出302.68万元", "302.68万元"),
        ],
        rates=(told.rate("executed/budget", f"执行率{stated}", stated, named_base=named, origin=origin),),
    )
    facts = told.facts(project)
    claims, recomputed = of_check(rates.rate_execution_recompute, facts)
    _, based = of_check(rate_bases.rate_denominator_basis, facts)
    return verdicts(claims), [f.severity for f in (*recomputed, *based)]


def test_the_adjusted_budget_is_the_base() -> None:
    assert adjusted("37.08%") == ([("37.08%", RIGHT, None)], [])


def test_the_initial_budget_as_base_is_a_hint() -> None:
    assert adjusted("32.20%") == ([("32.20%", RIGHT, None)], [Severity.INFO])


def test_a_form_asks_for_the_adjusted_base() -> None:
    assert adjusted("32.20%", origin=Origin.FORM) == ([("32.20%", RIGHT, None)], [Severity.WARNING])


def test_a_named_base_is_held_to() -> None:
    assert adjusted("32.20%", named=True) == ([("32.20%", WRONG, None)], [Severity.ERROR])


def test_no_base_fits() -> None:
    assert adjusted("35.00%") == ([("35.00%", WRONG, None)], [Severity.ERROR])


def test_an_adjustment_without_its_figure_leaves_the_base_uncertain() -> None:
    told = Told("年初预算100万元，年中调减部分预算，支出76万元，执行率95%。")
    project = told.project(
        facts=[told.fact(INITIAL, "年初预算100万元", "100万元"), told.fact(EXECUTED, "支出76万元", "76万元")],
        rates=(told.rate("executed/budget", "执行率95%", "95%"),),
    )
    _, findings = of_check(rates.rate_execution_recompute, told.facts(project))
    assert [(f.severity, f.doubts) for f in findings] == [(Severity.WARNING, frozenset({Doubt.BASE_UNCERTAIN}))]


def test_a_rate_may_rest_on_either_of_two_statements() -> None:
    """The text's own amount is wrong, the table's is right: the rate is right, the amount is another check's."""
    told = Told("全年预算5105.24万元，支出4862.17万元，执行率94.53%。", "4826.17万元")
    in_table = told.fact(EXECUTED, "4826.17万元", "4826.17万元", origin=Origin.FORM)
    project = told.project(
        facts=[
            told.fact(BUDGET, "全年预算5105.24万元", "5105.24万元"),
            told.fact(EXECUTED, "支出4862.17万元", "4862.17万元"),
            in_table,
        ],
        settled={EXECUTED: in_table},
        rates=(told.rate("executed/budget", "执行率94.53%", "94.53%"),),
    )
    claims, findings = of_check(rates.rate_execution_recompute, told.facts(project))
    assert verdicts(claims) == [("94.53%", RIGHT, None)]
    assert findings == []


@pytest.mark.parametrize(("present", "reason"), [((BUDGET,), "no_executed"), ((EXECUTED,), "no_budget"), ((), "no_executed")])
def test_what_cannot_be_checked_says_why(present: tuple[Measure, ...], reason: str) -> None:
    told = Told("全年预算54万元，支出43万元，执行率80%。")
    every = {BUDGET: told.fact(BUDGET, "全年预算54万元", "54万元"), EXECUTED: told.fact(EXECUTED, "支出43万元", "43万元")}
    project = told.project(facts=[every[m] for m in present], rates=(told.rate("executed/budget", "执行率80%", "80%"),))
    claims, findings = of_check(rates.rate_execution_recompute, told.facts(project))
    assert verdicts(claims) == [("80%", UNKNOWN, reason)]
    assert findings == []


def test_an_amount_without_unit_is_not_compared() -> None:
    told = Told("全年预算54万元，支出43万元，执行率90%。")
    executed = told.fact(EXECUTED, "支出43万元", "43万元")
    executed = replace(executed, quantity=replace(executed.quantity, unit=""))
    project = told.project(
        facts=[told.fact(BUDGET, "全年预算54万元", "54万元"), executed], rates=(told.rate("executed/budget", "执行率90%", "90%"),)
    )
    claims, findings = of_check(rates.rate_execution_recompute, told.facts(project))
    assert verdicts(claims) == [("90%", UNKNOWN, "unit_unknown")]
    assert findings == []


def test_doubts_of_the_reading_cap_an_error() -> None:
    told = Told("全年预算54万元，支出43万元，执行率90%。")
    executed = told.fact(EXECUTED, "支出43万元", "43万元", doubts=frozenset({Doubt.OCR}))
    project = told.project(
        facts=[told.fact(BUDGET, "全年预算54万元", "54万元"), executed], rates=(told.rate("executed/budget", "执行率90%", "90%"),)
    )
    _, findings = of_check(rates.rate_execution_recompute, told.facts(project))
    assert [f.severity for f in findings] == [Severity.WARNING]


def test_a_source_has_a_rate_of_its_own() -> None:
    told = Told("省级资金120万元，支出90万元，执行率80%。")
    parts = (
        told.fact(BUDGET, "省级资金120万元", "120万元", source="省级资金"),
        told.fact(EXECUTED, "支出90万元", "90万元", source="省级资金"),
    )
    project = told.project(facts=parts, sources=sources(*parts), rates=(told.rate("source", "执行率80%", "80%", source="省级"),))
    claims, findings = of_check(rates.rate_source_recompute, told.facts(project))
    assert [(c.stated, c.expected, c.formula) for c in claims] == [("80%", "75%", "90万元 ÷ 120万元 = 75%")]
    assert [f.severity for f in findings] == [Severity.ERROR]


def test_no_rate_of_nothing() -> None:
    told = Told("预算0万元，支出3.36万元，执行率100%；结转资金0万元，执行率0%。")
    facts = [told.fact(BUDGET, "预算0万元", "0万元"), told.fact(EXECUTED, "支出3.36万元", "3.36万元")]
    both = (told.rate("executed/budget", "执行率100%", "100%"), told.rate("executed/budget", "执行率0%", "0%"))
    claims, findings = of_check(rates.rate_zero_denominator, told.facts(told.project(facts=facts, rates=both)))
    assert verdicts(claims) == [("100%", WRONG, None), ("0%", UNKNOWN, "zero_base")]
    assert [f.severity for f in findings] == [Severity.ERROR]


def test_rates_that_both_follow_from_amounts_do_not_conflict() -> None:
    told = Told("年初预算940万元，调整后预算816.25万元，支出302.68万元，执行率32.20%，按调整后预算执行率37.08%。")
    project = told.project(
        facts=[
            told.fact(INITIAL, "年初预算940万元", "940万元"),
            told.fact(BUDGET, "调整后预算816.25万元", "816.25万元"),
            told.fact(EXECUTED, "支出302.68万元", "302.68万元"),
        ],
        rates=(told.rate("executed/budget", "执行率32.20%", "32.20%"), told.rate("executed/budget", "执行率37.08%", "37.08%")),
    )
    _, findings = of_check(rate_bases.rate_conflicting_mentions, told.facts(project))
    assert findings == []


def test_unverifiable_rates_are_told_once() -> None:
    told = Told("资金使用率达到100%。", "经费使用率100%。", "支出率100%。")
    projects = [
        told.project(name, rates=(told.rate("executed/budget", within, "100%"),))
        for name, within in (("图书经费", "资金使用率达到100%"), ("展陈经费", "经费使用率100%"), ("讲座经费", "支出率100%"))
    ]
    _, findings = of_check(rate_bases.rate_unverifiable, told.facts(*projects))
    assert [(f.severity, f.arguments["count"], len(f.spans)) for f in findings] == [(Severity.INFO, "3", 3)]


def paid_in_full(text: str, reason: str = "") -> list[tuple[Severity, bool]]:
    told = Told("预算60万元，实际支出43万元。", text, reason or "无其他说明。")
    facts = [told.fact(BUDGET, "预算60万元", "60万元"), told.fact(EXECUTED, "实际支出43万元", "43万元")]
    _, findings = of_check(rate_shortfall.rate_full_with_shortfall, told.facts(told.project(facts=facts)))
    return [(f.severity, bool(f.arguments["reason"])) for f in findings]


def test_paid_in_full_beside_money_left_is_a_point_to_query() -> None:
    assert paid_in_full("补贴发放率100%。") == [(Severity.WARNING, False)]
    assert paid_in_full("补贴发放率100%。", "由于部分岗位空缺，资金结余。") == [(Severity.WARNING, True)]
    assert paid_in_full("补贴发放率98%。") == []
    assert paid_in_full("抽检合格率100%，验收率100%。") == []


def test_all_done_beside_little_spent_asks_for_a_reason() -> None:
    told = Told("预算60万元，实际支出12万元。", "年度任务完成率100%。")
    facts = [told.fact(BUDGET, "预算60万元", "60万元"), told.fact(EXECUTED, "实际支出12万元", "12万元")]
    _, findings = of_check(rate_shortfall.rate_full_with_shortfall, told.facts(told.project(facts=facts)))
    assert [f.stated for f in findings] == ["任务完成率100%"]
    assert paid_in_full("年度任务完成率100%。") == []


def test_all_that_arrived_is_spent() -> None:
    told = Told("预算60万元，实际到位43万元，实际支出43万元，到位资金已全部支付完毕。")
    facts = [
        told.fact(BUDGET, "预算60万元", "60万元"),
        told.fact(ARRIVED, "实际到位43万元", "43万元"),
        told.fact(EXECUTED, "实际支出43万元", "43万元"),
    ]
    _, findings = of_check(rate_shortfall.rate_full_with_shortfall, told.facts(told.project(facts=facts)))
    assert findings == []


@pytest.mark.parametrize(
    ("text", "limit", "flagged"),
    [
        ("项目按计划推进。", 90, True),
        ("项目按计划推进。", 60, False),
        ("由于合同签订较晚，部分款项结转下年支付。", 90, False),
        ("因此，资金使用规范。", 90, True),
        ("受汛期影响，工程未完工。", 90, False),
    ],
)
def test_low_execution_asks_for_a_reason(text: str, limit: int, flagged: bool) -> None:
    told = Told("预算60万元，实际支出43万元。", text)
    facts = [told.fact(BUDGET, "预算60万元", "60万元"), told.fact(EXECUTED, "实际支出43万元", "43万元")]
    _, findings = of_check(rate_shortfall.rate_low_execution_unexplained, told.facts(told.project(facts=facts)), low_execution=limit)
    assert bool(findings) is flagged


def reading(*paragraphs: str, facts: tuple[tuple[Measure, str, str], ...], rate: tuple[str, str], **more: Any) -> Verdicts:
    """The verdict on one execution rate."""
    told = Told(*paragraphs)
    stated = told.rate("executed/budget", *rate)
    project = told.project(facts=[told.fact(*fact) for fact in facts], rates=(stated,))
    claims, findings = of_check(rates.rate_execution_recompute, told.facts(project, **more))
    assert bool(findings) == any(claim.verdict is WRONG for claim in claims)
    return verdicts(claims)


WHOLE = ((BUDGET, "全年预算560万元", "560万元"), (EXECUTED, "全年支出512.36万元", "512.36万元"))


@pytest.mark.parametrize(
    ("sentence", "rate"),
    [
        ("截至6月底，执行进度27.86%。", ("执行进度27.86%", "27.86%")),
        ("上半年预算执行率为27.86%。", ("预算执行率为27.86%", "27.86%")),
        ("前三季度执行率60%。", ("执行率60%", "60%")),
    ],
)
def test_a_rate_of_part_of_the_year_accuses_nobody(sentence: str, rate: tuple[str, str]) -> None:
    paragraphs = ("全年预算560万元，全年支出512.36万元。", sentence)
    assert reading(*paragraphs, facts=WHOLE, rate=rate) == [(rate[1], UNKNOWN, "other_period")]


def test_rates_told_in_a_row_accuse_nobody() -> None:
    paragraphs = ("全年预算560万元，全年支出512.36万元。", "三个标段执行率分别为99%、88.5%和91%。")
    assert reading(*paragraphs, facts=WHOLE, rate=("执行率分别为99%", "99%")) == [("99%", UNKNOWN, "list")]


def test_several_budgets_without_one_beside_the_rate_accuse_nobody() -> None:
    paragraphs = ("预算150万元。", "预算120万元。", "共支出361.52万元，执行率93.49%。")
    facts = ((BUDGET, "预算150万元", "150万元"), (BUDGET, "预算120万元", "120万元"), (EXECUTED, "支出361.52万元", "361.52万元"))
    assert reading(*paragraphs, facts=facts, rate=("执行率93.49%", "93.49%")) == [("93.49%", UNKNOWN, "two_candidates")]


def test_amounts_beside_the_rate_come_first() -> None:
    paragraphs = ("全年预算560万元，全年支出512.36万元。", "接待经费预算38.50万元，支出29.84万元，完成预算的77.51%。")
    near = ((BUDGET, "经费预算38.50万元", "38.50万元"), (EXECUTED, "支出29.84万元", "29.84万元"))
    assert reading(*paragraphs, facts=(*WHOLE, *near), rate=("完成预算的77.51%", "77.51%")) == [("77.51%", RIGHT, None)]


def test_a_rate_that_rests_on_the_parts_of_a_wrong_total_is_right() -> None:
    """353.20 is printed, its parts make 352.20, and so does the rate."""
    told = Told("预算363.00万元，支出353.20万元，其中甲205.80万元、乙146.40万元，执行率97.02%。")
    whole = told.fact(EXECUTED, "支出353.20万元", "353.20万元")
    parts = tuple(Term("part", money(figure), told.figure(figure, figure)) for figure in ("205.80万元", "146.40万元"))
    statement = Statement(StatementKind.BREAKDOWN, parts, Term("executed", whole.quantity, whole.spans[0]))
    project = told.project(
        facts=[told.fact(BUDGET, "预算363.00万元", "363.00万元"), whole], rates=(told.rate("executed/budget", "执行率97.02%", "97.02%"),)
    )
    claims, findings = of_check(rates.rate_execution_recompute, told.facts(project, statements=(statement,)))
    assert (verdicts(claims), findings) == ([("97.02%", RIGHT, None)], [])


def test_a_rate_of_an_adjusted_budget_that_does_not_add_up() -> None:
    told = Told("年初预算1200万元，年中追加350万元，全年预算1650万元，支出1472.5万元，执行率95%。")
    project = told.project(
        facts=[
            told.fact(INITIAL, "年初预算1200万元", "1200万元"),
            told.fact(Measure.ADJUSTMENT, "年中追加350万元", "350万元"),
            told.fact(BUDGET, "全年预算1650万元", "1650万元"),
            told.fact(EXECUTED, "支出1472.5万元", "1472.5万元"),
        ],
        rates=(told.rate("executed/budget", "执行率95%", "95%"),),
    )
    claims, findings = of_check(rates.rate_execution_recompute, told.facts(project))
    assert (verdicts(claims), findings) == ([("95%", RIGHT, None)], [])


def test_amounts_of_many_things_prove_no_rate() -> None:
    """The last of twenty pairs would make 61%; a dozen statements of a measure are the most that one fund has."""
    pairs = [(f"{100 + i}万元", f"{90 - i}万元") for i in range(19)] + [("200万元", "122万元")]
    told = Told("".join(f"全年预算{budget}，支出{executed}。" for budget, executed in pairs) + "总体执行率61%。")
    project = told.project(
        facts=[
            fact
            for budget, executed in pairs
            for fact in (told.fact(BUDGET, f"全年预算{budget}", budget), told.fact(EXECUTED, f"支出{executed}", executed))
        ],
        rates=(told.rate("executed/budget", "执行率61%", "61%"),),
    )
    claims, findings = of_check(rates.rate_execution_recompute, told.facts(project))
    assert (verdicts(claims), findings) == ([("61%", UNKNOWN, "two_candidates")], [])
