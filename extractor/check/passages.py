"""What a finding quotes: the sentence or clause around a place, and texts folded so that only their words compare."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from extractor.model.document import Document, Paragraph, Span
from extractor.model.facts import SURE, Doubt, Doubts, Facts

SENTENCE_MARKS = frozenset("。；！？;!?\n")
CLAUSE_MARKS = SENTENCE_MARKS | frozenset("，,：:")

_MARKS = {marks: re.compile(f"[{''.join(sorted(marks))}]") for marks in (SENTENCE_MARKS, CLAUSE_MARKS)}

LONGEST = 2000
"""Characters on either side of a place beyond which nothing is quoted: no author writes such a sentence."""
SHORTEST = 8
"""Characters that a quoted passage has at least, where its paragraph has them."""

_UNFOLDED = re.compile(r"[^\w%‰\[\].]+|_+")
_LONE_POINT = re.compile(r"\.(?!\d)")
_FOLDED = str.maketrans("０１２３４５６７８９％．［］〔〕【】﹝﹞", "0123456789%.[][][][]")


def prose(document: Document) -> Iterator[Paragraph]:
    """The paragraphs of running text that an author wrote, in reading order; tables and page furniture left out."""
    return iter(document.prose)


def everything(document: Document) -> Iterator[Paragraph]:
    """Running text and table cells, in reading order."""
    return iter(document.written)


def whole(paragraph: Paragraph) -> Span:
    """The paragraph without the white space at its ends."""
    return _trimmed(paragraph.text, paragraph.index, 0, len(paragraph.text))


def sentence(paragraph: Paragraph, start: int, end: int) -> Span:
    """The sentence that holds the characters [start, end)."""
    return _widened(paragraph, start, end, SENTENCE_MARKS)


def sentences(paragraph: Paragraph) -> Iterator[Span]:
    """The sentences of a paragraph in order, their closing marks included."""
    text, start = paragraph.text, 0
    for place in (*_places(text, SENTENCE_MARKS), len(text) - 1):
        found = _trimmed(text, paragraph.index, start, place + 1)
        start = place + 1
        if len(found):
            yield found


def clause(paragraph: Paragraph, start: int, end: int) -> Span:
    """The clause that holds the characters [start, end), or its sentence where the clause is very short."""
    found = _widened(paragraph, start, end, CLAUSE_MARKS)
    return found if len(found) >= SHORTEST else sentence(paragraph, start, end)


def _widened(paragraph: Paragraph, start: int, end: int, marks: frozenset[str]) -> Span:
    text, places = paragraph.text, _places(paragraph.text, marks)
    before = places[at - 1] + 1 if (at := bisect_left(places, start)) else 0
    after = places[at] + 1 if (at := bisect_left(places, end - 1)) < len(places) else len(text)
    return _trimmed(text, paragraph.index, max(before, start - LONGEST), max(end, min(after, end + LONGEST)))


@lru_cache(maxsize=1 << 12)
def _places(text: str, marks: frozenset[str]) -> list[int]:
    """Where the marks of a text stand."""
    return [found.start() for found in _MARKS[marks].finditer(text)]


def _trimmed(text: str, index: int, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(index, start, end)


@lru_cache(maxsize=1 << 12)
def folded(text: str) -> str:
    """The words and figures alone: no space, no punctuation but points inside figures, one width.

    >>> folded("一、 执行率为 ９８．５％。")
    '一执行率为98.5%'
    """
    return _UNFOLDED.sub("", _LONE_POINT.sub(_point, text.translate(_FOLDED))).replace("[]", "")


def _point(match: re.Match[str]) -> str:
    """What stands for a point that no decimals follow: nothing, but for one before a figure of another kind (1.①)."""
    return "." if match.string[match.end() : match.end() + 1].isdigit() else ""


def opening(facts: Facts) -> Span:
    """The title, or where none was found the first paragraph."""
    if facts.title_span:
        return facts.title_span
    return next((whole(p) for p in everything(facts.document)), Span(0, 0, 0))


def projects_by_paragraph(facts: Facts) -> dict[int, str]:
    """The project that each paragraph speaks of, where its segment holds the whole paragraph."""
    owners: dict[int, str] = {}
    for project in facts.projects:
        for span in project.segment.spans:
            if len(span) >= len(facts.document.paragraphs[span.paragraph].text.strip()):
                owners.setdefault(span.paragraph, project.name)
    return owners


def doubts(paragraph: Paragraph) -> Doubts:
    """What a paragraph's own reading leaves in doubt."""
    return frozenset({Doubt.OCR}) if paragraph.ocr else SURE


def project_name(facts: Facts, span: Span) -> str | None:
    """The name of the project whose part of the document holds the span."""
    project = facts.project_at(span)
    return project.name if project else None


def listed(quotes: list[str], most: int = 6) -> str:
    """Quotes in one line, each in marks; what is beyond the limit is counted.

    >>> listed(["一", "二", "三"], most=2)
    '“一”“二”…（+1）'
    """
    shown = "".join(f"“{quote}”" for quote in quotes[:most])
    return shown if len(quotes) <= most else f"{shown}…（+{len(quotes) - most}）"
