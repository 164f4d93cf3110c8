"""Small PDFs for the tests of the readers, drawn with reportlab's Chinese font."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
Drawing = Callable[[Canvas], None]


def pdf(path: Path, *pages: Drawing, size: tuple[float, float] = (595.0, 842.0)) -> Path:
    """A PDF at `path`, one page a drawing."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(path), pagesize=size, invariant=1)
    for draw in pages:
        canvas.setFont(FONT, 14)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def rows(*texts: str, x: float = 80.0, top: float = 100.0, pitch: float = 24.0) -> Drawing:
    """Rows of text from the top; ideographic spaces before one are its indent."""

    def draw(canvas: Canvas) -> None:
        for place, text in enumerate(texts):
            bare = text.lstrip("　")
            canvas.drawString(x + 14.0 * (len(text) - len(bare)), 842.0 - top - place * pitch - 14.0, bare)

    return draw


def boxes(edges: list[float], levels: list[float]) -> Drawing:
    """A full grid of rules between the given x and the given distances from the top."""

    def draw(canvas: Canvas) -> None:
        canvas.grid(edges, [842.0 - level for level in levels])

    return draw


def both(*drawings: Drawing) -> Drawing:
    def draw(canvas: Canvas) -> None:
        for each in drawings:
            each(canvas)

    return draw
