"""Running headers and footers, page numbers, contents lists and seals are set aside, not lost."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.layout.cues import group, says
from extractor.layout.frame import body_size
from extractor.lexicon import packs
from extractor.model.document import Box, Page, Role
from extractor.model.printed import Boxes, Line, RuledTable

ZONE = 0.12
"""The share of a page's height at its top and bottom where furniture stands."""
OUTERMOST_ZONE = 0.16
"""Where the first and the last line of a page may be furniture."""
COUNTED_ZONE = 0.25
"""Where a page number is told by its counting on."""
NARROW_ZONE = 0.075
"""Where a line that recurs on two pages only is still taken for furniture."""


@dataclass
class Sorted:
    """A page whose lines are being sorted out: `lines` shrinks to the body."""

    page: Page
    lines: list[Line]
    tables: tuple[RuledTable, ...] = ()
    rules: tuple[Box, ...] = ()


Aside = list[tuple[Role, Line]]
Edges = tuple[list[Line], list[Line]]
"""The lines in the top and in the bottom zone of a page, outermost first."""


def sort_out(sheets: Sequence[Sorted], on_paper: bool) -> Aside:
    """Takes the furniture out of the pages and returns it, in the order of the pages."""
    found: dict[int, Role] = {}
    edges = [_edges(sheet) if on_paper else _ends(sheet, len(sheets)) for sheet in sheets]
    if on_paper:
        found.update({id(line): role for role, line in _recurring(sheets, edges)})
    for sheet, (head, foot) in zip(sheets, edges, strict=True):
        found.update({id(line): Role.SEAL for line in sheet.lines if line.slanted})
        numbers = (line for line in (*head[:1], *foot[:2]) if says("page_number", line.text))
        found.update({id(line): Role.PAGE_NUMBER for line in numbers if on_paper or _is_page(line.text, sheet.page)})
    found.update({id(line): Role.PAGE_NUMBER for line in (_counted(sheets) if on_paper else ())})
    found.update({id(line): Role.CONTENTS for line in contents_of([x for s in sheets for x in s.lines if id(x) not in found])})
    aside = [(found[id(line)], line) for sheet in sheets for line in sheet.lines if id(line) in found]
    for sheet in sheets:
        sheet.lines = [line for line in sheet.lines if id(line) not in found]
    return aside


def _ends(sheet: Sorted, pages: int) -> Edges:
    """The first and the last line of a page without paper, where a page number may stand."""
    return (sheet.lines[:1], sheet.lines[-1:]) if pages > 1 else ([], [])


def _edges(sheet: Sorted) -> Edges:
    upright = sorted((line for line in sheet.lines if not line.slanted), key=lambda line: line.top)
    height = sheet.page.height
    head = [line for place, line in enumerate(upright[:3]) if line.bottom < (ZONE if place else OUTERMOST_ZONE) * height]
    foot = [line for place, line in enumerate(upright[:-4:-1]) if line.top > (1 - (ZONE if place else OUTERMOST_ZONE)) * height]
    return head, foot


def _counted(sheets: Sequence[Sorted]) -> Iterator[Line]:
    """Page numbers that stand deeper in the page: the last of all that stands on it, and counting on from page to page."""
    ends: dict[int, list[Line]] = defaultdict(list)
    for sheet in sheets:
        last = max((line for line in sheet.lines if not line.slanted), key=lambda line: line.bottom, default=None)
        below = (1 - COUNTED_ZONE) * sheet.page.height
        if not last or last.top < max([below, *(table.box[4] for table in sheet.tables)]):
            continue
        if says("page_number", last.text):
            for number in set(re.findall(r"\d+", last.text)):
                ends[int(number) - sheet.page.number].append(last)
    yield from (line for lines in ends.values() if len(lines) > 1 for line in lines)


def _is_page(text: str, page: Page) -> bool:
    number = group("page_number", text, "number")
    return number is None or int(number) == page.number


def _recurring(sheets: Sequence[Sorted], edges: Sequence[Edges]) -> Aside:
    """Lines of the head or foot that stand at the same place with the same words on other pages."""
    if len(sheets) < 2:
        return []
    places: dict[tuple[Role, str, int], list[tuple[int, Line, float]]] = defaultdict(list)
    for sheet, (head, foot) in zip(sheets, edges, strict=True):
        for role, lines in ((Role.HEADER, head), (Role.FOOTER, foot)):
            for line in lines:
                depth = line.top if role is Role.HEADER else sheet.page.height - line.bottom
                places[role, _shape(line.text), round(depth / 4)].append((sheet.page.number, line, depth / sheet.page.height))
    size = body_size([line for sheet in sheets for line in sheet.lines] or [Line(" ", 1, Boxes.of([(1, 0, 0, 0, 0)]), 12)])
    out: Aside = []
    for (role, _, _), seen in places.items():
        pages = len({number for number, _, _ in seen})
        quiet = all(line.size <= size + 0.5 and not line.bold for _, line, _ in seen)
        deep = max(depth for _, _, depth in seen)
        if deep > ZONE and any(line.size > size - 1 for _, line, _ in seen):
            continue  # so deep in the page only small letters tell a running header from the text
        if pages >= 2 and (deep < NARROW_ZONE or (pages >= 3 and quiet)) and pages * 5 >= 2 * len(sheets):
            out += [(role, line) for _, line, _ in seen]
    return out


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text.replace(" ", ""))


def contents_of(lines: Sequence[Line]) -> list[Line]:
    """The lines of a contents list: its title, and entries that end in a page number."""
    titles = set(packs.default().words("contents_titles"))
    said = {line.text for line in lines}

    def is_listed(line: Line) -> bool:
        """An entry of a list: it ends in a page number, parted from it or right behind the words of a heading."""
        heading = line.text.rstrip("0123456789 ")
        return _is_entry(line.text) or (heading != line.text and heading in said)

    out: list[Line] = []
    listing = False
    for place, line in enumerate(lines):
        if line.text.strip() in titles:
            listing = any(map(is_listed, lines[place + 1 : place + 3]))
            out += [line] if listing else []
        elif _is_dotted(line.text) or (listing and is_listed(line)):
            out.append(line)
        elif listing:
            listing = any(map(is_listed, lines[place + 1 : place + 2]))
            out += [line] if listing else []
    return out


def _is_entry(text: str) -> bool:
    return _is_dotted(text) or says("contents_entry", text)


def _is_dotted(text: str) -> bool:
    """Is a text an entry with dots that lead to its page number? Only a line that ends in a figure or a dash is looked through."""
    return (text[-1:].isdigit() or text[-1:] in "-—") and says("contents_line", text)
