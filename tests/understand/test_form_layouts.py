"""Layouts of fund blocks and lists: halves side by side, numbered columns, subtotals, codes before names."""

from __future__ import annotations

import pytest

from extractor.lexicon.packs import default
from extractor.model.facts import Facts, Measure, Project
from extractor.understand.column_marks import ColumnMarks
from tests.understand.conftest import Printed, Understood

HEAD = """
::: title
项目支出绩效自评表
（2023年度）
:::

::: table
! size 9
"""


def form(rows: str) -> str:
    return f"{HEAD}{rows.strip()}\n:::\n"


def parts(project: Project) -> list[tuple[str, str | None, str | None]]:
    return [
        (s.label, s.budget and f"{s.budget.quantity.value:f}", s.executed and f"{s.executed.quantity.value:f}") for s in project.sources
    ]


def amounts(project: Project) -> dict[Measure, str]:
    return {measure: f"{fact.quantity.value.normalize():f}" for measure, fact in project.amounts.items()}


HALVES = {
    "four columns twice": """
| <2> 项目名称 | <6> 灌区渠道维修 |
| 资金来源（万元） | 预算数 | 到位数 | 支出数 | 资金来源（万元） | 预算数 | 到位数 | 支出数 |
| 合计 | 90.00 | 90.00 | 81.00 | 2.市级财政 | 30.00 | 30.00 | 30.00 |
| 1.省级财政 | 40.00 | 40.00 | 31.00 | 3.单位自筹 | 20.00 | 20.00 | 20.00 |
""",
    "three columns twice, numbers in brackets": """
| 项目名称 | <5> 灌区渠道维修 |
| 来源（万元） | 计划安排 | 实际支出 | 来源（万元） | 计划安排 | 实际支出 |
| 资金总额 | 90.00 | 81.00 | （2）市级财政 | 30.00 | 30.00 |
| （1）省级财政 | 40.00 | 31.00 | （3）单位自筹 | 20.00 | 20.00 |
""",
    "three blocks": """
| <2> 项目名称 | <7> 灌区渠道维修 |
| 渠道（万元） | 预算数 | 执行数 | 渠道（万元） | 预算数 | 执行数 | 渠道（万元） | 预算数 | 执行数 |
| 总额 | 90.00 | 81.00 | 市级财政 | 30.00 | 30.00 | 单位自筹 | 20.00 | 20.00 |
| 省级财政 | 40.00 | 31.00 | 县级财政 | 0.00 | 0.00 | 其他资金 | 0.00 | 0.00 |
""",
}


@pytest.mark.parametrize("case", HALVES)
def test_blocks_side_by_side_give_every_part_once(printed: Printed, case: str) -> None:
    (project,) = printed(form(HALVES[case])).projects
    assert amounts(project)[Measure.BUDGET] == "900000"
    assert amounts(project)[Measure.EXECUTED] == "810000"
    given = [part for part in parts(project) if part[1] != "0.00" and part[1] != "0"]
    assert sorted((label, str(budget).split(".")[0], str(spent).split(".")[0]) for label, budget, spent in given) == [
        ("单位自筹", "200000", "200000"),
        ("市级财政", "300000", "300000"),
        ("省级财政", "400000", "310000"),
    ]


def test_sources_over_measures_stay_one_block(printed: Printed) -> None:
    facts = printed(
        form("""
| <2> 项目名称 | <5> 灌区渠道维修 |
| <x2> 项目资金（万元） | <3> 全年预算数 | <3> 全年执行数 |
| 小计 | 财政拨款 | 自筹资金 | 小计 | 财政拨款 | 自筹资金 |
| 年度资金总额 | 60.00 | 40.00 | 20.00 | 57.00 | 37.00 | 20.00 |
""")
    )
    (project,) = facts.projects
    assert amounts(project) == {Measure.BUDGET: "600000", Measure.EXECUTED: "570000"}


def test_rates_and_points_stand_in_pairs_under_the_parts(printed: Printed) -> None:
    (project,) = printed(
        form("""
| <2> 项目名称 | <6> 灌区渠道维修 |
| <x4> 资金¶（万元） | 资金来源 | 预算数 | 支出数 | <2> 资金来源 | 预算数 | 支出数 |
| 合计 | 50.00 | 45.00 | <2> 市级财政 | 20.00 | 20.00 |
| 省级财政 | 30.00 | 25.00 | <2> 其他资金 | 0.00 | 0.00 |
| 预算执行率 | <2> 90.00% | 执行率分值 | 10 | 得分 | 9 |
""")
    ).projects
    assert [f"{rate.quantity.value:f}" for rate in project.rates] == ["90.00"]
    assert project.execution_weight
    assert project.execution_weight.text == "10"
    assert project.execution_score
    assert project.execution_score.text == "9"
    assert [label for label, _, _ in parts(project)] == ["市级财政", "省级财政", "其他资金"]


