"""Long files: their pages are read in stretches by several workers, and joined by one of them.

A stretch that is lost costs its own pages. The pages themselves travel from worker to worker in the run's scratch folder.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from extractor.batch.answer import Answer, Kept, lost
from extractor.batch.orders import Binding, Long, Look, Lost, Outcome, Pictured, Stretch, Whole
from extractor.batch.pool import Pool, Task

STRETCH = 50
"""Pages that one worker reads at a time."""

PATIENCE = 3
"""A file is given up when so many stretches are lost before any is read."""


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


def _key(task: Task) -> tuple[int, int]:
    """Identifies a task by the place of its file and the first page of its stretch, 0 for the whole file."""
    return task.place, task.request.pages.start if isinstance(task.request, Stretch) else 0


@dataclass(slots=True)
class Pictures:
    """A task that waits for its pictures to be recognised: the pages still open, and the results of the others."""

    task: Task
    open: set[int]
    seen: dict[int, Path | str] = field(default_factory=dict)


class Crew:
    """The pool as a run uses it: files in, answers out; long files are divided and joined in between.

    Pages that are pictures are recognised by the pool `eyes`, one after the other; then the task that needs them is started again.
    """

    def __init__(self, pool: Pool, eyes: Pool, scratch: Path, language: str) -> None:
        self._pool, self._eyes, self._scratch, self._language = pool, eyes, scratch, language
        self._waiting: deque[Task] = deque()
        self._volumes: dict[int, Volume] = {}
        self._pictures: dict[tuple[int, int], Pictures] = {}
        self._unseen: deque[Task] = deque()
        self._traces: dict[int, list[str]] = {}
        self.looked = (0, 0)
        """Pages recognised, and pages known to need it."""

    @property
    def has_room(self) -> bool:
        return not self._waiting and self._pool.has_room

    def start(self, place: int, path: Path, kept: Kept) -> None:
        self._pool.start(Task(place, Whole(path, kept)))

    def wait(self, seconds: float) -> Iterator[tuple[int, Answer]]:
        """The answers that arrive within so many seconds, with the places of their files."""
        for task, outcome in self._pool.wait(seconds, self._eyes):
            if isinstance(outcome, Lost) and outcome.trace:
                self._traces.setdefault(task.place, []).append(outcome.trace)
            if isinstance(task.request, Look):
                self._of_look(task, outcome)
                continue
            if isinstance(outcome, Pictured):
                self._look(task, outcome.numbers)
                continue
            self._forget_pictures(task)
            answer = self._of_stretch(task, outcome) if isinstance(task.request, Stretch) else self._of_file(task, outcome)
            if answer:
                self._forget(task.place)
                yield task.place, self._with_traces(task.place, answer)
        while self._waiting and self._pool.has_room:
            self._pool.start(self._waiting.popleft())
        while self._unseen and self._eyes.has_room:
            self._eyes.start(self._unseen.popleft())

    def _with_traces(self, place: int, answer: Answer) -> Answer:
        """The answer with the tracebacks of the parts of its file."""
        traces = self._traces.pop(place, [])
        return replace(answer, trace="\n".join([*traces, *([answer.trace] if answer.trace else [])])) if traces else answer

    def _look(self, task: Task, numbers: Sequence[int]) -> None:
        self._pictures[_key(task)] = Pictures(task, set(numbers))
        files = {number: self._scratch / f"{task.place}-page-{number}" for number in numbers}
        self._unseen.extend(Task(task.place, Look(task.request.path, number, file)) for number, file in files.items())
        self.looked = self.looked[0], self.looked[1] + len(files)

    def _of_look(self, task: Task, outcome: Outcome) -> None:
        look = task.request
        assert isinstance(look, Look)
        self.looked = self.looked[0] + 1, self.looked[1]
        for pictures in [each for (place, _), each in self._pictures.items() if place == task.place and look.number in each.open]:
            pictures.open.discard(look.number)
            pictures.seen[look.number] = outcome.code if isinstance(outcome, Lost) else look.into
            request = pictures.task.request
            if not pictures.open and isinstance(request, Whole | Stretch):
                self._waiting.append(Task(task.place, replace(request, seen=pictures.seen)))

    def _forget_pictures(self, task: Task) -> None:
        pictures = self._pictures.pop(_key(task), None)
        for told in pictures.seen.values() if pictures else ():
            if isinstance(told, Path):
                told.unlink(missing_ok=True)

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
        stretches = tuple(Stretch(path, own, self._scratch / f"{task.place}-{own.start}") for own in ranges)
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
            return lost(volume.path, volume.lost[min(volume.lost)], self._language)
        if not volume.open:
            self._waiting.appendleft(Task(task.place, Binding(volume.path, volume.stretches, volume.lost, volume.is_kept)))
        return None

    def _forget(self, place: int) -> None:
        """Drops everything that still waits for a file that has been answered."""
        volume = self._volumes.pop(place, None)
        if volume:
            self._waiting = deque(task for task in self._waiting if task.place != place)
            for stretch in volume.stretches:
                stretch.into.unlink(missing_ok=True)
