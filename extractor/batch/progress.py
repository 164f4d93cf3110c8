"""The progress of a run on stderr: a live display in a terminal, a line now and then elsewhere, nothing when quiet."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.batch.finished import Finished
from extractor.messages import message
from extractor.present.printable import printable, tell
from extractor.present.words import FAILURES, say

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

EVERY = 5.0
"""Seconds between two lines where stderr is no terminal."""

Running = Sequence[tuple[Path, float]]


class Quiet:
    """Counts, and prints only tracebacks and messages about the cache."""

    def __init__(self, total: int, language: str, shows_traces: bool = False) -> None:
        self.total, self.language, self._shows_traces = total, language, shows_traces
        self.done = self.pages = 0
        self.pictures = 0, 0
        self.failures: Counter[str] = Counter()
        self.began = time.monotonic()

    def tick(self, running: Running) -> None:
        """Called several times a second, with the files being read."""

    def ended(self, finished: Finished, trace: str | None) -> None:
        self.done += 1
        self.pages += finished.pages
        if finished.code:
            self.failures[finished.code] += 1
        if trace and self._shows_traces:
            self.say(f"{finished.path}\n{trace}")

    def told(self, key: str, path: Path) -> None:
        self.say(message(key, self.language, path=path))

    def looked(self, done: int, total: int) -> None:
        """Takes how many pages have been recognised, and how many are known to need it."""
        self.pictures = done, total

    def recognised(self) -> str:
        """The progress of recognition; empty where no page needs it."""
        done, total = self.pictures
        return message("recognised", self.language, done=done, total=total) if total else ""

    def say(self, text: str) -> None:
        tell(text)

    def close(self) -> None:
        """The run is over."""

    def failed(self) -> str:
        """The failures by kind, the most frequent first: 已损坏 2，有密码 1."""
        kinds = (f"{say(FAILURES, code, self.language)} {count}" for code, count in self.failures.most_common())
        return (", " if self.language == "en" else "，").join(kinds)

    def speed(self) -> str:
        """Pages per second so far."""
        rate = self.pages / max(time.monotonic() - self.began, 0.001)
        return message("speed", self.language, pages=f"{rate:.1f}" if rate < 10 else f"{rate:.0f}")

    def left(self) -> str:
        """The estimated time left; empty before the first file is finished."""
        if not self.done:
            return ""
        seconds = round((time.monotonic() - self.began) / self.done * (self.total - self.done))
        return message("left", self.language, time=f"{seconds // 60}:{seconds % 60:02}")

    def slowest(self, running: Running) -> str:
        """The file that has taken longest so far, if that is two seconds or more."""
        path, since = min(running, key=lambda each: each[1], default=(None, 0.0))
        seconds = int(time.monotonic() - since)
        return f"{path.name} {seconds} s" if path and seconds >= 2 else ""


class Lines(Quiet):
    """A line every few seconds."""

    def __init__(self, total: int, language: str, shows_traces: bool = False) -> None:
        super().__init__(total, language, shows_traces)
        self._due = self.began + EVERY

    def tick(self, running: Running) -> None:
        if time.monotonic() >= self._due:
            self._due = time.monotonic() + EVERY
            parts = (f"{self.done}/{self.total}", self.recognised(), self.speed(), self.left(), self.failed(), self.slowest(running))
            self.say("  ".join(part for part in parts if part))

    def ended(self, finished: Finished, trace: str | None) -> None:
        super().ended(finished, trace)
        self.tick(())


class Live(Quiet):
    """A progress bar with the failures and the slowest file."""

    def __init__(self, total: int, language: str, shows_traces: bool = False) -> None:
        super().__init__(total, language, shows_traces)
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[more]}"))
        self._bar: Bar = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
        self._task = self._bar.add_task(message("reading", language), total=total, more="")
        self._drawn = 0.0
        self._bar.start()
        self._bar.refresh()

    def tick(self, running: Running) -> None:
        if time.monotonic() - self._drawn >= 0.1:
            self._drawn = time.monotonic()
            parts = (self.recognised(), self.speed(), self.left(), self.failed(), self.slowest(running))
            self._bar.update(self._task, completed=self.done, more="  ".join(part for part in parts if part))
            self._bar.refresh()

    def ended(self, finished: Finished, trace: str | None) -> None:
        super().ended(finished, trace)
        self.tick(())

    def say(self, text: str) -> None:
        self._bar.console.print(printable(text), markup=False, highlight=False)

    def close(self) -> None:
        self._bar.stop()


@contextmanager
def watching(total: int, language: str, is_quiet: bool, shows_traces: bool) -> Iterator[Quiet]:
    """The watcher of a run: live in a terminal, lines elsewhere, quiet on request or for a single file."""
    kind = Quiet if is_quiet or total < 2 else Live if sys.stderr.isatty() else Lines
    watcher = kind(total, language, shows_traces)
    try:
        yield watcher
    finally:
        watcher.close()
