"""How sure the recognition of a page is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from extractor.model.frozen import frozen

Box = tuple[int, float, float, float, float]
GRAIN = 16
"""Coordinates of recognised letters are multiples of 1/GRAIN of a point, which 32-bit floats hold exactly."""


@frozen
class Recognised:
    """In parts of 100: of the letters of a page on the average, and of each that is not quite sure, by its left and top edge.

    `angle` is by how many degrees the page was turned clockwise to lie level, after it was turned by `degrees`.
    """

    certainty: int
    weak: Mapping[tuple[int, int], int]
    angle: float = 0.0
    degrees: int = 0

    @classmethod
    def of(cls, letters: Sequence[tuple[float, float, float]], angle: float, degrees: int) -> Recognised:
        """Of letters told by left edge, top edge and how sure each is, of 1."""
        percents = [(place_of(x0, top), round(100 * sure)) for x0, top, sure in letters]
        average = round(sum(percent for _, percent in percents) / len(percents)) if percents else 100
        return cls(average, {place: percent for place, percent in percents if percent < 100}, angle, degrees)

    def on_page(self, box: Box, width: float, height: float) -> Box:
        """A box of the level page, which has this size, as a box of the page as it was scanned."""
        page, x0, top, x1, bottom = box
        cos, sin = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        corners = []
        for x, y in ((x0, top), (x1, top), (x0, bottom), (x1, bottom)):
            across, down = x - width / 2, y - height / 2
            x, y = cos * across - sin * down + width / 2, sin * across + cos * down + height / 2
            corners.append({0: (x, y), 90: (y, width - x), 180: (width - x, height - y), 270: (height - y, x)}[self.degrees % 360])
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return page, round(min(xs), 1), round(min(ys), 1), round(max(xs), 1), round(max(ys), 1)

    def at(self, x0: float, top: float) -> int:
        """How sure the letter is that stands there."""
        return self.weak.get(place_of(x0, top), 100)


def place_of(x0: float, top: float) -> tuple[int, int]:
    """The place of a recognised letter.

    >>> place_of(10.0625, 2)
    (161, 32)
    """
    return round(x0 * GRAIN), round(top * GRAIN)
