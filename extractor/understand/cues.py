"""The words around an amount that tell what it is: 预算, 到位, 实际支出 and their kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.lexicon.holding import plain
from extractor.lexicon.packs import Lexicon
from extractor.model.facts import Kind, Mention
from extractor.understand.sentences import Sentence

YEAR_PARTS = frozenset("初中末底")
NAMING = frozenset({"result", "other", "comparison"})  # words that name what a project is for, where its own name has them


class Cue(NamedTuple):
    start: int
    end: int
    word: str
    group: str


def cues_of(sentence: Sentence, lexicon: Lexicon, names: Sequence[str] = ()) -> Iterator[Cue]:
    """The cue words of a sentence outside its mentions, longest first, in order.

    The 标准 of 高标准农田 and the 贷款 of a project named 贷款贴息 say nothing of the money beside them. A word that begins
    inside a mention is looked for again behind it: the 预算 of 2022年度预算 is no part of the date.
    """
    taken = [(m.start, _date_end(sentence, m)) for m in sentence.mentions if m.kind is not Kind.RELATIVE_DATE]
    pattern, text, place, first = plain(lexicon, "amounts.cue"), sentence.paragraph.text, sentence.start, 0
    while match := pattern.search(text, place, sentence.end):
        while first < len(taken) and taken[first][1] <= match.start():
            first += 1
        if first < len(taken) and taken[first][0] < match.end():
            place = max(taken[first][1], match.start() + 1)
            continue
        group = lexicon.group_of("measure", match.group()) or ""
        own = group == "other" and len(match.group()) > 1 and any(match.group() in name for name in names[:1])
        if group != "objects" and not own and not (group in NAMING and _is_in_a_name(sentence, *match.span(), names)):
            yield Cue(*match.span(), match.group(), group)
        place = match.end()


def _is_in_a_name(sentence: Sentence, start: int, end: int, names: Sequence[str]) -> bool:
    """Does a name hold the word with what stands right before or behind it?"""
    around = (sentence.slice(max(sentence.start, start - 2), end), sentence.slice(start, min(sentence.end, end + 2)))
    return any(len(words) > 3 and words in name for words in around for name in names)


def _date_end(sentence: Sentence, mention: Mention) -> int:
    """2022年初预算: the 年 that the date takes is the head of 年初 too."""
    text = sentence.paragraph.text
    shared = mention.kind in (Kind.DATE, Kind.YEAR) and text[mention.end - 1] == "年" and text[mention.end : mention.end + 1] in YEAR_PARTS
    return mention.end - 1 if shared else mention.end
