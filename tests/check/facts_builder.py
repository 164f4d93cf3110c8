"""Facts by hand: a document of a few paragraphs, and facts that point at words in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from extractor.check.registry import Case
from extractor.check.run import Outcome, run
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.model.document import Document, Paragraph, Span
from extractor.model.facts import Fact, Facts, Indicator, Measure, Operator, Project, Rate, Segment, Source, Stated, Value
from extractor.model.findings import CheckRecord, Claim, Finding, Verdict
from extractor.model.quantity import Bound
from tests.model.figures import count, money, quantity, rate, score


class Told:
    """A document of the paragraphs given, and facts of it by their words."""

    def __init__(self, *paragraphs: str) -> None:
        blocks = tuple(Paragraph(index, text) for index, text in enumerate(paragraphs))
        self.document = Document("report.txt", "", "text/plain", blocks)

    def span(self, words: str) -> Span:
        """Where the words first stand."""
        for paragraph in self.document.running_text:
            start = paragraph.text.find(words)
            if start >= 0:
                return Span(paragraph.index, start, start + len(words))
        raise AssertionError(f"the document does not say {words}")

    def figure(self, within: str, figure: str) -> Span:
        """Where a figure stands in a passage."""
        whole = self.span(within)
        start = whole.start + within.index(figure)
        return Span(whole.paragraph, start, start + len(figure))

    def fact(self, measure: Measure, within: str, figure: str, **more: Any) -> Fact:
        amount = replace(money(figure), written=figure)
        return Fact(measure, amount, (self.figure(within, figure), self.span(within)), **more)

    def rate(self, of: str, within: str, figure: str, bound: Bound = Bound.NONE, **more: Any) -> Rate:
        stated = replace(rate(figure, bound), written=figure)
        label = within.removesuffix(figure)
        return Rate(label, of, stated, (self.figure(within, figure), self.span(within)), **more)

    def score(self, within: str, figure: str) -> Stated:
        return Stated(figure, (self.figure(within, figure), self.span(within)), score(figure.removesuffix("分")))

    def grade(self, within: str, word: str) -> Stated:
        return Stated(word, (self.figure(within, word), self.span(within)))

    def value(self, within: str, figure: str, unit: str, operator: Operator | None = None) -> Value:
        digits = figure.removesuffix(unit)
        amount = money(figure) if unit == "元" else quantity(digits, "%") if unit == "%" else count(digits, unit)
        return Value(figure, (self.figure(within, figure),), amount, operator)

    def project(
        self,
        name: str = "山塘清淤经费",
        facts: Iterable[Fact] = (),
        settled: Mapping[Measure, Fact] | None = None,
        indicators: Iterable[Indicator] = (),
        **more: Any,
    ) -> Project:
        """A project that owns the whole document; the first statement of a measure is the settled one unless told otherwise."""
        stated = tuple(facts)
        amounts: dict[Measure, Fact] = {}
        for fact in stated:
            if fact.source is None:
                amounts.setdefault(fact.measure, fact)
        if Measure.BUDGET_INITIAL in amounts and Measure.BUDGET not in amounts:
            amounts[Measure.BUDGET] = replace(amounts[Measure.BUDGET_INITIAL], measure=Measure.BUDGET)
        segment = Segment(tuple(Span(p.index, 0, len(p.text)) for p in self.document.running_text))
        return Project(
            name,
            amounts=amounts | dict(settled or {}),
            facts=stated,
            indicators=tuple(indicators),
            segment=more.pop("segment", segment),
            **more,
        )

    def facts(self, *projects: Project, **more: Any) -> Facts:
        return Facts(self.document, projects=projects, **more)


def sources(*facts: Fact) -> tuple[Source, ...]:
    """The sources that facts tell of, by label."""
    labels = list(dict.fromkeys(fact.source for fact in facts if fact.source))

    def part(label: str, measure: Measure) -> Fact | None:
        return next((f for f in facts if f.source == label and f.measure is measure), None)

    measures = (Measure.BUDGET, Measure.ARRIVED, Measure.EXECUTED)
    return tuple(Source(label, *(part(label, measure) for measure in measures)) for label in labels)


def of_check(record: CheckRecord, facts: Facts, **settings: Any) -> tuple[list[Claim], list[Finding]]:
    """What one check yields, findings capped as a run would cap them."""
    case = Case(facts, CheckSettings(**settings), default())
    results = list(record.run(case))
    claims = [claim for r in results for claim in ([r] if isinstance(r, Claim) else r.claims)]
    return list(dict.fromkeys(claims)), [r.capped() for r in results if isinstance(r, Finding)]


Verdicts = list[tuple[str, Verdict, str | None]]


def verdicts(claims: Iterable[Claim]) -> Verdicts:
    """Stated, verdict and reason of each claim, for comparison with literals."""
    return [(claim.stated, claim.verdict, claim.reason) for claim in claims]


def whole_run(facts: Facts, **settings: Any) -> Outcome:
    return run(facts, CheckSettings(**settings), default())
