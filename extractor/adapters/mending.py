"""Damaged PDF files repaired by qpdf, which rebuilds their cross-references as far as possible. The only importer of pikepdf."""

from __future__ import annotations

from io import BytesIO


def mended(data: bytes) -> bytes | None:
    """The repaired file; None if it is locked or too badly damaged."""
    import pikepdf  # imported on demand: few files are damaged

    written = BytesIO()
    try:
        with pikepdf.open(BytesIO(data)) as file:
            if not len(file.pages):
                return None
            file.save(written)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, RuntimeError, OverflowError, RecursionError):
        return None
    return written.getvalue()
