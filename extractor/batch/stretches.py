"""Long files: their pages are read by several workers, a stretch each, and put together by one of them.

A stretch that is lost costs its own pages. The pages themselves travel from worker to worker in files of the run's spool.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from extractor.batch.answer import Answer, Kept, lost
from extractor.batch.orders import Binding, Long, Lost, Outcome, Stretch, Whole
from extractor.batch.pool import Pool, Task

LONG, LONGEST = 100, 5000
"""Files of more pages than these two are read in one go: the former are quick, the latter lie about their pages."""

STRETCH = 50
"""Pages that one worker reads at a time."""

PATIENCE = 3
"""So many stretches lost before any is read, and the file is given up."""


def is_long(pages: int) -> bool:
    return LONG < pages <= LONGEST


@dataclass(slots=True)
class Volume:
    """A long file while its stretches are read."""

    path: Path
    stretches: tuple[Stretch, ...]
    open: set[int]
    is_kept: bool
    lost: dict[int, str] = field(default_factory=dict)

    @property
    def is_hopeless(self) -> bool:
        heard = len(self.stretches) - len(self.open)
        return heard == len(self.lost) and (heard >= PATIENCE or not self.open)


class Crew:
    """The pool as a run uses it: files in, answers out, with the stretches of long files in between."""

    def __init__(self, pool: Pool, spool: Path, language: str) -> None:
        self._pool, self._spool, self._language = pool, spool, language
        self._waiting: deque[Task] = deque()
        self._volumes: dict[int, Volume] = {}

    @property
    def has_room(self) -> bool:
        return not self._waiting and self._pool.has_room

    def start(self, place: int, path: Path, kept: Kept) -> None:
        self._pool.start(Task(place, Whole(path, kept)))

    def wait(self, seconds: float) -> Iterator[tuple[int, Answer]]:
        """The answers that came within so many seconds, with the places of their files."""
        for task, outcome in self._pool.wait(seconds):
            answer = self._of_stretch(task, outcome) if isinstance(task.request, Stretch) else self._of_file(task, outcome)
            if answer:
                self._forget(task.place)
                yield task.place, answer
        while self._waiting and self._pool.has_room:
            self._pool.start(self._waiting.popleft())

    def _of_file(self, task: Task, outcome: Outcome) -> Answer | None:
        match outcome:
            case Answer():
                return outcome
            case Lost(code):
                return lost(task.request.path, code, self._language)
            case Long(pages):
                self._divide(task, pages)
        return None

    def _divide(self, task: Task, pages: int) -> None:
        ranges = [range(first, min(first + STRETCH, pages + 1)) for first in range(1, pages + 1, STRETCH)]
        path, is_kept = task.request.path, isinstance(task.request, Whole) and task.request.kept.is_wanted
        stretches = tuple(Stretch(path, own, self._spool / f"{task.place}-{own.start}") for own in ranges)
        self._volumes[task.place] = Volume(path, stretches, {own.start for own in ranges}, is_kept)
        self._waiting.extend(Task(task.place, stretch) for stretch in stretches)

    def _of_stretch(self, task: Task, outcome: Outcome) -> Answer | None:
        volume = self._volumes.get(task.place)
        if volume is None or not isinstance(task.request, Stretch):
            return None
        first = task.request.pages.start
        volume.open.discard(first)
        if isinstance(outcome, Lost):
            volume.lost[first] = outcome.code
        if volume.is_hopeless:
            return lost(volume.path, next(iter(volume.lost.values())), self._language)
        if not volume.open:
            self._waiting.appendleft(Task(task.place, Binding(volume.path, volume.stretches, volume.lost, volume.is_kept)))
        return None

    def _forget(self, place: int) -> None:
        """Nothing of a file waits any longer once it is answered."""
        volume = self._volumes.pop(place, None)
        if volume:
            self._waiting = deque(task for task in self._waiting if task.place != place)
            for stretch in volume.stretches:
                stretch.into.unlink(missing_ok=True)
