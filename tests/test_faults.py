"""One figure printed wrong is found: every figure of the clean reports once, as `python -m benchmarks.fault_injection --each 1` does."""

from __future__ import annotations

import pytest

from benchmarks.fault_injection import GOAL, recall, run
from tests.corpus.build import CORPUS
from tests.corpus.faults import clean, faults


def test_there_are_at_least_300_faults_in_figures_of_every_kind() -> None:
    every = [fault for labels in clean(CORPUS / "labels") for fault in faults(labels)]
    assert len(every) >= 300
    assert {fault.kind for fault in every} == {"amount", "rate", "count", "weight", "score", "total", "grade"}


@pytest.mark.slow
def test_faults_are_found_where_they_are_and_unchanged_reports_stay_silent() -> None:
    unchanged, outcomes = run((), each=1, limit=None)
    assert {name: [finding.message for finding in own] for name, own in unchanged.items() if own} == {}
    assert len(outcomes) >= 600
    missed = [f"{o.fault.report} {o.fault.figure} {o.fault.before} → {o.fault.after}" for o in outcomes if not o.found]
    assert recall(outcomes) >= GOAL, missed
