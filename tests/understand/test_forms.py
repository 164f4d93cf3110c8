"""Forms over several pages and several forms in a file: every row once."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract
from extractor.model.facts import Measure
from tests.corpus.build import available
from tests.understand.conftest import Printed

FUNDS = """! widths 12 14 12 12 12 8 12 8
! size 10
| <2> 项目名称 | <6> {name} |
| <2x2> 项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| 60.00 | 60.00 | 57.00 | 10 | 95.00% | 9.5 |"""
REASON = (
    "因汛期提前，施工便道多处塌方，设备无法进场，经批准将剩余渠段的清淤衬砌调整到次年枯水期实施，已与施工单位签订补充协议并落实管护责任人。"
)


def long_form(rows: int, cut: int) -> str:
    """A form of so many rows under merged labels; the reason of row `cut` is long."""
    lines = ["::: table", FUNDS.format(name="灌区渠道清淤"), ":::", "", "::: table"]
    lines += ["! widths 10 10 22 7 13 13 7 18", "! size 12", "! repeat 1", "! split"]
    lines += ["| 一级指标 | 二级指标 | 三级指标 | 分值 | 年度指标值 | 实际完成值 | 得分 | 偏差原因分析 |"]
    for row in range(1, rows + 1):
        labels = f"<x{rows}> 产出指标（90分） | <x{rows}> 数量指标 | " if row == 1 else ""
        actual, score, reason = ("1.8", "2.03", REASON) if row == cut else ("2", "2.25", "")
        lines.append(f"| {labels}第{row}支渠清淤长度 | 2.25 | ≥2公里 | {actual}公里 | {score} | {reason} |")
    return "\n".join([*lines, "| <3> 总分 | 100 | | | 99.28 | |", ":::", ""])


OTHERS = [
    pytest.param(name, marks=pytest.mark.skipif(name not in available(), reason=f"{name} is not installed"))
    for name in ("libreoffice", "weasyprint")
]


@pytest.mark.parametrize("producer", OTHERS)
def test_other_programs_print_40_rows_over_pages_too(printed: Printed, producer: str) -> None:
    facts = printed(long_form(40, 12), producer)
    assert len(facts.document.pages) >= 2
    assert [[row.name for row in project.indicators] for project in facts.projects] == [[f"第{n}支渠清淤长度" for n in range(1, 41)]]


@pytest.mark.parametrize("cut", range(9, 16))
def test_a_form_of_40_rows_over_3_pages_gives_every_row_once(printed: Printed, cut: int) -> None:
    facts = printed(long_form(40, cut))
    assert len(facts.document.pages) >= 3
    (project,) = facts.projects
    assert [row.name for row in project.indicators] == [f"第{n}支渠清淤长度" for n in range(1, 41)]
    assert {row.level2 for row in project.indicators} == {"数量指标"}
    assert [row.reason for row in project.indicators if row.reason] == [REASON]
    (form,) = project.forms
    assert form.total_score is not None
    assert form.total_score.text == "99.28"
    assert [len(group.indicators) for group in form.groups] == [40]


@pytest.mark.parametrize("producer", ["reportlab", *OTHERS])
def test_a_file_with_30_forms_gives_every_row_once(printed: Printed, producer: str) -> None:
    bodies = []
    for form in range(1, 31):
        rows = [f"| 产出指标 | 数量指标 | 第{form}村管护长度 | ≥{form}公里 | <2> {form}公里 | 60 | 60 |"]
        rows += [f"| 满意度指标 | 服务对象满意度指标 | 第{form}村群众满意度 | ≥90% | <2> 93% | 30 | 30 |"]
        head = "| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | <2> 实际完成值 | 分值 | 得分 |"
        table = [FUNDS.format(name=f"第{form}村小型水库管护"), head, *rows, "| <6> 总分 | 100 | 99.5 |"]
        bodies.append("\n".join(["::: title", "项目支出绩效自评表", ":::", "", "::: table", *table, ":::", ""]))
    facts = printed("\n".join(bodies), producer)
    assert [project.name for project in facts.projects] == [f"第{n}村小型水库管护" for n in range(1, 31)]
    rows = [[row.name for row in project.indicators] for project in facts.projects]
    assert rows == [[f"第{n}村管护长度", f"第{n}村群众满意度"] for n in range(1, 31)]
    assert {len(project.forms) for project in facts.projects} == {1}


def test_the_column_of_last_year_is_not_this_years_result(printed: Printed) -> None:
    head = "| 一级指标 | 二级指标 | 三级指标 | 上年实际值 | 本年目标值 | 本年完成值 | 分值 | 得分 |"
    row = "| 产出指标 | 数量指标 | 渠道清淤长度 | 21公里 | ≥30公里 | 32公里 | 90 | 90 |"
    facts = printed("\n".join(["::: table", FUNDS.format(name="灌区渠道清淤"), head, row, "| <6> 总分 | 100 | 99.5 |", ":::", ""]))
    ((indicator,),) = [project.indicators for project in facts.projects]
    assert (indicator.target and indicator.target.text, indicator.actual and indicator.actual.text) == ("≥30公里", "32公里")


def test_a_score_beside_the_total_row_is_kept_beside_it(printed: Printed) -> None:
    head = "| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | <2> 实际完成值 | 分值 | 得分 |"
    row = "| 产出指标 | 数量指标 | 渠道清淤长度 | ≥30公里 | <2> 32公里 | 90 | 90 |"
    told = "| <2> 自评得分 | <6> 95.9 |"
    facts = printed("\n".join(["::: table", FUNDS.format(name="灌区渠道清淤"), told, head, row, "| <6> 总分 | 100 | 99.5 |", ":::", ""]))
    ((form,),) = [project.forms for project in facts.projects]
    assert (form.total_score and form.total_score.text, form.head_score and form.head_score.text) == ("99.5", "95.9")


def test_breakdowns_side_by_side_are_added_up_each_on_its_own(printed: Printed) -> None:
    rows = ["| <x3> 预算构成 | <4> 按收入性质分：60.00 | <3> 按支出性质分：60.00 |"]
    rows += ["| <2> 其中：财政拨款 | <2> 48.00 | <2> 其中：基本支出 | 40.00 |", "| <2> 其他资金 | <2> 12.00 | <2> 项目支出 | 20.00 |"]
    facts = printed("\n".join(["::: table", FUNDS.format(name="灌区渠道清淤"), *rows, ":::", ""]))
    told = [(s.stated.quantity.written, [t.quantity.written for t in s.operands]) for s in facts.statements]
    assert told == [("60.00", ["48.00", "12.00"]), ("60.00", ["40.00", "20.00"])]
    assert {fact.source for project in facts.projects for fact in project.facts} == {None}


def test_a_list_of_projects_with_their_indicators_gives_each_its_own(printed: Printed) -> None:
    head = "| 序号 | 项目名称 | 预算数 | 执行数 | 执行率 | 执行得分（10分） | 绩效指标 | 目标值 | 完成值 | 分值 | 得分 | 自评总分 |"
    rows = []
    for number, (name, spent) in enumerate((("山塘维修", "38.00"), ("集镇保洁", "40.00")), 1):
        whole = f"<x2> {number} | <x2> {name} | <x2> 40.00 | <x2> {spent} | <x2> 95% | <x2> 9.5"
        rows.append(f"| {whole} | {name}处数 | ≥9处 | 9处 | 60 | 60 | <x2> 99.5 |")
        rows.append("| 群众满意度 | ≥90% | 92% | 30 | 30 |")
    total = "| <2> 合计 | 80.00 | 78.00 | 97.5% | | | | | | | |"
    facts = printed("\n".join(["单位：万元", "", "::: table", "! size 8", head, *rows, total, ":::", ""]))
    assert [(p.name, p.is_total) for p in facts.projects] == [("山塘维修", False), ("集镇保洁", False), ("合计", True)]
    assert [[i.name for i in p.indicators] for p in facts.projects] == [["山塘维修处数", "群众满意度"], ["集镇保洁处数", "群众满意度"], []]
    assert [p.execution_score and p.execution_score.text for p in facts.projects] == ["9.5", "9.5", None]
    assert [p.self_score and p.self_score.text for p in facts.projects] == ["99.5", "99.5", None]
    executed = [p.amount(Measure.EXECUTED) for p in facts.projects]
    assert [fact and fact.quantity.written for fact in executed] == ["38.00", "40.00", "78.00"]


def test_income_and_outlay_side_by_side_are_two_lists(printed: Printed) -> None:
    rows = ["| 收入项目 | 决算数 | 支出项目 | 决算数 |", "| 财政拨款收入 | 310.00 | 基本支出 | 200.50 |"]
    rows += [
        "| 其他收入 | 8.00 | 项目支出 | 116.00 |",
        "| 年初结转和结余 | 2.00 | 年末结转和结余 | 3.50 |",
        "| 总计 | 320.00 | 总计 | 320.00 |",
    ]
    facts = printed("\n".join(["::: table 表1 收入支出决算总表（单位：万元）", *rows, ":::", ""]))
    told = [[(t.role, t.quantity.written) for t in s.operands] for s in facts.statements]
    assert told == [
        [("财政拨款收入", "310.00"), ("其他收入", "8.00"), ("年初结转和结余", "2.00")],
        [("基本支出", "200.50"), ("项目支出", "116.00"), ("年末结转和结余", "3.50")],
    ]


def test_a_block_of_words_under_the_funds_is_no_fund(printed: Printed) -> None:
    rows = ["| <2> 资金管理情况 | 行次 | <2> 情况说明 | <2> 存在问题 | 措施 |", "| <2> 分配科学性 | 6 | <2> 按批复分配 | <2> 无 | — |"]
    facts = printed("\n".join(["::: table", FUNDS.format(name="灌区渠道清淤"), *rows, ":::", ""]))
    assert sorted(str(fact.quantity.value) for project in facts.projects for fact in project.facts) == [
        "570000.00",
        "600000.00",
        "600000.00",
    ]


def test_a_nested_head_is_told_by_its_cells_however_many_columns_they_take(printed: Printed) -> None:
    head = ["| <2> 一级指标 | <3> 二级指标 | <3> 三级指标 | <x2> 目标值 | <x2> 完成值 | <x2> 自评分 |"]
    head += ["| 名称 | 权重 | <2> 名称 | 权重 | <2> 名称 | 权重 |"]
    row = "| 产出 | 90 | <2> 数量指标 | 90 | <2> 渠道清淤长度 | 90 | ≥30公里 | 32公里 | 90 |"
    body = [
        "::: table",
        "| <2> 项目名称 | 灌区渠道清淤 | 主管部门 | 水利局 | 联系人 | 略 | 电话 | <3> 略 |",
        *head,
        row,
        "| <10> 合计 | 90 |",
        ":::",
        "",
    ]
    ((indicator,),) = [project.indicators for project in printed("\n".join(body)).projects]
    assert (indicator.name, indicator.target and indicator.target.text) == ("渠道清淤长度", "≥30公里")


def test_the_subtotal_of_a_band_is_no_indicator(printed: Printed) -> None:
    head = "| 序号 | 绩效指标 | 目标值 | <2> 完成值 | 分值 | 得分 | 扣分原因 |"
    rows = ["| 1 | 渠道清淤长度 | ≥30公里 | <2> 32公里 | 90 | 90 | |", "| | 产出指标小计 | | <2> | 90 | 90 | |"]
    facts = printed("\n".join(["::: table", FUNDS.format(name="灌区渠道清淤"), head, *rows, ":::", ""]))
    assert [[row.name for row in project.indicators] for project in facts.projects] == [["渠道清淤长度"]]


def test_a_label_under_a_wide_head_makes_it_the_head_of_labels(printed: Printed) -> None:
    head = ["| <2> 项目名称 | <6> 灌区渠道清淤 |", "| <2> 年度预算数（万元） | <2> 年初预算 | <2> 执行数 | 权重 | 得分 |"]
    row = "| | 总额 | <2> 60.00 | <2> 57.00 | 10 | 9.5 |"
    facts = printed("\n".join(["::: table", *head, row, ":::", ""]))
    assert sorted(str(fact.quantity.value) for project in facts.projects for fact in project.facts) == ["570000.00", "600000.00"]


@pytest.mark.parametrize(("rules", "severity", "doubts"), [("all", "error", ()), ("none", "warning", ("unruled",))])
def test_what_rests_on_a_table_without_lines_is_no_error(
    printed: Printed, tmp_path: Path, rules: str, severity: str, doubts: tuple[str, ...]
) -> None:
    rows = [
        "| 序号 | 项目名称 | 预算数 | 执行数 | 执行率 |",
        "| 1 | 山塘维修 | 40.00 | 38.00 | 95% |",
        "| 2 | 集镇保洁 | 60.00 | 57.00 | 95% |",
    ]
    rows += ["| 3 | 护林巡查 | 20.00 | 17.00 | 95% |", "| 4 | 水质监测 | 30.00 | 28.50 | 95% |", "| 5 | 防汛演练 | 10.00 | 9.50 | 95% |"]
    printed("\n".join(["表1 项目支出情况表（单位：万元）", "", "::: table", f"! rules {rules}", *rows, ":::", ""]))
    report = extract(tmp_path / "form.pdf")
    found = [(f.severity, f.doubts, f.stated) for f in report.findings if f.check == "rate-execution-recompute"]
    assert found == [(severity, doubts, "95%")]
