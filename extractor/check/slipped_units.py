"""Amounts whose unit slipped by 10⁴, read in the unit in which a table prints the same figure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from extractor.check.registry import Case
from extractor.model.facts import Doubt, Fact
from extractor.model.quantity import Quantity

THOUSAND, TEN_THOUSAND = Decimal(1_000), Decimal(10_000)
MENDED = "mended"
BEYOND = (Decimal("0.3"), Decimal("1.3"))
"""What is spent of a base, once the slip is undone."""


def is_mended(fact: Fact | None) -> bool:
    """Was an amount read in another unit than the one that is written?"""
    return fact is not None and fact.quantity.written == MENDED


def least_slip(base: Fact) -> Decimal:
    """The least amount, by its size, that may be beyond a base because its unit slipped."""
    return abs(base.quantity.value) * THOUSAND


def in_its_unit(case: Case, top: Fact, base: Fact) -> Fact:
    """What was spent, read in 元 where 万元 makes it ten thousand times its base: 支出5,972,186.35万元."""
    own = top.quantity
    if own.multiplier < TEN_THOUSAND:
        return top
    share = own.value / base.quantity.value / TEN_THOUSAND
    if not BEYOND[0] <= share <= BEYOND[1] or not _is_printed(case, own):
        return top
    quantity = replace(own, multiplier=own.multiplier / TEN_THOUSAND, written=MENDED)
    return replace(top, quantity=quantity, doubts=top.doubts | {Doubt.INFERRED})


def _is_printed(case: Case, own: Quantity) -> bool:
    """Does a table print the same figure in the smaller unit?"""
    if "printed amounts" not in case.memo:
        told = [account.quantity for account in case.facts.accounts]
        told += [term.quantity for s in case.facts.statements if s.subject == "table" for term in (s.stated, *s.operands)]
        told += [fact.quantity for project in case.facts.projects for fact in project.facts]
        case.memo["printed amounts"] = frozenset((q.value, q.unit) for q in told)
    return (own.value / TEN_THOUSAND, own.unit) in case.memo["printed amounts"]
