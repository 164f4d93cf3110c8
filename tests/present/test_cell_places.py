"""Bare figures are told with the words of their row and column."""

from __future__ import annotations

import pytest

from extractor.present.cell_places import CellPlaces
from tests.check.pages import document

FORM = """项目资金 | 来源 | 年初预算数 | 全年执行数 | 得分
^ | 年度资金总额 | 45.00 | 44.10 | 9.8
^ | 其中：财政资金 | 45.00 | 44.10 | —
一级指标 | 三级指标 | 度量单位 | 完成值 | 得分
产出指标 | 检查次数 | 次 | 51 | 20
^ | 办结率 | % | ≥95% | 20
合计 | < | < | 99.8 | <
"""


@pytest.mark.parametrize(
    ("figure", "count", "place"),
    [
        ("44.10", 0, "年度资金总额·全年执行数"),
        ("44.10", 1, "其中：财政资金·全年执行数"),
        ("51", 0, "检查次数·完成值"),
        ("≥95%", 0, "办结率·完成值"),
        ("20", 0, "检查次数·得分"),
        ("99.8", 0, "合计"),
        ("检查次数", 0, None),
        ("—", 0, None),
    ],
)
def test_a_figure_is_told_by_row_and_column(figure: str, count: int, place: str | None) -> None:
    read = document(FORM)
    found = [p.index for p in read.paragraphs.values() if p.text == figure]
    assert CellPlaces(read).of(found[count]) == place


def test_text_outside_tables_tells_its_own_place() -> None:
    read = document("全年支出44.10万元。")
    assert CellPlaces(read).of(0) is None
