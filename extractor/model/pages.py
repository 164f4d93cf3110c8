"""Pages as the engines for PDF and OFD and recognition give them: characters with boxes, the cells of ruled tables, rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple

from extractor.model.frozen import frozen
from extractor.model.recognised import Recognised

Rect = tuple[float, float, float, float]
"""x0, top, x1, bottom in points, origin top left."""

UNKNOWN = "\ufffd"
"""Stands for a character that its font does not map to Unicode."""

EDGE_LIMIT = 20_000
"""A page with more edges is a drawing: a search for tables would take minutes."""
COVERS = 0.7
"""The picture of a scan covers at least this share of the page."""
STAMPED = 40
"""A scanner prints at most so many characters onto its pictures: a number, a name, the date."""
SHAPES = 1500
"""More edges on a page without characters are letters drawn as shapes."""


def joined(letters: Sequence[str]) -> str:
    """The text of letters, which mostly are one already."""
    return letters if isinstance(letters, str) else "".join(letters)


class Char(NamedTuple):
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False
    slanted: bool = False
    red: bool = False


class Run(NamedTuple):
    """Consecutive characters of one look on one base line: usually most of a printed line."""

    letters: Sequence[str]  # one a character; those of a ligature together
    x0: Sequence[float]
    x1: Sequence[float]
    top: float
    bottom: float
    size: float
    bold: bool = False
    slanted: bool = False
    red: bool = False

    @property
    def text(self) -> str:
        return joined(self.letters)

    @property
    def chars(self) -> Iterator[Char]:
        look = (self.bottom, self.size, self.bold, self.slanted, self.red)
        return (Char(letter, x0, self.top, x1, *look) for letter, x0, x1 in zip(self.letters, self.x0, self.x1, strict=True))


_LOOK = itemgetter(2, 4, 5, 6, 7, 8)


def runs_of(chars: Iterable[Char]) -> tuple[Run, ...]:
    """The characters in their order, grouped by look and height.

    >>> [run.letters for run in runs_of([Char("一", 0, 0, 9, 9, 9), Char("二", 9, 0, 18, 9, 9), Char("三", 0, 12, 9, 21, 9)])]
    [('一', '二'), ('三',)]
    """
    made = []
    for (top, *look), group in groupby(chars, key=_LOOK):
        letters, x0, _, x1, *_ = zip(*group, strict=True)
        made.append(Run(letters, x0, x1, top, *look))
    return tuple(made)


@frozen
class PdfPage:
    """A page as an engine sees it; `problem` says why nothing could be read of it."""

    number: int
    width: float
    height: float
    runs: tuple[Run, ...] = ()
    tables: tuple[tuple[Rect, ...], ...] = ()  # the cells of each ruled table
    rules: tuple[Rect, ...] = ()
    images: int = 0
    crowded: bool = False  # too many edges to look for tables
    problem: str | None = None
    is_scan: bool = False  # a picture with hardly any text on it or with text behind it, or letters drawn as shapes
    recognised: Recognised | None = None  # where the page is a picture and was read by OCR

    @property
    def chars(self) -> Iterator[Char]:
        """The characters of the page, one by one."""
        return chain.from_iterable(run.chars for run in self.runs)


class Locked(Exception):
    """The file needs a password."""


class Broken(Exception):
    """The engine cannot open the file; the text says why."""
