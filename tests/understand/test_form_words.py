"""Heads of forms with units and weights in brackets, totals that stand last, rules of scoring beside scores."""

from __future__ import annotations

import pytest

from extractor.lexicon.packs import default
from extractor.model.facts import Facts, Measure
from extractor.understand import understand
from tests.check.pages import document

FUNDS = """
项目名称 | {name} | < | < | <
支出类别（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 执行率
{rows}
"""
PARTS_FIRST = {
    "halves of spending": ("基本支出", "项目支出", "合计"),
    "sources": ("省级补助", "县级配套", "年度资金总额"),
    "kinds of no list": ("工程费", "监理费", "总计"),
    "numbered": ("1.设备款", "2.安装款", "资金总额"),
    "total in the middle": ("人员经费", "合计", "公用经费"),
    "total first": ("合计", "基本支出", "项目支出"),
}


def facts(text: str) -> Facts:
    return understand(document(text.strip()), default())


def funds(*labels: str) -> str:
    amounts = {"合计": "90.00 | 100.00 | 95.00 | 95.00%", "part": ["60.00 | 64.00 | 60.80 | 95.00%", "30.00 | 36.00 | 34.20 | 95.00%"]}
    parts = iter(amounts["part"])
    totals = ("合计", "年度资金总额", "总计", "资金总额")
    return "\n".join(f"{label} | {amounts['合计'] if label in totals else next(parts)}" for label in labels)


@pytest.mark.parametrize("case", PARTS_FIRST)
def test_the_row_called_a_total_is_the_total_wherever_it_stands(case: str) -> None:
    (project,) = facts(FUNDS.format(name="灌区渠道维修", rows=funds(*PARTS_FIRST[case]))).projects
    assert {m: str(f.quantity.digits) for m, f in project.amounts.items()} == {
        Measure.BUDGET_INITIAL: "90.00",
        Measure.BUDGET: "100.00",
        Measure.EXECUTED: "95.00",
    }
    assert [str(s.executed.quantity.digits) for s in project.sources if s.executed] == ["60.80", "34.20"]


def test_halves_of_spending_without_a_total_are_parts() -> None:
    (project,) = facts(FUNDS.format(name="灌区渠道维修", rows=funds("基本支出", "项目支出"))).projects
    assert [s.label for s in project.sources] == ["基本支出", "项目支出"]
    assert not project.amounts


def test_an_only_row_is_the_whole_whatever_it_is_called() -> None:
    (project,) = facts(FUNDS.format(name="灌区渠道维修", rows=funds("项目支出"))).projects
    assert str(project.amounts[Measure.BUDGET].quantity.digits) == "64.00"


def test_a_subtotal_above_the_total_is_neither() -> None:
    rows = (
        "省级资金 | 60.00 | 60.00 | 57.00 | 95.00%\n小计 | 60.00 | 60.00 | 57.00 | 95.00%\n"
        + "自筹资金 | 30.00 | 40.00 | 38.00 | 95.00%\n合计 | 90.00 | 100.00 | 95.00 | 95.00%"
    )
    (project,) = facts(FUNDS.format(name="灌区渠道维修", rows=rows)).projects
    assert str(project.amounts[Measure.BUDGET].quantity.digits) == "100.00"
    assert [s.label for s in project.sources] == ["省级资金", "自筹资金"]


HEADS = {
    "points in brackets": ("一级指标", "三级指标（分值）", "年初目标值（A）", "实际完成值（B）", "得分"),
    "weights in brackets": ("一级指标（权重）", "三级指标（权重）", "年度指标值", "实际完成值", "自评得分"),
    "units in brackets": ("一级指标", "指标名称（计量单位）", "年度指标值（含单位）", "全年实际值（单位）", "得分（分）"),
    "points and units": ("一级指标", "三级指标（分值/单位）", "年度指标值（计量单位）", "实际完成值", "得分"),
    "joined by and": ("一级指标及分值", "三级指标及分值", "年度指标值及单位", "实际完成值", "得分"),
}


@pytest.mark.parametrize("case", HEADS)
def test_words_on_units_and_weights_after_a_head_are_noise(case: str) -> None:
    text = f"""
项目名称 | 护林员培训 | < | < | <
{" | ".join(HEADS[case])}
产出指标（60分） | 培训班次（35分） | ≥8班 | 9班 | 35
产出指标（60分） | 培训人次（25分） | ≥300人次 | 270人次 | 22.5
效益指标（40分） | 护林员满意度（40分） | ≥90% | 93% | 40
总分 | | | | 97.5
"""
    (project,) = facts(text).projects
    assert [(i.name, i.weight and i.weight.text, i.score and i.score.text) for i in project.indicators] == [
        ("培训班次（35分）", "35", "35"),
        ("培训人次（25分）", "25", "22.5"),
        ("护林员满意度（40分）", "40", "40"),
    ]
    assert project.forms[0].total_score is not None
    assert project.forms[0].total_score.text == "97.5"


RULES = ["得分（20分×执行率）", "得分=20分×预算执行率", "得分（执行率×20分）", "自评得分（20分*B/A）", "得分（10分 × 执行率）"]


@pytest.mark.parametrize("head", RULES)
def test_a_rule_of_scoring_in_a_head_is_no_score(head: str) -> None:
    text = f"""
项目名称 | 护林员培训 | < | < | <
预算执行情况（万元） | 预算数（A） | 执行数（B） | 执行率（B/A） | {head}
年度资金总额 | 50.00 | 40.00 | 80.00% | 16
"""
    (project,) = facts(text).projects
    assert project.scores == ()


def test_a_product_told_with_its_result_is_a_score() -> None:
    (project,) = facts("护林员培训项目绩效自评报告\n\n一、评价结论\n\n预算执行率80%，项目自评总分为96.5分。").projects
    assert [s.text for s in project.scores] == ["96.5分"]


def test_a_sum_beside_its_sources_in_one_row_of_heads_is_the_budget() -> None:
    text = """
项目名称 | 护林员培训 | < | < | < | <
资金情况（万元） | 中央资金 | 县级资金 | 预算安排小计 | 执行数 | 执行率
年度资金总额 | 30.00 | 20.00 | 50.00 | 45.00 | 90.00%
"""
    (project,) = facts(text).projects
    assert {m.value: str(f.quantity.digits) for m, f in project.amounts.items()} == {"budget": "50.00", "executed": "45.00"}
