"""Tables of a source: cells over several rows and columns, rows and columns that have names.

A line `| a | b |` is a row of cells, `<3>` at the head of a cell makes it three columns wide, `<3x2>` two rows high too,
`<x4>` only four rows high; letters after that are looks: `v` prints one character under the other, `l` sets left. `¶` breaks a line.
Lines that begin with `!` say how the table looks (`! widths 2 3 1`, `! rules horizontal`, `! repeat 2`, `! size 9`, `! split`) and what
its columns hold (`! roles l1 l2 name target actual weight score`). `*a1 | 产出指标 | …` is an indicator, `+f | 资金总额 | …` another row of
figures; they are called after row and column: `a1.target`, `f.budget`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

MARK = re.compile(r"<(\d*)(?:x(\d+))?(?: ?([a-z]+))?>\s*")
ROW = re.compile(r"(?:([*+])([\w.]+)\s*)?\|")
WORDS = ("-", "l1", "l2", "name", "operator", "unit", "reason")


@dataclass(frozen=True)
class Box:
    """A cell: its text and the rows and columns it covers."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    look: str = ""

    @property
    def lines(self) -> list[str]:
        """What is printed on lines of their own: the characters of vertical text, the parts of text broken at will."""
        return list(self.text) if "v" in self.look else self.text.split("¶")


@dataclass(frozen=True)
class Grid:
    """A table; `indicators` are the rows that the labels tell, each as (project, column role → text)."""

    boxes: tuple[Box, ...]
    rows: int
    columns: int
    options: Mapping[str, str] = field(default_factory=dict)
    indicators: tuple[tuple[int, Mapping[str, str]], ...] = ()

    @property
    def widths(self) -> list[float]:
        """The share of the width that every column takes."""
        if told := self.options.get("widths"):
            own = [float(part) for part in told.split()]
        else:
            own = [max([2.0, *(min(9, len(box.text)) for box in self.boxes if box.column == i)]) for i in range(self.columns)]
        if len(own) != self.columns:
            raise ValueError(f"{len(own)} widths for {self.columns} columns")
        return [width / sum(own) for width in own]

    @property
    def rules(self) -> str:
        """Which rules are drawn: all, horizontal or none."""
        return self.options.get("rules", "all")

    @property
    def repeat(self) -> int:
        """How many rows each page repeats."""
        return int(self.options.get("repeat", 0))

    def size(self, text_size: float) -> float:
        return float(self.options.get("size", min(10.5, text_size)))

    def row(self, number: int) -> list[Box]:
        """The cells that begin in a row."""
        return [box for box in self.boxes if box.row == number]


def grid(lines: Sequence[str]) -> Grid:
    """A table from its lines.

    >>> [(box.text, box.row, box.column) for box in grid(["| <x2> a | b |", "| c |"]).boxes]
    [('a', 0, 0), ('b', 0, 1), ('c', 1, 1)]
    """
    options: dict[str, str] = {}
    boxes: list[Box] = []
    indicators: list[tuple[int, Mapping[str, str]]] = []
    height = 0
    for line in lines:
        if line.startswith("!"):
            name, _, told = line[1:].strip().partition(" ")
            options[name] = told
            continue
        row = list(_row(line, height, boxes))
        boxes += row
        if (match := ROW.match(line)) and match[1] == "*":
            indicators.append((int(options.get("project", 0)), _by_role(boxes, height, options["roles"].split())))
        height += 1
    width = max(box.column + box.columns for box in boxes)
    whole = Grid(tuple(boxes), height, width, options, tuple(indicators))
    if sum(box.rows * box.columns for box in boxes) != height * width:
        gaps = {r: sum(b.columns for b in boxes if b.row <= r < b.row + b.rows) for r in range(height)}
        raise ValueError(f"rows that are not {width} columns wide: { {r: n for r, n in gaps.items() if n != width} } in {lines[:3]}")
    return whole


def _row(line: str, row: int, above: Sequence[Box]) -> Iterator[Box]:
    """The cells of a line, each in the first column that no cell from above covers."""
    taken = {c for box in above if box.row + box.rows > row for c in range(box.column, box.column + box.columns)}
    column = 0
    for part in ROW.sub("", line, count=1).removesuffix("|").split("|"):
        while column in taken:
            column += 1
        text, columns, rows, look = _cell(part)
        yield Box(text, row, column, rows, columns, look)
        column += columns


def _cell(part: str) -> tuple[str, int, int, str]:
    """A cell's text, columns, rows and look.

    >>> _cell(" <2x3 v> 绩效指标 ")
    ('绩效指标', 2, 3, 'v')
    """
    match = MARK.match(part.strip())
    text = part.strip()[match.end() :] if match else part.strip()
    columns, rows, look = match.groups() if match else (None, None, None)
    return text.strip(), int(columns or 1), int(rows or 1), look or ""


def _by_role(boxes: Sequence[Box], row: int, roles: Sequence[str]) -> dict[str, str]:
    """What a row holds under each role, in cells of its own and in those that reach it from above."""
    found: dict[str, str] = {}
    for place, role in enumerate(roles):
        box = next(b for b in boxes if b.row <= row < b.row + b.rows and b.column <= place < b.column + b.columns)
        found.setdefault(role, box.text.replace("¶", ""))
    return found


def name_figures(lines: Sequence[str]) -> list[str]:
    """The lines with the one number in each figure's cell of an indicator row named after the row.

    >>> name_figures(["! roles name target weight", "*a1 | 场次 | ≥12场 | 5 |"])[1]
    '*a1 | 场次 | ≥{{a1.target:12}}场 | {{a1.weight:5}} |'
    """
    named: list[str] = []
    roles: list[str] = []
    above: list[Box] = []
    height = 0
    for line in lines:
        if line.startswith("!"):
            roles = line[1:].split()[1:] if line[1:].split()[0] == "roles" else roles
            named.append(line)
            continue
        row = list(_row(line, height, above))
        match = ROW.match(line)
        named.append(_named(line, match, row, roles) if match and match[1] else line)
        above += row
        height += 1
    return named


def _named(line: str, match: re.Match[str], row: Sequence[Box], roles: Sequence[str]) -> str:
    parts = line[match.end() :].removesuffix("|").split("|")
    for place, (part, box) in enumerate(zip(parts, row, strict=True)):
        role = roles[box.column]
        mark = MARK.match(part.strip())
        body = part.strip()[mark.end() :] if mark else part.strip()
        figures = re.findall(r"\d[\d,]*(?:\.\d+)?", body)
        if role not in WORDS and "{{" not in part and len(figures) == 1 and not re.search(r"[年月日]", body):
            body = body.replace(figures[0], f"{{{{{match[2]}.{role}:{figures[0]}}}}}", 1)
        parts[place] = f" {mark[0].strip() + ' ' if mark else ''}{body} "
    return line[: match.end()] + "|".join(parts) + "|"
