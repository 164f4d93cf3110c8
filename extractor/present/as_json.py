"""Reports as the JSON contract: one object."""

from __future__ import annotations

from typing import IO

from extractor.model.report import SCHEMA_VERSION, Report, Summary, Tool
from extractor.present.sink import Job, Shelf


class Json:
    """One object; each report is written as soon as it is there."""

    def __init__(self, stream: IO[bytes], version: str) -> None:
        self._stream = stream
        self._is_first = True
        tool = Tool(version=version).model_dump_json()
        stream.write(f'{{"schema_version":"{SCHEMA_VERSION}","tool":{tool},"reports":['.encode())

    def add(self, report: Report) -> None:
        self.add_json(report.model_dump_json().encode())

    def add_json(self, report: bytes) -> None:
        """A report that is JSON already."""
        self._stream.write(b"\n" if self._is_first else b",\n")
        self._stream.write(report)
        self._is_first = False

    def end(self, summary: Summary) -> None:
        self._stream.write(f'\n],"summary":{summary.model_dump_json()}}}\n'.encode())


def sink(job: Job, shelf: Shelf) -> Json:
    return Json(shelf.stream(), job.version)
