"""Reports whose every figure holds, told in many ways: nothing in them may be called wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.pipeline import extract

HONEST = sorted((Path(__file__).parent / "data" / "honest").glob("*.txt"))
MAY_BE_ASKED = {"section-missing"}  # what a short report leaves out


@pytest.mark.parametrize("path", HONEST, ids=lambda path: path.stem)
def test_an_honest_report_is_not_accused(path: Path) -> None:
    findings = [f for f in extract(path).findings if f.severity != "info" and f.check not in MAY_BE_ASKED]
    assert [(f.check, f.message) for f in findings] == []


def test_there_are_reports() -> None:
    assert len(HONEST) == 10
