"""Paragraphs and tables get their index, their glyphs and their place in the document."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from extractor.layout.frame import Frame
from extractor.layout.unwrap import unwrap
from extractor.model.document import Paragraph, Role
from extractor.model.glyphs import Glyphs
from extractor.model.printed import Line


@dataclass
class Numbering:
    """Hands out the indices of paragraphs and tables in the order in which they are made."""

    on_paper: bool = True
    paged: bool = True
    bold_is_usual: bool = False
    recognised: frozenset[int] = frozenset()  # the pages that are pictures
    next_paragraph: int = 0
    next_table: int = 0

    def table(self) -> int:
        self.next_table += 1
        return self.next_table - 1

    def paragraph(self, lines: Sequence[Line], role: Role = Role.BODY, frame: Frame | None = None) -> Paragraph:
        text, glyphs = unwrap(lines)
        self.next_paragraph += 1
        first = lines[0]
        return Paragraph(
            self.next_paragraph - 1,
            text,
            glyphs if self.on_paper else _pages_alone(glyphs) if self.paged else None,
            role,
            size=first.size if len(lines) == 1 else max(lines, key=lambda line: len(line.text)).size,
            bold=first.bold and not self.bold_is_usual and all(line.bold for line in lines),
            centered=frame is not None and frame.is_centred(first),
            indent=round(max(0.0, first.x0 - frame.left), 1) if frame else 0.0,
            locator=first.locator,
            ocr=not self.recognised.isdisjoint(glyphs.pages) if self.recognised else False,
        )


def _pages_alone(glyphs: Glyphs) -> Glyphs:
    """The pages of a text that has no place on them."""
    nowhere = array("f", bytes(4 * len(glyphs.x0)))
    levels = [next(own) for _, own in groupby(((start, page, 0.0, 0.0) for start, page, *_ in glyphs.levels), key=itemgetter(1))]
    return Glyphs(nowhere, nowhere, tuple(levels))
