"""Documents from text: a paragraph a line, a table where lines hold cells between bars.

`^` continues the cell above, `<` the cell to the left; the last cell of a short row covers the columns that are left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from extractor.model.document import Block, Cell, Document, Paragraph, Table

ABOVE, LEFT = "^", "<"


@dataclass
class Numbering:
    """Hands out the places of paragraphs and tables in reading order."""

    paragraphs: int = 0
    tables: int = 0
    blocks: list[Block] = field(default_factory=list)

    def paragraph(self, text: str) -> Paragraph:
        self.paragraphs += 1
        return Paragraph(self.paragraphs - 1, text)

    def table(self, lines: list[str]) -> Table:
        grid = [[text.strip() for text in line.split("|")] for line in lines]
        columns = max(map(len, grid))
        cells = tuple(self._cells(grid, columns))
        self.tables += 1
        return Table(self.tables - 1, len(grid), columns, cells)

    def _cells(self, grid: list[list[str]], columns: int) -> Iterator[Cell]:
        for row, texts in enumerate(grid):
            for column, text in enumerate(texts):
                if text in (ABOVE, LEFT):
                    continue
                below = 1
                while row + below < len(grid) and column < len(grid[row + below]) and grid[row + below][column] == ABOVE:
                    below += 1
                wide = 1
                while column + wide < len(texts) and texts[column + wide] == LEFT:
                    wide += 1
                if column + wide == len(texts):
                    wide = columns - column
                yield Cell(row, column, below, wide, (self.paragraph(text),) if text else ())


def document(text: str, path: str = "example.txt") -> Document:
    """A document of the lines of a text that are not blank."""
    numbering = Numbering()
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for is_table, group in groupby(lines, key=lambda line: "|" in line):
        members = list(group)
        if is_table:
            numbering.blocks.append(numbering.table(members))
        else:
            numbering.blocks += [numbering.paragraph(line) for line in members]
    return Document(path, "", "text/plain", tuple(numbering.blocks))
