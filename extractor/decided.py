"""The decisions of auditors in a run of the command: which files they come from, the records they change, the baseline they go to."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from extractor.batch.finished import Finished
from extractor.check.run import selected
from extractor.config import ConfigError, Settings
from extractor.model.report import Summary
from extractor.outputs import tell
from extractor.present.files import replacing
from extractor.review.baseline import text_of
from extractor.review.decisions import Review, gathered
from extractor.review.words import Both, both


class Decisions:
    """Nothing of it is asked for: nothing is done, and nothing is read."""

    files: tuple[Path, ...] = ()

    def on(self, finished: Finished) -> Finished:
        return finished

    def summed(self, summary: Summary) -> Summary:
        return summary

    def keep(self) -> None:
        return None


class Applied(Decisions):
    """The decisions of the baseline and of the workbooks named."""

    def __init__(self, review: Review, baseline: Path | None, books: tuple[Path, ...], language: str, is_quiet: bool) -> None:
        self._review, self._baseline, self._books = review, baseline, books
        self._language, self._is_quiet = language, is_quiet
        self.files = (*([baseline] if baseline else []), *books)
        self._say(*review.told)

    def on(self, finished: Finished) -> Finished:
        """The record with what was decided on its findings, counted anew."""
        report = finished.report
        made = self._review.applied(report)
        if made is report:
            return finished
        return replace(Finished.of(made, finished.likeness), is_duplicate=finished.is_duplicate)

    def summed(self, summary: Summary) -> Summary:
        """The counts with the stale decisions. ConfigError for a workbook of other reports."""
        self._review.must_belong()
        return summary.model_copy(update={"stale": self._review.stale})

    def keep(self) -> None:
        """Tell what became of the decisions; write the baseline where a workbook brought some and they are news."""
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


def decisions(options: Namespace, settings: Settings) -> Decisions:
    """What --baseline (or the setting of that name) and --verdicts ask for."""
    baseline = Path(settings.baseline) if settings.baseline else None
    books = tuple(dict.fromkeys(map(Path, options.verdicts or ())))
    if not baseline and not books:
        return Decisions()
    checks = frozenset(record.name for record in selected(settings.checks))
    return Applied(gathered(baseline, books, checks), baseline, books, settings.language, options.quiet)
