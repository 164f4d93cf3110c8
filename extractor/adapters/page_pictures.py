"""Pages as small grey pictures.

Runs in separate processes: the files come from others, and pdfium allows one thread per process.
"""

from __future__ import annotations

import io
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from extractor.adapters import pdfium

DOTS = 110
"""Dots per inch; fewer for a sheet that would have more pixels than PIXELS."""
PIXELS = 2_400_000
GREYS = [(value + 8) // 17 * 17 for value in range(256)]
LOSSLESS = 120_000
"""The most bytes of a losslessly compressed page in sixteen greys; scans and photographs are larger and are compressed with loss."""
MEMORY = 1 << 30
"""The memory limit of a process, in bytes above what it has at its start."""


class Order(NamedTuple):
    """The pages to draw of a file, numbered from 1, and the beginning of the names of their picture files.

    In a long run, pictures are compressed in a fifth of the time and are a third larger.
    """

    path: str
    stem: str
    pages: tuple[int, ...]
    is_long_run: bool = False


class Picture(NamedTuple):
    """The picture of a page: the size of the page in points, and its file."""

    width: float
    height: float
    file: str
    size: int


Pictures = dict[int, Picture]
"""By the numbers of the pages."""


def serve(line: Connection) -> None:
    """Answer orders until there are no more."""
    if sys.platform == "linux":
        import resource

        taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY, resource.RLIM_INFINITY))
    while True:
        try:
            order = line.recv()
        except (EOFError, KeyboardInterrupt):
            return
        if order is None:
            return
        try:
            line.send(draw(order))
        except (OSError, MemoryError, ValueError, pdfium.Refused):  # gone, damaged or locked: the file has no pictures
            line.send({})


def draw(order: Order) -> Pictures:
    """The pages of a file that can be drawn; raises Refused where it does not open."""
    pictures: Pictures = {}
    with pdfium.opened(Path(order.path).read_bytes()) as file:
        for number in order.pages:
            try:
                with file.page(number - 1) as page:
                    pictures[number] = _picture(page, f"{order.stem}-{number}", order.is_long_run)
            except (pdfium.Refused, IndexError):
                continue
    return pictures


def _picture(page: pdfium.Page, name: str, is_long_run: bool) -> Picture:
    _, (left, bottom, right, top) = page.boxes()
    width, height = (right - left, top - bottom) if page.rotation % 180 == 0 else (top - bottom, right - left)
    scale = min(DOTS / 72, (PIXELS / max(width * height, 1)) ** 0.5)
    across, along, pixels = page.grey(scale)
    image = Image.frombytes("L", (across, along), pixels)
    data = png(image) if is_long_run else webp(image)
    Path(name).write_bytes(data)
    return Picture(width, height, name, len(data))


def webp(image: Image.Image) -> bytes:
    """The picture in sixteen greys without loss, or with loss if that is too large."""
    made = io.BytesIO()
    image.point(GREYS).save(made, "WEBP", lossless=True, quality=20, method=2)
    return made.getvalue() if made.tell() <= LOSSLESS else _lossy(image)


def png(image: Image.Image) -> bytes:
    """The same as PNG with four bits per pixel."""
    greys = Image.frombytes("P", image.size, image.point([grey // 17 for grey in GREYS]).tobytes())
    greys.putpalette([level * 17 for level in range(16) for _ in range(3)])
    made = io.BytesIO()
    greys.save(made, "PNG", bits=4, compress_level=3)
    return made.getvalue() if made.tell() <= LOSSLESS else _lossy(image)


def _lossy(image: Image.Image) -> bytes:
    made = io.BytesIO()
    image.save(made, "WEBP", quality=30, method=2)
    return made.getvalue()
