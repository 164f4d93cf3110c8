"""A shortcut for the usual row, of one letter size and without spaces: the line that lines.py would build letter by letter."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from itertools import chain, pairwise
from operator import sub

from extractor.model.pages import Run, joined
from extractor.model.printed import Boxes, Line, levels_of

LATIN_GAP = 0.2
"""A gap of so many em between two Latin characters is a space, whether or not the file has one there."""
WIDE_GAP = 0.9
"""A gap of so many em beside a Chinese character is deliberate: it separates two entries on the same line."""

NEAR = 0.3
"""A letter is a second print of the one before if it is offset by less than this share of its width."""
_SPECIAL = re.compile("[\\s\u200b\ufeff\u00adﬀﬁﬂﬃﬄ]")


def plain_line(row: Sequence[Run], page: int) -> Line | None:
    """The line of a row; None where spaces, marks, ligatures, doubled letters or an odd order need a closer look."""
    row = sorted(row, key=_start) if len(row) > 1 else row
    size = row[0].size
    if len(row) > 1 and any(run.size != size for run in row):
        return None
    letters, x0, x1 = _columns(row)
    text = joined(letters)
    if len(text) != len(letters) or _SPECIAL.search(text):
        return None
    gaps = list(map(sub, x0[1:], x1))
    if gaps:
        widths = list(map(sub, x1, x0))
        if min(widths) + min(gaps) <= NEAR * max(widths) and _is_odd(text, gaps, widths):
            return None
        if max(gaps) > LATIN_GAP * size and _has_space(text, gaps, size):
            return None
    bold = sum(len(run.letters) for run in row if run.bold)
    levels = levels_of([len(run.x0) for run in row], [run.top for run in row], [run.bottom for run in row])
    return Line(text, page, Boxes(page, array("f", x0), array("f", x1), levels), round(size, 2), bold * 2 > len(letters))


def _start(run: Run) -> float:
    return run.x0[0]


def _columns(row: Sequence[Run]) -> tuple[Sequence[str], Sequence[float], Sequence[float]]:
    """The letters of runs, where each begins and where each ends."""
    if len(row) == 1:
        return row[0].letters, row[0].x0, row[0].x1
    letters, x0, x1, *_ = zip(*row, strict=True)
    return list(chain.from_iterable(letters)), list(chain.from_iterable(x0)), list(chain.from_iterable(x1))


def _is_odd(text: str, gaps: Sequence[float], widths: Sequence[float]) -> bool:
    """Does a letter stand left of its predecessor, or nearly at the place of an equal one among the two before it?"""
    steps = [width + gap for width, gap in zip(widths, gaps, strict=False)]
    return min(steps) <= 0 or any(
        step <= NEAR * widths[place] and text[place] in text[max(0, place - 2) : place] for place, step in enumerate(steps, 1)
    )


def _has_space(text: str, gaps: Sequence[float], size: float) -> bool:
    return any(
        gap > (LATIN_GAP if left < "\u2e80" and right < "\u2e80" else WIDE_GAP) * size
        for gap, (left, right) in zip(gaps, pairwise(text), strict=True)
    )
