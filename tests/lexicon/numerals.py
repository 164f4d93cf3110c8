"""Spelling numbers in Chinese, the reverse of what the scanner does."""

from __future__ import annotations

PLAIN = "零一二三四五六七八九"
CAPITAL = "零壹贰叁肆伍陆柒捌玖"
PLAIN_UNITS = ("", "十", "百", "千")
CAPITAL_UNITS = ("", "拾", "佰", "仟")


def spelt(number: int, digits: str = PLAIN, units: tuple[str, ...] = PLAIN_UNITS) -> str:
    """0 to 9999 in full: 一千零五, 壹仟零伍."""
    if number == 0:
        return digits[0]
    text, skipped = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += (digits[0] if skipped and text else "") + digits[digit] + units[place]
            skipped = False
        else:
            skipped = True
    return text


def capital(number: int) -> str:
    return spelt(number, CAPITAL, CAPITAL_UNITS)


def short(number: int) -> str:
    """As people say it: 十五 rather than 一十五."""
    text = spelt(number)
    return text[1:] if text.startswith("一十") else text
