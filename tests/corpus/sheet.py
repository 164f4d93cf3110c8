"""How a page looks, in the same words for every producer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True)
class Sheet:
    """Sizes in points; `font` is one of song, hei, kai, serif, sans, cid."""

    width: float = 595.3
    height: float = 841.9
    top: float = 85.0
    bottom: float = 80.0
    left: float = 79.0
    right: float = 74.0
    size: float = 16.0
    leading: float = 28.0
    font: str = "song"
    heading_font: str = ""
    align_headings: bool = False
    header: str = ""
    footer: str = "- {page} -"
    bare_first_page: bool = False
    doubled_headings: bool = False
    hanging_punctuation: bool = False
    number_from: int = 1

    @property
    def heading_family(self) -> str:
        return self.heading_font or self.font

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right


def sheet(layout: Mapping[str, Any], *, width: float | None = None, size: float | None = None, margin: float | None = None) -> Sheet:
    """The sheet that a source asks for, with page width, font size or side margins changed.

    >>> sheet({"size": 12, "leading": 20}, size=18).leading
    30.0
    """
    known = {f.name for f in fields(Sheet)}
    if unknown := set(layout) - known:
        raise KeyError(f"unknown layout: {', '.join(sorted(unknown))}")
    made = Sheet(**layout)
    if size:
        made = replace(made, size=size, leading=made.leading * size / made.size)
    if width:
        made = replace(made, width=width)
    if margin:
        made = replace(made, left=margin, right=margin)
    return made


def title_size(made: Sheet) -> float:
    return round(made.size * 1.3)


def dots(made: Sheet, text: str, page: str, size: float) -> str:
    """Leader dots that fill a contents line of full-width characters."""
    room = made.text_width - sum(size if ord(c) > 0x2000 else size / 2 for c in text + page)
    return "." * max(3, int(room / (size * 0.36)) - 4)
