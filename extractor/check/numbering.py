"""Section numbers as numbers: what 三、, （三）, 3-1-2 or ③ count, and where a sequence of them breaks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from extractor.lexicon.packs import Lexicon

DIGITS = "零一二三四五六七八九"
OUTLINE_STYLES = frozenset({"part", "chinese"})
ARABIC_STYLES = frozenset({"arabic_dot", "arabic_comma"})
NESTED_STYLES = frozenset({"dashed", "dotted"})


class Break(StrEnum):
    """How a number fails to follow the one before it."""

    GAP = "gap"
    REPEATED = "repeated"
    BACKWARD = "backward"
    LATE_START = "late_start"


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A section number: its style (as in the pattern outline.number) and what it counts, outermost first."""

    style: str
    parts: tuple[int, ...]

    @property
    def last(self) -> int:
        return self.parts[-1]


def counted(text: str) -> int:
    """The number that Chinese numerals below a hundred, Arabic digits or a circled digit write.

    >>> counted("二十三"), counted("十"), counted("12"), counted("⑫")
    (23, 10, 12, 12)
    """
    if text.isdecimal():
        return int(text)
    if len(text) == 1:
        return int(unicodedata.numeric(text))
    tens, _, ones = text.partition("十")
    return (counted(tens) if tens else 1) * 10 + (counted(ones) if ones else 0)


def chinese(number: int) -> str:
    """A number from 1 to 99 in Chinese numerals.

    >>> chinese(3), chinese(10), chinese(21)
    ('三', '十', '二十一')
    """
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else DIGITS[tens] + "十") + (DIGITS[ones] if ones else "")


def ordinal(number: str, lexicon: Lexicon) -> Ordinal | None:
    """A printed section number read as an ordinal; None for what is no such number."""
    match = lexicon.pattern("outline.number").match(number)
    if not match or match.lastgroup is None:
        return None
    figures = "".join(c if c.isdecimal() or c in DIGITS or c == "十" or unicodedata.category(c) == "No" else " " for c in match.group())
    parts = tuple(counted(part) for part in figures.split())
    return Ordinal(match.lastgroup, parts) if parts else None


def spellings(own: Ordinal, number: int) -> tuple[str, ...]:
    """How a heading of this style that counts `number` may be printed, in its own form or in a neighbouring one.

    >>> spellings(Ordinal("chinese", (2,)), 3)[:2], spellings(Ordinal("dotted", (2, 4)), 3)
    (('三、', '三.'), ('2.3', '2．3'))
    """
    written = chinese(number)
    if own.style == "part":
        return tuple(f"第{n}{unit}" for n in (written, number) for unit in ("部分", "章", "节", "篇"))
    if own.style == "chinese":
        return tuple(f"{written}{mark}" for mark in "、.．,，")
    if own.style == "chinese_paren":
        return f"（{written}）", f"({written})", f"（{written})", f"({written}）", f"{written}）", f"（{written}"
    if own.style in NESTED_STYLES:
        numbers = [str(part) for part in (*own.parts[:-1], number)]
        return tuple(mark.join(numbers) for mark in (".．" if own.style == "dotted" else "-－—"))
    return tuple(f"{number}{mark}" for mark in "、.．)）")


def breaks(ordinals: Sequence[Ordinal]) -> Iterator[tuple[int, Break]]:
    """The places whose number does not follow the one before; a new start at 1 is a new list, not a break.

    >>> [(place, found.value) for place, found in breaks([Ordinal("chinese", (n,)) for n in (1, 2, 4, 4, 1, 2)])]
    [(2, 'gap'), (3, 'repeated')]
    """
    for place, own in enumerate(ordinals):
        before = ordinals[place - 1].last if place else 0
        if own.last == before + 1 or own.last <= 1:
            continue
        if not place:
            yield place, Break.LATE_START
        elif own.last == before:
            yield place, Break.REPEATED
        else:
            yield place, Break.BACKWARD if own.last < before else Break.GAP
