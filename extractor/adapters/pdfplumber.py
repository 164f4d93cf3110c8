"""PDF pages through pdfplumber: characters with boxes, ruled cells, horizontal rules. The only importer of pdfplumber."""

from __future__ import annotations

import logging
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from extractor.adapters import ruling
from extractor.adapters.fonts import DESCENT, is_bold, is_red
from extractor.model.pages import EDGE_LIMIT, UNKNOWN, Broken, Char, Locked, PdfPage, Rect, runs_of

_HARMLESS = "Could not get FontBBox"  # boxes come from the font size
_UNMAPPED = re.compile(r"\(cid:\d+\)")


class _Collector(logging.Handler):
    """Collects what pdfminer and pdfplumber log, each warning once, and keeps it off the terminal."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if not message.startswith(_HARMLESS):
            self.messages.add(message)


@contextmanager
def quiet() -> Iterator[_Collector]:
    """In this block, warnings of the PDF libraries are collected and not shown."""
    collector = _Collector()
    loggers = [logging.getLogger(name) for name in ("pdfminer", "pdfplumber")]
    before = [logger.propagate for logger in loggers]
    for logger in loggers:
        logger.addHandler(collector)
        logger.propagate = False
    try:
        yield collector
    finally:
        for logger, propagate in zip(loggers, before, strict=True):
            logger.removeHandler(collector)
            logger.propagate = propagate


def pages(path: Path, only: Sequence[int] | None = None) -> Iterator[PdfPage]:
    """The pages of a file in order, or only those numbered; raises Locked or Broken.

    A page that cannot be parsed is returned with its problem.
    """
    with path.open("rb") as file:  # we close it: pdfplumber leaves it open if it fails
        try:
            pdf = pdfplumber.open(file)
            for number, told in enumerate(PDFPage.create_pages(pdf.doc), 1):
                if only is None or number in only:
                    yield _opened(pdf, told, number)
        except Exception as error:  # pdfminer raises anything, TypeError included
            raise _reason(error) from error


def _opened(pdf: PDF, told: PDFPage, number: int) -> PdfPage:
    try:
        page = Page(pdf, told, page_number=number)
    except Exception as error:  # invalid boxes; with `pdf.pages` no page at all could be read
        return PdfPage(number, 0.0, 0.0, problem=_problem(error))
    try:
        return _page(number, page)
    finally:
        page.close()


def _problem(error: Exception) -> str:
    """What went wrong with a page; MemoryError is not the fault of the page, and is raised."""
    if any(isinstance(each, MemoryError) for each in _causes(error)):
        raise MemoryError from error
    return type(error).__name__


def _causes(error: BaseException) -> list[object]:
    return [error, *error.args, error.__cause__, error.__context__]  # pdfplumber wraps what pdfminer raises


def _reason(error: BaseException) -> Exception:
    causes = _causes(error)
    if any(isinstance(each, MemoryError) for each in causes):
        return MemoryError()
    if any(isinstance(each, PDFPasswordIncorrect | PDFEncryptionError) for each in causes):
        return Locked()
    return Broken(f"{type(error).__name__}: {error}".rstrip(": "))


def _page(number: int, page: Page) -> PdfPage:
    try:
        left, top, width, height = _shown(page)
    except Exception as error:
        return PdfPage(number, 0.0, 0.0, problem=_problem(error))
    try:
        descents = _descents(page.chars)
        all_chars = (_char(each, left, top, descents.get(each["fontname"], 0.0)) for each in page.chars)
        runs = runs_of(char for char in all_chars if _is_on(char, width, height))
    except Exception as error:
        return PdfPage(number, width, height, problem=_problem(error))
    crowded = len(page.edges) > EDGE_LIMIT
    tables, rules = ((), ()) if crowded else _ruling(page)
    moved = tuple(tuple(_moved(cell, left, top) for cell in cells) for cells in tables)
    return PdfPage(number, width, height, runs, moved, tuple(_moved(rule, left, top) for rule in rules), len(page.images), crowded)


def _shown(page: Page) -> tuple[float, float, float, float]:
    """The visible part of a page, in pdfplumber's coordinates: left, top, width, height.

    pdfplumber does not crop, and it rotates the whole page about a corner that is wrong for the crop box.
    """
    (x0, x1), (y0, y1) = (sorted(page.page_obj.mediabox[way::2]) for way in (0, 1))
    (left, right), (bottom, top) = (sorted(page.page_obj.cropbox[way::2]) for way in (0, 1))
    left, bottom, right, top = max(x0, left), max(y0, bottom), min(x1, right), min(y1, top)
    if left >= right or bottom >= top:  # nothing would be left; viewers show the whole
        left, bottom, right, top = x0, y0, x1, y1
    cuts = (left - x0, y1 - top, x1 - right, bottom - y0)  # of the page upright: left, top, right, bottom
    turns = int(page.rotation) // 90
    width, height = right - left, top - bottom
    size = (height, width) if turns % 2 else (width, height)
    return page.bbox[0] + cuts[-turns % 4], page.bbox[1] + cuts[(1 - turns) % 4], size[0] + 0.0, size[1] + 0.0


def _moved(box: Rect, left: float, top: float) -> Rect:
    """A box counted from the corner of the visible page, which need not be the origin of the file's coordinates."""
    return box[0] - left, box[1] - top, box[2] - left, box[3] - top


