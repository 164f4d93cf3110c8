"""Tables without upright rules: cells told by the ends of level rules, or by white columns between the words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from operator import itemgetter

from extractor.layout.areas import FEWEST_ROWS, areas_of
from extractor.layout.rows import FEWEST_COLUMNS, NEAR, Area, bands_of, clustered, is_full, middle, rows_are_ruled
from extractor.layout.whites import columns, stretches
from extractor.model.document import Box
from extractor.model.printed import Line, RuledCell, RuledTable

HANGING = "，。、；：）》”’】」"
"""Marks that may hang over the edge of their cell."""
_STRAY = 2
"""So many times words may run into the next cell by chance."""
TOUCHING = 0.2
"""Characters nearer than so many em stand in one cell, whatever rules are drawn below them."""
_height = itemgetter(2)


def boxed_rows(table: RuledTable) -> bool:
    """Is a table of one column no table, but rows that have a box or a ground each, with several entries in them?"""
    if len(clustered({x for cell in table.cells for x in (cell.box[1], cell.box[3])})) != FEWEST_COLUMNS - 1:
        return False
    full = sum(any(map(is_full, cell.lines)) for cell in table.cells)
    return full >= FEWEST_ROWS and full * 2 >= len(table.cells)


def looks_like_a_table(rest: Sequence[Line]) -> bool:
    """Do lines that were left as text stand in columns of figures, as rows of a table would?"""
    full = [line for line in rest if len(stretches(line)) > FEWEST_COLUMNS and sum(map(str.isdigit, line.text)) * 4 > len(line.text)]
    return len(full) >= FEWEST_ROWS


def take_unruled(lines: Sequence[Line], rules: Sequence[Box]) -> tuple[list[Line], list[RuledTable]]:
    """The lines of a page outside tables without upright rules, and those tables."""
    rest, tables = list(lines), []
    for area in areas_of(lines, rules):
        own = [line for line in area.lines if any(line is other for other in rest)]
        cells = _cells_of_segments(area) or _cells_of_words(replace(area, lines=tuple(own)))
        table = _filled(cells, own) if len(own) > 2 else None
        if table:
            tables.append(replace(table, is_drawn=bool(area.rules)))
            rest = [line for line in rest if not any(line is other for other in own)]
    return rest, tables


# -- cells ---------------------------------------------------------------------------------------------------------------


def _cells_of_segments(area: Area) -> list[Box]:
    """Where every cell has its own rule below it, the rules tell the cells: its width, and up to the next rule above."""
    columns = clustered(x for rule in area.rules for x in (rule[1], rule[3]))
    if len(columns) <= FEWEST_COLUMNS or not area.rules or not rows_are_ruled(area):
        return []
    page = area.rules[0][0]
    rules = sorted(area.rules, key=_height)
    cells = []
    for _, x0, y, x1, _ in _distinct(area.rules):
        higher = reversed(rules[: bisect_left(rules, y - NEAR, key=_height)])
        above = next((r[2] for r in higher if min(r[3], x1) - max(r[1], x0) > 2 * NEAR), None)
        if above is None and y - area.top > NEAR:
            above = area.top
        if above is not None and x1 - x0 > NEAR:
            cells.append((page, x0, above, x1, y))
    cells = _spanning(cells, area.lines)
    return [] if _share_cells(cells, area.lines) else cells


def _distinct(rules: Iterable[Box]) -> list[Box]:
    """Rules without the second edge of thick ones."""
    kept: list[Box] = []
    for rule in sorted(rules, key=lambda r: (r[2], r[1])):
        if not any(abs(rule[2] - k[2]) <= NEAR and abs(rule[1] - k[1]) <= NEAR and abs(rule[3] - k[3]) <= NEAR for k in kept[-40:]):
            kept.append(rule)
    return kept


def _spanning(cells: Sequence[Box], lines: Sequence[Line]) -> list[Box]:
    """The cells, neighbours joined where words run over the place between them: rules drawn column by column.

    Where there are few such places, words may just touch the next cell's: then a character must stand over the edge.
    """
    joined = _joined(cells, lines, _runs_over)
    return joined if len(cells) - len(joined) > _STRAY else _joined(cells, lines, _stands_over)


def _joined(cells: Sequence[Box], lines: Sequence[Line], is_over: Callable[[Line, float], bool]) -> list[Box]:
    joined: list[Box] = []
    lines = sorted(lines, key=middle)
    for cell in sorted(cells, key=lambda c: (c[4], c[2], c[1])):
        last = joined[-1] if joined else None
        own = lines[bisect_left(lines, cell[2], key=middle) : bisect_right(lines, cell[4], key=middle)]
        if last and _are_beside(last, cell) and any(is_over(line, cell[1]) for line in own):
            joined[-1] = (*last[:3], cell[3], last[4])
        else:
            joined.append(cell)
    return joined


def _are_beside(left: Box, right: Box) -> bool:
    return abs(left[3] - right[1]) <= NEAR and abs(left[2] - right[2]) <= NEAR and abs(left[4] - right[4]) <= NEAR


def _runs_over(line: Line, x: float) -> bool:
    return any(a + NEAR < x < b - NEAR for a, b in stretches(line, TOUCHING))


def _stands_over(line: Line, x: float) -> bool:
    shown = zip(line.text, line.boxes, strict=True)
    return any(box[1] + 1 < x < box[3] - 1 and not (char.isspace() or char in HANGING) for char, box in shown)


def _share_cells(cells: Sequence[Box], lines: Sequence[Line]) -> bool:
    """Do many cells hold two entries of one line, so that they are no cells of the table?"""
    shared = total = 0
    for line in lines:
        height = middle(line)
        middles = [(a + b) / 2 for a, b in stretches(line)]
        for cell in (c for c in cells if c[2] <= height <= c[4]):
            held = sum(cell[1] <= x <= cell[3] for x in middles)
            total += held > 0
            shared += held > 1
    return shared * 10 > total


def _cells_of_words(area: Area) -> list[Box]:
    """Columns by the white between the words, row by row."""
    bands = list(bands_of(area))
    if len(bands) < FEWEST_ROWS or not area.lines:
        return []
    found = columns(bands)
    if sum(len(own) + 1 >= FEWEST_COLUMNS for own in found) < FEWEST_ROWS:
        return []
    left = min([r[1] for r in area.rules] + [line.x0 - 1 for line in area.lines])
    right = max([r[3] for r in area.rules] + [line.x1 + 1 for line in area.lines])
    rows = [
        [(area.lines[0].page, x0, b.top, x1, b.bottom) for x0, x1 in pairwise([left, *own, right])]
        for b, own in zip(bands, found, strict=True)
    ]
    return list(_merged_down(rows, area.rules, [word for band in bands for word in band.placed]))


def _merged_down(rows: Sequence[Sequence[Box]], rules: Sequence[Box], words: Sequence[Box]) -> Iterator[Box]:
    """The cells, one where no rule parts them from those above, though other cells of the row have one: labels over several rows."""
    open_: list[Box] = []
    for place, row in enumerate(rows):
        level = [(r[1], r[3]) for r in rules if abs(r[2] - row[0][2]) <= NEAR] if place else []
        going: list[Box] = []
        for cell in row:
            over = [o for o in open_ if level and _are_below(o, cell, words) and not _is_ruled(o, cell, level)]
            for each in over:
                open_.remove(each)
                cell = (cell[0], min(each[1], cell[1]), min(each[2], cell[2]), max(each[3], cell[3]), cell[4])
            if going and going[-1][3] > cell[1] + NEAR:  # the label above is as wide as several cells of this row
                going[-1] = (*going[-1][:2], min(going[-1][2], cell[2]), max(going[-1][3], cell[3]), cell[4])
            else:
                going.append(cell)
        yield from open_
        open_ = going
    yield from open_


def _are_below(over: Box, cell: Box, words: Sequence[Box]) -> bool:
    """Are two cells, one above the other, as wide as each other, or one blank and within the width of the other?"""
    if abs(over[1] - cell[1]) <= NEAR and abs(over[3] - cell[3]) <= NEAR:
        return True
    wide, narrow = sorted((over, cell), key=lambda box: box[1] - box[3])
    inside = wide[1] - NEAR <= narrow[1] and narrow[3] <= wide[3] + NEAR
    return inside and not any(narrow[1] <= (x0 + x1) / 2 <= narrow[3] and narrow[2] <= y0 < narrow[4] for _, x0, y0, x1, _ in words)


def _is_ruled(over: Box, cell: Box, level: Sequence[tuple[float, float]]) -> bool:
    x0, x1 = min(over[1], cell[1]), max(over[3], cell[3])
    return sum(max(0.0, min(b, x1) - max(a, x0)) for a, b in level) * 2 >= x1 - x0


# -- filling -------------------------------------------------------------------------------------------------------------


def _filled(cells: Sequence[Box], lines: Sequence[Line]) -> RuledTable | None:
    """The table with every character in its cell; None where most characters fall beside the cells."""
    if not cells:
        return None
    own: dict[Box, list[Line]] = {cell: [] for cell in cells}
    at_height: dict[float, list[Box]] = {}
    lost = total = 0
    for line in lines:
        parts: dict[Box | None, list[int]] = {}
        for place, (_, x0, top, x1, bottom) in enumerate(line.boxes):
            height = (top + bottom) / 2
            if height not in at_height:
                at_height[height] = [c for c in cells if c[2] <= height <= c[4]]
            home = next((c for c in at_height[height] if c[1] <= (x0 + x1) / 2 <= c[3]), None)
            parts.setdefault(home, []).append(place)
        total += len(line.text)
        lost += len(parts.get(None, ()))
        for cell, places in parts.items():
            piece = _piece(line, places)
            if cell is not None and piece:
                own[cell].append(piece)
    if lost * 5 > total:
        return None
    box = (cells[0][0], min(c[1] for c in cells), min(c[2] for c in cells), max(c[3] for c in cells), max(c[4] for c in cells))
    return RuledTable(box, tuple(RuledCell(cell, tuple(held)) for cell, held in own.items()))


def _piece(line: Line, places: Sequence[int]) -> Line | None:
    """The characters of a line at some places, without the blanks at both ends."""
    kept = list(places)
    while kept and line.text[kept[0]].isspace():
        kept.pop(0)
    while kept and line.text[kept[-1]].isspace():
        kept.pop()
    text = "".join(line.text[i] for i in kept)
    return replace(line, text=text, boxes=line.boxes.at(kept)) if text else None
