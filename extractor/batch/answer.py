"""What comes back of a file, from the pipeline or in its place. Importing this costs no stage of the pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extractor.batch.finished import Finished
from extractor.present.failed import failed
from extractor.present.words import ERRORS, say


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a file: its record, the document where it was read anew, the traceback where the program failed.

    `lost` says why pages are missing that other limits might have spared.
    """

    finished: Finished
    document: bytes | None = None
    trace: str | None = None
    lost: str | None = None


def lost(path: Path, code: str, language: str) -> Finished:
    """The record of a file whose reading was ended from outside: timed_out, too_large, crashed."""
    return Finished.of(failed(path, code, say(ERRORS, code, language), language))
