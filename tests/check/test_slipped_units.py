"""元 written as 万元 is told first; a rate that is wrong besides is held against the figure that the table prints."""

from __future__ import annotations

import pytest

from tests.check.test_summary_tables import found

TEXT = """
柏川县林业局2023年度部门整体支出绩效自评报告
一、预算执行情况
2023年全年预算数731.25万元，全年支出{spent}，预算执行率{rate}。
{table}"""
TABLE = """部门整体预算执行情况表 单位：元
支出类型 | 全年预算数 | 全年执行数 | 执行率
基本支出 | 4,100,000.00 | 4,020,300.50 | 98.06%
项目支出 | 3,212,500.00 | 2,716,840.25 | 84.57%
合计 | 7,312,500.00 | 6,737,140.75 | 92.13%
"""
SLIP = "6,737,140.75万元"


@pytest.mark.parametrize(
    ("spent", "rate", "table", "told"),
    [
        ("673.71万元", "92.13%", TABLE, []),
        (SLIP, "92.13%", TABLE, ["amount-unit-suspect"]),
        (SLIP, "92.31%", TABLE, ["amount-unit-suspect", "rate-execution-recompute"]),
        ("673.71万元", "92.31%", TABLE, ["rate-execution-recompute"]),
        (SLIP, "92.13%", "", ["amount-unit-suspect"]),
        (SLIP, "92.31%", "", ["amount-unit-suspect"]),
    ],
)
def test_a_slip_of_units_and_a_wrong_rate_do_not_hide_each_other(spent: str, rate: str, table: str, told: list[str]) -> None:
    assert sorted(f.check for f in found(TEXT.format(spent=spent, rate=rate, table=table))) == told
