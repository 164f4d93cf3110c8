"""Tables to Arrow and Parquet, by pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

import pyarrow as pa
from pyarrow import parquet

from extractor.model.tables import SCALE, Cell, Column, Kind, Table

_BOX = pa.struct([("page", pa.int32()), *((side, pa.float32()) for side in ("x0", "top", "x1", "bottom"))])
_TYPES: Mapping[Kind, Any] = {
    Kind.INTEGER: pa.int64(),
    Kind.TEXT: pa.string(),
    Kind.BOOLEAN: pa.bool_(),
    Kind.NUMBER: pa.decimal128(38, SCALE),
    Kind.BOXES: pa.list_(_BOX),
}
_SIDES = ("page", "x0", "top", "x1", "bottom")


def batch(table: Table, rows: Sequence[Sequence[Cell]]) -> Any:
    """The rows as an Arrow table."""
    columns = zip(*rows, strict=True) if rows else ([] for _ in table.columns)
    arrays = [_array(column, cells) for column, cells in zip(table.columns, columns, strict=True)]
    return pa.Table.from_arrays(arrays, schema=_schema(table))


def _array(column: Column, cells: Iterable[Cell]) -> Any:
    if column.kind is Kind.BOXES:
        cells = [[dict(zip(_SIDES, box, strict=True)) for box in boxes] for boxes in cells]  # type: ignore[attr-defined]
    return pa.array(cells, type=_TYPES[column.kind])


def _schema(table: Table) -> Any:
    return pa.schema([pa.field(column.name, _TYPES[column.kind], nullable=column.is_nullable) for column in table.columns])


class ParquetFile:
    """A Parquet file, written in groups of rows; `mark` stands between its first four bytes and its first page.

    No offset refers to that place: programs ignore the mark, and drop it when they rewrite the table.
    """

    def __init__(self, stream: IO[bytes], table: Table, mark: bytes) -> None:
        self._sink = pa.PythonFile(stream, mode="w")
        self._writer = parquet.ParquetWriter(self._sink, _schema(table), compression="zstd", store_schema=False)
        self._sink.write(mark)

    def write(self, rows: Any) -> None:
        """Add the rows of an Arrow table."""
        self._writer.write_table(rows)

    def close(self) -> None:
        self._writer.close()
        self._sink.flush()
