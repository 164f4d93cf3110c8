"""A workbook as the adapters return it: the content of its cells, and how they look."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from extractor.model.frozen import frozen

CELLS = 3_000_000
"""The most cells of a workbook."""

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: "#,##0;-#,##0",
    6: "#,##0;-#,##0",
    7: "#,##0.00;-#,##0.00",
    8: "#,##0.00;-#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"',
    42: '#,##0;-#,##0;"-"',
    43: '#,##0.00;-#,##0.00;"-"',
    44: '#,##0.00;-#,##0.00;"-"',
    45: "mm:ss",
    46: "[h]:mm:ss",
    48: "##0.0E+0",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    54: 'm"月"d"日"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""The built-in number formats, which workbooks refer to by number, as shown in China."""


WORKPAPER = (
    frozenset(("汇总", "疑点", "复算", "全部核对", "不可核及原因", "未能读取", "覆盖情况", "项目一览", "指标一览", "检查说明", "运行信息")),
    frozenset(
        (
            "Summary",
            "Findings",
            "Workings",
            "All claims",
            "Not checkable",
            "Unreadable",
            "Coverage",
            "Projects",
            "Indicators",
            "Checks",
            "Run",
        )
    ),
)
"""The sheets of the working paper that this tool writes, in Chinese and in English."""
KNOWN = 6
"""So many of them make a workbook a working paper, whatever an auditor has deleted or added."""


@frozen
class Look:
    """The look of a cell: its number format, whether lines are drawn around it, its letters."""

    number_format: str = "General"
    bordered: bool = False
    bold: bool = False
    size: float = 0.0
    centered: bool = False


PLAIN = Look()


@frozen
class BookCell:
    """A cell: text, a number, or neither where only lines are drawn around it."""

    text: str = ""
    number: Decimal | None = None
    look: Look = PLAIN


@dataclass
class BookSheet:
    """A sheet; rows and columns count from 0. `merged` are the first row and column and the last ones of each merged cell."""

    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], BookCell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    boxes: list[tuple[int, int, str]] = field(default_factory=list)
    """Paragraphs of text boxes, with the row and column of the cell under the corner of their box."""
    uncomputed: int = 0
    """The number of formulas without a saved result."""


@dataclass
class Book:
    """A workbook; `since_1904` says that its dates count from 1904 instead of 1900."""

    sheets: list[BookSheet]
    since_1904: bool = False
