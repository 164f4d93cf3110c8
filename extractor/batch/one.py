"""One file of a run through the pipeline: whatever goes wrong, it gives exactly one record."""

from __future__ import annotations

import pickle
import traceback
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from extractor.batch import limits
from extractor.batch.answer import NOTHING, UNWANTED, Answer, Failure, Kept, packed, unread
from extractor.batch.duplicates import likeness
from extractor.batch.finished import Finished
from extractor.batch.looks import recogniser_of
from extractor.batch.orders import Binding, Long, Lost, Outcome, Pictured, Request, Saved, Seen, Stretch, Unpack, Whole, is_long
from extractor.config import Settings
from extractor.lexicon.packs import Lexicon
from extractor.model.document import Document, Unreadable
from extractor.model.report import Report
from extractor.pipeline import Assessed, assess, load, load_parts, told
from extractor.present.failed import failed
from extractor.present.words import ERRORS, FAILURES, say
from extractor.read import lost_part, page_count, read_pages
from extractor.read.recognise import Handed, Recogniser

_NO_DOCUMENT = Document("", "", "", ())


def outcome(request: Request, settings: Settings, lexicon: Lexicon) -> Outcome:
    """The outcome of a request to a worker. Raises nothing but MemoryError."""
    try:
        match request:
            case Stretch():
                return _saved(request, settings)
            case Binding():
                return _bound(request, settings, lexicon)
            case Unpack():
                return unpacked(request)
            case Whole(path, Kept(None, None)) if settings.engine != "reference" and is_long(pages := page_count(path)):
                return Long(pages)
            case Whole(path, kept, seen):
                return _short_lived(answer(path, settings, lexicon, kept, recogniser_of(settings, seen)), seen or {})
    except Handed as handed:
        return Pictured(handed.numbers)
    raise TypeError(request)


def unpacked(request: Unpack) -> Outcome:
    """The documents of an archive; a failure is an outcome too. Raises nothing but MemoryError."""
    from extractor.batch.archives.unpack import unpack  # not before there is an archive

    try:
        return unpack(request.path, request.into, request.name)
    except MemoryError:
        raise
    except Exception:  # whatever an archive provokes, it is one record
        return Lost("internal_error")


def _short_lived(given: Answer, seen: Seen) -> Answer:
    """The answer; where it lacks pages that other limits might have spared, it is kept for runs under the same limits alone."""
    codes = [told for _, told in sorted(seen.items()) if isinstance(told, str)]
    return replace(given, fresh=NOTHING, lost=codes[0]) if codes else given


def answer(path: Path, settings: Settings, lexicon: Lexicon, kept: Kept = NOTHING, recogniser: Recogniser | None = None) -> Answer:
    """The record of a file, from what is `kept` of an earlier run where there is something.

    Raises MemoryError, and Handed where the recogniser does.
    """
    known = _unpacked(kept.report)
    if isinstance(known, Failure):
        return unread(path, known, settings.language)
    document = _unpacked(kept.document)
    if not isinstance(document, Document):
        return _answered(path, lambda: load(path, settings.engine, recogniser), settings, lexicon, kept.is_wanted)
    document = replace(document, path=str(path))
    if isinstance(known, Assessed):
        return Answer(_record(replace(known, facts=replace(known.facts, document=document)), settings))
    given = _answered(path, lambda: document, settings, lexicon)
    return replace(given, fresh=replace(given.fresh, document=None))


def _answered(path: Path, loaded: Callable[[], Document], settings: Settings, lexicon: Lexicon, is_kept: bool = True) -> Answer:
    try:
        document = loaded()
        own = packed(document) if is_kept else None  # packed before `understand`, which adds notes to it
        limits.give_back()
        assessed = assess(document, settings, lexicon)
        if own is None:
            return Answer(_record(assessed, settings))
        bare = packed(_bare(assessed))  # packed before the record is made, so that the memory for packing is free by then
        limits.give_back()
        return Answer(_record(assessed, settings), Kept(own, bare))
    except Unreadable as problem:
        return unread(path, Failure(problem.code, problem.message), settings.language)
    except (MemoryError, Handed):
        raise
    except Exception as error:  # whatever goes wrong with a file, it is its record
        return Answer(Finished.of(_failure(path, error, settings.language)), trace=traceback.format_exc())


def _record(assessed: Assessed, settings: Settings) -> Finished:
    report = told(assessed, settings)
    return Finished.of(report, likeness(report))


def _bare(assessed: Assessed) -> Assessed:
    """What the report is made from, without the rest; the document is cached on its own."""
    return replace(assessed, facts=replace(assessed.facts, document=_NO_DOCUMENT, mentions={}, statements=(), accounts=()))


def _saved(stretch: Stretch, settings: Settings) -> Outcome:
    try:
        part = read_pages(stretch.path, settings.engine, stretch.pages, recogniser_of(settings, stretch.seen))
        stretch.into.write_bytes(pickle.dumps(part, pickle.HIGHEST_PROTOCOL))
    except Unreadable as problem:
        return Lost(problem.code)
    except (MemoryError, Handed):
        raise
    except Exception:  # whatever goes wrong with a page, only its stretch is missing
        return Lost("internal_error", traceback.format_exc())
    return Saved()


def _bound(binding: Binding, settings: Settings, lexicon: Lexicon) -> Answer:
    """The record of a long file, from its stretches. If the file changed while they were read, it is read again as a whole."""
    parts = {s.pages.start: pickle.loads(s.into.read_bytes()) for s in binding.stretches if s.pages.start not in binding.lost}
    contents = {part.sha256 for part in parts.values()}
    if len(contents) != 1:
        return answer(binding.path, settings, lexicon, NOTHING if binding.is_kept else UNWANTED)
    (sha256,) = contents
    for stretch in binding.stretches:
        if code := binding.lost.get(stretch.pages.start):
            parts[stretch.pages.start] = lost_part(sha256, stretch.pages, say(FAILURES, code, "zh"))

    def loaded() -> Document:
        """Pops the parts, so that their lines are freed once the document is built."""
        return load_parts(binding.path, [parts.pop(stretch.pages.start) for stretch in binding.stretches])

    given = _answered(binding.path, loaded, settings, lexicon, binding.is_kept)
    if not binding.lost:
        return given
    return replace(given, fresh=NOTHING, lost=binding.lost[min(binding.lost)])


def _failure(path: Path, error: Exception, language: str) -> Report:
    code = "timed_out" if isinstance(error, TimeoutError) else "internal_error"
    return failed(path, code, f"{say(ERRORS, code, language)} ({type(error).__name__})", "zh")


def _unpacked(kept: bytes | None) -> object:
    """The cached object; None where there is none or it is damaged."""
    if kept is None:
        return None
    try:
        return pickle.loads(zlib.decompress(kept))  # written by this version of the program, in a private folder
    except Exception:  # a damaged pickle raises anything
        return None
