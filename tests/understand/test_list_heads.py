"""Heads of lists over the columns of sources: what adds them up is the budget, none of them is."""

from __future__ import annotations

import pytest

from extractor.lexicon.packs import default
from extractor.model.facts import Measure
from extractor.understand import understand
from tests.check.pages import document

ROWS = """
1 | 渠系配套改造项目 | 30.00 | 20.00 | 50.00 | 50.00 | 45.00 | 90.00%
2 | 水库除险加固项目 | 40.00 | 10.00 | 50.00 | 48.00 | 48.00 | 96.00%
 | 合计 | 70.00 | 30.00 | 100.00 | 98.00 | 93.00 | 93.00%
"""
HEADS = {
    "a group over its columns": """
序号 | 项目名称 | 预算安排 | < | < | 到位资金 | 实际支出 | 支出进度
^ | ^ | 中央资金 | 县级资金 | 小计 | ^ | ^ | ^
""",
    "a group in one cell, blank ones beside it": """
序号 | 项目名称 | | 预算安排 | | 到位资金 | 实际支出 | 支出进度
^ | ^ | 省级补助 | 县级配套 | 合计 | ^ | ^ | ^
""",
    "a group in the first cell": """
序号 | 项目名称 | 全年预算数 | | | 到位资金 | 实际支出 | 支出进度
^ | ^ | 省级 | 市级 | 小计 | ^ | ^ | ^
""",
    "one row of heads": """
序号 | 项目名称 | 财政拨款 | 自筹资金 | 预算安排小计 | 到位资金 | 实际支出 | 支出进度
""",
    "one row of heads, the sum of another name": """
序号 | 项目名称 | 中央补助 | 地方配套 | 全年预算数合计 | 到位资金 | 实际支出 | 支出进度
""",
    "the group's head lost": """
序号 | 项目名称 | 中央资金 | 省级资金 | 小计 | 到位资金 | 实际支出 | 支出进度
""",
}


@pytest.mark.parametrize("case", HEADS)
def test_the_sum_of_the_sources_is_the_budget(case: str) -> None:
    text = f"渠系项目资金使用情况表（2023年度）\n\n单位：万元\n\n{HEADS[case].strip()}\n{ROWS.strip()}"
    facts = understand(document(text), default())
    found = {
        p.name: (
            {m.value: str(f.quantity.digits) for m, f in p.amounts.items()},
            [str(s.budget.quantity.digits) for s in p.sources if s.budget],
        )
        for p in facts.projects
    }
    assert found["渠系配套改造项目"] == ({"budget": "50.00", "arrived": "50.00", "executed": "45.00"}, ["30.00", "20.00"])
    assert found["合计"] == ({"budget": "100.00", "arrived": "98.00", "executed": "93.00"}, ["70.00", "30.00"])


def test_a_sum_of_no_known_measure_stays_unread_where_another_column_is_the_budget() -> None:
    head = "序号 | 项目名称 | 中央资金 | 省级资金 | 小计 | 预算数 | 实际支出 | 支出进度"
    facts = understand(document(f"渠系项目资金使用情况表\n\n单位：万元\n\n{head}\n{ROWS.strip()}"), default())
    project = next(p for p in facts.projects if p.name == "水库除险加固项目")
    assert str(project.amounts[Measure.BUDGET].quantity.digits) == "48.00"
    assert project.sources == ()
