"""The public names of the package, and that they say the same as the command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import extractor
from extractor.cli import main

ROOT = Path(__file__).parents[1]
TEXT = "一、项目基本情况\n项目名称：河堤养护经费\n年初预算20万元，实际使用19.87万元，预算执行率99.67%。\n"


def test_every_public_name_is_there() -> None:
    assert [name for name in extractor.__all__ if not hasattr(extractor, name)] == []


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_of_that_name"):
        getattr(extractor, "nothing_of_that_name")  # noqa: B009


def test_importing_the_package_imports_nothing_else() -> None:
    program = "import sys, extractor; print(*(name for name in sys.modules if name.startswith('extractor.')))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, cwd=ROOT)
    assert run.stdout.strip() == b""


def test_extract_gives_a_report(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    report = extractor.extract(path)
    assert isinstance(report, extractor.Report)
    (error,) = (finding for finding in report.findings if finding.severity == "error")
    assert isinstance(error, extractor.Finding)
    assert (error.check, error.stated, error.expected) == ("rate-execution-recompute", "99.67%", "99.35%")


def test_what_cannot_be_read_is_a_failed_report(tmp_path: Path) -> None:
    report = extractor.extract(tmp_path / "no.pdf")
    assert report.error
    assert (report.status, report.error.code) == ("failed", "missing")


def test_workers_and_the_cache_give_the_same(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    alone = extractor.check_folder(tmp_path / "in")
    for _ in range(2):
        assert extractor.check_folder(tmp_path / "in", jobs=1, timeout=60, memory=900, cache=tmp_path / "kept") == alone
    assert [path.suffix for path in (tmp_path / "kept").iterdir()] == [".sqlite"]


def test_settings_of_a_script(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    settings = extractor.Settings(language="en", checks=extractor.CheckSettings(select=frozenset({"rates"})))
    (report,) = extractor.check_folder(tmp_path, settings).reports
    assert [(finding.check, finding.message[:10]) for finding in report.findings] == [("rate-execution-recompute", "The report")]


def test_check_folder_says_what_the_command_prints(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"")
    (tmp_path / "c.md").write_bytes(b"x")
    assert main([str(tmp_path), "--json", "-q"]) == 3
    run = extractor.check_folder(tmp_path)
    assert json.loads(capsysbinary.readouterr().out) == json.loads(run.model_dump_json())
    assert (run.summary.documents, run.summary.failed, run.summary.skipped) == (2, 1, 1)
