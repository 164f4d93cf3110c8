"""The list of units that are expected to file: one per line, or the first column of a CSV file."""

from __future__ import annotations

import csv
from pathlib import Path

from extractor.config import ConfigError
from extractor.messages import both
from extractor.present.unit_names import folded

LARGEST = 4 << 20
HEADINGS = frozenset(map(folded, ("单位", "单位名称", "预算单位", "部门", "部门名称", "unit", "name")))


def units_of(path: Path) -> tuple[str, ...]:
    """The names in the order of the list, each once. ConfigError if the file cannot be read or names none.

    Blank lines, lines that begin with # and a heading such as 单位名称 are skipped.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise ConfigError(*both("units_unreadable", path=path, why=error.strerror)) from None
    lines = _decoded(data, path).splitlines()
    if path.suffix.lower() == ".csv":
        lines = _first_column(lines, path)
    names = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if names and folded(names[0]) in HEADINGS:
        del names[0]
    if not names:
        raise ConfigError(*both("units_empty", path=path))
    known: dict[str, str] = {}
    for name in names:
        known.setdefault(folded(name), name)
    return tuple(known.values())


def _first_column(lines: list[str], path: Path) -> list[str]:
    try:
        return [row[0] for row in csv.reader(lines) if row]
    except csv.Error as error:
        raise ConfigError(*both("units_unreadable", path=path, why=error)) from None


def _decoded(data: bytes, path: Path) -> str:
    if len(data) <= LARGEST and b"\x00" not in data:
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise ConfigError(*both("units_not_text", path=path, most=LARGEST >> 20))
