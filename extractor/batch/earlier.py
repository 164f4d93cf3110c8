"""The results of earlier runs: which of them still answer a question, and which new ones are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from extractor.batch import keys
from extractor.batch.answer import UNWANTED, Answer, Kept
from extractor.batch.cache import Cache, Layer, Row
from extractor.batch.finished import Finished, pack, unpack
from extractor.batch.options import Options
from extractor.config import Settings
from extractor.present.failed import shown
from extractor.read.recognise import is_installed

LIMITED = frozenset({"timed_out", "too_large", "crashed"})
"""Failures that other limits might have spared."""
MISSING = frozenset({"needs_libreoffice"})
"""Failures for want of a program that may be here by now."""


@dataclass(frozen=True, slots=True)
class Question:
    """A file with the cache keys of its results; without keys nothing is looked up or stored."""

    path: Path
    sha256: str | None = None
    answer: str = ""
    report: str = ""


class EarlierRuns:
    """The cache as a run sees it; without one nothing is known and nothing kept."""

    def __init__(self, settings: Settings, options: Options, tell: Callable[[str, Path], None]) -> None:
        self._cache = Cache(options.cache, tell) if options.cache else None
        self._asked = keys.asked(settings) if self._cache else ""
        self._telling = keys.telling(settings)
        self._limits = f"{options.timeout} s, {options.memory} MB"
        self._retries = options.retry_failed
        self._engine = f"{settings.engine} {'with' if settings.ocr and is_installed() else 'without'} recognition"

    def __enter__(self) -> EarlierRuns:
        return self

    def __exit__(self, *_: object) -> None:
        if self._cache:
            self._cache.close()

    @property
    def store(self) -> Cache | None:
        """Keeps recognised pages."""
        return self._cache

    def question(self, path: Path) -> Question:
        sha256 = keys.content_hash(path) if self._cache else None
        if sha256 is None:
            return Question(path)
        report = keys.report_key(sha256, path, self._engine, self._asked)
        return Question(path, sha256, keys.answer_key(report, self._telling), report)

    def known(self, question: Question) -> Finished | None:
        """The record from an earlier run, if it is still valid."""
        body = self._valid("answers", question.answer)
        if body is None:
            return None
        try:
            return unpack(body, shown(question.path))
        except ValueError:
            if self._cache:
                self._cache.damaged()
            return None

    def kept(self, question: Question) -> Kept:
        """Cached data from which the record can be made without reading the file."""
        if self._cache is None or not question.report:
            return UNWANTED
        return Kept(self._cache.document(self._document_key(question)), self._valid("reports", question.report))

    def _document_key(self, question: Question) -> str:
        return keys.document_key(question.sha256 or "", question.path, self._engine)

    def _valid(self, table: Layer, key: str) -> bytes | None:
        """The content under a key, unless it is a failure that should be retried."""
        row = self._cache.row(table, key) if self._cache and key else None
        if row is None:
            return None
        body, code, limits = row
        has_other_limits = code in LIMITED and limits != self._limits
        is_retried = code is not None and (self._retries or code in MISSING or has_other_limits)
        return None if is_retried else body

    def keep(self, question: Question, given: Answer) -> None:
        """Store the results, unless the file has changed since it was looked up."""
        if self._cache is None or not question.report or given.finished.sha256 != question.sha256:
            return
        code = given.finished.code or given.lost
        rows: list[Row] = [("answers", question.answer, pack(given.finished), code), ("reports", question.report, given.fresh.report, code)]
        self._cache.keep(self._limits, [*rows, ("documents", self._document_key(question), given.fresh.document, None)])
