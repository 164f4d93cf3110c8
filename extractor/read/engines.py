"""Which engine reads which page of a PDF: pdfium where it gives what pdfplumber gives, pdfplumber elsewhere.

A file that pdfium does not open is mended first; what cannot be mended is left to pdfplumber.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extractor.adapters import fast
from extractor.adapters.pdfium import Refused
from extractor.model.pages import PdfPage


@dataclass(frozen=True, slots=True)
class Taken:
    """The pages of a file, how many warnings the reference engine gave, and whether the file had to be mended."""

    pages: list[PdfPage]
    warnings: int = 0
    is_mended: bool = False


def take(path: Path, data: bytes, engine: str) -> Taken:
    """The pages of a PDF with this content; raises Locked or Broken.

    `engine` is "fast" (pdfium alone), "reference" (pdfplumber alone) or "auto": pdfplumber for what pdfium leaves.
    """
    if engine == "reference":
        return _reference(path)
    try:
        pages = list(fast.pages(data))
    except Refused:
        return _mended(data) or _reference(path)  # which tells locked files from broken ones, and opens some of them
    left = [number for number, page in enumerate(pages, 1) if isinstance(page, str)]
    if not pages:
        return _reference(path)
    if not left or engine == "fast":
        return Taken([_unread(number, page) if isinstance(page, str) else page for number, page in enumerate(pages, 1)])
    again = _reference(path, left)
    read = {page.number: page for page in again.pages}
    return Taken([read.get(n, _unread(n, page)) if isinstance(page, str) else page for n, page in enumerate(pages, 1)], again.warnings)


def _mended(data: bytes) -> Taken | None:
    """The pages of a damaged file, mended; None where that does not give all of them."""
    from extractor.adapters.mending import mended

    again = mended(data)
    try:
        pages = list(fast.pages(again)) if again else []
    except Refused:
        return None
    read = [page for page in pages if isinstance(page, PdfPage)]
    return Taken(read, is_mended=True) if read and len(read) == len(pages) else None


def _unread(number: int, reason: str) -> PdfPage:
    return PdfPage(number, 0.0, 0.0, problem=reason)


def _reference(path: Path, only: list[int] | None = None) -> Taken:
    from extractor.adapters import pdfplumber  # not before it is needed: it takes a tenth of a second

    with pdfplumber.quiet() as warnings:
        pages = list(pdfplumber.pages(path, only))
    return Taken(pages, warnings.count)
