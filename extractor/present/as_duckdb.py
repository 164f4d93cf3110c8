"""Reports as one DuckDB database, to be queried in SQL."""

from __future__ import annotations

from contextlib import ExitStack

from extractor.adapters.duckdb import Database
from extractor.model.report import Report, Summary
from extractor.present.data_tables import TABLES
from extractor.present.files import seal
from extractor.present.shared_rows import SharedRows
from extractor.present.sink import Job, Shelf


class DuckDb:
    """Rows go to the database by groups. It is sealed at the end: a change breaks the seal, so that the file is not overwritten."""

    def __init__(self, job: Job, shelf: Shelf) -> None:
        self._stack = ExitStack()
        self._path = self._stack.enter_context(shelf.place())
        self._base = Database(self._path, TABLES, job.language)
        self._rows = SharedRows.of(job, self._base.write)

    def add(self, report: Report) -> None:
        self._rows.add(report, self._base.write)

    def end(self, summary: Summary) -> None:
        self._rows.give()
        self._base.close()
        seal(self._path)
        self._stack.close()


def sink(job: Job, shelf: Shelf) -> DuckDb:
    return DuckDb(job, shelf)
