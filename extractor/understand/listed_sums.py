"""Sums told behind the items that make them, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.lexicon.packs import Lexicon
from extractor.model.facts import Measure
from extractor.understand.bound_amounts import Amount
from extractor.understand.sentences import Sentence


class ListedSums:
    def __init__(self, lexicon: Lexicon) -> None:
        self.lead = lexicon.pattern("amounts.sum_lead")

    def summed(self, sentence: Sentence, bound: Sequence[Amount]) -> Sequence[Amount]:
        """支付训练费451.2万元、手术费4.8万元，合计456万元: what the list makes is what was paid, its items are parts of that."""
        text = sentence.paragraph.text
        for place, total in enumerate(bound):
            start = bound[place - 1].mention.end if place else sentence.start
            if place > 1 and total.measure is not Measure.BALANCE and self.lead.fullmatch(text, start, total.mention.start):
                items = _items(bound, place)
                if items:
                    parts = [replace(a, group="other") if i in items else a for i, a in enumerate(bound)]
                    word = bound[items[0]].cue
                    cue = word._replace(start=start, end=total.mention.start) if word else None
                    parts[place] = replace(total, group=bound[items[0]].group, cue=cue)
                    return parts
        return bound


def _items(bound: Sequence[Amount], place: int) -> list[int]:
    """The places of the amounts of one measure that make the total exactly; none where they do not."""
    group, total = bound[place - 1].group, bound[place].mention.quantity
    items = [i for i, a in enumerate(bound[:place]) if a.part_of is None and a.group == group and a.source is None]
    values = [q.value for i in items if (q := bound[i].mention.quantity)]
    if len(values) < 2 or not bound[items[0]].measure or total is None:
        return []
    return items if sum(values[1:], values[0]) == total.value else []
