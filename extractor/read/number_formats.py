"""Numbers as a workbook shows them: 0.8 in the format 0% is 80%."""

from __future__ import annotations

import operator
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from extractor.read.date_formats import LATEST, dated, is_date
from extractor.read.format_tokens import LITERALS, Token, tokens_of

_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
_ELEVEN = Context(prec=11, rounding=ROUND_HALF_UP)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_COMPARED = {"<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge, "=": operator.eq, "<>": operator.ne}
_SECTION = re.compile(r'(?:"[^"]*"?|[\\!].|\[[^\]]*\]|[^;])*', re.DOTALL)
_AS_TYPED = frozenset({"", "general", "@", "g/通用格式"})
_WIDEST = 30
"""The most decimals of a format."""


@lru_cache(maxsize=1 << 12)
def displayed(number: Decimal, code: str, since_1904: bool = False) -> str:
    """What a reader sees of a number.

    >>> displayed(Decimal("0.8"), "0%"), displayed(Decimal("1234.5"), "#,##0.00"), displayed(Decimal("-3"), "0.0;(0.0)")
    ('80%', '1,234.50', '(3.0)')
    >>> displayed(Decimal("44927"), 'yyyy"年"m"月"d"日"'), displayed(Decimal("0.95500000000000007"), "General")
    ('2023年1月1日', '0.955')
    >>> displayed(Decimal("1234567"), '0!.0,"万元"'), displayed(Decimal("1234567"), "0.00E+00"), displayed(Decimal(0), '0;-0;"-"')
    ('123.5万元', '1.23E+06', '-')
    """
    number = _FIFTEEN.plus(number)
    if code.strip().lower() in _AS_TYPED:
        return _general(number)
    section, is_bare = _section(code, number)
    tokens = tokens_of(section)
    if is_date(tokens):
        return dated(number, tokens, "[dbnum1]" in section.lower(), since_1904) if 0 <= number <= LATEST else _general(number)
    shown = abs(number) if is_bare else number
    if any(kind == "general" for kind, _ in tokens):
        return "".join(_general(shown) if kind == "general" else _literal(kind, text) for kind, text in tokens).strip()
    if section.strip() == "@" or _is_fraction(tokens):
        return _general(shown)
    return _numeric(shown, tokens)


def _general(number: Decimal) -> str:
    short = _ELEVEN.plus(number) if number != number.to_integral_value() else number
    text = format(short, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=256)
def _parts(code: str) -> tuple[str, ...]:
    """The sections of a format that are for numbers; a fourth section is for text."""
    parts: list[str] = []
    start = 0
    while start <= len(code) and len(parts) < 3:
        match = _SECTION.match(code, start)
        if match is None:
            break
        parts.append(match[0])
        start = match.end() + 1
    return tuple(parts)


def _section(code: str, number: Decimal) -> tuple[str, bool]:
    """The section that applies, and whether it shows the number without its sign."""
    parts = [part for part in _parts(code) if part.strip() != "@"] or ["General"]
    conditions = [_CONDITION.search(part) for part in parts]
    if any(conditions):
        for part, condition in zip(parts, conditions, strict=True):
            if condition is None or _COMPARED[condition[1]](number, Decimal(condition[2])):
                return part, False
        return parts[-1], False
    if number < 0 and len(parts) > 1:
        return parts[1], True
    if number == 0 and len(parts) > 2:
        return parts[2], False
    return parts[0], False


def _is_fraction(tokens: Sequence[Token]) -> bool:
    return any(kind == "other" and text == "/" for kind, text in tokens) and any(kind == "digit" for kind, _ in tokens)


def _literal(kind: str, text: str) -> str:
    return text if kind in LITERALS else ""


class Pattern(NamedTuple):
    """A format for numbers in three: before the point, behind it, the power of ten; and what they say of the number."""

    whole: Sequence[Token]
    fraction: Sequence[Token]
    power: Sequence[Token]
    places: int
    scale: int  # powers of ten that the number is shown larger
    is_grouped: bool
    is_solid: bool  # no words between the digits before the point


_GROUPED, _DIVIDED, _SOLID = re.compile("D.*,.*D"), re.compile("D(,+)[^D]*$"), re.compile("[^D]*[D,]*[^D]*")


def _shape(tokens: Sequence[Token]) -> str:
    return "".join({"digit": "D", "comma": ","}.get(kind, "x") for kind, _ in tokens)


@lru_cache(maxsize=256)
def _pattern(tokens: tuple[Token, ...]) -> Pattern:
    """Commas between digits group them; each behind the last digit before the point or behind it divides by a thousand."""
    kinds = [kind for kind, _ in tokens]
    cut = kinds.index("power") if "power" in kinds else len(kinds)
    point = kinds.index("point") if "point" in kinds[:cut] else cut
    whole, fraction = _shape(tokens[:point]), _shape(tokens[point:cut])
    thousands = sum(len(end[1]) for end in (_DIVIDED.search(whole), _DIVIDED.search(fraction)) if end)
    scale = 2 * kinds.count("percent") - 3 * thousands
    places = min(fraction.count("D"), _WIDEST)
    is_grouped, is_solid = _GROUPED.search(whole) is not None, _SOLID.fullmatch(whole) is not None
    return Pattern(tokens[:point], tokens[point:cut], tokens[cut:], places, scale, is_grouped, is_solid)


def _numeric(number: Decimal, tokens: tuple[Token, ...]) -> str:
    pattern = _pattern(tokens)
    size = abs(number).scaleb(pattern.scale)
    power, behind = _powered(size, pattern) if pattern.power else (0, "")
    shown = size.scaleb(-power).quantize(Decimal(1).scaleb(-pattern.places), ROUND_HALF_UP, _WIDE)
    whole, _, fraction = format(shown, "f").partition(".")
    text = (_whole(pattern, whole) + _fraction(pattern.fraction, fraction) + behind).strip()
    return f"-{text}" if number < 0 and shown else text


_WIDE = Context(prec=500)


def _powered(size: Decimal, pattern: Pattern) -> tuple[int, str]:
    """The exponent in scientific notation, and how it is shown."""
    step = max(1, sum(kind == "digit" for kind, _ in pattern.whole))
    rounded = Context(prec=pattern.places + 1, rounding=ROUND_HALF_UP).plus(size) if step == 1 else size
    power = rounded.adjusted() // step * step if size else 0
    sign = "-" if power < 0 else "+" if pattern.power[0][1].endswith("+") else ""
    digits = sum(kind == "digit" for kind, _ in pattern.power)
    return power, f"E{sign}{abs(power):0{max(1, min(digits, 9))}}" + "".join(_literal(*token) for token in pattern.power)


def _whole(pattern: Pattern, digits: str) -> str:
    """Digits from the right, one a place; the first place takes all that are left, so that words may stand between them."""
    digits = digits.lstrip("0")
    if pattern.is_solid and digits:
        wanted = sum(text == "0" for kind, text in pattern.whole if kind == "digit")
        if len(digits) >= wanted:
            made = iter((f"{int(digits):,}" if pattern.is_grouped else digits,))
            return "".join(next(made, "") if kind == "digit" else _literal(kind, text) for kind, text in pattern.whole)
    left = list(digits)
    first = next((place for place, (kind, _) in enumerate(pattern.whole) if kind == "digit"), 0)
    out = []
    count = 0
    for place in range(len(pattern.whole) - 1, -1, -1):
        kind, text = pattern.whole[place]
        if kind != "digit":
            out.append(_literal(kind, text))
            continue
        taken: list[str] = []
        while left or (text == "0" and not taken):
            taken.append((left.pop() if left else "0") + ("," if pattern.is_grouped and count and count % 3 == 0 else ""))
            count += 1
            if place != first:
                break
        out.append("".join(reversed(taken)))
    return "".join(reversed(out))


def _fraction(tokens: Sequence[Token], digits: str) -> str:
    """The decimals; trailing zeros only where the format requires them, no point without a digit."""
    wanted = [text for kind, text in tokens if kind == "digit"]
    while digits and digits[-1] == "0" and wanted[len(digits) - 1] != "0":
        digits = digits[:-1]
    left = iter(digits)
    out = []
    for kind, text in tokens:
        if kind == "point":
            out.append("." if digits else "")
        else:
            out.append(next(left, "") if kind == "digit" else _literal(kind, text))
    return "".join(out)
