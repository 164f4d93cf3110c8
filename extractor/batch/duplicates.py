"""Reports that were filed twice, as two files or in two formats."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from extractor.batch.finished import Finished
from extractor.messages import message
from extractor.model.report import Note, Project, Report


def likeness(report: Report) -> str | None:
    """A digest of what a report says, whatever its format; None where it names no figure, because then it says too little to compare."""
    said = [part for project in report.projects for part in _said(project)]
    if not report.unit or not said:
        return None
    parts = [report.unit, report.year or "", report.title or "", *said, *(claim.stated for claim in report.claims)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def _said(project: Project) -> Iterator[str]:
    amounts = (project.budget_initial, project.budget, project.arrived, project.executed, project.balance, project.self_score)
    rows = [row for each in project.indicators for row in (each.target, each.actual, each.weight, each.score)]
    figures = [figure.value if figure else "" for figure in (*amounts, *rows)]
    if any(figures):
        yield from (project.name, *(each.name for each in project.indicators), *figures)


class Duplicates:
    """Compares the reports of a run in their order, and notes on each which earlier one it repeats."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._first: dict[str, str] = {}

    def seen(self, finished: Finished) -> Finished:
        """The record, with a note if an earlier file has the same content. Files that could not be read are never duplicates."""
        marks = [] if finished.error else [mark for mark in (finished.sha256, finished.likeness) if mark]
        first = next((self._first[mark] for mark in marks if mark in self._first), None)
        for mark in marks:
            self._first.setdefault(mark, finished.path)
        return finished if first is None else self._noted(finished, first)

    def _noted(self, finished: Finished, first: str) -> Finished:
        note = Note(code="duplicate", page=None, message=message("duplicate", self._language, path=first))
        return replace(finished.noted(note), is_duplicate=True)
