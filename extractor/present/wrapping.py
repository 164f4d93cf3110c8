"""Line breaks for text of Chinese and Latin characters: amounts stay whole, no line begins with a closing mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells
from rich.text import Text

_OPENING = re.escape("（(《〈“‘「『〔［[【{")
_CLOSING = re.escape("）)》〉”’」』〕］]】}，。、；：！？,.;:!?%％‰…")
_UNIT = re.compile(rf"\s+|[{_OPENING}]*(?:[!-~]+[千百]?[万亿]?元?|[^\s{_OPENING}])?[{_CLOSING}]*")


def wrap(text: Text, width: int) -> list[Text]:
    """The text in lines of at most `width` cells, styles kept, spaces at line ends dropped.

    >>> [line.plain for line in wrap(Text("实际使用19.87万元，完成率99.67%。"), 18)]
    ['实际使用', '19.87万元，完成率', '99.67%。']
    """
    lines = []
    for part in text.split("\n", allow_blank=True):
        for line in part.divide(_breaks(part.plain, max(width, 2))):
            line.rstrip()
            lines.append(line)
    return lines


def wrapped(text: Text, width: int) -> Text:
    """The same as one text with line ends in it."""
    return Text("\n", no_wrap=True, overflow="ignore").join(wrap(text, width))


def _breaks(text: str, width: int) -> Iterator[int]:
    """Where new lines start; spaces may hang over the end of a line."""
    used = 0
    for start, unit in _units(text, width):
        size = cell_len(unit)
        if unit.isspace():
            used += size
            continue
        if used + size > width and start:
            yield start
            used = 0
        used += size


def _units(text: str, width: int) -> Iterator[tuple[int, str]]:
    """The stretches that are not divided, with their starts; one wider than a line is cut."""
    for match in _UNIT.finditer(text):
        start = match.start()
        for piece in chop_cells(match.group(), width) if match.group() else ():
            yield start, piece
            start += len(piece)
