"""What the scanner finds at one place of a text, before it becomes a Mention or a dict."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from extractor.model.facts import Kind
from extractor.model.quantity import ONE, Bound

MONEY, PERCENT, SCORE, COUNT, NUMBER = Kind.MONEY, Kind.PERCENT, Kind.SCORE, Kind.COUNT, Kind.NUMBER
MEASURED = frozenset({MONEY, PERCENT, SCORE, COUNT})


class Hit(NamedTuple):
    """A figure has `digits` x `multiplier` in the base unit `unit`; anything else a normalised `text`.

    `shown` is the unit as written (万元); `upper` the second end of a range, in the base unit. `bound` is set where the span
    itself says it (≥50, 300余万元).
    """

    kind: Kind
    start: int
    end: int
    pattern: str
    digits: Decimal | None = None
    decimals: int = 0
    unit: str = ""
    multiplier: Decimal = ONE
    shown: str = ""
    upper: Decimal | None = None
    bound: Bound = Bound.NONE
    text: str | None = None
    groups: Mapping[str, str] | None = None

    @property
    def value(self) -> Decimal:
        assert self.digits is not None
        return self.digits * self.multiplier
