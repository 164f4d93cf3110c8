"""What stands behind a part is no part: its change, last year's amount, the budget it was spent of; parts are still added up."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract

BALANCES = frozenset({"amount-detail-sum", "amount-balance-identity", "rate-part-whole", "amount-source-sum"})


def sums(tmp_path: Path, *paragraphs: str) -> list[str]:
    lines = ["柏川县图书馆2022年度运行经费项目绩效自评报告", "一、资金情况", *paragraphs]
    path = tmp_path / "report.txt"
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return [f.message for f in extract(path).findings if f.check in BALANCES and f.severity in ("error", "warning")]


CHANGES = (
    "全年支出33.60万元。其中车辆运行费28.50万元，减少2.60万元；会议费5.10万元，减少1.20万元。",
    "全年支出33.60万元，其中车辆运行费28.50万元，较上年增加2.60万元，会议费5.10万元，同比下降1.20万元。",
    "全年支出33.60万元，其中：车辆运行费28.50万元（比上年节约2.60万元）、会议费5.10万元（较上年压减了1.20万元）。",
    "全年支出33.60万元，其中车辆运行费28.50万元，比上年31.10万元减少2.60万元，会议费5.10万元，比2021年6.30万元减少1.20万元。",
)
BUDGETS = (
    "全年预算628万元，支出597万元。其中人员经费预算384万元，支出381万元；公用经费预算244万元，支出216万元。",
    "全年预算628万元，支出597万元。其中：人员经费年初预算384万元，实际支出381万元，公用经费年初预算244万元，实际支出216万元。",
    "全年支出597万元，其中人员经费预算384万元，支出381万元，公用经费预算244万元，支出216万元。",
)
UNARRIVED = (
    "年度预算240万元，仅到位200万元，实际支出187万元。剩余40万元预算指标已由县财政收回。",
    "年度预算240万元，到位200万元，支出187万元。剩余40万元指标未下达。",
)


@pytest.mark.parametrize("text", [*CHANGES, *BUDGETS, *UNARRIVED])
def test_what_stands_beside_a_part_is_not_added(tmp_path: Path, text: str) -> None:
    assert sums(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (CHANGES[1].replace("5.10", "5.90"), "28.50万元 + 5.90万元 = 34.40万元"),
        (CHANGES[3].replace("5.10", "5.90"), "28.50万元 + 5.90万元 = 34.40万元"),
        (BUDGETS[2].replace("216", "261"), "381万元 + 261万元 = 642万元"),
        (UNARRIVED[0].replace("剩余40万元", "剩余30万元").replace("预算指标已由县财政收回", "结转下年"), "240万元 − 187万元 = 53万元"),
    ],
)
def test_a_wrong_part_beside_such_figures_is_found(tmp_path: Path, text: str, told: str) -> None:
    found = sums(tmp_path, text)
    assert len(found) == 1, found
    assert told in found[0]
