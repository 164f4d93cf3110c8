"""Image files: PNG, JPEG, TIFF of several pages, BMP, GIF, WEBP."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from math import isnan
from typing import Any, NamedTuple

from PIL import Image, ImageOps, ImageSequence

MOST_PIXELS = 120_000_000
"""A page of A3 at 600 dots an inch has 70 million."""
MOST_PAGES = 5000
_USUAL = (60.0, 1300.0)
"""Plausible scanner resolutions in dots per inch; programs invent others."""
_SIDES = (200.0, 2600.0)
"""Plausible lengths of the longer side of a page, in points."""
A4 = 841.9


class Refused(Exception):
    """The picture cannot be opened; the text says why."""


class TooLarge(Exception):
    """The picture has more pixels than a page has."""


class Size(NamedTuple):
    """A page in points."""

    width: float
    height: float


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The picture with this content, open within; raises Refused, TooLarge."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data)) as image:
                yield image
        except Image.DecompressionBombError as error:
            raise TooLarge from error
        except (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, IndexError) as error:  # as Pillow's decoders do
            raise Refused(type(error).__name__) from error


def sizes(data: bytes) -> list[Size]:
    """The size of each page; raises Refused, TooLarge."""
    with opened(data) as image:
        found = []
        for frame in ImageSequence.Iterator(image):
            if frame.width * frame.height > MOST_PIXELS:
                raise TooLarge
            found.append(_size(frame))
            if image.format == "GIF" or len(found) >= MOST_PAGES:  # the frames of an animation are no pages
                break
        return found


def page(data: bytes, index: int, sharp: float, most: int) -> tuple[Any, float, float]:
    """The pixels of a page, in RGB or grey, rotated as its EXIF data says; its width and height.

    A picture has about `sharp` pixels a point, at most `most` along its longer side. Raises Refused, TooLarge.
    """
    import numpy

    with opened(data) as image:
        if image.width * image.height > MOST_PIXELS:
            raise TooLarge
        image.seek(index)
        size = _size(image)
        upright = ImageOps.exif_transpose(image)
        if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
            layer = upright.convert("RGBA")
            paper = Image.new("RGBA", layer.size, "white")
            upright = Image.alpha_composite(paper, layer)
        if upright.mode.startswith("I"):
            upright = upright.point(lambda value: value / 256).convert("L")
        shown = upright.convert("L" if upright.mode in ("1", "L") else "RGB")
        factor = min(sharp * max(size), most) / max(shown.size)
        if not 0.8 < factor < 1.25:
            shown = shown.resize((max(1, round(shown.width * factor)), max(1, round(shown.height * factor))), Image.Resampling.LANCZOS)
        return numpy.ascontiguousarray(shown), size.width, size.height


def _size(frame: Image.Image) -> Size:
    """The size on paper; without a plausible resolution, as if the page were A4."""
    width, height = (frame.height, frame.width) if frame.getexif().get(0x0112, 1) in (5, 6, 7, 8) else (frame.width, frame.height)
    dots = _dots_of(frame.info.get("dpi"))
    side = max(width, height) * 72 / dots if _USUAL[0] <= dots <= _USUAL[1] else 0.0
    scale = side / max(width, height) if _SIDES[0] <= side <= _SIDES[1] and dots > 100 else A4 / max(width, height)
    return Size(width * scale, height * scale)


def _dots_of(told: Any) -> float:
    """The resolution given in a file, which can be of any type; 0 if there is none."""
    try:
        dots = float(told[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return 0.0
    return 0.0 if isnan(dots) else dots
