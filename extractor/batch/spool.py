"""Finished files wait on disk until their turn: results arrive in any order and are given out in that of the documents."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

from extractor.batch.finished import Finished, pack, unpack


class Spool:
    """Takes finished files by place, gives them in the order of places; memory holds two numbers for each that waits."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the spool)
        self._end = 0
        self._next = 0
        self._waiting: dict[int, tuple[int, int, str]] = {}

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, place: int, finished: Finished) -> Iterator[Finished]:
        """Take one in; give all whose turn has come."""
        if place == self._next:
            self._next += 1
            yield finished
        else:
            self._store(place, finished)
        while self._next in self._waiting:
            start, size, path = self._waiting.pop(self._next)
            self._next += 1
            self._file.seek(start)
            yield unpack(self._file.read(size), path)

    def _store(self, place: int, finished: Finished) -> None:
        packed = pack(finished)
        self._file.seek(self._end)
        self._file.write(packed)
        self._waiting[place] = self._end, len(packed), finished.path
        self._end += len(packed)
