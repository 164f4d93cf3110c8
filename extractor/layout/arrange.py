"""Printed pages → a document: the order of work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.layout.columns import columns_of
from extractor.layout.draft import Numbering
from extractor.layout.folding import fold
from extractor.layout.frame import Frame, frame_of
from extractor.layout.furniture import Sorted, sort_out
from extractor.layout.paragraphs import paragraphs_of
from extractor.layout.tables import continues, table_of
from extractor.model.document import Block, Document, Line, Paragraph, Printed, Role, RuledTable

Run = list[Line] | list[RuledTable]


def arrange(printed: Printed) -> Document:
    """The document of printed pages: blocks in reading order, furniture set aside."""
    sheets = [Sorted(sheet.page, fold(sheet.lines), sheet.tables, sheet.rules) for sheet in printed.sheets]
    furniture = sort_out(sheets, printed.on_paper)
    for sheet in sheets:
        sheet.lines = columns_of(sheet.lines)
    frame = frame_of([line for sheet in sheets for line in sheet.lines], printed.on_paper)
    numbering = Numbering(printed)
    blocks: list[Block] = []
    for run in _runs(sheets):
        if isinstance(run[0], RuledTable):
            blocks.append(table_of([part for part in run if isinstance(part, RuledTable)], numbering))
        else:
            blocks.extend(_paragraphs([line for line in run if isinstance(line, Line)], frame, numbering))
    aside = tuple(numbering.paragraph([line], role) for role, line in furniture)
    pages = tuple(sheet.page for sheet in printed.sheets)
    return Document(printed.path, printed.sha256, printed.media_type, tuple(blocks), aside, pages, printed.notes)


def _paragraphs(lines: Sequence[Line], frame: Frame, numbering: Numbering) -> Iterator[Paragraph]:
    for group in paragraphs_of(lines, frame):
        yield numbering.paragraph(group, Role.BODY, frame)


def _runs(sheets: Sequence[Sorted]) -> Iterator[Run]:
    """Stretches of lines, and the parts of each logical table, in reading order."""
    lines: list[Line] = []
    parts: list[RuledTable] = []
    for item in (item for sheet in sheets for item in _in_order(sheet)):
        if isinstance(item, Line):
            if parts:
                yield parts
                parts = []
            lines.append(item)
            continue
        if lines:
            yield lines
            lines = []
        if parts and not continues(parts[-1], item):
            yield parts
            parts = []
        parts.append(item)
    if parts:
        yield parts
    if lines:
        yield lines


def _in_order(sheet: Sorted) -> Iterator[Line | RuledTable]:
    tables = sorted(sheet.tables, key=lambda table: table.box[2])
    for line in sheet.lines:
        while tables and tables[0].box[2] < line.top:
            yield tables.pop(0)
        yield line
    yield from tables
