"""Paragraphs and tables as typed → a document: contents lists are set aside, and paragraphs of one printed line each are joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extractor.layout.columns import columns_of
from extractor.layout.cues import group, says
from extractor.layout.draft import Numbering
from extractor.layout.folding import fold, is_ideograph
from extractor.layout.frame import TERMINAL
from extractor.layout.furniture import Sorted, contents_of
from extractor.layout.margins import Frames, frames_of
from extractor.layout.paragraphs import paragraphs_of
from extractor.model.document import Block, Cell, Document, Page, Paragraph, Role, Table
from extractor.model.flow import Flow, FlowTable, Piece
from extractor.model.grid import EM, grid_line
from extractor.model.printed import Line

_FEW, _FEW_CUT = 12, 4
"""A file has one paragraph per printed line only if it has so many lines, and so many of them cut at the margin."""
_FULL = 0.8
"""A line of at least this share of the full width was broken because it was full."""
_NARROWEST, _WIDEST = 16 * EM, 60 * EM
"""Printed lines are at least and at most so wide."""
_RAGGED = 2.1 * EM
"""A line broken before a number or a word falls short of the margin by at most this."""


@dataclass(frozen=True)
class Placed:
    """A piece with its line on the grid."""

    piece: Piece
    line: Line


def laid_out(flow: Flow) -> Document:
    """The document of a flow; every paragraph keeps the place that its reader gave it."""
    items = [item for block in flow.blocks for item in ([block] if isinstance(block, FlowTable) else list(_placed(block)))]
    texts = [item for item in items if isinstance(item, Placed)]
    body = [item for item in texts if item.piece.role is Role.BODY]
    aside = {id(line): Role.CONTENTS for line in contents_of([item.line for item in body])}
    aside.update({id(line): Role.PAGE_NUMBER for line in _page_numbers([item.line for item in body])} if _is_printed(body) else {})
    aside.update({id(item.line): item.piece.role for item in texts if item.piece.role not in (Role.BODY, Role.FOOTNOTE)})
    kept = [item for item in items if isinstance(item, FlowTable) or id(item.line) not in aside]
    numbering = Numbering(on_paper=False, paged=False, bold_is_usual=_is_plain(body))
    frames = _frames([item.line for item in kept if isinstance(item, Placed)]) if _is_printed(body) else None
    blocks = tuple(_blocks(kept, frames, numbering))
    furniture = tuple(_paragraph([item], numbering, aside[id(item.line)]) for item in texts if id(item.line) in aside)
    return Document(flow.path, flow.sha256, flow.media_type, blocks, furniture, (), flow.notes)


def _placed(piece: Piece) -> Iterator[Placed]:
    """The lines of a piece; a line break within it is the author's."""
    left = piece.indent * EM / piece.size if piece.size else piece.indent
    for row in piece.text.splitlines():
        line = grid_line(row, 1, 0, piece.locator, left)
        if line:
            folded = fold([line])
            yield from (Placed(piece, each) for each in folded)


def _is_plain(items: Sequence[Placed]) -> bool:
    bold = sum(len(item.line.text) for item in items if item.piece.bold)
    return bold * 2 > sum(len(item.line.text) for item in items)


def _is_printed(items: Sequence[Placed]) -> bool:
    """Does each paragraph hold one printed line, as in files converted line by line?

    Then most lines are nearly as wide as the widest, and many of these end in the middle of a sentence.
    """
    if len(items) < _FEW:
        return False
    widths = sorted(item.line.x1 for item in items)
    measure = widths[int(len(widths) * 0.95)]
    full = [item.line for item in items if item.line.x1 >= _FULL * measure]
    cut = [line for line in full if line.text[-1] not in TERMINAL]
    at_margin = sum(line.x1 >= measure - _RAGGED for line in cut)
    if measure < _NARROWEST or widths[-1] > min(_WIDEST, 1.25 * measure) or at_margin < _FEW_CUT:
        return False
    return len(full) * 5 >= len(items) and len(cut) * 2 > len(full)


def _page_numbers(lines: Sequence[Line]) -> list[Line]:
    """Page numbers that became paragraphs in a conversion: they count up, with other lines between them.

    The first may be any number, because covers have none.
    """
    counted: list[tuple[int, int, Line]] = []
    for place, line in enumerate(lines):
        number = group("page_number", line.text, "number") if says("page_number", line.text) else None
        if number is None or (counted and (int(number) != counted[-1][1] + 1 or place == counted[-1][0] + 1)):
            continue
        counted.append((place, int(number), line))
    return [line for *_, line in counted] if len(counted) > 1 else []


def _frames(lines: Sequence[Line]) -> Frames:
    """The frame of all lines, placed one below the other on a page without end."""
    sheet = Sorted(Page(1, max(line.x1 for line in lines), EM * len(lines)), list(lines))
    return frames_of([sheet], columns_of([sheet.lines]), on_paper=False)


def _blocks(items: Sequence[Placed | FlowTable], frames: Frames | None, numbering: Numbering) -> Iterator[Block]:
    for is_table, run in groupby(items, key=lambda item: isinstance(item, FlowTable)):
        members = list(run)
        if is_table:
            yield from (_table(item, numbering) for item in members if isinstance(item, FlowTable))
        else:
            yield from _prose([item for item in members if isinstance(item, Placed)], frames, numbering)


def _prose(items: Sequence[Placed], frames: Frames | None, numbering: Numbering) -> Iterator[Paragraph]:
    if frames is None:
        yield from (_paragraph([item], numbering) for item in items)
        return
    frame = next(iter(frames.values()))
    own = {id(item.line): item for item in items}
    for lines, _ in paragraphs_of([(item.line, frame) for item in items]):
        yield _paragraph([own[id(line)] for line in lines], numbering)


def _paragraph(items: Sequence[Placed], numbering: Numbering, role: Role | None = None) -> Paragraph:
    piece = items[0].piece
    made = numbering.paragraph([item.line for item in items], role or piece.role)
    bold = piece.bold and not numbering.bold_is_usual
    return replace(made, size=piece.size, bold=bold, centered=piece.centered, indent=piece.indent)


def _is_upright(items: Sequence[Placed]) -> bool:
    """Does each line of a cell hold one character, so that it is a word written downwards?"""
    return len(items) > 1 and all(len(item.line.text) == 1 and is_ideograph(item.line.text) for item in items)


def _table(table: FlowTable, numbering: Numbering) -> Table:
    index = numbering.table()
    cells = []
    for cell in table.cells:
        lines = [item for piece in cell.pieces for item in _placed(piece)]
        parts = [lines] if _is_upright(lines) else [[item] for item in lines]
        paragraphs = tuple(_paragraph(part, numbering) for part in parts)
        cells.append(Cell(cell.row, cell.column, cell.row_span, cell.column_span, paragraphs))
    return Table(index, table.rows, table.columns, tuple(cells))
