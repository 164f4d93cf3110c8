"""The part of a page that a finding shows, in points: a band around its passages, as wide as the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.adapters.page_pictures import Picture
from extractor.model.document import Box

ABOVE, BESIDE = 30.0, 22.0
"""Points of white around a passage."""
APART = 110.0
"""Passages farther apart than this get a band each."""
NARROWEST, LOWEST = 360.0, 84.0


@dataclass(frozen=True)
class Rectangle:
    x: str
    y: str
    width: str
    height: str

    @classmethod
    def of(cls, box: Box, room: float = 0.0) -> Rectangle:
        _, left, top, right, bottom = box
        return cls(_short(left - room), _short(top - room), _short(right - left + 2 * room), _short(bottom - top + 2 * room))

    @property
    def as_view(self) -> str:
        return f"{self.x} {self.y} {self.width} {self.height}"


@dataclass(frozen=True)
class Band:
    """A view on the picture of a page, with the boxes of passages and figures on it."""

    page: int
    picture: Rectangle
    view: Rectangle
    passages: tuple[Rectangle, ...]
    figures: tuple[Rectangle, ...]


def bands(page: int, picture: Picture, passages: Sequence[Box], figures: Iterable[Box]) -> list[Band]:
    """One for each group of passages that stand together, from the top of the page down."""
    place = Rectangle("0", "0", _short(picture.width), _short(picture.height))
    strong = tuple(Rectangle.of(box, 1.5) for box in figures if box[0] == page)
    own = tuple(Rectangle.of(box, 1) for box in passages if box[0] == page)
    return [Band(page, place, _view(group, picture), own, strong) for group in _groups([box for box in passages if box[0] == page])]


def _groups(boxes: Iterable[Box]) -> list[list[Box]]:
    groups: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: box[2]):
        if groups and box[2] - max(other[4] for other in groups[-1]) < APART:
            groups[-1].append(box)
        else:
            groups.append([box])
    return groups


def _view(group: Sequence[Box], picture: Picture) -> Rectangle:
    """The group with white around it, not less than a few lines, within the page."""
    left, right = _within(min(box[1] for box in group) - BESIDE, max(box[3] for box in group) + BESIDE, NARROWEST, picture.width)
    top, bottom = _within(min(box[2] for box in group) - ABOVE, max(box[4] for box in group) + ABOVE, LOWEST, picture.height)
    return Rectangle(_short(left), _short(top), _short(right - left), _short(bottom - top))


def _within(low: float, high: float, least: float, size: float) -> tuple[float, float]:
    """The stretch, extended to `least` if it is shorter, within 0 … size.

    >>> _within(90.0, 100.0, 40.0, 100.0), _within(-5.0, 50.0, 20.0, 100.0)
    ((60.0, 100.0), (0.0, 50.0))
    """
    more = max(0.0, least - (high - low)) / 2
    low, high = low - more, high + more
    if more and high > size:
        low, high = low - (high - size), size
    if more and low < 0:
        low, high = 0.0, high - low
    return max(low, 0.0), min(high, size)


def _short(value: float) -> str:
    """A coordinate with one decimal at most.

    >>> _short(12.04), _short(3.25)
    ('12', '3.2')
    """
    return f"{value:.1f}".removesuffix(".0")
