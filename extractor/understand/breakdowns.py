"""其中 lists of money as statements: the parts against the amount they are parts of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.model.facts import Statement, StatementKind, Term
from extractor.model.relations import judge_sum
from extractor.understand.amounts import AmountReader
from extractor.understand.bound_amounts import Amount
from extractor.understand.sentences import Sentence


def breakdowns_of(sentence: Sentence, amounts: Sequence[Amount], reader: AmountReader) -> Iterator[Statement]:
    """其中 lists as statements: the parts against the amount they are parts of."""
    wholes = {a.part_of for a in amounts}
    for place, whole in enumerate(amounts):
        if place not in wholes:
            continue
        parts = _of_its_measure(whole, [a for a in amounts if a.part_of == place and a.group != "comparison"])
        if not parts or whole.mention.quantity is None or whole.group == "accounts":
            continue  # a total of the accounts is added up in the accounts, not in the sentence
        lead = sentence.slice(whole.mention.end, parts[0].mention.start)
        tail = sentence.slice(parts[-1].mention.end, min(parts[-1].mention.end + 2, sentence.end))
        names_some = any(word in lead for word in reader.inclusion_leads) or tail.startswith(reader.open_ends)
        is_open = names_some or reader.rest.match(sentence.paragraph.text, parts[-1].mention.end) is not None
        yield Statement(
            StatementKind.BREAKDOWN,
            tuple(
                Term(a.label or "part", a.mention.quantity, sentence.span(a.mention.start, a.mention.end))
                for a in parts
                if a.mention.quantity
            ),
            Term(whole.measure or "total", whole.mention.quantity, sentence.span(whole.mention.start, whole.mention.end)),
            exhaustive=not is_open and ("由" in lead or any(word in lead for word in reader.exhaustive_leads)),
            subject="open" if is_open else "money",
        )


def _of_its_measure(whole: Amount, parts: Sequence[Amount]) -> Sequence[Amount]:
    """The parts of the whole's measure where each is told with two: 甲预算20万元，支出18万元；乙预算30万元，支出29万元."""
    measures = {a.own_measure for a in parts} - {None}
    is_told_twice = any(a.cue is not None and a.label == a.cue.word and a.own_measure for a in parts)
    if len(measures) < 2 or not is_told_twice:
        return parts
    own = [a for a in parts if a.own_measure is whole.measure]
    return own if len(own) > 1 else ()


def is_whole(statement: Statement) -> bool:
    """Do the parts of a breakdown make its whole?"""
    parts = [term.quantity for term in statement.operands]
    return len(parts) > 1 and judge_sum(parts, statement.stated.quantity).is_consistent
