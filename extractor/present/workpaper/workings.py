"""The sheet of workings: a block of figures for each recomputed one, and the formulas over them."""

from __future__ import annotations

from decimal import Decimal

from extractor.adapters.xlsxwriter import Cell, Content, Formula, Link, Style, style
from extractor.model.report import Finding
from extractor.model.workpaper import FINDINGS, ID, Both
from extractor.present.arithmetic import Input, Tree, Working, value_of
from extractor.present.shown_figures import Shown
from extractor.present.words import ROLES, say
from extractor.present.workpaper.desk import Desk
from extractor.present.workpaper.look import CELL, CENTRE, CODE, CODE_LINK, RIGHT, WRAP, decimals_of, height
from extractor.present.workpaper.texts import BASES

NAME: Both = ("复算", "Workings")
COLUMNS = (
    (ID, 13, CODE),
    (("检查", "check"), 24, WRAP),
    (("项", "figure"), 26, WRAP),
    (("数值", "value"), 18, RIGHT),
    (("单位", "in"), 9, CENTRE),
    (("页", "page"), 6, CENTRE),
    (("原文", "quoted words"), 50, WRAP),
    (("算式", "formula"), 44, WRAP),
)
VALUE = "D"
FIRST = style(top=2, top_color="#98A2B3")


class Workings:
    """Values are in base units: 元, fractions for per cent."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.name = desk.say(NAME)
        self._sheet = desk.sheet(NAME, COLUMNS)

    def add(self, finding: Finding, found: Working, row: int) -> int:
        """Adds the block of the finding in that row; returns the row where the block begins."""
        first = self._sheet.rows + 1
        for number, given in enumerate(found.inputs):
            cells = self._cells(finding, given, row, is_first=not number)
            self._sheet.add(cells, height(cells, self._sheet.columns))
        return first

    def end(self) -> None:
        self._desk.close(self._sheet)

    def sides(self, found: Working, first: int, row: int) -> list[Content]:
        """Stated, recomputed and difference, the last two as live formulas."""
        stated, expected = found.stated, found.expected
        value = value_of(found.tree, found.inputs)
        formula = written(found.tree, f"'{self.name}'!${VALUE}$", first)
        if isinstance(expected, str) or isinstance(value, str):
            same, differs = self._desk.say(("相符", "agrees")), self._desk.say(("不符", "differs"))
            told = Formula(f'=IF(EXACT(G{row},H{row}),"{same}","{differs}")', same if stated == value else differs, RIGHT)
            return [str(stated), Formula(f"={formula}", str(value), RIGHT), told]
        scale = f"/{expected.scale:f}" if expected.scale != 1 else ""
        text = f"=ROUND(({formula}){scale},{expected.cell_decimals})"
        shown = Formula(text, expected.cell, self._figure(expected.unit, expected.decimals))
        if isinstance(stated, str):
            return [stated, shown, None]
        return [Cell(stated.cell, self._figure(stated.unit, stated.decimals)), shown, self._difference(stated, expected, row)]

    def _difference(self, stated: Shown, expected: Shown, row: int) -> Formula | None:
        """Stated minus recomputed, in the unit of the recomputed one; None if the units are of different kinds."""
        if stated.kind != expected.kind and stated.kind and expected.kind:
            return None
        ratio = stated.scale / expected.scale
        decimals = max(expected.cell_decimals, decimals_of(stated.cell * ratio))
        factor = f"*{ratio:f}" if ratio != 1 else ""
        look = self._figure(expected.unit or stated.unit, decimals - (2 if expected.unit == "%" else 0), signed=True)
        return Formula(f"=ROUND(G{row}{factor}-H{row},{decimals})", stated.cell * ratio - expected.cell, look)

    def _cells(self, finding: Finding, given: Input, row: int, is_first: bool) -> list[Content]:
        quotes = "\n".join(dict.fromkeys(each.quote for each in given.evidence))
        plain: list[tuple[str | Decimal, Style]] = [
            (self._desk.titles.get(finding.check, finding.title) if is_first else "", WRAP),
            (say(ROLES, given.role, self._desk.job.language), WRAP),
            (given.value, self._value(given)),
            (given.unit, CENTRE),
            (self._desk.pages(given.evidence), CENTRE),
            (quotes, WRAP),
            (finding.formula or "" if is_first else "", WRAP),
        ]
        line = FIRST if is_first else ()
        cells: list[Content] = [Cell(value, style(look, **dict(line))) for value, look in plain]
        name = self._desk.say(FINDINGS)
        return [Link(f"internal:'{name}'!A{row}", finding.id, style(CODE_LINK, **dict(line))), *cells]

    def _value(self, given: Input) -> Style:
        if isinstance(given.value, str):
            return style(CELL, align="right", num_format="@")
        decimals = decimals_of(given.value)
        if given.unit == "%":
            return style(RIGHT, num_format=self._desk.formats.of("%", max(decimals - 2, 0)))
        return style(RIGHT, num_format=self._desk.formats.of("年" if given.unit == "年" else "", decimals))

    def _figure(self, unit: str, decimals: int, signed: bool = False) -> Style:
        return style(RIGHT, bold=signed, num_format=self._desk.formats.of(unit, decimals, signed))


def written(tree: Tree, column: str, first: int) -> str:
    """The tree as a formula over the cells from that row on.

    >>> written(Tree("/", (Tree("in", place=0), Tree("in", place=1))), "D", 7)
    '(D7/D8)'
    """
    if tree.kind == "in":
        return f"{column}{first + tree.place}"
    if tree.kind == "sum":
        return f"SUM({column}{first}:{column.rpartition('!')[2]}{first + tree.place - 1})"
    if tree.kind == "if":
        order, low, high, then = tree.parts
        return f'IF({written(low, column, first)}{order.kind}{written(high, column, first)},{written(then, column, first)},"")'
    left, right = (written(part, column, first) for part in tree.parts)
    return f"({left}{tree.kind}{right})"


def basis(relation: str | None, found: Working | None, language: str) -> str | None:
    """How figures were rounded before they were compared, and to how many decimals the recomputed one is shown."""
    if found is None:
        return None
    told = say(BASES, relation or "same", language)
    if isinstance(found.expected, str):
        return told
    places = found.expected.decimals
    return told + (f"；复算值取 {places} 位小数" if language != "en" else f"; recomputed to {places} decimals")
