"""The command in an empty folder with one wrong report."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.cli import main
from tests.review.editing import REPORT, Extract, Ran


@pytest.fixture
def extract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Extract:
    """Runs the command in this process over the report of the folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    Path("报告.txt").write_text(REPORT, encoding="utf-8")

    def run(*arguments: str) -> Ran:
        code = main(["报告.txt", *arguments])
        captured = capsysbinary.readouterr()
        return Ran(code, captured.out.decode(), captured.err.decode())

    return run
