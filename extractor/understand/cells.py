"""What summary tables and forms read alike in their cells: text and place, printed numbers, units of money, columns of amounts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from extractor.lexicon.labels import KEPT, searched
from extractor.lexicon.packs import Lexicon
from extractor.model.document import Cell, Document, Paragraph, Span, Table
from extractor.model.facts import Measure

MULTIPLIERS = {"元": 1, "千元": 1000, "万元": 10**4, "百万元": 10**6, "亿元": 10**8}
MEASURES = {
    "budget_initial": Measure.BUDGET_INITIAL,
    "budget_adjusted": Measure.BUDGET,
    "budget": Measure.BUDGET,
    "budget_change": Measure.ADJUSTMENT,
    "arrived": Measure.ARRIVED,
    "executed": Measure.EXECUTED,
    "balance": Measure.BALANCE,
}
"""What the amounts of a column are, by the column's role."""
CAPTION_REACH = 4
"""So many blocks above a table are searched for its unit."""


def flat(cell: Cell | None) -> str:
    """A cell's text without line breaks and spaces."""
    return cell.bare if cell else ""


class GridRow(tuple["Cell | None", ...]):
    """A row of a table, a merged cell in every column that it covers.

    `distinct` are its cells with their texts, each once however many columns it covers, blank ones left out; `texts` the texts alone.
    """

    distinct: Sequence[tuple[str, Cell]]
    texts: Sequence[str]

    def __init__(self, cells: Iterable[Cell | None] = ()) -> None:
        seen = {id(cell): cell for cell in self if cell is not None}
        self.distinct = [(text, cell) for cell in seen.values() if (text := cell.bare)]
        self.texts = [text for text, _ in self.distinct]


def cell_spans(cell: Cell) -> tuple[Span, ...]:
    """The paragraphs of a cell that are not blank."""
    if len(cell.paragraphs) == 1:
        return (cell.span,) if cell.paragraphs[0].text.strip() else ()
    return tuple(Span(p.index, 0, len(p.text)) for p in cell.paragraphs if p.text.strip())


_FIGURE = re.compile(r"\D{0,2}[\d.,，]+\D{0,3}")


def joined(grid: Sequence[GridRow]) -> list[GridRow]:
    """The rows of a table in which words that repeat those above, from the left on, are the cell above: merged cells were filled out.

    Figures are each their own: the same points twice count twice.
    """
    rows: list[GridRow] = []
    for row in grid:
        above: dict[int, Cell] = {}
        for place, (cell, over) in enumerate(zip(row, rows[-1] if rows else (), strict=False)):
            if cell is over:
                continue
            if cell is None or over is None or not cell.bare or cell.bare != over.bare or cell.column_span != over.column_span:
                break
            if not _FIGURE.fullmatch(cell.bare):
                above[place] = over
        rows.append(GridRow(above.get(place, cell) for place, cell in enumerate(row)) if above else row)
    return rows


@lru_cache(maxsize=KEPT)
def decimal(number: str) -> tuple[Decimal, int]:
    """A printed number and its decimals.

    >>> decimal("1,234.50")
    (Decimal('1234.50'), 2)
    """
    bare = number.replace(",", "").replace("，", "").replace("－", "-")
    return Decimal(bare), len(bare.partition(".")[2])


class UnitFinder:
    """The unit of money that words name: 单位：万元, 预算数（元）."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.pattern = searched(lexicon, "tables.unit")

    def named(self, text: str) -> str | None:
        match = self.pattern(text)
        return (match["unit"] or match["bracketed"]) if match else None

    def above(self, document: Document, table: Table) -> str | None:
        """The unit in a table's caption, the nearest first."""
        place = document.place_of[table.index]
        captions = [b for b in document.blocks[max(0, place - CAPTION_REACH) : place] if isinstance(b, Paragraph)]
        return next((unit for p in reversed(captions) if (unit := self.named(p.text))), None)
