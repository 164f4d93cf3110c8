"""Units that stand in a heading: 单位：万元, 金额（元）, 执行率（%）：98.6, or above the columns of a printed table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.lexicon.hit import MONEY, NUMBER, Hit
from extractor.lexicon.surroundings import squeezed

if TYPE_CHECKING:
    from extractor.lexicon.scanner import Scanner

_REACH = 2000
_ROW = 300
_YEAR = re.compile(r"(?:19|20)[0-9]{2}\Z")
_CELLS = re.compile(r"\S+")
_NUMBER = re.compile(r"[-(（]?[0-9][0-9,，.]*[)）]?\Z")


def with_unit(scanner: Scanner, hit: Hit, header: str) -> Hit:
    """The number as a figure in the unit of its heading."""
    unit = scanner.units.of(squeezed(header))
    if unit is None or unit.kind is NUMBER:
        return hit
    groups = {"header_unit": unit.shown}
    return hit._replace(kind=unit.kind, unit=unit.base, multiplier=unit.multiplier, shown=unit.shown, groups=groups)


def headed(scanner: Scanner, text: str, hit: Hit) -> Hit | None:
    """The number with the unit of the heading above it; None where there is none, or the number looks like a year."""
    begin = text.rfind("\n", max(0, hit.start - _ROW), hit.start) + 1
    if begin == 0 or _YEAR.match(text[hit.start : hit.end]) or not _is_row(text, begin):
        return None
    return _by_column(scanner, text, hit, begin) or _by_table(scanner, text, hit)


def _is_row(text: str, begin: int) -> bool:
    """Is the line made of cells, with no sentence in it?"""
    end = text.find("\n", begin)
    line = text[begin : end if end >= 0 else len(text)]
    return not any(mark in line for mark in "。；，：")


def _by_column(scanner: Scanner, text: str, hit: Hit, begin: int) -> Hit | None:
    """金额（元） over 56,000.00: the units of the line above, one for each number of the row or one for all."""
    above = text[text.rfind("\n", 0, begin - 1) + 1 : begin - 1]
    units = [match.group("header_unit") for match in scanner.fragment("fig_bracket_unit").finditer(above)]
    if not units or any(mark in above for mark in "。；，"):
        return None
    numbers = [m for m in _CELLS.finditer(text, begin, _line_end(text, begin)) if _NUMBER.match(m.group())]
    if len(set(units)) == 1 and len(_CELLS.findall(above)) <= max(len(units), 1) + 1:
        return with_unit(scanner, hit, units[0])
    if len(units) == len(numbers):
        place = next((i for i, m in enumerate(numbers) if m.start() <= hit.start < m.end()), None)
        return with_unit(scanner, hit, units[place]) if place is not None else None
    return None


def _line_end(text: str, begin: int) -> int:
    end = text.find("\n", begin)
    return end if end >= 0 else len(text)


def _by_table(scanner: Scanner, text: str, hit: Hit) -> Hit | None:
    """单位：万元 above a printed table holds for its rows, until a sentence ends."""
    place = text.rfind("单位", max(0, hit.start - _REACH), hit.start)
    if place < 0:
        return None
    header = scanner.fragment("fig_header").match(text, place)
    if header is None or "。" in text[header.end() : hit.start]:
        return None
    unit = scanner.units.of(squeezed(header.group("header_unit")))
    if unit is None or unit.kind is not MONEY:
        return None
    if not hit.decimals and "," not in text[hit.start : hit.end] and len(text[hit.start : hit.end]) < 2:
        return None
    return with_unit(scanner, hit, header.group("header_unit"))
