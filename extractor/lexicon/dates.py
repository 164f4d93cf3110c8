"""Dates, years, periods and words such as 上年, brought to 2019, 2019-03, 2019-03-05 and from/to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from extractor.lexicon.hit import Hit
from extractor.lexicon.numerals import DIGITS, parse
from extractor.lexicon.surroundings import squeezed
from extractor.model.facts import Kind

if TYPE_CHECKING:
    from extractor.lexicon.scanner import Scanner

_HALVES = {"上": "H1", "下": "H2"}
_TWO_DATES = re.compile(r"((?:19|20)\d\d)\.(\d\d)\D+((?:19|20)\d\d)\.(\d\d)\Z")


def read_date(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit:
    written = match.group()
    if len(written) <= 6 and written[:4].isdigit() and written[4:] in ("年", "年度"):  # by far the most frequent
        return Hit(Kind.YEAR, match.start(), match.end(), "figure.date", text=written[:4], groups={"y1": written[:4]})
    groups = {key: squeezed(value) for key, value in scanner.groups(text, match).items()}
    name = scanner.name(match)
    first, second = _points(name, groups, squeezed(match.group()))
    if second:
        kind, shown = Kind.PERIOD, f"{first}/{second}"
    else:
        kind = Kind.YEAR if len(first) == 4 and first.isdigit() else Kind.PERIOD if "Q" in first or "H" in first else Kind.DATE
        shown = first
    start = match.start() - 1 if text[match.start() - 1 : match.start()] == "第" else match.start()
    return Hit(kind, start, match.end(), name, text=shown, groups=groups)


def _points(name: str, groups: Mapping[str, str], written: str) -> tuple[str, str]:
    """The two ends of a period, or a date and an empty end."""
    year = _year(groups.get("y1", ""))
    if name == "figure.short_year":
        year = f"20{year}"
    if name in ("figure.part_of_year", "figure.quarter"):
        if "m1" in groups:
            return _date(year, groups["m1"]), _date(year, groups["m2"])
        part = _HALVES[groups["half"]] if "half" in groups else f"Q{_small(groups['quarter'])}"
        return (f"{year}-{part}" if year else part), ""
    if name == "figure.iso_date":
        two = _TWO_DATES.match(written)
        if two:
            return f"{two[1]}-{two[2]}", f"{two[3]}-{two[4]}"
        return _date(*re.split(r"[-./]", written)), ""
    first = _date(year, groups.get("m1", ""), groups.get("d1", ""))
    if "y2" in groups:
        return first, _date(_year(groups["y2"]), groups.get("m2", ""), groups.get("d2", ""))
    if name == "figure.month":
        month = groups.get("m2") or groups.get("m3") or (groups["m1"] if "d3" in groups else "")
        return first, _date("", month, groups.get("d2") or groups.get("d3", "")) if month else ""
    if "m3" in groups:
        return first, _date(year, groups["m3"], groups.get("d3", ""))
    if "d4" in groups:
        return first, _date(year, groups.get("m1", ""), groups["d4"])
    return first, ""


def _year(written: str) -> str:
    """
    >>> _year("二〇一九"), _year("2019")
    ('2019', '2019')
    """
    return "".join(str(DIGITS.get(c, c)) for c in written)


def _small(written: str) -> int:
    if written.isdigit() and written.isascii():
        return int(written)
    numeral = parse(written)
    return int(numeral.value) if numeral else 0


def _date(year: str, month: str = "", day: str = "") -> str:
    """
    >>> _date("2019", "3"), _date("", "6", "30"), _date("2019")
    ('2019-03', '06-30', '2019')
    """
    parts = [year] if year else []
    parts += [f"{_small(part):02d}" for part in (month, day) if part]
    return "-".join(parts)


def read_relative(scanner: Scanner, text: str, match: re.Match[str], floor: int) -> Hit:
    return Hit(Kind.RELATIVE_DATE, match.start(), match.end(), scanner.name(match), text=match.group())
