"""PDF pages through pdfplumber: characters with boxes, ruled cells, horizontal rules. The only importer of pdfplumber."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.page import Page

from extractor.model.pages import EDGE_LIMIT, UNKNOWN, Broken, Char, Locked, PdfPage, Rect

DESCENT = 0.12
"""An ideograph reaches so many em below the base line; boxes of fonts that do not tell it would end on that line."""

_BOLD = re.compile(r"bold|heavy|black|[-_ ]demi|simhei|heiti|hei\b", re.IGNORECASE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_HARMLESS = "Could not get FontBBox"  # boxes come from the font size
_UNMAPPED = re.compile(r"\(cid:\d+\)")


class _Counter(logging.Handler):
    """Counts what pdfminer and pdfplumber log, and keeps it off the terminal."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += not record.getMessage().startswith(_HARMLESS)


@contextmanager
def quiet() -> Iterator[_Counter]:
    """Within, warnings of the PDF libraries are counted and not shown."""
    counter = _Counter()
    loggers = [logging.getLogger(name) for name in ("pdfminer", "pdfplumber")]
    before = [logger.propagate for logger in loggers]
    for logger in loggers:
        logger.addHandler(counter)
        logger.propagate = False
    try:
        yield counter
    finally:
        for logger, propagate in zip(loggers, before, strict=True):
            logger.removeHandler(counter)
            logger.propagate = propagate


def pages(path: Path) -> Iterator[PdfPage]:
    """The pages of a file in order. A page that cannot be parsed comes with its problem; raises Locked or Broken."""
    with path.open("rb") as file:  # ours to close: pdfplumber forgets it where it fails
        try:
            pdf = pdfplumber.open(file)
            for number, page in enumerate(pdf.pages, 1):
                yield _page(number, page)
                page.close()
        except Exception as error:  # pdfminer raises anything, TypeError included
            raise _reason(error) from error


def _reason(error: BaseException) -> Exception:
    causes: list[object] = [error, *error.args, error.__cause__, error.__context__]
    if any(isinstance(each, PDFPasswordIncorrect | PDFEncryptionError) for each in causes):
        return Locked()
    return Broken(f"{type(error).__name__}: {error}".rstrip(": "))


def _page(number: int, page: Page) -> PdfPage:
    try:
        width, height = page.width + 0.0, page.height + 0.0
        left, top = page.bbox[:2]
    except Exception as error:
        return PdfPage(number, 0.0, 0.0, problem=type(error).__name__)
    try:
        chars = tuple(char for each in page.chars if _is_on(char := _char(each, left, top), width, height))
    except Exception as error:
        return PdfPage(number, width, height, problem=type(error).__name__)
    crowded = len(page.edges) > EDGE_LIMIT
    tables, rules = ((), ()) if crowded else _ruling(page)
    moved = tuple(tuple(_moved(cell, left, top) for cell in cells) for cells in tables)
    return PdfPage(number, width, height, chars, moved, tuple(_moved(rule, left, top) for rule in rules), len(page.images), crowded)


def _moved(box: Rect, left: float, top: float) -> Rect:
    """A box counted from the corner of the visible page, which need not be the origin of the file's coordinates."""
    return box[0] - left, box[1] - top, box[2] - left, box[3] - top


def _is_on(char: Char, width: float, height: float) -> bool:
    """Does the middle of a character lie on the page? What lies beside it is never seen."""
    return 0 <= char.x0 + char.x1 <= 2 * width and 0 <= char.top + char.bottom <= 2 * height


def _char(char: dict[str, Any], left: float, top: float) -> Char:
    top -= DESCENT * char["size"] if _ends_on_base_line(char) else 0.0
    return Char(
        _UNMAPPED.sub(UNKNOWN, char["text"]),
        char["x0"] - left,
        char["top"] - top,
        char["x1"] - left,
        char["bottom"] - top,
        char["size"],
        _is_bold(char["fontname"] or ""),
        not char["upright"] or _is_turned(char["matrix"]),
        _is_red(char.get("non_stroking_color")),
    )


def _ends_on_base_line(char: dict[str, Any]) -> bool:
    """Does the box of an upright character begin at its base line, as where the font's file tells no descent?"""
    return bool(char["upright"]) and abs(char["y0"] - char["matrix"][5]) < 0.01 * char["size"]


def _is_turned(matrix: tuple[float, ...]) -> bool:
    """Does the base line of a character rise or fall? The letters of a round seal and of watermarks do."""
    return abs(matrix[1]) > 0.1 * abs(matrix[0])


@lru_cache(maxsize=256)
def _is_bold(font: str) -> bool:
    return bool(_BOLD.search(_SUBSET.sub("", font)))


def _is_red(colour: object) -> bool:
    """True for a strongly red RGB or CMYK colour, the ink of seals."""
    if not isinstance(colour, tuple | list) or not all(isinstance(part, int | float) for part in colour):
        return False
    if len(colour) == 3:
        return bool(colour[0] > 0.6 and colour[1] < 0.4 and colour[2] < 0.4)
    if len(colour) == 4:
        return bool(colour[0] < 0.3 and colour[1] > 0.6 and colour[2] > 0.6 and colour[3] < 0.4)
    return False


def _ruling(page: Page) -> tuple[tuple[tuple[Rect, ...], ...], tuple[Rect, ...]]:
    """The cells of every table with at least two cells, and the horizontal rules of the page."""
    try:
        edges = page.edges
        rules = tuple((e["x0"], e["top"], e["x1"], e["bottom"]) for e in edges if e["orientation"] == "h")
        if len(edges) < 4:
            return (), rules
        tables = page.find_tables({"explicit_horizontal_lines": _missing_rules(edges)})
    except Exception:
        return (), ()
    return tuple(tuple(table.cells) for table in tables if len(table.cells) > 1), rules


def _missing_rules(edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rules that a page break left out: where upright rules end on the page and no level rule closes the cells."""
    upright = [e for e in edges if e["orientation"] == "v" and e["bottom"] - e["top"] > 3]
    level = [e for e in edges if e["orientation"] == "h"]
    missing = []
    for end, outermost in (("top", min), ("bottom", max)) if upright else ():
        y = outermost(e[end] for e in upright)
        ending = sorted({e["x0"] for e in upright if abs(e[end] - y) < 1})
        covered = sorted((e["x0"], e["x1"]) for e in level if abs(e["top"] - y) < 3)
        for x0, x1 in _uncovered(ending[0], ending[-1], covered):
            missing.append({"object_type": "line", "x0": x0, "x1": x1, "top": y, "bottom": y, "width": x1 - x0, "height": 0.0})
    return missing


def _uncovered(start: float, end: float, covered: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """The stretches of [start, end] that sorted intervals leave free.

    >>> list(_uncovered(0, 100, [(0, 20), (60, 90)]))
    [(20, 60), (90, 100)]
    """
    for x0, x1 in [*covered, (end, end)]:
        if x0 - start > 6:
            yield start, min(x0, end)
        start = max(start, x1)
