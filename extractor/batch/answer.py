"""What comes back of a file, from the pipeline or in its place. Importing this costs no stage of the pipeline."""

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
    """What of a file an earlier run has kept, or this one may: packed, as `one.py` reads it."""

    document: bytes | None = None
    report: bytes | None = None  # what the record is made from, in any language, whatever checks are selected
    is_wanted: bool = True


NOTHING = Kept()
UNWANTED = Kept(is_wanted=False)
"""Nothing is kept, and nobody would keep what is packed."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file gave no document, in Chinese."""

    code: str
    message: str


class _Packing:
    """A file that deflates what is written to it."""

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
    """Pickled and deflated, piece by piece: the pickle of a volume as a whole takes much memory."""
    packing = _Packing()
    pickle.dump(content, packing, pickle.HIGHEST_PROTOCOL)
    return packing.content


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a file: its record, what is worth keeping for later runs, the traceback where the program failed.

    `lost` says why pages are missing that other limits might have spared.
    """

    finished: Finished
    fresh: Kept = NOTHING
    trace: str | None = None
    lost: str | None = None


def lost(path: Path, code: str, language: str) -> Answer:
    """The record of a file whose reading was ended from outside: timed_out, too_large, crashed."""
    return unread(path, Failure(code, say(ERRORS, code, "zh")), language)


def unread(path: Path, failure: Failure, language: str) -> Answer:
    """The record of a file that gave no document."""
    told = Finished.of(failed(path, failure.code, failure.message, language))
    return Answer(told, Kept(report=packed(failure)))
