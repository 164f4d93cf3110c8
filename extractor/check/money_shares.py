"""Shares and changes of amounts that other sentences give: 项目支出占全年支出的83.41%；与上年支出1200万元相比，增加80万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.check.passages import prose
from extractor.check.registry import Case
from extractor.check.search import holding
from extractor.check.told import statements
from extractor.check.told_shares import INFERRED, ParagraphFigures, figures_in, texts_with_percents
from extractor.model.document import Span
from extractor.model.facts import Fact, Kind, Measure, Mention, Project, Statement, StatementKind, Term

MEASURES = {"compared_executed": Measure.EXECUTED, "compared_budget": Measure.BUDGET}
"""The vocabularies of what last year's amount was, and the measure of this year that it is held against."""


def money_shares(case: Case) -> Iterator[Statement]:
    """Shares whose part and whole are named, each with one amount in the report."""
    for text in texts_with_percents(case):
        for percent in text.percents:
            match = case.lexicon.pattern("told_shares.money_share").search(text.lead(percent))
            if not match:
                yield from _of_the_amount_before(case, text, percent)
                yield from _saved(case, text, percent)
                continue
            part, whole = (_named(case, match[name], text.span(percent)) for name in ("part", "whole"))
            if part and whole and whole.quantity.value:
                subject = f"{match['part']}占{match['whole']}"
                yield Statement(StatementKind.RATIO, (part, whole), text.term("rate", percent), subject=subject, doubts=INFERRED)


def _of_the_amount_before(case: Case, text: ParagraphFigures, percent: Mention) -> Iterator[Statement]:
    """基本支出2,018.33万元，占本年支出的59.01%: the share of the amount that ends the clause before."""
    match = case.lexicon.pattern("told_shares.share_of_money").search(text.lead(percent))
    if not match:
        return
    mentions = case.facts.mentions.get(text.paragraph.index, ())
    start = percent.start - len(text.lead(percent))
    part = max((m for m in mentions if m.end <= start), key=lambda m: m.end, default=None)
    if part is None or part.kind is not Kind.MONEY or part.quantity is None or part.quantity.upper is not None:
        return
    if text.paragraph.text[part.end : start] not in ("，", ","):
        return
    whole = _named(case, match["whole"], text.span(percent), case.lexicon.words("amount_name_sums"))
    if whole and whole.quantity.value and part.quantity.value <= whole.quantity.value:
        operands = (text.term("part", part), whole)
        yield Statement(StatementKind.RATIO, operands, text.term("rate", percent), subject=match.group(), doubts=INFERRED)


def _saved(case: Case, text: ParagraphFigures, percent: Mention) -> Iterator[Statement]:
    """送审938.6万元，审定872.9万元，核减65.7万元，核减率7%: the share of what was saved in what it was saved from, told before it."""
    match = case.lexicon.pattern("told_shares.saved").fullmatch(text.lead(percent))
    money = [m for m in case.facts.mentions.get(text.paragraph.index, ()) if m.kind is Kind.MONEY and m.quantity and not m.quantity.upper]
    before = [m for m in money if m.end < percent.start]
    if (
        not match
        or len(before) < 2
        or text.paragraph.text[before[-1].end : percent.start - len(text.lead(percent))] not in ("，", ",", "、", "（", "(")
    ):
        return
    part, of = before[-1], case.lexicon.pattern("told_shares.saved_from")
    amount = case.lexicon.pattern("told_shares.saved_amount").search(text.lead(part))
    if not amount:
        return
    begin = text.paragraph.text.rfind("。", 0, percent.start)
    wholes = [m for m in before[:-1] if m.start > begin and of.search(text.lead(m))]
    told = [
        text.statement(part, text.term("whole", whole), percent, match.group())
        for whole in wholes
        if whole.quantity and whole.quantity.value
    ]
    named = _named(case, amount["whole"], text.span(percent)) if amount["whole"] and not told else None
    told += [text.statement(part, named, percent, match.group())] if named and named.quantity.value else []
    fitting = next((s for s in told if text.off(s) == 0), None)
    if fitting or len({s.operands[1].quantity.value for s in told}) == 1:
        yield fitting or told[0]


def _named(case: Case, name: str, place: Span, sums: tuple[str, ...] = ()) -> Term | None:
    """The one amount that stands right behind a name; None where it has none, or several."""
    core = next((name.removesuffix(tail) for tail in case.lexicon.words("amount_name_tails") if name.endswith(tail)), name)
    owner = case.facts.project_at(place)
    endings = (core, name, *(name + tail for tail in sums))
    found: dict[object, Term] = {}
    for text, mention, lead in _amounts_told(case):
        if mention.quantity and lead.endswith(endings) and case.facts.project_at(text.span(mention)) == owner:
            found.setdefault(mention.quantity.value, text.term("amount", mention))
    return next(iter(found.values())) if len(found) == 1 else None


def _amounts_told(case: Case) -> Sequence[tuple[ParagraphFigures, Mention, str]]:
    """The amounts of running text that are no ranges, each with the words before it."""
    if "amounts told" not in case.memo:
        case.memo["amounts told"] = [
            (text, mention, text.lead(mention))
            for text in (figures_in(case, paragraph) for paragraph in prose(case.facts.document))
            for mention in case.facts.mentions.get(text.paragraph.index, ())
            if mention.kind is Kind.MONEY and mention.quantity is not None and mention.quantity.upper is None
        ]
    found: Sequence[tuple[ParagraphFigures, Mention, str]] = case.memo["amounts told"]
    return found


def changes_from_last_year(case: Case) -> Iterator[Statement]:
    """What was added to last year's amount, held against this year's, which another sentence gives."""
    known = {s.stated.span for s in statements(case, StatementKind.CHANGE)}
    for paragraph in holding(case, words=case.lexicon.words("previous_words"), running=True):
        text = figures_in(case, paragraph)
        money = [m for m in case.facts.mentions.get(paragraph.index, ()) if m.kind is Kind.MONEY and m.quantity and not m.quantity.upper]
        for previous, told in pairwise(money):
            by = case.lexicon.pattern("told_shares.moved_by").search(text.lead(told))
            compared = case.lexicon.pattern("told_shares.compared").search(paragraph.text[previous.end : told.start])
            current = _current(case, text, previous) if by and compared else None
            if by and current and text.span(told) not in known:
                down = by["way"] in case.lexicon.words("down_words")
                operands = (Term("current", current.quantity, current.spans[0]), text.term("previous", previous))
                stated = text.term("change", told)
                yield Statement(StatementKind.CHANGE, operands, stated, direction="down" if down else "up", doubts=INFERRED)


def _current(case: Case, text: ParagraphFigures, previous: Mention) -> Fact | None:
    """This year's amount of what last year's was: 上年支出 is held against the project's 支出."""
    lead = text.lead(previous)
    if not any(word in lead for word in case.lexicon.words("previous_words")):
        return None
    owner: Project | None = case.facts.project_at(text.span(previous))
    measure = next((m for words, m in MEASURES.items() if lead.endswith(case.lexicon.words(words))), None)
    if owner is None or measure is None or any(word in lead for word in case.lexicon.words("narrower_amounts")):
        return None
    fact = owner.amount(measure)
    return fact if fact and fact.spans and fact.quantity.value else None
