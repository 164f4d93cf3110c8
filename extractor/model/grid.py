"""Text without a place on paper, on a grid of columns and lines."""

from __future__ import annotations

import unicodedata

from extractor.model.document import Box
from extractor.model.printed import Boxes, Line

EM = 12.0
"""The width of a Chinese character and the height of a line on the grid."""


def grid_line(row: str, page: int, place: int, locator: str | None, left: float = 0.0) -> Line | None:
    """A line on the grid, `place` lines from the top; the space before it is indent, not text. None where it is blank."""
    text: list[str] = []
    boxes: list[Box] = []
    x, top = left, place * EM
    for char in row.rstrip():
        step = 4 * EM if char == "\t" else width(char) * EM / 2
        if not char.isspace():
            text.append(char)
            boxes.append((page, x, top, x + step, top + EM))
        elif text and text[-1] == " ":
            boxes[-1] = (*boxes[-1][:3], x + step, boxes[-1][4])
        elif text:
            text.append(" ")
            boxes.append((page, x, top, x + step, top + EM))
        x += step
    return Line("".join(text), page, Boxes.of(boxes), EM, locator=locator) if text else None


def width(char: str) -> int:
    """Columns that a character takes: 2 for Chinese characters and marks, 1 for Latin ones, 0 for combining ones."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1
