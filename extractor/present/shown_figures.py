"""Parses figures as findings show them, 2,680万元 or 79.63%, into numbers with their unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extractor.model.quantity import HUNDRED, ONE

_FIGURE = re.compile(r"([-+−－]?)(\d[\d,，]*(?:\.\d+)?)\s*([^\d\s,，.。;；、()（）]*)")
_MULTIPLES = {"百万": 1_000_000, "千万": 10_000_000, "十亿": 1_000_000_000, "万": 10_000, "亿": 100_000_000, "千元": 1000}
LONGEST = 60
"""A longer text is not taken for a figure."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure: its value in base units (元, a fraction for per cent), the value of one unit shown, its decimals and its unit."""

    value: Decimal
    scale: Decimal
    decimals: int
    unit: str
    kind: str

    @property
    def cell(self) -> Decimal:
        """The number that a cell holds: 2680 for 2,680万元, 0.7963 for 79.63%."""
        return self.value / self.scale

    @property
    def cell_decimals(self) -> int:
        return self.decimals + (2 if self.unit == "%" else 0)


def read(text: str) -> Shown | None:
    """The figure of a text that has exactly one.

    >>> read("2,680.5万元")
    Shown(value=Decimal('26805000.0'), scale=Decimal('10000'), decimals=1, unit='万元', kind='元')
    >>> read("2022年11月31日"), read("优")
    (None, None)
    """
    found = _FIGURE.findall(text) if len(text) <= LONGEST else []
    if len(found) != 1:
        return None
    sign, digits, unit = found[0]
    plain = digits.replace(",", "").replace("，", "")
    number = Decimal(plain) if sign in ("", "+") else -Decimal(plain)
    decimals = len(plain.partition(".")[2])
    unit = unit.replace("％", "%")
    if unit.startswith(("%", "‰")):
        scale = ONE if unit[0] == "%" else Decimal("0.001")
        return Shown(number / HUNDRED if unit[0] == "%" else number * scale, scale, decimals, unit[0], "%")
    multiple, kind = next(((worth, unit[len(name) :]) for name, worth in _MULTIPLES.items() if unit.startswith(name)), (1, unit))
    kind = "元" if unit.startswith("千元") else kind
    return Shown(number * multiple, Decimal(multiple), decimals, unit, kind)
