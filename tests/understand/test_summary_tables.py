"""Lists of projects and tables of accounts: heads over several rows, parts of a row, totals, and figures of the year before."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractor.model.facts import Facts, Project, StatementKind
from tests.understand.conftest import Printed


def table(*rows: str, title: str = "单位：万元") -> str:
    return "\n".join([f"::: table {title}", *rows, ":::", ""])


def amounts(project: Project) -> dict[str, str]:
    return {measure.value: f"{(fact.quantity.value / 10_000).normalize():f}" for measure, fact in project.amounts.items()}


def sums(facts: Facts) -> list[tuple[list[str], str]]:
    told = [s for s in facts.statements if s.kind is StatementKind.BREAKDOWN]
    return [([term.quantity.written for term in s.operands], s.stated.quantity.written) for s in told]


HEADS = {
    "full": ("2023年预算", ("年初数", "调整数", "全年数")),
    "after": ("预算数", ("年初批复数", "追加数", "调整后")),
    "final": ("预算安排（万元）", ("年初", "增减", "合计")),
}


@pytest.mark.parametrize("case", HEADS)
def test_the_head_of_a_group_and_the_words_below_it_tell_a_column(printed: Printed, case: str) -> None:
    group, leaves = HEADS[case]
    head = [f"| <x2> 项目名称 | <3> {group} | <x2> 支出数 |", f"| {' | '.join(leaves)} |"]
    facts = printed(table(*head, "| 渠道清淤 | 60.00 | -12.50 | 47.50 | 40.00 |", "| 泵站检修 | 20.00 | 5.00 | 25.00 | 25.00 |"))
    assert [(p.name, amounts(p)) for p in facts.projects if p.amounts] == [
        ("渠道清淤", {"budget_initial": "60", "budget": "47.5", "executed": "40", "adjustment": "-12.5"}),
        ("泵站检修", {"budget_initial": "20", "budget": "25", "executed": "25", "adjustment": "5"}),
    ]


@pytest.mark.parametrize("whole", ["合计", "小计", "金额"])
def test_parts_below_a_head_are_parts_of_it(printed: Printed, whole: str) -> None:
    head = ["| <x2> 项目名称 | <x2> 预算数 | <3> 决算数 |", f"| {whole} | 财政拨款 | 其他 |"]
    facts = printed(table(*head, "| 渠道清淤 | 50.00 | 48.00 | 40.00 | 8.00 |", "| 泵站检修 | 20.00 | 19.00 | 19.00 | 0.00 |"))
    first = next(p for p in facts.projects if p.amounts)
    assert amounts(first) == {"budget": "50", "executed": "48"}
    assert [(s.label, s.executed and s.executed.quantity.written) for s in first.sources] == [("财政拨款", "40.00"), ("其他", "8.00")]


def test_the_column_of_the_year_before_is_not_this_years(printed: Printed) -> None:
    rows = [
        "| 项目名称 | 上年执行数 | 2023年预算数 | 2023年执行数 |",
        "| 渠道清淤 | 35.20 | 60.00 | 54.00 |",
        "| 泵站检修 | 8.00 | 20.00 | 18.00 |",
    ]
    facts = printed(table(*rows))
    assert [amounts(p) for p in facts.projects if p.amounts] == [{"budget": "60", "executed": "54"}, {"budget": "20", "executed": "18"}]


LIST = {
    "numbered": [
        "| 序号 | 项目名称 | 预算数 | 执行数 |",
        "| 1 | 灌区改造 | 70.00 | 65.00 |",
        "| | 其中：干渠衬砌 | 30.00 | 28.00 |",
        "| | 支渠清淤 | 40.00 | 37.00 |",
        "| 2 | 泵站检修 | 20.00 | 18.00 |",
        "| | 合计 | 90.00 | 83.00 |",
    ],
    "in part": [
        "| 序号 | 项目名称 | 预算数 | 执行数 |",
        "| 1 | 灌区改造 | 70.00 | 65.00 |",
        "| | 其中：干渠衬砌 | 30.00 | 28.00 |",
        "| 2 | 泵站检修 | 20.00 | 18.00 |",
        "| | 合计 | 90.00 | 83.00 |",
    ],
    "by their sum": [
        "| 项目名称 | 预算数 | 执行数 |",
        "| 灌区改造 | 70.00 | 65.00 |",
        "| 其中：干渠衬砌 | 30.00 | 28.00 |",
        "| 支渠清淤 | 40.00 | 37.00 |",
        "| 泵站检修 | 20.00 | 18.00 |",
        "| 合计 | 90.00 | 83.00 |",
    ],
}


@pytest.mark.parametrize("case", LIST)
def test_parts_of_a_row_are_no_projects(printed: Printed, case: str) -> None:
    facts = printed(table(*LIST[case]))
    assert [p.name for p in facts.projects if not p.is_total] == ["灌区改造", "泵站检修"]
    assert (["70.00", "20.00"], "90.00") in sums(facts)
    assert (["65.00", "18.00"], "83.00") in sums(facts)


def test_a_total_that_no_reading_of_parts_makes_is_not_claimed(printed: Printed) -> None:
    rows = ["| 项目名称 | 预算数 | 执行数 |", "| 灌区改造 | 70.00 | 65.00 |", "| 其中：干渠衬砌 | 30.00 | 28.00 |"]
    rows += ["| 支渠清淤 | 20.00 | 17.00 |", "| 泵站检修 | 22.00 | 19.00 |", "| 合计 | 97.00 | 88.00 |"]
    assert sums(printed(table(*rows))) == []


FIRST, SECOND = ["渠道清淤 | 70.00 | 65.00", "泵站检修 | 20.00 | 18.00"], ["水质监测 | 15.00 | 14.00", "河长巡查 | 18.00 | 16.00"]
SUBTOTALS, TOTAL = ("小计 | 90.00 | 83.00", "小计 | 33.00 | 30.00"), "合计 | 123.00 | 113.00"
GROUPED = {
    "above": [SUBTOTALS[0], *FIRST, SUBTOTALS[1], *SECOND, TOTAL],
    "below": [*FIRST, SUBTOTALS[0], *SECOND, SUBTOTALS[1], TOTAL],
    "total first": [TOTAL, SUBTOTALS[0], *FIRST, SUBTOTALS[1], *SECOND],
}


@pytest.mark.parametrize("case", GROUPED)
def test_subtotals_stand_above_their_rows_or_below_them(printed: Printed, case: str) -> None:
    facts = printed(table("| 项目名称 | 预算数 | 执行数 |", *(f"| {row} |" for row in GROUPED[case])))
    assert sorted(sums(facts)) == [
        (["14.00", "16.00"], "30.00"),
        (["15.00", "18.00"], "33.00"),
        (["65.00", "18.00"], "83.00"),
        (["70.00", "20.00"], "90.00"),
        (["83.00", "30.00"], "113.00"),
        (["90.00", "33.00"], "123.00"),
    ]


# -- accounts ------------------------------------------------------------------------------------------------------------

YEARS = {
    "years": ("2022年决算数", "2023年决算数"),
    "words": ("上年决算数", "本年决算数"),
    "bare": ("上年数", "本年数"),
    "turned": ("2023年决算数", "2022年决算数"),
}


def accounts(first: str, second: str, rows: Sequence[tuple[str, str, str]], *more: str) -> str:
    return table(
        f"| 项目 | {first} | {second} | 增减率 |", *(f"| {a} | {b} | {c} | {d} |" for (a, b, c), d in zip(rows, more, strict=True))
    )


ITEMS = [("一、本年收入合计", "310.00", "330.00"), ("财政拨款收入", "300.00", "315.00"), ("其他收入", "10.00", "15.00")]


@pytest.mark.parametrize("case", YEARS)
def test_only_the_reports_year_is_this_years_amount(printed: Printed, case: str) -> None:
    rows = [(a, c, b) if case == "turned" else (a, b, c) for a, b, c in ITEMS]
    facts = printed(accounts(*YEARS[case], rows, "6.45%", "5.00%", "50.00%"))
    assert [(a.name, a.quantity.written) for a in facts.accounts] == [
        ("本年收入合计", "330.00"),
        ("财政拨款收入", "315.00"),
        ("其他收入", "15.00"),
    ]
    changes = [s for s in facts.statements if s.kind is StatementKind.CHANGE]
    assert [[t.quantity.written for t in (*s.operands, s.stated)] for s in changes] == [
        ["330.00", "310.00", "6.45%"],
        ["315.00", "300.00", "5.00%"],
        ["15.00", "10.00", "50.00%"],
    ]
    assert not [p for p in facts.projects if p.amounts or p.sources]
    assert sorted(sums(facts)) == [(["300.00", "10.00"], "310.00"), (["315.00", "15.00"], "330.00")]


def test_what_was_carried_over_is_added_to_the_years_own_only_in_the_grand_total(printed: Printed) -> None:
    left = [("财政拨款收入", "300.00"), ("其他收入", "10.00"), ("本年收入合计", "310.00"), ("年初结转和结余", "4.50"), ("总计", "314.50")]
    right = [("基本支出", "200.00"), ("项目支出", "104.00"), ("本年支出合计", "304.00"), ("年末结转和结余", "10.50"), ("总计", "314.50")]
    rows = [f"| {a} | {b} | {c} | {d} |" for (a, b), (c, d) in zip(left, right, strict=True)]
    assert sorted(sums(printed(table("| 收入 | 金额 | 支出 | 金额 |", *rows)))) == [
        (["200.00", "104.00"], "304.00"),
        (["300.00", "10.00"], "310.00"),
        (["304.00", "10.50"], "314.50"),
        (["310.00", "4.50"], "314.50"),
    ]


def test_where_no_column_shows_what_is_added_up_there_is_no_claim(printed: Printed) -> None:
    rows = [
        "| 科目 | 预算数 | 决算数 |",
        "| 本年支出合计 | 200.00 | 190.00 |",
        "| 人员经费 | 120.00 | 118.00 |",
        "| 会议费 | 3.00 | 2.00 |",
    ]
    assert sums(printed(table(*rows))) == []


@pytest.mark.parametrize("head", ["“三公”经费", "项目", "经费类别及科目"])
def test_the_table_of_travel_cars_and_guests_gives_no_budget_of_the_department(printed: Printed, head: str) -> None:
    rows = [f"| {head} | 预算数 | 支出数 | 上年支出数 | 比上年增长（%） |", "| 合计 | 18.00 | 14.26 | 15.10 | -5.56 |"]
    rows += ["| 公务接待费 | 6.00 | 4.11 | 5.02 | -18.13 |", "| 公务用车运行维护费 | 12.00 | 10.15 | 10.08 | 0.69 |"]
    facts = printed(table(*rows))
    assert not [p for p in facts.projects if p.amounts or p.sources]
    assert [s.stated.quantity.written for s in facts.statements if s.kind is StatementKind.CHANGE] == ["-5.56", "-18.13", "0.69"]
