"""Shares of an amount told right before them, and rates of part of the year."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract

SPENT = "本年支出合计{whole}万元。其中：基本支出202.00万元，占本年支出的{share}；项目支出{project}万元，占本年支出的40.94%。"
RIGHT = {"whole": "342.00", "share": "59.06%", "project": "140.00"}


def report(tmp_path: Path, *paragraphs: str) -> Path:
    lines = ["柏川县林业局2022年度部门整体支出绩效自评报告", "一、资金情况", *paragraphs]
    path = tmp_path / "report.txt"
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(("change", "told"), [({}, []), ({"share": "95.06%"}, ["95.06%"]), ({"share": "56.09%"}, ["56.09%"])])
def test_a_share_of_the_amount_before_it_is_recomputed(tmp_path: Path, change: dict[str, str], told: list[str]) -> None:
    found = extract(report(tmp_path, SPENT.format(**RIGHT | change))).findings
    assert [f.stated for f in found if f.check == "rate-indicator-recompute"] == told


@pytest.mark.parametrize(
    ("text", "rates", "interim"),
    [
        ("全年预算200万元。截至6月底，支出90万元，支出进度45%；全年支出190万元，预算执行率95%。", ["95%"], ["45%"]),
        ("全年预算200万元，上半年执行率45%。全年支出190万元，预算执行率95%。", ["95%"], []),
        ("全年预算200万元，截至12月31日支出190万元，预算执行率95%。", ["95%"], []),
    ],
)
def test_a_rate_of_part_of_the_year_is_told_as_such(tmp_path: Path, text: str, rates: list[str], interim: list[str]) -> None:
    read = extract(report(tmp_path, text))
    assert [rate.written for project in read.projects for rate in project.rates if not rate.interim] == rates
    assert [rate.written for project in read.projects for rate in project.rates if rate.interim] == interim
    assert [f.check for f in read.findings if f.check.startswith("rate-exec")] == []
