"""Hostile files: each one record, the run ends by itself, the healthy files beside them are read as ever."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from extractor.batch.run import check_folder
from extractor.cli import main
from tests.batch import hostile

TEXT = "杉湾区水务站2019年度项目绩效自评报告\n\n一、资金情况\n年初预算20万元，实际使用19.87万元，预算执行率99.67%。\n"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the memory limit is that of Linux")
def test_every_hostile_file_is_one_record(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    bad, good = tmp_path / "bad", tmp_path / "good"
    bad.mkdir()
    good.mkdir()
    paths = hostile.write(bad)
    for number in range(5):
        (good / f"{number}.txt").write_text(TEXT.replace("19.87", f"1{number}.87"), encoding="utf-8")
    code = main([str(tmp_path), "--json", "-q", "--timeout=20", "--memory=512", "--no-cache"])
    reports = json.loads(capsysbinary.readouterr().out)["reports"]
    by_path: dict[str, Any] = {report["source"]["path"]: report for report in reports}
    assert code == 3
    assert sorted(by_path) == sorted(path.as_posix() for path in [*paths, *good.iterdir()])
    assert len(reports) == len(by_path)
    assert [r["source"]["path"] for r in reports if r["error"] and r["error"]["code"] == "internal_error"] == []
    expected = [report.model_dump(mode="json") for report in check_folder(good).reports]
    assert [by_path[report["source"]["path"]] for report in expected] == json.loads(json.dumps(expected))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes among files there")
def test_what_is_no_file_is_one_record(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "loop.pdf").symlink_to("loop.pdf")
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "circle").symlink_to(".")
    with open(os.fsencode(tmp_path / "x") + b"\xff.txt", "wb") as odd:
        odd.write(TEXT.encode())
    assert main([str(tmp_path), "--json", "-q", "--timeout=20"]) in (2, 3)
    reports = json.loads(capsysbinary.readouterr().out)["reports"]
    told = [(Path(report["source"]["path"]).name, report["error"] and report["error"]["code"]) for report in reports]
    assert told == [("good.txt", None), ("loop.pdf", "broken"), ("pipe.pdf", "not_a_file"), ("x?.txt", None)]
