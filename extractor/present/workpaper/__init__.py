"""The working paper: a workbook of everything that was found, for the auditor to decide in."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from dataclasses import replace

from extractor.adapters.xlsxwriter import Book
from extractor.model.report import Report, Summary
from extractor.model.workpaper import NO_UNIT
from extractor.present.files import MARK
from extractor.present.sink import Job, Shelf, Sink
from extractor.present.unit_names import folded
from extractor.present.workpaper.about import About
from extractor.present.workpaper.claims import Claims
from extractor.present.workpaper.desk import Desk
from extractor.present.workpaper.files import Coverage, Unread
from extractor.present.workpaper.findings import Findings
from extractor.present.workpaper.look import BASE, EMPHASIS
from extractor.present.workpaper.overview import TITLE, Overview
from extractor.present.workpaper.projects import Projects

COMMENT = (
    "由 extractor 生成；在“疑点”表中填写复核意见后可交回程序读取",
    "Made by extractor; verdicts filled in on the sheet of findings can be read back",
)
FOLDER, INDEX = "workpapers", ("_覆盖情况", "_coverage")
FEW = 20
"""Workbooks of at most so many reports are held in memory: many small ones are written faster without temporary files."""


def sink(job: Job, shelf: Shelf) -> Sink:
    return Split(job, shelf) if job.split_by else Workpaper(job, shelf)


class Workpaper:
    """One workbook; its rows wait on disk until the end."""

    def __init__(self, job: Job, shelf: Shelf, name: str | None = None, is_small: bool = False) -> None:
        self._shelf, self._name = shelf, name
        assert shelf.folder is not None
        self._book = Book(BASE, EMPHASIS, is_small)
        desk = self._desk = Desk(job, self._book, shelf.folder, "../" if name else "")
        self._overview, self._findings = Overview(desk), Findings(desk)
        self._others = (Claims(desk), Unread(desk), Coverage(desk), Projects(desk), About(desk))

    def add(self, report: Report) -> None:
        for sheet in (self._overview, self._findings, *self._others):
            sheet.add(report)

    def end(self, summary: Summary) -> None:
        self._findings.end()
        self._overview.end(self._findings.sheet.rows)
        for sheet in self._others:
            sheet.end()
        with self._shelf.place(self._name) as path:
            self._book.save(path, MARK, self._desk.say(TITLE), self._desk.say(COMMENT))


class Index:
    """The workbook beside those of units: who filed and who did not, what was not read, the files of the run."""

    def __init__(self, job: Job, shelf: Shelf) -> None:
        self._shelf = shelf
        assert shelf.folder is not None
        self._book = Book(BASE, EMPHASIS)
        desk = self._desk = Desk(job, self._book, shelf.folder, "../")
        self._sheets = (Coverage(desk), Unread(desk), About(desk))

    def add(self, report: Report) -> None:
        for sheet in self._sheets:
            sheet.add(report)

    def end(self) -> None:
        for sheet in self._sheets:
            sheet.end()
        with self._shelf.place(f"{FOLDER}/{self._desk.say(INDEX)}.xlsx") as path:
            self._book.save(path, MARK, self._desk.say(TITLE), self._desk.say(COMMENT))


class Split:
    """A workbook for each unit or year. Reports wait on disk, so that only one workbook is open at a time."""

    def __init__(self, job: Job, shelf: Shelf) -> None:
        shelf.expect(FOLDER)
        self._job, self._shelf, self._index = job, shelf, Index(job, shelf)
        self._waiting = tempfile.TemporaryFile()  # noqa: SIM115 (closed at the end)
        self._names: dict[str, str] = {}
        self._places: dict[str, list[tuple[int, int]]] = defaultdict(list)

    def add(self, report: Report) -> None:
        own = report.year if self._job.split_by == "year" else report.unit
        name = own or NO_UNIT[self._job.language == "en"]
        self._names.setdefault(folded(name), name)
        self._index.add(report)
        data = report.model_dump_json().encode()
        self._places[folded(name)].append((self._waiting.tell(), len(data)))
        self._waiting.write(data)

    def end(self, summary: Summary) -> None:
        self._index.end()
        for key, places in self._places.items():
            units = tuple(name for name in self._job.units if folded(name) == key)
            made = Workpaper(replace(self._job, units=units), self._shelf, f"{FOLDER}/{_flat(self._names[key])}.xlsx", len(places) <= FEW)
            for start, size in places:
                self._waiting.seek(start)
                made.add(Report.model_validate_json(self._waiting.read(size)))
            made.end(summary)
        self._waiting.close()


def _flat(name: str) -> str:
    """The name as one part of a path.

    >>> _flat("../水务站")
    '.._水务站'
    """
    return name.replace("/", "_")[:60]
