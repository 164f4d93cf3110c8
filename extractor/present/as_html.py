"""One self-contained web page of findings with pictures of their pages; if there are many, an index and one file for each unit."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO
from urllib.parse import quote

from extractor.model.report import Report, Summary
from extractor.present.html.overview import summary_of
from extractor.present.html.page import FOLDER, Pages
from extractor.present.html.plan import parts
from extractor.present.html.store import Store, order
from extractor.present.html.studio import Studio
from extractor.present.sink import Job, Shelf

LONG = 150
"""In a run of more files, pictures are compressed faster and become larger."""


class Html:
    """Reports and pictures wait on disk until the last report is there."""

    def __init__(self, stream: IO[bytes], job: Job, shelf: Shelf) -> None:
        self._stream, self._job, self._shelf = stream, job, shelf
        self._room = TemporaryDirectory(prefix="extract-", ignore_cleanup_errors=True)
        self._folder = Path(self._room.name)
        self._store, self._studio = Store(self._folder), Studio()

    def add(self, report: Report) -> None:
        entry = self._store.add(report)
        path = self._job.source(report.source.path)
        if path and report.source.media_type == "application/pdf" and any(entry.sheets):
            self._studio.order(
                entry.key, order(entry, path, self._folder / str(entry.number), len(self._job.originals) + len(self._job.members) > LONG)
            )

    def end(self, summary: Summary) -> None:
        answers, entries = self._studio.answers(), self._store.entries
        pages = Pages(self._job, self._store)
        found = parts(entries, answers, self._job.split_by == "unit")
        if len(found) == 1 and not found[0].name:
            pages.write(self._stream, found[0], entries, summary)
        else:
            counts = {place: summary_of(part.entries) for place, part in enumerate(found)}
            pages.index(self._stream, found, entries, summary, counts)
            for place, part in enumerate(found):
                with self._shelf.beside(f"{FOLDER}/{part.name}") as stream:
                    pages.write(stream, part, part.entries, counts[place], home=f"../{quote(self._shelf.name)}")
        self._stream.flush()
        self._store.close()
        self._room.cleanup()


def sink(job: Job, shelf: Shelf) -> Html:
    return Html(shelf.stream(), job, shelf)
