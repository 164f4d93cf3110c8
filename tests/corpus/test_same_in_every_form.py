"""A report says the same as PDF, Word, old Word, web page, text and OFD; a form also as a workbook; a scan nearly so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractor.adapters import libreoffice
from extractor.pipeline import extract
from extractor.read import recognise
from tests.read import books, web
from tests.scanning import Scanner, scanned

from . import with_ofd, with_word
from .build import CORPUS
from .source import NOTE, Source, load
from .test_producers import said, told

NARRATIVES = (
    "culture-venues-2022",
    "district-civil-affairs-2021",
    "geohazard-works-2022",
    "river-works-2023",
    "rural-buses-2022",
    "township-environment-2019",
)
FORMS = ("form-village-roads-2021", "form-county-welfare-2023", "department-veterans-2022")


def text(source: Source) -> bytes:
    """One paragraph a line, as word processors save text."""
    blocks = [block for block in source.filled if block.kind not in ("contents", "page")]
    lines = [line for block in blocks for line in (NOTE.sub("", block.text) + block.run_in, *block.lines) if line]
    return "\n".join(lines).encode("gb18030")


def doc(source: Source) -> bytes:
    if libreoffice.office() is None:
        pytest.skip("LibreOffice is not installed")
    return libreoffice.converted(with_word.render(source), ".docx", "doc")


MADE: dict[str, Callable[[Source], bytes]] = {
    "docx": with_word.render,
    "doc": doc,
    "html": lambda source: web.portal(source).encode("gb18030"),
    "txt": text,
    "ofd": lambda source: with_ofd.render(CORPUS / f"{source.name}.pdf"),
    "xlsx": books.workbook,
}


@cache
def printed(name: str) -> dict[str, Any]:
    return told(CORPUS / f"{name}.pdf")


@pytest.mark.parametrize("name", NARRATIVES)
@pytest.mark.parametrize("kind", [kind for kind in MADE if kind != "xlsx"])
def test_a_narrative_says_the_same(name: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"report.{kind}"
    path.write_bytes(MADE[kind](load(name)))
    assert told(path) == printed(name)


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("kind", [kind for kind in MADE if kind != "txt"])
def test_a_form_says_the_same(name: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"report.{kind}"
    path.write_bytes(MADE[kind](load(name)))
    assert told(path) == printed(name)


def values(project: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """The values of a project one by one, each with where it stands."""
    if isinstance(project, dict):
        for name, value in project.items():
            yield from values(value, f"{place}/{name}")
    elif isinstance(project, list | tuple):
        for value in project:
            yield from values(value, place)
    elif project is not None:
        yield place, str(project)


@pytest.mark.skipif(not recognise.is_installed(), reason="needs the extra: pip install 'jixiao-extractor[ocr]'")
def test_scans_say_nearly_the_same(tmp_path: Path) -> None:
    right, read, stated = 0, 0, 0
    severities: set[str] = set()
    for name in (*NARRATIVES[:4], *FORMS[:2]):
        report = extract(scanned(CORPUS / f"{name}.pdf", tmp_path / f"{name}.pdf", Scanner(dots=150, askew=0.7, noise=60, quality=70)))
        made, true = (Counter(values(what["projects"])) for what in (said(report), printed(name)))
        right, read, stated = right + (made & true).total(), read + made.total(), stated + true.total()
        severities |= {finding.severity for finding in report.findings}
    assert severities == {"warning", "info"}
    assert 2 * right / (read + stated) >= 0.95
