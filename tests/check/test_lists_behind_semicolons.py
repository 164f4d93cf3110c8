"""Parts told one a clause behind semicolons are one list; what stands behind them and is no part ends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract

SUMS = frozenset({"amount-detail-sum", "amount-source-sum"})

WRONG = {
    "完成项目资金89.97万元。其中：30万元用于预算编制；30万元用于决算审计；29.99万元用于测绘。": "89.99万元",
    "实际支出100万元，其中50万元用于堤防加固；30万元用于清淤；19万元用于绿化。": "99万元",
    "实际支出100万元。其中：人工费30万元；材料费20万元；机械费49万元。": "99万元",
    "全年预算80万元。其中，堤防加固预算50万元；清淤预算35.5万元。": "85.5万元",
    "申请预算资金90万元。其中：30万元用于培训；30万元用于宣传；25万元用于检测。": "85万元",
}
RIGHT = (
    "完成项目资金89.99万元。其中：30万元用于预算编制；30万元用于决算审计；29.99万元用于测绘。",
    "年初预算100万元，其中人员经费60万元；公用经费40万元；年末结转3万元。",
    "实际支出100万元。其中：人工费60万元；材料费38万元；其余用于日常办公。",
    "实际支出100万元，其中人工费60万元，材料费38万元，其余用于日常办公。",
    "实际支出100万元。其中：堤防加固59万元；河道清淤40万元；慰问等其他支出若干。",
    "实际支出100万元。其中：人工费30万元；材料费20万元，其中钢材12万元；机械费50万元。",
    "年初预算100万元，其中：市级资金60万元；区级资金40万元；实际支出90万元。",
)


def found(tmp_path: Path, text: str) -> list[str | None]:
    path = tmp_path / "report.txt"
    path.write_text(f"柏川县水务站2022年度河道整治项目绩效自评报告\n\n一、资金情况\n\n{text}\n", encoding="utf-8")
    return [f.expected for f in extract(path).findings if f.check in SUMS]


@pytest.mark.parametrize(("text", "expected"), WRONG.items())
def test_a_list_that_does_not_make_its_total(tmp_path: Path, text: str, expected: str) -> None:
    assert found(tmp_path, text) == [expected]


@pytest.mark.parametrize("text", RIGHT)
def test_a_list_that_does_or_need_not(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


def test_a_task_is_no_budget(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    text = "申请预算资金90万元。其中：30万元用于工程预算编制；60万元用于测绘。"
    path.write_text(f"柏川县水务站2022年度河道整治项目绩效自评报告\n\n一、资金情况\n\n{text}\n", encoding="utf-8")
    assert [project.budget for project in extract(path).projects] == [None]


def test_works_around_a_quarter_are_no_source(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    text = "200万元专项资金安排如下：①甲街坊尾款155万元；②乙片区配套基础设施前期费45万元。"
    path.write_text(f"柏川县住建局2022年度街坊改造项目绩效自评报告\n\n一、资金情况\n\n{text}\n", encoding="utf-8")
    assert [source.label for project in extract(path).projects for source in project.sources] == []
