"""Printed pages → a document: the order of work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.layout.columns import RIGHT, Placed, columns_of
from extractor.layout.draft import Numbering
from extractor.layout.folding import fold
from extractor.layout.footnotes import take_footnotes
from extractor.layout.frame import Frame, body_size
from extractor.layout.furniture import Sorted, sort_out
from extractor.layout.margins import Frames, frames_of
from extractor.layout.paragraphs import paragraphs_of
from extractor.layout.tables import continues, table_of
from extractor.layout.unruled import boxed_rows, looks_like_a_table, take_unruled
from extractor.model.document import Block, Document, Note, Role
from extractor.model.printed import Line, Printed, RuledTable


@dataclass(frozen=True)
class Prose:
    """The lines of one paragraph to be."""

    lines: Sequence[Line]
    frame: Frame | None
    role: Role = Role.BODY


Draft = Prose | list[RuledTable]


def arrange(printed: Printed) -> Document:
    """The document of printed pages: blocks in reading order, furniture set aside."""
    sheets = [Sorted(sheet.page, fold(sheet.lines), sheet.tables, sheet.rules) for sheet in printed.sheets]
    furniture = sort_out(sheets, printed.on_paper)
    notes = _footnotes(sheets) if printed.on_paper else {}
    if printed.on_paper:
        _take_unruled(sheets)
    placed = columns_of([sheet.lines for sheet in sheets])
    frames = frames_of(sheets, placed, printed.on_paper)
    drafts = _with_footnotes(list(_drafts(sheets, placed, frames)), notes)
    recognised = frozenset(sheet.page.number for sheet in sheets if sheet.page.recognised)
    is_plain = _is_plain([line for sheet in sheets for line in sheet.lines])
    numbering = Numbering(printed.on_paper, printed.paged, is_plain, recognised)
    blocks = tuple(_block(draft, numbering) for draft in drafts)
    aside = tuple(numbering.paragraph([line], role) for role, line in furniture)
    pages = tuple(sheet.page for sheet in printed.sheets)
    notes_told = (*printed.notes, *(unread(sheet) for sheet in sheets if printed.on_paper and looks_like_a_table(sheet.lines)))
    return Document(printed.path, printed.sha256, printed.media_type, blocks, aside, pages, notes_told)


def unread(sheet: Sorted) -> Note:
    return Note("uncertain_table", f"第 {sheet.page.number} 页似有无竖线的表格，行列不能确定，未作表格识读", sheet.page.number)


def _take_unruled(sheets: Sequence[Sorted]) -> None:
    for sheet in sheets:
        boxed = [table for table in sheet.tables if boxed_rows(table)]
        lines = [line for table in boxed for cell in table.cells for line in cell.lines]
        rules = [(box[0], box[1], y, box[3], y) for table in boxed for box in (c.box for c in table.cells) for y in (box[2], box[4])]
        own = sorted((*sheet.lines, *lines), key=lambda line: (line.top, line.x0)) if boxed else sheet.lines
        sheet.lines, found = take_unruled(own, (*sheet.rules, *rules))
        sheet.tables = (*(table for table in sheet.tables if table not in boxed), *found)


def _is_plain(lines: Sequence[Line]) -> bool:
    """Is a bold face the usual one, so that it tells nothing?"""
    bold = sum(len(line.text) for line in lines if line.bold)
    return bold * 2 > sum(len(line.text) for line in lines)


def _block(draft: Draft, numbering: Numbering) -> Block:
    if isinstance(draft, Prose):
        return numbering.paragraph(draft.lines, draft.role, draft.frame)
    return table_of(draft, numbering)


def _footnotes(sheets: Sequence[Sorted]) -> dict[int, list[list[Line]]]:
    lines = [line for sheet in sheets for line in sheet.lines]
    if not lines:
        return {}
    body = body_size(lines)
    return {sheet.page.number: take_footnotes(sheet.lines, sheet.rules, body) for sheet in sheets}


def _with_footnotes(drafts: Sequence[Draft], notes: dict[int, list[list[Line]]]) -> Iterator[Draft]:
    """The footnotes of a page after the last paragraph or table that begins on it."""
    waiting = [(page, Prose(lines, None, Role.FOOTNOTE)) for page, groups in sorted(notes.items()) for lines in groups]
    for draft in drafts:
        page = draft.lines[0].page if isinstance(draft, Prose) else draft[0].box[0]
        while waiting and waiting[0][0] < page:
            yield waiting.pop(0)[1]
        yield draft
    yield from (note for _, note in waiting)


def _drafts(sheets: Sequence[Sorted], placed: Sequence[Sequence[Placed]], frames: Frames) -> Iterator[Draft]:
    """Paragraphs, and the parts of each logical table, in reading order."""
    lines: list[Placed] = []
    parts: list[RuledTable] = []
    for item in (item for sheet, page in zip(sheets, placed, strict=True) for item in _in_order(sheet, page)):
        if not isinstance(item, RuledTable):
            if parts:
                yield parts
                parts = []
            lines.append(item)
            continue
        yield from _prose(lines, frames)
        lines = []
        if parts and not continues(parts[-1], item):
            yield parts
            parts = []
        parts.append(item)
    if parts:
        yield parts
    yield from _prose(lines, frames)


def _prose(lines: Sequence[Placed], frames: Frames) -> Iterator[Prose]:
    for group, frame in paragraphs_of([(line, frames[line.page, column]) for line, column in lines]):
        yield Prose(group, frame)


def _in_order(sheet: Sorted, page: Sequence[Placed]) -> Iterator[Placed | RuledTable]:
    """Each table before the first line that stands below its top in the same column."""
    if not sheet.tables:
        yield from page
        return
    tables = sorted(sheet.tables, key=lambda table: table.box[2])
    for line, column in page:
        later = [table for table in tables if not _precedes(table, line, column)]
        yield from (table for table in tables if table not in later)
        tables = later
        yield line, column
    yield from tables


def _precedes(table: RuledTable, line: Line, column: int) -> bool:
    _, x0, top, x1, _ = table.box
    if column == RIGHT and x1 <= line.x0:
        return True
    return top < line.top and line.x0 < x1 and x0 < line.x1
