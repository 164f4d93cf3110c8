"""Where the cells of a document's tables stand: the row of a figure, the words that label it, the column above it."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.check.registry import Case
from extractor.lexicon.labels import without
from extractor.model.document import Cell, Span, Table
from extractor.model.facts import Form

HEADER_REACH = 200
"""Rows above a cell that are searched for its header; a form is shorter."""


def flat(cell: Cell | None) -> str:
    """A cell's words without white space."""
    return cell.flat if cell is not None else ""


def places_of(case: Case) -> Places:
    """The cells of a case's document by their paragraphs, made once a run."""
    if "places" not in case.memo:
        case.memo["places"] = Places(case)
    found: Places = case.memo["places"]
    return found


class Places:
    """The cells of a document by the paragraphs that they hold."""

    def __init__(self, case: Case) -> None:
        tables = case.facts.document.tables
        self._found = {p.index: (table, cell) for table in tables for cell in table.cells for p in cell.paragraphs}
        self._bare = without(case.lexicon, "forms.header_noise")
        columns = case.lexicon.groups("indicator_column"), case.lexicon.groups("fund_column")
        self._reasons = frozenset(word for groups in columns for word in groups["reason"])
        self._endings = tuple(word for word in self._reasons if len(word) > 2)
        self._figures = frozenset(word for groups in columns for role in ("weight", "executed", "actual") for word in groups.get(role, ()))
        self._heads: dict[tuple[int, int], tuple[int | None, bool]] = {}

    def at(self, span: Span) -> tuple[Table, Cell] | None:
        return self._found.get(span.paragraph)

    def row(self, span: Span) -> list[Cell]:
        """The cells of the row that a span stands in, from left to right, each once."""
        place = self.at(span)
        return _distinct(place[0].grid[place[1].row]) if place else []

    def label(self, span: Span) -> tuple[Span, ...]:
        """The words left of a figure that name its row: 合计, 年度资金总额."""
        place = self.at(span)
        if place is None:
            return ()
        left = [cell for cell in self.row(span) if cell.column < place[1].column]
        named = next((cell for cell in reversed(left) if _is_words(flat(cell))), None)
        return (named.span,) if named is not None else ()

    def below(self, span: Span) -> list[Cell]:
        """The cells under a cell's own rows that are blank in its first column: rows that a lost merge, or a page break, cut off."""
        place = self.at(span)
        if place is None:
            return []
        table, cell = place
        headers = {tuple(map(flat, table.grid[row])) for row in range(cell.row)}
        found: list[Cell] = []
        for row in range(cell.row + cell.row_span, table.rows):
            if tuple(map(flat, table.grid[row])) in headers:
                continue  # the header again, on the next page
            if flat(table.grid[row][cell.column]):
                break
            found += [c for c in table.grid[row] if c is not None]
        return found

    def beside(self, span: Span) -> list[Cell]:
        """The cells of every row that a merged cell covers."""
        place = self.at(span)
        if place is None:
            return []
        table, cell = place
        rows = range(cell.row, min(cell.row + cell.row_span, table.rows))
        return [c for row in rows for c in _distinct(table.grid[row])]

    def reason_cell(self, span: Span) -> Cell | None:
        """The cell of a figure's row under a header for reasons; None where the form has no such column."""
        place = self.at(span)
        if place is None:
            return None
        table, cell = place
        for row in range(cell.row, max(-1, cell.row - HEADER_REACH), -1):
            column, heads_figures = self._heads_in(table, row)
            if column is not None:
                return table.grid[cell.row][column]
            # A header of figures above the row closes its block, whether it has a column for reasons or not.
            if heads_figures:
                return None
        return None

    def _heads_in(self, table: Table, row: int) -> tuple[int | None, bool]:
        """The column that a row heads as that of reasons, if there is one, and whether it heads figures; looked at once a run."""
        place = table.index, row
        if place not in self._heads:
            told = [(cell.column, *self._told(cell)) for cell in _distinct(table.grid[row])]
            reasons = next((column for column, is_of_reasons, _ in told if is_of_reasons), None)
            self._heads[place] = reasons, any(is_of_figures for *_, is_of_figures in told)
        return self._heads[place]

    def _told(self, head: Cell) -> tuple[bool, bool]:
        """Does a cell head the reasons, and does it head figures?"""
        bare = self._bare(flat(head))
        return bare in self._reasons or (len(bare) < 20 and bare.endswith(self._endings)), bare in self._figures

    def of_form(self, form: Form) -> Iterator[Table]:
        """The tables that a form was read from."""
        seen: set[int] = set()
        for span in form.spans:
            place = self.at(span)
            if place and place[0].index not in seen:
                seen.add(place[0].index)
                yield place[0]


def _distinct(cells: tuple[Cell | None, ...]) -> list[Cell]:
    found: list[Cell] = []
    for cell in cells:
        if cell is not None and cell.paragraphs and all(cell is not own for own in found):
            found.append(cell)
    return found


def _is_words(text: str) -> bool:
    """Words, not a figure with its unit.

    >>> _is_words("年度资金总额："), _is_words("30万元"), _is_words("")
    (True, False, False)
    """
    return any("\u4e00" <= c <= "\u9fff" for c in text) and not text[:1].isdigit()