MARKS = [
    (["甲", "乙", "1", "2", "3=1+2", "4", "5=4÷3×100"], True),
    (["栏次", "1", "2", "3"], True),
    (["A", "B", "C=A+B", "D", "E=D/C"], True),
    (["甲", "乙", "丙", "丁", "1", "2"], True),
    (["1", "2", "3", "4"], True),
    (["年度资金总额", "1", "2", "3"], False),
    (["10", "10", "100"], False),
    (["1", "12.50"], False),
    (["3", "1", "2"], False),
]


@pytest.mark.parametrize(("texts", "numbers"), MARKS)
def test_rows_that_number_the_columns(texts: list[str], numbers: bool) -> None:
    assert ColumnMarks(default()).number(texts) is numbers


NUMBERED = {
    "letters and formula": "| 甲 | 乙 | 1 | 2 | 3=1+2 | 4 | 5=4/3 |",
    "names of the row": "| 栏次 | — | 1 | 2 | 3 | 4 | 5 |",
    "letters of the columns": "| — | — | A | B | C=A+B | D | E=D/C |",
}


@pytest.mark.parametrize("case", NUMBERED)
def test_a_numbered_head_is_no_row_of_figures(printed: Printed, case: str) -> None:
    facts = printed(
        form(f"""
| <2> 项目名称 | <5> 退牧草场补播 |
| 资金（万元） | 行次 | 年初下达 | 年中追加 | 全年预算数 | 全年执行数 | 执行率（%） |
{NUMBERED[case]}
| 年度资金总额 | 1 | 70.00 | 10.00 | 80.00 | 76.00 | 95.00 |
| 其中：省级补助 | 2 | 50.00 | 10.00 | 60.00 | 57.00 | 95.00 |
| 市级补助 | 3 | 20.00 | 0.00 | 20.00 | 19.00 | 95.00 |
""")
    )
    (project,) = facts.projects
    assert amounts(project)[Measure.BUDGET_INITIAL] == "700000"
    assert amounts(project)[Measure.EXECUTED] == "760000"
    assert [label for label, _, _ in parts(project)] == ["省级补助", "市级补助"]


@pytest.mark.parametrize("label", ["预算执行情况（万元）", "预算执行（10分）", "执行情况（万元）"])
def test_the_column_of_labels_may_be_called_like_a_rate(printed: Printed, label: str) -> None:
    (project,) = printed(
        form(f"""
| 项目名称 | <4> 校舍防水维修 |
| {label} | 年初预算（万元） | 调整后预算数（万元） | 预算执行数（万元） | 预算执行率 |
| 总额 | 0.00 | 60.00 | 54.00 | 90% |
| 其中：财政资金 | 0.00 | 45.00 | 39.00 | 86.67% |
| 单位资金 | 0.00 | 15.00 | 15.00 | 100% |
""")
    ).projects
    assert parts(project) == [("财政资金", "450000.00", "390000.00"), ("单位资金", "150000.00", "150000.00")]


LISTS = {
    "merged departments": """
| 序号 | 主管部门 | 项目名称 | 预算数 | 执行数 |
| 1 | <x2> 县文旅局 | 古桥修缮 | 50.00 | 45.00 |
| 2 | 书屋更新 | 30.00 | 30.00 |
| <3> 小计 | 80.00 | 75.00 |
| 3 | 县民政局 | 敬老院供暖 | 20.00 | 19.00 |
| <3> 小计 | 20.00 | 19.00 |
| <3> 合计 | 100.00 | 94.00 |
""",
    "the department in every row": """
| 项目名称 | 实施单位 | 预算数 | 执行数 |
| 古桥修缮 | 县文旅局 | 50.00 | 45.00 |
| 书屋更新 | 县文旅局 | 30.00 | 30.00 |
| 小计 | | 80.00 | 75.00 |
| 敬老院供暖 | 县民政局 | 20.00 | 19.00 |
| 小计 | | 20.00 | 19.00 |
| 总计 | | 100.00 | 94.00 |
""",
    "subtotals called after the department": """
| 项目名称 | 预算数 | 执行数 |
| 古桥修缮 | 50.00 | 45.00 |
| 书屋更新 | 30.00 | 30.00 |
| 县文旅局小计 | 80.00 | 75.00 |
| 敬老院供暖 | 20.00 | 19.00 |
| 县民政局小计 | 20.00 | 19.00 |
| 合计 | 100.00 | 94.00 |
""",
}


