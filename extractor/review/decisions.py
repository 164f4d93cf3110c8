"""The decisions of a run: applied to its findings, and reported where no finding matches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from extractor.model.report import Decision, Finding, Report, StaleDecision
from extractor.model.workpaper import VERDICTS, Both
from extractor.review import baseline
from extractor.review.entries import Entry
from extractor.review.merge import Merged, merged
from extractor.review.words import both, problem
from extractor.review.workbook import Reviewed, reviewed

STALE_TOLD = 10
"""So many stale decisions are reported one by one."""


def gathered(path: Path | None, books: Sequence[Path], checks: Collection[str]) -> Review:
    """The decisions of a baseline and of reviewed workbooks, for a run of these checks. ConfigError for what cannot be used."""
    kept = baseline.read(path) if path else {}
    if path and books:
        baseline.must_be_writable(path)
    read = [reviewed(book) for book in books]
    told = [both("no_baseline", path=path)] if path and not path.exists() and not books else []
    told += [line for book in read for line in _taken(book)]
    known = merged(path, kept, read)
    return Review(known, read, frozenset(kept), frozenset(checks), [*told, *known.told])


def _taken(book: Reviewed) -> Iterator[Both]:
    counts = Counter(entry.verdict for entry in book.entries)
    pairs = [(VERDICTS[name], count) for name, count in counts.items()]
    chinese, english = ("、".join(f"{pair[0]} {count}" for pair, count in pairs), ", ".join(f"{pair[1]} {count}" for pair, count in pairs))
    yield both("taken", path=book.path, count=len(book.entries), counts=(chinese or "0", english or "0"))


@dataclass(slots=True)
class _Checked:
    """What the run has checked."""

    reports: set[tuple[str | None, str | None]]  # unit and year
    files: set[tuple[str, str | None]]  # file name and year, of reports without a unit
    has_failed: bool = False


class Review:
    """Sees every report of a run once; after that it knows which decisions are stale."""

    def __init__(self, known: Merged, books: Sequence[Reviewed], kept: Collection[str], checks: Collection[str], told: list[Both]) -> None:
        self._entries, self._fresh = dict(known.entries), known.fresh
        self._books, self._kept, self._checks = books, kept, checks
        self.told = told
        self._seen: set[str] = set()
        self._changed: set[str] = set()
        self._proposed: set[str] = set()
        self._checked = _Checked(set(), set())
        self._series: dict[str, list[Entry]] = {}
        for entry in self._entries.values():
            if entry.series and entry.year and entry.verdict != "open":
                self._series.setdefault(entry.series, []).append(entry)

    @property
    def entries(self) -> Collection[Entry]:
        """All decisions, with the details of their findings from this run."""
        return self._entries.values()

    def applied(self, report: Report) -> Report:
        """The report with the decisions on its findings; the same object where there are none."""
        if report.error:
            self._checked.has_failed = True
            return report
        self._checked.reports.add((report.unit, report.year))
        self._checked.files.add((PurePath(report.source.path).name, report.year))
        made = tuple(self._finding(report, finding) for finding in report.findings)
        if all(one is other for one, other in zip(made, report.findings, strict=True)):
            return report
        return report.model_copy(update={"findings": made})

    def _finding(self, report: Report, finding: Finding) -> Finding:
        entry = self._entries.get(finding.id)
        if entry is not None:
            self._seen.add(finding.id)
            if finding.id in self._fresh:
                self._entries[finding.id] = entry = entry.on(report, finding)
            elif entry.expected is not None and entry.expected != finding.expected:
                self._changed.add(finding.id)
                return finding
            else:
                self._entries[finding.id] = entry = entry.with_rest_of(entry.on(report, finding))
            return finding.model_copy(update={"decision": entry.decision})
        earlier = self._earlier(report.year, finding.series)
        if earlier is None:
            return finding
        self._proposed.add(earlier.id)
        proposal = Decision(**{**dict(earlier.decision), "year": earlier.year})
        return finding.model_copy(update={"proposal": proposal})

    def _earlier(self, year: str | None, series: str) -> Entry | None:
        """The decision on the same point in the nearest earlier year, else in any other year."""
        others = [entry for entry in self._series.get(series, ()) if entry.year != year]
        if not others:
            return None
        return max(others, key=lambda entry: ((entry.year or "") < (year or "9999"), entry.year or "", entry.date or "", entry.id))

    @property
    def stale(self) -> tuple[StaleDecision, ...]:
        """Decisions whose finding is gone or has changed, although its report was checked."""
        gone = [entry.stale("gone") for entry in self._ordered if entry.id not in self._seen and self._was_checked(entry)]
        changed = [entry.stale("changed") for entry in self._ordered if entry.id in self._changed]
        return (*changed, *gone)

    @property
    def _ordered(self) -> list[Entry]:
        return sorted(self._entries.values(), key=lambda entry: entry.order)

    def _was_checked(self, entry: Entry) -> bool:
        if entry.check and entry.check not in self._checks:
            return False
        if entry.unit:
            years = {year for unit, year in self._checked.reports if unit == entry.unit}
        else:
            years = {year for name, year in self._checked.files if name == entry.file}
        return entry.year in years or (entry.year is None and bool(years) and not entry.series)

    def must_belong(self) -> None:
        """ConfigError for a workbook with no decision on any of these reports."""
        if self._checked.has_failed:
            return
        for book in self._books:
            entries = [self._entries[entry.id] for entry in book.entries]
            if entries and not any(self._may_belong(entry) for entry in entries):
                raise problem("other_workbook", path=book.path, count=len(entries), id=entries[0].id)

    def _may_belong(self, entry: Entry) -> bool:
        units = {unit for unit, _ in self._checked.reports}
        return not entry.unit or entry.unit in units or entry.id in self._seen | self._proposed or entry.id in self._kept

    def last_words(self) -> Iterator[Both]:
        """The messages after the run: stale decisions, and decisions of workbooks that match no finding."""
        stale = self.stale
        for one in stale[:STALE_TOLD]:
            told = [part for part in (one.unit, one.year, one.project, one.check, one.stated) if part]
            pair = ("，".join(told) or "—", ", ".join(told) or "—")
            yield both(f"stale_{one.why}", id=one.id, verdict=VERDICTS[one.decision.verdict], what=pair)
        if len(stale) > STALE_TOLD:
            yield both("more_stale", count=len(stale) - STALE_TOLD)
        handed = dict.fromkeys(entry.id for book in self._books for entry in book.entries)
        lost = [key for key in handed if key not in self._seen | self._proposed | {one.id for one in stale}]
        if lost:
            yield both("unmatched", count=len(lost), id=lost[0])
