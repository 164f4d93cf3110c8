"""How fast PDF is read and checked, beside pdfplumber, pdfium and pdftotext on the same files in the same run.

    python -m benchmarks.speed [--runs 3] [--volume 500] [--write docs/speed.md]

The workload: the reports of `corpus/` (four producers, narrative and forms) and one volume made of them. Every row is run in
turn, --runs times; shown are medians of processor time of one process (of the commands, for pdftotext), and how many times
faster than pdfplumber's text + tables each is. Jobs are compared by wall time over a folder of the corpus several times over
with the volume, and over the volume alone, whose understanding one worker does. Without pdftotext its row is left out.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2

from benchmarks._processes import watched
from extractor.batch import limits
from extractor.check import CHECKS
from extractor.check.run import run as check
from extractor.config import Settings
from extractor.layout import arrange
from extractor.lexicon.packs import default
from extractor.present.contract import report
from extractor.read import read
from extractor.understand import understand

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
STAGES = ("read", "layout", "understand", "check", "present")
BASE = "pdfplumber: text + tables"


@dataclass
class Workload:
    """The files of the benchmark, and how many pages they have together."""

    files: list[Path]
    pages: int


@dataclass
class Row:
    """What is timed, and the seconds of each run."""

    name: str
    work: Callable[[Sequence[Path]], object]
    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def workload(folder: Path, volume: int) -> Workload:
    """Copies of the corpus, and its pages over and over again in one volume."""
    files = [Path(shutil.copy(path, folder)) for path in sorted(CORPUS.glob("*.pdf"))]
    with pikepdf.new() as bound:
        while len(bound.pages) < volume:
            for path in files:
                with pikepdf.open(path) as part:
                    bound.pages.extend(list(part.pages)[: volume - len(bound.pages)])
        bound.save(folder / "volume.pdf")
    files.append(folder / "volume.pdf")
    return Workload(files, sum(len(pypdfium2.PdfDocument(path)) for path in files))


def with_pdfplumber(files: Sequence[Path]) -> None:
    for path in files:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                page.extract_text()
                page.extract_tables()
                page.close()


def with_pdfium(files: Sequence[Path]) -> None:
    for path in files:
        pdf = pypdfium2.PdfDocument(path)
        for page in pdf:
            text = page.get_textpage()
            text.get_text_range()
            text.close()
            page.close()
        pdf.close()


def with_pdftotext(files: Sequence[Path]) -> None:
    for path in files:
        subprocess.run(["pdftotext", "-layout", path, os.devnull], check=True)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """The garbage collection of the program's own workers, and then the usual one again."""
    usual = gc.get_threshold()
    limits.collect_seldom()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)


@collecting_seldom()
def reading(files: Sequence[Path]) -> None:
    """Lines and the cells of ruled tables, each character with its box."""
    for path in files:
        read(path)


@collecting_seldom()
def arranging(files: Sequence[Path]) -> None:
    for path in files:
        arrange(read(path))


@collecting_seldom()
def whole(files: Sequence[Path], spent: dict[str, float] | None = None) -> None:
    """Every stage, as `extract --json` runs them in one process; `spent` takes the processor time of each."""
    lexicon, settings = default(), Settings()
    for path in files:
        marks = [time.process_time()]
        printed = read(path)
        marks.append(time.process_time())
        document = arrange(printed)
        marks.append(time.process_time())
        facts = understand(document, lexicon)
        marks.append(time.process_time())
        outcome = check(facts, settings.checks, lexicon)
        marks.append(time.process_time())
        report(facts, outcome.claims, outcome.findings, CHECKS, settings.language).model_dump_json()
        marks.append(time.process_time())
        for place, stage in enumerate(STAGES):
            if spent is not None:
                spent[stage] = spent.get(stage, 0.0) + marks[place + 1] - marks[place]


def processor() -> float:
    """Seconds of processor time of this process and of the children that have ended."""
    own, ended = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime


def interleaved(rows: Sequence[Row], files: Sequence[Path], runs: int) -> None:
    """Every row in turn, so that what slows the machine down slows all of them."""
    for _ in range(runs):
        for row in rows:
            began = processor()
            row.work(files)
            row.seconds.append(processor() - began)


