"""Which engine reads which page of a PDF: pdfium where it is known to give the same result as pdfplumber, pdfplumber elsewhere.

A file that pdfium does not open is repaired first; if it cannot be repaired, pdfplumber tries it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.adapters import pdfium_pages
from extractor.adapters.pdfium import Refused
from extractor.model.pages import Broken, Locked, PdfPage


@dataclass(frozen=True, slots=True)
class Taken:
    """Pages of a file, the warnings that the reference engine gave, and whether the file had to be mended."""

    pages: list[PdfPage]
    warnings: frozenset[str] = frozenset()
    is_mended: bool = False


def take(path: Path, data: bytes, engine: str, only: Sequence[int] | None = None) -> Taken:
    """The pages of a PDF with this content, or those numbered; raises Locked or Broken.

    `engine` is "fast" (pdfium alone), "reference" (pdfplumber alone) or "auto": pdfplumber for what pdfium leaves.
    """
    if engine == "reference":
        return _reference(path, only)
    try:
        pages = list(pdfium_pages.pages(data, only))
    except Refused:
        if only:
            raise Broken("the file does not open") from None
        return _mended(data) or _reference(path)  # it distinguishes locked files from broken ones, and opens some of them
    if not pages:
        return _reference(path)
    numbered = list(zip(only or range(1, len(pages) + 1), pages, strict=True))
    left = [number for number, page in numbered if isinstance(page, str)]
    again = _again(path, left) if left and engine != "fast" else Taken([])
    read = {page.number: page for page in again.pages}
    return Taken([read.get(n, _unread(n, page)) if isinstance(page, str) else page for n, page in numbered], again.warnings)


def _again(path: Path, left: Sequence[int]) -> Taken:
    """The pages that pdfium left, read by pdfplumber; none if pdfplumber does not open the file."""
    try:
        return _reference(path, left)
    except (Broken, Locked):
        return Taken([])


def _mended(data: bytes) -> Taken | None:
    """The pages of a damaged file after repair; None unless all of them can be read."""
    from extractor.adapters.mending import mended

    again = mended(data)
    try:
        pages = list(pdfium_pages.pages(again)) if again else []
    except Refused:
        return None
    read = [page for page in pages if isinstance(page, PdfPage)]
    return Taken(read, is_mended=True) if read and len(read) == len(pages) else None


def _unread(number: int, reason: str) -> PdfPage:
    return PdfPage(number, 0.0, 0.0, problem=reason)


def _reference(path: Path, only: Sequence[int] | None = None) -> Taken:
    from extractor.adapters import pdfplumber  # imported on demand: it takes a tenth of a second

    with pdfplumber.quiet() as warnings:
        pages = list(pdfplumber.pages(path, only))
    return Taken(pages, frozenset(warnings.messages))
