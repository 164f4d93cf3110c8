"""What is saved in what it is saved from; sums behind their items; money of the unit beside the project's; who a title names."""

from __future__ import annotations

import pytest

from extractor.check.run import run
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.model.facts import Facts
from extractor.model.findings import Severity
from extractor.understand import understand
from tests.check.pages import document

TITLE = "2023年度校舍维修项目绩效自评报告"


def read(words: str, title: str = TITLE) -> Facts:
    return understand(document(f"{title}\n一、项目概况\n{words}\n"), default())


def found(words: str) -> list[tuple[str, str | None, str | None]]:
    findings = run(read(words), CheckSettings(ignore=frozenset({"section-missing"})), default()).findings
    return [(f.check, f.stated, f.expected) for f in findings if f.severity is not Severity.INFO]


def money(words: str) -> dict[str, str]:
    (project,) = read(words).projects
    return {str(measure): fact.quantity.written for measure, fact in project.amounts.items()}


SAVED = {
    "a review": ("送审金额938.6万元，审定金额872.9万元，核减65.7万元，核减率{}。", "7%", "7.5%", "7.0%"),
    "a purchase": ("采购预算560万元，中标总价517.44万元，较采购预算节约42.56万元，节约率{}。", "7.6%", "8.6%", "7.6%"),
    "a ceiling": ("监理服务最高限价800万元，中标价760万元，节约资金40万元，节约率{}。", "5%", "6%", "5%"),
}


@pytest.mark.parametrize(("words", "right", "wrong", "expected"), SAVED.values(), ids=SAVED)
def test_what_is_saved_is_held_against_what_it_is_saved_from(words: str, right: str, wrong: str, expected: str) -> None:
    assert found(words.format(right)) == []
    assert found(words.format(wrong)) == [("rate-indicator-recompute", wrong, expected)]


FUND = "年初预算900万元，支出846万元，执行率94%。\n"
HONEST = {
    "a review is no change of the budget": FUND + "工程送审金额938.6万元，审定金额872.9万元，核减65.7万元。",
    "what grew since last year": FUND + "与上年相比，学校减少4所；投入资金增加112.7万元（上年787.3万元）。",
    "a school of nine years": FUND + "全区学校46所（其中小学31所、初中12所、九年一贯制学校3所）。",
}


@pytest.mark.parametrize("words", HONEST.values(), ids=HONEST)
def test_changes_that_are_none_of_the_budget_accuse_nobody(words: str) -> None:
    assert found(words) == []
    assert money(words) == {"budget_initial": "900万元", "budget": "900万元", "executed": "846万元"}


TOLD = {
    "items and their sum": ("预算900万元，支付训练费820万元、辅具费26万元，合计846万元。", {"budget": "900万元", "executed": "846万元"}),
    "batches and their sum": (
        "省财政厅分两批下达资金：第一批（某财资环〔2022〕88号）600万元，第二批（某财资环〔2023〕31号）300万元，合计900万元。",
        {"budget": "900万元"},
    ),
    "a hospital's account": (
        "全院2023年总收入5.62亿元，其中医疗收入4.95亿元；总支出5.48亿元，收支结余0.14亿元。\n下达补助资金900万元，实际使用846万元。",
        {"budget": "900万元", "executed": "846万元"},
    ),
}


@pytest.mark.parametrize(("words", "amounts"), TOLD.values(), ids=TOLD)
def test_sums_and_other_accounts_are_told_from_the_fund(words: str, amounts: dict[str, str]) -> None:
    assert money(words) == amounts


def test_amounts_in_brackets_that_make_the_one_before_are_its_parts() -> None:
    (project,) = read("资金合计1035万元（中央615万元、省级280万元、县级140万元），支出998.6万元。").projects
    assert [(s.label, s.budget and s.budget.quantity.written) for s in project.sources] == [
        ("中央", "615万元"),
        ("省级", "280万元"),
        ("县级", "140万元"),
    ]


@pytest.mark.parametrize(
    ("title", "unit", "name"),
    [
        ("2023年度枫桥市市场监督管理局食品抽检专项经费绩效自评报告", "枫桥市市场监督管理局", "食品抽检专项经费"),
        ("桂屏市城市管理委员会垃圾分类设施提升项目绩效自评报告", "桂屏市城市管理委员会", "垃圾分类设施提升项目"),
        ("云栖县退役军人事务局关于2023年优抚对象补助资金绩效自评的报告", "云栖县退役军人事务局", "优抚对象补助资金"),
        ("枫桥市2023年食品抽检专项经费绩效自评报告", None, "食品抽检专项经费"),
    ],
)
def test_a_title_names_unit_and_project(title: str, unit: str | None, name: str) -> None:
    facts = read("预算900万元，支出846万元。", title)
    assert (facts.unit, facts.projects[0].name) == (unit, name)


