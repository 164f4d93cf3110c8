"""One incident, one finding."""

from __future__ import annotations

import pytest

from extractor.check.incidents import fold
from extractor.model.document import Span
from extractor.model.facts import Doubt
from extractor.model.findings import Claim, Finding, Relation, Severity, Verdict

E, W, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
HERE, THERE = Span(0, 10, 16), Span(3, 4, 9)


def about(check: str, severity: Severity, figure: Span, project: str = "甲", **more: object) -> Finding:
    passage = Span(figure.paragraph, 0, figure.end + 5)
    claim = Claim(Relation.RATIO, check, "80%", Verdict.INCONSISTENT, (passage,), project)
    return Finding(check, severity, (passage,), project=project, highlight=(figure,), claims=(claim,), **more)  # type: ignore[arg-type]


def names(*findings: Finding) -> list[tuple[str, Severity]]:
    return [(f.check, f.severity) for f in fold(findings)]


@pytest.mark.parametrize("first", [True, False])
def test_a_wrong_rate_takes_in_the_shortfall_said_of_it(first: bool) -> None:
    host, guest = about("rate-execution-recompute", E, HERE), about("rate-full-with-shortfall", W, HERE)
    assert names(*((host, guest) if first else (guest, host))) == [("rate-execution-recompute", E)]


def test_a_shortfall_of_another_figure_stands() -> None:
    found = names(about("rate-execution-recompute", E, HERE), about("rate-full-with-shortfall", W, THERE))
    assert found == [("rate-execution-recompute", E), ("rate-full-with-shortfall", W)]


def test_use_by_source_takes_in_its_rates_with_their_passages_and_weight() -> None:
    host = about("amount-source-usage-contradiction", W, HERE, doubts=frozenset({Doubt.INFERRED}))
    guest = about("rate-source-recompute", E, Span(0, 12, 14))
    (merged,) = fold((host, guest))
    assert (merged.check, merged.severity, merged.doubts) == ("amount-source-usage-contradiction", E, frozenset())
    assert merged.spans == (Span(0, 0, 21),)
    assert len(merged.claims) == 2


def test_other_projects_are_other_incidents() -> None:
    found = names(about("amount-executed-exceeds-available", E, HERE, project="甲"), about("rate-out-of-range", W, THERE, project="乙"))
    assert len(found) == 2


def test_nothing_is_lost_without_a_host() -> None:
    alone = about("rate-full-with-shortfall", W, HERE)
    assert fold((alone,)) == (alone,)


def test_every_claim_survives() -> None:
    findings = (
        about("amount-unit-suspect", W, HERE),
        about("rate-execution-recompute", E, THERE),
        about("rate-full-with-shortfall", W, THERE),
        about("grade-boundary", INFO, THERE),
    )
    claims = {claim.check for finding in fold(findings) for claim in finding.claims}
    assert claims == {finding.check for finding in findings}
