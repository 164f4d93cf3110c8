"""Figures in Chinese numerals. Most numerals of running prose are words (统一, 一般, 十分) and no figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.lexicon import bare
from extractor.lexicon.arabic import change, figure, signed
from extractor.lexicon.hit import COUNT, MONEY, NUMBER, PERCENT, SCORE, Hit
from extractor.lexicon.numerals import DIGITS, Numeral, parse
from extractor.lexicon.surroundings import squeezed
from extractor.lexicon.units import Unit
from extractor.model.quantity import ONE, TEN, Bound

if TYPE_CHECKING:
    from extractor.lexicon.scanner import Scanner

_SEVERAL = "数几"
_BARE_UNIT_OPENERS = "数几上近约超逾过达破"
_COUNTED_NOUNS = "人次户件个总指系参基倍分份岁"  # 人数, 次数 …: their 数 opens no 数十
_CAPITALS = "壹贰叁肆伍陆柒捌玖拾佰仟"
_FEN = re.compile(r"[角毛](?:(.)分?)?(?:钱)?\Z")


def read_hanzi(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit | None:
    start, stop, last = match.start(), match.end(), match.end(scanner.h)
    written = squeezed(text[start:last])
    tail = text[last:stop]
    if not tail and len(written) > 1 and written[-1] == "两":
        written, last, tail = written[:-1], last - 1, "两"  # 三千两百两: the last one is the unit
    unit = scanner.units.of(tail)
    numeral = _numeral(written, text[start:last], unit)
    if numeral is None:
        return None
    name = scanner.name(match)
    if unit is None:
        return _change(scanner, text, name, (start, stop), numeral, squeezed(tail), floor)
    if unit.kind is NUMBER:
        return bare.read_hanzi_number(scanner, text, match, numeral, floor)
    several = (
        start > floor
        and text[start - 1] in _SEVERAL
        and written[0] in "十百千万亿"
        and text[start - 2 : start - 1] not in tuple(_COUNTED_NOUNS)
    )
    if not several and not unit.is_rough and not _is_figure(scanner, text, start, written, numeral, unit):
        return None
    digits, multiplier = numeral.digits, numeral.multiplier
    decimals = numeral.decimals
    if unit.has_half:
        digits, decimals = digits + (ONE / 2), 1
    unit = unit._replace(multiplier=unit.multiplier * multiplier, shown=_shown(written, unit))
    hit = figure(name, start, stop, digits, decimals, unit)
    if numeral.is_rough:
        hit = hit._replace(bound=Bound.APPROX)
    if numeral.upper is not None:
        return hit._replace(upper=numeral.upper * (unit.multiplier / multiplier), bound=Bound.NONE)
    if several:
        return signed(scanner, text, hit._replace(start=start - 1, upper=hit.value * TEN), floor)
    return signed(scanner, text, hit, floor)


def read_plainly(scanner: Scanner, text: str, match: re.Match[str]) -> Hit | None:
    """The numeral and its unit without asking whether they are a word: the second half of 三至五年."""
    last = match.end(scanner.h)
    if last < 0:
        return None
    numeral, unit = parse(squeezed(text[match.start() : last])), scanner.units.of(text[last : match.end()])
    if numeral is None or unit is None or numeral.upper is not None:
        return None
    unit = unit._replace(multiplier=unit.multiplier * numeral.multiplier)
    return figure(scanner.name(match), match.start(), match.end(), numeral.digits, numeral.decimals, unit)


def read_compared(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit | None:
    """大于等于一百: a numeral before any word, made a number by the comparison."""
    numeral = parse(squeezed(match.group()))
    if numeral is None or numeral.is_bare_unit or numeral.upper is not None:
        return None
    return bare.read_compared(scanner, text, match, numeral, floor)


def _shown(written: str, unit: Unit) -> str:
    tens = written[len(written.rstrip("万亿兆")) :]
    return tens + unit.shown


def _numeral(written: str, raw: str, unit: Unit | None) -> Numeral | None:
    """The value of the numeral, None for what is no number in front of this unit (一 二, 二〇一九个)."""
    is_digit_string = len(written) > 1 and all(c in DIGITS or c in _CAPITALS[:9] for c in written)
    if is_digit_string and len(written) < len(raw):
        return None
    if is_digit_string and unit is not None and unit.kind in (COUNT, MONEY, PERCENT):
        first, second = (DIGITS.get(c, 0) for c in written[:2])
        if len(written) == 2 and 0 < first == second - 1:  # 七八人
            low, high = parse(written[0]), parse(written[1])
            return Numeral(low.digits, upper=high.digits) if low and high else None
        return None
    return parse(written)


def _is_figure(scanner: Scanner, text: str, start: int, written: str, numeral: Numeral, unit: Unit) -> bool:
    """Is it a figure and not a word: 万元 in a heading, 十分重要, 同一个, 二期工程, 队伍人数?"""
    before = text[start - 1 : start]
    if numeral.is_bare_unit:
        return before != "" and before in _BARE_UNIT_OPENERS
    if unit.kind is SCORE:
        return (len(written) > 1 and written != "十分") or bool(scanner.fragment("fig_cue_score").search(text[max(0, start - 8) : start]))
    if unit.kind is COUNT and len(written) == 1:
        if written in _CAPITALS or unit.shown in scanner.lexicon.words("naming_units"):
            return False
        return written != "一" or before not in scanner.lexicon.words("single_one_stops")
    if unit.kind is PERCENT and unit.shown == "成" and written == "一":
        return before not in scanner.lexicon.words("single_one_stops")
    return True


def _change(scanner: Scanner, text: str, name: str, span: tuple[int, int], numeral: Numeral, tail: str, floor: int) -> Hit | None:
    """Figures of two parts: 五元六角, 五块六, 两角五分, 七成五."""
    value = numeral.value
    if tail[0] == "成":  # 七成五, 五成半
        more = ONE / 2 if tail[1] == "半" else DIGITS[tail[1]] / TEN
        return signed(scanner, text, Hit(PERCENT, *span, name, value + more, 1, "%", TEN, "成"), floor)
    small = _FEN.match(tail)
    if small:
        if not small.group(1) and text[span[1] : span[1] + 1] not in tuple("，。；、-至到") and span[1] < len(text):
            return None
        hundredths = parse(small.group(1)) if small.group(1) else None
        value = value / TEN + (hundredths.value / 100 if hundredths else 0)
        return signed(scanner, text, Hit(MONEY, *span, name, value, 2 if hundredths else 1, "元", ONE, "元"), floor)
    if tail[:1] in ("块", "元") and len(tail) == 2 and tail[1] in DIGITS:
        return signed(scanner, text, Hit(MONEY, *span, name, value + DIGITS[tail[1]] / TEN, 1, "元", ONE, "元"), floor)
    return change(scanner, text, name, span, value, tail, floor)
