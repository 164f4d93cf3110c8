"""Readers that behave badly, each in the way that the file's name says; workers call them by name."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

from extractor.batch import one
from extractor.batch.one import outcome
from extractor.batch.orders import Binding, Outcome, Request, Stretch, Whole
from extractor.config import Settings
from extractor.lexicon.packs import Lexicon
from extractor.read import Part


def by_name(request: Request, settings: Settings, lexicon: Lexicon) -> Outcome:
    path = request.path
    if path.suffix == ".pdf":
        return _of_long(request, settings, lexicon)
    if path.name.startswith("hang"):
        threading.Event().wait()
    if path.name.startswith("abort"):
        os.abort()
    if path.name.startswith("killed"):
        os.kill(os.getpid(), signal.SIGKILL)
    if path.name.startswith("once"):
        _die_the_first_time(path)
    if path.name.startswith("memory"):
        held = [bytearray(1 << 24) for _ in range(1 << 10)]
        assert held
    if path.name.startswith("exit"):
        os._exit(0)
    return outcome(request, settings, lexicon)


def _of_long(request: Request, settings: Settings, lexicon: Lexicon) -> Outcome:
    """hang-60-160.pdf hangs at its pages 60 and 160, abort-60.pdf aborts, memory-60.pdf runs out; bind.pdf when bound; raise.pdf fails."""
    way, *pages = request.path.stem.split("-")
    if isinstance(request, Binding) and way == "bind":
        os.abort()
    if way == "raise":
        one.read_pages = _raise  # in this worker alone
    if isinstance(request, Stretch) and any(int(page) in request.pages for page in pages):
        return by_name(Whole(request.path.with_name(f"{way}.txt")), settings, lexicon)
    return outcome(request, settings, lexicon)


def _raise(*_: object) -> Part:
    raise ZeroDivisionError("a stretch")


def _die_the_first_time(path: Path) -> None:
    mark = path.with_suffix(".been")
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
