"""Points behind the names of indicators without their unit: 清淤山塘口数（20）, where no column tells the points."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from extractor.lexicon.packs import Lexicon
from extractor.model.facts import Indicator, Origin, Stated
from extractor.model.quantity import HUNDRED, ZERO, Quantity
from extractor.understand.cells import decimal
from extractor.understand.form_draft import FormDraft

FEWEST = 3
"""Rows from which on numbers in brackets that make full marks are no accident."""
ROWS_ALONE = frozenset({HUNDRED, Decimal(90), Decimal(80)})
"""What the rows make where the points of execution are not told: all, or all but its 10 or 20."""


class BareWeights:
    def __init__(self, lexicon: Lexicon) -> None:
        self.bracketed = lexicon.pattern("forms.ends_in_number")

    def give(self, draft: FormDraft) -> None:
        """Takes the numbers behind the names as points where every row has one and they make full marks; none otherwise."""
        rows = draft.indicators
        if len(rows) < FEWEST or not rows[0].name.endswith((")", "）")) or any(row.weight is not None for row in rows):
            return
        found = [self._weight(row) for row in rows]
        weights = [weight for weight in found if weight is not None and weight.quantity is not None]
        total = sum((w.quantity.value for w in weights if w.quantity), ZERO)
        own = draft.execution_weight.quantity if draft.execution_weight else None
        fits = total + own.value == HUNDRED if own else total in ROWS_ALONE
        if len(weights) < len(rows) or not fits:
            return
        given = {id(row): replace(row, weight=weight) for row, weight in zip(rows, weights, strict=True)}
        draft.indicators = [given[id(row)] for row in rows]
        draft.members = {label: [given.get(id(row), row) for row in members] for label, members in draft.members.items()}

    def _weight(self, row: Indicator) -> Stated | None:
        match = self.bracketed.search(row.name)
        if not match:
            return None
        digits, decimals = decimal(match["points"])
        span = row.spans[:1]
        return Stated(match["points"], span, Quantity(digits, decimals, "分", written=match["points"]), row.name, Origin.FORM)
