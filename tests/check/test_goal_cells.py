"""Words in the cells on goals and results against the rows of the form, and reasons in the fund block."""

from __future__ import annotations

import pytest

from extractor.check.run import Outcome, run
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.understand import understand
from tests.check.pages import document

HEAD = "项目名称 | 辅具补贴 | < | <\n"
GOALS = "年度目标 | 年初绩效目标 | 调整绩效目标 | 全年实际完成情况\n^ | {} | {} | {}\n"
ROWS = """指标名称 | 计量单位 | 调整指标值 | 全年完成值 | 权重 | 得分
培训残疾人人数 | 人 | 560 | 572 | 20 | 20
辅助器具适配人次 | 人次 | 1200 | 1176 | 20 | 19.6
辅助器具适配完成月份 | 月 | 11 | 11 | 20 | 20
楼道照明改造数量 | 处 | 90 | 92 | 20 | 20
"""


def outcome(text: str, check: str) -> Outcome:
    return run(understand(document(HEAD + text), default()), CheckSettings(select=frozenset({check})), default())


def mismatches(initial: str, adjusted: str, result: str) -> list[str]:
    text = GOALS.format(initial, adjusted, result) + "\n" + ROWS
    return [finding.arguments["name"] for finding in outcome(text, "text-form-mismatch").findings]


@pytest.mark.parametrize(
    ("result", "name"),
    [
        ("全年适配辅助器具1186人次。", "辅助器具适配人次"),  # the verb before its object
        ("全年辅助器具适配1186人次。", "辅助器具适配人次"),
        ("全年培训残疾人527人。", "培训残疾人人数"),
        ("全年改造楼道照明29处。", "楼道照明改造数量"),
        ("全年培训残疾人560人，达到目标要求。", "培训残疾人人数"),  # the target told as the result
    ],
)
def test_a_result_told_in_a_cell_is_held_against_the_row(result: str, name: str) -> None:
    assert mismatches("培训残疾人600人，适配辅助器具1200人次。", "培训残疾人560人，适配辅助器具1200人次。", result) == [name]


@pytest.mark.parametrize(
    ("adjusted", "result"),
    [
        ("培训残疾人560人，适配辅助器具1200人次。", "培训残疾人572人，适配辅助器具1176人次，改造楼道照明92处。"),
        ("培训残疾人560人。", "残疾人技能得到提升。"),  # a goal since replaced is no result
        ("培训残疾人560人。", "培训残疾人目标560人，实际572人。"),
        ("培训残疾人560人。", "上半年培训残疾人260人。"),
    ],
)
def test_goals_and_other_periods_are_left_alone(adjusted: str, result: str) -> None:
    assert mismatches("培训残疾人600人，适配辅助器具1300人次。", adjusted, result) == []


FUND = "资金情况（万元） | 全年预算数 | 全年执行数 | 执行率 | {head}\n年度资金总额 | 40.00 | 32.00 | 80% | {reason}\n"


@pytest.mark.parametrize(
    ("head", "reason", "found"),
    [
        ("原因", "第四季度补贴按规定次年1月发放", 0),
        ("未完成原因", "部分学员自愿退出", 0),
        ("备注", "年底集中清算", 0),
        ("原因", "", 1),
        ("原因", "无", 1),
        ("备注", "—", 1),
    ],
)
def test_a_reason_in_the_row_of_the_fund_explains_low_execution(head: str, reason: str, found: int) -> None:
    assert len(outcome(FUND.format(head=head, reason=reason), "rate-low-execution-unexplained").findings) == found
