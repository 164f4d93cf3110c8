"""A reviewed workbook: its rows with a verdict as entries, even if columns, rows or sheets were moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from extractor.adapters.calamine import Sheet, sheets
from extractor.model import workpaper
from extractor.model.workpaper import Both
from extractor.review.entries import ID, Entry, day_of, verdict_of
from extractor.review.guard import safe_workbook
from extractor.review.words import both, problem

HEAD_WITHIN = 50
"""The headings are searched for in so many rows, since some auditors put a title above them."""

_COLUMNS = {
    "id": workpaper.ID,
    "verdict": workpaper.VERDICT,
    "reviewer": workpaper.REVIEWER,
    "date": workpaper.DATE,
    "reason": workpaper.NOTE,
    "series": workpaper.SERIES,
    "unit": workpaper.UNIT,
    "year": workpaper.YEAR,
    "project": workpaper.PROJECT,
    "check": workpaper.CHECK,
    "file": workpaper.FILE,
}
_OURS = {"series", "reviewer", "date"}
"""One of these columns distinguishes a renamed sheet of findings from that of all claims, whose verdicts are the program's."""
_BY_HEADING = {heading: name for name, pair in _COLUMNS.items() for heading in pair}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The decisions of a workbook, and messages about rows that were left out."""

    path: Path
    entries: tuple[Entry, ...]
    told: tuple[Both, ...] = ()


def reviewed(path: Path) -> Reviewed:
    """The decisions in a workbook. ConfigError if it is no workbook, has no sheet of findings, or an invalid verdict, id or date."""
    try:
        found = [(sheet, head) for sheet in sheets(safe_workbook(path)) if (head := _head(sheet))]
    except ValueError:
        raise problem("not_workbook", path=path) from None
    except PermissionError:
        raise problem("locked", path=path) from None
    if not found:
        raise problem("no_sheet", path=path)
    rows = [row for sheet, (start, columns) in found for row in _rows(path, sheet, start, columns)]
    entries = tuple(row for row in rows if isinstance(row, Entry))
    told = [row for row in rows if not isinstance(row, Entry)]
    bare = [entry.id for entry in entries if entry.verdict == "false_alarm" and not (entry.reviewer and entry.reason)]
    if bare:
        told.append(both("bare", path=path, count=len(bare), id=bare[0]))
    return Reviewed(path, entries, tuple(told))


def _head(sheet: Sheet) -> tuple[int, Mapping[str, int]] | None:
    """The index of the row of headings, and the columns by name; None if it is not a sheet of findings."""
    for place, row in enumerate(sheet.rows[:HEAD_WITHIN]):
        columns: dict[str, int] = {}
        for number, cell in enumerate(row):
            name = _BY_HEADING.get(" ".join(cell.split()).casefold()) if isinstance(cell, str) else None
            if name:
                columns.setdefault(name, number)
        if {"id", "verdict"} <= columns.keys() and (sheet.name in workpaper.FINDINGS or columns.keys() & _OURS):
            return place, columns
    return None


def _rows(path: Path, sheet: Sheet, start: int, columns: Mapping[str, int]) -> Iterator[Entry | Both]:
    """The entry of each row with a verdict; a message for a row without an id."""
    for place, row in enumerate(sheet.rows[start + 1 :], start + 1):
        where = {"path": path, "sheet": sheet.name, "row": sheet.first + place}
        cells = {name: _text(row[column]) for name, column in columns.items()}
        word, key = cells["verdict"], _id(row[columns["id"]])
        if not word or word in workpaper.VERDICT:  # a row of headings that was copied
            continue
        if not key:
            yield both("no_id", **where)
            continue
        verdict = verdict_of(word)
        if verdict is None:
            raise problem("bad_verdict", **where, value=word[:40], known=_known())
        if not ID.fullmatch(key):
            raise problem("bad_id", **where, value=key[:40])
        rest = {name: text for name, text in cells.items() if name not in ("id", "verdict", "date", "file")}
        if rest.get("unit") in workpaper.NO_UNIT:
            rest["unit"] = None
        name = cells.get("file")
        yield Entry(id=key, verdict=verdict, date=_day(row, columns, where), file=name and PurePath(name).name, **rest)


def _known() -> Both:
    return "、".join(pair[0] for pair in workpaper.VERDICTS.values()), ", ".join(pair[1] for pair in workpaper.VERDICTS.values())


def _day(row: Sequence[Any], columns: Mapping[str, int], where: Mapping[str, Any]) -> str | None:
    if "date" not in columns:
        return None
    value = row[columns["date"]]
    try:
        return day_of(value)
    except ValueError:
        raise problem("bad_date", **where, value=str(value)[:40]) from None


def _id(value: object) -> str | None:
    """The id, corrected where a spreadsheet turned it into a number or somebody wrote it in capitals.

    >>> _id(12345678901.0), _id(" 'AB12cd34ef56 ")
    ('012345678901', 'ab12cd34ef56')
    """
    if isinstance(value, float) and value.is_integer() and value >= 0:
        return f"{int(value):012d}"
    text = _text(value)
    return text.lstrip("'").lower() if text else None


def _text(value: object) -> str | None:
    """A cell as text: 2019.0 as 2019; None for an empty one."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() or None
