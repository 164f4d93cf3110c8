"""What --baseline and --verdicts ask for: the files that decisions are read from, and the baseline that they are written to."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.batch.finished import Finished
from extractor.batch.reviewing import decided, review_of
from extractor.config import ConfigError, Settings
from extractor.model.report import Summary
from extractor.model.workpaper import Both
from extractor.present.files import replacing
from extractor.present.printable import tell
from extractor.review.baseline import text_of
from extractor.review.words import both

if TYPE_CHECKING:
    from extractor.review.decisions import Review


class Decisions:
    """A run without decisions: records pass through unchanged, and nothing is read or written."""

    files: tuple[Path, ...] = ()

    def on(self, finished: Finished) -> Finished:
        return finished

    def summed(self, summary: Summary) -> Summary:
        return summary

    def keep(self) -> None:
        return None


class Applied(Decisions):
    """A run with the decisions of the baseline and of the workbooks named."""

    def __init__(self, review: Review, baseline: Path | None, books: tuple[Path, ...], language: str, is_quiet: bool) -> None:
        self._review, self._baseline, self._books = review, baseline, books
        self._language, self._is_quiet = language, is_quiet
        self.files = (*([baseline] if baseline else []), *books)
        self._say(*review.told)

    def on(self, finished: Finished) -> Finished:
        """The record with what was decided on its findings, counted anew."""
        return decided(finished, self._review)

    def summed(self, summary: Summary) -> Summary:
        """The counts with the stale decisions. ConfigError for a workbook of other reports."""
        self._review.must_belong()
        return summary.model_copy(update={"stale": self._review.stale})

    def keep(self) -> None:
        """Tell what became of the decisions; write the baseline where the workbooks changed it."""
        self._say(*self._review.last_words())
        if not self._baseline or not self._books:
            return
        entries = self._review.entries
        content = text_of(entries).encode()
        target = self._baseline.resolve()  # a link stays one
        try:
            if target.is_file() and target.read_bytes() == content:
                return
            with replacing(target) as stream:
                stream.write(content)
        except OSError as error:
            raise ConfigError(*both("unwritable", path=self._baseline, why=error.strerror)) from None
        self._say(both("kept", path=self._baseline, count=len(entries)))

    def _say(self, *lines: Both) -> None:
        if not self._is_quiet:
            for line in lines:
                tell(line[self._language == "en"])


def _workbooks(path: Path) -> list[Path]:
    """The file, or the workbooks in a folder; the lock files of spreadsheet programs are left out."""
    if not path.is_dir():
        return [path]
    books = sorted(each for each in path.iterdir() if each.suffix.lower() == ".xlsx" and not each.name.startswith(("~$", ".")))
    if not books:
        raise ConfigError(*both("no_workbooks", path=path))
    return books


def decisions(options: Namespace, settings: Settings) -> Decisions:
    """What --baseline (or the setting of that name) and --verdicts ask for."""
    books = tuple(dict.fromkeys(book for path in map(Path, options.verdicts or ()) for book in _workbooks(path)))
    review = review_of(settings, books)
    if review is None:
        return Decisions()
    baseline = Path(settings.baseline) if settings.baseline else None
    return Applied(review, baseline, books, settings.language, options.quiet)
