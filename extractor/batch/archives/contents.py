"""The documents of a run with those in archives, which wait in a private folder until the run ends."""

from __future__ import annotations

import os
import shutil
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from extractor.batch.answer import Failure
from extractor.batch.archives.members import Member, Unpacked, archive_kind
from extractor.batch.discover import Found
from extractor.batch.finished import Finished
from extractor.batch.options import Options
from extractor.batch.orders import Lost, Orders, Outcome, Unpack
from extractor.batch.pool import Pool, Task
from extractor.config import Settings
from extractor.model.report import Note
from extractor.present.failed import shown
from extractor.present.words import ERRORS, NOTES, say

TICK = 0.25


@dataclass(frozen=True, slots=True)
class Contents:
    """All documents of a run in their order. Of what came out of an archive the path is that of a passing copy.

    `archives` gives the archive that each of those was handed in with; `skipped` counts their members that are no document;
    `folder` is where the copies lie.
    """

    documents: tuple[Path, ...] = ()
    members: Mapping[Path, Member] = field(default_factory=dict)
    archives: Mapping[Path, Path] = field(default_factory=dict)
    skipped: int = 0
    folder: str = ""

    def name(self, path: Path) -> str:
        """What the result calls a document."""
        return self.members[path].name if path in self.members else shown(path)

    def failure(self, path: Path) -> Failure | None:
        """Why there is nothing to read, where that is known."""
        return self.members[path].failure if path in self.members else None

    def named(self, path: Path, finished: Finished, language: str) -> Finished:
        """The record under the name that the result shows, with what is to be noted on it."""
        if path not in self.members:
            return finished
        member = self.members[path]
        named = replace(finished, path=member.name.encode("utf-8", "replace").decode())
        return named.noted(Note(code=member.note, page=None, message=say(NOTES, member.note, language))) if member.note else named


@contextmanager
def unpacked(found: Found, settings: Settings, options: Options) -> Iterator[Contents]:
    """The documents found, with those in archives in place of these; what was taken out is gone when the block ends."""
    archives = {place: path for place, path in enumerate(found.documents) if archive_kind(path)}
    if not archives:
        yield Contents(found.documents)
        return
    with TemporaryDirectory(prefix="extract-", ignore_cleanup_errors=True) as folder:
        requests = {place: Unpack(path.absolute(), Path(folder, str(place)), shown(path)) for place, path in archives.items()}
        outcomes = dict(_alone(requests) if not options.jobs else _caged(requests, settings, options, folder))
        given = {place: _given(found.documents[place], outcomes[place]) for place in archives}
        yield replace(_together(found.documents, given), folder=folder)


def _alone(requests: Mapping[int, Unpack]) -> Iterator[tuple[int, Outcome]]:
    from extractor.batch.one import unpacked as outcome

    for place, request in requests.items():
        try:
            yield place, outcome(request)
        except MemoryError:
            yield place, Lost("too_large")


def _caged(requests: Mapping[int, Unpack], settings: Settings, options: Options, folder: str) -> Iterator[tuple[int, Outcome]]:
    """A worker that loses its supervisor removes the folder."""
    waiting = deque(Task(place, request) for place, request in requests.items())
    count = 0
    with Pool(min(options.jobs, len(requests)), Orders(settings, options.timeout, options.memory, os.getcwd(), scratch=folder)) as pool:
        while count < len(requests):
            while waiting and pool.has_room:
                pool.start(waiting.popleft())
            for task, outcome in pool.wait(TICK):
                count += 1
                if isinstance(outcome, Lost):
                    shutil.rmtree(requests[task.place].into, ignore_errors=True)
                yield task.place, outcome


def _given(path: Path, outcome: Outcome) -> Unpacked:
    if isinstance(outcome, Unpacked):
        return replace(outcome, members=tuple(_of(path, member) for member in outcome.members))
    code = outcome.code if isinstance(outcome, Lost) else "internal_error"
    return Unpacked((Member(path, shown(path), Failure(code, say(ERRORS, code, "zh"))),))


def _of(path: Path, member: Member) -> Member:
    """The record of the archive itself is that of the path as it was given."""
    return replace(member, path=path) if member.path == path.absolute() else member


def _together(documents: Sequence[Path], given: Mapping[int, Unpacked]) -> Contents:
    every: list[Path] = []
    members: dict[Path, Member] = {}
    archives: dict[Path, Path] = {}
    for place, path in enumerate(documents):
        own = given[place].members if place in given else ()
        every += [member.path for member in own] if place in given else [path]
        members |= {member.path: member for member in own}
        archives |= {member.path: path for member in own}
    return Contents(tuple(every), members, archives, sum(each.skipped for each in given.values()))