def _is_on(char: Char, width: float, height: float) -> bool:
    """Does the middle of a character lie on the page? What lies beside it is never seen."""
    return 0 <= char.x0 + char.x1 <= 2 * width and 0 <= char.top + char.bottom <= 2 * height


def _descents(chars: Iterable[dict[str, Any]]) -> dict[object, float]:
    """How far below the base line the boxes of each font begin, in em: the most frequent value, since some are raised or lowered."""
    counts: dict[object, Counter[float]] = defaultdict(Counter)
    for char in chars:
        if char["upright"] and char["size"]:
            counts[char["fontname"]][_drop(char)] += 1
    return {font: max(0.0, count.most_common(1)[0][0]) for font, count in counts.items()}


def _drop(char: dict[str, Any]) -> float:
    drop: float = round((char["matrix"][5] - char["y0"]) / char["size"], 3)
    return drop


def _char(char: dict[str, Any], left: float, top: float, descent: float) -> Char:
    if char["upright"] and descent < 0.5:  # text that runs downwards hangs from its origin
        top -= (DESCENT - descent) * char["size"]
    return Char(
        _UNMAPPED.sub(UNKNOWN, char["text"]),
        char["x0"] - left,
        char["top"] - top,
        char["x1"] - left,
        char["bottom"] - top,
        char["size"],
        is_bold(str(char["fontname"] or "")),
        not char["upright"] or _is_turned(char["matrix"], char["adv"]),
        _is_red(char.get("non_stroking_color")),
    )


def _is_turned(matrix: tuple[float, ...], advance: float) -> bool:
    """Does the base line of a character rise or fall, as in round seals and watermarks, or run from right to left, upside down?

    The advance of text that runs down the page is negative.
    """
    return abs(matrix[1]) > 0.1 * abs(matrix[0]) or matrix[0] < 0 < advance


def _is_red(colour: object) -> bool:
    """True for a strongly red RGB or CMYK colour, the ink of seals."""
    if not isinstance(colour, tuple | list) or not all(isinstance(part, int | float) for part in colour):
        return False
    if len(colour) == 3:
        return is_red(*colour)
    if len(colour) == 4:
        return bool(colour[0] < 0.3 and colour[1] > 0.6 and colour[2] > 0.6 and colour[3] < 0.4)
    return False


def _ruling(page: Page) -> tuple[tuple[tuple[Rect, ...], ...], tuple[Rect, ...]]:
    """The cells of every table with at least two cells, and the horizontal rules of the page."""
    try:
        edges = page.edges
        rules = tuple(_box(edge) for edge in edges if edge["orientation"] == "h")
        if len(edges) < 4:
            return (), rules
        tables = page.find_tables({"explicit_horizontal_lines": _missing_rules(edges)})
    except Exception as error:
        _problem(error)
        return (), ()
    return tuple(tuple(table.cells) for table in tables if len(table.cells) > 1), rules


def _missing_rules(edges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    level, upright = ([_box(edge) for edge in edges if edge["orientation"] == way] for way in "hv")
    return [
        {"object_type": "line", "x0": x0, "x1": x1, "top": y, "bottom": y, "width": x1 - x0, "height": 0.0}
        for x0, y, x1, _ in ruling.missing_rules(level, upright)
    ]


def _box(edge: dict[str, Any]) -> Rect:
    return edge["x0"], edge["top"], edge["x1"], edge["bottom"]
