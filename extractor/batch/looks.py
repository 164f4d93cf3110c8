"""Pages that are pictures are recognised by a separate process, and handed to the worker that reads their file."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from extractor.batch.cache import Cache
from extractor.batch.orders import Look, Lost, Outcome, Request, Saved, Seen
from extractor.config import Settings
from extractor.lexicon.packs import Lexicon
from extractor.model.document import Unreadable
from extractor.model.pages import PdfPage
from extractor.present.words import FAILURES, say
from extractor.read import look_at
from extractor.read.recognise import Recogniser, hand_back, is_installed

Answering = Callable[[Request, Settings, Lexicon], Outcome]


def looking(folder: Path | None) -> Answering:
    """The answering function of a worker that recognises pages, with the cache in this folder."""
    store = Cache(folder, lambda key, path: None) if folder else None

    def looked(request: Request, settings: Settings, lexicon: Lexicon) -> Outcome:
        assert isinstance(request, Look)
        try:
            page = look_at(request.path, request.number, store)
        except Unreadable as problem:
            return Lost(problem.code)
        except MemoryError:
            raise
        except Exception:  # whatever goes wrong with a picture, only its page is missing
            return Lost("internal_error", traceback.format_exc())
        request.into.write_bytes(pickle.dumps(page, pickle.HIGHEST_PROTOCOL))
        return Saved()

    return looked


def recogniser_of(settings: Settings, seen: Seen | None) -> Recogniser | None:
    """The recogniser of a worker that reads files: it hands the pages back, or takes those that have been recognised."""
    if not settings.ocr or not is_installed():
        return None
    return hand_back if seen is None else lambda data, numbers: _taken(seen, numbers)


def _taken(seen: Seen, numbers: Sequence[int]) -> Mapping[int, PdfPage]:
    found: dict[int, PdfPage] = {}
    for number in numbers:
        told = seen.get(number, "internal_error")
        if isinstance(told, str):
            found[number] = PdfPage(number, 0.0, 0.0, images=1, problem=say(FAILURES, told, "zh"))
        else:
            found[number] = pickle.loads(told.read_bytes())  # written by this run
    return found
