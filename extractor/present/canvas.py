"""Building blocks of terminal lines: glyphs that the stream can show, columns, highlighted quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.cells import cell_len
from rich.text import Text

from extractor.present.wrapping import wrap

STYLES = {
    "error": "bold red",
    "warning": "yellow",
    "info": "cyan",
    "failed": "bold red",
    "good": "green",
    "dim": "dim",
    "mark": "bold black on yellow",
}

_GLYPHS = {
    "error": ("×", "x"),
    "warning": ("●", "!"),
    "info": ("·", "-"),
    "failed": ("■", "#"),
    "good": ("√", "v"),
    "unknown": ("?", "?"),
    "dot": ("·", "|"),
    "more": ("…", "..."),
}


@dataclass(frozen=True)
class Canvas:
    """The properties of a stream: width, colour, encoding; the language, and whether findings show their ids."""

    width: int
    has_colour: bool
    encoding: str
    language: str
    has_ids: bool = False

    def glyph(self, name: str) -> str:
        """The sign, or its ASCII stand-in where the encoding does not have it."""
        sign, plain = _GLYPHS[name]
        return sign if self._can_show(sign) else plain

    @property
    def rule(self) -> Text:
        """A line across. In GBK consoles box characters are two cells wide, so it is drawn in ASCII there."""
        sign = "─" if self.encoding.lower().replace("-", "").startswith("utf") else "-"
        return Text(sign * self.width, "dim")

    @property
    def is_wide(self) -> bool:
        """Is there room for the quotes beside the arithmetic?"""
        return self.width >= 120

    def either(self, both: tuple[str, str]) -> str:
        return both[self.language == "en"]

    def marked(self, quote: str, figures: Sequence[tuple[int, int]]) -> Text:
        """The quote with the figures in question marked: by style, or by brackets if there is no colour."""
        text = Text()
        done = 0
        for start, end in sorted(figures):
            if start < done or end > len(quote):
                continue
            text.append(quote[done:start])
            text.append(quote[start:end] if self.has_colour else f"【{quote[start:end]}】", STYLES["mark"])
            done = end
        return text.append(quote[done:])

    def _can_show(self, sign: str) -> bool:
        try:
            sign.encode(self.encoding)
        except (UnicodeEncodeError, LookupError):
            return False
        return True


def spread(left: Text, right: Text, width: int) -> list[Text]:
    """`left` wrapped, `right` at the end of its first line, or on a line of its own where a long word leaves no room."""
    room = width - right.cell_len - 2
    lines = wrap(left, room)
    if len(lines) > 1 and lines[0].cell_len < room // 2:
        return [*wrap(left, width), Text.assemble(" " * (width - right.cell_len), right)]
    gap = width - lines[0].cell_len - right.cell_len
    return [Text.assemble(lines[0], " " * gap, right), *lines[1:]]


def labelled(label: Text, body: Text, size: int, width: int) -> list[Text]:
    """`body` wrapped to the right of a label `size` cells wide."""
    lines = wrap(body, width - size)
    head = Text.assemble(label, " " * max(size - label.cell_len, 0), lines[0])
    return [head, *(Text.assemble(" " * size, line) for line in lines[1:])]


def indented(lines: Iterable[Text], by: int) -> Iterator[Text]:
    for line in lines:
        yield Text.assemble(" " * by, line)


def beside(left: Sequence[Text], right: Sequence[Text], at: int) -> Iterator[Text]:
    """Two blocks of lines side by side, the second one starting at cell `at`."""
    for one, other in zip_longest(left, right, fillvalue=None):
        first = one or Text()
        yield first if other is None else Text.assemble(first, " " * (at - first.cell_len), other)


def elided(quote: str, figures: Sequence[tuple[int, int]], limit: int, more: str) -> tuple[str, list[tuple[int, int]]]:
    """The quote cut to about `limit` characters around its figures, and where the figures stand in what is left.

    >>> elided("一二三四五六七八九十", [(8, 9)], 4, "…")
    ('…七八九十', [(3, 4)])
    """
    if len(quote) <= limit:
        return quote, list(figures)
    centre = (figures[0][0] + figures[-1][1]) // 2 if figures else 0
    start = max(0, min(centre - limit // 2, len(quote) - limit))
    end = start + limit
    head = more if start else ""
    kept = [(a - start + len(head), b - start + len(head)) for a, b in figures if start <= a and b <= end]
    return head + quote[start:end] + (more if end < len(quote) else ""), kept


def size_of(labels: Iterable[str]) -> int:
    """Cells that the longest label needs, with two of space after it.

    >>> size_of(["原文", "复算结果"])
    10
    """
    return max(map(cell_len, labels)) + 2
