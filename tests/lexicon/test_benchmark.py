"""The benchmark's text is the same every time and full of what reports are full of."""

from __future__ import annotations

from benchmarks.figures import measure, report_text
from extractor import figures


def test_the_text_is_deterministic_and_of_the_size_asked_for() -> None:
    text = report_text(0.02)
    assert text == report_text(0.02)
    assert 20_000 <= len(text.encode()) < 21_000


def test_the_text_holds_every_kind_of_a_report() -> None:
    kinds = {figure["kind"] for figure in figures(report_text(0.05))}
    assert {"money", "percent", "count", "score", "date", "doc_no", "section", "article", "grade"} <= kinds


def test_measuring_counts_the_last_run() -> None:
    seconds, count = measure(lambda: 7, runs=2)
    assert (seconds >= 0, count) == (True, 7)
