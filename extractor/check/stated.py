"""What a project's part of the report states of one measure, and in what sense: of the year, of part of it, of many years."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.check.passages import clause, sentence
from extractor.check.registry import Case
from extractor.check.shown import operand
from extractor.model.document import Span
from extractor.model.facts import Fact, Measure, Project
from extractor.model.relations import judge_same


def words_around(case: Case, fact: Fact, whole_sentence: bool = False) -> str:
    """The clause, or the sentence, that a fact was read in."""
    if not fact.spans:
        return fact.label
    span = fact.spans[0]
    paragraph = case.facts.document.paragraphs.get(span.paragraph)
    if paragraph is None:
        return fact.label
    return case.facts.document.quote((sentence if whole_sentence else clause)(paragraph, span.start, span.end))


def is_interim(case: Case, fact: Fact) -> bool:
    """Is it a figure as of some day within the year?"""
    return case.lexicon.pattern("checks.interim").search(words_around(case, fact, whole_sentence=True)) is not None


def is_cumulative(case: Case, fact: Fact) -> bool:
    """Is it a figure over several years, or of the whole project?"""
    around = words_around(case, fact)
    return any(word in around for word in case.lexicon.words("cumulative_words"))


def whole_statements(case: Case, project: Project, measure: Measure) -> list[Fact]:
    """Every statement of the whole amount of the report's year."""
    own = (f for f in project.facts if f.measure is measure and f.source is None and not f.qualifier and f.year in (None, case.facts.year))
    return [f for f in own if not is_interim(case, f)]


def distinct(facts: list[Fact]) -> list[Fact]:
    """One statement of each figure, as first given."""
    found: list[Fact] = []
    for fact in facts:
        if not any(judge_same(operand(known), operand(fact)).is_consistent for known in found):
            found.append(fact)
    return found


def in_one_sentence(case: Case, first: Fact, second: Fact) -> bool:
    """Were two facts read in one sentence?"""
    if not first.spans or not second.spans or first.spans[0].paragraph != second.spans[0].paragraph:
        return False
    paragraph = case.facts.document.paragraphs.get(first.spans[0].paragraph)
    return paragraph is not None and second.spans[0] in sentence(paragraph, first.spans[0].start, first.spans[0].end)


def figure_spans(facts: list[Fact]) -> Iterator[Span]:
    return (span for fact in facts for span in fact.spans[:1])
