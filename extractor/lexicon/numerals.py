"""Chinese and mixed numerals to exact values, in one pass over their characters.

Understands plain and banker's numerals (三百二十, 叁佰贰拾), digit strings (二〇一九), decimals (十五点七), Arabic digits with Chinese
units (3万5千, 2亿3千万), left-out last units (两千四百五 = 2450), stacked units (3千万亿) and two neighbouring digits for a range
(三五百, 十七八). Text comes folded and without spaces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extractor.model.quantity import ONE

DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
SMALL = {"十": 10, "百": 100, "千": 1000}
BIG = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_TENS = {"廿": 20, "卅": 30}
_MORE = "几余多来"
_LONGEST = 60
_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟零幺", "一二三四五六七八九十百千〇一")

_TOKEN = re.compile(r"[0-9][0-9,，]*(?:\.[0-9]+)?|.", re.DOTALL)
_DIGIT_STRING = re.compile(r"[〇一二三四五六七八九]{2,}\Z")
_NEIGHBOURS = re.compile(r"([一二两三四五六七八])([二两三四五六七八九])(?=[十百千万亿]|\Z)")
_TAIL = re.compile(r"[万亿兆]+\Z")
_MIXED_TAIL = re.compile(r"(?<=[0-9])[十百千]\Z")
_DECIMAL = re.compile(r"(.+)点([〇一二三四五六七八九]+|[0-9]+)([十百千万亿兆]*)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Numeral:
    """`digits` x `multiplier` is the value: 3万5千 is 35 x 1000, precise to the thousand.

    `upper` is the second value of 三五百; `is_bare_unit` says that no digit was there at all (万, 百万);
    `is_rough` that 几, 余 or 多 stands in it.
    """

    digits: Decimal
    decimals: int = 0
    multiplier: Decimal = ONE
    upper: Decimal | None = None
    is_bare_unit: bool = False
    is_rough: bool = False

    @property
    def value(self) -> Decimal:
        return self.digits * self.multiplier


@lru_cache(maxsize=4096)
def parse(text: str) -> Numeral | None:
    """The value of a numeral, None where the characters make no well-formed one.

    >>> [str(parse(t).value) for t in ("两千四百五", "十五点七", "12万3456", "一七二〇")]
    ['2450', '15.7', '123456', '1720']
    >>> parse("十三五") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    plain = text.translate(_PLAIN).replace("，", ",")
    if _DIGIT_STRING.match(plain):
        return Numeral(Decimal(int("".join(str(DIGITS[c]) for c in plain))))
    neighbours = _neighbours(plain)
    if neighbours:
        return neighbours
    with_point = _DECIMAL.match(plain)
    if with_point:
        return _with_point(*with_point.groups())
    found = _whole(plain)
    if found is None:
        return None
    value, has_digit = found
    tail = _TAIL.search(plain) or _MIXED_TAIL.search(plain)
    places = sum(len(str((BIG | SMALL)[c])) - 1 for c in tail.group()) if tail else 0
    digits = _trimmed(value.scaleb(-places))
    return Numeral(
        digits,
        max(0, -int(digits.as_tuple().exponent)),
        Decimal(10**places),
        is_bare_unit=not has_digit,
        is_rough=any(c in _MORE for c in plain),
    )


def _trimmed(value: Decimal) -> Decimal:
    """The value without trailing zeros after the point, and without an exponent."""
    return value.quantize(ONE) if value == value.to_integral_value() else value.normalize()


def _neighbours(plain: str) -> Numeral | None:
    """Two digits side by side that mean from-to: 三五百 300 to 500, 四五千 4000 to 5000."""
    found = _NEIGHBOURS.search(plain)
    if not found or (not found.end() < len(plain) and not found.start()):
        return None
    first, second = DIGITS[found.group(1)], DIGITS[found.group(2)]
    at_end = found.end() == len(plain)
    if second - first != 1 and (at_end or (first, second) != (3, 5)):
        return None
    if at_end and plain[found.start() - 1] not in "十百千":
        return None
    low = parse(plain[: found.start(2)] + plain[found.end(2) :])
    high = parse(plain[: found.start(1)] + plain[found.end(1) :])
    if low is None or high is None or low.upper or high.upper:
        return None
    return Numeral(low.digits, low.decimals, low.multiplier, high.value)


