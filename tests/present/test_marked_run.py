"""Marked-up copies in a run of the command: which files get one, what other outputs are told, what a later run makes of them."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from extractor.cli import main
from extractor.model.report import Report, Summary
from extractor.present import markup
from extractor.present.sink import Job
from tests.present.marked_pdf import highlights

CORPUS = Path(__file__).parents[2] / "corpus"
WITH, WITHOUT = CORPUS / "agriculture-transfer-2022.pdf", CORPUS / "culture-venues-2022.pdf"
TEXT = "某区2023年度项目绩效自评报告\n项目预算100万元，实际支出90万元，预算执行率95%。\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("in/甲", "in/乙"):
        Path(name).mkdir(parents=True)
    shutil.copy(WITH, "in/甲/报告.pdf")
    shutil.copy(WITH, "in/乙/报告.pdf")
    shutil.copy(WITHOUT, "in/乙/无疑点.pdf")
    Path("in/乙/文本.txt").write_text(TEXT, encoding="utf-8")
    Path("in/乙/坏.pdf").write_bytes(b"%PDF-1.7 nothing")
    return tmp_path


def test_only_pdf_files_with_findings_get_a_copy(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["in", "--format", "json,pdf", "-o", "out", "--no-cache", "-q", "--jobs", "0"]) == 3
    assert sorted(path.as_posix() for path in Path("out").rglob("*.*")) == [
        "out/marked/报告.pdf",
        "out/marked/报告~2.pdf",
        "out/report.json",
    ]
    told = {
        finding["id"]
        for report in json.loads(Path("out/report.json").read_bytes())["reports"]
        for finding in report["findings"]
        if report["source"]["media_type"] == "application/pdf"
    }
    assert {mark.name[:12] for name in ("报告", "报告~2") for mark in highlights(Path(f"out/marked/{name}.pdf"))} == told
    assert capsys.readouterr().err.count("未能标注") == 0


def test_the_copies_need_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["in/甲", "--format", "pdf"]) == 2
    assert "-o" in capsys.readouterr().err


def test_copies_are_no_reports(folder: Path) -> None:
    for _ in range(2):
        main(["in/甲", "--format", "json,pdf", "-o", "in/甲", "--no-cache", "-q", "--jobs", "0"])
        printed = json.loads(Path("in/甲/report.json").read_bytes())
        assert [report["source"]["path"] for report in printed["reports"]] == ["in/甲/报告.pdf"]
    assert sorted(os.listdir("in/甲/marked")) == ["报告.pdf"]


def test_other_outputs_are_told_of_the_copies_that_there_are(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, str | None] = {}

    class Other:
        def __init__(self, job: Job) -> None:
            self._job = job

        def add(self, report: Report) -> None:
            seen[report.source.path] = self._job.marked.get(report.source.path)

        def end(self, summary: Summary) -> None: ...

    def refused(*_: object) -> None:
        raise OSError(28, "disk is full")

    monkeypatch.setattr("extractor.present.as_csv.sink", lambda job, shelf: Other(job))
    main(["in", "--format", "csv,pdf", "-o", "out", "--no-cache", "-q", "--jobs", "0"])
    assert seen == {
        "in/乙/坏.pdf": None,
        "in/乙/报告.pdf": "marked/报告.pdf",
        "in/乙/文本.txt": None,
        "in/乙/无疑点.pdf": None,
        "in/甲/报告.pdf": "marked/报告~2.pdf",
    }
    monkeypatch.setattr(markup.Markup, "_write", refused)
    main(["in", "--format", "csv,pdf", "-o", "out", "--no-cache", "-q", "--jobs", "0"])
    assert set(seen.values()) == {None}
