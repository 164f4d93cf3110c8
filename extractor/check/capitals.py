"""Amounts written twice side by side, in figures and in capitals: 1,280,000.00元（大写：壹佰贰拾捌万元整）."""

from __future__ import annotations

from itertools import pairwise

from extractor.check.passages import prose
from extractor.check.registry import Case
from extractor.check.shown import quoted, shown_operand, written
from extractor.check.told import Yielded
from extractor.check.verdicts import finding, judged
from extractor.model.document import Paragraph, Span
from extractor.model.facts import Kind, Mention
from extractor.model.findings import Relation, Severity
from extractor.model.mentions import is_in_digits
from extractor.model.relations import Judgement, Outcome

NAME = "amount-conflicting-mentions"


def capitals_beside(case: Case) -> Yielded:
    """Every amount with its capitals in brackets behind it: both are exact."""
    pattern = case.lexicon.pattern("amounts.capitals_open")
    for paragraph in prose(case.facts.document):
        money = [m for m in case.facts.mentions.get(paragraph.index, ()) if m.kind is Kind.MONEY and m.quantity]
        for figures, capitals in pairwise(money):
            beside = pattern.fullmatch(paragraph.text[figures.end : capitals.start])
            if beside and not is_in_digits(paragraph.text[capitals.start : capitals.end]):
                yield from _both(case, paragraph, figures, capitals)


def _both(case: Case, paragraph: Paragraph, figures: Mention, capitals: Mention) -> Yielded:
    assert figures.quantity
    assert capitals.quantity
    marks = tuple(Span(paragraph.index, m.start, m.end) for m in (figures, capitals))
    same = figures.quantity.value == capitals.quantity.value
    judgement = Judgement(Outcome.HOLDS if same else Outcome.FAILS, figures.quantity.value)
    stated, other = written(figures.quantity), written(capitals.quantity)
    spans, project = quoted(case.facts.document, marks), case.facts.project_at(marks[0])
    operands = [shown_operand("amount", figures.quantity, marks[0]), shown_operand("amount", capitals.quantity, marks[1])]
    claim = judged(Relation.SAME, NAME, judgement, stated, spans, project.name if project else None, other, operands=operands)
    yield claim
    if not same:
        yield finding(claim, Severity.ERROR, "capitals", {"mentions": f"{stated}、{other}"}, highlight=marks)