def _with_point(head: str, fraction: str, tail: str) -> Numeral | None:
    whole = parse(head)
    if whole is None or whole.upper is not None:
        return None
    digits = fraction if fraction.isascii() else "".join(str(DIGITS[c]) for c in fraction)
    multiplier = 1
    for character in tail:
        multiplier *= (BIG | SMALL)[character]
    value = whole.value + Decimal(digits).scaleb(-len(digits))
    return Numeral(value, len(digits), Decimal(multiplier), is_bare_unit=whole.is_bare_unit)


@dataclass(slots=True)
class _Reading:
    """The state of a pass: `parts` are what big units closed, `section` what stands below 万, `pending` a digit without unit."""

    parts: list[tuple[Decimal, int]]
    section: Decimal = Decimal(0)
    pending: Decimal | None = None
    pending_is_short: bool = False
    last_small: int = 10**4
    last_unit: int = 0
    after_zero: bool = False
    has_digit: bool = False

    def digit(self, value: Decimal, is_short: bool) -> bool:
        if self.pending is not None:
            return False
        self.pending, self.pending_is_short, self.has_digit = value, is_short, True
        return True

    def zero(self) -> bool:
        if self.pending is not None:
            return False
        self.after_zero = self.has_digit = True
        return True

    def small(self, unit: int) -> bool:
        if self.pending is None:
            if unit != 10 and not self.after_zero and (self.section or self.parts):
                return False
            self.has_digit = self.has_digit or unit == 10
        if unit >= self.last_small:
            return False
        self.section += (self.pending if self.pending is not None else ONE) * unit
        self.last_small = self.last_unit = unit
        self.pending, self.after_zero = None, False
        return True

    def tens(self, value: int) -> bool:
        if self.pending is not None or self.last_small <= 10:
            return False
        self.section += value
        self.last_small, self.last_unit, self.after_zero, self.has_digit = 10, 10, False, True
        return True

    def big(self, unit: int) -> bool:
        group = self.section + (self.pending or 0)
        if self.parts and not group:  # 千万亿, 万万: the unit multiplies what was closed before
            lower = [p for p in self.parts if p[1] <= unit]
        else:
            lower = [p for p in self.parts if p[1] < unit]
            if any(p[1] == unit for p in self.parts):
                return False
        if self.parts and not group and not lower:
            return False
        base = sum((p[0] for p in lower), Decimal(0)) + (group if group or self.parts or self.has_digit else ONE)
        self.parts = [p for p in self.parts if p not in lower] + [(base * unit, unit)]
        self.section, self.pending, self.last_small, self.last_unit, self.after_zero = Decimal(0), None, 10**4, unit, False
        return True

    def rest(self) -> Decimal:
        """A last digit without its unit: 四百五 is 450, 四百零五 is 405."""
        if self.pending is None:
            return Decimal(0)
        if self.pending_is_short and self.last_unit >= 100 and not self.after_zero:
            return self.pending * (self.last_unit // 10)
        return self.pending


def _whole(text: str) -> tuple[Decimal, bool] | None:
    """The value of a numeral without 点, and whether a digit stands in it."""
    reading = _Reading([])
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in DIGITS:
            ok = reading.digit(Decimal(DIGITS[token]), True) if DIGITS[token] or len(text) == 1 else reading.zero()
        elif token in SMALL:
            ok = reading.small(SMALL[token])
        elif token in BIG:
            ok = reading.big(BIG[token])
        elif token in _TENS:
            ok = reading.tens(_TENS[token])
        elif token[0].isdigit():
            number = token.replace(",", "")
            ok = reading.digit(Decimal(number), len(number) == 1)
        else:
            ok = token in _MORE
        if not ok:
            return None
    return sum((part[0] for part in reading.parts), Decimal(0)) + reading.section + reading.rest(), reading.has_digit
