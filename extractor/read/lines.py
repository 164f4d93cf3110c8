"""Characters of a page → printed lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from statistics import median

from extractor.model.document import Box
from extractor.model.pages import Char, Run, runs_of
from extractor.model.printed import Boxes, Line
from extractor.read.plain_lines import LATIN_GAP, NEAR, WIDE_GAP, plain_line

RAISED = 0.9
"""Superscripts are smaller than this share of the letter size of their line."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
_CONTROL = re.compile("[\x00-\x1f]")
_UNSEEN = "\u200b\ufeff\u00ad"
_HEIGHT, _LEFT = itemgetter(0), itemgetter(1)


def lines_of(runs: Iterable[Run], page: int) -> list[Line]:
    """The printed lines of a page or of a cell, from top to bottom; spaces as printed, one at most in a row."""
    printed = [each for run in runs for each in (_without_controls(run) if _CONTROL.search(run.text) else [run])]
    if len(printed) < 2 and not any(run.slanted for run in printed):
        return [line for run in printed if (line := _line_of([run], page))]
    slanted = [run for run in printed if run.slanted]
    found = [line for row in _rows([run for run in printed if not run.slanted]) if (line := _line_of(row, page))]
    # Slanted text has no rows; its characters keep the order of the file.
    if slanted and (line := _line([char for run in slanted for char in run.chars], page, slanted=True)):
        found.append(line)
    return found


def _without_controls(run: Run) -> Sequence[Run]:
    return runs_of(char for char in run.chars if char.text and (char.text >= " " or char.text.isspace()))


def _rows(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs grouped into rows by the height of their middles."""
    rows: list[list[Run]] = []
    middle = reach = 0.0
    for height, run in sorted(_heights(runs), key=_HEIGHT):
        own = 0.3 * (run.bottom - run.top)
        if not rows or height - middle > max(reach, own):
            rows.append([])
            middle = height
        reach = max(reach, own) if rows[-1] else own
        rows[-1].append(run)
    return rows


def _heights(runs: Iterable[Run]) -> Iterator[tuple[float, Run]]:
    """The middle of each run, in the order given; a superscript gets the height of the character before it."""
    base = last = None
    for run in runs:
        if not (base and last and _is_raised(run, base.size, base.bottom) and run.bottom > base.top):
            base = last = run
            yield (run.top + run.bottom) / 2, run
            continue
        for each in _letter_by_letter(run):
            if not (_is_raised(each, base.size, base.bottom) and each.bottom > base.top and _touch(last, each)):
                base = each
            yield (base.top + base.bottom) / 2, each
            last = each


def _letter_by_letter(run: Run) -> Iterator[Run]:
    for letter, x0, x1 in zip(run.letters, run.x0, run.x1, strict=True):
        yield run._replace(letters=(letter,), x0=(x0,), x1=(x1,))


def _line_of(row: Sequence[Run], page: int) -> Line | None:
    return plain_line(row, page) or _line(sorted((char for run in row for char in run.chars), key=_LEFT), page)


def _is_raised(char: Char | Run, size: float, floor: float) -> bool:
    """Is a character a superscript: small, and well above the bottom of its line?"""
    return char.size < RAISED * size and floor - char.bottom > 0.15 * size


def _touch(left: Run, right: Run) -> bool:
    return abs(right.x0[0] - left.x1[-1]) < 0.5 * left.size


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
    return Line("".join(text), page, Boxes.of(boxes), round(size, 2), bold, slanted) if text else None


def _undoubled(row: Sequence[Char]) -> list[Char]:
    """The row without characters that were printed twice at nearly the same place to look bold."""
    kept: list[Char] = []
    for char in row:
        near = NEAR * (char.x1 - char.x0)
        if not any(o.text == char.text and char.x0 - o.x0 <= near and abs(char.top - o.top) <= near for o in kept[-2:]):
            kept.append(char)
    return kept


def _gap_is_space(left: Char, right: Char) -> bool:
    narrow = left.text < "\u2e80" and right.text < "\u2e80"
    return right.x0 - left.x1 > (LATIN_GAP if narrow else WIDE_GAP) * min(left.size, right.size)
