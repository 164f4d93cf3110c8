"""The pictures of a page of an OFD file put together as they lie on it, to be read by recognition."""

from __future__ import annotations

from typing import Any

from PIL import Image

from extractor.adapters import pdfium, scans
from extractor.adapters.ofd import Book, PageFile, Parts, Resources
from extractor.adapters.ofd_pages import followed, painted
from extractor.adapters.ofd_painting import Manner, Painter, Picture, inked
from extractor.adapters.ofd_values import Node, light, number, operators, placed, said
from extractor.adapters.shapes import Matrix, within
from extractor.model.document import Unreadable

_MOST_POINTS = 1_000_000
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
    if not drawn.pictures:
        return _traced(file, sharp, most)
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


class Tracer(Painter):
    """Puts down the paths of a page in the words of PDF."""

    def __init__(self, resources: Resources) -> None:
        super().__init__(resources)
        self.words: list[str] = []
        self._left = _MOST_POINTS

    def text(self, node: Node, manner: Manner) -> None:
        """Nothing: text is read, not seen."""

    def path(self, node: Node, manner: Manner) -> None:
        filled, drawn = inked(node)
        if manner.unseen or not (filled or drawn):
            return
        matrix = within(placed(node), manner.matrix)
        words = operators(said(node, "AbbreviatedData"), matrix, self._left)
        self._left -= len(words)
        param = node.get("DrawParam") or manner.param
        fill, stroke = (" ".join(f"{share:.3f}" for share in light(self.ink(node, param, name))) for name in ("FillColor", "StrokeColor"))
        wide = number(node.get("LineWidth"), 0.353) * abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5
        even = "*" if node.get("Rule") == "Even-Odd" else ""
        self.words += [f"{fill} rg {stroke} RG {wide:.2f} w", *words, f"B{even}" if filled and drawn else f"f{even}" if filled else "S"]


def _traced(page: PageFile, sharp: float, most: int) -> tuple[Any, float, float]:
    """The picture of a page whose letters are outlines, drawn by way of a PDF."""
    (width, height), tracer = followed(page, Tracer)
    content = "\n".join([f"1 0 0 -1 0 {height:.2f} cm", *tracer.words]).encode()
    with pdfium.opened(_pdf(content, width, height)) as file, file.page(0) as drawn:
        return drawn.picture(sharp, most)


def _pdf(content: bytes, width: float, height: float) -> bytes:
    """A file of one page."""
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width:.2f} {height:.2f}]/Contents 4 0 R>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
    )
    out, places = b"%PDF-1.4\n", list[int]()
    for place, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (place, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (table, len(out))


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
