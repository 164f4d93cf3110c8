"""Figures in Arabic digits with their unit: sign and currency before them, Chinese units of ten inside them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.lexicon import bare
from extractor.lexicon.hit import COUNT, MONEY, NUMBER, PERCENT, Hit
from extractor.lexicon.numerals import DIGITS, parse
from extractor.lexicon.surroundings import is_latin, squeezed
from extractor.lexicon.units import Unit
from extractor.model.quantity import ONE, Bound

if TYPE_CHECKING:
    from extractor.lexicon.scanner import Scanner

_HALF, _TENTH, _HUNDREDTH = Decimal("0.5"), Decimal("0.1"), Decimal("0.01")
_CHANGE = re.compile(
    r"(?:[零〇]?([0-9]{1,2}|[〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖])(?:[角毛]|(美分|欧分|便士)))?(?:[零〇]?([0-9]|[一二三四五六七八九壹贰叁肆伍陆柒捌玖])分?)?(?:钱|整|正)?\Z"
)
_NOT_NEGATIVE_BEFORE_FU = "自欺肩抱担正胜"
_POINT = {"point": "1"}


def number(raw: str) -> tuple[Decimal, int]:
    """The value of Arabic digits with separators or line breaks, and the decimals shown.

    >>> number("12\\n,500.00")
    (Decimal('12500.00'), 2)
    """
    if raw.isdigit():
        return Decimal(raw), 0
    if "," in raw or "，" in raw or "\n" in raw or " " in raw:
        raw = squeezed(raw).replace(",", "").replace("，", "")
    point = raw.find(".")
    return Decimal(raw), len(raw) - point - 1 if point >= 0 else 0


def read_arabic(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit | None:
    """20万元, 80%, 95分, 246人次; 3万5千元, 12元5角; -125.6万元, ￥300."""
    start, stop, last = match.start(), match.end(), match.end(scanner.n)
    comma = list_comma(scanner, text, match, floor)
    if comma is not None:
        return in_list(scanner, text, match, comma, floor)
    unit = scanner.units.of(text[last:stop])
    if unit is None:
        return read_composite(scanner, text, match, floor)
    if unit.needs_context and bare.is_counted_by_piece(scanner, text, start, stop):
        unit = unit._replace(kind=COUNT, base="块")
    digits, decimals = number(text[start:last])
    if unit.has_half:
        digits, decimals = digits + _HALF, max(1, decimals)
    hit = figure(scanner.name(match), start, stop, digits, decimals, unit)
    if unit.kind is COUNT and is_latin(text[start - 1 : start]) and start > floor:
        return bare.read_code(scanner, text, hit, floor) if not _follows_word(text, start) else hit
    return signed(scanner, text, hit, floor)


def figure(pattern: str, start: int, stop: int, digits: Decimal, decimals: int, unit: Unit) -> Hit:
    kind, base, multiplier, shown, is_rough, is_point, _, _ = unit
    bound = Bound.APPROX if is_rough else Bound.NONE
    return Hit(kind, start, stop, pattern, digits, decimals, base, multiplier, shown, None, bound, None, _POINT if is_point else None)


def list_comma(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> int | None:
    """Where a full-width comma ends the number, because it parts a list and no thousands: 分别为120，350，480; $20，300美元."""
    start, last = match.start(), match.end(scanner.n)
    comma = text.find("，", start, last)
    if comma < 0:
        return None
    if "分别" in text[max(0, start - 10) : start] or (found_before(text, start) and text[comma + 1 : last].isdigit() is False):
        return comma
    if text[comma + 1] == "0" or "." in text[comma:last]:
        return None
    unit = scanner.units.of(text[last : match.end()])
    return comma if unit and unit.kind is MONEY and currency_before(scanner, text, start, floor)[1] else None


def found_before(text: str, start: int) -> bool:
    """Does the number stand in a list already: 120，350，480?"""
    return text[start - 1 : start] == "，" and text[start - 2 : start - 1].isdigit()


def in_list(scanner: Scanner, text: str, match: re.Match[str], comma: int, floor: int) -> Hit:
    """The number before a list's comma."""
    digits, decimals = number(text[match.start() : comma])
    hit = Hit(NUMBER, match.start(), comma, "figure.number", digits, decimals)
    return bare.in_context(scanner, text, hit, floor)


def _follows_word(text: str, start: int) -> bool:
    """Is the number behind a Latin word of capitals, as in LED200盏, and not part of a model such as T480?"""
    return text[max(0, start - 2) : start].isupper() and text[max(0, start - 2) : start].isascii() and start >= 2


