"""Tables without upright rules: cells told by the ends of level rules, or by white columns between the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractor.model.document import Box
from extractor.model.printed import Line, RuledCell, RuledTable

NEAR = 2.5
"""Ends and heights of rules nearer than this, in points, are one."""
WIDE_GAP = 0.85
"""White of so many em between two words of a line parts two entries."""
FEWEST_COLUMNS = 3
FEWEST_ROWS = 4
CROSSED = 0.2
"""A white column may be crossed by so large a share of the lines: headings over several columns."""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a page that a table takes: its level rules, or none, and the lines in it."""

    top: float
    bottom: float
    rules: tuple[Box, ...]
    lines: tuple[Line, ...]


def take_unruled(lines: Sequence[Line], rules: Sequence[Box]) -> tuple[list[Line], list[RuledTable]]:
    """The lines of a page outside tables without upright rules, and those tables."""
    rest, tables = list(lines), []
    for area in (*_between_rules(lines, rules), *_between_words(lines, rules)):
        own = [line for line in area.lines if any(line is other for other in rest)]
        cells = _cells_of_segments(area) or _cells_of_words(replace(area, lines=tuple(own)))
        table = _filled(cells, own) if len(own) > 2 else None
        if table:
            tables.append(table)
            rest = [line for line in rest if not any(line is other for other in own)]
    return rest, tables


# -- where a table may be ------------------------------------------------------------------------------------------------


def _between_rules(lines: Sequence[Line], rules: Sequence[Box]) -> Iterator[Area]:
    """Level rules, at least three of them one above the other, with lines between them."""
    heights = _clustered(rule[2] for rule in rules)
    group: list[float] = []
    for height in heights:
        own = [r for r in rules if abs(r[2] - height) <= NEAR]
        above = [r for r in rules if group and abs(r[2] - group[-1]) <= NEAR]
        if group and not any(a[1] < o[3] and o[1] < a[3] for a in above for o in own):
            yield from _area(group, rules, lines)
            group = []
        group.append(height)
    yield from _area(group, rules, lines)


def _area(heights: Sequence[float], rules: Sequence[Box], lines: Sequence[Line]) -> Iterator[Area]:
    if len(heights) < FEWEST_COLUMNS:
        return
    top, bottom = heights[0], heights[-1]
    own = tuple(r for r in rules if top - NEAR <= r[2] <= bottom + NEAR)
    inside = tuple(line for line in lines if top - NEAR <= _middle(line) <= bottom + NEAR)
    if inside:
        yield Area(top, bottom, own, inside)


def _between_words(lines: Sequence[Line], rules: Sequence[Box]) -> Iterator[Area]:
    """Runs of lines that have several entries each, without any rule near."""
    run: list[Line] = []
    for line in lines:
        several = len(entries(line)) >= FEWEST_COLUMNS and not line.slanted
        if several and (not run or line.top - run[-1].bottom < 3 * (line.bottom - line.top)):
            run.append(line)
            continue
        yield from _run(run)
        run = [line] if several else []
    yield from _run(run)


def _run(run: Sequence[Line]) -> Iterator[Area]:
    if len(run) >= FEWEST_ROWS:
        yield Area(run[0].top, run[-1].bottom, (), tuple(run))


# -- cells ---------------------------------------------------------------------------------------------------------------


def _cells_of_segments(area: Area) -> list[Box]:
    """Where every cell has its own rule below it, the rules tell the cells: its width, and up to the next rule above."""
    columns = _clustered(x for rule in area.rules for x in (rule[1], rule[3]))
    if len(columns) <= FEWEST_COLUMNS or not area.rules:
        return []
    page = area.rules[0][0]
    cells = []
    for _, x0, y, x1, _ in _distinct(area.rules):
        above = [r[2] for r in area.rules if r[2] < y - NEAR and min(r[3], x1) - max(r[1], x0) > 2 * NEAR]
        if above and x1 - x0 > NEAR:
            cells.append((page, x0, max(above), x1, y))
    return cells


def _distinct(rules: Iterable[Box]) -> list[Box]:
    """Rules without the second edge of thick ones."""
    kept: list[Box] = []
    for rule in sorted(rules, key=lambda r: (r[2], r[1])):
        if not any(abs(rule[2] - k[2]) <= NEAR and abs(rule[1] - k[1]) <= NEAR and abs(rule[3] - k[3]) <= NEAR for k in kept[-40:]):
            kept.append(rule)
    return kept


