"""One file of a run through the pipeline: whatever it provokes, it gives one record."""

from __future__ import annotations

import pickle
import traceback
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from extractor.batch.answer import Answer
from extractor.batch.duplicates import likeness
from extractor.batch.finished import Finished
from extractor.batch.orders import Binding, Laid, Long, Lost, Outcome, Request, Stretch, Whole
from extractor.batch.stretches import is_long
from extractor.config import Settings
from extractor.lexicon.packs import Lexicon
from extractor.model.document import Document, Unreadable
from extractor.model.report import Report
from extractor.pipeline import judge, load, load_parts
from extractor.present.failed import failed
from extractor.present.words import ERRORS, FAILURES, say
from extractor.read import lost_part, page_count, read_pages


def outcome(request: Request, settings: Settings, lexicon: Lexicon) -> Outcome:
    """What becomes of a request to a worker. Raises MemoryError alone."""
    match request:
        case Stretch():
            return _laid(request, settings.engine)
        case Binding():
            return _bound(request, settings, lexicon)
        case Whole(path, None) if settings.engine != "reference" and is_long(pages := page_count(path)):
            return Long(pages)
    return answer(request.path, settings, lexicon, request.kept)


def answer(path: Path, settings: Settings, lexicon: Lexicon, kept: bytes | None = None) -> Answer:
    """The record of a file, from the document `kept` of an earlier run where there is one. Raises MemoryError alone."""
    document = _revived(kept, path)
    if document is None:
        return _answered(path, lambda: load(path, settings.engine), settings, lexicon)
    return replace(_answered(path, lambda: document, settings, lexicon), document=None)


def _answered(path: Path, loaded: Callable[[], Document], settings: Settings, lexicon: Lexicon) -> Answer:
    try:
        document = loaded()
        report = judge(document, settings, lexicon)
        kept = zlib.compress(pickle.dumps(document, pickle.HIGHEST_PROTOCOL), 1)
        return Answer(Finished.of(report, likeness(report)), kept)
    except Unreadable as problem:
        return Answer(Finished.of(failed(path, problem.code, problem.message, settings.language)))
    except MemoryError:
        raise
    except Exception as error:  # whatever a file provokes, it is that file's record
        return Answer(Finished.of(_failure(path, error, settings.language)), trace=traceback.format_exc())


def _laid(stretch: Stretch, engine: str) -> Outcome:
    try:
        part = read_pages(stretch.path, engine, stretch.pages)
        stretch.into.write_bytes(pickle.dumps(part, pickle.HIGHEST_PROTOCOL))
    except Unreadable as problem:
        return Lost(problem.code)
    except MemoryError:
        raise
    except Exception:
        return Lost("internal_error")
    return Laid()


def _bound(binding: Binding, settings: Settings, lexicon: Lexicon) -> Answer:
    """The record of a long file. One that changed while its stretches were read is read at once."""
    parts = {s.pages.start: pickle.loads(s.into.read_bytes()) for s in binding.stretches if s.pages.start not in binding.lost}
    contents = {part.sha256 for part in parts.values()}
    if len(contents) != 1:
        return answer(binding.path, settings, lexicon)
    (sha256,) = contents
    for stretch in binding.stretches:
        if code := binding.lost.get(stretch.pages.start):
            parts[stretch.pages.start] = lost_part(sha256, stretch.pages, say(FAILURES, code, "zh"))
    ordered = [parts[start] for start in sorted(parts)]
    given = _answered(binding.path, lambda: load_parts(binding.path, ordered), settings, lexicon)
    if not binding.lost:
        return given
    return replace(given, document=None, lost=next(iter(binding.lost.values())))


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
