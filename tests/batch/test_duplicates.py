"""The same report handed in twice is told once it comes again, and counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.batch.duplicates import Duplicates
from extractor.batch.finished import Finished
from extractor.batch.run import check_folder
from extractor.cli import main
from extractor.model.report import Note, Report, SourceFile

TEXT = """杉湾区水务站2019年度项目绩效自评报告

一、项目基本情况
项目名称：河堤养护经费
二、资金情况
年初预算20万元，实际使用19.87万元，预算执行率99.67%。
"""


def notes(folder: Path) -> dict[str, list[str]]:
    run = check_folder(folder)
    return {Path(report.source.path).name: [note.message for note in report.notes if note.code == "duplicate"] for report in run.reports}


def test_two_files_of_the_same_content(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(TEXT if name != "b.txt" else TEXT.replace("99.67", "99.35"), encoding="utf-8")
    assert notes(tmp_path) == {"a.txt": [], "b.txt": [], "c.txt": [f"与 {(tmp_path / 'a.txt').as_posix()} 是同一份报告"]}
    assert check_folder(tmp_path).summary.duplicates == 1


def test_the_same_report_in_another_form(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT.replace("\n", "\r\n"), encoding="gb18030")
    assert [len(each) for each in notes(tmp_path).values()] == [0, 1]


def test_texts_without_figures_are_not_compared(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("杉湾区水务站\n今年天气很好。\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("杉湾区水务站\n去年天气很好。\n", encoding="utf-8")
    assert [len(each) for each in notes(tmp_path).values()] == [0, 0]


def test_files_that_cannot_be_read_repeat_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"")
    (tmp_path / "b.pdf").write_bytes(b"")
    assert check_folder(tmp_path).summary.duplicates == 0


OTHERS = (Note(code="mended", page=None, message="某处"), Note(code="x", page=3, message='],"kind":"见\\"notes":[]'))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_note_is_added_to_the_json_as_the_model_has_it(count: int) -> None:
    report = Report(
        source=SourceFile(path="b.pdf", sha256="ab" * 32, media_type=None, pages=1), status="ok", notes=OTHERS[:count], kind="narrative"
    )
    seen = Duplicates("zh")
    first = seen.seen(Finished.of(report.model_copy(update={"source": report.source.model_copy(update={"path": "a.pdf"})})))
    again = seen.seen(Finished.of(report))
    note = Note(code="duplicate", page=None, message="与 a.pdf 是同一份报告")
    assert (first.is_duplicate, again.is_duplicate) == (False, True)
    assert again.json.decode() == report.model_copy(update={"notes": (*OTHERS[:count], note)}).model_dump_json()


@pytest.mark.parametrize("jobs", ["--jobs=1", "--jobs=2"])
def test_the_command_counts_them(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], jobs: str) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(TEXT * (3 if name == "c.txt" else 1), encoding="utf-8")
    assert main([str(tmp_path), "--json", jobs]) == 1
    captured = capsysbinary.readouterr()
    out: Any = json.loads(captured.out)
    assert [[note["code"] for note in report["notes"]] for report in out["reports"]] == [[], ["duplicate"], []]
    assert out["summary"]["duplicates"] == 1
    assert "其中重复报送 1 份" in captured.err.decode()
