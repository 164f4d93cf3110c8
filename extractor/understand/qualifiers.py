"""What narrows an amount to less than the whole fund."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.lexicon.packs import Lexicon
from extractor.model.facts import Fact, Kind, Section
from extractor.understand.amounts import AmountReader
from extractor.understand.sentences import Sentence

AMONG = "其中"
LONGEST_HEAD = 14  # （四）“三公”经费。2022年支出…
DATED = frozenset({Kind.DATE, Kind.YEAR, Kind.RELATIVE_DATE, Kind.PERIOD})  # 其中2023年预算2000万元 is the year's own


def account_of(section: Section | None, sentence: Sentence, names: Sequence[str], lexicon: Lexicon) -> str:
    """The account that a heading names (“三公”经费): the money under it is that account's, unless the report is about it."""
    head, mark, _ = sentence.paragraph.text[:LONGEST_HEAD].partition("。")
    told = f"{section.title if section else ''}{head if mark else ''}"
    return next((w for w in lexicon.words("account_sections") if w in told and not any(w in name for name in names)), "")


def qualifier_of(sentence: Sentence, fact: Fact, reader: AmountReader, names: Sequence[str]) -> str:
    """The words of the fact's clause, up to its cue, that narrow it to less than the whole fund; '' where none do.

    Words of the project's or the unit's own name narrow nothing.
    """
    figure, words = fact.spans[0], fact.spans[-1]
    clause = sentence.clause_at(words.start)
    told = sentence.slice(clause.start, min(figure.end + 4, sentence.clause_at(figure.start).end))
    if reader.narrows(told) or reader.part_of_year.search(told):
        return sentence.slice(clause.start, figure.start)
    left = sentence.slice(clause.start, words.start) if words.start < figure.start else sentence.slice(clause.start, figure.start)
    taken = [m for m in sentence.mentions if clause.start <= m.start and m.end <= clause.start + len(left)]
    rest = left
    for mention in reversed(taken):
        rest = rest[: mention.start - clause.start] + rest[mention.end - clause.start :]
    for plain in reader.plain_subjects:
        rest = rest.replace(plain, "")
    if sentence.text.lstrip().startswith(AMONG) and not any(m.kind in DATED for m in sentence.mentions):
        return AMONG  # 其中东县分得800万元，支付760.5万元
    own = set().union(*names)
    rest = "".join(c for c in rest if "\u4e00" <= c <= "\u9fff" and c not in own)
    return rest if len(rest) > 1 else ""
