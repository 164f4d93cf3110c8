"""The sheets of a workbook through python-calamine: values, formulas by their last result."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

PANIC = "PanicException"
"""What the library raises when its Rust code panics; it is no subclass of Exception and cannot be imported."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` reach from the first to the last row with content; the first one is row number `first` of the sheet."""

    name: str
    first: int
    rows: list[list[Any]]


def sheets(workbook: bytes) -> Iterator[Sheet]:
    """Each sheet with its rows. ValueError if it is not a workbook, PermissionError if it is locked."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(workbook)) as book:
            for about in book.sheets_metadata:
                if about.typ == SheetTypeEnum.WorkSheet:
                    yield _sheet(about.name, book.get_sheet_by_name(about.name))
    except PasswordError:
        raise PermissionError from None
    except (CalamineError, OSError) as error:
        raise ValueError(str(error)) from None
    except BaseException as error:
        if type(error).__name__ == PANIC:
            raise ValueError(str(error)) from None
        raise


def _sheet(name: str, sheet: Any) -> Sheet:
    start = sheet.start
    return Sheet(name, start[0] + 1 if start else 1, sheet.to_python())
