"""Reports as the JSON contract: each on a line of its own."""

from __future__ import annotations

from typing import IO

from extractor.model.report import Report, Summary
from extractor.present.sink import Job, Shelf


class JsonLines:
    """Each report on a line of its own."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def add(self, report: Report) -> None:
        self.add_json(report.model_dump_json().encode())

    def add_json(self, report: bytes) -> None:
        """A report that is JSON already."""
        self._stream.write(report + b"\n")

    def end(self, summary: Summary) -> None:
        """Lines have no end of their own."""


def sink(job: Job, shelf: Shelf) -> JsonLines:
    return JsonLines(shelf.stream())
