"""Reports as a folder of Parquet files, one a table: `tables/documents.parquet` and so on."""

from __future__ import annotations

from typing import Any

from extractor.adapters.pyarrow import ParquetFile
from extractor.model.report import Report, Summary
from extractor.model.tables import Table
from extractor.present.data_tables import TABLES
from extractor.present.files import MARK
from extractor.present.shared_rows import SharedRows
from extractor.present.sink import Job, Shelf


class Parquet:
    """Rows go to their files by groups."""

    def __init__(self, job: Job, shelf: Shelf) -> None:
        self._files = {table.name: ParquetFile(shelf.beside(f"tables/{table.name}.parquet"), table, MARK) for table in TABLES}
        self._rows = SharedRows.of(job, self._write)

    def add(self, report: Report) -> None:
        self._rows.add(report, self._write)

    def end(self, summary: Summary) -> None:
        self._rows.give()
        for file in self._files.values():
            file.close()

    def _write(self, table: Table, rows: Any) -> None:
        self._files[table.name].write(rows)


def sink(job: Job, shelf: Shelf) -> Parquet:
    return Parquet(job, shelf)
