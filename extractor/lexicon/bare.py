"""Numbers without a unit of their own: list marks, codes, scores, headed columns, 万 without 元 … or only numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.lexicon import arabic, headers
from extractor.lexicon.hit import COUNT, MONEY, NUMBER, SCORE, Hit
from extractor.lexicon.numerals import Numeral
from extractor.lexicon.ranges import ranged
from extractor.lexicon.surroundings import clause_before, is_han, is_latin, squeezed, starts_line
from extractor.model.facts import Kind
from extractor.model.quantity import ONE, TEN, Bound

if TYPE_CHECKING:
    from extractor.lexicon.scanner import Scanner

_CUE_REACH = 16
_LONG = 9
_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9./_-]*[A-Za-z0-9])?(?:(?<=[0-9]{3}) [0-9]{3,}(?![0-9.,万元]))*")
_MARKS = "、.．)）"
_OPENERS = "（("
_CLOSERS = "）)"
_TENS = "十百千万亿兆"


def read_number(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit | None:
    """An Arabic number with nothing after it but perhaps 万 or 亿."""
    start, stop, last = match.start(), match.end(), match.end(scanner.n)
    comma = arabic.list_comma(scanner, text, match, floor)
    if comma is not None:
        return arabic.in_list(scanner, text, match, comma, floor)
    if match.end(scanner.mix) > 0:
        return arabic.read_composite(scanner, text, match, floor)
    unit = scanner.units.of(text[last:stop])
    if unit is None:
        return None
    digits, decimals = arabic.number(text[start:last])
    hit = arabic.figure(scanner.name(match), start, stop, digits, decimals, unit)
    before, after = text[start - 1 : start] if start > floor else "", text[stop : stop + 1]
    if _touches_latin(text, start, before, after) and not _follows_currency(scanner, text, start, floor):
        return read_code(scanner, text, hit, floor)
    if stop == last:
        item = _item(scanner, text, hit)
        if item is not None:
            return item
        if after == "号" and not decimals:
            return hit._replace(kind=Kind.CODE, end=stop + 1, digits=None, text=text[start : stop + 1])
        if before and before in _OPENERS and after and after in _CLOSERS:
            return _in_parens(scanner, text, hit)
    return in_context(scanner, text, hit, floor)


def _touches_latin(text: str, start: int, before: str, after: str) -> bool:
    """Is the number part of a run with Latin letters: T480, 5G, GB/T9704, AB-12?"""
    return is_latin(before) or is_latin(after) or before in tuple("/_") or (before == "-" and is_latin(text[start - 2 : start - 1]))


def read_hanzi_number(scanner: Scanner, text: str, match: re.Match[str], numeral: Numeral, floor: int) -> Hit | None:
    """A Chinese numeral with nothing after it: a figure only where it stands alone, or is long enough to be no word."""
    start, stop = match.start(), match.end()
    written = squeezed(match.group())
    hit = Hit(NUMBER, start, stop, scanner.name(match), numeral.digits, numeral.decimals, "", numeral.multiplier)
    hit = hit._replace(shown=written[len(written.rstrip("万亿兆")) :], bound=Bound.APPROX if numeral.is_rough else Bound.NONE)
    before, after = text[start - 1 : start], text[stop : stop + 1]
    if len(written) <= 3 and (after and after in "、.．" and starts_line(text, start)):
        return _section(hit, start, stop + 1)
    if len(written) <= 3 and before and before in _OPENERS and after and after in _CLOSERS:
        return _section(hit, start - 1, stop + 1) if starts_line(text, start - 1) else None
    if numeral.upper is not None:
        return hit._replace(upper=numeral.upper, kind=Kind.RANGE) if written[-1] in _TENS else None
    if start > floor and before in ("数", "几") and written[0] in _TENS and len(written) > 1:  # 数十万
        return hit._replace(kind=Kind.RANGE, start=start - 1, upper=hit.value * TEN)
    if numeral.is_bare_unit:
        return None
    compared = _compared(scanner, text, hit, floor)
    if compared is not None:
        return compared
    if _is_whole(text, start, stop):
        return None if written == "两两" else arabic.signed(scanner, text, hit, floor)
    range_hit = ranged(scanner, text, hit)
    if range_hit is not None:
        return range_hit
    if scanner.fragment("fig_annex").search(text[max(0, start - 4) : start]):
        return _annex(scanner, text, hit)
    if len(written) < 2 or not any(c in _TENS + "拾佰仟点" for c in written):
        return None
    return in_context(scanner, text, hit, floor) if written[-1] in "万亿兆" or not is_han(after) else None


def _is_whole(text: str, start: int, stop: int) -> bool:
    """Is there nothing in the text but the number, a sign before it and blanks?"""
    if start > _CUE_REACH or len(text) - stop > _CUE_REACH:  # long texts are not sliced
        return False
    return not text[:start].strip(" 负-\n") and not text[stop:].strip(" \n余多几")


def read_compared(scanner: Scanner, text: str, match: re.Match[str], numeral: Numeral, floor: int) -> Hit | None:
    hit = Hit(NUMBER, match.start(), match.end(), scanner.name(match), numeral.digits, numeral.decimals, "", numeral.multiplier)
    return _compared(scanner, text, hit, floor) or hit


def in_context(scanner: Scanner, text: str, hit: Hit, floor: int) -> Hit:
    """A unitless number as the words before it say: score, rate, money, code, or a number compared or not."""
    money = arabic.signed(scanner, text, hit, floor)
    if money.kind is MONEY:
        return money
    cue = scanner.fragment("fig_cue").search(text[max(floor, hit.start - _CUE_REACH) : hit.start])
    if cue and cue.group("code") is not None and hit.multiplier == ONE and not _is_shown_as_figure(text, hit):
        return read_code(scanner, text, hit, floor)
    if hit.multiplier == ONE and scanner.fragment("fig_code_follow").match(text, hit.end):
        return read_code(scanner, text, hit, floor)
    if cue and cue.group("annex") is not None and hit.multiplier == ONE and not hit.decimals:
        return _annex(scanner, text, hit)
    if cue and cue.group("header_unit") is not None:
        return arabic.signed(scanner, text, headers.with_unit(scanner, hit, cue.group("header_unit")), floor)
    if cue and cue.group("score") is not None and hit.multiplier == ONE:
        return hit._replace(kind=SCORE, unit="分")
    if hit.multiplier >= 10000 and _is_money(scanner, text, hit):
        return arabic.signed(scanner, text, hit._replace(kind=MONEY, unit="元"), floor)
    if hit.multiplier >= 10000 and scanner.fragment("fig_person_noun").match(text, hit.end):
        return hit._replace(kind=COUNT, unit="人")
    if hit.multiplier == ONE:
        compared = _compared(scanner, text, hit, floor)
        if compared is not None:
            return compared
        headed = headers.headed(scanner, text, hit)
        if headed is not None:
            return arabic.signed(scanner, text, headed, floor)
        if _is_long(text, hit):
            return hit._replace(kind=Kind.CODE, digits=None, text=text[hit.start : hit.end])
    return money


def _is_long(text: str, hit: Hit) -> bool:
    """So many digits without separators are a code, unless they are the whole text."""
    written = text[hit.start : hit.end]
    return written.isdigit() and len(written) >= _LONG and len(text.strip()) > len(written)


def _is_shown_as_figure(text: str, hit: Hit) -> bool:
    return "," in text[hit.start : hit.end] or hit.decimals == 2


def _is_money(scanner: Scanner, text: str, hit: Hit) -> bool:
    """万 or 亿 without 元 is money behind words of money, unless a counted noun follows."""
    if scanner.fragment("fig_counted_noun").match(text, hit.end):
        return False
    start = hit.start
    while listed := scanner.fragment("fig_listed_before").search(text, max(0, start - _CUE_REACH), start):
        start = listed.start()  # 支出中，清运41.20万，改建26.40万，清理17.17万: as the first of the list
    return scanner.fragment("fig_money_words").search(clause_before(text, start)) is not None


def _compared(scanner: Scanner, text: str, hit: Hit, floor: int) -> Hit | None:
    """不低于90, 三十以上: a number open to one side; 最多100最少20: closed by the next one."""
    if hit.multiplier != ONE:
        return None
    before = scanner.fragment("fig_compare_before")
    found = _ending_at(before, text, hit.start, max(floor, hit.start - 12))
    if found is None:
        found = scanner.fragment("fig_compare_after").match(text, hit.end)
    if found is None:
        return None
    start, end = min(found.start(), hit.start), max(found.end(), hit.end)
    bound = Bound.AT_LEAST if found.group("least") else Bound.AT_MOST
    opened = hit._replace(kind=Kind.RANGE, start=start, end=end, bound=bound)
    second = before.match(text, end)
    other = scanner.at(text, second.end()) if second else None
    if second and other and other.digits is not None and bool(second.group("least")) != bool(found.group("least")):
        low, high = (other, hit) if second.group("least") else (hit, other)
        stop = other.end if other.kind is NUMBER else scanner.number_end(text, second.end())
        return opened._replace(end=stop, digits=low.digits, upper=high.value, bound=Bound.NONE)
    return opened


def _ending_at(pattern: re.Pattern[str], text: str, end: int, floor: int) -> re.Match[str] | None:
    """The longest match of a pattern that ends exactly at a place and begins at `floor` or later."""
    first = pattern.search(text, floor, end)
    for start in range(first.start(), end) if first else ():
        found = pattern.match(text, start, end)
        if found and found.end() == end:
            return found
    return None


def _item(scanner: Scanner, text: str, hit: Hit) -> Hit | None:
    """The mark of a list item or heading at the start of a line: 1. 1、 1) （1） 1.1 1-2、"""
    start = hit.start
    opened = start > 0 and text[start - 1] in _OPENERS
    if opened and text[hit.end : hit.end + 1] in tuple(_CLOSERS) and not hit.decimals and starts_line(text, start - 1):
        return _section(hit, start - 1, hit.end + 1)
    if not starts_line(text, start):
        return None
    mark = scanner.fragment("fig_item_mark").match(text, start)
    if mark is None or mark.end() < hit.end:
        return None
    label = mark.group().rstrip(_MARKS)
    if label == mark.group() and (label.isdigit() or not is_han(text[mark.end() : mark.end() + 3].strip()[:1])):
        return None
    if label == mark.group() and _is_measured(scanner, text, start + max(label.rfind("-"), label.rfind(".")) + 1):
        return None
    return _section(hit, start, mark.end(), label)


def _is_measured(scanner: Scanner, text: str, place: int) -> bool:
    """Does the last number of a mark have a unit, as in 3-5名?"""
    last = scanner.at(text, place)
    return last is not None and last.kind is not NUMBER


def _section(hit: Hit, start: int, end: int, label: str = "") -> Hit:
    plain = str(hit.value.quantize(ONE)) if not label or label.isdigit() else label
    return Hit(Kind.SECTION, start, end, "section.label", text=plain)


def _in_parens(scanner: Scanner, text: str, hit: Hit) -> Hit | None:
    """(1,250.00)元 is a negative amount; any other number alone in brackets is a list mark or a code."""
    unit = scanner.fragment("fig_unit_in_parens").match(text, hit.end)
    if unit:
        found = scanner.units.of(unit.group("unit"))
        if found is not None and hit.digits is not None:
            return hit._replace(
                kind=MONEY,
                start=hit.start - 1,
                end=unit.end(),
                digits=-hit.digits,
                unit=found.base,
                multiplier=found.multiplier,
                shown=found.shown,
            )
    headed = headers.headed(scanner, text, hit)
    if headed is not None and hit.digits is not None and _is_shown_as_figure(text, hit):
        return headed._replace(start=hit.start - 1, end=hit.end + 1, digits=-hit.digits)
    return hit


def _annex(scanner: Scanner, text: str, hit: Hit) -> Hit:
    """附件三, 表1-2: the word and its number are one code."""
    cue = scanner.fragment("fig_annex").search(text[max(0, hit.start - 4) : hit.start])
    start = hit.start - len(cue.group()) if cue else hit.start
    more = re.compile(r"(?:[-—][0-9]{1,2})*").match(text, hit.end)
    end = more.end() if more else hit.end
    return Hit(Kind.CODE, start, end, "code.annex", text=squeezed(text[start:end]))


def read_code(scanner: Scanner, text: str, hit: Hit, floor: int) -> Hit:
    """The whole run of Latin letters and digits around a number: T480-20L5, 91420100MA4K."""
    start = hit.start
    while start > floor and text[start - 1].isascii() and (text[start - 1].isalnum() or text[start - 1] in "-_/."):
        start -= 1
    run = _CODE.match(text, start)
    end = max(run.end() if run else hit.end, hit.end if not is_han(text[hit.end - 1]) else hit.start)
    return Hit(Kind.CODE, start, end, "code.run", text=squeezed(text[start:end]))


def _follows_currency(scanner: Scanner, text: str, start: int, floor: int) -> bool:
    return arabic.currency_before(scanner, text, start, floor)[1] != ""


def is_counted_by_piece(scanner: Scanner, text: str, start: int, stop: int) -> bool:
    """展板20块 are boards, no money."""
    if not text[start:stop].endswith("块"):
        return False
    nouns = scanner.fragment("fig_piece_nouns")
    return nouns.search(text, max(0, start - 6), start) is not None or nouns.match(text, stop) is not None
