"""Amounts of sentences as facts of the fund."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.model.facts import SURE, Doubt, Doubts, Fact, Measure
from extractor.understand.amounts import AmountReader
from extractor.understand.bound_amounts import Amount
from extractor.understand.sentences import Sentence


def facts_of(sentence: Sentence, amounts: Sequence[Amount], doubts: Doubts = SURE) -> Iterator[Fact]:
    """The bound amounts of a sentence as facts; parts of spending are no sources of the fund."""
    for amount in amounts:
        if amount.measure is None or amount.mention.quantity is None or amount.is_carried:
            continue
        source = amount.source
        if amount.part_of is not None:
            if amount.measure not in (Measure.BUDGET, Measure.BUDGET_INITIAL, Measure.ARRIVED) or amount.is_inclusion:
                continue
            source = amount.label if len(amount.label) > 1 else amount.source or ""
            if not source:
                continue  # 承担60%，即2,638万元: the part is not named beside its figure
        quantity = amount.mention.quantity
        if amount.group == "adjustment_down":
            quantity = replace(quantity, digits=-quantity.digits)
        own = sentence.span(amount.mention.start, amount.mention.end)
        start = amount.cue.start if amount.cue and amount.cue.start < amount.mention.start else amount.mention.start
        words = sentence.span(min(start, amount.mention.start), max(amount.mention.end, amount.cue.end if amount.cue else 0))
        extra = doubts | {Doubt.INFERRED} if amount.inherited and amount.part_of is None else doubts
        label = amount.cue.word if amount.cue else ""
        yield Fact(amount.measure, quantity, (own, words), label, source, doubts=extra)


def page_doubt(sentence: Sentence) -> Doubts:
    """A figure bound to words on another page is read with a doubt."""
    glyphs = sentence.paragraph.glyphs
    if glyphs and sentence.end > sentence.start and glyphs.page(sentence.start) != glyphs.page(sentence.end - 1):
        return frozenset({Doubt.PAGE_BREAK})
    return SURE


def wholly_from_one_source(sentence: Sentence, facts: Sequence[Fact], reader: AmountReader) -> Iterator[Fact]:
    """资金来源全部为市级财政资金 behind the budget: it is that source's too."""
    budgets = [f for f in facts if f.measure is Measure.BUDGET and f.source is None]
    match = reader.whole_from.search(sentence.paragraph.text, sentence.start, sentence.end) if budgets else None
    if match and match.start() >= budgets[-1].spans[0].end:
        yield replace(budgets[-1], source=match["source"], spans=(*budgets[-1].spans, sentence.span(*match.span("source"))))