def _cells_of_words(area: Area) -> list[Box]:
    """Columns by the white between the words, rows by the rules or, where rules stand only at head and foot, by the lines."""
    edges = _corridors(area.lines)
    if len(edges) - 1 < FEWEST_COLUMNS:
        return []
    heights = _rows(area, edges)
    if len(heights) < FEWEST_ROWS:
        return []
    page = area.lines[0].page
    return [(page, x0, top, x1, bottom) for top, bottom in pairwise(heights) for x0, x1 in pairwise(edges)]


def _corridors(lines: Sequence[Line]) -> list[float]:
    """The middles of the white columns that nearly every line leaves free, with the outer edges."""
    spans = [[(e[0][1], e[-1][3]) for e in entries(line)] for line in lines]
    several = [own for own in spans if len(own) >= 2]
    if not several:
        return []
    left, right = min(own[0][0] for own in spans), max(own[-1][1] for own in spans)
    gaps = sorted({((a[1] + b[0]) / 2) for own in several for a, b in pairwise(own)})
    limit = CROSSED * len(spans)
    free = [x for x in gaps if sum(1 for own in spans if any(a < x < b for a, b in own)) <= limit]
    return [left - 1, *_merged(free, several), right + 1]


def _merged(free: Sequence[float], spans: Sequence[Sequence[tuple[float, float]]]) -> Iterator[float]:
    """One separator for all gaps with no word between them."""
    group: list[float] = []
    for x in free:
        if group and sum(1 for own in spans if any(group[-1] <= a and b <= x for a, b in own)) > 0:
            yield sum(group) / len(group)
            group = []
        group.append(x)
    if group:
        yield sum(group) / len(group)


def _rows(area: Area, edges: Sequence[float]) -> list[float]:
    """The heights between rows: at the rules, and above every line that begins a row of its own."""
    heights = [area.top - 1, area.bottom + 1]
    heights += [h for h in _clustered(r[2] for r in area.rules) if area.top < h < area.bottom]
    lines = sorted(area.lines, key=lambda line: line.top)
    for above, below in pairwise(lines):
        begins = below.x0 < edges[1] or len(entries(below)) >= FEWEST_COLUMNS
        ruled = any(above.bottom - NEAR <= h <= below.top + NEAR for h in heights)
        if begins and not ruled and below.top - above.bottom > -NEAR:
            heights.append((above.bottom + below.top) / 2)
    return sorted(heights)


# -- filling -------------------------------------------------------------------------------------------------------------


def _filled(cells: Sequence[Box], lines: Sequence[Line]) -> RuledTable | None:
    """The table with every character in its cell; None where most characters fall beside the cells."""
    if not cells:
        return None
    own: dict[Box, list[Line]] = {cell: [] for cell in cells}
    lost = total = 0
    for line in lines:
        parts: dict[Box | None, list[int]] = {}
        for place, (_, x0, top, x1, bottom) in enumerate(line.boxes):
            home = next((c for c in cells if c[1] <= (x0 + x1) / 2 <= c[3] and c[2] <= (top + bottom) / 2 <= c[4]), None)
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
    return replace(line, text=text, boxes=tuple(line.boxes[i] for i in kept)) if text else None


def entries(line: Line) -> list[list[Box]]:
    """The boxes of a line's entries: stretches of characters with wide white between them."""
    if line.gap <= WIDE_GAP * max(line.size, 1) and not any(map(str.isspace, line.text)):
        return [list(line.boxes)]
    found: list[list[Box]] = []
    for character, box in zip(line.text, line.boxes, strict=True):
        if character.isspace():
            continue
        if not found or box[1] - found[-1][-1][3] > WIDE_GAP * max(line.size, 1):
            found.append([])
        found[-1].append(box)
    return found


def _middle(line: Line) -> float:
    return (line.top + line.bottom) / 2


def _clustered(values: Iterable[float]) -> list[float]:
    """Values without those that lie near the one before them.

    >>> _clustered([1.0, 2.0, 9.0])
    [1.0, 9.0]
    """
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > NEAR:
            kept.append(value)
    return kept
