"""Arithmetic told in sentences, as checks use it: the statements, where they stand, what they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractor.check.passages import project_name
from extractor.check.registry import Case
from extractor.check.shown import quoted, shown_operand
from extractor.model.document import Span
from extractor.model.facts import Statement, StatementKind, Term
from extractor.model.findings import Claim, Finding, OperandShown
from extractor.model.quantity import ONE, Quantity
from extractor.model.relations import Operand

Yielded = Iterator[Claim | Finding]


def statements(case: Case, *kinds: StatementKind) -> Iterator[Statement]:
    return (s for s in case.facts.statements if s.kind in kinds)


def project_of(case: Case, statement: Statement) -> str | None:
    """The project that a statement speaks of, by name."""
    if statement.project:
        return statement.project
    return project_name(case.facts, statement.stated.span)


def spans_of(case: Case, statement: Statement) -> tuple[Span, ...]:
    """The passages that hold a statement and its operands."""
    return quoted(case.facts.document, (statement.stated.span, *(term.span for term in statement.operands)))


def terms_shown(statement: Statement) -> tuple[OperandShown, ...]:
    return tuple(shown_operand(term.role, term.quantity, term.span) for term in statement.operands)


def is_count(case: Case, quantity: Quantity) -> bool:
    """Is it a number of things that have no parts: people, projects, pieces?"""
    return quantity.multiplier == ONE and quantity.unit in case.lexicon.words("discrete_units")


def counted(case: Case, term: Term) -> Operand:
    return Operand(term.quantity, is_count=is_count(case, term.quantity))


def without_asides(case: Case, statement: Statement) -> Statement:
    """The statement without figures in brackets that do not hold its total: 中央财政2,380万元（含提前下达1,900万元）."""
    paragraph = case.facts.document.paragraphs.get(statement.stated.span.paragraph)
    if paragraph is None:
        return statement
    depth = _depth(paragraph.text, statement.stated.span)
    kept = tuple(term for term in statement.operands if _depth(paragraph.text, term.span) <= depth)
    return replace(statement, operands=kept) if len(kept) > 1 else statement


def _depth(text: str, span: Span) -> int:
    """How many brackets are open where a figure stands."""
    before = text[: span.start].replace("(", "（").replace(")", "）")
    return before.count("（") - before.count("）")
