"""Where a table without upright rules may be: between level rules, or among lines with several entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from extractor.layout.cues import item_kind, says
from extractor.layout.rows import FEWEST_COLUMNS, NEAR, Area, bands_of, clustered, is_full, middle
from extractor.layout.whites import stretches
from extractor.model.document import Box
from extractor.model.printed import Line

FEWEST_ROWS = 4
WIDE = 0.6
"""A line over so much of the width of the rules around it may be prose."""
_CELL_LINES = 4
"""A cell as wide as the table has so many lines at most."""
_CUT_ROW = 6
"""A row that a page begins with is so many em high at most."""
_HEAD_GAP = 0.6
"""Lines of one head stand so many em apart at most."""


def areas_of(lines: Sequence[Line], rules: Sequence[Box]) -> Iterator[Area]:
    yield from _between_rules(lines, rules)
    yield from _between_words(lines)


def _between_rules(lines: Sequence[Line], rules: Sequence[Box]) -> Iterator[Area]:
    """Level rules, at least three of them one above the other, with lines between them."""
    heights = clustered(rule[2] for rule in rules)
    if len(heights) < FEWEST_COLUMNS:
        return
    group: list[float] = []
    for height in heights:
        own = [r for r in rules if abs(r[2] - height) <= NEAR]
        above = [r for r in rules if group and abs(r[2] - group[-1]) <= NEAR]
        between = [line for line in lines if group and group[-1] < middle(line) < height]
        apart = group and not any(a[1] < o[3] and o[1] < a[3] for a in above for o in own)
        if apart or (group and (_is_prose(between, own) or _is_caption(between, above, own))):
            yield from _area(group, rules, lines)
            group = []
        group.append(height)
    yield from _area(group, rules, lines)


def _is_cut_row(lines: Sequence[Line], rule: float) -> bool:
    """Are the lines beyond the outermost rule of a page a row of the table?"""
    reach = max((abs(y - rule) for line in lines for y in (line.top, line.bottom)), default=0.0)
    return any(map(is_full, lines)) and reach < _CUT_ROW * lines[0].size


def _head_above(lines: Sequence[Line], rule: float, row: float) -> list[Line]:
    """The head of a table that has rules below its rows only: lines with several entries, no farther from the rule than rows are high."""
    head: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.bottom):
        low = min((own.top for own in head), default=rule)
        if low - line.bottom > (_HEAD_GAP * line.size if head else row) or "：" in line.text or line.slanted:
            break
        head.append(line)
    full = [place for place, line in enumerate(head) if is_full(line)]
    return head[: full[-1] + 1] if full else []


def _is_prose(lines: Sequence[Line], rules: Sequence[Box]) -> bool:
    """Do lines between two rules run on as in a text between two tables: none has several entries, and some fill the width?"""
    left = min(r[1] for r in rules)
    width = max(r[3] for r in rules) - left
    wide = [line for line in lines if line.x1 - line.x0 > WIDE * width and line.x0 - left < 3 * line.size]
    told = len(lines) > _CELL_LINES or any((item_kind(line.text) or "").startswith("chinese") for line in lines)
    return told and bool(wide) and all(len(stretches(line)) == 1 for line in lines)


def _is_caption(lines: Sequence[Line], above: Sequence[Box], below: Sequence[Box]) -> bool:
    """Do lines end with the caption of another table (收支情况表 金额单位：万元), whose columns are none of those above?"""
    left, right = min((r[1] for r in above), default=0.0), max((r[3] for r in above), default=0.0)
    inner = [[r[3] for r in own if r[3] < right - NEAR] for own in (above, below)]
    shared = any(abs(a - b) <= NEAR for a in inner[0] for b in inner[1])
    last = lines[-1] if lines else None
    is_set = last is not None and last.x0 - left > 2 * last.size
    return bool(inner[0] and inner[1]) and not shared and is_set and last is not None and says("caption_with_unit", last.text)


def _area(heights: Sequence[float], rules: Sequence[Box], lines: Sequence[Line]) -> Iterator[Area]:
    if len(heights) < FEWEST_COLUMNS:
        return
    top, bottom = heights[0], heights[-1]
    above = [line for line in lines if middle(line) < top]
    if _is_cut_row(above, top) and above[0].page > 1:
        top = min(line.top for line in above) - NEAR  # the page begins with a row whose upper rule stayed on the page before
    elif head := _head_above(above, top, heights[1] - top):
        top = min(line.top for line in head) - NEAR
    below = [line for line in lines if middle(line) > bottom]
    if _is_cut_row(below, bottom) and not any("：" in line.text for line in below):
        bottom = max(line.bottom for line in below) + NEAR  # or ends with one whose lower rule stands on the next
    own = tuple(r for r in rules if top - NEAR <= r[2] <= bottom + NEAR)
    full = max(([r for r in own if abs(r[2] - height) <= NEAR] for height in heights), key=len)
    own += tuple((r[0], r[1], y, r[3], y) for y in {top, bottom} - {heights[0], heights[-1]} for r in full)
    inside = tuple(line for line in lines if top - NEAR <= middle(line) <= bottom + NEAR)
    if inside:
        yield Area(top, bottom, own, inside)


def _between_words(lines: Sequence[Line]) -> Iterator[Area]:
    """Runs of lines that have several entries each, without any rule near; between them the rest of wrapped cells."""
    if sum(map(is_full, lines)) < FEWEST_ROWS:
        return
    run: list[Line] = []
    rest: list[Line] = []
    for line in lines:
        high = line.bottom - line.top
        if is_full(line) and not line.slanted:
            if run and line.top - max(own.bottom for own in (*run, *rest)) >= 3 * high:
                yield from _run([*run, *_beside(rest, run)])
                run, rest = [], []
            run, rest = [*run, *(rest if run else _beside(rest, [line])), line], []
        elif _may_be_rest(line, [*run, *rest] or [line]):
            rest.append(line)
        else:
            yield from _run([*run, *_beside(rest, run)])
            run, rest = [], []
    yield from _run([*run, *_beside(rest, run)])


def _may_be_rest(line: Line, above: Sequence[Line]) -> bool:
    """May a line with an entry or two be part of a wrapped cell? It is narrow, near, and neither a heading nor a caption."""
    left, right = min(own.x0 for own in above), max(own.x1 for own in above)
    is_narrow = all(b - a < WIDE * (right - left) for a, b in stretches(line)) or above[0] is line
    near = line.top - max(own.bottom for own in above) < 2 * (line.bottom - line.top)
    return near and is_narrow and not (line.slanted or "：" in line.text or (item_kind(line.text) or "").startswith("chinese"))


def _beside(rest: Sequence[Line], run: Sequence[Line]) -> list[Line]:
    """The lines that stand as high as the first or the last row."""
    ends = (*run[:1], *run[-1:])
    return [line for line in rest if any(line.top < end.bottom and end.top < line.bottom for end in ends)]


def _run(run: Sequence[Line]) -> Iterator[Area]:
    """A run as an area; without the lines between its full ones where these do not fall into rows of one full line each."""
    area = _of(run)
    if area and all(sum(map(is_full, band.lines)) == 1 for band in bands_of(area)):
        yield area
        return
    for are_full, own in groupby(run, key=is_full):
        if are_full and (area := _of(list(own))):
            yield area


def _of(run: Sequence[Line]) -> Area | None:
    if sum(map(is_full, run)) < FEWEST_ROWS:
        return None
    return Area(min(line.top for line in run), max(line.bottom for line in run), (), tuple(run))
