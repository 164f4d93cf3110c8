"""Years told in turn, net changes, points given by steps, measures in rows over levels of government: what is right stays silent."""

from __future__ import annotations

import pytest

from extractor.check.run import run
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.model.facts import Facts, Measure
from extractor.understand import understand
from tests.check.pages import document


def read(text: str) -> Facts:
    return understand(document(text), default())


def found(text: str, check: str) -> list[tuple[str | None, str | None]]:
    findings = run(read(text), CheckSettings(select=frozenset({check})), default()).findings
    return [(f.stated, f.expected) for f in findings]


REPORT = """2023年度绩效自评报告
一、项目概况
项目为老年人提供助餐服务。
二、资金执行情况
{told}
"""
YEARS = {
    "both measures of the year before": "预算1158.6万元，实际支出1100.67万元。2022年该项目预算为1050万元，支出1028.4万元，执行率97.94%。",
    "the year before in a paragraph of its own": "2023年安排预算80万元，支出76万元。\n2022年预算安排60万元，支出57万元，执行率95%。",
    "spending only": "2023年实际支出76万元，执行率95%。2022年实际支出57万元。",
}


@pytest.mark.parametrize("case", YEARS)
def test_the_year_before_told_after_this_one_is_a_comparison(case: str) -> None:
    assert found(REPORT.format(told=YEARS[case]), "year-mismatch") == []


def test_the_only_spending_told_of_another_year_is_asked_about() -> None:
    told = "项目预算安排80万元。2022年实际支出76万元，执行率95%。"
    assert found(REPORT.format(told=told), "year-mismatch") == [("2022年", "2023年")]


@pytest.mark.parametrize(
    "words",
    [
        "全市高新技术企业达312家，较上年净增38家，增长13.87%。",
        "在册志愿者达312人，比上年多38人，增长13.87%。",
        "年末床位312张，较上年净减38张，下降10.86%。",
    ],
)
def test_how_many_more_is_no_earlier_figure(words: str) -> None:
    assert found(REPORT.format(told=words), "rate-yoy-recompute") == []


def test_a_wrong_change_from_the_year_before_is_found() -> None:
    words = "年末床位312张，上年274张，增长23.87%。"
    assert found(REPORT.format(told=words), "rate-yoy-recompute") == [("23.87%", "13.87%")]


STEPS = """项目支出绩效自评表（2023年度）

项目名称 | 商贸中心改造 | < | < | < | < | <
预算数（万元） | 800 | 执行数（万元） | 752 | 预算执行率 | 94% | <
一级指标 | 二级指标 | 分值 | 目标值 | 完成值 | 评分标准 | 得分
过程（{points}分） | 资金到位率 | 10 | 100% | 100% | 到位率达100%得满分，每降低1个百分点扣0.5分 | 10
^ | 预算执行率 | 10 | 100% | 94% | {rule} | 7
产出（50分） | 改造商贸中心数量 | 50 | 12个 | 12个 | 每少1个扣2分 | 50
效益（30分） | 群众满意度 | 30 | ≥90% | 91% | 达到目标得满分 | 30
合计 | < | 100 | — | — | — | 97
"""
RULES = (
    "执行率达100%得满分，每降低1个百分点扣0.5分",
    "执行率为100%的，得10分，每降低1个百分点扣0.5分",
    "预算执行率100%不扣分，每少1个百分点扣0.5分",
)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_of_points_tells_no_rate(rule: str) -> None:
    assert found(STEPS.format(points="20", rule=rule), "text-form-mismatch") == []


def test_the_execution_row_counts_among_the_points_of_its_group() -> None:
    assert found(STEPS.format(points="20", rule=RULES[0]), "weight-subtotal-mismatch") == []
    assert found(STEPS.format(points="25", rule=RULES[0]), "weight-subtotal-mismatch") == [("25", "20")]


LEVELS = """2022年衔接资金绩效自评报告
一、资金情况
计划投入7,000万元，实际到位6,860万元，实际支出6,517万元。各级资金如下：

资金级次 | 中央 | 省级 | 市级 | 县级 | 合计
{first}（万元） | 4,200 | 1,680 | 600 | 520 | 7,000
到位金额（万元） | 4,200 | 1,680 | 600 | 380 | 6,860
支出金额（万元） | 4,000 | 1,590 | 570 | 357 | {spent}
"""


@pytest.mark.parametrize("first", ["下达金额", "指标文件金额", "批复金额"])
def test_a_measure_in_a_row_is_of_the_whole_in_the_total_column_alone(first: str) -> None:
    assert found(LEVELS.format(first=first, spent="6,517"), "amount-conflicting-mentions") == []
    assert found(LEVELS.format(first=first, spent="6,527"), "amount-conflicting-mentions") == [("6,517万元", "6527万元")]


ROWS = """2023年项目支出绩效自评表

项目名称 | 管网巡检 | < | < | <
预算情况（万元） | 项目 | 财政拨款 | 其他资金 | 合计
^ | 年初预算 | 180.00 | 20.00 | 200.00
^ | {change} | -10.00 | 0.00 | -10.00
^ | 调整后预算 | 170.00 | 20.00 | 190.00
^ | 全年执行 | 153.00 | 18.00 | 171.00
"""


@pytest.mark.parametrize("change", ["调整金额", "年中变动", "核减（增）"])
def test_rows_of_measures_go_on_behind_one_of_another_name(change: str) -> None:
    (project,) = read(ROWS.format(change=change)).projects
    wanted = {Measure.BUDGET_INITIAL: "2000000", Measure.BUDGET: "1900000", Measure.EXECUTED: "1710000"}
    assert {m: f"{f.quantity.value:f}".split(".")[0] for m, f in project.amounts.items() if m in wanted} == wanted


@pytest.mark.parametrize("head", ["全年执行", "年度支出", "年度执行"])
def test_a_column_of_spending_needs_no_number_in_its_name(head: str) -> None:
    rows = f"项目名称 | 管网巡检 | < | <\n资金（万元） | 年初预算 | {head} | 执行率\n年度资金总额 | 200.00 | 171.00 | 85.50%\n"
    (project,) = read(f"项目支出绩效自评表\n\n{rows}").projects
    executed = project.amount(Measure.EXECUTED)
    assert executed is not None
    assert executed.quantity.written == "171.00"


@pytest.mark.parametrize("words", ["得分：9.5分（满分10分）", "自评得分9.5分/10分", "得分9.5分，满分为10分"])
def test_points_of_a_few_are_no_score_of_the_whole(words: str) -> None:
    (project,) = read(f"2023年度管网巡检项目绩效自评报告\n一、自评结果\n预算执行情况：{words}。\n").projects
    assert project.self_score is None


def test_points_of_a_hundred_are_the_score() -> None:
    (project,) = read("2023年度管网巡检项目绩效自评报告\n一、自评结果\n自评得分96.5分（满分100分）。\n").projects
    assert project.self_score is not None
    assert project.self_score.text == "96.5分"
