"""What a report says does not depend on an unrelated paragraph, on where its lines break, or on the program that printed it."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from extractor.model.report import Project, Report
from extractor.pipeline import extract
from tests.corpus.build import CORPUS, PRODUCERS, available, render
from tests.corpus.source import Source, all_sources

SOURCES = [source for source in all_sources() if source.meta["kind"] != "form" and len(source.places) > 2]
"""Reports with running text; a form has no lines that wrap and hardly a place for a paragraph."""
NAMES = [source.name for source in SOURCES]

Facts = Counter[tuple[Any, ...]]
AMOUNTS = ("budget_initial", "budget", "arrived", "executed", "balance", "self_score", "grade", "execution_weight", "execution_score")

ASIDES = (
    "干部职工坚持学用结合，主动到基层一线听取意见，形成了比学赶超的良好氛围。",
    "办公地点设在解放路18号综合楼3层东侧，工作日上午9时至下午5时接待来访，咨询电话0700-8123456。",
    "有关单位要严格执行《中华人民共和国档案法》第十条的规定，坚持“谁形成、谁归档”的原则（含电子文件）做好材料的收集、整理和移交，"
    "不得以任何理由拖延或者拒绝，也不得将应当归档的材料据为己有，确保档案完整、准确、系统和安全，为以后的查考利用提供方便。",
)
"""Paragraphs that say nothing of money, results or scores."""

WRAPPED = (
    {"size": 14.0},
    {"size": 18.0},
    {"width": 500.0, "size": 12.0, "margin": 60.0},
    {"width": 640.0, "margin": 100.0},
    {"size": 10.5, "margin": 72.0},
)


def facts(report: Report) -> Facts:
    """Everything that a report says, flat; white space in names counts for nothing."""
    told: list[tuple[Any, ...]] = [("title", report.title, report.unit, report.year)]
    told += [("section", section.number, section.title, section.level) for section in report.sections]
    told += [("document number", number.written, number.problem) for number in report.document_numbers]
    told += [each for project in report.projects for each in of_project(project)]
    told += [("finding", f.check, f.severity, f.project, f.stated, f.expected) for f in report.findings]
    return Counter(tuple("".join(part.split()) if isinstance(part, str) else part for part in each) for each in told)


def of_project(project: Project) -> Iterator[tuple[Any, ...]]:
    name = project.name
    yield "project", name, project.is_total
    yield from ((name, field, figure.value, figure.written) for field in AMOUNTS if (figure := getattr(project, field)))
    for source in project.sources:
        yield name, "source", source.label, *(figure and figure.value for figure in (source.budget, source.arrived, source.executed))
    yield from ((name, "rate", rate.label, rate.of, rate.value) for rate in project.rates)
    for each in project.indicators:
        values = (figure and figure.value for figure in (each.target, each.actual, each.weight, each.score))
        yield name, "indicator", each.level1, each.level2, each.name, *values


@cache
def committed(name: str) -> Facts:
    """The facts of the report as it stands in the corpus."""
    return facts(extract(CORPUS / f"{name}.pdf"))


def read_back(pdf: bytes, folder: Path) -> Facts:
    path = folder / "rendered.pdf"
    path.write_bytes(pdf)
    return facts(extract(path))


def changes(before: Facts, after: Facts) -> dict[str, list[tuple[Any, ...]]]:
    return {"lost": list((before - after).elements()), "new": list((after - before).elements())}


UNCHANGED: dict[str, list[tuple[Any, ...]]] = {"lost": [], "new": []}


def places(source: Source, most: int = 5) -> list[int]:
    """Places for one more paragraph, spread over the report."""
    whole = source.places
    step = max(1, -(-len(whole) // most))
    return list(whole[::step])


@pytest.mark.parametrize("source", SOURCES, ids=NAMES)
def test_an_unrelated_paragraph_changes_nothing(source: Source, tmp_path: Path) -> None:
    for place, turn in zip(places(source), count(), strict=False):
        aside = ASIDES[turn % len(ASIDES)]
        found = read_back(render(source, "reportlab", extra_paragraph=(aside, place)), tmp_path)
        assert changes(committed(source.name), found) == UNCHANGED, (aside, place)


@pytest.mark.parametrize("sizes", WRAPPED, ids=lambda sizes: ",".join(f"{name}={value:g}" for name, value in sizes.items()))
@pytest.mark.parametrize("source", SOURCES, ids=NAMES)
def test_where_lines_break_changes_nothing(source: Source, sizes: dict[str, float], tmp_path: Path) -> None:
    assert changes(committed(source.name), read_back(render(source, "reportlab", **sizes), tmp_path)) == UNCHANGED


@cache
def has_chinese_font() -> bool:
    lister = shutil.which("fc-list")
    return bool(lister and subprocess.run([lister, ":lang=zh"], capture_output=True, check=True).stdout.strip())


@pytest.mark.slow
@pytest.mark.parametrize("producer", sorted(PRODUCERS))
@pytest.mark.parametrize("source", SOURCES, ids=NAMES)
def test_the_program_that_printed_it_changes_nothing(source: Source, producer: str, tmp_path: Path) -> None:
    if producer not in available():
        pytest.skip(f"{producer} is not installed")
    if producer != "reportlab" and not has_chinese_font():
        pytest.skip(f"{producer} has no Chinese font to print with")
    assert changes(committed(source.name), read_back(render(source, producer), tmp_path)) == UNCHANGED
