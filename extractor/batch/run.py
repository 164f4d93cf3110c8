"""A run over many documents, each read in a worker process, so that a failure in one never stops the others."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from extractor import __version__
from extractor.batch.answer import Answer, unread
from extractor.batch.archives.contents import Contents, unpacked
from extractor.batch.discover import discover
from extractor.batch.duplicates import Duplicates
from extractor.batch.earlier import EarlierRuns, Question
from extractor.batch.finished import Finished
from extractor.batch.options import MEMORY, PICTURE_MEMORY, TIMEOUT, Options
from extractor.batch.orders import Orders
from extractor.batch.pool import Pool
from extractor.batch.reviewing import decided, review_of
from extractor.batch.spool import Spool
from extractor.batch.stretches import Crew
from extractor.batch.tally import Tally
from extractor.config import Settings
from extractor.lexicon.packs import load
from extractor.model.report import Run, Tool

TICK = 0.25
"""Seconds between two looks at the clock while nothing comes back."""


class Watcher(Protocol):
    """Is notified of the progress of a run."""

    def tick(self, running: Sequence[tuple[Path, float]]) -> None: ...
    def ended(self, finished: Finished, trace: str | None) -> None: ...
    def told(self, key: str, path: Path) -> None: ...
    def looked(self, done: int, total: int) -> None: ...


def reports(given: Sequence[Path] | Contents, settings: Settings, options: Options, watcher: Watcher) -> Iterator[Finished]:
    """The record of each document, in the order given, although the largest are read first."""
    contents = given if isinstance(given, Contents) else Contents(tuple(given))
    documents = contents.documents
    with ExitStack() as stack:
        spool = stack.enter_context(Spool())
        duplicates = Duplicates(settings.language)
        earlier = stack.enter_context(EarlierRuns(settings, options, watcher.told))
        ended = _alone(contents, settings, earlier) if not options.jobs else _caged(contents, settings, options, earlier, watcher, stack)
        order = iter(documents)
        for place, answered in ended:
            watcher.ended(answered.finished, answered.trace)
            for finished in spool.add(place, answered.finished):
                yield duplicates.seen(contents.named(next(order), finished, settings.language))


def _alone(contents: Contents, settings: Settings, earlier: EarlierRuns) -> Iterator[tuple[int, Answer]]:
    from extractor.batch.one import answer
    from extractor.read.recognise import recogniser

    lexicon = load([Path(folder) for folder in settings.patterns])
    seeing = recogniser(earlier.store) if settings.ocr else None
    for place, path in enumerate(contents.documents):
        question = earlier.question(path)
        known = _known_of(path, contents, question, earlier, settings.language)
        if known:
            yield place, known
            continue
        given = answer(path, settings, lexicon, earlier.kept(question), seeing)
        earlier.keep(question, given)
        yield place, given


def _caged(
    contents: Contents, settings: Settings, options: Options, earlier: EarlierRuns, watcher: Watcher, stack: ExitStack
) -> Iterator[tuple[int, Answer]]:
    scratch = stack.enter_context(TemporaryDirectory(prefix="extract-", ignore_cleanup_errors=True))
    orders = Orders(settings, options.timeout, options.memory, os.getcwd(), options.answering, scratch, contents.folder)
    pool = stack.enter_context(Pool(options.jobs, orders))
    eyes = stack.enter_context(Pool(1, replace(orders, memory=max(PICTURE_MEMORY, options.memory), looks=True, cache=options.cache)))
    crew = Crew(pool, eyes, Path(scratch), settings.language)
    asked: dict[int, Question] = {}

    def waited() -> Iterator[tuple[int, Answer]]:
        for place, given in crew.wait(TICK):
            earlier.keep(asked.pop(place), given)
            yield place, given
        watcher.looked(*crew.looked)
        watcher.tick([*pool.running, *eyes.running])

    documents = contents.documents
    unknown = yield from _known(contents, earlier, settings.language)
    for place in _largest_first(documents, unknown):
        question = earlier.question(documents[place])
        known = _known_of(documents[place], contents, question, earlier, settings.language)
        if known:
            yield place, known
            continue
        while not crew.has_room:
            yield from waited()
        asked[place] = question
        crew.start(place, documents[place], earlier.kept(question))
    while asked:
        yield from waited()


def _known(contents: Contents, earlier: EarlierRuns, language: str) -> Generator[tuple[int, Answer], None, int]:
    """Yields the records of the first documents while each is cached, as none has to wait; returns the place of the first that is not."""
    for place, path in enumerate(contents.documents):
        known = _known_of(path, contents, earlier.question(path), earlier, language)
        if known is None:
            return place
        yield place, known
    return len(contents.documents)


def _known_of(path: Path, contents: Contents, question: Question, earlier: EarlierRuns, language: str) -> Answer | None:
    """The record of a file that need not be read: it could not be unpacked, or it is cached."""
    failure = contents.failure(path)
    if failure:
        return unread(path, failure, language)
    known = earlier.known(question)
    return Answer(known) if known else None


def _largest_first(documents: Sequence[Path], first: int) -> list[int]:
    """The places of the documents from `first` on, by size: if a large one were started last, the run would end with one busy worker."""
    return sorted(range(first, len(documents)), key=lambda place: (-size_of(documents[place]), place))


def size_of(path: Path) -> int:
    """The size of a file in bytes; 0 where it cannot be determined."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def check_folder(
    path: str | Path,
    settings: Settings | None = None,
    *,
    jobs: int = 0,
    timeout: int = TIMEOUT,
    memory: int = MEMORY,
    cache: str | Path | None = None,
) -> Run:
    """Every document below a folder (or one file, or archive), as `extract PATH --json` prints it.

    A file that cannot be read is a report whose `error` says why; it never raises. `jobs` is the number of worker
    processes: with 0 all is read in this process and without limits; otherwise a file may take `timeout` seconds and
    `memory` megabytes, and a script that calls this needs `if __name__ == "__main__":`, as workers import it anew.
    `cache` is the folder in which the texts read are kept for the next run (`default_cache()` is that of the command);
    without one nothing is kept.

    The decisions of `settings.baseline` are on the findings. Raises ConfigError where that file cannot be used.

    >>> check_folder("no-such-folder").reports[0].error.code
    'missing'
    """
    settings = settings or Settings()
    review = review_of(settings)
    found = discover([path])
    tally = Tally(found.skipped_count)
    made = []
    options = Options(jobs, timeout, memory, Path(cache) if cache else None)
    with unpacked(found, settings, options) as contents:
        tally.skip(contents.skipped)
        for each in reports(contents, settings, options, Silent()):
            finished = decided(each, review) if review else each
            tally.count(finished)
            made.append(finished.report)
    summary = tally.summary.model_copy(update={"stale": review.stale}) if review else tally.summary
    return Run(tool=Tool(version=__version__), reports=tuple(made), summary=summary)


class Silent:
    """A watcher that does nothing."""

    def tick(self, running: Sequence[tuple[Path, float]]) -> None:
        return None

    def ended(self, finished: Finished, trace: str | None) -> None:
        return None

    def told(self, key: str, path: Path) -> None:
        return None

    def looked(self, done: int, total: int) -> None:
        return None
