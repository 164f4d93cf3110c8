"""Amounts beside their labels, without a head over them: 预算资金 | 800."""

from __future__ import annotations

import pytest

from extractor.lexicon.packs import default
from extractor.model.facts import Measure
from extractor.understand import understand
from tests.check.pages import document

FORM = """项目支出绩效自评表（2023年度）
{caption}
项目名称 | 山塘清淤 | 实施单位 | 云岭县水务局
{rows}
一级指标 | 三级指标 | 年度指标值 | 实际完成值
产出指标 | 清淤山塘口数 | ≥9口 | 9口
"""
PAIRS = {
    "unit over the table": ("单位：万元", "预算资金 | 800 | 支出资金 | 760", "8000000", "7600000"),
    "unit in the labels": ("", "预算资金（万元） | 800 | 使用资金（万元） | 760.5", "8000000", "7605000"),
    "unit beside the figures": ("", "项目预算 | 800万元 | 已支出 | 760万元", "8000000", "7600000"),
    "beside the name of the block": (
        "单位：万元",
        "项目资金 | 预算资金 | 800 | <\n^ | 支出资金 | 760 | <",
        "8000000",
        "7600000",
    ),
    "of a quarter": ("单位：万元", "一季度 | 支出资金 | 100 | <\n二季度 | 支出资金 | 200 | <", None, None),
    "no unit at all": ("", "预算资金 | 800 | 支出资金 | 760", None, None),
    "words beside the label": ("单位：万元", "预算资金 | 按进度拨付 | 支出资金 | 详见附表", None, None),
}


@pytest.mark.parametrize("case", PAIRS)
def test_labels_with_their_amounts(case: str) -> None:
    caption, rows, budget, executed = PAIRS[case]
    (project,) = understand(document(FORM.format(caption=caption, rows=rows)), default()).projects
    told = [project.amounts.get(measure) for measure in (Measure.BUDGET, Measure.EXECUTED)]
    assert [fact and f"{fact.quantity.value.normalize():f}" for fact in told] == [budget, executed]
