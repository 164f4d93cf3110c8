"""Forms of a whole department that begin with 部门名称, their funds under a head that begins with 项目."""

from __future__ import annotations

import pytest

from extractor.lexicon.packs import default
from extractor.model.facts import Facts, Measure
from extractor.understand import understand
from tests.check.pages import document

FORM = """部门整体支出绩效自评表（2023年度）
单位：万元
{field} | 云岭县文化馆 | < | < | <
{head} | 年初预算数 | 全年预算数 | 全年执行数 | {rate}
{rows}
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值
产出指标 | 数量指标 | 演出场次 | ≥90场 | 92场
"""
WHOLE, PARTS = "820.00 | 850.00 | 807.50 | 95.00%", ("500.00 | 520.00 | 515.00 | 99.04%", "320.00 | 330.00 | 292.50 | 88.64%")
BLOCKS = {
    "the whole first": ("部门名称", "项目", "预算执行率", ["整体支出 | " + WHOLE, "基本支出 | " + PARTS[0], "项目支出 | " + PARTS[1]]),
    "numbered": ("单位名称", "项目", "执行率", ["年度部门支出 | " + WHOLE, "1.基本支出 | " + PARTS[0], "2.项目支出 | " + PARTS[1]]),
    "the whole last": ("部门名称", "项目", "执行率", ["基本支出 | " + PARTS[0], "项目支出 | " + PARTS[1], "合计 | " + WHOLE]),
}


def facts(field: str, head: str, rate: str, rows: list[str]) -> Facts:
    return understand(document(FORM.format(field=field, head=head, rate=rate, rows="\n".join(rows))), default())


@pytest.mark.parametrize("case", BLOCKS)
def test_the_funds_of_the_department(case: str) -> None:
    read = facts(*BLOCKS[case])
    (project,) = read.projects
    assert read.unit == "云岭县文化馆"
    assert {m: f.quantity.written for m, f in project.amounts.items()} == {
        Measure.BUDGET_INITIAL: "820.00",
        Measure.BUDGET: "850.00",
        Measure.EXECUTED: "807.50",
    }
    assert [(s.label, s.executed and s.executed.quantity.written) for s in project.sources] == [
        ("基本支出", "515.00"),
        ("项目支出", "292.50"),
    ]
    assert [i.name for i in project.indicators] == ["演出场次"]


def test_a_list_of_projects_stays_a_list() -> None:
    rows = ["馆舍维修 | " + PARTS[0], "送戏下乡 | " + PARTS[1], "合计 | " + WHOLE]
    read = facts("部门名称", "项目", "执行率", rows).projects
    assert [(p.name, p.amounts[Measure.EXECUTED].quantity.written) for p in read if p.amounts] == [
        ("馆舍维修", "515.00"),
        ("送戏下乡", "292.50"),
        ("合计", "807.50"),
    ]
