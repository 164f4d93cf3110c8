"""Rates told as fractions (百分之八十, 千分之三), plain fractions (三分之二, 三又二分之一) and ratios (430/540)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.lexicon.arabic import number
from extractor.lexicon.hit import NUMBER, PERCENT, Hit
from extractor.lexicon.numerals import parse
from extractor.lexicon.surroundings import squeezed
from extractor.model.facts import Kind
from extractor.model.quantity import HUNDRED, ONE

if TYPE_CHECKING:
    from extractor.lexicon.scanner import Scanner

_PARTS = re.compile(r"(?:(?P<whole>.+)又)?(?P<den>.+?)分之?(?P<num>.+)\Z")
_TENS = "十百千万亿"
_PRECISION = Decimal("1e-15")


def read_fraction(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit | None:
    parts = _PARTS.match(squeezed(match.group()))
    if parts is None:
        return None
    inner_sign = parts["num"][0] in "负-"
    denominator, numerator = _value(parts["den"]), _value(parts["num"].lstrip("负-"))
    whole = _value(parts["whole"]) if parts["whole"] else Decimal(0)
    if denominator is None or numerator is None or whole is None or not denominator:
        return None
    start, negative = _sign(text, match.start(), floor)
    negative = negative or inner_sign
    decimals = max(0, -int(numerator.as_tuple().exponent))
    sign = -ONE if negative else ONE
    if not parts["whole"] and parts["den"] != "十" and all(c in _TENS for c in parts["den"]):
        shown = parts["den"] + "分之"
        return Hit(PERCENT, start, match.end(), scanner.name(match), numerator * sign, decimals, "%", HUNDRED / denominator, shown)
    value = (whole + numerator / denominator) * sign
    value = value.quantize(_PRECISION).normalize() if abs(value) < 1000000 else value
    return Hit(NUMBER, start, match.end(), scanner.name(match), value, max(0, -int(value.as_tuple().exponent)))


def _value(text: str) -> Decimal | None:
    if text[0].isascii() and text[-1].isascii() and text[-1].isdigit():
        return number(text)[0]
    numeral = parse(text)
    return numeral.value if numeral else None


def _sign(text: str, start: int, floor: int) -> tuple[int, bool]:
    """Where the sign before a fraction begins: 负百分之十, 负的百分之二十."""
    for sign in ("负的", "负", "-"):
        if text.startswith(sign, start - len(sign)) and start - len(sign) >= floor:
            return start - len(sign), True
    return start, False


def read_half_tenth(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit:
    """半成 is five per cent."""
    return Hit(PERCENT, match.start(), match.end(), scanner.name(match), Decimal("0.5"), 1, "%", Decimal(10), "成")


def read_ratio(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit | None:
    """430/540; what stands behind a Latin letter is a code."""
    before = text[match.start() - 1 : match.start()]
    groups = scanner.groups(text, match)
    kind = Kind.CODE if before.isascii() and before.isalnum() else Kind.RATIO
    return Hit(kind, match.start(), match.end(), scanner.name(match), text=squeezed(match.group()), groups=groups)
