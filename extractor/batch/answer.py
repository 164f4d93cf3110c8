"""The result of one file, from the pipeline or in its place. Importing this module loads no stage of the pipeline."""

from __future__ import annotations

import pickle
import zlib
from dataclasses import dataclass
from pathlib import Path

from extractor.batch.finished import Finished
from extractor.present.failed import failed
from extractor.present.words import ERRORS, say


@dataclass(frozen=True, slots=True)
class Kept:
    """What the cache holds of a file, packed; `is_wanted` says whether there is a cache that results can be added to."""

    document: bytes | None = None
    report: bytes | None = None  # what the record is made from, in any language, whatever checks are selected
    is_wanted: bool = True


NOTHING = Kept()
UNWANTED = Kept(is_wanted=False)
"""Nothing is cached, and there is no cache to pack anything for."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file gave no document, in Chinese."""

    code: str
    message: str


class _Packing:
    """A file-like object that compresses what is written to it."""

    def __init__(self) -> None:
        self._deflating = zlib.compressobj(1)
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(self._deflating.compress(data))
        return len(data)

    @property
    def content(self) -> bytes:
        return b"".join([*self._parts, self._deflating.flush()])


def packed(content: object) -> bytes:
    """Pickled and compressed piece by piece: the whole pickle of a long document would take much memory."""
    packing = _Packing()
    pickle.dump(content, packing, pickle.HIGHEST_PROTOCOL)
    return packing.content


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome for a file: its record, what to cache for later runs, and the traceback where the program failed.

    `lost` is the error code of pages that are missing because of the limits of this run.
    """

    finished: Finished
    fresh: Kept = NOTHING
    trace: str | None = None
    lost: str | None = None


def lost(path: Path, code: str, language: str) -> Answer:
    """The record of a file whose worker was killed or died: timed_out, too_large, crashed."""
    return unread(path, Failure(code, say(ERRORS, code, "zh")), language)


def unread(path: Path, failure: Failure, language: str) -> Answer:
    """The record of a file that could not be read."""
    told = Finished.of(failed(path, failure.code, failure.message, language))
    return Answer(told, Kept(report=packed(failure)))
