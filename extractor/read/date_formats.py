"""Days and times as a workbook shows them: numbers that count days since 1900 or 1904."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from extractor.read.format_tokens import LITERALS, Token
from extractor.read.numeral_formats import numeral

LATEST = 2_958_465
"""The last day that a workbook knows: 9999-12-31."""
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_DAY = 86_400
_SHOWN = LITERALS | {"comma", "point"}


def is_date(tokens: Sequence[Token]) -> bool:
    """Does a format show days or times? Digits stand in it only for parts of a second."""
    kinds = [kind for kind, _ in tokens if kind in ("date", "elapsed", "digit", "general")]
    return bool(kinds) and kinds[0] in ("date", "elapsed")


def dated(number: Decimal, tokens: Sequence[Token], in_words: bool, since_1904: bool) -> str:
    """A day or time; `in_words` with Chinese numerals.

    >>> dated(Decimal("45000.5"), [("date", "yyyy"), ("other", "-"), ("date", "mm")], False, False)
    '2023-03'
    """
    seconds = int((number * _DAY).to_integral_value(ROUND_HALF_UP))
    first = date(1904, 1, 1) if since_1904 else date(1899, 12, 31 if number < 60 else 30)
    moment = Moment(first + timedelta(days=min(seconds // _DAY, LATEST)), seconds, any(kind == "noon" for kind, _ in tokens), in_words)
    out = []
    for place, (kind, text) in enumerate(tokens):
        if kind == "date":
            out.append(moment.shown(text.lower(), _is_minutes(tokens, place)))
        elif kind == "elapsed":
            out.append(f"{seconds // {'h': 3600, 'm': 60, 's': 1}[text[0].lower()]:0{len(text)}}")
        elif kind == "noon":
            early, late = text.split("/")
            out.append(early if seconds % _DAY < _DAY // 2 else late)
        elif kind in _SHOWN and not (kind == "point" and _is_digit(tokens, place + 1)):
            out.append(text)
    return "".join(out).strip()


def _is_digit(tokens: Sequence[Token], place: int) -> bool:
    return place < len(tokens) and tokens[place][0] == "digit"


def _is_minutes(tokens: Sequence[Token], place: int) -> bool:
    """Does an m mean minutes: does it follow hours or precede seconds?"""
    before = next((text for kind, text in reversed(tokens[:place]) if kind in ("date", "elapsed")), "")
    behind = next((text for kind, text in tokens[place + 1 :] if kind in ("date", "elapsed")), "")
    return before[:1].lower() == "h" or behind[:1].lower() == "s"


class Moment:
    """A day and a time of it."""

    def __init__(self, day: date, seconds: int, has_noon: bool, in_words: bool) -> None:
        self._day, self._seconds, self._in_words = day, seconds, in_words
        hours = seconds // 3600 % 24
        self._hours = (hours % 12 or 12) if has_noon else hours

    def shown(self, run: str, is_minutes: bool) -> str:
        """The part of the date or time that a run of one format letter stands for."""
        letter, count, day = run[0], len(run), self._day
        if letter in "ye":
            year = f"{day.year:04}" if count > 2 or letter == "e" else f"{day.year % 100:02}"
            return "".join(numeral(int(digit), "ideographDigital") for digit in year) if self._in_words else year
        if letter == "a":
            return ("星期" if count > 3 else "") + "一二三四五六日"[day.weekday()]
        if letter == "m" and count > 2 and not is_minutes:
            name = _MONTHS[day.month - 1]
            return name if count == 4 else name[: 3 if count == 3 else 1]
        if letter == "d" and count > 2:
            return _DAYS[day.weekday()][: 3 if count == 3 else None]
        minutes = self._seconds // 60 % 60
        values = {"m": minutes if is_minutes else day.month, "d": day.day, "h": self._hours, "s": self._seconds % 60}
        return numeral(values[letter], "chineseCounting") if self._in_words else f"{values[letter]:0{min(count, 2)}}"
