"""CSV files → titles and tables, like a sheet of a workbook without lines."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice
from pathlib import Path

from extractor.model.books import CELLS, BookCell, BookSheet
from extractor.model.document import Unreadable
from extractor.model.flow import Flow
from extractor.read.sheets import Sheet
from extractor.read.text import decode

MEDIA_TYPE = "text/csv"
DELIMITERS = (",", "\t", ";")
"""What may part the cells, the likeliest first."""
LOOKED_AT = 200
"""Rows that show which of them does."""


def read_csv(path: Path, sha256: str, data: bytes) -> Flow:
    """The rows of a CSV file. Raises Unreadable: unsupported, broken, too_large, no_text."""
    text = decode(data)
    if text is None:
        raise Unreadable("unsupported", f"{path.name}：不是可识别的文本（不是 UTF-8、UTF-16、GB18030 或 Big5）；请转换为 UTF-8")
    sheet = BookSheet(path.stem)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))):
            sheet.cells.update({(number, place): BookCell(cell.strip()) for place, cell in enumerate(row) if cell.strip()})
            if len(sheet.cells) > CELLS:
                raise Unreadable("too_large", f"{path.name}：单元格超过 {CELLS} 个，未予读取")
    except csv.Error:
        raise Unreadable("broken", f"{path.name}：CSV 文件已损坏（引号不配对或单元格过长）；请重新导出") from None
    blocks = tuple(Sheet(sheet, since_1904=False).blocks())
    if not blocks:
        raise Unreadable("no_text", f"{path.name}：文件中没有文字")
    return Flow(str(path), sha256, MEDIA_TYPE, blocks)


def _delimiter(text: str) -> str:
    """The mark that parts most rows into equally many cells.

    >>> _delimiter("项目;预算;支出\\n清淤;1,200.50;1,100.00\\n养护;80;79,5"), _delimiter("项目\\t预算\\n清淤\\t80")
    (';', '\\t')
    """
    lines = list(islice(io.StringIO(text), LOOKED_AT))

    def parted(mark: str) -> int:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark))
        return max((count for width, count in widths.items() if width > 1), default=0)

    return max(DELIMITERS, key=parted)  # the first of equals
