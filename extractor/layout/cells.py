"""The lines of a table cell → its paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.layout.cues import item_kind
from extractor.layout.draft import Numbering
from extractor.layout.folding import fold
from extractor.layout.paragraphs import first_word
from extractor.model.document import Paragraph
from extractor.model.printed import Line, RuledCell

SENTENCE_END = "。；！？;"


def cell_paragraphs(pieces: Sequence[RuledCell], numbering: Numbering) -> tuple[Paragraph, ...]:
    """The paragraphs of a cell, of which a page break may have made several pieces."""
    lines = [line for piece in pieces for line in fold(piece.lines)]
    if len(lines) > 1:
        return tuple(map(numbering.paragraph, _grouped(lines)))
    return (numbering.paragraph(lines),) if lines else ()


def _grouped(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of a cell are wrapped unless one begins an item or follows a sentence that ends short of the others."""
    widest = max(line.x1 - line.x0 for line in lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _begins(groups[-1][-1], line, widest):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _begins(last: Line, line: Line, widest: float) -> bool:
    if item_kind(line.text):
        return True
    return last.text[-1] in SENTENCE_END and widest - (last.x1 - last.x0) > word_width(line) + 0.5 * line.size


def word_width(line: Line) -> float:
    """The width of the first word of a line, which could not be broken."""
    return line.boxes.width(first_word(line.text))
