"""Which measure an amount is of, whose it is, and what a percentage is a rate of."""

from __future__ import annotations

import pytest

from extractor.model.facts import Facts, Measure, Project
from tests.understand.conftest import Understood

TITLE = "青石县文化馆2022年度馆舍维护经费项目绩效自评报告\n\n一、资金情况\n\n"


def only(facts: Facts) -> Project:
    assert len(facts.projects) == 1
    return facts.projects[0]


def amounts(project: Project) -> dict[str, str]:
    return {measure.value: f"{fact.quantity.value:f}" for measure, fact in project.amounts.items()}


CASES = {
    "年初预算安排专项资金200万元，全年实际支出186.5万元。": {"budget_initial": "2000000", "budget": "2000000", "executed": "1865000.0"},
    "年初预算100万元，调整后预算120万元，支出118.20万元。": {"budget_initial": "1000000", "budget": "1200000", "executed": "1182000.00"},
    "项目预算资金50万元，实际到位50万元，结余1.2万元上缴财政。": {"budget": "500000", "arrived": "500000", "balance": "12000.0"},
    "下达资金3,000,000.00元，累计支付2,950,000.00元。": {"budget": "3000000.00", "executed": "2950000.00"},
    "上年支出300万元，本年支出320万元，预算320万元。": {"budget": "3200000", "executed": "3200000"},
    "项目挽回群众损失1200万元，预算安排80万元。": {"budget": "800000"},
    "合同总价365万元，预算安排400万元，已支付100万元。": {"budget": "4000000", "executed": "1000000"},
    "资金需求79万元，全部由县级财政保障。": {"budget": "790000"},
    "安排资金60万元。资金全部到位，支出58万元。": {"budget": "600000", "arrived": "600000", "executed": "580000"},
    "全年执行数430万元，全年预算数540万元。": {"budget": "5400000", "executed": "4300000"},
    "预算50万元。第一批20万元于3月到位，第二批30万元于7月到位，全年累计到位50万元。": {"budget": "500000", "arrived": "500000"},
    "预算50万元。一季度支付8万元，四季度支付40万元，全年支付48万元，结转下年2万元。": {
        "budget": "500000",
        "executed": "480000",
        "balance": "20000",
    },
    "截至2021年底，累计下达资金800万元，累计支付750万元。2022年预算200万元，支出190万元。": {"budget": "2000000", "executed": "1900000"},
    "预算200万元，项目开工以来累计支出940万元。当年支出190万元。": {"budget": "2000000", "executed": "1900000"},
}


@pytest.mark.parametrize("sentence", CASES)
def test_cue_words_bind_amounts(understood: Understood, sentence: str) -> None:
    assert amounts(only(understood(TITLE + sentence))) == CASES[sentence]


def test_parts_of_the_fund_are_its_sources(understood: Understood) -> None:
    project = only(understood(TITLE + "安排资金500万元，其中省级补助300万元、县级财政资金200万元。"))
    assert [(s.label, s.budget and f"{s.budget.quantity.value:f}") for s in project.sources] == [
        ("省级补助", "3000000"),
        ("县级财政资金", "2000000"),
    ]


def test_parts_of_spending_are_no_sources(understood: Understood) -> None:
    facts = understood(TITLE + "预算100万元。实际支出98万元，其中材料费60万元、人工费38万元。")
    assert only(facts).sources == ()
    assert [[t.role for t in s.operands] for s in facts.statements] == [["材料费", "人工费"]]


def test_one_source_named_two_ways_is_one(understood: Understood) -> None:
    project = only(understood(TITLE + "资金540万元包括区级财政预算资金340万元、市级补助200万元。区级使用300万元，市级使用200万元。"))
    assert [(s.label, s.executed and f"{s.executed.quantity.value:f}") for s in project.sources] == [
        ("区级财政预算资金", "3000000"),
        ("市级补助", "2000000"),
    ]


RATES = {
    "预算100万元，实际支出80万元，执行率80%。": [("执行率", "executed/budget", "80")],
    "预算100万元，支出80万元。完成率80%。": [("完成率", "executed/budget", "80")],
    "预算100万元，到位90万元，到位率90%，支出72万元，支付率80%。": [
        ("到位率", "arrived/budget", "90"),
        ("支付率", "executed/arrived", "80"),
    ],
    "年初预算100万元，调整后预算120万元，支出90万元，完成年初预算的90%。": [("完成年初预算的", "executed/budget_initial", "90")],
    "预算100万元，支出95万元，工资发放率100%，培训完成率96%。": [],
    "预算100万元，群众满意度95%。": [],
    "预算100万元，支出比上年下降5%。": [],
    "预算100万元，支出95万元，执行率＝95万元÷100万元×100%＝95%。": [("执行率", "executed/budget", "95")],
    "预算100万元，支出95万元；新建站点32个，完成年度计划的106.67%。": [],
    "预算100万元，形象进度90%，比年度计划的88%快两个百分点。": [],
    "预算100万元，支出95万元，达到计划的95%。": [("占预算", "executed/budget", "95")],
}


@pytest.mark.parametrize("sentence", RATES)
def test_rates_are_of_funds_only(understood: Understood, sentence: str) -> None:
    rates = only(understood(TITLE + sentence)).rates
    assert [(r.label, r.of, f"{r.quantity.value:f}") for r in rates] == RATES[sentence]


def test_rates_of_a_part_of_the_spending_are_told_as_such(understood: Understood) -> None:
    facts = understood(TITLE + "预算100万元，支出95万元，执行率95%。“三公”经费预算5万元，决算4万元，完成预算的80%。")
    assert [(f"{r.quantity.value:f}", bool(r.qualifier)) for r in only(facts).rates] == [("95", False), ("80", True)]


def test_the_whole_fund_comes_from_one_source_whatever_the_comma(understood: Understood) -> None:
    project = only(understood(TITLE + "项目预算安排1,350千元, 全部为市级财政资金, 实际到位1,350千元。"))
    assert [s.label for s in project.sources] == ["市级财政资金"]


def test_an_unrelated_paragraph_changes_no_fact(understood: Understood) -> None:
    text = TITLE + "年初预算安排专项资金200万元，全年实际支出186.5万元，执行率93.25%。"
    more = text + "\n\n二、其他\n\n本馆开放时间为每日九时至十七时，节假日不休息，欢迎广大读者参观。"
    assert amounts(only(understood(text))) == amounts(only(understood(more)))


def test_every_figure_points_to_its_characters(understood: Understood) -> None:
    facts = understood(TITLE + "预算安排80万元，支出76.4万元，执行率95.5%。")
    project = only(facts)
    assert facts.document.quote(project.amounts[Measure.EXECUTED].spans[0]) == "76.4万元"
    assert facts.document.quote(project.rates[0].spans[1]) == "执行率95.5%"
