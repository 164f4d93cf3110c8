"""Plain text (UTF-8 with or without BOM, UTF-16 with BOM, GB18030) → printed pages on a grid of columns and lines."""

from __future__ import annotations

import codecs
import unicodedata
from itertools import pairwise
from pathlib import Path

from extractor.model.document import Page, Unreadable
from extractor.model.grid import EM, grid_line
from extractor.model.printed import Printed, Sheet

MEDIA_TYPE = "text/plain"


def read_text(path: Path, sha256: str, data: bytes) -> Printed:
    """The lines of a text file; pages where form feeds or the page marks of an exported PDF tell them."""
    text = decode(data)
    if text is None:
        raise Unreadable("unsupported", f"{path.name}：不是可识别的文本（既非 UTF-8 也非 GB18030）；请转换为 UTF-8")
    if not text.strip():
        raise Unreadable("no_text", f"{path.name}：文件中没有文字")
    pages, paged = _pages(text)
    sheets = tuple(_sheet(number, rows) for number, rows in enumerate(pages, 1))
    return Printed(str(path), sha256, MEDIA_TYPE, sheets, on_paper=False, paged=paged)


def decode(data: bytes) -> str | None:
    """Bytes as text, None where they are no text.

    >>> decode("优".encode("gb18030")), decode(b"\\xff\\xfe\\x00"), decode(b"\\xef\\xbb\\xbfab")
    ('优', None, 'ab')
    """
    encodings = ["utf-16"] if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        control = sum(unicodedata.category(c) in ("Cc", "Cn", "Co") and c not in "\t\r\n\f\v\x1a" for c in text[:20_000])
        return text if control * 200 <= min(len(text), 20_000) else None
    return None


Row = tuple[int, str]
"""The number of a line in the file, and its text."""


def _pages(text: str) -> tuple[list[list[Row]], bool]:
    rows = list(enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1))
    if "\f" in text:
        return _at_form_feeds(rows), True
    filled = [row for row in rows if row[1].strip()]
    if _is_export(rows, filled):
        return _at_marks(filled), True
    return [rows], False


def _at_form_feeds(rows: list[Row]) -> list[list[Row]]:
    pages: list[list[Row]] = [[]]
    for number, row in rows:
        first, *others = row.split("\f")
        pages[-1].append((number, first))
        pages.extend([(number, other)] for other in others)
    if not any(row.strip() for _, row in pages[-1]):
        pages.pop()
    return pages


def _is_export(rows: list[Row], filled: list[Row]) -> bool:
    """True for text exported from a PDF with an empty line after every line and one space before the first of a page."""
    apart = all(b[0] - a[0] == 2 or _is_mark(b[1]) for a, b in pairwise(filled))
    marks = sum(_is_mark(row) for _, row in filled)
    indented = sum(row[:1].isspace() for _, row in filled)
    return apart and len(filled) > 1 and 0 < marks == indented and _is_mark(filled[0][1]) and marks * 3 <= len(filled)


def _is_mark(row: str) -> bool:
    return row.startswith(" ") and not row[1:2].isspace()


def _at_marks(filled: list[Row]) -> list[list[Row]]:
    pages: list[list[Row]] = []
    for number, row in filled:
        if _is_mark(row):
            pages.append([])
        pages[-1].append((number, row.removeprefix(" ")))
    return pages


def _sheet(page: int, rows: list[Row]) -> Sheet:
    lines = tuple(line for place, (number, row) in enumerate(rows) if (line := grid_line(row, page, place, f"第{number}行")))
    width = max((line.x1 for line in lines), default=0.0)
    return Sheet(Page(page, width, EM * len(rows), sum(not c.isspace() for _, row in rows for c in row)), lines)
