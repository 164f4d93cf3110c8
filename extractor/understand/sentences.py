"""Sentences and clauses of a paragraph, with the mentions in them: what a cue word may reach."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.model.document import Paragraph, Span
from extractor.model.facts import Kind, Mention

SENTENCE_ENDS = frozenset("。；！？;!?\n")
CLAUSE_ENDS = frozenset("，,：:（）()、")
MARKS = SENTENCE_ENDS | CLAUSE_ENDS | {"."}
LONGEST = 2000
_STOPS = re.compile(f"[{''.join(sorted(SENTENCE_ENDS))}.]")
_COMMAS = re.compile(f"[{''.join(sorted(CLAUSE_ENDS))}]")


class Clause(NamedTuple):
    """Characters [start, end) of a paragraph between two commas, colons, list commas or brackets."""

    start: int
    end: int


class Sentence:
    """Characters [start, end) of a paragraph up to a full stop or semicolon, with the mentions in them.

    Most sentences tell nothing of a project: clauses, and figures by their kind, are made when they are first asked for.
    """

    __slots__ = ("_clauses", "_exact", "_inside", "end", "kinds", "mentions", "paragraph", "start")

    def __init__(self, paragraph: Paragraph, start: int, end: int, mentions: Sequence[Mention], inside: Sequence[int]) -> None:
        self.paragraph, self.start, self.end, self.mentions = paragraph, start, end, mentions
        self.kinds = {m.kind for m in mentions}
        self._inside = inside
        self._clauses: Sequence[Clause] = ()
        self._exact: dict[Kind, list[Mention]] | None = None

    @property
    def text(self) -> str:
        return self.paragraph.text[self.start : self.end]

    @property
    def clauses(self) -> Sequence[Clause]:
        """There is always one."""
        if not self._clauses:
            self._clauses = tuple(_clauses(self.paragraph.text, self.start, self.end, self._inside))
        return self._clauses

    def exact(self, kind: Kind) -> Sequence[Mention]:
        """The figures of a kind, ranges left out."""
        if self._exact is None:
            self._exact = {}
            for mention in self.mentions:
                if mention.quantity is not None and mention.quantity.upper is None:
                    self._exact.setdefault(mention.kind, []).append(mention)
        return self._exact.get(kind, ())

    def clause_at(self, place: int) -> Clause:
        clauses = self.clauses
        at = bisect_right(clauses, (place, self.end)) - 1
        return clauses[at] if at >= 0 and place < clauses[at].end else clauses[-1]

    def span(self, start: int, end: int) -> Span:
        return Span(self.paragraph.index, start, end)

    def slice(self, start: int, end: int) -> str:
        return self.paragraph.text[start:end]


def sentences(paragraph: Paragraph, mentions: Sequence[Mention], start: int = 0, end: int | None = None) -> Iterator[Sentence]:
    """The sentences of a paragraph, or of its characters [start, end). A mark inside a mention separates nothing."""
    text = paragraph.text
    stop = len(text) if end is None else end
    inside = bytearray(len(text) + 1)
    for mention in mentions:
        inside[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    begin = start
    first = 0  # of the mentions, the first that begins in the sentence or behind it
    # Only a mark ends a sentence, but for those that are too long.
    places = range(start, stop) if stop - start >= LONGEST else [mark.start() for mark in _STOPS.finditer(text, start, stop)]
    for place in (*places, stop):
        if place == stop or (not inside[place] and (_ends_sentence(text, place) or _is_too_long(text, begin, place))):
            if text[begin:place].strip():
                while first < len(mentions) and mentions[first].start < begin:
                    first += 1
                behind = first
                while behind < len(mentions) and mentions[behind].start < place:
                    behind += 1
                yield Sentence(paragraph, begin, place, [m for m in mentions[first:behind] if m.end <= place], inside)
                first = behind
            begin = place + (place < stop and text[place] in MARKS)


def _is_too_long(text: str, begin: int, place: int) -> bool:
    """No author writes a sentence of thousands of characters: at the next comma, or anywhere at last, another is begun."""
    return place - begin >= LONGEST and (text[place] in CLAUSE_ENDS or place - begin >= 2 * LONGEST)


def _ends_sentence(text: str, place: int) -> bool:
    """A Western full stop between Chinese characters ends a sentence too: 合理性.法律顾问."""
    if text[place] in SENTENCE_ENDS:
        return True
    return text[place] == "." and 0 < place < len(text) - 1 and _is_han(text[place - 1]) and _is_han(text[place + 1])


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _clauses(text: str, start: int, end: int, inside: Sequence[int]) -> Iterator[Clause]:
    begin = start
    for mark in _COMMAS.finditer(text, start, end):
        place = mark.start()
        if not inside[place]:
            if place > begin:
                yield Clause(begin, place)
            begin = place + 1
    if end > begin or begin == start:
        yield Clause(begin, end)
