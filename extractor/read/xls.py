"""Workbooks of Excel before 2007, of WPS too (xls, et) → titles and tables; LibreOffice opens what our own reader does not."""

from __future__ import annotations

from pathlib import Path

from extractor.adapters.xls import read_old_book
from extractor.model.document import Unreadable
from extractor.model.flow import Flow
from extractor.read.office import read_sheets
from extractor.read.xlsx import flow_of

MEDIA_TYPE = "application/vnd.ms-excel"


def read_xls(path: Path, sha256: str, data: bytes) -> Flow:
    """The visible sheets of a workbook. Raises Unreadable.

    LibreOffice is asked where our own reader fails, of enciphered ones too: those with a protected structure have a password that is known.
    """
    try:
        return flow_of(path, sha256, data, read_old_book, MEDIA_TYPE)
    except Unreadable as problem:
        if problem.code not in ("broken", "encrypted"):
            raise
        try:
            return read_sheets(path, sha256, data, ".xls")
        except Unreadable as second:
            raise (second if second.code == "timed_out" else problem) from second
