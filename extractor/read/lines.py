"""Characters of a page → printed lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from extractor.adapters.pdfplumber import Char
from extractor.model.document import Box, Line

LATIN_GAP = 0.2
"""A gap of so many em between two Latin characters is a space, whether or not the file has one there."""
WIDE_GAP = 0.9
"""A gap of so many em beside a Chinese character was meant: a second entry on the same line."""


def lines_of(chars: Iterable[Char], page: int) -> list[Line]:
    """The printed lines of a page or of a cell, from top to bottom; spaces as printed, one at most in a row."""
    upright: list[Char] = []
    slanted: list[Char] = []
    for char in chars:
        if char.text and char.x1 > char.x0 - 1:
            (slanted if char.slanted else upright).append(char)
    found = [line for row in _rows(upright) if (line := _line(row, page, False))]
    # Slanted text has no rows; its characters keep the order of the file.
    if slanted and (line := _line(slanted, page, True)):
        found.append(line)
    return found


def _rows(chars: Sequence[Char]) -> list[list[Char]]:
    """Characters whose middles stand at one height, from left to right, doubled ones dropped."""
    rows: list[list[Char]] = []
    middle = limit = 0.0
    for char in sorted(chars, key=lambda c: c.top + c.bottom):
        height = (char.top + char.bottom) / 2
        if not rows or height - middle > limit:
            rows.append([])
            middle, limit = height, 0.4 * (char.bottom - char.top)
        rows[-1].append(char)
    return [_undoubled(sorted(row, key=lambda c: c.x0)) for row in rows]


def _undoubled(row: list[Char]) -> list[Char]:
    """The row without characters printed a second time at nearly the same place to look bold."""
    kept: list[Char] = []
    for char in row:
        near = 0.3 * (char.x1 - char.x0)
        if any(o.text == char.text and char.x0 - o.x0 <= near for o in kept[-2:]):
            continue
        kept.append(char)
    return kept


def _line(row: Sequence[Char], page: int, slanted: bool) -> Line | None:
    text: list[str] = []
    boxes: list[Box] = []
    inked: list[Char] = []
    space = False
    for char in row:
        if char.text.isspace() or char.text in "\u200b\ufeff\u00ad":
            space = space or char.text.isspace()
            continue
        if inked and (space or _gap_is_space(inked[-1], char)):
            last = inked[-1]
            text.append(" ")
            boxes.append((page, last.x1, last.top, max(char.x0, last.x1), last.bottom))
        for position, each in enumerate(char.text):  # a ligature is several characters in one box
            step = (char.x1 - char.x0) / len(char.text)
            text.append(each)
            boxes.append((page, char.x0 + position * step, char.top, char.x0 + (position + 1) * step, char.bottom))
        inked.append(char)
        space = False
    if not inked:
        return None
    bold = sum(c.bold for c in inked) * 2 > len(inked)
    return Line("".join(text), page, tuple(boxes), median(c.size for c in inked), bold, slanted)


def _gap_is_space(left: Char, right: Char) -> bool:
    narrow = left.text < "\u2e80" and right.text < "\u2e80"
    return right.x0 - left.x1 > (LATIN_GAP if narrow else WIDE_GAP) * min(left.size, right.size)
