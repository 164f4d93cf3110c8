"""The decisions of auditors, put on the findings of each record of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.batch.finished import Finished
from extractor.check.run import selected
from extractor.config import Settings

if TYPE_CHECKING:
    from extractor.review.decisions import Review


def review_of(settings: Settings, books: Sequence[Path] = ()) -> Review | None:
    """The decisions of the baseline that the settings name and of returned workbooks; None where there is neither."""
    if not settings.baseline and not books:
        return None
    from extractor.review.decisions import gathered

    baseline = Path(settings.baseline) if settings.baseline else None
    return gathered(baseline, books, frozenset(record.name for record in selected(settings.checks)))


def decided(finished: Finished, review: Review) -> Finished:
    """The record with the decisions on its findings, counted anew; the same record where there are none."""
    report = finished.report
    made = review.applied(report)
    if made is report:
        return finished
    return replace(Finished.of(made, finished.likeness), is_duplicate=finished.is_duplicate)
