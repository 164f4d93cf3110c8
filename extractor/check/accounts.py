"""Items of account told in the text, against the tables of income and expenditure: 收入总计896.35万元."""

from __future__ import annotations

from extractor.check.comparable import is_far
from extractor.check.passages import CLAUSE_MARKS, prose
from extractor.check.registry import Case
from extractor.check.shown import quoted, shown_operand, written
from extractor.check.stated import MOST_LEFT_OVER, is_of_other_period
from extractor.check.told import Yielded
from extractor.check.verdicts import finding, judged, weight
from extractor.lexicon.short_texts import words_of
from extractor.model.document import Paragraph, Span
from extractor.model.facts import Account, Doubt, Kind, Mention
from extractor.model.findings import Relation, Severity
from extractor.model.relations import Operand, judge_same

NAME = "amount-conflicting-mentions"
JOINTS = "为共是计达数"


def accounts_told(case: Case) -> Yielded:
    """Every amount of the text that is called like an item which the tables give once."""
    items = _items(case)
    if not items:
        return
    for paragraph in prose(case.facts.document):
        for mention in case.facts.mentions.get(paragraph.index, ()):
            if mention.kind is Kind.MONEY and mention.quantity and mention.quantity.upper is None:
                item = _called(case, paragraph, mention, items)
                if item and not is_of_other_period(case, Span(paragraph.index, mention.start, mention.end)):
                    yield from _both(case, paragraph, mention, item)


def _items(case: Case) -> dict[str, Account]:
    """The items by name; those that have two values are left out."""
    found: dict[str, list[Account]] = {}
    for account in case.facts.accounts:
        found.setdefault(account.name, []).append(account)
    return {name: own[0] for name, own in found.items() if len({a.quantity.value for a in own}) == 1}


def _called(case: Case, paragraph: Paragraph, mention: Mention, items: dict[str, Account]) -> Account | None:
    """The item that an amount's clause names and nothing else: 2021年收入总计896.35万元."""
    start = next((i + 1 for i in range(mention.start - 1, -1, -1) if paragraph.text[i] in CLAUSE_MARKS), 0)
    lead = paragraph.text[start : mention.start]
    fitting = (
        (name, shown) for name in sorted(items, key=len, reverse=True) for shown in (lead, lead.rstrip(JOINTS)) if shown.endswith(name)
    )
    name, shown = next(fitting, ("", ""))
    if not name:
        return None
    left = list(shown.removesuffix(name))
    for other in case.facts.mentions_in(Span(paragraph.index, start, start + len(left))):
        left[other.start - start : other.end - start] = " " * (other.end - other.start)
    rest = "".join(left).replace(case.facts.unit or " ", "")
    rest = words_of(case.lexicon, ("plain_subjects",)).taken_out(rest)
    return items[name] if sum(map(str.isalpha, rest)) <= MOST_LEFT_OVER else None


def _both(case: Case, paragraph: Paragraph, mention: Mention, item: Account) -> Yielded:
    assert mention.quantity
    judgement = judge_same(Operand(mention.quantity), Operand(item.quantity))
    if not judgement.is_consistent and is_far(mention.quantity, item.quantity):
        return
    marks = (Span(paragraph.index, mention.start, mention.end), item.span)
    stated, other = written(mention.quantity), written(item.quantity)
    operands = [shown_operand("told", mention.quantity, marks[0]), shown_operand("table", item.quantity, marks[1])]
    claim = judged(Relation.SAME, NAME, judgement, stated, quoted(case.facts.document, marks), None, other, operands=operands)
    yield claim
    if not judgement.is_consistent:
        arguments = {"mentions": f"{stated}、{other}", "source": item.name}
        yield finding(claim, weight(judgement, Severity.WARNING), "account", arguments, frozenset({Doubt.INFERRED}), marks)
