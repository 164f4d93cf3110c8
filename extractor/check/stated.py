"""What a project's part of the report states of one measure, and in what sense: of the year, of part of it, of many years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.check.passages import CLAUSE_MARKS, clause, sentence
from extractor.check.reasons import passages_of
from extractor.check.registry import Case
from extractor.check.shown import operand
from extractor.lexicon.short_texts import words_of
from extractor.model.document import Document, Span
from extractor.model.facts import Fact, Kind, Measure, Origin, Project, Rate, StatementKind
from extractor.model.quantity import ZERO, Bound, Quantity
from extractor.model.relations import judge_same

PERIODS = frozenset({Kind.YEAR, Kind.DATE, Kind.RELATIVE_DATE, Kind.PERIOD})
MOST_LEFT_OVER = 1
"""Characters beside a figure that no vocabulary knows and that still name nothing."""


def facts_by_paragraph(case: Case, project: Project) -> Mapping[int | None, Sequence[Fact]]:
    """What is told of a project, by the paragraph of the figure; sorted once a run."""
    place = ("facts by paragraph", id(project))  # projects live as long as the case
    if place not in case.memo:
        made: dict[int | None, list[Fact]] = defaultdict(list)
        for fact in project.facts:
            made[_paragraph_of(fact)].append(fact)
        case.memo[place] = dict(made)
    found: Mapping[int | None, Sequence[Fact]] = case.memo[place]
    return found


def words_around(case: Case, fact: Fact) -> str:
    """The clause that a fact was read in."""
    if not fact.spans:
        return fact.label
    span = fact.spans[0]
    paragraph = case.facts.document.paragraphs.get(span.paragraph)
    if paragraph is None:
        return fact.label
    return case.facts.document.quote(clause(paragraph, span.start, span.end))


def is_interim(case: Case, fact: Fact) -> bool:
    """Is it a figure as of some day within the year? What is told behind its clause is of later: 结余3万元，于次年一季度支付."""
    interim = case.lexicon.pattern("checks.interim")
    paragraph = case.facts.document.paragraphs.get(fact.spans[0].paragraph) if fact.spans else None
    if paragraph is None:
        return interim.search(fact.label) is not None
    own = fact.spans[0]
    end = next((i for i in range(own.end, len(paragraph.text)) if paragraph.text[i] in CLAUSE_MARKS), len(paragraph.text))
    return interim.search(paragraph.text, sentence(paragraph, own.start, own.end).start, end) is not None


def is_of_other_period(case: Case, span: Span) -> bool:
    """Does the sentence speak of part of the year, or of another year, where the figure stands?

    The nearest year before the figure counts: 2021年执行率88%，2022年执行率95%.
    """
    paragraph = case.facts.document.paragraphs.get(span.paragraph)
    if paragraph is None:
        return False
    around = sentence(paragraph, span.start, span.end)
    if case.lexicon.pattern("checks.interim").search(paragraph.text, around.start, span.end):
        return True
    own, other = case.facts.year, case.lexicon.words("other_year")
    before = [m for m in case.facts.mentions_in(Span(span.paragraph, around.start, span.start)) if m.kind in PERIODS]
    if not before:
        return False
    said = paragraph.text[before[-1].start : before[-1].end]
    year = (before[-1].text or said)[:4]
    return any(word in said for word in other) or (own is not None and year.isdigit() and year != own)


def speaks_of_the_whole(case: Case, project: Project, fact: Fact) -> bool:
    """Is nothing named beside the figure but the project, its money and its time? 支付监理费18万元 is of a part."""
    place = ("speaks of the whole", id(project), fact.spans, fact.label, fact.origin)
    if place not in case.memo:
        case.memo[place] = _speaks_of_the_whole(case, project, fact)
    answer: bool = case.memo[place]
    return answer


def _speaks_of_the_whole(case: Case, project: Project, fact: Fact) -> bool:
    span = fact.spans[0] if fact.spans else None
    paragraph = case.facts.document.paragraphs.get(span.paragraph) if span else None
    if span is None or paragraph is None or fact.origin is not Origin.PROSE:
        return True
    if fact.label and len(fact.spans) > 1 and not _is_near(paragraph.text, fact):
        return False
    start = clause(paragraph, span.start, span.end).start
    words = list(paragraph.text[start : span.start])
    for mention in case.facts.mentions_in(Span(span.paragraph, start, span.start)):
        words[mention.start - start : mention.end - start] = " " * (mention.end - mention.start)
    left = "".join(words).replace(project.name, "")
    parts = ("department_parts",) if case.facts.kind == "department" else ()
    if words_of(case.lexicon, ("narrowing", *parts)).is_in(left):
        return False
    left = words_of(case.lexicon, ("plain_subjects",), ("measure",)).taken_out(left)
    names = (project.name, case.facts.unit or "", case.facts.title or "")
    return sum(c.isalpha() and not any(c in name for name in names) for c in left) <= MOST_LEFT_OVER


def _is_near(text: str, fact: Fact) -> bool:
    """Does the word that names the measure stand in the figure's own clause?"""
    own, bound = fact.spans[0], fact.spans[1]
    between = text[bound.start : own.start] if bound.start < own.start else text[own.end : bound.end]
    return not any(mark in between for mark in "，；。,;")


