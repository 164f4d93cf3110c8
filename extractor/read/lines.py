"""Characters of a page → printed lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from extractor.model.document import Box, Line
from extractor.model.pages import Char

LATIN_GAP = 0.2
"""A gap of so many em between two Latin characters is a space, whether or not the file has one there."""
WIDE_GAP = 0.9
"""A gap of so many em beside a Chinese character was meant: a second entry on the same line."""
RAISED = 0.9
"""Raised marks are smaller than so much of the letters of their line."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
_UNSEEN = "\u200b\ufeff\u00ad"


def lines_of(chars: Iterable[Char], page: int) -> list[Line]:
    """The printed lines of a page or of a cell, from top to bottom; spaces as printed, one at most in a row."""
    upright: list[Char] = []
    slanted: list[Char] = []
    for char in chars:
        if char.text and (char.text >= " " or char.text.isspace()):
            (slanted if char.slanted else upright).append(char)
    found = [line for row in _rows(upright) if (line := _line(row, page))]
    # Slanted text has no rows; its characters keep the order of the file.
    if slanted and (line := _line(slanted, page, slanted=True)):
        found.append(line)
    return found


def _rows(chars: Sequence[Char]) -> list[list[Char]]:
    """Characters whose middles stand at one height, from left to right."""
    rows: list[list[Char]] = []
    middle = reach = 0.0
    for height, char in sorted(zip(_heights(chars), chars, strict=True), key=lambda pair: pair[0]):
        own = 0.3 * (char.bottom - char.top)
        if not rows or height - middle > max(reach, own):
            rows.append([])
            middle = height
        reach = max(reach, own) if rows[-1] else own
        rows[-1].append(char)
    return [sorted(row, key=lambda c: c.x0) for row in rows]


def _heights(chars: Sequence[Char]) -> list[float]:
    """The middle of each character, in the order given; a small mark raised right behind a character has that one's."""
    heights: list[float] = []
    base = last = None
    for char in chars:
        if not (base and last and _is_raised(char, base.size, base.bottom) and char.bottom > base.top and _touch(last, char)):
            base = char
        heights.append((base.top + base.bottom) / 2)
        last = char
    return heights


def _is_raised(char: Char, size: float, floor: float) -> bool:
    """Is a character a small one that stands well above the floor of its line, as the mark of a note does?"""
    return char.size < RAISED * size and floor - char.bottom > 0.15 * size


def _touch(left: Char, right: Char) -> bool:
    return abs(right.x0 - left.x1) < 0.5 * left.size


def _line(row: Sequence[Char], page: int, slanted: bool = False) -> Line | None:
    inked = [char for char in row if not char.text.isspace()]
    if not inked:
        return None
    size = median(char.size for char in inked)
    floor = median(char.bottom for char in inked)
    single = _undoubled(row)
    text: list[str] = []
    boxes: list[Box] = []
    last: Char | None = None
    space = False
    for char in single:
        if char.text.isspace() or char.text in _UNSEEN:
            space = space or char.text.isspace()
            continue
        raised = _is_raised(char, size, floor)
        if last and (space or (not raised and _gap_is_space(last, char))):
            text.append(" ")
            boxes.append((page, last.x1, last.top, max(char.x0, last.x1), last.bottom))
        # A small raised figure is a mark (m², a note's number), never a digit of the number before it.
        written = char.text.translate(_RAISED if raised else _LIGATURES)
        step = (char.x1 - char.x0) / len(written)
        for place, each in enumerate(written):  # a ligature is several characters in one box
            text.append(each)
            boxes.append((page, char.x0 + place * step, char.top, char.x0 + (place + 1) * step, char.bottom))
        last, space = char, False
    doubled = len(single) <= 0.6 * len(row)
    bold = doubled or sum(char.bold for char in inked) * 2 > len(inked)
    return Line("".join(text), page, tuple(boxes), round(size, 2), bold, slanted) if text else None


def _undoubled(row: Sequence[Char]) -> list[Char]:
    """The row without characters printed a second time at nearly the same place to look bold."""
    kept: list[Char] = []
    for char in row:
        near = 0.3 * (char.x1 - char.x0)
        if not any(o.text == char.text and char.x0 - o.x0 <= near and abs(char.top - o.top) <= near for o in kept[-2:]):
            kept.append(char)
    return kept


def _gap_is_space(left: Char, right: Char) -> bool:
    narrow = left.text < "\u2e80" and right.text < "\u2e80"
    return right.x0 - left.x1 > (LATIN_GAP if narrow else WIDE_GAP) * min(left.size, right.size)
