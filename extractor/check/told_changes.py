"""Changes told as a move (由上年的36件下降到21件，下降41.67%), or against the year before in the sentence before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.check.passages import SENTENCE_MARKS, prose
from extractor.check.registry import Case
from extractor.check.told import statements
from extractor.check.told_shares import INFERRED, MARKS, ParagraphFigures, figures_in
from extractor.model.document import Paragraph
from extractor.model.facts import Kind, Mention, Statement, StatementKind
from extractor.model.quantity import Bound

YEARS = (Kind.YEAR, Kind.RELATIVE_DATE)


def told_changes(case: Case) -> Iterator[Statement]:
    """Moves from one figure to another with the percentage that follows them."""
    known = {s.stated.span for s in statements(case, StatementKind.CHANGE)}
    for paragraph in prose(case.facts.document):
        mentions = [m for m in mentions_of(case, paragraph) if m.quantity and m.quantity.upper is None]
        for before, now, told in zip(mentions, mentions[1:], mentions[2:], strict=False):
            if told.kind is not Kind.PERCENT or "point" in told.groups:
                continue
            found = _change(figures_in(case, paragraph), before, now, told)
            if found and found.stated.span not in known:
                yield found
        for places in _year_by_year(case, mentions_of(case, paragraph)):
            found = _from_the_sentence_before(figures_in(case, paragraph), *places)
            if found and found.stated.span not in known:
                yield found


def _change(text: ParagraphFigures, before: Mention, now: Mention, told: Mention) -> Statement | None:
    assert before.quantity
    assert now.quantity
    words, pattern = text.paragraph.text, text.case.lexicon.pattern
    moved = pattern("told_shares.moved_to").search(words[before.end : now.start].strip("，, "))
    by = pattern("told_shares.moved_by").search(text.lead(told))
    stops = any(mark in SENTENCE_MARKS for mark in words[before.end : told.start])
    if not moved or not by or stops or before.quantity.unit != now.quantity.unit:
        return None
    if not pattern("told_shares.from_before").search(text.lead(before)):
        return None
    down = by["way"] in text.case.lexicon.words("down_words")
    operands = (text.term("current", now), text.term("previous", before))
    return Statement(StatementKind.CHANGE, operands, text.term("change", told), direction="down" if down else "up", doubts=INFERRED)


def mentions_of(case: Case, paragraph: Paragraph) -> Sequence[Mention]:
    return case.facts.mentions.get(paragraph.index, ())


def _year_by_year(case: Case, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, ...]]:
    """Each year, figure, year, figure and percentage that follow upon each other, with nothing between but words such as 较上年."""
    if sum(m.kind in YEARS for m in mentions) < 2:
        return
    previous = case.lexicon.words("previous_words")
    behind = (*mentions[1:], None)
    told = [m for m, n in zip(mentions, behind, strict=True) if not (m.text in previous and n is not None and n.kind is Kind.PERCENT)]
    for places in zip(*(told[place:] for place in range(5)), strict=False):
        kinds = [m.kind for m in places]
        if kinds[0] is kinds[2] in YEARS and kinds[4] is Kind.PERCENT and kinds[1] is kinds[3] in (Kind.MONEY, Kind.COUNT):
            yield places


def _is_next(case: Case, first: Mention, second: Mention) -> bool:
    """2022年 and 2023年, or 上年 and 本年."""
    one, other = first.text or "", second.text or ""
    if first.kind is Kind.YEAR:
        return one.isdigit() and other.isdigit() and int(other) == int(one) + 1
    return one in case.lexicon.words("previous_words") and other in case.lexicon.words("present_words")


def _from_the_sentence_before(
    text: ParagraphFigures, first: Mention, before: Mention, second: Mention, now: Mention, told: Mention
) -> Statement | None:
    """2022年收入500万元。2023年600万元，同比增长25%: one thing in two years that follow upon each other."""
    words, lexicon = text.paragraph.text, text.case.lexicon
    by = lexicon.pattern("told_shares.moved_by").search(text.lead(told))
    if (
        not by
        or not _is_next(text.case, first, second)
        or "point" in told.groups
        or words[before.end : second.start].strip() not in ("。", "；", ";")
    ):
        return None
    if words[now.end : told.start].strip("，, ") != text.lead(told).strip("，, "):
        return None  # another clause between
    if before.quantity is None or now.quantity is None or not before.quantity.value:
        return None
    if before.quantity.unit != now.quantity.unit or any(_is_rough(figure) for figure in (before, now)):
        return None
    if not _is_one_thing(text, words[first.end : before.start], words[second.end : now.start]):
        return None
    operands = (text.term("current", now), text.term("previous", before))
    direction = "down" if by["way"] in lexicon.words("down_words") else "up"
    return Statement(StatementKind.CHANGE, operands, text.term("change", told), direction=direction, doubts=INFERRED)


def _is_rough(figure: Mention) -> bool:
    return figure.quantity is None or figure.quantity.bound is not Bound.NONE or figure.quantity.upper is not None


def _is_one_thing(text: ParagraphFigures, earlier: str, later: str) -> bool:
    """Do the words between year and figure name one thing, or the later ones nothing? Plans and stages of a year are other things."""
    lexicon = text.case.lexicon
    other = (*lexicon.words("planned_words"), *lexicon.words("stage_words"))
    if any(mark in earlier + later for mark in MARKS) or any(word in earlier + later for word in other):
        return False
    link = lexicon.pattern("told_shares.reached")
    subject, again = (link.sub("", words).strip() for words in (earlier, later))
    return not again or again == subject
