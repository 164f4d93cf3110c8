"""The round trip of the working paper: written, filled in, handed back, written again."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from extractor.review.entries import Entry
from extractor.review.workbook import reviewed
from tests.review.books import filled_in
from tests.review.editing import Extract, edit

CALC = Path("/usr/lib/libreoffice/program/libsclo.so")
MARKED = ("99.67%", "93%", "85%")


@pytest.fixture
def returned(extract: Extract) -> dict[str, str]:
    """The ids of three errors, by what is stated, that a reviewer called false alarms in 收回.xlsx."""
    ran = extract("--format", "xlsx,json", "-o", "一", "-q", "--fail-on", "never")
    assert (ran.code, ran.err) == (0, "")
    found = extract("--json", "-q").errors
    ids = {stated: found[stated]["id"] for stated in MARKED}
    said = {"复核意见": "误报", "复核人": "张三", "复核日期": "2026年3月5日"}
    marks = {key: {**said, "复核说明": f"已核对 {stated}"} for stated, key in ids.items()}
    filled_in(Path("一/workpaper.xlsx"), Path("收回.xlsx"), marks)
    return ids


def test_a_row_is_read_with_what_it_is_about(returned: dict[str, str]) -> None:
    (entry,) = (entry for entry in reviewed(Path("收回.xlsx")).entries if entry.id == returned["93%"])
    said = ("false_alarm", "张三", "2026-03-05", "已核对 93%", "青川区水务站", "2019", "泵站维修经费", "rate-execution-recompute")
    assert entry == Entry(returned["93%"], *said, series=entry.series, file="报告.txt")
    assert len(entry.series or "") == 12


def test_the_decision_comes_back(extract: Extract, returned: dict[str, str]) -> None:
    """Three false alarms: listed with their reasons, not counted; the exit code follows; an edited claim is back."""
    ran = extract("--json", "--verdicts", "收回.xlsx", "--baseline", "意见.toml")
    assert (ran.code, ran.json["summary"]["suppressed"], ran.json["summary"]["findings"]["error"]) == (1, 3, 1)
    assert [ran.errors[stated]["decision"]["reason"] for stated in MARKED] == [f"已核对 {stated}" for stated in MARKED]
    edit("预算执行率70%", "预算执行率75%")
    table = extract("--baseline", "意见.toml")
    assert table.code == 0
    assert "误报 3 条（经复核，列而不计）" in table.out
    assert [f"张三 2026-03-05：已核对 {stated}" in table.out for stated in MARKED] == [True] * 3
    edit("预算执行率93%", "预算执行率92%")
    ran = extract("--json", "--baseline", "意见.toml")
    assert (ran.code, ran.json["summary"]["suppressed"], ran.errors["92%"]["decision"]) == (1, 2, None)
    assert [one["id"] for one in ran.json["summary"]["stale"]] == [returned["93%"]]


def test_the_next_working_paper_carries_the_decisions(extract: Extract, returned: dict[str, str]) -> None:
    """Handed back as it is, it says the same again."""
    extract("--format", "xlsx", "-o", "二.xlsx", "-q", "--verdicts", "收回.xlsx", "--baseline", "意见.toml")
    before = Path("意见.toml").read_bytes()
    said = {entry.id: entry.decision for entry in reviewed(Path("二.xlsx")).entries}
    assert said == {entry.id: entry.decision for entry in reviewed(Path("收回.xlsx")).entries}
    assert extract("--json", "-q", "--verdicts", "二.xlsx", "--baseline", "意见.toml").json["summary"]["suppressed"] == 3
    assert Path("意见.toml").read_bytes() == before


@pytest.mark.skipif(not shutil.which("soffice") or not CALC.exists(), reason="LibreOffice Calc is not installed")
def test_saved_by_libreoffice(extract: Extract, returned: dict[str, str], tmp_path: Path) -> None:
    home = (tmp_path / "home").as_uri()
    command = ["soffice", f"-env:UserInstallation={home}", "--headless", "--convert-to", "xlsx", "--outdir", "存", "收回.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert reviewed(Path("存/收回.xlsx")).entries == reviewed(Path("收回.xlsx")).entries
    assert extract("--json", "-q", "--verdicts", "存/收回.xlsx").json["summary"]["suppressed"] == 3


def test_in_english(extract: Extract, returned: dict[str, str]) -> None:
    extract("--format", "xlsx", "-o", "two.xlsx", "-q", "--lang", "en", "--verdicts", "收回.xlsx")
    said = {entry.id: entry for entry in reviewed(Path("two.xlsx")).entries}
    assert said == {entry.id: entry for entry in reviewed(Path("收回.xlsx")).entries}


def test_a_filled_in_paper_is_not_overwritten(extract: Extract, returned: dict[str, str]) -> None:
    before = Path("收回.xlsx").read_bytes()
    ran = extract("--format", "xlsx", "-o", "收回.xlsx", "-q")
    assert ran.code == 2
    assert "收回.xlsx 已存在，不是本工具所写，或写出后又改动过" in ran.err
    assert extract("--format", "xlsx", "-o", "收回.xlsx", "--verdicts", "收回.xlsx", "--force", "-q").code == 2
    assert Path("收回.xlsx").read_bytes() == before
