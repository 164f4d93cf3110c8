"""Does a report explain itself? The sentence that gives a reason, in a project's own part or where the report speaks of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from extractor.check.passages import clause, everything, prose, sentence, whole
from extractor.check.registry import Case
from extractor.check.search import may_match
from extractor.model.document import Paragraph, Span
from extractor.model.facts import Project

LONGEST_REASON = 32
"""Characters of a reason that are quoted, where it does not end before."""


class Said(NamedTuple):
    """What a pattern found, the stretch that it was found in, and what its named groups hold."""

    span: Span
    within: Span
    groups: Mapping[str, str | None]


def passages_of(case: Case, project: Project) -> Iterator[tuple[Paragraph, int, int]]:
    """The stretches of text that speak of a project: its segment, or all of the document where none was told apart."""
    paragraphs = case.facts.document.paragraphs
    if project.segment.spans:
        for span in project.segment.spans:
            if span.paragraph in paragraphs:
                yield paragraphs[span.paragraph], span.start, span.end
    else:
        for paragraph in everything(case.facts.document):
            yield paragraph, 0, len(paragraph.text)


def matches_of(case: Case, project: Project, name: str) -> Iterator[Said]:
    """Every match of a pattern in what speaks of a project.

    Projects that were not told apart have all of the document in common, which is searched once.
    """
    if project.segment.spans:
        return _matches(case, project, name)
    place = ("matches", name)
    if place not in case.memo:
        case.memo[place] = tuple(_matches(case, project, name))
    return iter(case.memo[place])


def _matches(case: Case, project: Project, name: str) -> Iterator[Said]:
    pattern, likely = case.lexicon.pattern(name), may_match(case, name)
    for paragraph, start, end in passages_of(case, project) if likely else ():
        for match in pattern.finditer(paragraph.text, start, end) if paragraph.index in likely else ():
            yield Said(Span(paragraph.index, match.start(), match.end()), Span(paragraph.index, start, end), match.groupdict())


def text_of(case: Case, project: Project) -> str:
    """The words that speak of a project, one passage a line."""
    place = ("text of", id(project) if project.segment.spans else None)
    if place not in case.memo:
        case.memo[place] = "\n".join(paragraph.text[start:end] for paragraph, start, end in passages_of(case, project))
    text: str = case.memo[place]
    return text


def reason_for(case: Case, project: Project) -> Span | None:
    """The first sentence that gives a reason in the project's part, else in a part of the report that is about no project
    and speaks of this one by name or of money in general."""
    own = _first(case, passages_of(case, project))
    if own or not project.segment.spans:
        return own
    words = case.lexicon.words("fund_words")
    for paragraph in prose(case.facts.document):
        if case.facts.project_at(whole(paragraph)) is None:
            found = _first(case, [(paragraph, 0, len(paragraph.text))])
            if found and (project.name in paragraph.text or any(w in case.facts.document.quote(found) for w in words)):
                return found
    return None


def _first(case: Case, passages: Iterator[tuple[Paragraph, int, int]] | list[tuple[Paragraph, int, int]]) -> Span | None:
    pattern = case.lexicon.pattern("checks.reason")
    for paragraph, start, end in passages:
        match = pattern.search(paragraph.text, start, end)
        if match:
            return _told(paragraph, match.start(), match.end())
    return None


def _told(paragraph: Paragraph, start: int, end: int) -> Span:
    """The clauses of one sentence that tell a reason: the one that names it, and those after it while that stays short."""
    whole_sentence, own = sentence(paragraph, start, end), clause(paragraph, start, end)
    while own.end < whole_sentence.end:
        longer = clause(paragraph, own.start, own.end + 1)
        if len(longer) > LONGEST_REASON:
            break
        own = longer
    return own


def is_explained_at(case: Case, span: Span, *more: str) -> bool:
    """Does the sentence that holds a span, or one of the words beside it, give a reason?"""
    paragraph = case.facts.document.paragraphs.get(span.paragraph)
    pattern = case.lexicon.pattern("checks.reason")
    own = case.facts.document.quote(sentence(paragraph, span.start, span.end)) if paragraph else ""
    return any(pattern.search(text) for text in (own, *more))


def says(case: Case, project: Project, vocabulary: str) -> bool:
    """Does the project's part hold a word of a vocabulary?"""
    text = text_of(case, project)
    return any(word in text for word in case.lexicon.words(vocabulary))
