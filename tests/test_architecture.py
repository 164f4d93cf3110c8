"""The shape of the code: who may import whom, one importer a library, no long modules."""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.model.findings import CheckRecord

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "extractor"
MODULES = sorted(PACKAGE.rglob("*.py"))
STAGES = ("read", "layout", "understand", "check", "present")
MAY_IMPORT = {
    "model": {"model"},
    "lexicon": {"lexicon", "model"},
    "adapters": {"adapters", "model"},
    "read": {"read", "model", "lexicon", "config", "adapters"},
    "layout": {"layout", "model", "lexicon", "config"},
    "understand": {"understand", "model", "lexicon", "config"},
    "check": {"check", "model", "lexicon", "config"},
    "review": {"review", "model", "config", "adapters"},
    "present": {"present", "model", "lexicon", "config", "adapters"},
}
ONE_IMPORTER = {
    "pdfplumber": "adapters/pdfplumber.py",
    "pypdfium2": "adapters/pdfium.py",
    "pikepdf": "adapters/mending.py",
    "pypdf": "adapters/pypdf.py",
    "xlsxwriter": "adapters/xlsxwriter.py",
    "jieba": "lexicon/words.py",
    "python_calamine": "adapters/calamine.py",
    "xlrd": "adapters/xls.py",
    "rapidocr": "adapters/rapidocr.py",
    "cv2": "adapters/vision.py",
    "jinja2": "present/html/page.py",
    "pyarrow": "adapters/pyarrow.py",
    "duckdb": "adapters/duckdb.py",
}

MEASURES_PAGES = {"adapters/ofd_values.py", "adapters/scans.py", "adapters/vision.py", "read/html.py"}
"""Modules that make floats of what they read: sizes and places on a page, never a value."""

DECLARED = {
    "pdfplumber",
    "pdfminer",
    "pypdfium2",
    "pikepdf",
    "pypdf",
    "python_calamine",
    "xlrd",
    "lxml",
    "jieba",
    "regex",
    "pydantic",
    "rich",
    "rich_argparse",
    "xlsxwriter",
    "PIL",
    "jinja2",
    "markupsafe",
    "pyarrow",
    "duckdb",
    "rapidocr",
    "cv2",
    "numpy",
}


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, at the top or anywhere below, in dotted form."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module or ""
            if node.module == "extractor":
                yield from (f"extractor.{alias.name}" for alias in node.names)


def part(path: Path) -> str:
    """The part of the package that a file belongs to: model, read, … or its own name at the top."""
    inside = path.relative_to(PACKAGE)
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


def importers(library: str) -> list[str]:
    return [path.relative_to(PACKAGE).as_posix() for path in MODULES if any(name.split(".")[0] == library for name in imports(path))]


@pytest.mark.parametrize("path", [p for p in MODULES if part(p) in MAY_IMPORT], ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_parts_import_only_what_they_may(path: Path) -> None:
    ours = {name.split(".")[1] for name in imports(path) if name.startswith("extractor.")}
    assert ours - MAY_IMPORT[part(path)] == set()


def test_the_command_is_imported_by_its_entry_alone() -> None:
    users = {part(path) for path in MODULES if any(name.startswith("extractor.command") for name in imports(path))}
    assert users == {"cli", "command"}


@pytest.mark.parametrize("library", sorted(ONE_IMPORTER))
def test_a_library_has_one_importer(library: str) -> None:
    assert importers(library) == [ONE_IMPORTER[library]]


def test_regex_is_imported_by_the_lexicon_alone() -> None:
    assert {name.split("/")[0] for name in importers("regex")} == {"lexicon"}


def test_format_libraries_are_imported_by_adapters_alone() -> None:
    for library in ("pypdfium2", "pdfminer", "docx", "lxml", "python_calamine", "pypdf", "openpyxl", "PIL"):
        assert [name for name in importers(library) if not name.startswith("adapters/")] == [], library


def test_every_library_is_declared() -> None:
    used = {name.split(".")[0] for path in MODULES for name in imports(path)} - set(sys.stdlib_module_names) - {"extractor"}
    assert used <= DECLARED


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_no_module_is_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def names_called(call: ast.Call) -> set[str]:
    """The function of a call and the functions handed to it; what isinstance asks for is called by nobody."""
    names = {each.id for each in (call.func, *call.args) if isinstance(each, ast.Name)}
    return set() if "isinstance" in names else names


def test_no_binary_fractions() -> None:
    """Amounts, rates and scores are Decimals throughout; only what is measured on a page is made a float."""
    calls = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in MODULES
        if path.relative_to(PACKAGE).as_posix() not in MEASURES_PAGES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and "float" in names_called(node)
    ]
    assert calls == []


def test_every_check_is_registered() -> None:
    """A function under @check that is missing from CHECKS would silently never run."""
    from extractor.check import CHECKS

    modules = [importlib.import_module(f"extractor.check.{path.stem}") for path in (PACKAGE / "check").glob("*.py")]
    written = {value.name for module in modules for value in vars(module).values() if isinstance(value, CheckRecord)}
    names = [record.name for record in CHECKS]
    assert sorted(names) == sorted(written)
    assert len(names) == len(set(names))


def test_every_check_is_documented() -> None:
    from extractor.check import CHECKS

    bare = [r.name for r in CHECKS if not (r.documentation and r.title_zh and r.title_en and r.norm and r.texts)]
    assert bare == []
