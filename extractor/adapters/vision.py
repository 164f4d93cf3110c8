"""What the picture of a page shows: its skew, the rules drawn on it, where ink is. The only importer of cv2 and numpy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import cv2
import numpy as np

from extractor.adapters.ruling import Edges
from extractor.model.pages import Rect

Picture = Any
"""Rows of pixels: a numpy array of bytes, grey or red, green, blue."""

_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
_WIDEST = 700
"""The skew is determined in a copy with so many pixels on the longer side."""
_SLANT = 6.0
"""The largest skew of a page, in degrees."""
_BLANK = 0.0003
"""A blank page has at most this share of dark pixels, as dirt."""
_MOST_LEFT = 60
"""If there are more pieces of ink outside the lines, they are a drawing, or dirt."""
SHORT, LONG = 11.0, 30.0
"""In points: shorter strokes are no rules, longer ones are; in between, those that connect two rules are."""
_THICK, _NEAR = 3.5, 2.5
"""In points: thicker bars are no rules; ends so near to a rule touch it."""


def grey(picture: Picture) -> Picture:
    """The picture in greyscale; the red of seals becomes as light as paper."""
    if picture.ndim == 2:
        return picture
    plain = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    red = picture[:, :, 0].astype(np.int16)
    stamped = (red - picture[:, :, 1] > 50) & (red - picture[:, :, 2] > 40) & (red > 120)
    return np.where(stamped, np.maximum(plain, picture[:, :, 0]), plain) if _is_seal(stamped) else plain


def _is_seal(stamped: Picture) -> bool:
    """Do the red pixels form something about as high as wide, unlike lines of red print?"""
    if np.count_nonzero(stamped) < 200:
        return False
    rows, columns = np.flatnonzero(stamped.any(axis=1)), np.flatnonzero(stamped.any(axis=0))
    height, width = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    return bool(0.5 < height / width < 2 and height < 0.5 * stamped.shape[0])


def turned(picture: Picture, degrees: int) -> Picture:
    """Turned clockwise by a multiple of 90 degrees."""
    return cv2.rotate(picture, _TURNS[degrees]) if degrees else picture


def scaled(picture: Picture, factor: float) -> Picture:
    if abs(factor - 1) < 0.01:
        return picture
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return cv2.resize(picture, None, fx=factor, fy=factor, interpolation=way)


def coloured(picture: Picture) -> Picture:
    return cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)


def slant(picture: Picture) -> float:
    """The skew of a grey page in degrees, positive if its lines fall to the right: the angle at which the rows of pixels differ most."""
    small = scaled(picture, min(1.0, _WIDEST / max(picture.shape)))
    ink = _ink(small)
    best = _sharpest(ink, np.arange(-_SLANT, _SLANT + 0.01, 0.5))
    best = _sharpest(ink, best + np.arange(-0.4, 0.41, 0.1))
    return float(_sharpest(ink, best + np.arange(-0.08, 0.081, 0.02)))


def _sharpest(ink: Picture, angles: Any) -> Any:
    def sharpness(angle: float) -> float:
        rows = np.sum(straightened(ink, angle), axis=1, dtype=np.float64)
        return float(np.sum(np.diff(rows) ** 2))

    return max(angles, key=sharpness)


def straightened(picture: Picture, angle: float) -> Picture:
    """Rotated about its centre, so that lines which fall by so many degrees become level."""
    if abs(angle) < 0.01:
        return picture
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def _ink(picture: Picture) -> Picture:
    """A mask with 255 where a grey picture is darker than its surroundings."""
    span = max(15, max(picture.shape) // 60) | 1
    return cv2.adaptiveThreshold(picture, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, span, 18)


def rules(picture: Picture, pixel: float) -> tuple[Edges, Picture]:
    """The rules of a level grey page in points, and the page without them; `pixel` is the size of a pixel in points."""
    ink = _ink(picture)
    level_mask = _strokes(ink, round(SHORT / pixel), 1)
    upright_mask = _strokes(ink, 1, round(SHORT / pixel))
    level = list(_bars(level_mask, pixel))
    upright = [(y0, x0, y1, x1) for x0, y0, x1, y1 in _bars(upright_mask.T, pixel)]
    level, upright = _joined(level, upright)
    clean = picture.copy()
    paper = int(np.median(picture))
    wide = max(1, round(0.8 / pixel))
    for x0, y0, x1, y1 in (*level, *upright):
        left, top, right, bottom = (round(each / pixel) for each in (x0, y0, x1, y1))
        clean[max(0, top - wide) : bottom + wide + 1, max(0, left - wide) : right + wide + 1] = paper
    flat = [(x0 - 1.5, (y0 + y1) / 2, x1 + 1.5, (y0 + y1) / 2) for x0, y0, x1, y1 in level]
    steep = [((x0 + x1) / 2, y0 - 1.5, (x0 + x1) / 2, y1 + 1.5) for x0, y0, x1, y1 in upright]
    return Edges(flat, steep, len(flat) + len(steep)), clean


def _strokes(ink: Picture, width: int, height: int) -> Picture:
    """The ink that belongs to strokes at least so wide and high, including slightly skewed ones."""
    across = np.ones((3, 1) if width > height else (1, 3), np.uint8)
    return cv2.morphologyEx(cv2.dilate(ink, across), cv2.MORPH_OPEN, np.ones((height, width), np.uint8))


def _bars(mask: Picture, pixel: float) -> Iterator[Rect]:
    """The straight strokes in a mask; short bent ones, like parts of the ring of a seal, are left out."""
    mask = np.ascontiguousarray(mask)
    _, _, found, _ = cv2.connectedComponentsWithStats(mask)
    for x, y, width, height, area in found[1:].tolist():
        thick = area / width
        if thick * pixel > _THICK or (width * pixel < 2 * LONG and height - thick > 0.8 + 0.003 * width):
            continue
        filled = np.count_nonzero(mask[y : y + height, x : x + width], axis=1)
        rows = np.flatnonzero(filled * 2 > filled.max())
        yield x * pixel, (y + int(rows[0]) + 1) * pixel, (x + width) * pixel, (y + int(rows[-1])) * pixel


def _joined(level: list[Rect], upright: list[Rect]) -> tuple[list[Rect], list[Rect]]:
    """The long rules, and the short ones that connect two rules."""
    long_level = [bar for bar in level if bar[2] - bar[0] >= LONG]
    tall = [bar for bar in upright if bar[3] - bar[1] >= LONG]
    for _ in range(2):  # short rules may join short ones
        tall = [bar for bar in upright if bar[3] - bar[1] >= LONG or _leads(bar, long_level, 1)]
        long_level = [bar for bar in level if bar[2] - bar[0] >= LONG or _leads(bar, tall, 0)]
    return long_level, tall


def _leads(bar: Rect, others: Sequence[Rect], way: int) -> bool:
    """Do both ends of a bar along x (0) or y (1) touch bars of the other direction?"""
    place = (bar[1 - way] + bar[3 - way]) / 2
    ends = (bar[way], bar[way + 2])
    return all(
        any(o[way] - _NEAR <= end <= o[way + 2] + _NEAR and o[1 - way] - _NEAR <= place <= o[3 - way] + _NEAR for o in others)
        for end in ends
    )


def framed(picture: Picture, beside: float, above: float) -> Picture:
    """A picture framed with paper: `beside` and `above` are the margins as shares of its height."""
    high = picture.shape[0]
    wide, tall = round(beside * high), round(above * high)
    paper = (int(np.median(picture)),) * 3
    return cv2.copyMakeBorder(picture, tall, tall, wide, wide, cv2.BORDER_CONSTANT, value=paper)


def left_over(picture: Picture, frames: Sequence[tuple[int, int, int, int]], high: int) -> list[tuple[int, int, int, int]]:
    """The frames of ink outside the lines found, if about as high as text: recognition overlooks single figures, such as page numbers."""
    ink = _ink(picture)
    for x0, top, x1, bottom in frames:
        ink[max(0, top) : bottom, max(0, x0) : x1] = 0
    near = cv2.morphologyEx(cv2.medianBlur(ink, 3), cv2.MORPH_CLOSE, np.ones((1, max(3, high)), np.uint8))
    _, _, found, _ = cv2.connectedComponentsWithStats(near)
    margin = high // 4
    kept = []
    for x, y, width, height, area in found[1:].tolist():
        if 0.35 * high <= height <= high and 0.15 * high <= width <= 12 * high and area > 0.12 * width * height:
            kept.append((max(0, x - margin), max(0, y - margin), x + width + margin, y + height + margin))
    return kept if len(kept) <= _MOST_LEFT else []


def ink_box(picture: Picture) -> tuple[int, int, int, int] | None:
    """x0, top, x1, bottom of what is dark in a small grey picture."""
    if not picture.size:
        return None
    paper, black = map(float, np.percentile(picture, (90, 1)))
    if paper - black < 40:
        return None
    dark = picture < (paper + black) / 2
    rows, columns = np.flatnonzero(dark.sum(axis=1) > 0), np.flatnonzero(dark.sum(axis=0) > 0)
    if not len(rows):
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def ink_rows(picture: Picture) -> list[tuple[int, int]]:
    """The stretches of rows with ink in a small grey picture."""
    paper, black = map(float, np.percentile(picture, (90, 1)))
    dark = (picture < (paper + black) / 2).any(axis=1).astype(np.int8)
    steps = np.flatnonzero(np.diff(np.concatenate(([0], dark, [0]))))
    return [(int(a), int(b)) for a, b in zip(steps[::2], steps[1::2], strict=True)]


def is_blank(picture: Picture) -> bool:
    """Is there nothing on a grey page?"""
    return bool(np.count_nonzero(_ink(picture)) <= _BLANK * picture.size)
