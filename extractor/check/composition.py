"""Lists of money whose total stands in the sentence before: 支出90万元。构成为：人工费60万元，材料费30万元。"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.check.passages import prose, sentence
from extractor.check.registry import Case
from extractor.model.document import Paragraph, Span
from extractor.model.facts import Doubt, Fact, Kind, Measure, Mention, Statement, StatementKind, Term

INFERRED = frozenset({Doubt.INFERRED})
LEAD = 8
"""Characters of a sentence in which the word that opens the list stands."""


def lists_of_earlier_totals(case: Case) -> Iterator[Statement]:
    """The lists that open a sentence and that no breakdown of `Facts` holds yet, with the whole amount told before them."""
    known = {term.span for s in case.facts.statements if s.kind is StatementKind.BREAKDOWN for term in s.operands}
    for paragraph in prose(case.facts.document):
        money = [m for m in case.facts.mentions.get(paragraph.index, ()) if m.kind is Kind.MONEY and m.quantity and not m.quantity.upper]
        found: dict[Span, list[Mention]] = {}
        for mention in money:
            if any(word in paragraph.text[max(0, mention.start - LEAD) : mention.end + 2] for word in case.lexicon.words("narrowing")):
                continue  # 按每人6000元的标准: a price, no part
            found.setdefault(sentence(paragraph, mention.start, mention.end), []).append(mention)
        for span, items in found.items():
            lead = case.lexicon.pattern("checks.composition").search(paragraph.text[span.start : span.start + LEAD])
            terms = tuple(_term(paragraph, item) for item in items)
            if lead and len(terms) > 1 and not any(term.span in known for term in terms) and len(_measures(case, span)) < 2:
                whole = _told_before(case, paragraph, span)
                if whole is not None:
                    yield Statement(StatementKind.BREAKDOWN, terms, whole, exhaustive=not lead[0].startswith("其中"), doubts=INFERRED)


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
