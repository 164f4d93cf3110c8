"""Pages as the PDF engines give them: characters with boxes, the cells of ruled tables, horizontal rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

Rect = tuple[float, float, float, float]
"""x0, top, x1, bottom in points, origin top left."""

UNKNOWN = "\ufffd"
"""Stands for a character whose font does not tell which one it is."""

EDGE_LIMIT = 20_000
"""Above so many edges a page is a drawing: its table search would take minutes."""


class Char(NamedTuple):
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    slanted: bool
    red: bool


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page as an engine sees it; `problem` says why nothing could be read of it."""

    number: int
    width: float
    height: float
    chars: tuple[Char, ...] = ()
    tables: tuple[tuple[Rect, ...], ...] = ()  # the cells of each ruled table
    rules: tuple[Rect, ...] = ()
    images: int = 0
    crowded: bool = False  # too many edges to look for tables
    problem: str | None = None


class Locked(Exception):
    """The file needs a password."""


class Broken(Exception):
    """The engine cannot open the file; the text says why."""
