"""Columns of a form: total rows, points of several levels, headers under a block of goals, points in names."""

from __future__ import annotations

import pytest

from extractor.check import weights
from extractor.model.facts import Facts, Form, Project
from extractor.model.findings import Finding
from tests.check.facts_builder import of_check
from tests.understand.conftest import Printed

HEAD = "| 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因 |"
ROWS = """| 产出指标 | 苗圃整地面积 | ≥40亩 | 42亩 | 50 | 50 | |
| 效益指标 | 苗木自给率 | ≥80% | 78.4% | 50 | 46.5 | 春旱 |"""


def form(body: str) -> str:
    return f"::: table\n! size 9\n{body.strip()}\n:::\n"


def only(facts: Facts) -> tuple[Project, Form]:
    ((project, own),) = [(p, f) for p in facts.projects for f in p.forms]
    return project, own


TOTALS = {
    "weight, score and a named grade": ("| <4> 自评总分 | 100 | 96.5 | 等级：优 |", "96.5", "优", "100"),
    "grade in a pair of cells": ("| <3> 总分 | 等级 | 优 | <2> 96.5 |", "96.5", "优", None),
    "grade by its word alone": ("| <4> 合计 | 100 | 96.5 | 优 |", "96.5", "优", "100"),
    "a total without a grade": ("| <4> 自评总分 | 100 | 96.5 | |", "96.5", None, "100"),
    "the only figure beside a grade": ("| <4> 总分 | 96.5 | 优 | |", "96.5", "优", None),
    "one cell under points and score": ("| <4> 自评得分 | <2> 96.5 | 等次：优 |", "96.5", "优", None),
    "ticked": ("| <4> 自评总分 | 100 | 96.5 | □优 √良 □中 |", "96.5", "良", "100"),
}


@pytest.mark.parametrize("case", TOTALS)
def test_total_rows_are_read_by_their_columns(printed: Printed, case: str) -> None:
    row, score, grade, weight = TOTALS[case]
    project, own = only(printed(form(f"| 项目名称 | <6> 林场苗圃更新 |\n{HEAD}\n{ROWS}\n{row}")))
    assert (own.total_score and own.total_score.text) == score
    assert (own.total_weight and own.total_weight.text) == weight
    assert (project.grade and project.grade.text) == grade
    assert len(own.indicators) == 2


LEVELS = {
    "three columns of points": """
| 一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值 | 得分 |
| <x3> 投入 | <x3> 60 | <x2> 目标设定 | <x2> {goal} | 目标合理性 | 20 | 20 |
| 指标明确性 | 15 | 15 |
| 预算配置 | 25 | 人员控制率 | 25 | 24 |
| 产出 | 40 | 职责履行 | 40 | 工作完成率 | 40 | 38.5 |
| <2> 合计 | <4> 100 | 97.5 |""",
    "points named after weights": """
| 一级指标 | 权重 | 二级指标 | 权重 | 三级指标 | 权重 | 自评分 |
| <x3> 投入 | <x3> 60 | <x2> 目标设定 | <x2> {goal} | 目标合理性 | 20 | 20 |
| 指标明确性 | 15 | 15 |
| 预算配置 | 25 | 人员控制率 | 25 | 24 |
| 产出 | 40 | 职责履行 | 40 | 工作完成率 | 40 | 38.5 |
| <2> 总计 | <4> 100 | 97.5 |""",
    "levels repeated in every row": """
| 一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值 | 得分 |
| 投入 | 60 | 目标设定 | {goal} | 目标合理性 | 20 | 20 |
| 投入 | 60 | 目标设定 | {goal} | 指标明确性 | 15 | 15 |
| 投入 | 60 | 预算配置 | 25 | 人员控制率 | 25 | 24 |
| 产出 | 40 | 职责履行 | 40 | 工作完成率 | 40 | 38.5 |
| <2> 合计 | <4> 100 | 97.5 |""",
}


def subtotals(facts: Facts) -> list[Finding]:
    _, found = of_check(weights.weight_subtotal_mismatch, facts)
    return found


@pytest.mark.parametrize("case", LEVELS)
def test_the_points_beside_the_lowest_level_are_the_rows_own(printed: Printed, case: str) -> None:
    facts = printed(form(LEVELS[case].format(goal="35")))
    _, own = only(facts)
    assert [i.weight and i.weight.text for i in own.indicators] == ["20", "15", "25", "40"]
    assert own.total_score
    assert own.total_score.text == "97.5"
    assert subtotals(facts) == []


