"""Plain text (UTF-8, UTF-16, GB18030, Big5) → printed pages on a grid of columns and lines."""

from __future__ import annotations

import codecs
import re
import unicodedata
from itertools import pairwise
from pathlib import Path

from extractor.model.document import Page, Unreadable
from extractor.model.grid import EM, grid_line
from extractor.model.printed import Printed, Sheet
from extractor.read.text_tables import tabbed_rows, tabbed_table

MEDIA_TYPE = "text/plain"
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
"""A character of two bytes."""


def read_text(path: Path, sha256: str, data: bytes) -> Printed:
    """The lines of a text file, divided into pages by form feeds or by the page marks of an exported PDF."""
    text = decode(data)
    if text is None:
        raise Unreadable("unsupported", f"{path.name}：不是可识别的文本（不是 UTF-8、UTF-16、GB18030 或 Big5）；请转换为 UTF-8")
    if not text.strip():
        raise Unreadable("no_text", f"{path.name}：文件中没有文字")
    pages, paged = _pages(text)
    sheets = tuple(_sheet(number, rows) for number, rows in enumerate(pages, 1))
    return Printed(str(path), sha256, MEDIA_TYPE, sheets, on_paper=False, paged=paged)


def decode(data: bytes) -> str | None:
    """The bytes as text; None if they are not text.

    >>> decode("优".encode("gb18030")), decode(b"\\xff\\xfe\\x00"), decode(b"\\xef\\xbb\\xbfab")
    ('优', None, 'ab')
    >>> decode("預算執行".encode("big5")), decode("预算 100".encode("utf-16-be"))
    ('預算執行', '预算 100')
    """
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        control = sum(unicodedata.category(c) in ("Cc", "Cn", "Co") and c not in "\t\r\n\f\v\x1a" for c in text[:20_000])
        return text if control * 200 <= min(len(text), 20_000) else None
    return None


def _encodings(data: bytes) -> list[str]:
    """The encodings to try, the likeliest first."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ["utf-16"]
    zeros = [data[:4000:2].count(0), data[1:4000:2].count(0)]
    if max(zeros) > 2 * min(zeros) and max(zeros) * 50 > len(data[:4000]):
        return ["utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"]  # in UTF-16, every second byte of digits and line ends is zero
    return ["utf-8-sig", "big5", "gb18030"] if _is_big5(data) else ["utf-8-sig", "gb18030"]


def _is_big5(data: bytes) -> bool:
    """Are nearly all characters common ones in Big5, and few of them in GB18030? If neither, it is not Big5.

    Common characters are those of the first level of each set: rows 0xA4 to 0xC6 of Big5, 0xB0 to 0xD7 of GB 2312.
    """
    pairs: list[bytes] = _PAIR.findall(data[:200_000])
    big5 = sum(0xA4 <= pair[0] <= 0xC6 for pair in pairs)
    national = sum(0xB0 <= pair[0] <= 0xD7 and pair[1] >= 0xA1 for pair in pairs)
    marks = sum(pair[0] in (0xA1, 0xA3) for pair in pairs)
    return big5 + marks > 0.9 * len(pairs) > 0 and national < 0.7 * (len(pairs) - marks)


Row = tuple[int, str]
"""The number of a line in the file, and its text."""


def _pages(text: str) -> tuple[list[list[Row]], bool]:
    rows = list(enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1))
    if "\f" in text:
        return _at_form_feeds(rows), True
    filled = [row for row in rows if row[1].strip()]
    if _is_export(filled):
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


def _is_export(filled: list[Row]) -> bool:
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
    tabbed = list(tabbed_rows([row for _, row in rows]))
    tables = tuple(tabbed_table(rows[start:end], page, start) for start, end in tabbed)
    inside = {place for start, end in tabbed for place in range(start, end)}
    told = ((place, number, row) for place, (number, row) in enumerate(rows) if place not in inside)
    lines = tuple(line for place, number, row in told if (line := grid_line(row, page, place, f"第{number}行")))
    width = max((line.x1 for line in lines), default=0.0)
    return Sheet(Page(page, width, EM * len(rows), sum(not c.isspace() for _, row in rows for c in row)), lines, tables)
