"""Points behind the names of indicators without their unit are points where all rows have them and they make full marks."""

from __future__ import annotations

import pytest

from extractor.lexicon.packs import default
from extractor.understand import understand
from tests.check.pages import document

FORM = """项目支出绩效自评表（2023年度）
项目名称 | 山塘清淤 | < | < | < | <
资金情况（万元） | 预算数（A） | 执行数（B） | 执行率（B/A） | 分值 | 得分
年度财政资金总额 | 200.00 | 190.00 | 95.00% | {execution} | 9.5
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分
产出指标 | 数量指标 | {names[0]} | ≥9口 | 9口 | 20
^ | 质量指标 | {names[1]} | ≥95% | 100% | 20
效益指标 | 社会效益指标 | {names[2]} | ≥900亩 | 950亩 | 20
"""
CASES = {
    "all but execution": ("10", ["清淤山塘口数（30）", "验收合格率（20）", "灌溉面积（40）"], ["30", "20", "40"]),
    "with points of twenty": ("20", ["清淤山塘口数(30.5)", "验收合格率(9.5)", "灌溉面积(40)"], ["30.5", "9.5", "40"]),
    "execution without points": ("", ["清淤山塘口数（30）", "验收合格率（20）", "灌溉面积（30）"], ["30", "20", "30"]),
    "no full marks": ("10", ["清淤山塘口数（30）", "验收合格率（20）", "灌溉面积（30）"], [None] * 3),
    "numbers of variants": ("10", ["清淤山塘口数（1）", "验收合格率（2）", "灌溉面积（3）"], [None] * 3),
    "not all": ("10", ["清淤山塘口数（50）", "验收合格率（40）", "灌溉面积"], [None] * 3),
    "years": ("10", ["清淤山塘口数（2023）", "验收合格率（2023）", "灌溉面积（2023）"], [None] * 3),
}


@pytest.mark.parametrize("case", CASES)
def test_points_behind_names(case: str) -> None:
    execution, names, weights = CASES[case]
    (project,) = understand(document(FORM.format(execution=execution, names=names)), default()).projects
    assert [i.weight and i.weight.text for i in project.indicators] == weights
