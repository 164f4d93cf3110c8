"""What the outputs cost: seconds, processor seconds and peak memory of every format over 1,000 documents with 3,000 findings.

    python -m benchmarks.outputs [--documents 1000] [--findings 3000] [--formats xlsx,html]

The documents are reports of corpus/ under invented units, each a file of its own; they are read once, and what is measured
is the writing alone, each format in a process of its own, one after the other; `all` is every format but the marked-up PDFs
in one run. Memory is the sum over the process and its children of what is theirs alone (PSS), looked at five times a second.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks._processes import family, own_memory
from extractor import __version__, check_folder
from extractor.batch.finished import Finished
from extractor.batch.tally import Tally
from extractor.check import CHECKS
from extractor.command.formats import FORMATS
from extractor.command.outputs import Outputs, destinations
from extractor.model.report import Report
from extractor.present.marked_names import marked_names
from extractor.present.sink import Job

ROOT = Path(__file__).parents[1]
PLACES = ["杉湾", "柏川", "榆林坡", "枫溪", "槐荫", "桦岭", "椿台", "楠浦", "棠梨", "桐柏"]
OFFICES = ["水务局", "民政局", "教育局", "交通运输局", "农业农村局", "卫生健康局", "文化旅游局", "市场监督管理局", "应急管理局", "财政局"]


def invented(reports: Sequence[Report], documents: int, findings: int, folder: Path) -> Iterator[Report]:
    """So many copies of the reports under other units, whose ids differ; the last ones bring the findings to their number."""
    by_count = sorted((report for report in reports if report.findings), key=lambda report: len(report.findings))
    left = findings
    for number in range(documents):
        wanted = left / (documents - number)
        near = [report for report in by_count if abs(len(report.findings) - wanted) <= 2] or by_count[-1:]
        report = near[number % len(near)]
        if number == documents - 1:
            report = min(by_count, key=lambda report: abs(len(report.findings) - left))
        left -= len(report.findings)
        filer = number // 4
        unit = f"{PLACES[filer % 10]}{filer // 100 + 1}区{OFFICES[filer // 10 % 10]}"
        path = folder / f"{number:04}.pdf"
        content = (ROOT / report.source.path).read_bytes() + b"\n%% %d\n" % number
        path.write_bytes(content)
        source = report.source.model_copy(update={"path": path.as_posix(), "sha256": hashlib.sha256(content).hexdigest()})
        told = tuple(f.model_copy(update={"id": _digest(f.id, number), "series": _digest(f.series, number)}) for f in report.findings)
        yield report.model_copy(update={"source": source, "unit": unit, "findings": told})


def _digest(name: str, number: int) -> str:
    return hashlib.sha256(f"{name} {number}".encode()).hexdigest()[:12]


def write(made: Path, names: Sequence[str], into: Path) -> None:
    """Write the pickled records in these formats, as the command does."""
    tally = Tally()
    with made.open("rb") as stream:
        paths: list[str] = pickle.load(stream)
        originals = {path: Path(path) for path in paths}
        marked = marked_names(originals) if "pdf" in names else {}
        job = Job(version=__version__, formats=frozenset(names), originals=originals, marked=marked, checks=CHECKS)
        with Outputs(destinations(f"{into}/", names), (), job, names, True) as outputs:
            for _ in paths:
                finished: Finished = pickle.load(stream)
                tally.count(finished)
                outputs.add(finished)
            outputs.end(tally.summary)


def measure(made: Path, names: Sequence[str], into: Path) -> tuple[float, float, float]:
    """Wall and processor seconds, and the peak of memory in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.outputs", "--write", str(made), "--formats", ",".join(names), "--into", str(into)]
    run = subprocess.Popen(command, cwd=ROOT)
    peak = Peak(run.pid)
    peak.start()
    if run.wait():
        raise SystemExit(f"{names}: exit code {run.returncode}")
    seconds = time.perf_counter() - began
    peak.is_over.set()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak.highest


class Peak(threading.Thread):
    """Looks at a process and its children until it is told that they are over."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self.highest, self.is_over = pid, 0.0, threading.Event()

    def run(self) -> None:
        while not self.is_over.wait(0.2):
            self.highest = max(self.highest, sum(map(own_memory, family(self._pid))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--findings", type=int, default=3000)
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    names = options.formats.split(",")
    if options.write:
        write(options.write, names, options.into)
        return
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        (folder / "in").mkdir()
        records = [
            Finished.of(each) for each in invented(check_folder("corpus").reports, options.documents, options.findings, folder / "in")
        ]
        with (folder / "made").open("wb") as stream:
            for content in ([record.path for record in records], *records):
                pickle.dump(content, stream)
        print(f"{len(records)} documents, {sum(sum(record.findings) for record in records)} findings\n")
        print("| format | seconds | processor seconds | peak, MB | files | MB | largest, MB |\n|---|---|---|---|---|---|---|")
        runs = {name: [name] for name in names} | {"all": [name for name in names if name != "pdf"]}
        for name, formats in runs.items():
            into = folder / name
            seconds, busy, peak = measure(folder / "made", formats, into)
            sizes = [path.stat().st_size / 2**20 for path in into.rglob("*") if path.is_file()]
            print(f"| {name} | {seconds:.1f} | {busy:.1f} | {peak:.0f} | {len(sizes)} | {sum(sizes):.0f} | {max(sizes):.1f} |", flush=True)


if __name__ == "__main__":
    main()
