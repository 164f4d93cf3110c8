"""Counts over the reports of a run."""

from __future__ import annotations

from collections import Counter

from extractor.batch.finished import SEVERITIES, VERDICTS, Finished
from extractor.model.report import ClaimCounts, FindingCounts, Report, Summary


class Tally:
    """Adds up reports one by one, so that none has to be held in memory."""

    def __init__(self, skipped: int = 0) -> None:
        self._skipped = skipped
        self._duplicates = 0
        self._suppressed = 0
        self._statuses: Counter[str] = Counter()
        self._failures: Counter[str] = Counter()
        self._findings: Counter[str] = Counter()
        self._claims: Counter[str] = Counter()

    def skip(self, count: int) -> None:
        """So many files more were no documents."""
        self._skipped += count

    def add(self, report: Report) -> None:
        self.count(Finished.of(report))

    def count(self, finished: Finished) -> None:
        self._statuses[finished.status] += 1
        self._failures.update([finished.code] if finished.code else [])
        self._duplicates += finished.is_duplicate
        self._suppressed += finished.suppressed
        for name, count in zip(SEVERITIES, finished.findings, strict=True):
            self._findings[name] += count
        for name, count in zip(VERDICTS, finished.claims, strict=True):
            self._claims[name] += count

    @property
    def summary(self) -> Summary:
        return Summary(
            documents=self._statuses.total(),
            ok=self._statuses["ok"],
            partial=self._statuses["partial"],
            failed=self._statuses["failed"],
            failures=dict(sorted(self._failures.items())),
            skipped=self._skipped,
            duplicates=self._duplicates,
            suppressed=self._suppressed,
            findings=FindingCounts(**self._findings),
            claims=ClaimCounts(**self._claims),
        )
