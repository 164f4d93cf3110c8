"""Streams that cannot be written to: one clear line and exit code 2, never half a result that looks whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "青川区水务站2019年度项目绩效自评报告\n\n一、资金情况\n年初预算20万元，实际使用19.87万元，预算执行率99.35%。\n"
FULL = Path("/dev/full")
ONE_LINE = "error: the result could not be written: No space left on device\n"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="shells and devices of other systems")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")


def shell(folder: Path, arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    command = f"'{sys.executable}' -m extractor {arguments}"
    told = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.run(["sh", "-c", command], cwd=folder, env=told, capture_output=True, encoding="utf-8")


@needs_full
@pytest.mark.parametrize("given", ["--json", "--format jsonl", "--format csv", "--format table"])
@pytest.mark.parametrize("way", ["> /dev/full", "-o /dev/full"])
def test_a_full_disk_is_one_line(tmp_path: Path, given: str, way: str) -> None:
    ran = shell(tmp_path, f"a.txt {given} -q --no-cache --lang en {way}")
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", ONE_LINE)


@needs_full
@pytest.mark.parametrize("given", ["--version", "--list-checks", "--schema", "--help"])
def test_a_full_disk_is_one_line_for_what_needs_no_report(tmp_path: Path, given: str) -> None:
    ran = shell(tmp_path, f"{given} > /dev/full")
    assert (ran.returncode, ran.stderr) == (2, "错误：结果未能写出：No space left on device\n")


def test_a_closed_stdout_is_one_line(tmp_path: Path) -> None:
    ran = shell(tmp_path, "a.txt --json -q --no-cache --lang en >&-")
    assert (ran.returncode, ran.stderr) == (2, "error: stdout is closed; name a file with -o\n")


def test_a_closed_stdout_does_not_matter_to_a_file(tmp_path: Path) -> None:
    ran = shell(tmp_path, "a.txt --json -q --no-cache -o out.json >&-")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["summary"]["ok"] == 1


def test_what_is_for_people_stays_out_of_the_result_where_stderr_is_closed(tmp_path: Path) -> None:
    ran = shell(tmp_path, "a.txt --json --no-cache 2>&-")
    assert (ran.returncode, json.loads(ran.stdout)["summary"]["ok"]) == (0, 1)


def test_a_reader_that_goes_away_ends_the_run_quietly(tmp_path: Path) -> None:
    ran = shell(tmp_path, "a.txt --json -q --no-cache | head -c 1")
    assert (ran.stdout, ran.stderr) == ("{", "")
