"""What stands in a marked-up PDF, as pdfium sees it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from extractor.command.shelf import FileShelf, Rack
from extractor.config import Settings
from extractor.model.report import Report
from extractor.present.markup import Markup
from extractor.present.sink import Job

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top in the coordinates of the file."""


@dataclass(frozen=True)
class Highlight:
    page: int
    name: str
    contents: str
    quads: tuple[tuple[float, ...], ...]
    words: str


def marked(report: Report, folder: Path, original: Path, language: str = "zh") -> Path:
    """The marked-up copy of a file, in the folder."""
    path = report.source.path
    job = Job("1", Settings(language=language), originals={path: original}, marked={path: f"marked/{original.name}"})
    rack = Rack([original], False)
    with rack.stack:
        Markup(job, FileShelf(rack, None, folder)).add(report)
    return folder / "marked" / original.name


def highlights(path: Path) -> Iterator[Highlight]:
    """Every highlight of a file with the characters under it: those whose middle lies in one of its rectangles."""
    document = pypdfium2.PdfDocument(path)
    for number in range(len(document)):
        page = document[number]
        count = pdfium.FPDFPage_GetAnnotCount(page)
        letters = list(_letters(page)) if count else []
        for place in range(count):
            annotation = pdfium.FPDFPage_GetAnnot(page, place)
            if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_HIGHLIGHT:
                quads = tuple(_quads(annotation))
                words = "".join(letter for quad in quads for letter, x, y in letters if _is_in(x, y, quad))
                yield Highlight(number + 1, _text(annotation, b"NM"), _text(annotation, b"Contents"), quads, words)
            pdfium.FPDFPage_CloseAnnot(annotation)
    document.close()


def bookmarks(path: Path) -> list[tuple[int, str, int | None]]:
    """Level, title and page of each."""
    document = pypdfium2.PdfDocument(path)
    found = []
    for mark in document.get_toc():
        goal = mark.get_dest()
        found.append((mark.level, mark.get_title(), goal.get_index() + 1 if goal else None))
    document.close()
    return found


def _letters(page: pypdfium2.PdfPage) -> Iterator[tuple[str, float, float]]:
    """The characters that are printed with their middles."""
    text = page.get_textpage()
    box = pdfium.FS_RECTF()
    for place in range(text.count_chars()):
        if not pdfium.FPDFText_IsGenerated(text, place) and not (letter := chr(pdfium.FPDFText_GetUnicode(text, place))).isspace():
            pdfium.FPDFText_GetLooseCharBox(text, place, box)
            yield letter, (box.left + box.right) / 2, (box.bottom + box.top) / 2


def _quads(annotation: pdfium.FPDF_ANNOTATION) -> Iterator[tuple[float, ...]]:
    points = pdfium.FS_QUADPOINTSF()
    for place in range(pdfium.FPDFAnnot_CountAttachmentPoints(annotation)):
        pdfium.FPDFAnnot_GetAttachmentPoints(annotation, place, points)
        yield tuple(getattr(points, f"{way}{corner}") for corner in (1, 2, 3, 4) for way in "xy")


def _is_in(x: float, y: float, quad: tuple[float, ...]) -> bool:
    return min(quad[0::2]) <= x <= max(quad[0::2]) and min(quad[1::2]) <= y <= max(quad[1::2])


def _text(annotation: pdfium.FPDF_ANNOTATION, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le")
