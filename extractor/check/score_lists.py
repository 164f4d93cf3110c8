"""Scores that a sentence lists together with their total."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from extractor.check.passages import prose, sentence
from extractor.check.registry import Case
from extractor.model.document import Paragraph, Span
from extractor.model.facts import Doubt, Kind, Mention, Stated

REACH = 10
"""Characters before a score that say what it is a score of."""
FEWEST_PARTS = 2


def told_scores(case: Case) -> Iterator[tuple[list[Stated], Stated]]:
    """The parts and the total of every sentence that lists scores and one total, before them or after; else of a whole paragraph."""
    for paragraph in prose(case.facts.document):
        scores = [m for m in case.facts.mentions.get(paragraph.index, ()) if m.kind is Kind.SCORE and m.quantity and not m.quantity.upper]
        scores = _without_full_marks(case, paragraph, scores)
        found: dict[Span, list[Mention]] = {}
        for mention in scores:
            found.setdefault(sentence(paragraph, mention.start, mention.end), []).append(mention)
        listed = [told for span, members in found.items() if (told := _told(case, paragraph, span, members))]
        if not listed and len(found) > 1:
            listed = [told for told in (_told_apart(case, paragraph, scores),) if told]
        yield from listed


def _without_full_marks(case: Case, paragraph: Paragraph, scores: list[Mention]) -> list[Mention]:
    """The scores without those right behind which the score of the same thing is told: 投入15分得15分; 过程30分，自评27.5分."""
    given = case.lexicon.pattern("scores.given_of_full")
    return [m for m in scores if not (given.match(paragraph.text, m.end))]


def _told(case: Case, paragraph: Paragraph, span: Span, scores: list[Mention]) -> tuple[list[Stated], Stated] | None:
    begin, leads = span.start, []
    for mention in scores:
        leads.append(paragraph.text[max(begin, mention.start - REACH) : mention.start])
        begin = mention.end
    if any(word in lead for lead in leads for word in case.lexicon.words("score_deductions")):
        return None
    full = case.lexicon.words("score_full_marks")
    kept = [(m, lead) for m, lead in zip(scores, leads, strict=True) if not lead.endswith(full)]
    totals = [m for m, lead in kept if any(word in lead for word in case.lexicon.words("score_totals"))]
    parts = [m for m, _ in kept if m not in totals]
    if len(totals) != 1 or len(parts) < FEWEST_PARTS:
        return None
    total, words = totals[0], case.lexicon.words("score_list_leads")
    opening = paragraph.text[total.end : parts[0].start]
    is_before = total.end <= parts[0].start and any(word in opening for word in words)
    inner = "".join(paragraph.text[a.end : b.start] for a, b in pairwise(parts))
    if any(word in inner for word in words) or not (is_before or parts[-1].end <= total.start):
        return None
    return [_stated(paragraph, part) for part in parts], _stated(paragraph, total)


def _told_apart(case: Case, paragraph: Paragraph, scores: list[Mention]) -> tuple[list[Stated], Stated] | None:
    """Scores of a sentence each, their total in the last one: 产出指标得49.5分；…。效益指标得29.5分。自评总分98.2分."""
    begin, parts, totals = 0, [], []
    for mention in scores:
        lead = paragraph.text[max(begin, mention.start - REACH) : mention.start]
        begin = mention.end
        if lead.endswith(case.lexicon.words("score_full_marks")):
            continue
        if any(word in lead for word in case.lexicon.words("score_totals")):
            totals.append(mention)
        elif lead.endswith(case.lexicon.words("score_given")):
            parts.append(mention)
    if len(totals) != 1 or len(parts) <= FEWEST_PARTS or parts[-1].end > totals[0].start:
        return None
    words = paragraph.text[parts[0].start : totals[0].start]
    if any(word in words for word in (*case.lexicon.words("score_deductions"), *case.lexicon.words("score_list_leads"))):
        return None
    return [_stated(paragraph, part) for part in parts], _stated(paragraph, totals[0])


def _stated(paragraph: Paragraph, mention: Mention) -> Stated:
    span = Span(paragraph.index, mention.start, mention.end)
    return Stated(paragraph.text[mention.start : mention.end], (span,), mention.quantity, doubts=frozenset({Doubt.INFERRED}))
