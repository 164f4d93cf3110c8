"""Seals: red characters in a ring or over other text, told apart from red headings."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.model.pages import Char, Run, runs_of

_MOST = 80
"""A page with more red characters is printed in red, not sealed."""


def with_seals(runs: Sequence[Run]) -> Sequence[Run]:
    """The characters of a page, with those of a seal marked as slanted even if they are upright.

    Upright characters belong to a seal if they are red and stand within the ring of slanted red ones, or if a good
    part of the red characters of the page lies over other text.
    """
    if not any(run.red for run in runs):
        return runs
    chars = [char for run in runs for char in run.chars]
    red = [char for char in chars if char.red and not char.text.isspace()]
    if not red or len(red) > _MOST:
        return runs
    ring = [char for char in red if char.slanted]
    if ring:
        box = (min(c.x0 for c in ring), min(c.top for c in ring), max(c.x1 for c in ring), max(c.bottom for c in ring))
        stamped = {id(char) for char in red if _meets(char, box)}
    else:
        black = [char for char in chars if not char.red and not char.text.isspace()]
        over = sum(any(_meets(char, (b.x0, b.top, b.x1, b.bottom)) for b in black) for char in red)
        stamped = {id(char) for char in red} if over * 3 >= len(red) else set()
    return runs_of(char._replace(slanted=True) if id(char) in stamped else char for char in chars)


def _meets(char: Char, box: tuple[float, float, float, float]) -> bool:
    """Does the middle of the character lie in the box?"""
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
