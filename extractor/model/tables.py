"""Tables as data: what a relational output consists of, whatever library writes it."""

from __future__ import annotations

from enum import Enum

from extractor.model.frozen import frozen

Cell = object
"""str, int, bool, Decimal, a list of boxes, or None."""

SCALE = 6
"""Decimals of an exact number of 38 digits; what does not fit is null, and stands beside it as written."""


class Kind(Enum):
    INTEGER = "integer"
    TEXT = "text"
    BOOLEAN = "boolean"
    NUMBER = f"decimal(38, {SCALE})"
    BOXES = "list of (page, x0, top, x1, bottom)"


@frozen
class Column:
    """A column with its description in Chinese and English; `refers_to` names the table whose key it holds."""

    name: str
    kind: Kind
    zh: str
    en: str
    refers_to: str | None = None
    is_nullable: bool = True


@frozen
class Table:
    """The first column is the key, unless the table only joins two others."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    has_key: bool = True

    @property
    def key(self) -> str:
        return self.columns[0].name