INVESTED = (
    "项目总投资3860万元，其中中央预算内投资2000万元、地方政府专项债券1500万元、县级自筹360万元，2022年6月开工，累计完成投资3667万元。"
    "2023年下达中央预算内投资800万元，全部到位；支付792万元，支付率99%。"
)


def test_a_sources_part_of_the_investment_is_not_its_amount_of_the_year() -> None:
    assert found(INVESTED) == []
    assert "arrived" not in money(INVESTED)


def test_a_source_told_twice_for_one_year_is_compared() -> None:
    words = "预算800万元，其中中央资金500万元、省级资金300万元。\n中央资金560万元已下达。"
    assert [(check, stated) for check, stated, _ in found(words)] == [("amount-conflicting-mentions", "560万元")]


def test_a_departments_spending_stands_beside_the_totals_of_its_accounts() -> None:
    text = (
        "2022年度\n红柳滩市林业局\n部门整体支出绩效自评报告\n一、部门概况\n"
        "支出总计6860.5万元，其中本年支出6598.7万元、年末结转和结余261.8万元。\n"
        "二、“三公”经费情况\n2022年支出38.6万元，比预算数42万元减少3.4万元。\n"
    )
    (project,) = understand(document(text), default()).projects
    assert {str(m): f.quantity.written for m, f in project.amounts.items()} == {"executed": "6598.7万元", "balance": "261.8万元"}


def test_the_unit_stands_below_the_title() -> None:
    assert (
        understand(document("河洲县饮水项目2021年度绩效自评报告\n河洲县水利局\n一、项目概况\n预算9万元。"), default()).unit
        == "河洲县水利局"
    )


MORE = {
    "a total of three years": (
        "项目三年（2021—2023年）总预算900万元，每年300万元。2023年预算300万元，实际支出288.9万元，为预算的96.3%。",
        {"budget": "300万元", "executed": "288.9万元"},
    ),
    "prices in brackets": (
        "预算2340万元，其中保管费1200万元（每吨100元）、轮换费960万元、价差180万元。全年支出2298.6万元。",
        {"budget": "2340万元", "executed": "2298.6万元"},
    ),
}


@pytest.mark.parametrize(("words", "amounts"), MORE.values(), ids=MORE)
def test_totals_of_years_and_prices_are_told_from_the_fund(words: str, amounts: dict[str, str]) -> None:
    assert found(words) == []
    assert money(words) == amounts


def test_parts_go_on_behind_a_price_in_brackets() -> None:
    (project,) = read(MORE["prices in brackets"][0]).projects
    assert [s.label for s in project.sources] == ["保管费", "轮换费", "价差"]


def test_the_number_of_a_document_is_no_part_of_a_sources_name() -> None:
    (project,) = read("资金合计900万元，其中某财教〔2022〕18号下达中央资金600万元、某财教〔2022〕45号下达省级资金300万元。").projects
    assert [s.label for s in project.sources] == ["中央资金", "省级资金"]


def test_a_grade_stands_in_brackets_behind_the_score() -> None:
    (project,) = read("自评得分98.5分（优）。").projects
    assert project.grade
    assert project.grade.text == "优"


ISSUED = (
    "已分三次发行债券：2021年发行2.00亿元（利率3.6%），2022年发行1.50亿元（利率3.4%），2023年发行0.80亿元（利率3.1%），累计发行{}亿元。"
)


def test_what_came_in_times_is_added_up_where_their_number_is_told() -> None:
    assert found(ISSUED.format("4.30")) == []
    assert found(ISSUED.format("4.50")) == [("amount-detail-sum", "4.50亿元", "4.30亿元")]
    assert found(ISSUED.format("4.50").replace("已分三次", "近年来")) == []


def test_a_budget_that_a_department_carried_over_is_not_its_budget() -> None:
    text = (
        "湖州县统计局2023年度部门整体支出绩效自评报告\n一、收支情况\n"
        "收入决算总额1,562.74万元，其中：财政拨款收入1,550.24万元，年初结转12.5万元。\n"
    )
    (project,) = understand(document(text), default()).projects
    assert "budget" not in {str(measure) for measure in project.amounts}


@pytest.mark.parametrize(
    ("heading", "score"), [("一、自评得分", "95.8分"), ("一、自评分及等级", "95.8分"), ("一、评分标准", None), ("一、产出得分", None)]
)
def test_a_heading_names_the_score_that_opens_its_text(heading: str, score: str | None) -> None:
    (project,) = understand(document(f"{TITLE}\n{heading}\n95.8分，等级优。\n"), default()).projects
    assert (project.self_score.text if project.self_score else None) == score


def test_what_a_court_recovers_is_no_money_of_the_fund() -> None:
    assert money("预算500万元，支出487.5万元。执行到位金额2.36亿元，执行到位率52.4%。") == {"budget": "500万元", "executed": "487.5万元"}
