"""Points of levels in a table of their own, with the rate of points; a department's tasks above its indicators."""

from __future__ import annotations

import pytest

from extractor.check.run import run
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.model.facts import Facts, Measure
from extractor.model.findings import Severity
from extractor.understand import understand
from tests.check.pages import document

TITLE = "2023年度博物馆开放资金绩效自评报告\n一、项目概况\n安排资金210万元，支出199.5万元，执行率95%。\n二、评价指标分析\n"
LEVELS = """{head} | 分值 | 得分 | 得分率
投入 | 20 | 19 | 95.00%
产出 | 50 | 48 | 96.00%
效益 | 30 | 27 | 90.00%
合计 | 100 | 94 | 94.00%
"""
ROWS = """一级指标 | 二级指标 | 三级指标 | 目标值 | 完成值 | 分值 | 得分
投入 | 资金 | 预算执行率 | 100% | 95% | 20 | 19
产出 | 数量 | 展览场次 | ≥10场 | 12场 | 25 | 25
产出 | 质量 | 设备完好率 | ≥95% | 96% | 25 | 23
效益 | 社会效益 | 观众人次 | ≥5万人次 | 4.5万人次 | 30 | 27
总分 | < | < | < | < | 100 | 94
"""
END = "三、自评结论\n自评总分94分，评价等级为“优”。扣分原因是设备完好率统计口径调整。\n"


def read(text: str) -> Facts:
    return understand(document(text), default())


def found(text: str) -> list[tuple[str, str | None, str | None]]:
    settings = CheckSettings(ignore=frozenset({"section-missing", "deviation-reason-missing"}))
    findings = run(read(text), settings, default()).findings
    return [(f.check, f.stated, f.expected) for f in findings if f.severity is not Severity.INFO]


def test_points_of_levels_are_added_up_whatever_their_head() -> None:
    for head in ("一级指标", "维度", "评价内容"):
        assert found(TITLE + LEVELS.format(head=head) + END) == []
        told = found(TITLE + LEVELS.format(head=head).replace("48 | 96", "46 | 96") + END)
        assert told == [("score-sum-mismatch", "94分", "92分"), ("rate-indicator-recompute", "96.00%", "92.00%")]


def test_points_of_levels_and_of_their_indicators_are_two_lists() -> None:
    for tables in (LEVELS + "具体得分如下：\n" + ROWS, ROWS + "各维度得分如下：\n" + LEVELS):
        text = TITLE + tables.format(head="评价维度") + END
        assert found(text) == []
        (project,) = read(text).projects
        assert [i.name for i in project.indicators] == ["预算执行率", "展览场次", "设备完好率", "观众人次"]


TASKS = """部门整体支出绩效自评表（2022年度）
部门（单位）名称 | 苇州县水务局 | < | < | < | < | < | < | <
年度主要任务 | 任务名称 | 完成情况 | 预算数（万元） | < | 执行数（万元） | < | 执行率 | 备注
^ | ^ | ^ | 总额 | 其他资金 | 总额 | 其他资金 | ^ | ^
^ | 管网维护 | 维修46公里 | 780.00 | 80.00 | 728.20 | 68.00 | 93.36% |
^ | 河道治理 | 治理12公里 | 502.00 | 0.00 | 472.00 | 0.00 | 94.02% |
^ | 金额合计 | | 1282.00 | 80.00 | {spent} | 68.00 | 93.62% |
年度总体目标 | 预期目标：完成管网维修46公里，河道治理12公里。 | < | < | < | 完成情况：管网维修46公里，河道治理12公里。 | < | < | <
一级指标 | 二级指标 | 三级指标 | < | 年度指标值 | 实际完成值 | 分值 | 得分 | 未完成原因
产出指标 | 数量指标 | 维修管网长度 | < | 46公里 | 46公里 | 40 | 40 |
产出指标 | 数量指标 | 治理河道长度 | < | 12公里 | 12公里 | 40 | 40 |
满意度指标 | 满意度 | 用水户满意度 | < | ≥90% | 91% | 10 | 10 |
预算执行率（10分） | < | 执行数/预算数 | < | 100% | 93.62% | 10 | 9.36 |
总分 | < | < | < | < | < | 100 | 99.36 |
"""


def test_tasks_and_indicators_of_a_department_in_one_table() -> None:
    facts = read(TASKS.format(spent="1200.20"))
    names = [(p.name, p.is_total) for p in facts.projects]
    assert names == [("部门整体支出", False), ("管网维护", False), ("河道治理", False), ("金额合计", True)]
    whole, task = facts.projects[:2]
    assert [i.name for i in whole.indicators] == ["维修管网长度", "治理河道长度", "用水户满意度", "执行数/预算数"]
    assert whole.self_score
    assert whole.self_score.text == "99.36"
    assert whole.execution_score
    assert whole.execution_score.text == "9.36"
    assert task.amounts[Measure.EXECUTED].quantity.written == "728.20"
    assert found(TASKS.format(spent="1200.20")) == []


def test_a_wrong_total_of_a_departments_tasks_is_found() -> None:
    assert ("amount-project-total-vs-summary", "1210.20万元", "1200.20万元") in found(TASKS.format(spent="1210.20"))


SCORES = {
    "a sum of parts": ("投入10分得10分，过程40分得37分，产出25分得23.5分，效果25分得23.5分，合计94分，评定为“优”。", "94分"),
    "full marks of a scheme": ("设置一级指标4个、三级指标18个，总分100分。\n经评价，合计得分93.5分，等级为“优”。", "93.5分"),
    "all points earned": ("各项任务全部完成，自评总分100分，等级为“优”。", "100分"),
}


@pytest.mark.parametrize(("words", "score"), SCORES.values(), ids=SCORES)
def test_the_score_of_the_whole_is_told_from_full_marks(words: str, score: str) -> None:
    (project,) = read(f"2023年度公厕管护项目绩效自评报告\n一、自评结果\n{words}\n").projects
    assert project.self_score
    assert project.self_score.text == score


CARRIED = """项目支出绩效自评表（2022年度）
项目名称 | 质量安全检测 | < | < | < | < | <
实施单位 | {unit} | < | < | < | < | <
主管部门 | 苜蓿县农业农村局 | < | < | < | < | <
资金来源（万元） | 年初预算 | 上年结转 | 年中追加 | 全年预算 | 全年执行 | 执行率
合计 | 280.00 | {carried} | 10.00 | 312.45 | 296.83 | 95.00%
一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分
产出指标 | 数量指标 | 检测批次 | ≥1500批次 | 1526批次 | 80 | 80
满意度指标 | 满意度 | 主体满意度 | ≥90% | 92% | 10 | 9
{total} | < | < | < | < | 100 | 98.5
"""


def test_a_column_of_what_was_carried_over_is_part_of_the_budget() -> None:
    honest = CARRIED.format(unit="苜蓿县检验检测站", carried="22.45", total="总分")
    assert [check for check, _, _ in found(honest)] == []
    assert [check for check, _, _ in found(honest.replace("22.45", "20.45"))] == ["amount-adjustment-identity"]


def test_a_number_of_units_is_no_units_name_and_a_total_may_name_what_it_holds() -> None:
    facts = read(CARRIED.format(unit="7所乡镇卫生院", carried="22.45", total="总分（含预算执行10分）"))
    assert facts.unit == "苜蓿县农业农村局"
    assert facts.projects[0].self_score
    assert facts.projects[0].self_score.text == "98.5"
