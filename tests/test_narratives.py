"""Reports in styles of their own, read from text to verdict: every fact and every finding as a person would write them down."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor.model.report import Project, Report
from extractor.pipeline import extract
from tests.corpus.build import render
from tests.corpus.source import Block, Source

FOLDER = Path(__file__).parent / "data" / "narratives"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
SPACE = re.compile(r"\s")
AMOUNTS = ("budget_initial", "budget", "arrived", "executed", "balance")

Told = dict[str, Any]


def expected(name: str) -> Told:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def plain(value: Any) -> str | None:
    """A figure without zeros that say nothing, so that 96.50 and 96.5 are one."""
    return None if value is None else f"{Decimal(value.value if hasattr(value, 'value') else value).normalize():f}"


def project_told(project: Project) -> Told:
    return {
        "name": project.name,
        **{measure: plain(getattr(project, measure)) for measure in AMOUNTS},
        "sources": [f"{source.label} {plain(source.budget)}" for source in project.sources],
        "rates": sorted(f"{rate.of} {plain(rate.value)}" for rate in project.rates),
        "score": plain(project.self_score),
        "grade": project.grade and project.grade.value,
    }


def project_expected(told: Told) -> Told:
    rates = [rate.split() for rate in told.get("rates", ())]
    return {
        "name": told["name"],
        **{measure: plain(told.get(measure)) for measure in AMOUNTS},
        "sources": told.get("sources", []),
        "rates": sorted(f"{of} {plain(value)}" for of, value in rates),
        "score": plain(told.get("score")),
        "grade": told.get("grade"),
    }


def told(report: Report, wanted: Told) -> Told:
    """What the report says, in the words of the expectation; totals over its projects are no projects."""
    projects = [p for p in report.projects if len(wanted["projects"]) == 1 or not (p.is_total or p.name == "部门整体支出")]
    return {
        "title": report.title,
        "year": report.year,
        "document_numbers": [number.written for number in report.document_numbers],
        "sections": [f"{section.level} {SPACE.sub('', (section.number or '') + section.title)}" for section in report.sections],
        "projects": [project_told(project) for project in projects],
        "findings": [f"{f.check} {f.severity} {f.project} {f.stated} {f.expected}" for f in report.findings if f.severity != "info"],
    }


def found_and_wanted(path: Path, name: str) -> tuple[Told, Told]:
    wanted = expected(name)
    found = told(extract(path), wanted)
    for field in wanted.pop("free", []):
        found.pop(field)
    free = [told.pop("free", []) for told in wanted["projects"]]
    wanted["projects"] = [project_expected(told) for told in wanted["projects"]]
    for fields, one, other in zip(free, wanted["projects"], found["projects"], strict=False):
        for field in fields:
            one.pop(field)
            other.pop(field)
    return found, wanted


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_and_finding(name: str) -> None:
    found, wanted = found_and_wanted(FOLDER / f"{name}.txt", name)
    assert found == wanted


WRAPPED = {"total-and-annual-of-a-works", "english-quotes-and-thousands"}
"""Texts whose lines are broken; those of the others are paragraphs, and can be printed."""


@pytest.mark.parametrize("size", [16.0, 12.0])
@pytest.mark.parametrize("name", sorted(set(NAMES) - WRAPPED))
def test_every_fact_and_finding_of_the_same_report_printed(name: str, size: float, tmp_path: Path) -> None:
    lines = [line.strip() for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines() if line.strip()]
    title = next(place for place, line in enumerate(lines, 1) if "报告" in line)
    title += lines[title].startswith("（")
    blocks = (
        Block("title", lines=tuple(lines[:title])),
        *(Block("paragraph", line) for line in lines[title:-2]),
        Block("right", lines=tuple(lines[-2:])),
    )
    source = Source(name, {"title": lines[title - 1], "organisation": lines[-2], "producer": "reportlab"}, blocks)
    path = tmp_path / "printed.pdf"
    path.write_bytes(render(source, size=size))
    found, wanted = found_and_wanted(path, name)
    assert found == wanted
