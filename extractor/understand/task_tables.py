"""A department's tasks and its indicators in one table: the list of tasks is read like a summary table, the rest like a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.model.document import Cell, Table
from extractor.understand.cells import GridRow
from extractor.understand.forms import FormReader
from extractor.understand.table_columns import ColumnReader

FIELD_ROWS = 3
"""Rows of fields that may stand before the list of tasks."""


def parted(table: Table, forms: FormReader, heads: ColumnReader) -> tuple[Table, ...]:
    """The table itself; where a department's list of tasks stands above its indicators, the list and the form beside it.

    部门名称 | X; 年度主要任务 | 任务名称 | 预算数 | 执行数 …; 一级指标 | 二级指标 …
    """
    if not forms.opens_department(table):
        return (table,)
    end = forms.first_indicators(table)
    start = next((row for row in range(1, min(FIELD_ROWS, end)) if _lists_tasks(_rows(table, range(row, end)), heads)), None)
    if not end or start is None:
        return (table,)
    until = next((row for row in range(start + 1, end) if _is_words(table, row) or forms.are_pairs(table, row)), end)
    if forms.lists_spending(table, range(start, until)):
        return (table,)  # 项目 | 年初预算数 | 全年预算数: 基本支出, 项目支出 are no tasks
    return _rows(table, range(start, until)), _rows(table, [*range(start), *range(until, table.rows)])


def _lists_tasks(table: Table, heads: ColumnReader) -> bool:
    depth, columns = heads.columns(table, None)
    return depth > 0 and any(c.role == "name" for c in columns) and len({c.role for c in columns if c.holds_money}) > 1


def _is_words(table: Table, row: int) -> bool:
    """Is a row a label and goals told in sentences: what stands between the list and the indicators?"""
    texts = GridRow(table.grid[row]).texts
    return 1 < len(texts) < 5 and any(len(text) > 2 * len(texts[0]) and ("，" in text or "。" in text) for text in texts[1:])


def _rows(table: Table, chosen: Sequence[int]) -> Table:
    """A table of some rows of another; cells that run over rows left out keep those that are left."""
    place = {row: i for i, row in enumerate(chosen)}
    cells = []
    for cell in table.cells:
        own = [place[row] for row in range(cell.row, cell.row + cell.row_span) if row in place]
        if own:
            cells.append(_moved(cell, own[0], len(own)))
    return Table(table.index, len(chosen), table.columns, tuple(cells), table.ruled)


def _moved(cell: Cell, row: int, span: int) -> Cell:
    return cell if (cell.row, cell.row_span) == (row, span) else replace(cell, row=row, row_span=span)