def is_cumulative(case: Case, fact: Fact) -> bool:
    """May it be a figure over several years: 累计, 开工以来, 合同?"""
    around = words_around(case, fact)
    return any(word in around for word in (*case.lexicon.words("cumulative_words"), *case.lexicon.words("multiyear_words")))


def is_multiyear(case: Case, fact: Fact) -> bool:
    """Is it said to be over several years? 累计 alone may be of the year."""
    around = words_around(case, fact)
    return any(word in around for word in case.lexicon.words("multiyear_words"))


def is_of_several_years(case: Case, project: Project, base: Fact) -> bool:
    """Is a whole that amounts of the year are held against an investment, and is it said to go over several years?"""
    investments = case.lexicon.words("investments")
    if not is_investment(case, base):
        return False
    told = (*case.lexicon.words("running_totals"), *case.lexicon.words("multiyear_words"))
    words = [word for word in told if not any(own in word for own in investments)]
    return any(word in paragraph.text[start:end] for paragraph, start, end in passages_of(case, project) for word in words)


def whole_statements(case: Case, project: Project, measure: Measure) -> list[Fact]:
    """Every statement of the whole amount of the report's year.

    What follows a narrowed amount in its period is narrowed too: “三公”经费预算38.50万元，实际支出29.84万元。
    """
    place = ("whole statements", id(project), measure)  # projects live as long as the case
    if place not in case.memo:
        case.memo[place] = _whole_statements(case, project, measure)
    return list(case.memo[place])


def _whole_statements(case: Case, project: Project, measure: Measure) -> list[Fact]:
    own = [f for f in project.facts if f.measure is measure and f.source is None and not f.qualifier and f.year in (None, case.facts.year)]
    words = (*case.lexicon.words("narrowing"), *case.lexicon.words("department_parts"))
    narrowed: dict[int | None, list[Fact]] = defaultdict(list)
    for fact in project.facts:
        if fact.qualifier and any(word in fact.qualifier for word in words):
            narrowed[_paragraph_of(fact)].append(fact)
    return [f for f in own if not is_interim(case, f) and not any(in_one_period(case, f, o) for o in narrowed.get(_paragraph_of(f), ()))]


def _paragraph_of(fact: Fact) -> int | None:
    return fact.spans[0].paragraph if fact.spans else None


def distinct(facts: list[Fact]) -> list[Fact]:
    """One statement of each figure, as first given."""
    found: dict[Decimal, Fact] = {}
    for fact in facts:
        value = fact.quantity.value
        if value not in found and not any(_agree(known, fact) for known in found.values()):
            found[value] = fact
    return list(found.values())


def is_one_figure(facts: list[Fact]) -> bool:
    """Are all statements of one figure, those that agree with the first?"""
    return all(fact.quantity.value == facts[0].quantity.value or _agree(facts[0], fact) for fact in facts[1:])


