"""The lines of a table cell → its paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.layout.cues import item_kind
from extractor.layout.draft import Numbering
from extractor.layout.folding import fold
from extractor.layout.paragraphs import first_word
from extractor.model.document import Paragraph
from extractor.model.printed import Line, RuledCell

SENTENCE_END = "。；！？;"


def cell_paragraphs(pieces: Sequence[RuledCell], numbering: Numbering) -> Iterator[Paragraph]:
    """The paragraphs of a cell, of which a page break may have made several pieces.

    Lines of a cell are wrapped unless one begins an item or follows a sentence that ends short of the others.
    """
    lines = [line for piece in pieces for line in fold(piece.lines)]
    widest = max((line.x1 - line.x0 for line in lines), default=0.0)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _begins(groups[-1][-1], line, widest):
            groups[-1].append(line)
        else:
            groups.append([line])
    for group in groups:
        yield numbering.paragraph(group)


def _begins(last: Line, line: Line, widest: float) -> bool:
    if item_kind(line.text):
        return True
    return last.text[-1] in SENTENCE_END and widest - (last.x1 - last.x0) > word_width(line) + 0.5 * line.size


def word_width(line: Line) -> float:
    """The width of the first word of a line, which could not be broken."""
    return line.boxes[first_word(line.text) - 1][3] - line.boxes[0][1]
