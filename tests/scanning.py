"""The corpus as a scanner gives it: pages as pictures, a little askew, with noise, packed as JPEG."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image


@dataclass(frozen=True)
class Scanner:
    """Dots an inch, degrees that the paper lies askew (each page the other way), grey noise of 255, quality of JPEG."""

    dots: int = 150
    askew: float = 0.0
    noise: int = 0
    quality: int = 80
    turned: int = 0

    def pages(self, file: Path) -> Iterator[Image.Image]:
        with pypdfium2.PdfDocument(file) as document:
            for number, page in enumerate(document):
                drawn = page.render(scale=self.dots / 72, grayscale=True).to_pil()
                way = 1 if number % 2 else -1
                picture = drawn.rotate(way * self.askew, Image.Resampling.BICUBIC, fillcolor=255) if self.askew else drawn
                if self.noise:
                    picture = Image.blend(picture, _noise(picture.size, self.noise, number), 0.12)
                yield picture.rotate(self.turned, expand=True) if self.turned else picture


def scanned(file: Path, into: Path, scanner: Scanner) -> Path:
    """A PDF, or an image file by the ending of `into`, of the pages of a PDF."""
    first, *others = scanner.pages(file)
    packing: dict[str, Any] = {"quality": scanner.quality} if into.suffix in (".pdf", ".jpg") else {}
    if into.suffix in (".pdf", ".tif", ".tiff"):
        packing |= {"save_all": True, "append_images": others}
    packing |= {"resolution": scanner.dots} if into.suffix == ".pdf" else {"dpi": (scanner.dots, scanner.dots)}
    first.save(into, **packing)
    return into


def _noise(size: tuple[int, int], amount: int, seed: int) -> Image.Image:
    chance = random.Random(seed)
    grey = bytes(min(255, max(0, round(chance.gauss(128, amount)))) for _ in range(256 * 256))  # the same each time
    small = Image.frombytes("L", (256, 256), grey)
    tiled = Image.new("L", size, 128)
    for x in range(0, size[0], 256):
        for y in range(0, size[1], 256):
            tiled.paste(small.rotate(90 * chance.randrange(4)), (x, y))
    return tiled
