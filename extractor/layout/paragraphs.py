"""Lines → the paragraphs that their author typed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extractor.layout.frame import Frame
from extractor.lexicon import packs
from extractor.model.document import Line

_CLOSING = "，。、；：！？）》”’〕］】」』%％,.;:!?)]>"
_OPENING = "（《“‘〔［【「『([<"
_TERMINAL = "。！？；：.;:!?"
_FIGURE = "0123456789.,%％‰"


@lru_cache(maxsize=1)
def _item() -> packs.regex.Pattern[str]:
    return packs.default().pattern("layout.item")


@lru_cache(maxsize=1)
def _label() -> packs.regex.Pattern[str]:
    return packs.default().pattern("layout.label")


def paragraphs_of(lines: Sequence[Line], frame: Frame) -> list[list[Line]]:
    """The lines grouped into paragraphs, in order; a group may run over a page or a column."""
    groups: list[list[Line]] = []
    for place, line in enumerate(lines):
        after = lines[place + 1] if place + 1 < len(lines) else None
        if groups and not _begins(groups[-1], line, after, frame):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _begins(group: Sequence[Line], line: Line, after: Line | None, frame: Frame) -> bool:
    """Does `line` begin a new paragraph after the lines of `group`?"""
    last = group[-1]
    if line.text[0] in _CLOSING:
        return False
    if not frame.wrapped or _looks_apart(last, line, frame):
        return True
    if frame.is_centred(line) or frame.is_centred(last):
        return not (frame.is_centred(line) and frame.is_centred(last) and _fills(last, line, frame, centred=True))
    full = _fills(last, line, frame, first=len(group) == 1)
    if frame.indents:
        return _begins_by_indent(group, line, after, frame, full)
    return _begins_by_measure(last, line, frame, full)


def _looks_apart(last: Line, line: Line, frame: Frame) -> bool:
    """A change of size, or a gap larger than between lines of one paragraph."""
    if abs(last.size - line.size) > 0.08 * max(last.size, line.size):
        return True
    step = line.top - last.top
    return last.page == line.page and step > 0 and frame.pitch > 0 and step > 1.45 * max(frame.pitch, line.size)


def _begins_by_indent(group: Sequence[Line], line: Line, after: Line | None, frame: Frame, full: bool) -> bool:
    last = group[-1]
    if not frame.is_indented(line):
        if full:
            return bool(_item().match(line.text)) and last.text[-1] in _TERMINAL
        return last.text[-1] in _TERMINAL or is_item(line.text) or is_item(last.text) or _slack(last, line, frame) > 2.5 * line.size
    if not full or last.text[-1] in _TERMINAL or is_item(line.text):
        return True
    # A block set in from the margin: the lines after the first stand at one indent too.
    hangs = line.x0 > group[0].x0 + 0.5 * line.size and is_item(group[0].text)
    inset = len(group) > 1 and abs(line.x0 - last.x0) <= 0.3 * line.size
    beside = abs(line.x0 - last.x0) <= 0.3 * line.size and after is not None and abs(after.x0 - line.x0) <= 0.3 * line.size
    return not (hangs or inset or (beside and not is_item(last.text)))


def _begins_by_measure(last: Line, line: Line, frame: Frame, full: bool) -> bool:
    if is_item(line.text):
        return True
    if not full:
        return True
    if line.x0 - last.x0 >= 1.2 * line.size and not is_item(last.text):
        return True
    return last.text[-1] in "。；" and bool(_label().match(line.text))


def is_item(text: str) -> bool:
    """Does a line begin with the number of a heading or of a list item?"""
    return bool(_item().match(text))


def _fills(last: Line, line: Line, frame: Frame, first: bool = False, centred: bool = False) -> bool:
    """Would the first word of `line` not have fitted at the end of `last`?"""
    if is_spread(last):
        return False
    spare = frame.hidden_indent if first and last.text[-1] not in _TERMINAL else 0.0
    return _slack(last, line, frame, centred) < spare + 0.1 * line.size


def _slack(last: Line, line: Line, frame: Frame, centred: bool = False) -> float:
    """The room that is left at the end of `last` once the first word of `line` stands there."""
    word = first_word(line.text)
    end = frame.left + (last.x1 - last.x0) if centred else last.x1
    return frame.right - end - (line.boxes[word - 1][3] - line.boxes[0][1])


def first_word(text: str) -> int:
    """The length of what a line cannot break: a figure or Latin word, or one character, with its marks.

    >>> first_word("〔2021〕69号"), first_word("元，其中"), first_word("12,347.70元")
    (6, 2, 9)
    """
    end = 0
    while end < len(text) - 1 and text[end] in _OPENING:
        end += 1
    start = end
    while end < len(text) and text[end] < "\u2e80" and (text[end].isalnum() or text[end] in _FIGURE):
        end += 1
    end = max(end, start + 1)
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return end


def is_spread(line: Line) -> bool:
    """A line whose letters are spread over the whole width."""
    ink = sum(box[3] - box[1] for box, char in zip(line.boxes, line.text, strict=True) if char != " ")
    return len(line.text) > 2 and ink < 0.6 * (line.x1 - line.x0)
