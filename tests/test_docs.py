"""Generated pages are fresh, and every check can be explained."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[1] / "docs"


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["checks.md", "data.md", "report.schema.json"])
def test_generated_pages_are_fresh(generate: ModuleType, name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == generate.PAGES[name](), "run `make docs`"


def test_docstrings_become_paragraphs(generate: ModuleType) -> None:
    text = "核什么：执行率是否算对。\n怎么判：按区间\n计算。"
    assert list(generate.paragraphs(text)) == ["**核什么**：执行率是否算对。", "**怎么判**：按区间计算。"]
