"""Small questions about the characters around a place of a text."""

from __future__ import annotations

_BLANKS = " \t\u3000\xa0"
_BREAKS = "\n\r\x0b\x0c"
_SENTENCE_ENDS = "。；;！!？?"


def starts_line(text: str, place: int) -> bool:
    """Is there nothing but blanks before the place on its line?

    >>> starts_line("概况\\n　一、背景", 4), starts_line("共3项", 1)
    (True, False)
    """
    place -= 1
    while place >= 0 and text[place] in _BLANKS:
        place -= 1
    return place < 0 or text[place] in _BREAKS


def clause_before(text: str, place: int, reach: int = 30) -> str:
    """What stands before the place in its sentence, at most `reach` characters."""
    window = text[max(0, place - reach) : place]
    cut = max(window.rfind(end) for end in _SENTENCE_ENDS)
    return window[cut + 1 :]


def is_han(character: str) -> bool:
    """
    >>> is_han("元"), is_han("，"), is_han("")
    (True, False, False)
    """
    return "\u4e00" <= character <= "\u9fff"


def is_latin(character: str) -> bool:
    """
    >>> is_latin("B"), is_latin("元"), is_latin("")
    (True, False, False)
    """
    return character.isascii() and character.isalpha()


def squeezed(text: str) -> str:
    """The text without blanks and line breaks."""
    return "".join(text.split())
