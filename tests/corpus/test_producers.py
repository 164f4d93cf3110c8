"""A form says the same whichever program printed it, wherever its pages break and whatever rules it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractor.model.report import Report
from extractor.pipeline import extract

from .build import PRODUCERS, available
from .sheet import sheet
from .source import Source, load

FORMS = (
    "form-village-roads-2021",
    "form-county-welfare-2023",
    "form-museum-display-2022",
    "department-veterans-2022",
    "projects-summary-2023",
)
LOOKS: Mapping[str, tuple[Mapping[str, str], Mapping[str, float]]] = {
    "as it is": ({}, {}),
    "rows split over pages": ({"split": "", "size": "11"}, {"top": 150, "bottom": 85}),
    "heads repeated": ({"repeat": "1"}, {"top": 130, "bottom": 115}),
    "small on narrow pages": ({"size": "7.5"}, {"left": 95, "right": 95}),
    "level rules only": ({"rules": "horizontal"}, {}),
}
KNOWN = {("form-village-roads-2021", "level rules only")}  # the points of a row that the page break cuts are lost
SAME = [(form, "as it is", producer) for form in FORMS for producer in PRODUCERS if producer not in ("reportlab", "chromium")] + [
    ("form-county-welfare-2023", "as it is", "chromium")
]
OTHER = [(form, look, "reportlab") for form in FORMS for look in LOOKS if look != "as it is" and (form, look) not in KNOWN] + [
    (FORMS[1], look, "weasyprint") for look in ("rows split over pages", "level rules only")
]


def looking(source: Source, options: Mapping[str, str]) -> Source:
    """The same report with other options for its tables."""

    def lines(old: tuple[str, ...]) -> tuple[str, ...]:
        kept = (line for line in old if not (line.startswith("!") and line[1:].split()[0] in options))
        return (*(f"! {name} {told}" for name, told in options.items()), *kept)

    blocks = (replace(block, lines=lines(block.lines)) if block.kind == "table" else block for block in source.blocks)
    return replace(source, blocks=tuple(blocks))


def told(path: Path) -> dict[str, Any]:
    """What a file says, without places."""
    return said(extract(path))


def said(report: Report) -> dict[str, Any]:
    """What a report says, without places: projects with their figures and rows, and what is found wrong."""
    projects = [
        {
            "name": project.name,
            "amounts": [value and value.value for value in (project.budget_initial, project.budget, project.arrived, project.executed)],
            "sources": [(s.label, *(value and value.value for value in (s.budget, s.arrived, s.executed))) for s in project.sources],
            "rates": sorted(rate.value for rate in project.rates),
            "scores": [value and value.value for value in (project.self_score, project.execution_weight, project.execution_score)],
            "rows": [
                (row.level1, row.level2, row.name, *(value and value.value for value in (row.target, row.actual, row.weight, row.score)))
                for row in project.indicators
            ],
        }
        for project in report.projects
    ]
    return {
        "projects": projects,
        "found": sorted((f.check, f.stated or "", f.expected or "") for f in report.findings if f.severity != "info"),
    }


def printed(form: str, look: str, producer: str, folder: Path) -> dict[str, Any]:
    options, sizes = LOOKS[look]
    source, path = load(form), folder / f"{form}.pdf"
    path.write_bytes(PRODUCERS[producer](looking(source, options), replace(sheet(source.layout), **sizes)))
    return told(path)


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What a form says as reportlab prints it."""
    folder = tmp_path_factory.mktemp("usual")
    return cache(lambda form: printed(form, "as it is", "reportlab", folder))


@pytest.mark.parametrize(("form", "look", "producer"), [*SAME, *OTHER], ids=lambda value: str(value).replace(" ", "-"))
def test_a_form_says_the_same_however_it_is_printed(form: str, look: str, producer: str, usual: Any, tmp_path: Path) -> None:
    if producer not in available():
        pytest.skip(f"{producer} is not installed")
    assert printed(form, look, producer, tmp_path) == usual(form)
