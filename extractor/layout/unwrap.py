"""The lines of a paragraph → its text, with a page and a box for every character."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from extractor.model.printed import Line


def unwrap(lines: Sequence[Line]) -> tuple[str, array[int], array[float]]:
    """The text of joined lines, the page and the box of every character; Chinese is joined without a space.

    A space stands between two Latin words, a hyphen at the end of a line between small letters was the printer's.
    """
    text, pages, boxes = lines[0].text, _pages(lines[0]), lines[0].boxes.flat[:]
    for line in lines[1:]:
        if _is_hyphenated(text, line.text):
            text = text[:-1]
            del pages[-1], boxes[-4:]
        elif _needs_space(text[-1], line.text[0]):
            _, top, x1, bottom = boxes[-4:]
            text += " "
            pages.append(pages[-1])
            boxes.extend((x1, top, x1, bottom))
        text += line.text
        pages.extend(_pages(line))
        boxes.extend(line.boxes.flat)
    return text, pages, boxes


def _pages(line: Line) -> array[int]:
    return array("H", [line.boxes.page]) * len(line.text)


def _needs_space(left: str, right: str) -> bool:
    return left.isascii() and right.isascii() and left.isalpha() and right.isalpha()


def _is_hyphenated(text: str, after: str) -> bool:
    if text[-1] in "\u00ad\u2010\ufffe\x02":
        return True
    return len(text) > 1 and text[-1] == "-" and text[-2].islower() and after[0].islower() and text[-2].isascii() and after[0].isascii()
