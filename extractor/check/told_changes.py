"""Changes told as a move: 投诉由上年的36件下降到21件，下降41.67%."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.check.passages import SENTENCE_MARKS, prose
from extractor.check.registry import Case
from extractor.check.told import statements
from extractor.check.told_shares import INFERRED, ParagraphFigures, figures_in
from extractor.model.facts import Kind, Mention, Statement, StatementKind


def told_changes(case: Case) -> Iterator[Statement]:
    """Moves from one figure to another with the percentage, or the difference, that follows them."""
    known = {s.stated.span for s in statements(case, StatementKind.CHANGE)}
    for paragraph in prose(case.facts.document):
        mentions = [m for m in case.facts.mentions.get(paragraph.index, ()) if m.quantity and m.quantity.upper is None]
        for before, now, told in zip(mentions, mentions[1:], mentions[2:], strict=False):
            found = _change(figures_in(case, paragraph), before, now, told)
            if found and found.stated.span not in known:
                yield found


def _change(text: ParagraphFigures, before: Mention, now: Mention, told: Mention) -> Statement | None:
    assert before.quantity
    assert now.quantity
    words, pattern = text.paragraph.text, text.case.lexicon.pattern
    moved = pattern("told_shares.moved_to").search(words[before.end : now.start].strip("，, "))
    by = pattern("told_shares.moved_by").search(text.lead(told))
    stops = any(mark in SENTENCE_MARKS for mark in words[before.end : told.start])
    if not moved or not by or stops or before.quantity.unit != now.quantity.unit or "point" in told.groups:
        return None
    if told.kind is not Kind.PERCENT or not pattern("told_shares.from_before").search(text.lead(before)):
        return None
    down = by["way"] in text.case.lexicon.words("down_words")
    operands = (text.term("current", now), text.term("previous", before))
    return Statement(StatementKind.CHANGE, operands, text.term("change", told), direction="down" if down else "up", doubts=INFERRED)
