"""Decisions through the command: what an auditor marks is listed and not counted, until the claim is another one."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from extractor import check_folder
from extractor.config import Settings
from tests.review.books import HEAD, book, row
from tests.review.editing import REPORT, Extract, edit

MARKED = ("99.67%", "93%", "85%")


@pytest.fixture
def returned(extract: Extract) -> Path:
    """Three of the four errors are called false alarms."""
    found = extract("--json", "-q").errors
    assert list(found) == [*MARKED, "70%"]
    rows = [row(found[stated]["id"], note=f"已核对 {stated}") for stated in MARKED]
    return book(Path("底稿.xlsx"), [*rows, [found["70%"]["id"], "青川区水务站", "2019"]])


def test_three_false_alarms_come_back(extract: Extract, returned: Path) -> None:
    ran = extract("--json", "--verdicts", "底稿.xlsx", "--baseline", "意见.toml")
    summary = ran.json["summary"]
    assert (ran.code, summary["suppressed"], summary["findings"]["error"]) == (1, 3, 1)
    assert [ran.errors[stated]["decision"] for stated in MARKED] == [
        {"verdict": "false_alarm", "reviewer": "张三", "date": "2026-03-05", "reason": f"已核对 {stated}", "year": None}
        for stated in MARKED
    ]
    assert ran.errors["70%"]["decision"] is None
    assert "底稿.xlsx：采用复核意见 3 条（误报 3）\n" in ran.err
    assert "复核意见已写入 意见.toml，共 3 条\n" in ran.err


def test_the_next_run_lists_them_from_the_baseline(extract: Extract, returned: Path) -> None:
    extract("-q", "--verdicts", "底稿.xlsx", "--baseline", "意见.toml")
    lines = extract("--baseline", "意见.toml").out.splitlines()
    assert lines[1] == "疑点 4 条：错误 1，警告 2，提示 1 · 误报 3 条，不计"
    start = lines.index("误报 3 条（经复核，列而不计）")
    assert lines[start + 1] == "  · 预算执行率计算有误  99.67%  河堤养护经费"
    assert lines[start + 2].startswith("    报告.txt  ")
    assert lines[start + 3] == "    误报  张三 2026-03-05：已核对 99.67%"
    assert sum("× 错误" in line for line in lines) == 1


def test_the_exit_code_follows(extract: Extract, returned: Path) -> None:
    extract("-q", "--verdicts", "底稿.xlsx", "--baseline", "意见.toml")
    edit("预算执行率70%", "预算执行率75%")
    assert extract("-q", "--baseline", "意见.toml").code == 0
    assert extract("-q").code == 1


def test_an_edited_claim_comes_back(extract: Extract, returned: Path) -> None:
    extract("-q", "--verdicts", "底稿.xlsx", "--baseline", "意见.toml")
    edit("预算执行率93%", "预算执行率92%")
    ran = extract("--json", "--baseline", "意见.toml")
    assert (ran.json["summary"]["suppressed"], ran.errors["92%"]["decision"], ran.code) == (2, None, 1)
    (stale,) = ran.json["summary"]["stale"]
    assert (stale["why"], stale["stated"], stale["project"], stale["decision"]["reviewer"]) == ("gone", "93%", "泵站维修经费", "张三")
    assert "复核意见已失效：" in ran.err
    assert "泵站维修经费，rate-execution-recompute，93%）所指的疑点不再出现\n" in ran.err


def test_another_result_of_the_same_claim_comes_back(extract: Extract, returned: Path) -> None:
    """The claim stands as it was, but what it rests on was edited: what was reviewed is another calculation."""
    extract("-q", "--verdicts", "底稿.xlsx", "--baseline", "意见.toml")
    edit("实际使用28.5万元", "实际使用24万元")
    ran = extract("--json", "--baseline", "意见.toml")
    assert (ran.json["summary"]["suppressed"], ran.errors["93%"]["decision"]) == (2, None)
    assert [(one["why"], one["stated"]) for one in ran.json["summary"]["stale"]] == [("changed", "93%")]
    assert "的复算结果已变，须重新复核\n" in ran.err


def test_next_year_it_is_a_proposal(extract: Extract, returned: Path) -> None:
    extract("-q", "--verdicts", "底稿.xlsx", "--baseline", "意见.toml")
    Path("报告.txt").write_text(REPORT.replace("2019年度", "2020年度").replace("99.67%", "98.7%"), encoding="utf-8")
    ran = extract("--json", "--baseline", "意见.toml")
    assert (ran.code, ran.json["summary"]["suppressed"], ran.json["summary"]["stale"]) == (1, 0, [])
    expected = {"verdict": "false_alarm", "reviewer": "张三", "date": "2026-03-05", "reason": "已核对 99.67%", "year": "2019"}
    assert (ran.errors["98.7%"]["decision"], ran.errors["98.7%"]["proposal"]) == (None, expected)
    assert (
        "    往年  误报  张三 2026-03-05：已核对 99.67%（2019 年度的意见，待确认）" in extract("--baseline", "意见.toml").out.splitlines()
    )


def test_a_workbook_alone_acts_on_one_run(extract: Extract, returned: Path) -> None:
    before = sorted(os.listdir())
    assert extract("--json", "-q", "--verdicts", "底稿.xlsx").json["summary"]["suppressed"] == 3
    assert sorted(os.listdir()) == before
    assert extract("--json", "-q").json["summary"]["suppressed"] == 0


def test_csv_tells_who_decided(extract: Extract, returned: Path) -> None:
    out = extract("--format", "csv", "-q", "--verdicts", "底稿.xlsx").out
    rows = [line for line in csv.reader(io.StringIO(out)) if line[7] == "93%"]
    assert rows[0][14:] == ["误报", "张三", "2026-03-05", "已核对 93%", "", ""]


def test_a_confirmed_finding_counts(extract: Extract) -> None:
    found = extract("--json", "-q").errors
    book(Path("底稿.xlsx"), [row(found["93%"]["id"], "确认", note="属实"), row(found["85%"]["id"], "待核实", note=None)])
    ran = extract("--verdicts", "底稿.xlsx")
    assert ran.code == 1
    assert "疑点 7 条：错误 4，警告 2，提示 1" in ran.out.splitlines()
    assert "    复核  确认  张三 2026-03-05：属实" in ran.out.splitlines()


def test_a_lifted_suppression_counts_again(extract: Extract, returned: Path) -> None:
    found = extract("--json", "-q", "--verdicts", "底稿.xlsx", "--baseline", "意见.toml").errors
    book(Path("改.xlsx"), [row(found["93%"]["id"], "确认", date(2026, 4, 1))])
    assert extract("--json", "-q", "--verdicts", "改.xlsx", "--baseline", "意见.toml").json["summary"]["suppressed"] == 2
    stale = extract("--json", "--verdicts", "底稿.xlsx", "--baseline", "意见.toml")
    assert stale.json["summary"]["suppressed"] == 2
    assert "的意见不一致：意见.toml（确认）、底稿.xlsx（误报）；以 意见.toml 为准\n" in stale.err


def test_the_same_decisions_leave_the_baseline_alone(extract: Extract, returned: Path) -> None:
    extract("-q", "--verdicts", "底稿.xlsx", "--baseline", "意见.toml")
    first = Path("意见.toml").read_bytes()
    assert "已写入 意见.toml" not in extract("--verdicts", "底稿.xlsx", "--baseline", "意见.toml").err
    assert Path("意见.toml").read_bytes() == first


def test_the_setting_names_a_baseline(extract: Extract, returned: Path) -> None:
    extract("-q", "--verdicts", "底稿.xlsx", "--baseline", "意见.toml")
    Path("extract.toml").write_text('baseline = "意见.toml"', encoding="utf-8")
    assert extract("--json", "-q").json["summary"]["suppressed"] == 3


def test_the_api_takes_the_setting_too(extract: Extract, returned: Path) -> None:
    printed = extract("--json", "-q", "--verdicts", "底稿.xlsx", "--baseline", "意见.toml").json
    summary = check_folder("报告.txt", Settings(baseline="意见.toml")).summary
    assert (summary.suppressed, summary.model_dump(mode="json")) == (3, printed["summary"])


def test_checks_that_were_not_asked_make_nothing_stale(extract: Extract, returned: Path) -> None:
    extract("-q", "--verdicts", "底稿.xlsx", "--baseline", "意见.toml")
    assert extract("--json", "-q", "--baseline", "意见.toml", "--select", "structure").json["summary"]["stale"] == []


def test_a_returned_workbook_is_never_overwritten(extract: Extract, returned: Path) -> None:
    before = returned.read_bytes()
    ran = extract("--json", "--verdicts", "底稿.xlsx", "-o", "底稿.xlsx", "--force")
    assert (ran.code, ran.err.splitlines()[-1]) == (2, "错误：输出文件 底稿.xlsx 也是输入文件，未予覆盖")
    assert returned.read_bytes() == before


def test_neither_option_costs_anything(tmp_path: Path) -> None:
    """Nothing that reads workbooks or baselines is loaded."""
    (tmp_path / "报告.txt").write_text(REPORT, encoding="utf-8")
    program = "import sys; from extractor.cli import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", program, str(tmp_path / "报告.txt"), "--json", "-q"]
    run = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).parents[2])
    assert set(run.stderr.decode().split()) & {"python_calamine", "extractor.review.decisions", "extractor.review.guard"} == set()


def test_a_workbook_of_other_reports(extract: Extract) -> None:
    cells = [["ffffffffffff", "石桥区林业局", "2019", "误报", "张三", "2026-03-05", "无"]]
    book(Path("别.xlsx"), cells, HEAD)
    ran = extract("--json", "--verdicts", "别.xlsx", "--baseline", "意见.toml", "-o", "结果.json")
    assert ran.code == 2
    assert ran.err.splitlines()[-1] == (
        "错误：别.xlsx 中的 1 条复核意见与这些报告都对不上（如 ffffffffffff），未采用；请核对底稿与报告是否同一批"
    )
    assert sorted(os.listdir()) == ["别.xlsx", "报告.txt"]


def test_a_folder_of_workbooks(extract: Extract, returned: Path) -> None:
    """One for each unit, as they were handed back; what Excel keeps beside an open one is passed over."""
    Path("收回").mkdir()
    returned.rename("收回/底稿.XLSX")
    Path("收回/~$底稿.xlsx").write_bytes(b"x")
    assert extract("--json", "-q", "--verdicts", "收回").json["summary"]["suppressed"] == 3
    Path("空").mkdir()
    assert extract("--json", "-q", "--verdicts", "空").err == "错误：空 中没有复核底稿（.xlsx）\n"


def test_some_ids_that_no_report_has(extract: Extract, returned: Path) -> None:
    found = extract("--json", "-q").errors
    book(Path("半.xlsx"), [row(found["93%"]["id"]), ["ffffffffffff", "石桥区林业局", "2019", "误报", "张三", "2026-03-05", "无"]])
    ran = extract("--json", "--verdicts", "半.xlsx", "--baseline", "意见.toml")
    assert (ran.code, ran.json["summary"]["suppressed"], ran.json["summary"]["stale"]) == (1, 1, [])
    assert "1 条复核意见所指的疑点不在本次结果中（如 ffffffffffff）\n" in ran.err
    assert "[decision.ffffffffffff]" in Path("意见.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["csv", "json", "jsonl", "table", "xlsx", "html", "sarif"])
def test_every_output_lists_the_false_alarms(extract: Extract, returned: Path, name: str) -> None:
    """The words of the reviewer stand in each."""
    extract("--format", name, "-o", "出/", "-q", "--verdicts", "底稿.xlsx")
    (path,) = Path("出").iterdir()
    text = path.read_bytes()
    if name == "xlsx":
        with zipfile.ZipFile(path) as archive:
            text = b"".join(archive.read(part) for part in archive.namelist())
    assert [f"已核对 {stated}".encode() in text for stated in MARKED] == [True] * 3
