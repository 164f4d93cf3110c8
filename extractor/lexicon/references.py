"""Places whose digits are no figures: document numbers, orders, articles, ordinals, headings, codes, and grades."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.lexicon.hit import Hit
from extractor.lexicon.numerals import parse
from extractor.lexicon.surroundings import is_han, squeezed, starts_line
from extractor.model.facts import Kind

if TYPE_CHECKING:
    from extractor.lexicon.scanner import Scanner

_BRACKETS = "〔［[【（(﹝「〈<〖"
_ISSUER_REACH = 24
_HEADING_YEAR = re.compile(r"[0-9]{1,2}(?:[-.][0-9]{1,2}){2,5}[、.．]?")
_CIRCLED = {chr(base + n): n + 1 for base, count in ((0x2460, 20), (0x2474, 20), (0x2488, 20), (0x3220, 10)) for n in range(count)}


def read_document(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit | None:
    """财预〔2011〕285号 with any brackets, also malformed; the issuer stands before the bracket."""
    groups = scanner.groups(text, match)
    place = match.start()
    while place > floor and text[place - 1] in " \n":
        place -= 1
    bracket = place > floor and text[place - 1] in _BRACKETS
    place -= 1 if bracket else 0
    while place > floor and text[place - 1] in " \n":
        place -= 1
    start = issuer_start(scanner, text, place, floor)
    issuer = squeezed(text[start:place])
    if not issuer or not _is_plausible(scanner, issuer, bool(groups.get("mark", "号"))):
        return None
    year, serial = squeezed(groups["year"]), re.sub(r"[^0-9-]|^-", "", squeezed(groups["serial"]))
    end = match.end()
    return Hit(
        Kind.DOC_NO,
        start,
        end,
        scanner.name(match),
        text=f"{issuer}〔{year}〕{serial}号",
        groups={"issuer": issuer, "year": year, "serial": serial},
    )


def issuer_start(scanner: Scanner, text: str, end: int, floor: int) -> int:
    """Where the issuer's name before a place begins: behind the last word that belongs to the sentence (根据, 和, 《》)."""
    window = text[max(floor, end - _ISSUER_REACH) : end]
    found = scanner.fragment("fig_issuer").search(window)
    if found is None:
        return end
    name = found.group()
    cut = 0
    for stop in scanner.fragment("fig_issuer_stop").finditer(name):
        if len(squeezed(name[stop.end() :])) >= 2:
            cut = stop.end()
    start = end - len(name) + cut
    while start < end and not is_han(text[start]):
        start += 1
    return start


def _is_plausible(scanner: Scanner, issuer: str, has_number_sign: bool) -> bool:
    """Without 号 only what ends like an issuer is one: 财预〔2019〕12, not 项目（2019）12."""
    ends = issuer.endswith(tuple(scanner.lexicon.words("issuer_ends")))
    return ends if not has_number_sign else len(issuer) <= 16


def read_order(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit | None:
    """国务院令第423号, 财政部第102号令, 税务总局公告2019年第14号; any other 第N号 is a code."""
    groups = {key.rstrip("2"): value for key, value in scanner.groups(text, match).items()}
    serial = squeezed(groups["serial"])
    sort = groups.get("sort", "")
    place = match.start()
    while place > floor and text[place - 1] in "第 \n（(〔":
        place -= 1
    named = next((word for word in ("令", "公告", "通告") if text.endswith(word, floor, place)), "") if not sort else ""
    if not sort and not named:
        return Hit(Kind.CODE, max(floor, match.start() - 1), match.end(), "code.serial", text=squeezed(match.group()))
    start = issuer_start(scanner, text, place, floor)
    written = squeezed(text[start : match.end()])
    issuer = squeezed(text[start : place - len(named)])
    kept = {"issuer": issuer, "year": squeezed(groups.get("year", "")), "serial": serial}
    return Hit(Kind.DOC_NO, start, match.end(), scanner.name(match), text=written, groups={k: v for k, v in kept.items() if v})


def _di(text: str, match: re.Match[str]) -> int:
    """Where the 第 before a match stands."""
    return text.rfind("第", 0, match.start())


def read_article(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit:
    return Hit(Kind.ARTICLE, _di(text, match), match.end(), scanner.name(match), text="第" + squeezed(match.group()))


def read_part(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit | None:
    """第一部分 is a heading's number where it begins a line, else an ordinal."""
    groups = scanner.groups(text, match)
    numeral = parse(squeezed(groups["number"]))
    if numeral is None:
        return None
    start = _di(text, match)
    kind = Kind.SECTION if starts_line(text, start) else Kind.ORDINAL
    if kind is Kind.ORDINAL:
        return Hit(kind, start, match.end(), scanner.name(match), numeral.value, text="第" + squeezed(match.group()))
    return Hit(kind, start, match.end(), scanner.name(match), text=str(numeral.value.quantize(1)), groups=groups)


def read_ordinal(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit | None:
    numeral = parse(squeezed(match.group()))
    if numeral is None or numeral.is_bare_unit:
        return None
    start = _di(text, match)
    return Hit(Kind.ORDINAL, start, match.end(), scanner.name(match), numeral.value, text="第" + squeezed(match.group()))


def read_line_item(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit:
    """1. and 1、 at the very start of a line, by far the most frequent numbers without a unit."""
    start, stop = match.span()
    return Hit(Kind.SECTION, start, stop, "figure.item", text=text[start : stop - 1].lstrip("0") or "0")


def read_item(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit | None:
    """1.2019年: the mark of an item, then a year."""
    kind = Kind.SECTION if starts_line(text, match.start()) else Kind.CODE
    return Hit(kind, match.start(), match.end(), scanner.name(match), text=match.group().rstrip("."))


def read_dotted(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit:
    """3.2.1 at the start of a line is a heading's number, elsewhere a code."""
    start, end = match.span()
    before = text[start - 1 : start]
    if starts_line(text, start):
        label = _HEADING_YEAR.match(text, start)
        if label and label.end() >= end:
            return Hit(Kind.SECTION, start, label.end(), scanner.name(match), text=match.group())
    from extractor.lexicon.bare import read_code

    code = Hit(Kind.CODE, start, end, scanner.name(match), text=match.group())
    touches = (before.isascii() and before.isalnum()) or text[end : end + 1].isascii()
    return read_code(scanner, text, code, floor) if touches else code


def read_nothing(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit | None:
    """四个意识, 一票否决: words that hold numerals."""
    return None


def read_circled(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit | None:
    if not starts_line(text, match.start()):
        return None
    return Hit(Kind.SECTION, match.start(), match.end(), scanner.name(match), text=str(_CIRCLED[match.group()]))


def read_code(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit:
    return Hit(Kind.CODE, match.start(), match.end(), scanner.name(match), text=squeezed(match.group()))


def read_grade(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit | None:
    """优, 良好, A … only beside words of grading; elsewhere they are plain adjectives."""
    before = text[max(0, match.start() - 14) : match.start()]
    after = text[match.end() : match.end() + 4].lstrip('”"’」』 ')
    if not after.startswith(("等次", "等级")) and not scanner.fragment("fig_grade_cue").search(before):
        return None
    return Hit(Kind.GRADE, match.start(), match.end(), scanner.name(match), text=match.group())
