"""Reports as a folder of Parquet files, one a table: `tables/documents.parquet` and so on."""

from __future__ import annotations

from extractor.adapters.pyarrow import ParquetFile
from extractor.model.report import Report, Summary
from extractor.present.data_rows import DataRows
from extractor.present.data_tables import TABLES
from extractor.present.files import MARK
from extractor.present.sink import Job, Shelf

HELD = 20_000
"""Rows of all tables together that are held before they are written."""


class Parquet:
    """Rows go to their files by groups, so that no more than a group is held."""

    def __init__(self, job: Job, shelf: Shelf) -> None:
        self._rows = DataRows(job.checks, job.language)
        self._files = {table.name: ParquetFile(shelf.beside(f"tables/{table.name}.parquet"), table, MARK) for table in TABLES}

    def add(self, report: Report) -> None:
        self._rows.add(report)
        if self._rows.count >= HELD:
            self._write()

    def end(self, summary: Summary) -> None:
        self._write()
        for file in self._files.values():
            file.close()

    def _write(self) -> None:
        for table, rows in self._rows.take():
            self._files[table.name].write(rows)


def sink(job: Job, shelf: Shelf) -> Parquet:
    return Parquet(job, shelf)
