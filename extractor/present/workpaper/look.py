"""How the sheets look: styles of cells, formats of numbers, the height of a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from extractor.adapters.xlsxwriter import Column, Content, style

INK, LINE, DIM = "#1F2937", "#D5DAE1", "#6B7280"
NAVY, RED, AMBER, BLUE, GREEN = "#1F3A5F", "#B42318", "#B54708", "#475467", "#067647"

BASE = style(font_name="Microsoft YaHei", font_size=9, font_color=INK, valign="top")
CELL = style(border=1, border_color=LINE, align="left", indent=1)
WRAP = style(CELL, text_wrap=True)
TEXT = style(CELL, num_format="@")
CODE = style(CELL, indent=0, font_name="Consolas", font_size=8, font_color=DIM, num_format="@")
CENTRE = style(CELL, align="center", indent=0)
LINK = style(CENTRE, font_color="#1D4ED8", underline=1)
CODE_LINK = style(CODE, font_color="#1D4ED8", underline=1)
COUNT = style(CELL, num_format="#,##0", align="right")
MONEY = style(CELL, num_format="#,##0.00", align="right")
RATE = style(CELL, num_format="0.00%", align="right")
POINTS = style(CELL, num_format="0.##", align="right")
RIGHT = style(CELL, align="right", text_wrap=True)
DATE = style(CELL, num_format="yyyy-mm-dd", align="center", indent=0, bg_color="#FFFBEB")
FORM = style(WRAP, bg_color="#FFFBEB")
FORM_CENTRE = style(FORM, align="center", indent=0, bold=True)
HEADING = style(CELL, bold=True, font_color="#FFFFFF", bg_color=NAVY, align="center", indent=0, valign="vcenter", text_wrap=True)
EMPHASIS = style(bold=True, font_color=RED)
SEVERITY = {
    "error": style(CENTRE, bold=True, font_color=RED, bg_color="#FEE4E2"),
    "warning": style(CENTRE, bold=True, font_color=AMBER, bg_color="#FEF0C7"),
    "info": style(CENTRE, font_color=BLUE, bg_color="#EAECF0"),
}
COLOURS = {"error": "#D92D20", "warning": "#F79009", "info": "#98A2B3"}

LINE_HEIGHT, MOST_LINES = 13, 12
MOST_FORMATS = 120
"""Number formats of a workbook with units in them; Excel holds some 200 in all."""

_WRAPS = ("text_wrap", True)
_SAFE_UNIT = re.compile(r"[^\W\d_]{1,6}(?:/[^\W\d_]{1,4})?")


class NumberFormats:
    """Number formats that show a figure with its unit: #,##0.00"万元"."""

    def __init__(self) -> None:
        self._known: set[str] = set()

    def of(self, unit: str, decimals: int, signed: bool = False) -> str:
        """The format of figures in a unit; without the unit if it could not stand in a format safely.

        >>> NumberFormats().of("万元", 2), NumberFormats().of('"&A1', 0)
        ('#,##0.00"万元"', '#,##0')
        """
        fraction = "." + "0" * min(decimals, 8) if decimals else ""
        if unit == "%":
            body = f"0{fraction}%"
        elif unit == "年":
            body = f'0{fraction}"年"'
        elif unit == "‰" or _SAFE_UNIT.fullmatch(unit):
            body = f'#,##0{fraction}"{unit}"'
        else:
            body = f"#,##0{fraction}"
        made = f"+{body};-{body};0" if signed else body
        if len(self._known) >= MOST_FORMATS and made not in self._known:
            return "General"
        self._known.add(made)
        return made


def decimals_of(value: Decimal) -> int:
    """How many decimals a number needs.

    >>> decimals_of(Decimal("19.870")), decimals_of(Decimal(200000))
    (2, 0)
    """
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def height(cells: Sequence[Content], columns: Sequence[Column]) -> int:
    """The height of a row that shows the longest of the cells that wrap, up to a limit."""
    wrapping = [(cell, c.width) for cell, c in zip(cells, columns, strict=True) if _WRAPS in getattr(cell, "style", c.style)]
    lines = (lines_of(cell if isinstance(cell, str) else getattr(cell, "value", None), width) for cell, width in wrapping)
    return 5 + LINE_HEIGHT * min(max(lines, default=1), MOST_LINES)


def lines_of(text: object, width: int) -> int:
    if not isinstance(text, str):
        return 1
    return sum(1 + (wide(line) - 1) // max(width - 2, 1) for line in text[:2000].split("\n") if line) or 1


def wide(text: str) -> int:
    """Columns that a text takes: two for a Chinese character.

    >>> wide("A区")
    3
    """
    return len(text.encode("gb18030", "replace"))


def joined(words: Iterable[str], language: str) -> str:
    return ("、", ", ")[language == "en"].join(words)
