"""The pictures of a page of an OFD file put together as they lie on it, to be read by recognition."""

from __future__ import annotations

from typing import Any

from PIL import Image

from extractor.adapters import scans
from extractor.adapters.ofd import Book, Parts
from extractor.adapters.ofd_pages import Picture, painted
from extractor.adapters.shapes import Matrix
from extractor.model.document import Unreadable

_NEAR = (0.8, 1.25)
"""A picture of about the sharpness asked for is taken as it is."""


def page(data: bytes, number: int, sharp: float, most: int) -> tuple[Any, float, float]:
    """The pixels of a page, about `sharp` a point and at most `most` along its longer side; its width and height in points.

    Pictures that cannot be opened are left out. Raises Unreadable, scans.TooLarge.
    """
    import numpy

    file = Book(data).pages[number - 1]
    if file.part is None:
        raise Unreadable("broken", "缺少页面内容")
    (width, height), drawn = painted(file)
    pictures = [(picture, opened) for picture in drawn.pictures if (opened := _opened(file.document.parts, picture))]
    scale = min(sharp, most / max(width, height))
    for picture, image in pictures:
        own = image.width / max(picture.matrix[0], 1.0)
        if _NEAR[0] < own / scale < _NEAR[1] and own * max(width, height) <= most:
            scale = own
    paper = Image.new("RGB", (max(1, round(width * scale)), max(1, round(height * scale))), "white")
    for picture, image in pictures:
        _lay(paper, image, _scaled(picture.matrix, scale))
    return numpy.ascontiguousarray(paper), width, height


def is_open(parts: Parts, part: str | None, opaque: bool = False) -> bool:
    """Can a picture be opened, and (`opaque`) does it hide what it lies upon?"""
    if part is None:
        return False
    try:
        with scans.opened(parts.read(part)) as image:
            return image.width * image.height <= scans.MOST_PIXELS and not (opaque and _is_clear(image))
    except (scans.Refused, scans.TooLarge, Unreadable):
        return False


def _is_clear(image: Image.Image) -> bool:
    return "A" in image.getbands() or "transparency" in image.info


def _opened(parts: Parts, picture: Picture) -> Image.Image | None:
    if picture.part is None:
        return None
    try:
        with scans.opened(parts.read(picture.part)) as image:
            if image.width * image.height > scans.MOST_PIXELS:
                raise scans.TooLarge
            return image.convert("RGBA" if _is_clear(image) else "RGB")
    except (scans.Refused, Unreadable):
        return None


def _scaled(matrix: Matrix, scale: float) -> Matrix:
    a, b, c, d, e, f = (each * scale for each in matrix)
    return a, b, c, d, e, f


def _lay(paper: Image.Image, image: Image.Image, matrix: Matrix) -> None:
    """Put a picture where its matrix leads the unit square, the part of it that lies on the paper."""
    a, b, c, d, e, f = matrix
    if b == c == 0 and a > 0 and d > 0:
        x0, y0, x1, y1 = max(0, round(e)), max(0, round(f)), min(paper.width, round(e + a)), min(paper.height, round(f + d))
        if x0 >= x1 or y0 >= y1:
            return
        across, down = image.width / a, image.height / d
        part = (max(0.0, (x0 - e) * across), max(0.0, (y0 - f) * down), (x1 - e) * across, (y1 - f) * down)
        cut = (part[0], part[1], min(part[2], image.width), min(part[3], image.height))
        laid = image.resize((x1 - x0, y1 - y0), Image.Resampling.LANCZOS, cut)
        paper.paste(laid, (x0, y0), laid if laid.mode == "RGBA" else None)
        return
    turn = a * d - b * c
    if abs(turn) < 1:
        return
    wide, high = image.width / turn, image.height / turn
    back = (d * wide, -c * wide, (c * f - d * e) * wide, -b * high, a * high, (b * e - a * f) * high)
    laid = image.convert("RGBA").transform(paper.size, Image.Transform.AFFINE, back, Image.Resampling.BICUBIC)
    paper.paste(laid, (0, 0), laid)
