"""Reports written out as text, read and understood."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.layout import arrange
from extractor.lexicon.packs import default
from extractor.model.facts import Facts
from extractor.read import read
from extractor.understand import understand
from tests.corpus.build import render
from tests.corpus.source import load

FRONT = """+++
title = "项目支出绩效自评表"
organisation = "柏川县水利局"
fiscal_year = "2023"
kind = "form"
unit = "万元"
producer = "reportlab"

[layout]
size = 12
leading = 20
top = 100
bottom = 120
left = 50
right = 50
+++
"""

Understood = Callable[[str], Facts]


@pytest.fixture
def understood(tmp_path: Path) -> Understood:
    """A report's text → its facts."""

    def from_text(text: str) -> Facts:
        path = tmp_path / "report.txt"
        path.write_text(text, encoding="utf-8")
        return understand(arrange(read(path)), default())

    return from_text


Printed = Callable[..., Facts]


@pytest.fixture
def printed(tmp_path: Path) -> Printed:
    """A source's body → the facts of the PDF it prints."""

    def from_source(body: str, producer: str | None = None) -> Facts:
        source, path = tmp_path / "form.md", tmp_path / "form.pdf"
        source.write_text(FRONT + body, encoding="utf-8")
        path.write_bytes(render(load(source), producer))
        return understand(arrange(read(path)), default())

    return from_source
