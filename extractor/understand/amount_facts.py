"""Amounts of sentences as facts of the fund."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.model.facts import SURE, Doubt, Doubts, Fact, Measure
from extractor.understand.amounts import Amount
from extractor.understand.sentences import Sentence


def facts_of(sentence: Sentence, amounts: Sequence[Amount], year: str | None, doubts: Doubts = SURE) -> Iterator[Fact]:
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
        extra = doubts | ({Doubt.INFERRED} if amount.inherited and amount.part_of is None else set())
        label = amount.cue.word if amount.cue else ""
        yield Fact(amount.measure, quantity, (own, words), label, source, year, doubts=frozenset(extra))
