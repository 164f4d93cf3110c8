"""How fast PDF is read and checked, beside pdfplumber, pdfium and pdftotext on the same files in the same run.

    python -m benchmarks.speed [--runs 3] [--volume 500] [--write docs/speed.md]

The workload: the reports of `corpus/` (four producers, narrative and forms) and one volume made of them. Every row is run in
turn, --runs times; shown are medians of processor time of one process (of the commands, for pdftotext), and how many times
faster than pdfplumber's text + tables each is. Jobs are compared by wall time. Without pdftotext its row is left out.
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
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2

from extractor.batch import limits
from extractor.check import CHECKS
from extractor.check.run import run as check
from extractor.config import Settings
from extractor.layout import arrange
from extractor.lexicon.packs import default
from extractor.present.contract import report
from extractor.read import read
from extractor.understand import understand

CORPUS = Path(__file__).parents[1] / "corpus"
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


def reading(files: Sequence[Path]) -> None:
    """Lines and the cells of ruled tables, each character with its box."""
    for path in files:
        read(path)


def arranging(files: Sequence[Path]) -> None:
    for path in files:
        arrange(read(path))


def whole(files: Sequence[Path], spent: dict[str, float] | None = None) -> None:
    """Every stage, as `extract --json` runs them in one process; `spent` takes the processor time of each."""
    lexicon, settings, usual = default(), Settings(), gc.get_threshold()
    limits.collect_seldom()
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
    gc.unfreeze()
    gc.set_threshold(*usual)


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


def command(folder: Path, jobs: int) -> tuple[float, float]:
    """Wall seconds of the command over the workload, and the largest of its processes in MB."""
    program = (
        "import resource, sys; from extractor.cli import main; main(sys.argv[1:]);"
        "print(max(resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024)"
    )
    with tempfile.TemporaryDirectory() as output:
        result = str(Path(output) / "report.json")
        arguments = [str(folder), "--json", "-q", "--no-cache", "--fail-on", "never", f"--jobs={jobs}", "-o", result]
        began = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", program, *arguments], check=True, capture_output=True, text=True)
        return time.perf_counter() - began, float(done.stdout.split()[-1])


def jobs_of(folder: Path, runs: int) -> list[str]:
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
        f"`extract --json --no-cache` as a command: {first:.2f} s with one worker, {second:.2f} s with two",
        f"({first / second:.2f} times as fast); the largest process took {memory:.0f} MB.",
    ]


def table(made: Workload, rows: Sequence[Row], spent: dict[str, float], runs: int) -> list[str]:
    base = next(row for row in rows if row.name == BASE).median
    lines = [
        f"{len(made.files)} files, {made.pages} pages; medians of {runs} runs, processor time of one process on {os.cpu_count()} cores,",
        f"Python {platform.python_version()}, pdfplumber {version('pdfplumber')}, pypdfium2 {version('pypdfium2')}.",
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
        lines = [*table(made, rows, spent, arguments.runs), *jobs_of(folder, arguments.runs)]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if arguments.write:
        arguments.write.write_text("# How fast\n\nWritten by `python -m benchmarks.speed`.\n\n" + text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
