"""How fast findings are marked in copies of PDF files, beside pypdf's own incremental and whole writing of the same highlights.

    python -m benchmarks.marking [--runs 3] [--times 12]

The workload: the reports of `corpus/` that have findings, and one volume of all its pages so many times over. Shown are medians of
processor time of one process; pages are all those of the files marked. A copy is hashed, written, closed and named, as in a run.
"""

from __future__ import annotations

import argparse
import io
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path

import pikepdf
from pypdf import PdfWriter
from pypdf.annotations import Highlight
from pypdf.generic import ArrayObject, FloatObject

from extractor import extract
from extractor.adapters.annotations import Bookmark, Mark
from extractor.command.shelf import FileShelf, Rack
from extractor.model.document import Box
from extractor.model.report import Finding, Report
from extractor.present.markup import Markup, marked
from extractor.present.sink import Job

CORPUS = Path(__file__).parents[1] / "corpus"
Work = Sequence[tuple[Path, Report]]


def ours(work: Work) -> None:
    with tempfile.TemporaryDirectory() as folder:
        names = {report.source.path: f"marked/{number}.pdf" for number, (_, report) in enumerate(work)}
        rack = Rack([], False)
        markup = Markup(
            Job("", originals={report.source.path: path for path, report in work}, marked=names), FileShelf(rack, None, Path(folder))
        )
        with rack.stack:
            for _, report in work:
                markup.add(report)
        assert len(rack.written) == len(work)


def theirs(work: Work, is_incremental: bool) -> None:
    for path, report in work:
        marks, bookmarks = marked(report.findings, "zh")
        with tempfile.TemporaryFile() as target:
            written(io.BytesIO(path.read_bytes()), marks, bookmarks, is_incremental).write(target)


def written(source: io.BytesIO, marks: Sequence[Mark], bookmarks: Sequence[Bookmark], is_incremental: bool) -> PdfWriter:
    writer = PdfWriter(source, incremental=True) if is_incremental else PdfWriter(clone_from=source)
    for mark in marks:
        page = writer.pages[mark.page - 1]
        quads = [part for box in mark.boxes for part in corners(box, page.mediabox.height)]
        place = (min(quads[0::2]), min(quads[1::2]), max(quads[0::2]), max(quads[1::2]))
        highlight = Highlight(rect=place, quad_points=ArrayObject(map(FloatObject, quads)))
        writer.add_annotation(mark.page - 1, highlight)
    for each in bookmarks:
        writer.add_outline_item(title=each.title, page_number=each.page - 1)
    return writer


def corners(box: tuple[float, float, float, float], height: float) -> tuple[float, ...]:
    left, top, right, bottom = box
    return left, height - top, right, height - top, left, height - bottom, right, height - bottom


def volume(path: Path, work: Work, times: int) -> Report:
    """One file of all pages so many times over, and the report that its parts add up to."""
    whole, findings = pikepdf.new(), list[Finding]()
    for number in range(times):
        for original, report in work:
            findings += moved(report.findings, len(whole.pages), number)
            with pikepdf.open(original) as file:
                whole.pages.extend(file.pages)
    whole.save(path)
    source = work[0][1].source.model_copy(update={"path": str(path), "sha256": None, "pages": len(whole.pages)})
    return Report(source=source, status="ok", findings=tuple(findings))


def moved(findings: Sequence[Finding], by: int, number: int) -> Iterator[Finding]:
    """The same findings some pages further on, under ids of their own."""

    def on(boxes: tuple[Box, ...]) -> tuple[Box, ...]:
        return tuple((box[0] + by, *box[1:]) for box in boxes)

    for finding in findings:
        evidence = tuple(each.model_copy(update={"boxes": on(each.boxes)}) for each in finding.evidence)
        changed = {"id": f"{number}{by}{finding.id}", "evidence": evidence, "highlight_boxes": on(finding.highlight_boxes)}
        yield finding.model_copy(update=changed)


def timed(run: Callable[[], None], runs: int) -> float:
    seconds = []
    for _ in range(runs):
        start = time.process_time()
        run()
        seconds.append(time.process_time() - start)
    return statistics.median(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--times", type=int, default=12)
    options = parser.parse_args()
    reports = [(path, extract(path)) for path in sorted(CORPUS.glob("*.pdf"))]
    work = [(path, report) for path, report in reports if report.findings]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "volume.pdf"
        both = {"reports": work, "volume": [(path, volume(path, work, options.times))]}
        print(
            f"medians of {options.runs} runs, pypdf {version('pypdf')}\n\n| | pages | findings | seconds | pages/s |\n|---|---|---|---|---|"
        )
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for name, each in both.items():
            row(f"marked, {name}", each, partial(ours, each), options.runs)
        taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        row("pypdf incremental, reports", work, partial(theirs, work, True), options.runs)
        row("pypdf whole, reports", work, partial(theirs, work, False), options.runs)
        print(f"\nThe volume has {path.stat().st_size >> 20} MB; marking took {taken >> 10} MB of memory.")


def row(name: str, work: Work, run: Callable[[], None], runs: int) -> None:
    pages = sum(report.source.pages or 0 for _, report in work)
    seconds = timed(run, runs)
    print(f"| {name} | {pages} | {sum(len(report.findings) for _, report in work)} | {seconds:.2f} | {pages / seconds:.0f} |")


if __name__ == "__main__":
    main()
