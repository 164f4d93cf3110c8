"""The figures of report sentences: span F1 and value accuracy in every kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lexicon.scoring import scores

OWN = Path(__file__).parents[1] / "data" / "numbers" / "own-report.jsonl"
KINDS = ["money", "percent", "count", "score", "date", "doc_no", "section"]


def test_every_kind_is_in_the_cases() -> None:
    assert set(scores(OWN)) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_spans_and_values(kind: str) -> None:
    span_f1, value_accuracy = scores(OWN)[kind]
    assert span_f1 >= 0.97
    assert value_accuracy >= 0.97
