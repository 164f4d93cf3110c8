"""Totals behind numbered items: ①改造小区1个；②改造小区21个。以上合计改造小区22个。"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.check.passages import prose
from extractor.check.registry import Case
from extractor.check.search import all_matches
from extractor.model.document import Paragraph, Span
from extractor.model.facts import Doubt, Kind, Mention, Statement, StatementKind, Term

INFERRED = frozenset({Doubt.INFERRED})
REACH = 12
"""Characters between 以上合计 and the first figure that it opens."""
SHORTEST_NAME = 2


def totals_behind_items(case: Case) -> Iterator[Statement]:
    """The totals that a sentence gives for the items enumerated before it, in its own paragraph or the one before."""
    paragraphs = list(prose(case.facts.document))
    earlier = dict(zip([p.index for p in paragraphs[1:]], paragraphs, strict=False))
    for paragraph, match in all_matches(case, "checks.above_in_all", running=True):
        before = earlier.get(paragraph.index)
        items = _items(case, paragraph, 0, match.start()) or (_items(case, before, 0, len(before.text)) if before else [])
        for total in _opened(case, paragraph, match.end()) if len(items) > 1 else ():
            parts = _parts(case, items, paragraph, total)
            if len(parts) > 1:
                yield Statement(StatementKind.BREAKDOWN, parts, _term(paragraph, total, "total"), subject="items", doubts=INFERRED)


def _opened(case: Case, paragraph: Paragraph, start: int) -> list[Mention]:
    """The counts from 以上合计 on, up to the end of the clause list: 23个、1283户."""
    found: list[Mention] = []
    place = start
    for mention in case.facts.mentions.get(paragraph.index, ()):
        if mention.start < start or mention.kind is not Kind.COUNT or mention.quantity is None or mention.quantity.upper is not None:
            continue
        between = paragraph.text[place : mention.start]
        if len(between) > REACH or any(mark in between for mark in "，。；"):
            break
        found.append(mention)
        place = mention.end
    return found


def _items(case: Case, paragraph: Paragraph, start: int, end: int) -> list[tuple[Paragraph, int, int]]:
    """The stretches of text that marks such as ①, ② or 一是, 二是 open."""
    marks = list(case.lexicon.pattern("checks.item_mark").finditer(paragraph.text, start, end))
    ends = [*(mark.start() for mark in marks[1:]), end] if marks else []
    return [(paragraph, mark.end(), stop) for mark, stop in zip(marks, ends, strict=True)]


def _parts(case: Case, items: Sequence[tuple[Paragraph, int, int]], paragraph: Paragraph, total: Mention) -> tuple[Term, ...]:
    """One figure an item: of the total's unit, and under its name where any item uses that name."""
    assert total.quantity is not None
    name = _name(paragraph.text, total)
    unit, named, plain = total.quantity.unit, [], []
    for item, start, end in items:
        own = [m for m in case.facts.mentions_in(Span(item.index, start, end)) if m.kind is Kind.COUNT and m.quantity]
        own = [m for m in own if m.quantity and m.quantity.unit == unit]
        plain += [_term(item, m) for m in own[:1]]
        named += [_term(item, m) for m in own if len(name) >= SHORTEST_NAME and item.text[: m.start].endswith(name)][:1]
    return tuple(named or plain)


def _name(text: str, mention: Mention) -> str:
    """The Chinese characters right before a figure, two at most: the end of the counted thing's name."""
    words = text[max(0, mention.start - SHORTEST_NAME) : mention.start]
    return words if all("\u4e00" <= character <= "\u9fff" for character in words) else ""


def _term(paragraph: Paragraph, mention: Mention, role: str = "part") -> Term:
    assert mention.quantity is not None
    return Term(role, mention.quantity, Span(paragraph.index, mention.start, mention.end))
