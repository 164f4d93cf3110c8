"""Amounts held against each other: sources, mentions, ceilings, balances, breakdowns, units."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extractor.check import amount_units, amounts, balances, breakdowns, ceilings, parts
from extractor.lexicon.packs import default
from extractor.model.document import Document, Paragraph
from extractor.model.facts import Doubt, Fact, Measure, Origin, Project, Statement, StatementKind, Term
from extractor.model.findings import Severity, Verdict
from extractor.understand import understand
from tests.check.facts_builder import Told, of_check, sources, verdicts, whole_run
from tests.model.figures import count, money

BUDGET, INITIAL, ARRIVED, EXECUTED = Measure.BUDGET, Measure.BUDGET_INITIAL, Measure.ARRIVED, Measure.EXECUTED
BALANCE, ADJUSTMENT = Measure.BALANCE, Measure.ADJUSTMENT
LEVELS = ("省级", "市级", "县级")
RIGHT, WRONG, UNKNOWN = Verdict.CONSISTENT, Verdict.INCONSISTENT, Verdict.NOT_CHECKABLE


def funded(told: Told, total: str, shares: tuple[str, ...], origin: Origin = Origin.PROSE) -> Project:
    whole = told.fact(BUDGET, f"资金{total}", total, origin=origin)
    listed = [told.fact(BUDGET, level + each, each, source=level, origin=origin) for level, each in zip(LEVELS, shares, strict=False)]
    return told.project(facts=[whole, *listed], sources=sources(*listed))


def by_source(total: str, shares: tuple[str, ...], origin: Origin = Origin.PROSE) -> tuple[list[Verdict], list[Severity]]:
    listed = "、".join(level + each for level, each in zip(LEVELS, shares, strict=False))
    told = Told(f"资金{total}，其中{listed}。")
    claims, findings = of_check(amounts.amount_source_sum, told.facts(funded(told, total, shares, origin)))
    return [claim.verdict for claim in claims], [f.severity for f in findings]


@pytest.mark.parametrize(
    ("total", "shares", "origin", "outcome"),
    [
        ("540万元", ("200万元", "340万元"), Origin.PROSE, ([RIGHT], [])),
        ("550万元", ("200万元", "340万元"), Origin.PROSE, ([WRONG], [Severity.WARNING])),
        ("550万元", ("200万元", "340万元"), Origin.FORM, ([WRONG], [Severity.ERROR])),
        ("500万元", ("200万元", "340万元"), Origin.PROSE, ([WRONG], [Severity.WARNING])),
        ("900万元", ("200万元", "340万元"), Origin.PROSE, ([RIGHT], [])),  # an incomplete list, within its total
        ("900万元", ("200万元", "340万元"), Origin.FORM, ([WRONG], [Severity.ERROR])),
        ("540.01万元", ("200.00万元", "340.00万元"), Origin.FORM, ([RIGHT], [])),
        ("200万元", ("200万元",), Origin.PROSE, ([], [])),
    ],
)
def test_sources(total: str, shares: tuple[str, ...], origin: Origin, outcome: tuple[list[Verdict], list[Severity]]) -> None:
    assert by_source(total, shares, origin) == outcome


def test_the_formula_of_a_sum() -> None:
    told = Told("资金550万元，其中省级200万元、市级340.5万元。")
    project = funded(told, "550万元", ("200万元", "340.5万元"))
    _, findings = of_check(amounts.amount_source_sum, told.facts(project))
    assert [(f.formula, f.expected, f.stated) for f in findings] == [("200万元 + 340.5万元 = 540.5万元", "540.5万元", "550万元")]


def told_twice(first: str, second: str, measure: Measure = EXECUTED, then: str = "支出") -> tuple[list[Verdict], list[Severity]]:
    told = Told(f"支出{first}。", f"{then}{second}。")
    facts = [told.fact(measure, f"支出{first}", first), told.fact(measure, f"{then}{second}", second)]
    claims, findings = of_check(amounts.amount_conflicting_mentions, told.facts(told.project(facts=facts)))
    return [claim.verdict for claim in claims], [f.severity for f in findings]


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ("386万元", "368万元", ([WRONG], [Severity.WARNING])),
        ("309.20万元", "309.15万元", ([WRONG], [Severity.WARNING])),
        ("5万元", "6万元", ([WRONG], [Severity.WARNING])),
        ("430万元", "431万元", ([WRONG], [Severity.WARNING])),
        ("269.85万元", "269.86万元", ([RIGHT], [])),
        ("79.63万元", "79.6万元", ([RIGHT], [])),
        ("43万元", "43元", ([], [])),  # a matter of units
    ],
)
def test_one_figure_told_twice(first: str, second: str, outcome: tuple[list[Verdict], list[Severity]]) -> None:
    assert told_twice(first, second) == outcome


@pytest.mark.parametrize("words", ["截至6月底支出", "上半年支出", "开工以来累计支出"])
def test_figures_of_other_periods_are_not_compared(words: str) -> None:
    assert told_twice("386万元", "150万元", then=words) == ([], [])


def test_parts_that_make_the_whole_are_no_conflict() -> None:
    told = Told("支出150万元。", "支出100万元用于清淤。", "支出50万元用于护坡。")
    facts = [told.fact(EXECUTED, f"支出{figure}", figure) for figure in ("150万元", "100万元", "50万元")]
    claims, findings = of_check(amounts.amount_conflicting_mentions, told.facts(told.project(facts=facts)))
    assert ([c.verdict for c in claims], findings) == ([], [])


def test_the_initial_budget_under_a_plain_name_is_no_conflict() -> None:
    told = Told("年初预算940万元，调整后预算816.25万元。", "预算940万元。")
    facts = [
        told.fact(INITIAL, "年初预算940万元", "940万元"),
        told.fact(BUDGET, "调整后预算816.25万元", "816.25万元"),
        told.fact(BUDGET, "预算940万元", "940万元"),
    ]
    _, findings = of_check(amounts.amount_conflicting_mentions, told.facts(told.project(facts=facts)))
    assert findings == []


def usage(spent: tuple[str, str], stated: str) -> tuple[Told, Project]:
    told = Told(
        "经费400万元，包括县级预算260万元、市级补助140万元。",
        f"配套资金县级使用{spent[0]}，使用率75%，市级使用{spent[1]}，使用率75%。",
        f"项目实际支出{stated}。",
    )
    listed = [
        told.fact(BUDGET, "县级预算260万元", "260万元", source="县级"),
        told.fact(BUDGET, "市级补助140万元", "140万元", source="市级"),
        told.fact(EXECUTED, f"县级使用{spent[0]}", spent[0], source="县级"),
        told.fact(EXECUTED, f"市级使用{spent[1]}", spent[1], source="市级", doubts=frozenset({Doubt.INFERRED})),
    ]
    whole = [told.fact(BUDGET, "经费400万元", "400万元"), told.fact(EXECUTED, f"实际支出{stated}", stated)]
    by_level = zip(("县级", "市级"), spent, strict=True)
    rates = tuple(told.rate("source", f"{level}使用{amount}，使用率75%", "75%", source=level) for level, amount in by_level)
    return told, told.project(facts=[*whole, *listed], sources=sources(*listed), rates=rates)


def test_use_by_source_and_its_rates_are_one_incident() -> None:
    told, project = usage(("260万元", "140万元"), "300万元")
    outcome = whole_run(told.facts(project), select=frozenset({"amounts", "rates"}), low_execution=Decimal(70))
    worst = [f for f in outcome.findings if f.severity is not Severity.INFO]
    assert [(f.check, f.severity) for f in worst] == [("amount-source-usage-contradiction", Severity.ERROR)]
    quoted = [told.document.quote(span) for span in worst[0].spans]
    assert any("县级使用260万元，使用率75%" in quote for quote in quoted)
    assert any("项目实际支出300万元" in quote for quote in quoted)
    assert len(worst[0].claims) == 3


def test_use_by_source_that_agrees() -> None:
    told, project = usage(("195万元", "105万元"), "300万元")
    claims, findings = of_check(amounts.amount_source_usage_contradiction, told.facts(project))
    assert verdicts(claims) == [("300万元", RIGHT, None)]
    assert findings == []


def spent_beyond(text: str, full_year: bool, more: str = "") -> tuple[list[Verdict], list[Severity]]:
    told = Told(text, more or "资金专款专用。")
    label = "全年预算" if full_year else "预算"
    facts = [told.fact(BUDGET, "预算120万元", "120万元", label=label), told.fact(EXECUTED, "支出128.5万元", "128.5万元")]
    claims, findings = of_check(ceilings.amount_executed_exceeds_available, told.facts(told.project(facts=facts)))
    return [c.verdict for c in claims], [f.severity for f in findings]


def test_spending_beyond_the_budget() -> None:
    assert spent_beyond("全年预算120万元，支出128.5万元。", True) == ([WRONG], [Severity.ERROR])
    assert spent_beyond("年度预算120万元，支出128.5万元。", False) == ([WRONG], [Severity.WARNING])
    assert spent_beyond("全年预算120万元，支出128.5万元。", True, "其中使用上年结转资金8.5万元。") == ([WRONG], [Severity.WARNING])
    assert spent_beyond("年度预算120万元，支出128.5万元。", False, "年中追加8.5万元。") == ([UNKNOWN], [])


def test_cumulative_spending_is_a_matter_of_periods() -> None:
    told = Told("2023年预算300万元，开工以来累计支出820万元。")
    facts = [told.fact(BUDGET, "预算300万元", "300万元"), told.fact(EXECUTED, "累计支出820万元", "820万元")]
    project = told.project(facts=facts)
    claims, exceeding = of_check(ceilings.amount_executed_exceeds_available, told.facts(project))
    _, mixed = of_check(ceilings.amount_annual_vs_multiyear, told.facts(project))
    assert (verdicts(claims), exceeding) == ([("820万元", UNKNOWN, "other_funds")], [])
    assert [f.severity for f in mixed] == [Severity.WARNING]


def left(text: str, facts: tuple[tuple[Measure, str, str], ...]) -> tuple[list[tuple[str, Verdict, str | None]], list[Severity]]:
    told = Told(text)
    project = told.project(facts=[told.fact(*each) for each in facts])
    claims, findings = of_check(balances.amount_balance_identity, told.facts(project))
    return verdicts(claims), [f.severity for f in findings]


def test_balance() -> None:
    facts = ((BUDGET, "预算780万元", "780万元"), (EXECUTED, "支出457.37万元", "457.37万元"))
    right, wrong = (BALANCE, "结余322.63万元", "322.63万元"), (BALANCE, "结余332.63万元", "332.63万元")
    assert left("预算780万元，支出457.37万元，结余322.63万元。", (*facts, right)) == ([("322.63万元", RIGHT, None)], [])
    assert left("预算780万元，支出457.37万元，结余332.63万元。", (*facts, wrong)) == ([("332.63万元", WRONG, None)], [Severity.ERROR])
    text = "预算780万元，支出457.37万元，结余300.00万元，其余由财政收回。"
    assert left(text, (*facts, (BALANCE, "结余300.00万元", "300.00万元"))) == ([("300.00万元", UNKNOWN, "returned")], [])


def test_two_balances_add_up() -> None:
    text = "预算780万元，支出457.37万元，结转300.00万元，结余22.63万元。"
    facts = ((BUDGET, "预算780万元", "780万元"), (EXECUTED, "支出457.37万元", "457.37万元"))
    both = ((BALANCE, "结转300.00万元", "300.00万元"), (BALANCE, "结余22.63万元", "22.63万元"))
    assert left(text, (*facts, *both)) == ([("300.00万元", RIGHT, None)], [])


def test_the_balance_of_what_arrived() -> None:
    text = "预算780万元，到位500万元，支出457.37万元，结余42.63万元。"
    facts = ((BUDGET, "预算780万元", "780万元"), (ARRIVED, "到位500万元", "500万元"), (EXECUTED, "支出457.37万元", "457.37万元"))
    assert left(text, (*facts, (BALANCE, "结余42.63万元", "42.63万元"))) == ([("42.63万元", RIGHT, None)], [])


def test_adjustment() -> None:
    def adjusted(full: str) -> list[tuple[str | None, Severity]]:
        told = Told(f"年初预算940万元，年中调减123.75万元，调整后预算{full}。")
        down = told.fact(ADJUSTMENT, "调减123.75万元", "123.75万元")
        down = replace(down, quantity=replace(down.quantity, digits=-down.quantity.digits))
        facts = [told.fact(INITIAL, "年初预算940万元", "940万元"), down, told.fact(BUDGET, f"调整后预算{full}", full)]
        _, findings = of_check(balances.amount_adjustment_identity, told.facts(told.project(facts=facts)))
        return [(f.formula, f.severity) for f in findings]

    assert adjusted("816.25万元") == []
    assert adjusted("861.25万元") == [("940万元 − 123.75万元 = 816.25万元", Severity.WARNING)]


def counted(text: str, total: str, shares: tuple[str, ...], **more: object) -> Statement:
    told = Told(text)
    operands = tuple(Term("part", count(each), told.figure(text, f"{each}人")) for each in shares)
    return Statement(StatementKind.BREAKDOWN, operands, Term("total", count(total), told.figure(text, f"{total}人")), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("total", "shares", "exhaustive", "outcome"),
    [
        ("300", ("246", "54"), False, ([RIGHT], [])),
        ("301", ("246", "54"), False, ([WRONG], [Severity.WARNING])),
        ("301", ("246", "54"), True, ([WRONG], [Severity.ERROR])),
        ("299", ("246", "54"), False, ([WRONG], [Severity.WARNING])),
        ("500", ("246", "54"), False, ([RIGHT], [])),  # a list that need not be complete
        ("500", ("246", "54"), True, ([WRONG], [Severity.ERROR])),
        ("50", ("11",), False, ([RIGHT], [])),
    ],
)
def test_parts_of_a_count(total: str, shares: tuple[str, ...], exhaustive: bool, outcome: tuple[list[Verdict], list[Severity]]) -> None:
    text = f"培训{total}人，其中" + "、".join(f"某类{each}人" for each in shares)
    statement = counted(text, total, shares, exhaustive=exhaustive)
    claims, findings = of_check(parts.rate_part_whole, Told(text).facts(statements=(statement,)))
    assert ([c.verdict for c in claims], [f.severity for f in findings]) == outcome


def in_total(arrived: str) -> tuple[list[Verdict], list[Severity]]:
    told = Told("到位96.50万元。", "到位118.20万元。", "到位80.00万元。", f"合计到位{arrived}。")
    rows = [told.project(f"项目{n}", facts=[told.fact(ARRIVED, f"到位{n}", n)]) for n in ("96.50万元", "118.20万元", "80.00万元")]
    total = told.project("合计", facts=[told.fact(ARRIVED, f"合计到位{arrived}", arrived)], is_total=True)
    claims, findings = of_check(breakdowns.amount_project_total_vs_summary, told.facts(*rows, total))
    return [c.verdict for c in claims], [f.severity for f in findings]


def test_projects_and_their_total() -> None:
    assert in_total("294.70万元") == ([RIGHT], [])
    assert in_total("294.71万元") == ([RIGHT], [])
    assert in_total("294.67万元") == ([WRONG], [Severity.WARNING])


def test_a_project_without_the_amount_leaves_the_total_unchecked() -> None:
    told = Told("到位96.50万元。", "未到位。", "合计到位96.50万元。")
    first = told.project("甲", facts=[told.fact(ARRIVED, "到位96.50万元", "96.50万元")])
    total = told.project("合计", facts=[told.fact(ARRIVED, "合计到位96.50万元", "96.50万元")], is_total=True)
    claims, findings = of_check(breakdowns.amount_project_total_vs_summary, told.facts(first, told.project("乙"), total))
    assert (verdicts(claims), findings) == ([("96.50万元", UNKNOWN, "partial_list")], [])


def units(executed: str, *rates: str) -> list[Severity]:
    told = Told(f"预算132.81万元，支出{executed}，执行率0.08%。")
    facts = [told.fact(BUDGET, "预算132.81万元", "132.81万元"), told.fact(EXECUTED, f"支出{executed}", executed)]
    stated = tuple(told.rate("executed/budget", f"执行率{rate}", rate) for rate in rates)
    _, findings = of_check(amount_units.amount_unit_suspect, told.facts(told.project(facts=facts, rates=stated)))
    return [f.severity for f in findings]


def test_spending_ten_thousand_times_off_looks_like_a_wrong_unit() -> None:
    assert units("128元") == [Severity.WARNING]
    assert units("1000元") == [Severity.WARNING]
    assert units("1000元", "0.08%") == []  # a rate that fits speaks for the amount
    assert units("0.1万元") == []  # the same unit as the budget
    assert units("1200000元") == []


def test_a_slip_of_units_between_mentions() -> None:
    told = Told("支出43万元。", "支出43元。")
    facts: list[Fact] = [told.fact(EXECUTED, "支出43万元", "43万元"), told.fact(EXECUTED, "支出43元", "43元")]
    outcome = whole_run(told.facts(told.project(facts=facts)), select=frozenset({"amounts"}))
    assert [(f.check, f.severity) for f in outcome.findings] == [("amount-unit-suspect", Severity.WARNING)]
    assert money("43元").value == Decimal(43)


def versions(*paragraphs: tuple[str, str]) -> list[Severity]:
    told = Told(*(text for text, _ in paragraphs))
    passages = [(f"支出{figure}" if f"支出{figure}" in text else text[:-1], figure) for text, figure in paragraphs]
    facts = [told.fact(EXECUTED, *passage, label="支出") for passage in passages]
    _, findings = of_check(amounts.amount_conflicting_mentions, told.facts(told.project(facts=facts)))
    return [f.severity for f in findings]


def test_statements_of_the_whole_alone_conflict() -> None:
    whole = ("全年支出512.36万元。", "512.36万元")
    assert versions(whole, ("项目支出521.36万元。", "521.36万元")) == [Severity.WARNING]
    assert versions(whole, ("设备支出21.36万元。", "21.36万元")) == []
    assert versions(whole, ("支付监理费支出18万元。", "18万元")) == []
    assert versions(whole, ("项目累计支出6305万元。", "6305万元")) == []
    assert versions(whole, ("支出100万元。", "100万元"), ("支出90万元。", "90万元")) == []  # three versions are three things


def test_numbered_items_with_subjects_of_their_own_do_not_conflict() -> None:
    roads, ponds = ("（一）道路硬化。支出86.7万元。", "86.7万元"), ("（二）山塘清淤。支出40万元。", "40万元")
    assert versions(roads, ponds) == []
    assert versions(("（一）资金支出情况。支出86.7万元。", "86.7万元"), ("（二）自评结果。支出78.6万元。", "78.6万元")) == [
        Severity.WARNING
    ]


def test_a_balance_with_money_carried_in_is_not_checkable() -> None:
    text = "预算780万元，上年结转48.25万元，支出757.37万元，结余70.88万元。"
    facts = ((BUDGET, "预算780万元", "780万元"), (EXECUTED, "支出757.37万元", "757.37万元"), (BALANCE, "结余70.88万元", "70.88万元"))
    assert left(text, facts) == ([("70.88万元", UNKNOWN, "carried_in")], [])


def test_all_adjustments_told_beside_the_budget_must_make_it() -> None:
    def adjusted(text: str) -> list[Severity]:
        told = Told(text)
        up, down = told.fact(ADJUSTMENT, "追加350万元", "350万元"), told.fact(ADJUSTMENT, "调减120万元", "120万元")
        down = replace(down, quantity=replace(down.quantity, digits=-down.quantity.digits))
        facts = [told.fact(INITIAL, "年初预算1200万元", "1200万元"), up, down, told.fact(BUDGET, "全年预算1450万元", "1450万元")]
        _, findings = of_check(balances.amount_adjustment_identity, told.facts(told.project(facts=facts)))
        return [f.severity for f in findings]

    assert adjusted("年初预算1200万元，追加350万元，调减120万元，全年预算1450万元。") == [Severity.WARNING]
    assert adjusted("年初预算1200万元，追加350万元。调减120万元，全年预算1450万元。") == []  # more may have been added elsewhere


def test_a_list_may_have_its_total_in_the_sentence_before() -> None:
    def listed(total: str) -> list[str | None]:
        text = f"实际支出{total}。构成为：人工费18.5万元，材料费7.2万元，机械费4.3万元。"
        facts = understand(Document("r.txt", "", "text/plain", (Paragraph(0, "山塘清淤项目绩效自评报告"), Paragraph(1, text))), default())
        _, findings = of_check(breakdowns.amount_detail_sum, facts)
        return [f.expected for f in findings]

    assert listed("30.0万元") == []
    assert listed("33.0万元") == ["30.0万元"]
