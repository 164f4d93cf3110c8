"""Parts told with rates of their own, asides below the sources of a form, and indicators whose way stands in a column."""

from __future__ import annotations

import pytest

from extractor.check.run import run
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.model.facts import Facts, Operator
from extractor.model.findings import Severity
from extractor.understand import understand
from tests.check.pages import document


def read(text: str) -> Facts:
    return understand(document(text), default())


def found(text: str) -> list[tuple[str, str | None, str | None]]:
    findings = run(read(text), CheckSettings(), default()).findings
    return [(f.check, f.stated, f.expected) for f in findings if f.severity is not Severity.INFO]


def funds(words: str) -> str:
    return f"2023年度灌区改造项目绩效自评报告\n一、资金情况\n{words}\n"


LISTS = (
    "项目预算5,000万元，支出4,650万元，执行率93%，其中中央资金支出3,420万元，执行率95%；省级资金支出810万元，执行率90%；县级资金支出420万元，执行率84%。",
    "项目预算5,000万元，支出4,650万元，执行率93%，其中中央资金支出3,420万元，执行率95%；省级资金支出810万元，执行率90%；市县资金支出420万元，执行率84%。",
    "项目预算5,000万元，支出4,650万元，执行率93%，其中中央资金支出3,420万元，执行率95%，省级资金支出810万元，执行率90%，区县资金支出420万元，执行率84%。",
    "项目预算5,000万元，支出4,650万元，其中：基本支出3,420万元，执行率95%，项目支出1,230万元，执行率87.86%。",
)


@pytest.mark.parametrize("words", LISTS)
def test_the_rate_of_a_part_is_not_held_against_the_whole(words: str) -> None:
    assert found(funds(words)) == []


def test_a_wrong_rate_of_the_whole_beside_parts_is_found() -> None:
    told = found(funds(LISTS[1].replace("执行率93%", "执行率96%")))
    assert told == [("rate-execution-recompute", "96%", "93%")]


def test_parts_with_rates_that_do_not_make_their_total_are_found() -> None:
    told = found(funds(LISTS[1].replace("资金支出420万元", "资金支出440万元")))
    assert told == [("amount-detail-sum", "4,650万元", "4670万元")]


def test_what_is_left_is_told_from_the_base_that_can_leave_it() -> None:
    words = "中央下达资金3,600万元。各级资金到位5,000万元，支出4,650万元，结余450万元。"
    assert [(stated, expected) for check, stated, expected in found(funds(words)) if check == "amount-balance-identity"] == [
        ("450万元", "350万元")
    ]


FORM = """部门整体支出绩效自评表（2022年度）

部门名称 | 南坪县卫生健康局 | < | < | <
预算情况（万元） | 资金 | 全年预算数 | 全年执行数 | 执行率
^ | 资金总额 | 6,800.00 | {spent} | 97.00%
^ | 财政性资金 | 6,500.00 | 6,305.00 | 97.00%
^ | 其他资金 | 300.00 | 291.00 | 97.00%
^ | {aside} | 1,400.00 | 1,361.20 | 97.23%
"""


@pytest.mark.parametrize("aside", ["其中：项目支出", "项目支出", "其中：重点项目"])
def test_an_aside_below_the_sources_is_no_source(aside: str) -> None:
    assert found(FORM.format(spent="6,596.00", aside=aside)) == []


def test_a_source_too_many_is_found() -> None:
    told = found(FORM.format(spent="6,596.00", aside="上年结转资金"))
    assert [(check, stated) for check, stated, _ in told] == [("amount-source-sum", "6800.00万元"), ("amount-source-sum", "6596.00万元")]


ROWS = """项目支出绩效自评表（2023年度）

项目名称 | 供水管网改造 | < | < | < | <
三级指标 | {heads} | 年度指标值 | 实际完成值 | 分值 | 得分
管网漏损率 | {signs} | 9% | {actual} | 20 | 20
"""
WAYS = {
    "the way alone": ("指标方向", "反向"),
    "the nature before it": ("指标性质 | 指标方向", "定量 | 反向指标"),
    "the nature behind it": ("指标方向 | 指标性质", "逆向 | 定量"),
}


@pytest.mark.parametrize("case", WAYS)
def test_the_way_of_an_indicator_may_stand_in_a_column_of_its_own(case: str) -> None:
    heads, signs = WAYS[case]
    (project,) = read(ROWS.format(heads=heads, signs=signs, actual="9.8%")).projects
    (row,) = project.indicators
    assert row.target is not None
    assert (row.target.text, row.target.operator) == ("9%", Operator.AT_MOST)
    assert [check for check, _, _ in found(ROWS.format(heads=heads, signs=signs, actual="9.8%"))] == ["score-indicator-formula"]
    assert found(ROWS.format(heads=heads, signs=signs, actual="8.6%")) == []


UNDER_THE_HEAD = """项目支出绩效目标自评表（2023年度）

项目名称 | < | 危旧房改造 | < | <
资金情况 | 年初预算数（万元） | < | 全年预算数（万元） | 全年执行数（万元）
^ | 620.00 | < | 580.00 | 533.60
^ | 其中：市级支出 | < | 400.00 | 368.00
^ | 区县支出 | < | 180.00 | 165.60
"""


def test_rows_may_be_named_under_the_first_head_of_amounts() -> None:
    (project,) = read(UNDER_THE_HEAD).projects
    told = [(s.label, s.budget and s.budget.quantity.written, s.executed and s.executed.quantity.written) for s in project.sources]
    assert told == [("市级支出", "400.00", "368.00"), ("区县支出", "180.00", "165.60")]
    assert found(UNDER_THE_HEAD) == []


NAMED = (
    "预算300万元，其中省级120万元、县级180万元；实际支付285万元，支付率95%，省级资金支付率100%，县级资金支付率91.67%。",
    "预算300万元，支出285万元，执行率95%，其中中央资金执行率100%，地方资金执行率90%。",
    "预算300万元，到位285万元，到位率95%，省级资金到位率100%，县级资金到位率91.67%。支出285万元。",
)


@pytest.mark.parametrize("words", NAMED)
def test_a_rate_that_names_its_source_is_that_of_the_source(words: str) -> None:
    assert found(funds(words)) == []


def test_a_rate_of_the_public_money_is_the_whole_s() -> None:
    assert found(funds("预算300万元，支出285万元，财政资金执行率97%。")) == [("rate-execution-recompute", "97%", "95%")]
