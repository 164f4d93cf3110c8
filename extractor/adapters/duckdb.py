"""Tables as one DuckDB database, by duckdb."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from extractor.model.tables import SCALE, Kind, Table

MEMORY = "256MB"
"""The memory limit of the library; beyond it, it writes to disk."""
BLOCK = "16384"
"""The smallest block size in bytes: every column of every table takes its own blocks, and the default is sixteen times as large."""

_TYPES = {
    Kind.INTEGER: "BIGINT",
    Kind.TEXT: "VARCHAR",
    Kind.BOOLEAN: "BOOLEAN",
    Kind.NUMBER: f"DECIMAL(38, {SCALE})",
    Kind.BOXES: "STRUCT(page INTEGER, x0 FLOAT, top FLOAT, x1 FLOAT, bottom FLOAT)[]",
}


class Database:
    """A new database with keys, foreign keys and a comment on every table and column."""

    def __init__(self, path: Path, tables: Iterable[Table], language: str) -> None:
        room = f"{path}.room"
        config: dict[str, str | bool | int | float | list[str]] = {
            "threads": 1,
            "memory_limit": MEMORY,
            "temp_directory": room,
            "default_block_size": BLOCK,
        }
        self._base = duckdb.connect(str(path), config=config)
        named = {table.name: table for table in tables}
        for table in named.values():
            with _telling():
                self._base.execute(_creation(table, named))
            for target, text in _comments(table, language):
                self._base.execute(f"COMMENT ON {target} IS '{text.replace(chr(39), chr(39) * 2)}'")

    def write(self, table: Table, rows: Any) -> None:
        """Add the rows of an Arrow table."""
        self._base.register("given", rows)
        with _telling():
            self._base.execute(f'INSERT INTO "{table.name}" SELECT * FROM given')
        self._base.unregister("given")

    def close(self) -> None:
        with _telling():
            self._base.execute("CHECKPOINT")
            self._base.close()


@contextmanager
def _telling() -> Iterator[None]:
    """A disk that takes no more raises OSError, as it does for every other file, instead of an error of the library."""
    try:
        yield
    except duckdb.Error as error:
        for code in (errno.ENOSPC, errno.EFBIG, errno.EIO):
            if os.strerror(code) in str(error):
                raise OSError(code, os.strerror(code)) from None
        raise


def _creation(table: Table, named: dict[str, Table]) -> str:
    columns = [f'"{column.name}" {_TYPES[column.kind]}{"" if column.is_nullable else " NOT NULL"}' for column in table.columns]
    keys = [f'PRIMARY KEY ("{table.key}")'] if table.has_key else []
    parents = [(column.name, named[column.refers_to]) for column in table.columns if column.refers_to]
    keys += [f'FOREIGN KEY ("{name}") REFERENCES "{parent.name}" ("{parent.key}")' for name, parent in parents]
    return f'CREATE TABLE "{table.name}" ({", ".join(columns + keys)})'


def _comments(table: Table, language: str) -> Iterable[tuple[str, str]]:
    yield f'TABLE "{table.name}"', table.en if language == "en" else table.zh
    for column in table.columns:
        yield f'COLUMN "{table.name}"."{column.name}"', column.en if language == "en" else column.zh
