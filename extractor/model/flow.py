"""What a reader of a format without printed lines returns: paragraphs and tables as their author made them."""

from __future__ import annotations

from extractor.model.document import Note, Role
from extractor.model.frozen import frozen


@frozen
class Piece:
    """A paragraph as typed. `indent` is in points; `size` 0 where it is not known; `locator` says where it stands.

    `role` tells what a format itself sets aside (headers, footers, footnotes); the rest is BODY and sorted by layout.
    """

    text: str
    locator: str | None = None
    role: Role = Role.BODY
    size: float = 0.0
    bold: bool = False
    centered: bool = False
    indent: float = 0.0


@frozen
class FlowCell:
    """A table cell; `row` and `column` (from 0) are those of its top left corner."""

    row: int
    column: int
    row_span: int
    column_span: int
    pieces: tuple[Piece, ...] = ()


@frozen
class FlowTable:
    """A table with its merged cells once. A table inside a cell stands behind the one that holds it."""

    rows: int
    columns: int
    cells: tuple[FlowCell, ...]


FlowBlock = Piece | FlowTable


@frozen
class Flow:
    """Blocks in reading order. `notes` tell what was hidden, changed or left out."""

    path: str
    sha256: str
    media_type: str
    blocks: tuple[FlowBlock, ...]
    notes: tuple[Note, ...] = ()
