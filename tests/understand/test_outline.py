"""Headings, list items, and the parts of a report that speak of one project each."""

from __future__ import annotations

from tests.understand.conftest import Understood

REPORT = """青石县2021年度项目绩效自评报告

一、自评工作开展情况

1.成立小组，明确分工；

2.收集资料，逐项核对。

二、各项目自评情况

1.项目名称：馆舍维护经费

1-1、项目基本情况

1.2021年，馆舍开放320天。

1-2、资金情况分析

资金需求30万元，支出28.5万元。

1-3、自评结果

自评总分96分，自评等级为优。

2.项目名称 送戏下乡补助

2-1、项目基本情况

2-2、资金情况分析

预算安排45万元，支出45万元，执行率100%。

2-3、自评结果

自评总分88分，自评等级为良。

三、存在问题

（一）项目管理情况。制度执行不够细致。
"""


def test_titles_and_levels(understood: Understood) -> None:
    facts = understood(REPORT)
    assert [(s.number, s.title, s.level) for s in facts.sections] == [
        ("一、", "自评工作开展情况", 1),
        ("二、", "各项目自评情况", 1),
        ("1.", "项目名称：馆舍维护经费", 2),
        ("1-1、", "项目基本情况", 3),
        ("1-2、", "资金情况分析", 3),
        ("1-3、", "自评结果", 3),
        ("2.", "项目名称 送戏下乡补助", 2),
        ("2-1、", "项目基本情况", 3),
        ("2-2、", "资金情况分析", 3),
        ("2-3、", "自评结果", 3),
        ("三、", "存在问题", 1),
        ("（一）", "项目管理情况。", 2),
    ]


def test_only_a_leaf_without_text_is_empty(understood: Understood) -> None:
    assert [s.number for s in understood(REPORT).sections if s.is_empty] == ["2-1、"]


def test_each_project_keeps_its_own_figures(understood: Understood) -> None:
    projects = understood(REPORT).projects
    assert [p.name for p in projects] == ["馆舍维护经费", "送戏下乡补助"]
    assert [{m.value: f.quantity.written for m, f in p.amounts.items()} for p in projects] == [
        {"budget": "30万元", "executed": "28.5万元"},
        {"budget": "45万元", "executed": "45万元"},
    ]
    assert [(p.self_score and p.self_score.text, p.grade and p.grade.text) for p in projects] == [("96分", "优"), ("88分", "良")]


def test_title_unit_and_year(understood: Understood) -> None:
    facts = understood("青石县文化馆\n\n2021年度馆舍维护经费项目绩效自评报告\n\n一、基本情况\n\n馆舍开放。\n")
    assert (facts.title, facts.unit, facts.year) == ("青石县文化馆2021年度馆舍维护经费项目绩效自评报告", "青石县文化馆", "2021")
    assert facts.projects[0].name == "馆舍维护经费项目"


def test_full_width_digits_in_a_title_are_a_year(understood: Understood) -> None:
    facts = understood("青石县文化馆\n\n馆舍维护经费项目２０２１年度绩效自评报告\n\n一、基本情况\n\n馆舍开放。\n")
    assert (facts.year, facts.unit, facts.projects[0].name) == ("2021", "青石县文化馆", "馆舍维护经费项目")


def test_numbered_projects_are_headings_and_items_that_name_a_category_too(understood: Understood) -> None:
    text = "青石县2021年度项目绩效自评报告\n\n一、各项目自评情况\n\n" + "".join(
        f"项目{n}：{name}\n\n预算30万元，支出29万元。\n\n（1）数量指标。维修馆舍3处。\n\n（2）加强日常巡查。每周一次。\n\n"
        for n, name in (("一", "馆舍维护经费"), ("二", "送戏下乡补助"))
    )
    facts = understood(text)
    assert [(s.number, s.title, s.level) for s in facts.sections] == [
        ("一、", "各项目自评情况", 1),
        ("项目一：", "馆舍维护经费", 2),
        ("（1）", "数量指标。", 3),
        ("项目二：", "送戏下乡补助", 2),
        ("（1）", "数量指标。", 3),
    ]
    assert [p.name for p in facts.projects] == ["馆舍维护经费", "送戏下乡补助"]


def test_numbers_without_a_mark_head_sections_where_dotted_ones_stand_under_them(understood: Understood) -> None:
    parts = [f"{n} {title}情况\n\n{n}.1 资金安排\n\n馆舍开放。\n\n" for n, title in ((1, "项目基本"), (2, "资金"))]
    facts = understood("青石县2021年度馆舍维护经费绩效自评报告\n\n" + "".join(parts) + "3 自评结论\n\n开放天数300天，\n\n12 个村受益情况\n")
    assert [(s.number, s.title, s.level) for s in facts.sections] == [
        ("1", "项目基本情况", 1),
        ("1.1", "资金安排", 2),
        ("2", "资金情况", 1),
        ("2.1", "资金安排", 2),
        ("3", "自评结论", 1),
    ]
