"""White columns between words: what rows of a table that lacks upright rules have in common.

Rows that stand below each other in one block share their columns; another block of the same form (the funds, the
indicators) has its own. The rows are parted into blocks so that as few words as possible are cut by a column or share one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from extractor.model.document import Box
from extractor.model.printed import Line

WIDE_GAP = 0.85
"""White of so many em between two words of a line parts two entries."""
NARROW_GAP = 0.4
"""White of so many em may part two words where other rows have more of it."""
BLOCK, SHARED, CUT = 1.2, 1.0, 0.25
"""What a block more costs, two entries in one column, and an entry that runs over several columns."""
HEAD = 0.4
"""What a block costs less where it begins with a head of its own."""
_HEAD_ENTRIES = 4
FEW = 6
"""One row of so many may run over a column that the row with the most words does not show."""
_LONGEST = 90
"""Rows beyond so many are not compared with one another."""

_BLANK = re.compile(r"\s")

Stretch = tuple[float, float]


@dataclass(frozen=True)
class Band:
    """A row: from top to bottom, and the lines in it."""

    top: float
    bottom: float
    lines: tuple[Line, ...]
    words: list[Stretch] = field(init=False, compare=False)
    entries: list[Stretch] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", _inked(self.lines, NARROW_GAP))
        object.__setattr__(self, "entries", _inked(self.lines, WIDE_GAP))

    @property
    def placed(self) -> list[Box]:
        """The words as boxes as high as the row's middle."""
        height = (self.top + self.bottom) / 2
        return [(self.lines[0].page, x0, height, x1, height) for x0, x1 in self.words]

    @property
    def is_head(self) -> bool:
        """Several entries and no figure, as where a block begins."""
        return len(self.entries) >= _HEAD_ENTRIES and not any(char.isdigit() for line in self.lines for char in line.text)

    def free(self, low: float, high: float) -> Stretch | None:
        """The widest white between two places, None where words fill all of it."""
        edges = [-inf, *(x for word in self.words for x in word), inf]
        whites = [(max(low, a), min(high, b)) for a, b in zip(edges[0::2], edges[1::2], strict=True)]
        best = max(whites, key=lambda white: white[1] - white[0])
        return best if best[1] > best[0] else None


def columns(bands: Sequence[Band]) -> list[list[float]]:
    """The places between the columns of each band, from left to right."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(bands) + 1):
        first = max(0, end - _LONGEST)
        best.append(min((best[start][0] + BLOCK + _fitted(bands[start:end])[0], start) for start in range(first, end)))
    found: list[list[float]] = []
    end = len(bands)
    while end:
        start = best[end][1]
        _, whites = _fitted(bands[start:end])
        own = [_own(band, whites) for band in bands[start:end]]
        if found:
            own[-1] = _aligned(own[-1], bands[end - 1], found[0])
        found = own + found
        end = start
    return found


def _aligned(own: Sequence[float], band: Band, below: Sequence[float]) -> list[float]:
    """The places of the last row of a block where the block below has some in the same white: heads over several columns."""
    moved = []
    for x in own:
        low = max((b for _, b in band.words if b <= x), default=-inf)
        high = min((a for a, _ in band.words if a >= x), default=inf)
        moved.append(min((other for other in below if low < other < high), key=lambda other: abs(other - x), default=x))
    return sorted(set(moved))


def _fitted(bands: Sequence[Band]) -> tuple[float, list[Stretch]]:
    """The whites that bands share, and what does not fit them: those of the band with the most words, narrowed by the others."""
    model = max(bands, key=lambda band: len(band.words))
    whites = []
    cost = 0.0
    for first, second in pairwise(model.words):
        white, cut = _narrowed((first[1], second[0]), bands)
        whites.append(white)
        cost += CUT * cut
    for band in bands:
        for a, b in pairwise(band.entries):
            if any(a[1] <= (w[0] + w[1]) / 2 <= b[0] for w in whites):
                continue
            white, cut = _narrowed((a[1], b[0]), bands)
            if cut * FEW <= len(bands) and len(bands) > 1:
                whites.append(white)  # a column that the band with the most words leaves blank
                cost += CUT * cut
            else:
                cost += SHARED
    if len(bands) > 1 and bands[0].is_head and not bands[1].is_head:
        cost -= HEAD
    return cost, sorted(whites)


def _narrowed(white: Stretch, bands: Sequence[Band]) -> tuple[Stretch, int]:
    """What other bands leave of a white, and how many of them run over all that is left."""
    cut = 0
    for band in bands:
        free = band.free(*white)
        if free:
            white = free
        else:
            cut += 1
    return white, cut


def _own(band: Band, whites: Sequence[Stretch]) -> list[float]:
    """The columns of a band in its block: without those that its words run over, with those that only it has."""
    middles = [(a + b) / 2 for a, b in whites]
    kept = [x for x in middles if not any(a < x < b for a, b in band.words)]
    alone = [(a[1] + b[0]) / 2 for a, b in pairwise(band.entries) if not any(a[1] <= x <= b[0] for x in middles)]
    return sorted([*kept, *alone])


def _inked(lines: Iterable[Line], least: float) -> list[Stretch]:
    """The stretches that lines fill together, parted by white of so many em in a line."""
    merged: list[Stretch] = []
    for start, end in sorted(stretch for line in lines for stretch in stretches(line, least)):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


def stretches(line: Line, least: float = WIDE_GAP) -> list[Stretch]:
    """From where to where the entries of a line run, with white of so many em between them."""
    wide = least * max(line.size, 1)
    if line.gap <= wide and not _BLANK.search(line.text):
        return [(line.x0, line.x1)]
    found: list[Stretch] = []
    for character, box in zip(line.text, line.boxes, strict=True):
        if character.isspace():
            continue
        if not found or box[1] - found[-1][1] > wide:
            found.append((box[1], box[3]))
        found[-1] = found[-1][0], box[3]
    return found
