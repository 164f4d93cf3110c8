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

Understood = Callable[[str], Facts]


@pytest.fixture
def understood(tmp_path: Path) -> Understood:
    """A report's text → its facts."""

    def from_text(text: str) -> Facts:
        path = tmp_path / "report.txt"
        path.write_text(text, encoding="utf-8")
        return understand(arrange(read(path)), default())

    return from_text
