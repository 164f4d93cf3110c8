"""Many documents: each through the pipeline, a failure in one of them never the end of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from extractor import __version__
from extractor.batch.discover import discover
from extractor.batch.tally import Tally
from extractor.config import Settings
from extractor.lexicon.packs import Lexicon, load
from extractor.model.report import Report, Run, Tool
from extractor.pipeline import extract
from extractor.present.failed import failed
from extractor.present.words import ERRORS, say

Crash = Callable[[Path, Exception], None]


def reports(documents: Sequence[Path], settings: Settings, lexicon: Lexicon, on_crash: Crash | None = None) -> Iterator[Report]:
    """One report for each document, in their order; `on_crash` is told of exceptions that no reader foresaw."""
    for path in documents:
        try:
            yield extract(path, settings, lexicon)
        except Exception as error:  # whatever a file provokes, it is that file's record
            if on_crash:
                on_crash(path, error)
            code = "timed_out" if isinstance(error, TimeoutError) else "internal_error"
            message = f"{say(ERRORS, code, settings.language)} ({type(error).__name__})"
            yield failed(path, code, message, "zh")


def check_folder(path: str | Path, settings: Settings | None = None) -> Run:
    """Every document below a folder (or one file), as `extract PATH --json` prints it."""
    settings = settings or Settings()
    found = discover([path])
    made = tuple(reports(found.documents, settings, load([Path(folder) for folder in settings.patterns])))
    tally = Tally(len(found.skipped))
    for report in made:
        tally.add(report)
    return Run(tool=Tool(version=__version__), reports=made, summary=tally.summary)
