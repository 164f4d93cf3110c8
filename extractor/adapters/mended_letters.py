"""Corrects letters that recognition confuses, where only one reading is possible."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.adapters.rapidocr import Letter

_DIGITS = dict(zip("OoQDlIi|丨Z", "0000111112", strict=True))
_WIDE = dict(zip("(),:;?!", "（），：；？！", strict=True))
_LEADER = re.compile(r"[.．·…。‥•]{2,}(?:[ .．·…。‥•]*[.．·…。‥•])?(?=[ \d]*$)")
"""The dot leaders of a contents list; recognition finds only some of the dots."""
_YEAR = re.compile(r"[〔［\[【({（](20\d\d)[〕］\])】）}](?=\d{1,4}号)")
"""The brackets of a document number, whose shapes are hard to tell apart."""
_PERCENT = re.compile(r"(?<![\d,.])(\d{1,3}),(?=\d{1,2}[%％‰])")
"""A comma that can only be a point: 96,44%."""
GUESSED = 0.5
"""The most confidence of a letter that was corrected."""


def mended(read: Sequence[Letter]) -> list[Letter]:
    """The letters of a line without spaces at its ends; within a number, letters become digits and points.

    >>> "".join(letter.text for letter in mended([Letter(c, 0.5, 0.9) for c in " 64。8％(万元)1O0"]))
    '64.8％（万元）100'
    """
    letters = list(read)
    while letters and letters[0].text == " ":
        letters.pop(0)
    while letters and letters[-1].text == " ":
        letters.pop()
    text = "".join(letter.text for letter in letters)
    if len(text) != len(letters):
        return letters
    told = list(text)
    for place in range(1, len(text) - 1):
        before, after = told[place - 1], told[place + 1]
        if not (_is_digit(before) and (_is_digit(after) or after in _DIGITS)):
            continue
        if told[place] in _DIGITS and _is_digit(after):
            told[place] = _DIGITS[told[place]]
        elif told[place] in "。·．•`'" and _is_digit(after):
            told[place] = "."
    told = list(_LEADER.sub(lambda dots: "." * len(dots[0]), "".join(told)))
    told = list(_YEAR.sub(r"〔\1〕", "".join(told)))
    told = list(_PERCENT.sub(r"\1.", "".join(told)))
    changed = [a if a.text == b else Letter(b, a.middle, min(a.confidence, GUESSED)) for a, b in zip(letters, told, strict=True)]
    return [a if a.text == b else a._replace(text=b) for a, b in zip(changed, _widened("".join(told)), strict=True)]


def _is_digit(char: str) -> bool:
    return "0" <= char <= "9"


def _is_han(char: str) -> bool:
    return char >= "\u2e80"


def _widened(text: str) -> str:
    """Punctuation beside Chinese characters in full width, brackets in pairs: recognition finds the shape of a mark, not its width.

    >>> _widened("执行率(B/A)为1,200元,其中:甲(2)。"), _widened("(B/A)"), _widened("12:30")
    ('执行率（B/A）为1,200元，其中：甲（2）。', '(B/A)', '12:30')
    """
    if not any(map(_is_han, text)):
        return text
    told = list(text)
    open_: list[int] = []
    for place, char in enumerate(text):
        near = text[place - 1 : place] if place else ""
        far = text[place + 1 : place + 2]
        beside = (near and _is_han(near)) or (far and _is_han(far))
        if char in "(（":
            open_.append(place)
        elif char in ")）":
            start = open_.pop() if open_ else None
            whole = text[start : place + 2] if start is not None else near + char + far
            before = text[start - 1] if start else ""
            if start is None or any(map(_is_han, whole)) or (before and _is_han(before)):
                told[place] = "）"
                if start is not None:
                    told[start] = "（"
        elif char in _WIDE and beside:
            told[place] = _WIDE[char]
    for start in open_:
        told[start] = "（"
    return "".join(told)
