"""Footnotes: small print at the foot of a page, read after the body of that page."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.layout.cues import says
from extractor.model.document import Box
from extractor.model.printed import Line

_SMALL = 0.92
"""Footnotes are set smaller than so much of the body's size."""


def take_footnotes(lines: list[Line], rules: Sequence[Box], body: float) -> list[list[Line]]:
    """Removes the footnotes from the lines of a page and returns the lines of each."""
    start = len(lines)
    while start > 0 and lines[start - 1].size <= _SMALL * body:
        start -= 1
    while start < len(lines) and not says("footnote", lines[start].text):
        start += 1
    if start in (0, len(lines)) or not _is_set_off(lines[start - 1], lines[start], rules, body):
        return []
    notes: list[list[Line]] = []
    for line in lines[start:]:
        if notes and not says("footnote", line.text):
            notes[-1].append(line)
        else:
            notes.append([line])
    del lines[start:]
    return notes


def _is_set_off(above: Line, first: Line, rules: Sequence[Box], body: float) -> bool:
    """Is there a short stroke, or a gap wider than between lines, over the first footnote?"""
    stroke = any(above.bottom - 2 <= rule[2] <= first.top + 2 for rule in rules)
    return stroke or first.top - above.bottom > 1.2 * body
