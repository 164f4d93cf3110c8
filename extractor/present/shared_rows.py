"""The rows of a run as Arrow tables, made once for all outputs that take them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from extractor.adapters.pyarrow import batch
from extractor.model.report import Report
from extractor.model.tables import Table
from extractor.present.data_rows import DataRows
from extractor.present.sink import Job

HELD = 20_000
"""Rows of all tables together that are held before they are written."""

Taker = Callable[[Table, Any], None]
"""Writes rows of a table."""


class SharedRows:
    """Gives rows by groups, so that no more than a group is held. Every taker tells each report; the first one's word counts."""

    def __init__(self, job: Job) -> None:
        self._rows = DataRows(job.checks, job.language)
        self._takers: list[Taker] = []

    @classmethod
    def of(cls, job: Job, taker: Taker) -> SharedRows:
        """Those of the run, with one taker more."""
        made = job.shared.setdefault(cls.__name__, cls(job))
        assert isinstance(made, cls)
        made._takers.append(taker)
        return made

    def add(self, report: Report, taker: Taker) -> None:
        if taker == self._takers[0]:
            self._rows.add(report)
            if self._rows.count >= HELD:
                self.give()

    def give(self) -> None:
        """What is held, to all takers."""
        for table, rows in self._rows.take():
            if rows:
                made = batch(table, rows)
                for taker in self._takers:
                    taker(table, made)