def command(folder: Path, jobs: int, keeps: bool = False) -> tuple[float, float]:
    """Wall seconds of the command over a folder, and the largest of its processes in MB; it may keep its results in a cache."""
    with tempfile.TemporaryDirectory() as output:
        cache = f"--cache-dir={output}" if keeps else "--no-cache"
        result = str(Path(output) / "report.json")
        arguments = [str(folder), "--json", "-q", cache, "--fail-on", "never", f"--jobs={jobs}", "-o", result]
        return watched([sys.executable, "-m", "extractor", *arguments], ROOT)


def many(folder: Path, volume: Path, copies: int) -> int:
    """A folder as an office has them: the corpus several times over, and one volume; how many files."""
    for number in range(copies):
        below = folder / str(number)
        below.mkdir()
        for path in sorted(CORPUS.glob("*.pdf")):
            shutil.copy(path, below)
    shutil.copy(volume, folder)
    return sum(1 for _ in folder.rglob("*.pdf"))


def scaling(volume: Path, copies: int, runs: int) -> list[str]:
    """One worker and two, over many files with a volume among them, and over the volume alone."""
    with tempfile.TemporaryDirectory() as several, tempfile.TemporaryDirectory() as alone:
        count = many(Path(several), volume, copies)
        shutil.copy(volume, alone)
        return [
            *jobs_of(Path(several), runs, f"{count} files, the corpus {copies} times over and the volume"),
            *jobs_of(Path(alone), runs, "the volume alone"),
            f"Where it fills a cache, {command(Path(alone), 2, keeps=True)[1]:.0f} MB.",
        ]


def jobs_of(folder: Path, runs: int, what: str) -> list[str]:
    one: list[float] = []
    two: list[float] = []
    memory = 0.0
    for _ in range(runs):
        for jobs, times in ((1, one), (2, two)):
            seconds, peak = command(folder, jobs)
            times.append(seconds)
            memory = max(memory, peak)
    first, second = statistics.median(one), statistics.median(two)
    return [
        "",
        f"`extract --json --no-cache` as a command, {what}: {first:.2f} s with one worker, {second:.2f} s with two",
        f"({first / second:.2f} times as fast); the largest process, workers included, had {memory:.0f} MB in use.",
    ]


def table(made: Workload, rows: Sequence[Row], spent: dict[str, float], runs: int) -> list[str]:
    base = next(row for row in rows if row.name == BASE).median
    lines = [
        f"{len(made.files)} files, {made.pages} pages; medians of {runs} runs, processor time of one process on {os.cpu_count()} cores,",
        f"Python {platform.python_version()}, pdfplumber {version('pdfplumber')}, pypdfium2 {version('pypdfium2')}.",
        "The rows of extract run with the rare garbage collection that its workers have, the others with Python's usual one.",
        "",
        "| | seconds | pages/s | times pdfplumber |",
        "|---|---|---|---|",
    ]
    lines += [f"| {row.name} | {row.median:.2f} | {made.pages / row.median:.0f} | {base / row.median:.1f} |" for row in rows]
    total = sum(spent.values())
    shares = ", ".join(f"{stage} {100 * seconds / total:.0f} %" for stage, seconds in spent.items())
    return [*lines, "", f"Where the time of the whole goes: {shares}."]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--volume", type=int, default=500, help="pages of the volume")
    parser.add_argument("--copies", type=int, default=10, help="how often the corpus stands in the folder that jobs are compared over")
    parser.add_argument("--write", type=Path, help="a Markdown file for the result")
    arguments = parser.parse_args()
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    rows = [Row(BASE, with_pdfplumber), Row("pypdfium2: whole text", with_pdfium)]
    if shutil.which("pdftotext"):
        rows.append(Row("pdftotext -layout", with_pdftotext))
    spent: dict[str, float] = {}
    rows += [Row("extract: text + tables", reading), Row("extract: paragraphs + logical tables", arranging)]
    rows.append(Row("extract: the whole, to JSON", lambda files: whole(files, spent)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = workload(folder, arguments.volume)
        whole(made.files[:3])  # warm: patterns compiled, libraries loaded
        interleaved(rows, made.files, arguments.runs)
        lines = [*table(made, rows, spent, arguments.runs), *scaling(folder / "volume.pdf", arguments.copies, arguments.runs)]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if arguments.write:
        arguments.write.write_text("# How fast\n\nWritten by `python -m benchmarks.speed`.\n\n" + text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
