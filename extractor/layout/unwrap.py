"""The lines of a paragraph → its text, with a page and a box for every character."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.model.glyphs import Glyphs, Level
from extractor.model.printed import Boxes, Line


def unwrap(lines: Sequence[Line]) -> tuple[str, Glyphs]:
    """The text of joined lines, and where its characters stand; Chinese is joined without a space.

    A space stands between two Latin words, a hyphen at the end of a line between small letters was the printer's.
    """
    first = lines[0].boxes
    text, x0, x1 = lines[0].text, first.x0[:], first.x1[:]
    levels: list[Level] = []
    _stack(levels, 0, first)
    for line in lines[1:]:
        if _is_hyphenated(text, line.text):
            text = text[:-1]
            del x0[-1], x1[-1]
            if levels[-1][0] == len(text):
                levels.pop()
        elif _needs_space(text[-1], line.text[0]):
            text += " "
            x0.append(x1[-1])
            x1.append(x1[-1])
        _stack(levels, len(text), line.boxes)
        text += line.text
        x0.extend(line.boxes.x0)
        x1.extend(line.boxes.x1)
    return text, Glyphs(x0, x1, tuple(levels))


def _stack(levels: list[Level], start: int, boxes: Boxes) -> None:
    """Puts the levels of a line behind those of the text before it; a line of the same height goes on with the last one."""
    for count, top, bottom in boxes.levels:
        if not levels or levels[-1][1:] != (boxes.page, top, bottom):
            levels.append((start, boxes.page, top, bottom))
        start += count


def _needs_space(left: str, right: str) -> bool:
    return left.isascii() and right.isascii() and left.isalpha() and right.isalpha()


def _is_hyphenated(text: str, after: str) -> bool:
    if text[-1] in "\u00ad\u2010\ufffe\x02":
        return True
    return len(text) > 1 and text[-1] == "-" and text[-2].islower() and after[0].islower() and text[-2].isascii() and after[0].isascii()