@pytest.mark.parametrize("case", LISTS)
def test_subtotals_stand_beside_the_total(printed: Printed, case: str) -> None:
    told_before = "::: title\n清溪县2023年度项目支出绩效自评报告\n:::\n\n# 一、预算执行\n\n各项目预算执行情况见表。\n"
    body = f"{told_before}\n::: table 汇总表（单位：万元）\n! size 9\n{LISTS[case].strip()}\n:::\n"
    facts: Facts = printed(body)
    told = [(p.name, p.is_total, p.is_subtotal, amounts(p)[Measure.BUDGET], amounts(p)[Measure.EXECUTED]) for p in facts.projects]
    assert [row[1:] for row in told] == [
        (False, False, "500000", "450000"),
        (False, False, "300000", "300000"),
        (False, False, "200000", "190000"),
        (True, True, "800000", "750000"),
        (True, True, "200000", "190000"),
        (True, False, "1000000", "940000"),
    ]
    assert ["县文旅局" in row[0] for row in told[3:]] == [True, False, False]


@pytest.mark.parametrize(
    "sentence",
    ["县级配套40万元未到位。", "市级财政资金15万元尚未到位，影响了工程进度。", "因县级配套资金30万元未能到位，部分工程未开工。"],
)
def test_money_that_has_not_come_is_no_part_of_the_fund(understood: Understood, sentence: str) -> None:
    title = "青石县2022年度堤防加固项目绩效自评报告\n\n一、资金情况\n\n预算安排200万元，实际支出150万元。\n\n二、存在的问题\n\n"
    (project,) = understood(title + sentence).projects
    assert project.sources == ()
    assert Measure.ARRIVED not in project.amounts


@pytest.mark.parametrize(
    ("printed_name", "name", "code"),
    [
        ("51098723T000012345678-堤防巡查", "堤防巡查", "51098723T000012345678"),
        ("[330299210018]路灯养护", "路灯养护", "330299210018"),
        ("41990021R000000012Y-公用经费", "公用经费", "41990021R000000012Y"),
        ("2023年校车补贴", "2023年校车补贴", None),
    ],
)
def test_a_code_before_the_name_is_no_part_of_it(printed: Printed, printed_name: str, name: str, code: str | None) -> None:
    (project,) = printed(
        form(f"""
| 项目名称 | <2> {printed_name} |
| 全年预算数（万元） | 全年执行数（万元） | 执行率 |
| 60.00 | 54.00 | 90% |
""")
    ).projects
    assert (project.name, project.code) == (name, code)


def test_subtotal_rows_are_no_indicators_and_parts_of_the_budget_no_execution_row(printed: Printed) -> None:
    (project,) = printed(
        form("""
| 一级指标 | 二级指标 | 三级指标 | 分值 | 完成情况 | 得分 |
| <x3> 过程 | <x2> 预算执行 | 部门预算执行率 | 10 | 98% | 9.8 |
| 政府采购执行率 | 5 | 92% | 4.6 |
| 预算管理 | 制度健全性 | 5 | 健全 | 5 |
| <3> 小计 | 20 | | 19.4 |
| 产出 | 职责履行 | 任务完成率 | 80 | 100% | 80 |
| <3> 小计 | 80 | | 80 |
| <3> 总分 | 100 | | 99.4 |
""")
    ).projects
    assert [i.name for i in project.indicators] == ["部门预算执行率", "政府采购执行率", "制度健全性", "任务完成率"]
    assert project.execution_score
    assert project.execution_score.text == "9.8"


def test_the_execution_rate_within_the_points_of_a_group_is_a_row_of_it(printed: Printed) -> None:
    (project,) = printed(
        form("""
| <2> 项目资金（万元） | <2> 年初预算数 | <2> 全年执行数 | 执行率 |
| <2> 年度资金总额 | <2> 60.00 | <2> 54.00 | 90% |
| 一级指标 | 二级指标 | 三级指标 | 分值 | 指标值 | 实际值 | 得分 |
| <x2> 管理（25分） | 投入管理 | 预算执行率 | 10 | 100% | 90% | 9 |
| 财务管理 | 制度健全性 | 15 | 健全 | 健全 | 15 |
| 产出（75分） | 数量指标 | 改造站点 | 75 | 6处 | 6处 | 75 |
| <3> 合计 | 100 | | | 99 |
""")
    ).projects
    assert [i.name for i in project.indicators] == ["预算执行率", "制度健全性", "改造站点"]
    assert project.execution_weight is None