def _agree(first: Fact, second: Fact) -> bool:
    """Are two figures one? Only those so near that rounding may explain their difference are judged."""
    one, other = first.quantity, second.quantity
    gap = abs(one.value - other.value)
    if gap > 2 * one.step and gap > 2 * other.step and one.bound is Bound.NONE and other.bound is Bound.NONE:
        return False
    return judge_same(operand(first), operand(second)).is_consistent


def in_one_period(case: Case, first: Fact, second: Fact) -> bool:
    """Were two facts read between the same two full stops? Items of a list are told apart by semicolons too."""
    if not first.spans or not second.spans or first.spans[0].paragraph != second.spans[0].paragraph:
        return False
    paragraph = case.facts.document.paragraphs.get(first.spans[0].paragraph)
    start, end = sorted((first.spans[0].start, second.spans[0].start))
    return paragraph is not None and not any(mark in paragraph.text[start:end] for mark in "。！？\n")


def in_one_sentence(case: Case, first: Fact, second: Fact) -> bool:
    """Were two facts read in one sentence?"""
    if not first.spans or not second.spans or first.spans[0].paragraph != second.spans[0].paragraph:
        return False
    paragraph = case.facts.document.paragraphs.get(first.spans[0].paragraph)
    return paragraph is not None and second.spans[0] in sentence(paragraph, first.spans[0].start, first.spans[0].end)


def share_sentence(document: Document, fact: Fact, rate: Rate) -> bool:
    """Does a fact stand in the sentence of a rate?"""
    if not fact.spans or not rate.spans or fact.spans[0].paragraph != rate.spans[0].paragraph:
        return False
    paragraph = document.paragraphs.get(rate.spans[0].paragraph)
    return paragraph is not None and fact.spans[0] in sentence(paragraph, rate.spans[0].start, rate.spans[0].end)


def in_sentence_of(case: Case, project: Project, measure: Measure, rate: Rate) -> list[Fact]:
    """The whole amounts of a measure that a rate's own sentence tells."""
    place = rate.spans[0].paragraph if rate.spans else None
    told = facts_by_paragraph(case, project).get(place, ())
    return [f for f in told if f.measure is measure and f.source is None and share_sentence(case.facts.document, f, rate)]


def is_investment(case: Case, fact: Fact) -> bool:
    """Is it called an investment, as what is built over years and paid by many is?"""
    return any(word in fact.label for word in case.lexicon.words("investments"))


def by_parts(case: Case, project: Project, measure: Measure) -> list[Fact]:
    """What a total would be if its parts are right and it is not: a rate may rest on them, and is then not wrong itself."""
    lists = {s.stated.span: s for s in case.facts.statements if s.kind is StatementKind.BREAKDOWN}
    whole = [f for f in (*project.facts, *project.amounts.values()) if f.measure is measure and f.source is None and f.spans]
    found = [_with(f, [term.quantity for term in lists[f.spans[0]].operands]) for f in whole if f.spans[0] in lists]
    initial, budget = project.amount(Measure.BUDGET_INITIAL), project.amount(Measure.BUDGET)
    changes = distinct(whole_statements(case, project, Measure.ADJUSTMENT))
    if measure is Measure.BUDGET and initial is not None and budget is not None and changes:
        found.append(_with(budget, [initial.quantity, *(change.quantity for change in changes)]))
    return [f for f in found if any(abs(f.quantity.value - w.quantity.value) * 10 <= w.quantity.value for w in whole)]


def _with(fact: Fact, parts: list[Quantity]) -> Fact:
    quantity = fact.quantity
    added = sum((part.value for part in parts), ZERO)
    decimals = max(quantity.decimals, *(part.decimals for part in parts if part.multiplier == quantity.multiplier), 0)
    return replace(fact, quantity=replace(quantity, digits=added / quantity.multiplier, decimals=decimals, written=""))


def in_no_sentence(case: Case, project: Project, measure: Measure) -> tuple[Fact, ...]:
    """What may be meant by rates anywhere in a project's part; once a run."""
    key = ("statements of no sentence", id(project), measure)  # projects live as long as the case
    if key not in case.memo:
        rest = [f for f in whole_statements(case, project, measure) if speaks_of_the_whole(case, project, f)]
        case.memo[key] = (*rest, *by_parts(case, project, measure))
    found: tuple[Fact, ...] = case.memo[key]
    return found
