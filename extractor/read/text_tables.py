"""Tables in plain text: rows whose cells are parted by tabs, as they are pasted from Word or Excel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.model.grid import EM, grid_line
from extractor.model.printed import RuledCell, RuledTable

FEWEST_ROWS, FEWEST_COLUMNS = 3, 3
"""Fewer are a line of signatures, or a list with numbers and words."""
CELL = 1000 * EM
"""The width of a column; wider than any text in it, so that no line is taken for one that was wrapped."""


def tabbed_rows(rows: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The stretches of rows that are one table, as the places of the first row and behind the last.

    >>> list(tabbed_rows(["汇总表", "序号\\t项目\\t预算", "1\\t清淤\\t20", "\\t合计\\t20", "", "\\t\\t说明"]))
    [(1, 4)]
    """
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and rows[end].count("\t") >= FEWEST_COLUMNS - 1 and rows[end].strip():
            end += 1
        parted = sum("\t" in row.strip() for row in rows[start:end])
        if end - start >= FEWEST_ROWS and parted * 2 > end - start:
            yield start, end
        start = end + 1


def tabbed_table(rows: Sequence[tuple[int, str]], page: int, place: int) -> RuledTable:
    """Numbered rows as a table, `place` lines from the top of the page; a row with fewer cells ends in blank ones."""
    columns = max(row.count("\t") for _, row in rows) + 1
    cells: list[RuledCell] = []
    for offset, (number, row) in enumerate(rows):
        texts = row.split("\t")
        top = (place + offset) * EM
        for column in range(columns):
            left = column * CELL
            text = texts[column].strip() if column < len(texts) else ""
            line = grid_line(text, page, place + offset, f"第{number}行", left) if text else None
            cells.append(RuledCell((page, left, top, left + CELL, top + EM), (line,) if line else ()))
    return RuledTable((page, 0.0, place * EM, columns * CELL, (place + len(rows)) * EM), tuple(cells))
