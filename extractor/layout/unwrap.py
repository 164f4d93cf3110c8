"""The lines of a paragraph → its text, with a page and a box for every character."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.model.document import Box
from extractor.model.printed import Line


def unwrap(lines: Sequence[Line]) -> tuple[str, list[Box]]:
    """The text of joined lines and the box of every character; Chinese is joined without a space.

    A space stands between two Latin words, a hyphen at the end of a line between small letters was the printer's.
    """
    text, boxes = lines[0].text, list(lines[0].boxes)
    for line in lines[1:]:
        if _is_hyphenated(text, line.text):
            text = text[:-1]
            del boxes[-1]
        elif _needs_space(text[-1], line.text[0]):
            last = boxes[-1]
            text += " "
            boxes.append((last[0], last[3], last[2], last[3], last[4]))
        text += line.text
        boxes.extend(line.boxes)
    return text, boxes


def _needs_space(left: str, right: str) -> bool:
    return left.isascii() and right.isascii() and left.isalpha() and right.isalpha()


def _is_hyphenated(text: str, after: str) -> bool:
    if text[-1] in "\u00ad\u2010\ufffe\x02":
        return True
    return len(text) > 1 and text[-1] == "-" and text[-2].islower() and after[0].islower() and text[-2].isascii() and after[0].isascii()
