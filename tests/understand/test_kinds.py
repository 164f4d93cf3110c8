"""What kind of document it is: by title, form labels and headings."""

from __future__ import annotations

import pytest

from tests.understand.conftest import Printed, Understood

ROWS = """
| 全年预算数（万元） | 全年执行数（万元） | 执行率 |
| 60.00 | 54.00 | 90% |
"""


@pytest.mark.parametrize(
    ("title", "label", "kind"),
    [
        ("项目支出绩效自评表", "项目名称", "form"),
        ("县级文化专项资金绩效自评表", "专项名称", "form"),
        ("转移支付区域绩效自评表", "项目名称", "transfer"),
        ("堤防补助资金绩效自评表", "转移支付（项目）名称", "transfer"),
        ("部门整体支出绩效自评表", "部门名称", "department"),
    ],
)
def test_forms(printed: Printed, title: str, label: str, kind: str) -> None:
    table = f"| {label} | <2> 堤防巡查 |{ROWS}"
    assert printed(f"::: title\n{title}\n（2023年度）\n:::\n\n::: table\n! size 9\n{table.strip()}\n:::\n").kind == kind


@pytest.mark.parametrize(
    ("title", "heading", "kind"),
    [
        ("青石县2022年度中央财政农田建设补助资金绩效自评报告", "一、资金情况", "transfer"),
        ("青石县2022年度渔业补助绩效自评报告", "一、绩效目标分解下达情况", "transfer"),
        ("青石县2022年度中央路社区路灯改造项目绩效自评报告", "一、资金情况", "narrative"),
        ("青石县文化馆2022年度馆舍维护经费项目绩效自评报告", "一、资金情况", "narrative"),
        ("青石县文化馆2022年度部门整体支出绩效自评报告", "一、资金情况", "department"),
    ],
)
def test_reports(understood: Understood, title: str, heading: str, kind: str) -> None:
    assert understood(f"{title}\n\n{heading}\n\n预算安排50万元，支出48万元。").kind == kind
