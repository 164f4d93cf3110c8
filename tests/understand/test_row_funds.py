"""Funds told only in the words of a form's row on execution."""

from __future__ import annotations

import pytest

from extractor.lexicon.packs import default
from extractor.model.facts import Measure, Project
from extractor.understand import understand
from tests.check.pages import document

FORM = """项目支出绩效自评表（2023年度）
项目名称 | 山塘清淤 | < | <
{funds}
一级指标 | 三级指标 | 年度指标值 | 实际完成情况
预算执行 | {name} | 100% | {told}
产出指标 | 清淤山塘口数 | ≥9口 | 完成清淤9口，投入50万元
"""
TOLD = {
    "budget and spending": ("预算执行率", "全年预算200万元，实际支出190万元，执行率95%", ("2000000", None, "1900000")),
    "arrivals": ("资金到位率（5分）", "计划资金200万元，到位180万元，到位率90%", ("2000000", "1800000", None)),
    "of something else": ("设备使用率", "全年预算200万元，实际支出190万元", (None, None, None)),
    "of two years": ("预算执行率", "2022年预算180万元；2023年预算200万元，支出190万元", (None, None, None)),
    "the rate alone": ("预算执行率", "执行率95%", (None, None, None)),
}


def project(name: str, told: str, funds: str = "") -> Project:
    (found,) = understand(document(FORM.format(name=name, told=told, funds=funds)), default()).projects
    return found


def amounts(read: Project) -> tuple[str | None, ...]:
    facts = [read.amounts.get(measure) for measure in (Measure.BUDGET, Measure.ARRIVED, Measure.EXECUTED)]
    return tuple(fact and f"{fact.quantity.value.normalize():f}" for fact in facts)


@pytest.mark.parametrize("case", TOLD)
def test_words_of_the_row_on_execution(case: str) -> None:
    name, told, expected = TOLD[case]
    assert amounts(project(name, told)) == expected


def test_a_block_of_funds_stands_alone() -> None:
    funds = "资金情况（万元） | 全年预算数 | 全年执行数 | 执行率\n年度资金总额 | 210.00 | 190.00 | 90.48%"
    read = project("预算执行率", "全年预算200万元，实际支出185万元，执行率92.5%", funds)
    assert amounts(read) == ("2100000", None, "1900000")
    assert [fact.quantity.written for fact in read.facts] == ["210.00", "190.00"]