ROWS = """
| 一级指标 | 二级指标 | 三级指标 | 分值 | 完成值 | 得分 |
| 产出 | 数量 | 改造站点 | 60 | 6处 | 60 |
| 效益 | 社会效益 | 服务人次 | 30 | 8万人次 | 28.5 |
| <3> 合计 | 90 | | 88.5 |
"""


@pytest.mark.parametrize(
    ("points", "rows", "score"),
    [
        ("| 预算执行率 | 95% | 得分（10分） | <3> 9.5 |", f"{ROWS}| <3> 自评总分 | <3> 98 |", "98"),
        ("| 预算执行率 | 95% | 分值 | 10 | 得分 | 9.5 |", f"{ROWS}| <3> 自评得分 | <3> 98 |", "98"),
        ("| 预算执行率 | 95% | 得分（10分） | <3> 9.5 |", f"{ROWS}", "88.5"),  # no other total is printed
        ("| 预算执行率 | 95% | 得分（10分） | <3> 9.5 |", f"{ROWS}| <3> 自评总分 | <3> 93 |", "88.5"),  # the two do not differ by the rest
    ],
)
def test_a_total_of_the_rows_only_is_not_the_score(printed: Printed, points: str, rows: str, score: str) -> None:
    (project,) = printed(
        form(f"""
| 项目名称 | <5> 站点改造 |
| 资金来源 | 合计 | 省级 | 市级 | 县级 | 自筹 |
| 预算数（万元） | 50.00 | 20.00 | 10.00 | 10.00 | 10.00 |
| 支出数（万元） | 47.50 | 20.00 | 10.00 | 10.00 | 7.50 |
{points}{rows}""")
    ).projects
    assert project.self_score
    assert project.self_score.text == score
    assert (project.execution_weight and project.execution_weight.text) == "10"
    assert (project.execution_score and project.execution_score.text) == "9.5"


@pytest.mark.parametrize(
    "head",
    [
        "评价内容 | 评价项目 | 评价要点 | 满分 | 评分标准 | 完成情况 | 自评分",
        "评价内容 | 考核项目 | 考核要点 | 分值 | 评分标准 | 完成情况 | 得分",
        "一级指标 | 考核内容 | 评价要点 | 分值 | 评分标准 | 完成情况说明 | 得分",
    ],
)
def test_the_last_of_several_columns_of_names_is_the_name(printed: Printed, head: str) -> None:
    (project,) = printed(
        form(f"""
| {head} |
| <x2> 过程 | 预算执行 | 预算完成率 | 40 | 完成率×40分 | 96.5% | 38.6 |
| 预算管理 | 制度健全 | 60 | 健全得60分 | 健全 | 60 |
| <3> 总计 | 100 | | | 98.6 |
""")
    ).projects
    told = [(i.level1, i.level2, i.name, i.actual and i.actual.text) for i in project.indicators]
    assert told == [("过程", "预算执行", "预算完成率", "96.5%"), ("过程", "预算管理", "制度健全", "健全")]


@pytest.mark.parametrize("head", ["执行率（%）", "预算执行率(%)", "支出率（%）"])
def test_totals_in_the_column_of_departments_and_rates_by_their_header(printed: Printed, head: str) -> None:
    facts = printed(f"""::: title
临溪州2023年度项目支出绩效自评报告
:::

# 一、预算执行

各项目预算执行情况见表。

::: table 汇总表
! size 9
| 部门 | 项目 | 全年预算（万元） | 全年支出（万元） | {head} |
| <x2> 州交通局 | 客运补贴 | 60.00 | 57.00 | 95.00 |
| 桥梁检测 | 40.00 | 38.00 | 95.00 |
| 州交通局小计 | | 100.00 | 95.00 | 95.00 |
| 州农业局 | 种业补助 | 20.00 | 19.00 | 95.00 |
| 总计 | | 120.00 | 114.00 | 95.00 |
:::
""")
    assert [(p.name, p.is_total, p.is_subtotal, len(p.rates)) for p in facts.projects] == [
        ("客运补贴", False, False, 1),
        ("桥梁检测", False, False, 1),
        ("种业补助", False, False, 1),
        ("州交通局小计", True, True, 1),
        ("总计", True, False, 1),
    ]
