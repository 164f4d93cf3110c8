"""Pictures of pages, drawn by other processes while reports come in; if one hangs or dies, its file has no pictures."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Mapping
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from extractor.adapters.page_pictures import Order, Pictures, serve

PATIENCE = 20.0
"""Seconds that a file may take, and two more for each page."""


class Studio:
    """Takes orders by key; every key is drawn once."""

    def __init__(self) -> None:
        self._orders: queue.SimpleQueue[tuple[str, Order] | None] = queue.SimpleQueue()
        self._answers: dict[str, Pictures] = {}
        self._threads: list[threading.Thread] = []
        self._known: set[str] = set()

    def order(self, key: str, order: Order) -> None:
        if key in self._known:
            return
        self._known.add(key)
        self._orders.put((key, order))
        if len(self._threads) < min(2, os.cpu_count() or 1, len(self._known)):
            self._threads.append(threading.Thread(target=self._draw, daemon=True))
            self._threads[-1].start()

    def answers(self) -> Mapping[str, Pictures]:
        """Waits for all orders; returns the pictures by key."""
        for _ in self._threads:
            self._orders.put(None)
        for thread in self._threads:
            thread.join()
        return self._answers

    def _draw(self) -> None:
        artist = Artist()
        while (taken := self._orders.get()) is not None:
            key, order = taken
            self._answers[key] = artist.draw(order)
        artist.close()


class Artist:
    """A process that draws; it is replaced if it fails."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._line: Connection | None = None

    def draw(self, order: Order) -> Pictures:
        try:
            line = self._line or self._start()
            line.send(order)
            if line.poll(PATIENCE + 2 * len(order.pages)):
                answer: Pictures = line.recv()
                return answer
        except (EOFError, OSError):
            pass
        self.close()
        return {}

    def close(self) -> None:
        if self._line:
            self._line.close()
        if self._process:
            self._process.kill()
            self._process.join()  # not closed: where a run fails, the interpreter waits for it too
        self._process = self._line = None

    def _start(self) -> Connection:
        context = get_context("spawn")
        self._line, other = context.Pipe()
        self._process = context.Process(target=serve, args=(other,), daemon=True)
        self._process.start()
        other.close()
        return self._line
