"""LibreOffice opens the workbook over the whole corpus, and reckons the figures that the findings show."""

from __future__ import annotations

import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from python_calamine import CalamineWorkbook

from extractor.check import CHECKS
from extractor.command.shelf import FileShelf, Rack
from extractor.model.report import Report, Summary
from extractor.pipeline import extract
from extractor.present.arithmetic import working
from extractor.present.shown_figures import Shown, read
from extractor.present.sink import Job
from extractor.present.workpaper import sink

CORPUS = Path(__file__).parents[2] / "corpus"
CALC = Path("/usr/lib/libreoffice/program/libsclo.so")
needs_calc = pytest.mark.skipif(not shutil.which("soffice") or not CALC.exists(), reason="LibreOffice Calc is not installed")


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return [extract(path) for path in sorted(CORPUS.glob("*.pdf"))]


@pytest.fixture(scope="module")
def recalculated(reports: list[Report], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[Any]]]:
    """The sheets as LibreOffice saves them, having been given formulas without results."""
    folder = tmp_path_factory.mktemp("calc")
    rack = Rack([], is_forced=True)
    with rack.stack:
        made = sink(Job(version="1", checks=CHECKS), FileShelf(rack, folder / "full.xlsx", folder))
        for report in reports:
            made.add(report)
        made.end(Summary())
    bare = folder / "workpaper.xlsx"
    with ZipFile(folder / "full.xlsx") as full, ZipFile(bare, "w", ZIP_DEFLATED) as stripped:
        for name in full.namelist():
            stripped.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", full.read(name)))
    home, out = (folder / "home").as_uri(), folder / "out"
    command = ["soffice", f"-env:UserInstallation={home}", "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(bare)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    book = CalamineWorkbook.from_path(str(out / "workpaper.xlsx"))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def test_all_that_was_recomputed_has_a_live_formula(reports: list[Report]) -> None:
    bare = [
        f"{finding.check} {finding.expected}"
        for each in reports
        for finding in each.findings
        if finding.expected and not _working(each, finding.id)
    ]
    assert bare == []


@needs_calc
def test_formulas_reckon_what_is_shown(reports: list[Report], recalculated: dict[str, list[list[Any]]]) -> None:
    heads, *body = recalculated["疑点"]
    rows = {row[0]: dict(zip(heads, row, strict=True)) for row in body}
    assert list(rows) == [finding.id for each in reports for finding in each.findings]
    checked = 0
    for report in reports:
        for finding in report.findings:
            if not finding.expected:
                continue
            row, expected, stated = rows[finding.id], read(finding.expected), read(finding.stated or "")
            checked += 1
            if not isinstance(expected, Shown):
                assert (row["复算"], row["差额"]) == (finding.expected, "不符")
                continue
            assert row["复算"] == pytest.approx(float(expected.cell), abs=1e-9), finding
            if stated:
                gap = stated.cell * stated.scale / expected.scale - expected.cell
                assert row["差额"] == pytest.approx(float(gap), abs=1e-9), finding
    assert checked >= 40


@needs_calc
def test_counts_by_unit_are_reckoned(reports: list[Report], recalculated: dict[str, list[list[Any]]]) -> None:
    total, *units = recalculated["汇总"][4:]
    for place, severity in ((2, "error"), (3, "warning"), (4, "info")):
        own = [finding.severity for each in reports for finding in each.findings].count(severity)
        assert total[place] == own
        assert sum(row[place] for row in units if row[0]) == own


@needs_calc
def test_no_cell_is_an_error(recalculated: dict[str, list[list[Any]]]) -> None:
    cells = [cell for rows in recalculated.values() for row in rows for cell in row if isinstance(cell, str)]
    assert [cell for cell in cells if re.match(r"#(REF|NAME|VALUE|DIV|N/A|NUM)|Err:", cell)] == []


@needs_calc
def test_rates_of_projects_are_reckoned(recalculated: dict[str, list[list[Any]]]) -> None:
    heads, *body = recalculated["项目一览"]
    rows = [dict(zip(heads, row, strict=True)) for row in body]
    told = [row for row in rows if row["全年预算（元）"] and row["执行（元）"] != ""]
    assert len(told) > 20
    for row in told:
        share = Decimal(str(row["执行（元）"])) / Decimal(str(row["全年预算（元）"]))
        assert row["执行率（复算）"] == pytest.approx(float(share), abs=1e-9)


def _working(report: Report, name: str) -> object:
    finding = next(each for each in report.findings if each.id == name)
    return working(finding, {claim.id: claim for claim in report.claims})
