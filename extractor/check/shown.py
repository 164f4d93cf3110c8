"""How checks show figures: amounts, rates and counts as a report writes them, passages as it prints them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from extractor.check.passages import clause, sentence
from extractor.model.document import Document, Paragraph, Span
from extractor.model.facts import Fact, Measure
from extractor.model.findings import OperandShown, Verdict
from extractor.model.quantity import HUNDRED, ONE, Quantity, plain, rounded
from extractor.model.relations import Judgement, Operand

THOUSAND, THOUSANDS = Decimal(1000), "千元"
MULTIPLES = {ONE: "", THOUSAND: "千", Decimal(10_000): "万", Decimal(1_000_000): "百万", Decimal(100_000_000): "亿"}
LONGEST_PASSAGE = 120
"""Characters beyond which the clauses of one sentence are quoted each on its own."""

BUDGETS = frozenset({Measure.BUDGET, Measure.BUDGET_INITIAL})
MEASURE_NAMES = {
    Measure.BUDGET_INITIAL: ("年初预算", "initial budget"),
    Measure.BUDGET: ("预算", "budget"),
    Measure.ARRIVED: ("到位资金", "arrived funds"),
    Measure.EXECUTED: ("支出", "spending"),
    Measure.BALANCE: ("结余", "balance"),
}
"""What messages call an amount."""


def figure(quantity: Quantity) -> str:
    """A figure with its unit, as a report writes it; 3万5千元 is shown as 35000元.

    >>> figure(Quantity(Decimal("19.87"), 2, "元", Decimal(10000)))
    '19.87万元'
    """
    if quantity.multiplier not in MULTIPLES or (quantity.multiplier == THOUSAND and THOUSANDS not in quantity.written):
        return trimmed(quantity.value) + quantity.unit
    return _with_unit(plain(rounded(quantity.digits, quantity.decimals)), quantity)


def like(value: Decimal, model: Quantity, decimals: int | None = None) -> str:
    """A value in the unit that another figure is written in, at its decimals.

    >>> like(Decimal(4300000), Quantity(Decimal(540), 0, "元", Decimal(10000)))
    '430万元'
    """
    if model.multiplier not in MULTIPLES:
        model = Quantity(model.value, 0, model.unit)
    shown = max(model.decimals, 0) if decimals is None else decimals
    scaled = value / model.multiplier
    if rounded(scaled, shown) != scaled:
        shown = max(shown, 2)
    return _with_unit(plain(rounded(scaled, shown)), model)


def _with_unit(digits: str, model: Quantity) -> str:
    return f"{digits}{MULTIPLES[model.multiplier]}{model.unit}"


def percent(value: Decimal, stated: Quantity | None = None) -> str:
    """A recomputed rate at the decimals of the stated one, or two where that would hide the difference.

    >>> percent(Decimal("79.6296"), Quantity(Decimal(100), 0, "%")), percent(Decimal(50), Quantity(Decimal(80), 0, "%"))
    ('79.63%', '50%')
    """
    decimals = stated.decimals if stated is not None else 0
    short = rounded(value, decimals)
    if decimals < 2 and short != value:
        return trimmed(rounded(value, 2), decimals) + "%"
    return plain(short) + "%"


def recomputed(value: Decimal, decimals: int = 0) -> str:
    """A rate as it comes out, to two decimals or more: enough of them not to show 100% for what is less.

    >>> recomputed(Decimal("79.6296")), recomputed(Decimal("99.9961")), recomputed(Decimal(50))
    ('79.63%', '99.996%', '50%')
    """
    shown = max(2, decimals)
    while rounded(value, shown) == HUNDRED != value and shown < 8:
        shown += 1
    return trimmed(rounded(value, shown)) + "%"


def trimmed(value: Decimal, at_least: int = 0) -> str:
    """Without the zeros that end its decimals, but for as many decimals as asked.

    >>> trimmed(Decimal("79.60")), trimmed(Decimal("200000.00")), trimmed(Decimal("5.00"), 1)
    ('79.6', '200000', '5.0')
    """
    short = value.normalize()
    if not at_least and short == value:
        return plain(short)
    exponent = short.as_tuple().exponent
    return plain(rounded(value, max(at_least, -exponent if isinstance(exponent, int) else 0)))


def written(quantity: Quantity) -> str:
    """The figure as printed, with its unit where that stands elsewhere, in a column's head.

    >>> written(Quantity(Decimal("309.20"), 2, "元", Decimal(10000), written="309.20"))
    '309.20万元'
    """
    return figure(quantity) if quantity.written[-1:].isdigit() or not quantity.written else quantity.written


def shown_operand(role: str, quantity: Quantity, *spans: Span) -> OperandShown:
    """An operand for a claim: its value in the base unit and where it stands."""
    return OperandShown(role, trimmed(quantity.value), quantity.unit, tuple(spans))


def fact_operand(fact: Fact, role: str | None = None) -> OperandShown:
    return shown_operand(role or fact.measure.value, fact.quantity, *fact.spans[:1])


def named(measure: Measure) -> dict[str, str]:
    """What an amount is called, as arguments of a message.

    >>> named(Measure.EXECUTED)
    {'measure': '支出', 'measure_en': 'spending'}
    """
    chinese, english = MEASURE_NAMES[measure]
    return {"measure": chinese, "measure_en": english}


def operand(fact: Fact) -> Operand:
    """A fact's amount for the arithmetic: budgets with few decimals are exact."""
    return Operand(fact.quantity, is_budget=fact.measure in BUDGETS)


def verdict(judgement: Judgement) -> Verdict:
    return Verdict.CONSISTENT if judgement.is_consistent else Verdict.INCONSISTENT


def quoted(document: Document, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The passages that hold the spans: clauses, those of one sentence joined where that stays short; first seen first."""
    found: list[Span] = []
    for span in spans:
        paragraph = document.paragraphs.get(span.paragraph)
        if paragraph is None:
            continue
        own = clause(paragraph, span.start, span.end)
        near = next((i for i, other in enumerate(found) if _may_join(paragraph, other, own)), None)
        if near is None:
            found.append(own)
        else:
            other = found[near]
            found[near] = Span(own.paragraph, min(own.start, other.start), max(own.end, other.end))
    return tuple(dict.fromkeys(found))


def _may_join(paragraph: Paragraph, first: Span, second: Span) -> bool:
    if first.paragraph != second.paragraph:
        return False
    if first in second or second in first:
        return True
    start, end = min(first.start, second.start), max(first.end, second.end)
    whole = sentence(paragraph, min(first.start, second.start), min(first.end, second.end))
    return end - start <= LONGEST_PASSAGE and start >= whole.start and end <= whole.end


def figures_of(facts: Iterable[Fact]) -> tuple[Span, ...]:
    """Where the figures of facts stand: the first span of each."""
    return tuple(span for fact in facts for span in fact.spans[:1])


def approximately(exact: Decimal, rounded_to: Decimal, decimals: int = 2) -> str:
    """A result as it was reckoned, and what it is rounded to where that is another figure.

    >>> approximately(Decimal("19.4106"), Decimal(19)), approximately(Decimal("9.5"), Decimal("9.5"))
    ('19.41 ≈ 19', '9.5')
    """
    reckoned = trimmed(rounded(exact, decimals))
    return reckoned if reckoned == trimmed(rounded_to) else f"{reckoned} ≈ {trimmed(rounded_to)}"
