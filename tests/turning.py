"""Copies of a PDF that show the same pages by other means: turned, moved, cropped."""

from __future__ import annotations

from pathlib import Path

import pikepdf

Edges = tuple[float, float, float, float]
"""What is added to left, bottom, right and top of a box."""


def turned(
    source: Path, target: Path, turn: int = 0, media: Edges | None = None, crop: Edges | None = None, unit: int | None = None
) -> Path:
    """A copy whose content is laid on its side and shown upright by /Rotate, on a larger sheet, with part of it shown."""
    with pikepdf.open(source) as file:
        for page in file.pages:
            width, height = float(page.mediabox[2]), float(page.mediabox[3])
            laid = {0: (1, 0, 0, 1, 0, 0), 90: (0, 1, -1, 0, height, 0), 180: (-1, 0, 0, -1, width, height), 270: (0, -1, 1, 0, 0, width)}
            page.contents_add(f"q {' '.join(map(str, laid[turn]))} cm".encode(), prepend=True)
            page.contents_add(b"Q")
            size = (0.0, 0.0, width, height) if turn % 180 == 0 else (0.0, 0.0, height, width)
            page.obj.Rotate = turn
            page.obj.MediaBox = pikepdf.Array([a + b for a, b in zip(size, media or (0, 0, 0, 0), strict=True)])
            if crop:
                page.obj.CropBox = pikepdf.Array([a + b for a, b in zip(size, crop, strict=True)])
            if unit:
                page.obj.UserUnit = unit
        file.save(target)
    return target
