"""Tables of money of which nothing was read: said, so that silence is not read as right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from extractor.check.form_tables import flat
from extractor.check.registry import Case
from extractor.model.document import Table
from extractor.model.findings import Finding, Severity

FEWEST_FIGURES = 6
FEWEST_COLUMNS = 2
HEAD_ROWS = 3
MONEY = frozenset({"budget_initial", "budget_adjusted", "budget", "arrived", "executed", "amount", "balance"})
_AMOUNT = re.compile(r"-?[\d,，]*\d\.\d{2}|-?\d{1,3}(?:[,，]\d{3})+")


def tables_unread(case: Case) -> Iterator[Finding]:
    """Every table with heads of money and amounts in several columns below them, none of which became a figure."""
    read = frozenset(_read(case))
    for table in case.facts.document.tables:
        if any(p.index in read for p in table.paragraphs) or not _holds_money(case, table):
            continue
        marks = tuple(cell.span for cell in table.cells if cell.row < 1 and flat(cell))[:2]
        if marks:
            name = "、".join(case.facts.document.quote(span) for span in marks)
            yield Finding("extraction-quality", Severity.INFO, marks, "table", {"heads": name})


def _holds_money(case: Case, table: Table) -> bool:
    words = [word for role, own in case.lexicon.groups("column").items() if role in MONEY for word in own]
    heads = [flat(cell) for cell in table.cells if cell.row < HEAD_ROWS]
    is_called = partial(_names_money, words)
    figures = [cell for cell in table.cells if _AMOUNT.fullmatch(flat(cell))]
    return any(map(is_called, heads)) and len(figures) >= FEWEST_FIGURES and len({cell.column for cell in figures}) >= FEWEST_COLUMNS


def _names_money(words: list[str], head: str) -> bool:
    return any(head.startswith(word) or head.endswith(word) for word in words)


def _read(case: Case) -> Iterator[int]:
    """The paragraphs of cells that figures were read from."""
    facts = case.facts
    for project in facts.projects:
        spans = [own.spans for own in project.facts] + [own.spans for own in project.rates]
        spans += [own.spans for own in project.indicators] + [own.spans for own in project.forms]
        yield from (span.paragraph for own in spans for span in own)
    yield from (account.span.paragraph for account in facts.accounts)
    for statement in facts.statements:
        yield from (term.span.paragraph for term in (statement.stated, *statement.operands))
