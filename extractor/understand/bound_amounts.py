"""An amount of a sentence with what binds it."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.model.facts import Measure, Mention
from extractor.model.frozen import frozen
from extractor.understand.cues import Cue
from extractor.understand.sentences import Sentence

MEASURES = {
    "budget_initial": Measure.BUDGET_INITIAL,
    "budget_adjusted": Measure.BUDGET,
    "budget": Measure.BUDGET,
    "budget_weak": Measure.BUDGET,
    "carried_in": Measure.BUDGET,
    "arrived": Measure.ARRIVED,
    "executed": Measure.EXECUTED,
    "balance": Measure.BALANCE,
    "adjustment_up": Measure.ADJUSTMENT,
    "adjustment_down": Measure.ADJUSTMENT,
}
WEAK = frozenset({"budget_weak", "carried_in", "rate"})


@frozen
class Amount:
    """One amount of a sentence, bound. `group` is the cue's group, empty where nothing binds it."""

    mention: Mention
    group: str
    cue: Cue | None
    source: str | None
    part_of: int | None = None  # place of the amount it is a part of
    label: str = ""  # what a part is called
    inherited: bool = False
    is_inclusion: bool = False  # （含年初结转50万元）: one part named, the others not
    is_carried: bool = False  # stands in the sentence before; its parts follow in this one

    @property
    def measure(self) -> Measure | None:
        return MEASURES.get(self.group)

    @property
    def own_measure(self) -> Measure | None:
        """The measure that a part is told to be of by the word right before it, whatever its whole is."""
        near = self.cue is not None and 0 <= self.mention.start - self.cue.end <= 1
        return MEASURES.get(self.cue.group) if self.cue and near and self.cue.group not in WEAK else None


def is_listed(bound: Sequence[Amount], whole: int, group: str) -> bool:
    """Has the list a part of that measure already: 甲预算20万元，支出18万元；乙预算30万元，支出29万元?"""
    own = MEASURES.get(group)
    return own is not None and any(a.part_of == whole and a.own_measure is own for a in bound)


def is_price_aside(sentence: Sentence, amount: Amount) -> bool:
    """保管费1200万元（每吨100元）、利息960万元: a price in brackets parts no list."""
    start = amount.cue.start if amount.group == "other" and amount.cue else amount.mention.start
    return amount.group == "other" and sentence.slice(start - 1, start) in ("（", "(")
