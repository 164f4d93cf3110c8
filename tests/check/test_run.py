"""Which checks run, in what order their findings stand, and under which keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pytest

from extractor.check import run as running
from extractor.check.registry import Case
from extractor.check.run import Outcome, run, selected
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.model.document import Document, Paragraph, Span
from extractor.model.facts import Doubt, Facts
from extractor.model.findings import CheckRecord, Claim, Finding, Relation, Severity, Verdict

TEXTS = ("完成率99.67%，支出19.87万元。", "完成率99.67%，与前文相同。", "自评得分95分。")
DOCUMENT = Document("reports/one.txt", "", "text/plain", tuple(Paragraph(i, text) for i, text in enumerate(TEXTS)))
FACTS = Facts(DOCUMENT, unit="青石县水务局", year="2021")
Check = Callable[[Case], Iterable[Claim | Finding]]


def record(function: Check, name: str = "rate-wrong", family: str = "rates", on_by_default: bool = True) -> CheckRecord:
    return CheckRecord(name, family, "", "", Severity.ERROR, "", {"default": ("", "")}, "", function, on_by_default)


def outcome(monkeypatch: pytest.MonkeyPatch, *records: CheckRecord, facts: Facts = FACTS) -> Outcome:
    monkeypatch.setattr(running, "CHECKS", records)
    return run(facts, CheckSettings(), default())


def about(paragraph: int, severity: Severity = Severity.ERROR, **more: object) -> Finding:
    finding = Finding("rate-wrong", severity, (Span(paragraph, 0, 9),), stated="99.67%")
    return replace(finding, **more)  # type: ignore[arg-type]


def yields(*results: Claim | Finding) -> CheckRecord:
    return record(lambda case: results)


CLAIM = Claim(Relation.RATIO, "rate-wrong", "99.67%", Verdict.INCONSISTENT, (Span(0, 0, 9),))


@pytest.mark.parametrize("where", ["select", "ignore"])
def test_unknown_names_are_errors_with_the_nearest_name(where: str) -> None:
    settings = replace(CheckSettings(), **{where: frozenset({"docno-malformd"})})
    with pytest.raises(ValueError, match=r"docno-malformd.*docno-malformed"):
        selected(settings)


def test_selection(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(case: Case) -> Iterator[Finding]:
        yield from ()

    records = (record(nothing, "a", "one"), record(nothing, "b", "one", on_by_default=False), record(nothing, "c", "two"))
    monkeypatch.setattr(running, "CHECKS", records)

    def names(select: set[str], ignore: set[str]) -> str:
        chosen = selected(CheckSettings(select=frozenset(select), ignore=frozenset(ignore)))
        return "".join(r.name for r in chosen)

    assert names(set(), set()) == "ac"
    assert names({"b"}, set()) == "b"
    assert names({"one"}, set()) == "a"
    assert names(set(), {"a"}) == "c"
    assert names({"b", "two"}, {"one"}) == "bc"


def test_worst_first_then_document_order(monkeypatch: pytest.MonkeyPatch) -> None:
    found = outcome(monkeypatch, yields(about(1, Severity.INFO), about(2), about(0, Severity.WARNING), about(0)))
    assert [(f.severity.label, f.spans[0].paragraph) for f in found.findings] == [
        ("error", 0),
        ("error", 2),
        ("warning", 0),
        ("info", 1),
    ]


def test_a_doubt_caps_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    found = outcome(monkeypatch, yields(about(0, doubts=frozenset({Doubt.OCR}))))
    assert [f.severity.label for f in found.findings] == ["warning"]


def test_poor_extraction_caps_every_error(monkeypatch: pytest.MonkeyPatch) -> None:
    poor = replace(about(2, Severity.WARNING), check="extraction-quality")
    assert {f.severity.label for f in outcome(monkeypatch, yields(about(0), poor)).findings} == {"warning"}


def test_equal_findings_have_ids_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = outcome(monkeypatch, yields(about(0), about(1))).findings
    assert first.id != second.id
    assert len(first.id) == len(first.series) == 12


def test_the_id_holds_the_year_and_the_figure_but_the_series_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def keys(finding: Finding, year: str = "2021") -> tuple[str, str]:
        only = outcome(monkeypatch, yields(finding), facts=replace(FACTS, year=year)).findings[0]
        return only.id, only.series

    this_year, next_year, other_figure = keys(about(0)), keys(about(0), "2022"), keys(about(0, stated="98%"))
    assert len({this_year[0], next_year[0], other_figure[0]}) == 3
    assert this_year[1] == next_year[1] == other_figure[1]
    assert keys(about(0, project="河道保洁"))[1] != this_year[1]


def test_the_id_survives_a_new_line_in_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    before = outcome(monkeypatch, yields(about(0))).findings[0].id
    moved = replace(DOCUMENT, blocks=(Paragraph(0, "附件2"), Paragraph(1, TEXTS[0])))
    after = outcome(monkeypatch, yields(about(1)), facts=replace(FACTS, document=moved)).findings[0].id
    assert before == after


def test_claims_are_listed_once_and_findings_refer_to_them(monkeypatch: pytest.MonkeyPatch) -> None:
    found = outcome(monkeypatch, yields(CLAIM, about(0, claims=(CLAIM,)), CLAIM))
    assert [c.stated for c in found.claims] == ["99.67%"]
    assert found.claims[0].id
    assert found.findings[0].claims == found.claims


def test_a_crash_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(case: Case) -> Iterator[Finding]:
        raise RuntimeError("boom")

    with pytest.raises(RuntimeError, match="boom"):
        outcome(monkeypatch, record(broken))