@pytest.mark.parametrize("case", LEVELS)
def test_the_points_of_a_level_are_those_of_its_rows(printed: Printed, case: str) -> None:
    found = subtotals(printed(form(LEVELS[case].format(goal="38"))))
    assert [(f.arguments["label"], f.stated, f.expected) for f in found if f.arguments["label"].startswith("目标")] == [
        ("目标设定（38分）", "38", "35")
    ]


GOALS = {
    "the label of a goal block": "| <x2> 总体目标完成情况 | <3> 总体目标 | <2> 全年实际完成情况 |\n"
    "| <3> 改造安置点供水管网12公里，覆盖3个村。 | <2> 改造供水管网12.4公里，覆盖3个村。 |",
    "a year's goal": "| <x2> 年度目标 | <3> 预期目标 | <2> 实际完成情况 |\n| <3> 完成改造 | <2> 已完成改造任务，验收合格 |",
    "the goal in one row": "| 年度总体目标 | <3> 改造安置点供水管网12公里。 | <2> 改造供水管网12.4公里。 |",
}


@pytest.mark.parametrize("case", GOALS)
def test_goals_told_above_head_no_column_of_indicators(printed: Printed, case: str) -> None:
    facts = printed(
        form(f"""
| <2> 项目名称 | <4> 安置点供水改造 |
{GOALS[case]}
| <x3> 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 全年实际完成值 |
| <x2> 产出指标 | 数量指标 | 管网改造长度 | ≥12公里 | 12.4公里 |
| 质量指标 | 工程验收合格率 | 100% | 98.5% |
""")
    )
    (project,) = facts.projects
    rows = [(i.name, i.target and i.target.text, i.actual and i.actual.text) for i in project.indicators]
    assert rows == [("管网改造长度", "≥12公里", "12.4公里"), ("工程验收合格率", "100%", "98.5%")]


def test_points_in_the_names_are_those_of_the_rows(printed: Printed) -> None:
    facts = printed(
        form("""
| <2> 项目名称 | <4> 村道养护 |
| 一级指标 | 二级指标 | 三级指标 | 目标值 | 实际完成值 | 得分 |
| <x2> 产出指标（60分） | 数量指标 | 养护里程（35分） | ≥80公里 | 82公里 | 35 |
| 成本指标 | 每公里养护成本（满分25分） | ≤1.2万元 | 1.5万元 | 20 |
| 效益指标（40分） | 社会效益指标 | 群众出行满意度（40分） | ≥90% | 93% | 40 |
| <5> 总分 | 95 |
""")
    )
    _, own = only(facts)
    assert [(i.name, i.weight and i.weight.text) for i in own.indicators] == [
        ("养护里程（35分）", "35"),
        ("每公里养护成本（满分25分）", "25"),
        ("群众出行满意度（40分）", "40"),
    ]
    assert [group.label for group in own.groups] == ["产出指标（60分）", "效益指标（40分）"]
    assert own.total_score
    assert own.total_score.text == "95"


NOTE_ROWS = {
    "说明 over the width": "| 说明 | <5> 系统建设按合同分两年支付。 |",
    "填报说明 beside the name": "| <3> 填报说明 | <2> 按实际发生数填列，不含上年结转 | 无 |",
    "in the columns of rows": "| 说明 | | | 无 | 无 | |",
}


@pytest.mark.parametrize("case", NOTE_ROWS)
def test_notes_below_the_rows_are_no_indicators(printed: Printed, case: str) -> None:
    facts = printed(
        form(f"""
| <2> 项目名称 | <4> 机房搬迁 |
| 一级指标 | 二级指标 | 三级指标 | 目标值 | 实际完成值 | 偏差原因 |
| 产出指标 | 数量指标 | 搬迁机柜数 | 12台 | 12台 | |
{NOTE_ROWS[case]}
""")
    )
    assert [[i.name for i in project.indicators] for project in facts.projects] == [["搬迁机柜数"]]


def test_forms_that_name_their_projects_leave_no_nameless_one(printed: Printed) -> None:
    body = "::: title\n项目支出绩效自评表\n:::\n\n"
    for name in ("公园座椅更新", "古树名木养护"):
        body += form(f"| 项目名称 | <6> {name} |\n{HEAD}\n{ROWS}\n| <4> 总分 | 100 | 96.5 | |")
        body += "\n注：余额12.50万元结转下年使用。\n\n"
    facts = printed(body)
    assert [project.name for project in facts.projects] == ["公园座椅更新", "古树名木养护"]
    notes = [any("结转下年" in facts.document.quote(span) for span in project.segment.spans) for project in facts.projects]
    assert notes == [True, True]
