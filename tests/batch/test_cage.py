"""What one file does to its worker costs that file alone."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from extractor.batch.finished import Finished
from extractor.batch.options import Options
from extractor.batch.run import Silent, reports
from extractor.config import Settings

TEXT = "杉湾区水务站2019年度项目绩效自评报告\n\n一、资金情况\n年初预算20万元，实际使用19.87万元，预算执行率99.67%。\n"
READERS = "tests.batch.readers:by_name"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(names: Sequence[str], **options: Any) -> list[Finished]:
    for name in names:
        Path(name).write_text(TEXT, encoding="utf-8")
    given = {"jobs": 2, "timeout": 60, "memory": 512, "answering": READERS, **options}
    return list(reports([Path(name) for name in names], Settings(), Options(**given), Silent()))


def outcome(finished: Sequence[Finished]) -> list[tuple[str, str | None]]:
    return [(each.path, each.code) for each in finished]


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ("abort.txt", "crashed"),
        ("killed.txt", "crashed"),
        ("exit.txt", "crashed"),
        pytest.param("memory.txt", "too_large", marks=pytest.mark.skipif(sys.platform == "win32", reason="no memory limit there")),
    ],
)
def test_a_worker_taken_down_is_one_record(folder: Path, bad: str, code: str) -> None:
    assert outcome(run(["a.txt", bad, "b.txt"])) == [("a.txt", None), (bad, code), ("b.txt", None)]


def test_a_hanging_file_is_ended_by_the_time_limit(folder: Path) -> None:
    assert outcome(run(["a.txt", "hang.txt", "b.txt"], timeout=3)) == [("a.txt", None), ("hang.txt", "timed_out"), ("b.txt", None)]


def test_a_worker_killed_from_outside_costs_nothing(folder: Path) -> None:
    assert outcome(run(["once.txt", "a.txt"])) == [("once.txt", None), ("a.txt", None)]


def test_the_record_of_a_lost_file(folder: Path) -> None:
    (lost,) = run(["abort.txt"])
    report = json.loads(lost.json)
    assert (report["status"], report["source"]["path"], report["findings"]) == ("failed", "abort.txt", [])
    assert report["error"]["message"] == "处理时进程崩溃，其余文件不受影响"
    assert len(report["source"]["sha256"]) == 64


def test_workers_that_cannot_start_end_the_run(folder: Path) -> None:
    with pytest.raises(RuntimeError, match="no worker process"):
        run(["a.txt"], answering="no_such_module:nothing")


@pytest.mark.parametrize("jobs", [0, 2])
def test_the_same_records_whatever_the_number_of_workers(folder: Path, jobs: int) -> None:
    names = [f"{number:02}.txt" for number in range(12)]
    for number, name in enumerate(names):
        Path(name).write_text(TEXT * (number * 7 % 12 + 1), encoding="utf-8")
    paths = [Path(name) for name in [*names, "没有.pdf"]]
    expected = [each.json for each in reports(paths, Settings(), Options(jobs=1), Silent())]
    assert [each.json for each in reports(paths, Settings(), Options(jobs=jobs), Silent())] == expected
    assert [json.loads(each)["source"]["path"] for each in expected] == [*names, "没有.pdf"]
