"""Findings marked in a copy of each PDF: the passages in colour, a note on each, bookmarks that lead to them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from extractor.adapters.annotations import Bookmark, Ink, Mark
from extractor.config import ConfigError
from extractor.model.document import Box
from extractor.model.pages import Rect
from extractor.model.report import NAME, Finding, Report, SourceFile, Summary
from extractor.model.workpaper import FINDINGS
from extractor.present.files import MARK, MARKED
from extractor.present.marked_notes import headline, note, unmarked
from extractor.present.printable import tell
from extractor.present.sink import Job, Shelf

PDF = "application/pdf"
MARGIN, NOTE = 12.0, 14.0
ABOVE = 24.0
"""Points that a bookmark shows above its passage."""

INKS = {
    "error": Ink((1.0, 0.86, 0.84), (1.0, 0.62, 0.58), (0.75, 0.0, 0.0)),
    "warning": Ink((1.0, 0.94, 0.72), (1.0, 0.82, 0.36), (0.72, 0.42, 0.0)),
    "info": Ink((0.86, 0.93, 1.0), (0.66, 0.82, 1.0), (0.05, 0.32, 0.68)),
    "suppressed": Ink((0.92, 0.92, 0.92), (0.82, 0.82, 0.82), (0.45, 0.45, 0.45)),
}


class Markup:
    """One copy for each PDF that has findings; a file that cannot be marked is reported on stderr, and the run goes on."""

    def __init__(self, job: Job, shelf: Shelf) -> None:
        self._job, self._shelf = job, shelf
        shelf.expect(MARKED)

    def add(self, report: Report) -> None:
        path, language = report.source.path, self._job.language
        name, original = self._job.marked.get(path), self._job.source(path)
        findings = report.findings
        if name and original and findings and report.source.media_type == PDF:
            from extractor.adapters.pypdf import Refused  # imported on demand: it takes a fifth of a second

            try:
                self._write(name, original, report.source, findings)
            except ConfigError as error:  # the existing copy is not ours, or somebody added notes to it
                tell(unmarked(path, error.texts[language == "en"], language))
            except (Refused, OSError) as error:
                self._job.marked.pop(path, None)
                tell(unmarked(path, error.strerror if isinstance(error, OSError) else str(error), language))
        else:
            self._job.marked.pop(path, None)

    def _write(self, name: str, original: Path, source: SourceFile, findings: Sequence[Finding]) -> None:
        from extractor.adapters.pypdf import Refused, mark

        with self._shelf.place(name) as made, original.open("rb") as stream, made.open("wb") as target:
            if source.sha256 and hashlib.file_digest(stream, "sha256").hexdigest() != source.sha256:
                raise Refused("changed")
            marks, bookmarks = marked(findings, self._job.language)
            mark(stream, target, source.pages, marks, bookmarks, (NAME, FINDINGS[self._job.language == "en"], MARK))

    def end(self, summary: Summary) -> None:
        """Each file stands by itself."""


def sink(job: Job, shelf: Shelf) -> Markup:
    return Markup(job, shelf)


def boxes(finding: Finding) -> list[Box]:
    return [box for passage in finding.evidence for box in passage.boxes]


def marked(findings: Sequence[Finding], language: str) -> tuple[list[Mark], list[Bookmark]]:
    """The marks of a document, the most severe last so that they lie on top; its bookmarks in the order of the report."""
    order = ("suppressed", "info", "warning", "error")
    marks = [mark for finding in sorted(findings, key=lambda each: order.index(_look(each))) for mark in _marks(finding, language)]
    bookmarks = []
    margins = list(_margins(findings, language))
    starts = {mark.name: mark for mark in (*margins, *marks)}  # the first mark of a finding is named by its id
    for finding in findings:
        page, (_, top, *_) = starts[finding.id].page, starts[finding.id].boxes[0]
        bookmarks.append(Bookmark(headline(finding, page, language), page, top - ABOVE))
    return [*margins, *marks], bookmarks


def _margins(findings: Iterable[Finding], language: str) -> Iterator[Mark]:
    """A note in the corner of the first page for each finding without a known place on a page."""
    for place, finding in enumerate(each for each in findings if not boxes(each)):
        box = (MARGIN, MARGIN + place * 1.5 * NOTE, MARGIN + NOTE, MARGIN + place * 1.5 * NOTE + NOTE)
        yield Mark(1, (box,), (box,), INKS[_look(finding)], finding.id, finding.title, note(finding, language), is_in_margin=True)


def _marks(finding: Finding, language: str) -> Iterator[Mark]:
    """A mark for each passage and page."""
    text, number = note(finding, language), 0
    left = list(finding.highlight_boxes)
    for passage in finding.evidence:
        for page, own in groupby(sorted(passage.boxes, key=_page), _page):
            rects = tuple(_rect(box) for box in own)
            figures = tuple(_rect(box) for box in left if box[0] == page and any(_lies_in(_rect(box), rect) for rect in rects))
            left = [box for box in left if box[0] != page or _rect(box) not in figures]
            number += 1
            name = finding.id if number == 1 else f"{finding.id}-{number}"
            yield Mark(page, rects, figures, INKS[_look(finding)], name, finding.title, text)


def _page(box: Box) -> int:
    return box[0]


def _look(finding: Finding) -> str:
    return "suppressed" if finding.is_suppressed else finding.severity


def _rect(box: Box) -> Rect:
    return box[1], box[2], box[3], box[4]


def _lies_in(figure: Rect, line: Rect) -> bool:
    """Does the middle of a box lie in another?"""
    across, down = (figure[0] + figure[2]) / 2, (figure[1] + figure[3]) / 2
    return line[0] <= across <= line[2] and line[1] <= down <= line[3]
