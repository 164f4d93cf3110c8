"""Dates as checks read them from text: whether the calendar has them, and when a report was signed."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date

from extractor.check.numbering import DIGITS, counted
from extractor.check.passages import prose, whole
from extractor.check.registry import Case
from extractor.check.search import holding
from extractor.model.document import Paragraph, Span

LEAP_YEAR = 2000
"""Stands for a year that is not written: 29 February may be right."""


def exists(year: int | None, month: int, day: int | None) -> bool:
    """Does the calendar have the date?

    >>> exists(2021, 2, 29), exists(None, 2, 29), exists(2021, 13, None)
    (False, True, False)
    """
    if not 1 <= month <= 12:
        return False
    return day is None or 1 <= day <= monthrange(year or LEAP_YEAR, month)[1]


def signing_dates(case: Case) -> Iterator[tuple[date, Span]]:
    """The dates that stand alone on a line, or behind a label such as 填报日期; without a day, the month's last.

    A date alone in a cell is an indicator's target or result.
    """
    pattern = case.lexicon.pattern("chronology.signing")
    lines = {paragraph.index for paragraph in prose(case.facts.document)}
    for paragraph in holding(case, "chronology.signing"):
        match = pattern.match(paragraph.text)
        if match and paragraph.index not in lines and not any(word in paragraph.text for word in case.lexicon.words("signing_labels")):
            continue
        day = _day(match.groupdict()) if match else None
        if day:
            yield day, whole(paragraph)


def _day(written: Mapping[str, str | None]) -> date | None:
    if written["year"]:
        year, month, day = (int(written[name] or 0) for name in ("year", "month", "day"))
    else:
        year = int("".join(str(max(DIGITS.find(c), 0)) for c in written["han_year"] or ""))
        month, day = (counted(written[name] or "") if written[name] else 0 for name in ("han_month", "han_day"))
    if not exists(year, month, day or None):
        return None
    return date(year, month, day or monthrange(year, month)[1])


def within_title(paragraph: Paragraph, place: int) -> bool:
    """Does a place stand between 《 and 》?"""
    text = paragraph.text
    return text.rfind("《", 0, place) > text.rfind("》", 0, place) and "》" in text[place:]
