"""A planned and an actual number told in one sentence, held against the percentage told of them in another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.lexicon.holding import any_word
from extractor.lexicon.packs import Lexicon
from extractor.model.facts import Doubt, Indicator, Kind, Statement, StatementKind, Term
from extractor.understand.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Pair:
    """由于预算护林员人数为100名，实际年均84人: what was planned and what there was."""

    subject: str
    planned: Term
    actual: Term


class PlannedReader:
    def __init__(self, lexicon: Lexicon) -> None:
        self.planned = lexicon.pattern("statements.planned")
        self.tells_actual = any_word(lexicon, "actual_words")
        self.persons = frozenset(lexicon.words("person_units"))

    def read(self, sentence: Sentence) -> Iterator[Pair]:
        for first, second in pairwise(sentence.exact(Kind.COUNT)):
            if not self.tells_actual(sentence.slice(first.end, second.start)):
                continue
            lead = self.planned.search(sentence.slice(sentence.clause_at(first.start).start, first.start))
            if not lead:
                continue
            assert first.quantity
            assert second.quantity
            units = {first.quantity.unit, second.quantity.unit}
            if len(units) == 1 or units <= self.persons:
                planned = Term("whole", first.quantity, sentence.span(first.start, first.end))
                yield Pair(lead["object"], planned, Term("part", second.quantity, sentence.span(second.start, second.end)))


def shares(pairs: Sequence[Pair], indicators: Sequence[Indicator], project: str) -> Iterator[Statement]:
    """护林员人数84%: the percentage of the actual number in the planned one, where an indicator has the pair's own name."""
    for pair in pairs:
        for indicator in indicators:
            value = indicator.actual
            if indicator.name == pair.subject and value and value.quantity and value.quantity.unit == "%":
                stated = Term("rate", value.quantity, value.spans[0])
                yield Statement(StatementKind.RATIO, (pair.actual, pair.planned), stated, project, doubts=frozenset({Doubt.INFERRED}))
