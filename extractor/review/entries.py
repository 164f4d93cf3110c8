"""A decision on a finding, with the details by which the finding is recognised."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from pathlib import PurePath
from typing import Literal, cast

from extractor.model.report import Decision, Finding, Report, StaleDecision
from extractor.model.workpaper import VERDICTS

VerdictName = Literal["confirmed", "false_alarm", "open"]

ID = re.compile(r"[0-9a-f]{12}")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ].*)?")
_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of spreadsheets."""
_DAYS = range(20000, 80000)
"""Numbers that are taken for day numbers: 1954 to 2119."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The fields of an entry in a baseline file, in their order; those after `reason` identify the finding."""

    id: str
    verdict: VerdictName
    reviewer: str | None = None
    date: str | None = None
    reason: str | None = None
    unit: str | None = None
    year: str | None = None
    project: str | None = None
    check: str | None = None
    stated: str | None = None
    expected: str | None = None
    series: str | None = None
    file: str | None = None

    @property
    def decision(self) -> Decision:
        return Decision(verdict=self.verdict, reviewer=self.reviewer, date=self.date, reason=self.reason)

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(part or "" for part in (self.unit, self.year, self.project, self.check, self.id))

    def says_the_same(self, other: Entry) -> bool:
        return self.decision == other.decision

    def on(self, report: Report, finding: Finding) -> Entry:
        """The entry with the details of the finding from this run."""
        return replace(
            self,
            unit=report.unit,
            year=report.year,
            project=finding.project,
            check=finding.check,
            stated=finding.stated,
            expected=finding.expected,
            series=finding.series,
            file=PurePath(report.source.path).name,
        )

    def with_rest_of(self, other: Entry) -> Entry:
        """The same decision, with details of the finding that it lacks taken from another entry."""
        told = (field.name for field in fields(self)[5:] if getattr(self, field.name) is None)
        return replace(self, **{name: getattr(other, name) for name in told})

    def stale(self, why: Literal["gone", "changed"]) -> StaleDecision:
        kept = {name: getattr(self, name) for name in ("id", "series", "check", "unit", "year", "project", "stated")}
        return StaleDecision(**kept, why=why, decision=self.decision)


def verdict_of(text: str) -> VerdictName | None:
    """The verdict that a word stands for, in either language; None for any other word.

    >>> verdict_of("误报"), verdict_of(" False Alarm"), verdict_of("false_alarm"), verdict_of("对")
    ('false_alarm', 'false_alarm', 'false_alarm', None)
    """
    plain = "".join(text.split()).casefold()
    for name, words in VERDICTS.items():
        if plain in {"".join(word.split()).casefold() for word in (name, *words)}:
            return cast(VerdictName, name)
    return None


def day_of(value: object) -> str | None:
    """The day as 2026-03-05, from a date, a spreadsheet's day number, or text. ValueError for anything else.

    >>> day_of("2026年3月5日"), day_of("2026/3/5"), day_of("２０２６－３－５"), day_of(46086.0), day_of("  ")
    ('2026-03-05', '2026-03-05', '2026-03-05', '2026-03-05', None)
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool) and _DAYS.start <= value < _DAYS.stop:
        return (_FIRST_DAY + timedelta(days=int(value))).isoformat()
    if not isinstance(value, str):
        raise ValueError(value)
    text = unicodedata.normalize("NFKC", value).strip()  # as typed with a Chinese keyboard
    if not text:
        return None
    match = _DATE.fullmatch(text)
    if match:
        return date(*map(int, match.groups())).isoformat()
    return day_of(int(text)) if text.isascii() and text.isdigit() and int(text) in _DAYS else _no_day(text)


def _no_day(text: str) -> str:
    if re.fullmatch(r"\d{8}", text, re.ASCII):
        return date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat()
    raise ValueError(text)
