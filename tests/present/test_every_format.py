"""One run in every format: each shows every finding of the JSON under its id, and none that is not there; the queries told come out."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from pyarrow import parquet
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from extractor.cli import main
from extractor.command.formats import FORMATS

ROOT = Path(__file__).parents[2]
QUERY = re.compile(r"^```sql\n((?:(?!```).*\n)+)```\n\n((?:\|.*\n)+)", re.MULTILINE)
TEXTS = ("docs/queries.md", "README.md", "README.zh-CN.md")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus in all formats."""
    folder = tmp_path_factory.mktemp("outputs")
    assert main([str(ROOT / "corpus"), "--format", ",".join(FORMATS), "-o", str(folder), "-q", "--no-cache", "--fail-on", "never"]) == 0
    return folder


def of_reports(reports: list[dict[str, list[dict[str, str]]]]) -> list[str]:
    return [finding["id"] for report in reports for finding in report["findings"]]


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8-sig").splitlines()


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "findings.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def noted(folder: Path) -> list[str]:
    """The ids in the notes of the marked-up copies; a finding over several passages has a note on each."""
    pages = [page for path in sorted((folder / "marked").iterdir()) for page in PdfReader(path).pages]
    notes = [note.get_object() for page in pages for note in page.get("/Annots", ())]
    told = [found[1] for note in notes if (found := re.search(r"^编号：(\w+)$", note.get("/Contents", ""), re.MULTILINE))]
    return list(dict.fromkeys(told))


def sheet(folder: Path) -> list[str]:
    head, *rows = CalamineWorkbook.from_path(folder / "workpaper.xlsx").get_sheet_by_name("疑点").to_python()
    return [str(row[head.index("编号")]) for row in rows]


def database(folder: Path) -> list[str]:
    with duckdb.connect(str(folder / "report.duckdb"), read_only=True) as base:
        return [row[0] for row in base.execute("SELECT id FROM findings").fetchall()]


def results(folder: Path) -> list[str]:
    (run,) = json.loads((folder / "report.sarif").read_bytes())["runs"]
    return [result["partialFingerprints"]["finding/v1"] for result in run["results"]]


READERS: dict[str, Callable[[Path], list[str]]] = {
    "table": lambda folder: re.findall(r"第.*页  ([0-9a-f]{12})$", (folder / "findings.txt").read_text(encoding="utf-8"), re.MULTILINE),
    "json": lambda folder: of_reports(json.loads((folder / "report.json").read_bytes())["reports"]),
    "jsonl": lambda folder: of_reports([json.loads(line) for line in lines(folder / "report.jsonl")]),
    "csv": lambda folder: [row["编号"] for row in rows(folder)],
    "pdf": noted,
    "xlsx": sheet,
    "html": lambda folder: re.findall(r'<article class="card[^>]* data-id="(\w+)"', (folder / "findings.html").read_text(encoding="utf-8")),
    "parquet": lambda folder: parquet.read_table(folder / "tables" / "findings.parquet").column("id").to_pylist(),
    "duckdb": database,
    "sarif": results,
}


def test_every_format_has_a_reader() -> None:
    assert set(READERS) == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_every_finding_is_in_every_format(made: Path, name: str) -> None:
    told = READERS["json"](made)
    assert len(told) > 60
    assert sorted(READERS[name](made)) == sorted(told)


@pytest.mark.parametrize("name", [name for name in TEXTS if QUERY.search((ROOT / name).read_text(encoding="utf-8"))])
def test_queries_come_out_as_told(made: Path, name: str) -> None:
    told = QUERY.findall((ROOT / name).read_text(encoding="utf-8"))
    assert len(told) >= 3
    with duckdb.connect(str(made / "report.duckdb"), read_only=True) as base:
        for query, table in told:
            answer = base.execute(query)
            names = [column[0] for column in answer.description]
            found = [f"| {' | '.join(map(str, row))} |" for row in (names, *answer.fetchall())]
            assert [line for line in table.splitlines() if not line.startswith("|---")] == found
