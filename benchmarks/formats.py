"""How fast each format is read, beside the same reports as PDF through pdfplumber.

    python -m benchmarks.formats [--runs 3]

The workload: the reports of `corpus/` that every format below can be made from. Shown are medians of processor time of one
process for reading alone (file to paragraphs and tables, layout included), and how many times faster than pdfplumber's text +
tables of the same reports as PDF that is. What LibreOffice takes is time of its own processes and not counted here.
"""

from __future__ import annotations

import argparse
import logging
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pdfplumber

from extractor.layout import arrange
from extractor.read import read
from tests.corpus.build import CORPUS
from tests.corpus.source import Source, all_sources
from tests.corpus.with_ofd import render as as_ofd
from tests.corpus.with_word import render as as_word
from tests.read import web
from tests.read.books import workbook

FORMATS: dict[str, Callable[[Source], bytes]] = {
    "docx": as_word,
    "xlsx": workbook,
    "html": lambda source: web.portal(source).encode("gb18030"),
    "ofd": lambda source: as_ofd(CORPUS / f"{source.name}.pdf"),
}
"""How a report is made in each format; the key is the ending of the file."""
BASE = "pdfplumber: text + tables"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)
    sources = all_sources()
    with tempfile.TemporaryDirectory() as folder:
        rows = {BASE: [CORPUS / f"{source.name}.pdf" for source in sources]}
        rows["extract: pdf"] = rows[BASE]
        rows |= {f"extract: {kind}": _made(Path(folder), sources, kind) for kind in FORMATS}
        seconds: dict[str, list[float]] = {name: [] for name in rows}
        for _ in range(arguments.runs):
            for name, files in rows.items():
                seconds[name].append(_timed(_by_pdfplumber if name == BASE else _by_us, files))
    base = statistics.median(seconds[BASE])
    print(f"{len(sources)} reports; Python {platform.python_version()}, pdfplumber {pdfplumber.__version__}\n")
    print("| | ms a report | times pdfplumber |\n|---|---|---|")
    for name, runs in seconds.items():
        median = statistics.median(runs)
        print(f"| {name} | {median / len(sources) * 1000:.1f} | {base / median:.1f} |")


def _made(folder: Path, sources: Sequence[Source], kind: str) -> list[Path]:
    paths = [folder / f"{source.name}.{kind}" for source in sources]
    for path, source in zip(paths, sources, strict=True):
        path.write_bytes(FORMATS[kind](source))
    return paths


def _timed(work: Callable[[Path], object], files: Sequence[Path]) -> float:
    work(files[0])  # whatever is loaded once
    before = time.process_time()
    for path in files:
        work(path)
    return time.process_time() - before


def _by_us(path: Path) -> object:
    return arrange(read(path))


def _by_pdfplumber(path: Path) -> object:
    with pdfplumber.open(path) as pdf:
        return [(page.extract_text(), page.extract_tables()) for page in pdf.pages]


if __name__ == "__main__":
    main()
