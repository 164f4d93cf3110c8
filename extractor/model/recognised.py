"""How sure the recognition of a page is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

GRAIN = 16
"""Parts of a point that places of recognised letters are rounded to: 32 bits hold them exactly."""


@dataclass(frozen=True, slots=True)
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

    def at(self, x0: float, top: float) -> int:
        """How sure the letter is that stands there."""
        return self.weak.get(place_of(x0, top), 100)


def place_of(x0: float, top: float) -> tuple[int, int]:
    """The place of a recognised letter.

    >>> place_of(10.0625, 2)
    (161, 32)
    """
    return round(x0 * GRAIN), round(top * GRAIN)
