"""Which statements speak of one and the same amount: of the whole project, of one year, of one kind, and no item of a list."""

from __future__ import annotations

from decimal import Decimal

from extractor.check.reasons import passages_of
from extractor.check.registry import Case
from extractor.check.stated import distinct, in_one_period, is_cumulative, is_multiyear, speaks_of_the_whole, whole_statements
from extractor.lexicon.short_texts import words_of
from extractor.model.document import Span
from extractor.model.facts import Fact, Kind, Measure, Project
from extractor.model.quantity import Quantity
from extractor.model.relations import judge_sum

PARTS = {
    Measure.BUDGET: "budget",
    Measure.BUDGET_INITIAL: "budget",
    Measure.ARRIVED: "arrived",
    Measure.EXECUTED: "executed",
}
LONGEST_TITLE = 24
MANY_TIMES = 4


def comparable(case: Case, project: Project, measure: Measure) -> list[Fact]:
    """The statements of a measure that must agree, the settled one first."""
    place = ("comparable", id(project), measure)
    if place not in case.memo:
        case.memo[place] = _comparable(case, project, measure)
    return list(case.memo[place])


def _comparable(case: Case, project: Project, measure: Measure) -> list[Fact]:
    settled = project.amount(measure)
    found = [f for f in whole_statements(case, project, measure) if f is settled or _may_be_the_whole(case, project, f, settled)]
    if measure is Measure.BUDGET:
        initial = project.amount(Measure.BUDGET_INITIAL)
        found = [f for f in found if initial is None or f.quantity.value != initial.quantity.value or f is settled]
    shares = shares_of(project, measure)
    found = [f for f in found if f.quantity.value not in shares or (settled and f.quantity.value == settled.quantity.value)]
    found = [f for f in found if f is settled or not _is_listed(case, f, found)]
    values = [f.quantity for f in distinct(found)]
    for whole in values:
        others = [q for q in values if q is not whole]
        if len(others) > 1 and judge_sum(others, whole).is_consistent:
            return [f for f in found if f.quantity.value == whole.value]
    return sorted(found, key=lambda f: f is not settled)


def is_explained_difference(case: Case, project: Project, first: Fact, second: Fact) -> bool:
    """Is the difference of two statements an amount that the report tells too: of a part added, carried over, taken back?"""
    gap = abs(first.quantity.value - second.quantity.value)
    if not gap:
        return False
    place = ("amounts told", id(project) if project.segment.spans else None)
    if place not in case.memo:
        told = (m for p, start, end in passages_of(case, project) for m in case.facts.mentions_in(Span(p.index, start, end)))
        case.memo[place] = frozenset(m.quantity.value for m in told if m.kind is Kind.MONEY and m.quantity is not None)
    return gap in case.memo[place]


def is_far(first: Quantity, other: Quantity) -> bool:
    """Is one amount many times the other? Then the two are hardly meant to be one."""
    small, large = sorted((abs(first.value), abs(other.value)))
    return small * MANY_TIMES < large


def shares_of(project: Project, measure: Measure) -> frozenset[Decimal]:
    """The amounts that a project's sources have of a measure, where it has several."""
    parts = [fact for source in project.sources if (fact := getattr(source, PARTS[measure])) is not None]
    return frozenset(fact.quantity.value for fact in parts) if len(parts) > 1 else frozenset()


def _may_be_the_whole(case: Case, project: Project, fact: Fact, settled: Fact | None) -> bool:
    if is_multiyear(case, fact) or not speaks_of_the_whole(case, project, fact) or _has_budget_of_its_own(project, fact):
        return False
    return settled is None or not (_is_of_longer_time(case, fact, settled) or _are_items(case, fact, settled))


def _has_budget_of_its_own(project: Project, fact: Fact) -> bool:
    """预算86万元，支出81.2万元 beside a whole of 950万元 tells of a part."""
    whole = {f.quantity.value for m in (Measure.BUDGET, Measure.BUDGET_INITIAL) if (f := project.amount(m))}
    if fact.measure is not Measure.EXECUTED or not whole or not fact.spans:
        return False
    own = [f for f in project.facts if f.measure is Measure.BUDGET and f.spans and f.spans[0].paragraph == fact.spans[0].paragraph]
    return bool(own) and all(f.quantity.value not in whole for f in own)


def _is_of_longer_time(case: Case, fact: Fact, settled: Fact) -> bool:
    """累计支付 that is more than what was paid this year may be of several years."""
    long, short = (fact, settled) if fact.quantity.value > settled.quantity.value else (settled, fact)
    return is_cumulative(case, long) and not is_cumulative(case, short)


def _is_listed(case: Case, fact: Fact, facts: list[Fact]) -> bool:
    """One of several figures of a sentence is an item of a list, not the whole told again."""
    return any(f.quantity.value != fact.quantity.value and in_one_period(case, fact, f) for f in facts if f is not fact)


def _are_items(case: Case, first: Fact, second: Fact) -> bool:
    """Does each stand in a numbered item with a subject of its own: （一）道路硬化。支出86.7万元 and （二）公厕改造。支出40万元?"""
    one, other = _item(case, first), _item(case, second)
    return one is not None and other is not None and one[0] == other[0] and one != other


def _item(case: Case, fact: Fact) -> tuple[str, str] | None:
    """The kind of number that opens the fact's paragraph and the subject behind it, if it names one."""
    paragraph = case.facts.document.paragraphs.get(fact.spans[0].paragraph) if fact.spans else None
    number = case.lexicon.pattern("outline.number").match(paragraph.text) if paragraph else None
    if paragraph is None or number is None:
        return None
    title = paragraph.text[number.end() : number.end() + LONGEST_TITLE]
    for mark in "。：:；，":
        title = title.split(mark)[0]
    if title.endswith(case.lexicon.words("title_tails")):
        return None  # a section's title
    left = words_of(case.lexicon, ("plain_subjects",)).taken_out(title)
    return (number.lastgroup or "", title) if len(left) > 1 else None
