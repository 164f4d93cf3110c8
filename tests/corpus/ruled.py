"""A table for reportlab that a page may break at any row, merged cells or not, and inside a row where the source allows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlab.lib import colors
from reportlab.platypus import Flowable, Paragraph, Table

from .grid import Box, Grid

PADDING = 3.0
LEAST = 30.0
"""The room, in points, that a row cut by the page break has at least on the first page."""


@dataclass(frozen=True)
class Piece:
    """A cell, or the part of one that stands on a page."""

    box: Box
    content: Flowable | None


class Ruled(Table):  # type: ignore[misc]
    """The rows of a grid as far as they stand on one page; what does not fit goes on under the repeated head rows."""

    def __init__(self, pieces: Sequence[Piece], grid: Grid, widths: Sequence[float], heights: Sequence[float] | None = None) -> None:
        self.pieces, self.of, self.wide = list(pieces), grid, list(widths)
        rows = max(piece.box.row + piece.box.rows for piece in pieces)
        cells: list[list[Any]] = [[""] * grid.columns for _ in range(rows)]
        style: list[Any] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *_rules(pieces, grid)]
        style += [(f"{side}PADDING", (0, 0), (-1, -1), PADDING) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
        for box, content in ((piece.box, piece.content) for piece in pieces):
            cells[box.row][box.column] = content or ""
            if box.rows * box.columns > 1:
                style.append(("SPAN", (box.column, box.row), (box.column + box.columns - 1, box.row + box.rows - 1)))
        super().__init__(cells, list(widths), heights and list(heights), style=style)

    def split(self, width: float, height: float) -> list[Flowable]:
        self.wrap(width, height)
        fitting, used = 0, 0.0
        for own in self._rowHeights:
            if used + own > height:
                break
            fitting, used = fitting + 1, used + own
        if fitting <= self.of.repeat:
            return []
        room = height - used
        cut = "split" in self.of.options and room > LEAST
        above, below = self._parts(fitting, room if cut else 0.0)
        heights = [*self._rowHeights[:fitting], *([room] if cut else [])]  # what stands above the break stays as high as it was
        return [Ruled(above, self.of, self.wide, heights), Ruled(self._under_head(below, fitting), self.of, self.wide)]

    def _parts(self, row: int, room: float) -> tuple[list[Piece], list[Piece]]:
        """The pieces above and below the page break before `row`, or inside it where there is room."""
        last = row + 1 if room else row
        above, below = [], []
        for piece in self.pieces:
            box, end = piece.box, piece.box.row + piece.box.rows
            if end <= row or (end <= last and room and box.row == row and piece.content is None):
                above.append(piece)
            elif box.row >= last:
                below.append(piece)
            elif room and box.row == row and box.rows == 1:
                first, rest = self._cut(piece, room)
                above.append(replace(piece, content=first))
                below.append(replace(piece, content=rest))
            else:
                first, rest = self._divided(piece, sum(self._rowHeights[box.row : row]) + room)
                above.append(Piece(replace(box, rows=last - box.row), first))
                below.append(Piece(replace(box, row=row, rows=end - row), rest))
        return above, below

    def _divided(self, piece: Piece, room: float) -> tuple[Flowable | None, Flowable | None]:
        """The text of a cell over several rows: as much of it as fits above the page break, and the rest."""
        if piece.content is None:
            return None, None
        width = sum(self.wide[piece.box.column : piece.box.column + piece.box.columns]) - 2 * PADDING
        if piece.content.wrap(width, room)[1] <= room - 2 * PADDING:
            return piece.content, None
        return self._cut(piece, room) if piece.content.split(width, room - 2 * PADDING) else (None, piece.content)

    def _cut(self, piece: Piece, room: float) -> tuple[Flowable | None, Flowable | None]:
        if not isinstance(piece.content, Paragraph):
            return piece.content, None
        width = sum(self.wide[piece.box.column : piece.box.column + piece.box.columns]) - 2 * PADDING
        parts = piece.content.split(width, room - 2 * PADDING)
        return (parts[0], parts[1]) if len(parts) == 2 else (piece.content, None)

    def _under_head(self, below: Sequence[Piece], row: int) -> list[Piece]:
        """The rest of the rows, under the head rows that every page repeats."""
        head = [p for p in self.pieces if p.box.row < self.of.repeat]
        head = [replace(p, box=replace(p.box, rows=min(p.box.rows, self.of.repeat - p.box.row))) for p in head]
        return [*head, *(replace(p, box=replace(p.box, row=p.box.row - row + self.of.repeat)) for p in below)]


def ruled(grid: Grid, width: float, paragraph: Callable[[Box], Flowable]) -> Ruled:
    """A table as wide as the text; `paragraph` sets the text of a cell."""
    return Ruled([Piece(box, paragraph(box)) for box in grid.boxes], grid, [width * share for share in grid.widths])


def _rules(pieces: Sequence[Piece], grid: Grid) -> list[Any]:
    if grid.rules == "all":
        return [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    if grid.rules == "none":
        return []
    corners = [(p.box.column, p.box.row, p.box.column + p.box.columns - 1, p.box.row + p.box.rows - 1) for p in pieces]
    above = [("LINEABOVE", (0, 0), (-1, 0), 0.5, colors.black)]
    return above + [("LINEBELOW", (left, bottom), (right, bottom), 0.5, colors.black) for left, _, right, bottom in corners]
