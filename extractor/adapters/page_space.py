"""Converts coordinates of the page as shown to those of the file, for rotated and cropped pages and sheets with another origin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.model.pages import Rect

LETTER = (0.0, 0.0, 612.0, 792.0)


@dataclass(frozen=True, slots=True)
class Space:
    """The visible part of a page in the coordinates of the file, and its rotation in clockwise quarter turns."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    @classmethod
    def of(cls, media: Sequence[float] | None, crop: Sequence[float] | None, turn: int) -> Space:
        """From the boxes in the file; a crop box outside the sheet is ignored, as in viewers.

        >>> Space.of((0, 0, 600, 800), (10, 20, 700, 780), -90)
        Space(left=10, bottom=20, right=600, top=780, turns=3)
        """
        whole = _upright(media) or LETTER
        part = _upright(crop) or whole
        left, bottom = max(whole[0], part[0]), max(whole[1], part[1])
        right, top = min(whole[2], part[2]), min(whole[3], part[3])
        seen = (left, bottom, right, top) if left < right and bottom < top else whole
        return cls(*seen, turns=turn // 90 % 4)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point counted from the top left corner of the page as shown.

        >>> [Space(0, 0, 600, 800, turns).point(10, 20) for turns in range(4)]
        [(10, 780), (20, 10), (590, 20), (580, 790)]
        """
        if self.turns == 0:
            return self.left + x, self.top - y
        if self.turns == 1:
            return self.left + y, self.bottom + x
        if self.turns == 2:
            return self.right - x, self.bottom + y
        return self.right - y, self.top - x

    def corners(self, box: Rect) -> tuple[float, ...]:
        """Top left, top right, bottom left, bottom right in reading direction: the order that viewers expect in a highlight."""
        x0, top, x1, bottom = box
        return tuple(part for x, y in ((x0, top), (x1, top), (x0, bottom), (x1, bottom)) for part in self.point(x, y))

    def rect(self, box: Rect) -> Rect:
        """The box in the file's coordinates: left, bottom, right, top."""
        (x0, y0), (x1, y1) = self.point(box[0], box[1]), self.point(box[2], box[3])
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _upright(box: Sequence[float] | None) -> Rect | None:
    """The box with its corners in order; None if it is invalid or empty."""
    if box is None or len(box) != 4:
        return None
    (left, right), (bottom, top) = sorted(box[0::2]), sorted(box[1::2])
    return (left, bottom, right, top) if left < right and bottom < top else None
