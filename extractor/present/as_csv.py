"""Findings as CSV for spreadsheets: one per row, and a row for each file that could not be read; UTF-8 with BOM."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import IO

from extractor.model import workpaper
from extractor.model.report import Decision, Evidence, Finding, Report, Summary
from extractor.present.printable import printable
from extractor.present.sink import Job, Shelf
from extractor.present.words import SEVERITIES, say

COLUMNS = (
    ("文件", "file"),
    ("单位", "unit"),
    ("年度", "year"),
    ("项目", "project"),
    ("程度", "severity"),
    ("检查", "title"),
    ("说明", "message"),
    ("报告所述", "stated"),
    ("复算", "expected"),
    ("算式", "formula"),
    ("页", "page"),
    ("原文", "quote"),
    ("检查代号", "check"),
    ("编号", "id"),
    *(workpaper.VERDICT, workpaper.REVIEWER, workpaper.DATE, workpaper.NOTE),
    ("往年意见", "earlier verdict"),
    ("往年说明", "earlier note"),
)

NOTHING = (None,) * 7
"""The empty cells after the code of a row that is no finding."""

_FORMULA = re.compile(r"[\t\r]|[\s\x00-\x20\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@＝＋－＠]")
"""Spreadsheets drop leading blanks and invisible characters, and take full-width signs for the narrow ones."""

_FIGURE = re.compile(r"[-+]?[\d.,]+[%％]?")


class Csv:
    """Rows in the order of the reports."""

    def __init__(self, stream: IO[bytes], language: str) -> None:
        self._stream = stream
        self._language = language
        stream.write(b"\xef\xbb\xbf")
        self._row([column[language == "en"] for column in COLUMNS])

    def add(self, report: Report) -> None:
        head = [report.source.path, report.unit, report.year]
        if report.error:
            label, blank = say(SEVERITIES, "failed", self._language), [None] * 5
            self._row([*head, None, label, None, report.error.message, *blank, report.error.code, *NOTHING])
        if report.status == "partial":
            told = "；".join(note.message for note in report.notes)
            code = "、".join(dict.fromkeys(note.code for note in report.notes))
            self._row([*head, None, say(SEVERITIES, "partial", self._language), None, told, *([None] * 5), code, *NOTHING])
        for finding in report.findings:
            self._row([*head, *self._cells(finding)])

    def end(self, summary: Summary) -> None:
        """A table of findings carries no totals."""

    def _cells(self, finding: Finding) -> list[str | None]:
        return [
            finding.project,
            say(SEVERITIES, finding.severity, self._language),
            finding.title,
            finding.message,
            finding.stated,
            finding.expected,
            finding.formula,
            "、".join(_places(finding.evidence)),
            " … ".join(e.quote for e in finding.evidence),
            finding.check,
            finding.id,
            *self._decided(finding.decision),
            *self._proposed(finding.proposal),
        ]

    def _decided(self, decision: Decision | None) -> list[str | None]:
        if decision is None:
            return [None] * 4
        return [workpaper.VERDICTS[decision.verdict][self._language == "en"], decision.reviewer, decision.date, decision.reason]

    def _proposed(self, proposal: Decision | None) -> list[str | None]:
        """The decision of another year in two cells: its verdict and year; its reviewer, date and reason."""
        verdict, *rest = self._decided(proposal)
        if proposal is None or verdict is None:
            return [None, None]
        return [f"{verdict} {proposal.year}" if proposal.year else verdict, " ".join(filter(None, rest))]

    def _row(self, cells: Iterable[str | None]) -> None:
        line = io.StringIO()
        csv.writer(line).writerow([guarded(cell or "") for cell in cells])
        self._stream.write(line.getvalue().encode())


def sink(job: Job, shelf: Shelf) -> Csv:
    return Csv(shelf.stream(), job.language)


def _places(evidence: Iterable[Evidence]) -> list[str]:
    return list(dict.fromkeys(str(e.page) if e.page else e.locator or "" for e in evidence))


def guarded(cell: str) -> str:
    """The text of a cell without control characters, escaped if a spreadsheet would take it for a formula.

    >>> guarded("=1+1"), guarded("-3.2%"), guarded("区级\\x1b[2J")
    ("'=1+1", '-3.2%', '区级?[2J')
    """
    mark = "'" if _FORMULA.match(cell) and not _FIGURE.fullmatch(cell) else ""
    return mark + printable(cell.replace("\r\n", "\n"))
