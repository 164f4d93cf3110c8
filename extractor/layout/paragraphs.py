"""Lines → the paragraphs that their author typed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from extractor.layout.cues import item_kind, says
from extractor.layout.folding import is_ideograph
from extractor.layout.frame import TERMINAL, Frame
from extractor.model.printed import Line

_CLOSING = "，。、；：！？）》”’〕］】」』%％,.;:!?)]>"
_OPENING = "（《“‘〔［【「『([<"
_QUOTES = "“‘"
_STOPS = frozenset("，。；：,;:")
_FIGURE = "0123456789.,%％‰"


def paragraphs_of(lines: Sequence[tuple[Line, Frame]]) -> list[tuple[list[Line], Frame]]:
    """The lines, each with the frame of its column, grouped into paragraphs, each with the frame that it begins in.

    A paragraph may run over a page or a column.
    """
    groups: list[tuple[list[Line], Frame]] = []
    group: list[Line] = []
    before: Frame | None = None
    for (line, frame), after in zip_longest(lines, [line for line, _ in lines[1:]]):
        if before is not None and not _begins(group, line, after, before, frame):
            group.append(line)
        else:
            group = [line]
            groups.append((group, frame))
        before = frame
    return groups


def _begins(group: Sequence[Line], line: Line, after: Line | None, before: Frame, frame: Frame) -> bool:
    """Does `line` begin a new paragraph after the lines of `group`, the last of which stands in the frame `before`?"""
    last = group[-1]
    if line.text[0] in _CLOSING:
        return False
    if not frame.wrapped or _looks_apart(last, line, frame):
        return True
    if frame.is_centred(line) or before.is_centred(last):
        return not _is_wrapped_title(last, line, before, frame)
    if is_spread(last, before) or is_spread(line, frame) or says("unit_line", line.text):
        return True
    spare = frame.hidden_indent if len(group) == 1 and last.text[-1] not in TERMINAL else 0.0
    room = _room(last, line, before) - spare
    if frame.indents:
        return _begins_by_indent(group, line, after, frame, room)
    if frame.spaced and room < 0.1 * line.size:
        return line.page != last.page and last.text[-1] in TERMINAL and item_kind(line.text) is not None
    return _begins_by_measure(last, line, room)


def _is_wrapped_title(last: Line, line: Line, before: Frame, frame: Frame) -> bool:
    """Is a centred line the rest of a title whose line above it is full?"""
    large = line.size > 1.08 * frame.em or line.bold
    over = before.is_centred(last) or (large and before.is_balanced(last))
    return frame.is_centred(line) and over and _room(last, line, before, centred=True) < 0


def _looks_apart(last: Line, line: Line, frame: Frame) -> bool:
    """A change of size, or a gap larger than between lines of one paragraph."""
    return abs(last.size - line.size) > 0.08 * max(last.size, line.size) or frame.are_apart(last, line)


def _begins_by_indent(group: Sequence[Line], line: Line, after: Line | None, frame: Frame, room: float) -> bool:
    """The rule where paragraphs begin indented: a line at the margin goes on, unless the line before it ended early."""
    last = group[-1]
    full = room < 0.1 * line.size
    ended = last.text[-1] in TERMINAL
    kind = _item(last, line)
    if frame.is_outdented(line):
        return True
    if not frame.is_indented(line):
        if full or _cuts_figure(last, line):
            if kind and len(group) == 1 and item_kind(last.text) and not set(last.text) & _STOPS:
                return True  # a heading under a heading
            return ended and kind is not None and (kind in frame.margin_items or _is_heading(line, after, frame))
        early = room > 2.5 * line.size
        return ended or early or kind is not None
    if not full or kind:
        return True
    if line.x0 > group[0].x0 + 0.5 * line.size and item_kind(group[0].text):
        # else an item whose lines hang under its text
        return _goes_on_at_margin(line, after, frame)
    if ended:
        return True
    # A block set in from the margin: the lines after the first stand at one indent too.
    inset = len(group) > 1 and abs(line.x0 - last.x0) <= 0.3 * line.size
    beside = abs(line.x0 - last.x0) <= 0.3 * line.size and after is not None and abs(after.x0 - line.x0) <= 0.3 * line.size
    return not (inset or (beside and not item_kind(last.text)))


def _goes_on_at_margin(line: Line, after: Line | None, frame: Frame) -> bool:
    """Is a line the full first one of a paragraph whose next line stands at the margin?"""
    if after is None or item_kind(after.text):
        return False
    return frame.right - line.x1 < line.size and abs(after.x0 - frame.left) < 0.5 * frame.em


def _is_heading(line: Line, after: Line | None, frame: Frame) -> bool:
    """Does a numbered line at the margin end without a mark, with the beginning of a paragraph or another heading under it?"""
    if after is None or line.text[-1] in TERMINAL:
        return False
    return frame.is_indented(after) or item_kind(after.text) not in (None, item_kind(line.text))


def _item(last: Line, line: Line) -> str | None:
    """The kind of number that begins a line; 3.3 right before a word begins one only where a sentence ended."""
    kind = item_kind(line.text)
    return None if kind == "dotted_bare" and last.text[-1] not in TERMINAL else kind


def _cuts_figure(last: Line, line: Line) -> bool:
    """Do two lines part the digits of a number?"""
    return last.text[-1] in "0123456789.," and line.text[0].isdigit() and item_kind(line.text) is None


def _begins_by_measure(last: Line, line: Line, room: float) -> bool:
    """The rule where indents tell nothing: a line that could have held the next word was ended by its author."""
    if _item(last, line) or room >= 0.1 * line.size or has_entries(last) or has_entries(line):
        return True
    if line.x0 - last.x0 >= 1.2 * line.size and not item_kind(last.text):
        return True
    return last.text[-1] in "。；" and says("label", line.text)


def _room(last: Line, line: Line, frame: Frame, centred: bool = False) -> float:
    """The room that would be left at the end of `last` if the first word of `line` stood there too."""
    end = frame.left + (last.x1 - last.x0) if centred else last.x1
    return frame.right - end - line.boxes.width(first_word(line.text))


def first_word(text: str) -> int:
    """The length of what a line cannot break: a figure or Latin word, or one character, with its marks.

    Some programs break a line neither before nor behind a quotation mark.

    >>> first_word("〔2021〕69号"), first_word("元，其中"), first_word("12,347.70元"), first_word("为“优”。因")
    (6, 2, 9, 5)
    """
    end = _word_end(text, 0)
    while end < len(text) and text[end] in _QUOTES:
        end = _word_end(text, end)
    return end


def _word_end(text: str, end: int) -> int:
    while end < len(text) - 1 and text[end] in _OPENING:
        end += 1
    start = end
    while end < len(text) and text[end] < "\u2e80" and (text[end].isalnum() or text[end] in _FIGURE):
        end += 1
    end = max(end, start + 1)
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return end


def is_spread(line: Line, frame: Frame) -> bool:
    """Are the letters of a line spread over its width, farther than to justify a line of a paragraph?"""
    if line.gap <= 0.25 * line.size:
        return False
    wide = (0.6 if abs(frame.right - line.x1) < 0.3 * line.size else 0.25) * line.size
    if line.gap <= wide:
        return False
    chinese = [is_ideograph(char) for char in line.text]
    gaps = [line.boxes[i][1] - line.boxes[i - 1][3] > wide for i in range(1, len(chinese)) if chinese[i] and chinese[i - 1]]
    return len(gaps) > 2 and sum(gaps) * 2 > len(gaps)


def has_entries(line: Line) -> bool:
    """Are there several entries side by side on a line, parted by more than a space?"""
    return " " in line.text and any(
        box[3] - box[1] >= 2 * line.size for box, char in zip(line.boxes, line.text, strict=True) if char == " "
    )
