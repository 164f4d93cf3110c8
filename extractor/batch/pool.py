"""The supervisor: one worker process a core, each with one file at a time, killed when its file takes too long, replaced when it dies."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from extractor.batch.forks import context
from extractor.batch.limits import BLOWN
from extractor.batch.orders import READY, Lost, Orders, Outcome, Reply, Request

START_SECONDS = 120
START_FAILURES = 8
"""After so many workers in a row that did not become ready, the run is given up."""


@dataclass(frozen=True, slots=True)
class Task:
    """A request for the file at this place among the documents of the run, and how many workers died of it."""

    place: int
    request: Request
    deaths: int = 0


@dataclass(slots=True, eq=False)
class Worker:
    process: BaseProcess
    pipe: Connection
    deadline: float
    is_ready: bool = False
    task: Task | None = None
    since: float = 0.0


class Pool:
    """A pool of workers that can be killed: `start` a task where there is room, `wait` for outcomes. Leaving its block kills them."""

    def __init__(self, jobs: int, orders: Orders) -> None:
        self._jobs, self._orders = jobs, orders
        self._workers: list[Worker] = []
        self._failures = 0

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in list(self._workers):
            self._remove(worker)

    @property
    def has_room(self) -> bool:
        return len(self._workers) < self._jobs or any(worker.task is None for worker in self._workers)

    @property
    def running(self) -> list[tuple[Path, float]]:
        """The files being read, each with the time at which reading began."""
        return [(worker.task.request.path, worker.since) for worker in self._workers if worker.task]

    def start(self, task: Task) -> None:
        worker = next((worker for worker in self._workers if worker.task is None), None) or self._hired()
        worker.task, worker.since = task, time.monotonic()
        if worker.is_ready:
            self._send(worker)

    def wait(self, seconds: float, *others: Pool) -> Iterator[tuple[Task, Outcome]]:
        """The outcomes that arrive within so many seconds, from this pool and the others."""
        pools = (self, *others)
        now = time.monotonic()
        nearest = min((worker.deadline for pool in pools for worker in pool._workers if worker.task), default=now + seconds)
        pipes = {worker.pipe: (pool, worker) for pool in pools for worker in pool._workers}
        for pipe in wait(list(pipes), max(min(seconds, nearest - now), 0)):
            pool, worker = pipes[pipe]  # type: ignore[index]
            yield from pool._heard(worker)
        now = time.monotonic()
        for pool in pools:
            for worker in [worker for worker in pool._workers if worker.task and worker.deadline <= now]:
                yield from pool._overdue(worker)

    def _heard(self, worker: Worker) -> Iterator[tuple[Task, Outcome]]:
        try:
            reply = worker.pipe.recv()
        except Exception:  # the pipe was closed, or a killed worker left half a reply
            yield from self._died(worker)
            return
        if reply == READY:
            worker.is_ready, self._failures = True, 0
            if worker.task:
                self._send(worker)
        elif isinstance(reply, Reply) and worker.task:
            task, worker.task = worker.task, None
            if reply.is_last:
                self._remove(worker)
            yield task, reply.outcome

    def _died(self, worker: Worker) -> Iterator[tuple[Task, Outcome]]:
        """A file whose worker died gets a second one, since the first may have been killed from outside; then it has failed."""
        task = worker.task
        self._remove(worker)
        if not worker.is_ready:
            self._started_badly()
        elif task and worker.process.exitcode == BLOWN:
            yield task, Lost("too_large")
            return
        elif task and task.deaths:
            yield task, Lost("crashed")
            return
        if task:
            self.start(Task(task.place, task.request, task.deaths + worker.is_ready))

    def _overdue(self, worker: Worker) -> Iterator[tuple[Task, Outcome]]:
        task = worker.task
        self._remove(worker)
        if not worker.is_ready:
            self._started_badly()
        if task and worker.is_ready:
            yield task, Lost("timed_out")
        elif task:
            self.start(task)

    def _started_badly(self) -> None:
        self._failures += 1
        if self._failures == START_FAILURES:
            raise RuntimeError("no worker process can be started")
        time.sleep(0.02 * self._failures)  # it takes a moment until a killed fork server is noticed

    def _hired(self) -> Worker:
        ours, theirs = multiprocessing.Pipe()
        process = self._started(theirs)
        theirs.close()
        worker = Worker(process, ours, time.monotonic() + START_SECONDS)
        self._workers.append(worker)
        return worker

    def _started(self, pipe: Connection) -> BaseProcess:
        while True:
            process = _process(pipe, self._orders)
            try:
                process.start()
                return process
            except (OSError, EOFError):  # the fork server was killed; the next start makes a new one
                self._started_badly()

    def _send(self, worker: Worker) -> None:
        """Send the task; the time limit runs from here. If the worker is already dead, `wait` notices it."""
        task = worker.task
        assert task
        worker.since = time.monotonic()
        worker.deadline = worker.since + self._orders.timeout
        try:
            worker.pipe.send(task.request)
        except OSError:
            worker.deadline = worker.since + START_SECONDS

    def _remove(self, worker: Worker) -> None:
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()


def _serve(pipe: Connection, orders: Orders) -> None:
    """The main function of a worker; imported there, because the supervisor needs none of the pipeline."""
    from extractor.batch.worker import serve

    serve(pipe, orders)


def _process(pipe: Connection, orders: Orders) -> BaseProcess:
    """A worker process, not started."""
    return context().Process(target=_serve, args=(pipe, orders), daemon=True)  # type: ignore[attr-defined,no-any-return]
