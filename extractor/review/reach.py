"""How far the cells of a sheet reach: the parser of workbooks creates every cell up to the last one, and trusts the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers.expat import ExpatError, ParserCreate

CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
ROW = re.compile(r"[1-9][0-9]{0,6}")
ROWS, COLUMNS = 1 << 20, 1 << 14
"""What a sheet may have at most."""


class Reach:
    """Follows the rows and cells of a sheet; only cells with content count."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._row = self._column = 0

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self._cell(attributes.get("r"))
        elif name in ("v", "is", "f"):
            self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)
        elif name == "row":
            self._begin_row(attributes.get("r"))

    def _cell(self, place: str | None) -> None:
        if place is None:
            self._column += 1
        else:
            match = CELL.fullmatch(place)
            if match is None:
                raise ValueError(place)
            self._column, self._row = column(match[1]), int(match[2])
        if self._row > ROWS or self._column > COLUMNS:
            raise ValueError(place)

    def _begin_row(self, number: str | None) -> None:
        if number is not None and not ROW.fullmatch(number):
            raise ValueError(number)
        self._row, self._column = self._row + 1 if number is None else int(number), 0


def reach(sheet: bytes) -> Reach:
    """The rows and columns of a sheet. ValueError if it is not well-formed XML or has cells at impossible places."""

    def refuse(*_: object) -> None:
        raise ValueError("a document type")

    found = Reach()
    parser = ParserCreate()
    parser.StartElementHandler = found.start
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(sheet, True)
    except ExpatError as error:
        raise ValueError(str(error)) from None
    return found


def column(letters: str) -> int:
    """The number of a column.

    >>> column("A"), column("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
