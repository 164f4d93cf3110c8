"""A worker: a process that reads one file after the other, and that a bad file may kill."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from extractor.adapters import libreoffice
from extractor.batch import limits
from extractor.batch.looks import looking
from extractor.batch.one import outcome
from extractor.batch.orders import READY, Lost, Orders, Outcome, Reply, Request
from extractor.config import Settings
from extractor.lexicon.packs import Lexicon, default, load
from extractor.read.recognise import make_ready

Answering = Callable[[Request, Settings, Lexicon], Outcome]


def serve(pipe: Connection, orders: Orders) -> None:
    """Answer the requests from the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor decides when to stop
    _silence()
    if orders.folder:
        os.chdir(orders.folder)
    packs = [Path(folder) for folder in orders.settings.patterns]
    lexicon = load(packs) if packs else default()
    answering = _named(orders.answering) if orders.answering else looking(orders.cache) if orders.looks else outcome
    if orders.looks:
        make_ready()
    libreoffice.limit(orders.timeout)
    tempfile.tempdir = orders.scratch or None  # so that files of a killed worker are removed with the run
    limits.collect_seldom()
    limits.cap_memory(orders.memory)
    fresh = limits.taken()
    pipe.send(READY)
    is_last = False
    while not is_last:
        try:
            request = pipe.recv()
            limits.cap_time(orders.timeout)
            given = _given(answering, request, orders, lexicon)
            is_last = given is None or limits.taken() - fresh > orders.memory * limits.MEGABYTE // 4
            pipe.send(Reply(given or Lost("too_large"), is_last))
            del given
            limits.give_back()
        except (EOFError, OSError):  # the supervisor is gone, and cannot remove its folders
            for folder in filter(None, (orders.scratch, orders.members)):
                shutil.rmtree(folder, ignore_errors=True)
            return


def _given(answering: Answering, request: Request, orders: Orders, lexicon: Lexicon) -> Outcome | None:
    """The outcome, or None if memory ran out; what had filled it is freed when this returns."""
    try:
        return answering(request, orders.settings, lexicon)
    except MemoryError:
        return None


def _silence() -> None:
    """C libraries write to stdout and stderr at will; those of a worker go nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _named(place: str) -> Answering:
    module, _, name = place.partition(":")
    function: Answering = getattr(import_module(module), name)
    return function
