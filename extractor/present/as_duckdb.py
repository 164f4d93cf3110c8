"""Reports as one DuckDB database, to be asked in SQL."""

from __future__ import annotations

from contextlib import ExitStack

from extractor.adapters.duckdb import Database
from extractor.adapters.pyarrow import batch
from extractor.model.report import Report, Summary
from extractor.present.as_parquet import HELD
from extractor.present.data_rows import DataRows
from extractor.present.data_tables import TABLES
from extractor.present.files import seal
from extractor.present.sink import Job, Shelf


class DuckDb:
    """Rows go to the database by groups. It is sealed at the end: whoever changes it breaks the seal, and it is theirs."""

    def __init__(self, job: Job, shelf: Shelf) -> None:
        self._rows = DataRows(job.checks, job.language)
        self._stack = ExitStack()
        self._path = self._stack.enter_context(shelf.place())
        self._base = Database(self._path, TABLES, job.language)

    def add(self, report: Report) -> None:
        self._rows.add(report)
        if self._rows.count >= HELD:
            self._write()

    def end(self, summary: Summary) -> None:
        self._write()
        self._base.close()
        seal(self._path)
        self._stack.close()

    def _write(self) -> None:
        for table, rows in self._rows.take():
            self._base.write(table, batch(table, rows))


def sink(job: Job, shelf: Shelf) -> DuckDb:
    return DuckDb(job, shelf)
