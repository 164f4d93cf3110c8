"""One file of a run through the pipeline: whatever it provokes, it gives one record."""

from __future__ import annotations

import pickle
import traceback
import zlib
from dataclasses import replace
from pathlib import Path

from extractor.batch.answer import Answer
from extractor.batch.duplicates import likeness
from extractor.batch.finished import Finished
from extractor.config import Settings
from extractor.lexicon.packs import Lexicon
from extractor.model.document import Document, Unreadable
from extractor.model.report import Report
from extractor.pipeline import judge, load
from extractor.present.failed import failed
from extractor.present.words import ERRORS, say


def answer(path: Path, settings: Settings, lexicon: Lexicon, kept: bytes | None = None) -> Answer:
    """The record of a file, from the document `kept` of an earlier run where there is one. Raises MemoryError alone."""
    try:
        document = _revived(kept, path)
        fresh = None
        if document is None:
            document = load(path, settings.engine)
            fresh = zlib.compress(pickle.dumps(document, pickle.HIGHEST_PROTOCOL), 1)
        report = judge(document, settings, lexicon)
        return Answer(Finished.of(report, likeness(report)), fresh)
    except Unreadable as problem:
        return Answer(Finished.of(failed(path, problem.code, problem.message, settings.language)))
    except MemoryError:
        raise
    except Exception as error:  # whatever a file provokes, it is that file's record
        return Answer(Finished.of(_failure(path, error, settings.language)), trace=traceback.format_exc())


def _failure(path: Path, error: Exception, language: str) -> Report:
    code = "timed_out" if isinstance(error, TimeoutError) else "internal_error"
    return failed(path, code, f"{say(ERRORS, code, language)} ({type(error).__name__})", "zh")


def _revived(kept: bytes | None, path: Path) -> Document | None:
    """The document kept in the cache, None where there is none or it is damaged."""
    if kept is None:
        return None
    try:
        document = pickle.loads(zlib.decompress(kept))  # written by this very version of the program
    except Exception:  # a damaged pickle raises anything
        return None
    return replace(document, path=str(path)) if isinstance(document, Document) else None