def read_composite(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit | None:
    """Numbers with Chinese units inside (3万5千元) and money with its change (12元5角6分)."""
    start, stop, last = match.start(), match.end(), match.end(scanner.n)
    inner = match.end(scanner.mix) if match.end(scanner.mix) > 0 else last
    tail = text[inner:stop]
    unit = scanner.units.of(tail)
    name = scanner.name(match)
    if unit is not None and inner > last:
        tens = unit.shown[: len(unit.shown) - len(_base_word(scanner, unit))]
        numeral = parse(squeezed(text[start:inner]) + tens)
        if numeral is None:
            return None
        unit = unit._replace(multiplier=numeral.multiplier)
        hit = figure(name, start, stop, numeral.digits, numeral.decimals, unit)
        return bare.in_context(scanner, text, hit, floor) if unit.needs_context else signed(scanner, text, hit, floor)
    whole = parse(squeezed(text[start:inner]))
    return change(scanner, text, name, (start, stop), whole.value if whole else number(text[start:last])[0], squeezed(tail), floor)


def _base_word(scanner: Scanner, unit: Unit) -> str:
    """The unit as written without the units of ten before it: 元 of 千元."""
    shown = unit.shown
    for place in range(len(shown) + 1):
        base = scanner.units.of(shown[place:])
        if (base is not None and base.multiplier == ONE) or place == len(shown):
            return shown[place:]
    return ""


def change(scanner: Scanner, text: str, name: str, span: tuple[int, int], whole: Decimal, tail: str, floor: int) -> Hit | None:
    """Money of several units: a tail 元5角6分 behind 12 makes 12.56."""
    for place in range(len(tail), 0, -1):
        unit = scanner.units.of(tail[:place])
        rest = _CHANGE.match(tail, place)
        if unit is not None and unit.kind is MONEY and rest and rest.group() not in ("钱",):
            first, is_cent, second = rest.groups()
            value = whole * unit.multiplier + _digit(first) * (_HUNDREDTH if is_cent else _TENTH)
            if second:
                value += _digit(second) * (_HUNDREDTH if first or "分" in rest.group() else _TENTH)
            decimals = 2 if is_cent or (second and value != value.quantize(_TENTH)) else 1 if first or second else 0
            hit = Hit(MONEY, *span, name, value, max(decimals, -int(value.as_tuple().exponent)), unit.base, ONE, unit.shown)
            return signed(scanner, text, hit, floor)
    return None


def _digit(part: str | None) -> Decimal:
    if not part:
        return Decimal(0)
    if part.isascii():
        return Decimal(part)
    numeral = parse(part)
    return numeral.value if numeral else Decimal(DIGITS.get(part, 0))


def signed(scanner: Scanner, text: str, hit: Hit, floor: int) -> Hit:
    """The figure with the sign and the currency before it taken in: -125.6万元, 负20%, 人民币300元, ￥5,000.00."""
    start, negative = hit.start, False
    if hit.kind in (MONEY, PERCENT) or hit.unit == "":
        start, currency = currency_before(scanner, text, start, floor)
        if currency and hit.kind is not PERCENT and (hit.unit in ("", "元") or hit.unit == currency):
            hit = hit._replace(kind=MONEY, unit=currency, start=start, shown=hit.shown or currency)
        else:
            start = hit.start
    place = start
    while place > floor and text[place - 1] in " \n" and hit.start - place < 3:
        place -= 1
    mark = text[place - 1 : place] if place > floor else ""
    if mark == "-" and place == start:
        before = text[place - 2 : place - 1]
        negative = not before or not (before.isdigit() or is_latin(before) or before in "%元)）-—分号")
    elif mark == "负":
        negative = text[place - 2 : place - 1] not in tuple(_NOT_NEGATIVE_BEFORE_FU)
    if negative and hit.digits is not None:
        return hit._replace(start=place - 1, digits=-hit.digits)
    return hit


def currency_before(scanner: Scanner, text: str, start: int, floor: int) -> tuple[int, str]:
    """Where a currency word before a number begins, and the currency; (start, "") where there is none."""
    place = start
    while place > floor and text[place - 1] in " \n:：" and start - place < 2:
        place -= 1
    if place <= floor or text[place - 1] not in "币元金￥$€£BYDPR刀":
        return start, ""
    known = [(word, currency) for currency, words in scanner.lexicon.groups("currency_before").items() for word in words]
    matching = [each for each in known if text.endswith(each[0], floor, place)]
    if matching:
        word, currency = max(matching, key=lambda each: len(each[0]))
        outer = currency_before(scanner, text, place - len(word), floor)  # 人民币￥300
        return (outer[0], currency) if outer[1] else (place - len(word), currency)
    return start, ""
