"""Lists of money whose total stands in the sentence before: 支出90万元。构成为：人工费60万元，材料费30万元。"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.check.passages import sentence
from extractor.check.registry import Case
from extractor.check.search import holding
from extractor.model.document import Paragraph, Span
from extractor.model.facts import Doubt, Fact, Kind, Measure, Mention, Statement, StatementKind, Term

INFERRED = frozenset({Doubt.INFERRED})
FIGURES = frozenset({Kind.MONEY, Kind.PERCENT, Kind.COUNT})
MEASURES = {
    "budget_initial": "budget",
    "budget_adjusted": "budget",
    "budget": "budget",
    "arrived": "arrived",
    "executed": "executed",
    "balance": "balance",
}
"""The vocabularies of measures of which a list of parts has one only."""
LEAD = 8
"""Characters of a sentence in which the word that opens the list stands."""


def lists_of_earlier_totals(case: Case) -> Iterator[Statement]:
    """The lists that open a sentence and that no breakdown of `Facts` holds yet, with the whole amount told before them."""
    known = {term.span for s in case.facts.statements if s.kind is StatementKind.BREAKDOWN for term in s.operands}
    for paragraph in holding(case, "checks.composition", running=True):
        money = [m for m in case.facts.mentions.get(paragraph.index, ()) if m.kind is Kind.MONEY and m.quantity and not m.quantity.upper]
        found: dict[Span, list[Mention]] = {}
        for mention in money:
            found.setdefault(sentence(paragraph, mention.start, mention.end), []).append(mention)
        for span, amounts in found.items():
            lead = case.lexicon.pattern("checks.composition").search(paragraph.text[span.start : span.start + LEAD])
            items = [m for m in amounts if not _is_change(case, paragraph, m) and not _is_price(case, paragraph, m)] if lead else []
            terms = tuple(_term(paragraph, item) for item in items)
            is_new = len(terms) > 1 and not any(term.span in known for term in terms)
            if lead and is_new and not _tells_two_measures(case, paragraph, span, items):
                whole = _told_before(case, paragraph, span)
                if whole is not None:
                    yield Statement(StatementKind.BREAKDOWN, terms, whole, exhaustive=not lead[0].startswith("其中"), doubts=INFERRED)


def _is_price(case: Case, paragraph: Paragraph, mention: Mention) -> bool:
    """按每人6000元的标准: a price, no part."""
    around = paragraph.text[max(0, mention.start - LEAD) : mention.end + 2]
    return any(word in around for word in case.lexicon.words("narrowing"))


def _is_change(case: Case, paragraph: Paragraph, mention: Mention) -> bool:
    """公务接待费5.12万元，减少1.18万元: by how much a part changed is no part."""
    before = (m.end for m in case.facts.mentions.get(paragraph.index, ()) if m.end <= mention.start and m.kind in FIGURES)
    lead = paragraph.text[max(before, default=0) : mention.start]
    return case.lexicon.pattern("amounts.change_aside").search(lead) is not None


def _tells_two_measures(case: Case, paragraph: Paragraph, span: Span, items: list[Mention]) -> bool:
    """Are the amounts of a sentence budgets and what was spent of them: 基本支出预算20万元，支出18万元?"""
    words = {group: names for group, names in case.lexicon.groups("measure").items() if group in MEASURES}
    leads = [paragraph.text[max(span.start, item.start - LEAD) : item.start].rstrip("为约共") for item in items]
    told = [max(((len(w), MEASURES[g]) for g, names in words.items() for w in names if lead.endswith(w)), default=None) for lead in leads]
    return len({own[1] for own in told if own}) > 1 or len(_measures(case, span)) > 1


def _measures(case: Case, span: Span) -> frozenset[Measure]:
    """What the amounts of a sentence are of: a list of parts is of one measure, 甲项目预算20万元，支出18万元 of two."""
    return frozenset(f.measure for p in case.facts.projects for f in p.facts if f.spans and f.spans[0] in span)


def _term(paragraph: Paragraph, mention: Mention) -> Term:
    assert mention.quantity is not None
    return Term("part", mention.quantity, Span(paragraph.index, mention.start, mention.end))


def _told_before(case: Case, paragraph: Paragraph, span: Span) -> Term | None:
    """The last whole amount of a measure in the sentence before the list."""
    if span.start == 0:
        return None
    before = sentence(paragraph, span.start - 1, span.start - 1)
    facts = [f for p in case.facts.projects for f in p.facts if f.source is None and f.spans and f.spans[0] in before]
    last: Fact | None = max(facts, key=lambda f: f.spans[0].start, default=None)
    return Term("total", last.quantity, last.spans[0]) if last else None
