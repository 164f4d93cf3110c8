"""Readers that behave badly, each in the way that the file's name says; workers call them by name."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

from extractor.batch.answer import Answer
from extractor.batch.one import answer
from extractor.config import Settings
from extractor.lexicon.packs import Lexicon


def by_name(path: Path, settings: Settings, lexicon: Lexicon, kept: bytes | None) -> Answer:
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
    return answer(path, settings, lexicon, kept)


def _die_the_first_time(path: Path) -> None:
    mark = path.with_suffix(".been")
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
