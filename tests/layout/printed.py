"""Pages made by hand for the tests of layout: every Chinese character is one em wide, every other one half an em."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.layout import arrange
from extractor.model.document import Box, Document, Page, Paragraph, Role
from extractor.model.printed import Boxes, Line, Printed, RuledCell, RuledTable, Sheet

LEFT, RIGHT, EM, WIDTH, HEIGHT = 80.0, 500.0, 14.0, 580.0, 840.0
PER_LINE = 30  # Chinese characters between the margins


def line(text: str, x0: float = LEFT, top: float = 100.0, size: float = EM, page: int = 1, bold: bool = False) -> Line:
    boxes: list[Box] = []
    for char in text:
        width = size if char >= "\u2e80" or char in "“”" else size / 2
        boxes.append((page, x0, top, x0 + width, top + size))
        x0 += width
    return Line(text, page, Boxes.of(boxes), size, bold)


def page(rows: Sequence[str], number: int = 1, top: float = 120.0, pitch: float = 25.0) -> list[Line]:
    """Rows as they look: ideographic spaces before a row are its indent, `^` centres it, `#` before it sets it large."""
    lines = []
    for place, row in enumerate(rows):
        size = 20.0 if row.startswith("#") else EM
        row = row.lstrip("#")
        text = row.lstrip("　^")
        x0 = LEFT + (len(row) - len(text)) * EM
        if row.startswith("^"):
            made = line(text, 0.0, 0.0, size)
            x0 = (LEFT + RIGHT - made.x1) / 2
        if text:
            lines.append(line(text, x0, top + place * pitch, size, number))
    return lines


def wrapped(text: str, indent: int = 2, per_line: int = PER_LINE) -> list[str]:
    """A paragraph broken where the line is full, even within a number."""
    rows, room = ["　" * indent], 2 * (per_line - indent)
    for char in text:
        width = 2 if char >= "\u2e80" or char in "“”" else 1
        if room < width:
            rows.append("")
            room = 2 * per_line
        rows[-1] += char
        room -= width
    return rows


def sheet(lines: Sequence[Line], tables: Sequence[RuledTable] = (), rules: Sequence[Box] = ()) -> Sheet:
    number = lines[0].page if lines else tables[0].box[0]
    return Sheet(Page(number, WIDTH, HEIGHT, sum(len(each.text) for each in lines)), tuple(lines), tuple(tables), tuple(rules))


def table(rows: Sequence[Sequence[str]], top: float = 300.0, number: int = 1, widths: float = 70.0) -> RuledTable:
    """A grid: `<` belongs to the cell on its left, `^` to the cell above; `/` breaks a line within a cell."""
    height, cells = 40.0, []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text in "<^" and text:
                continue
            last = column + 1
            while last < len(texts) and texts[last] == "<":
                last += 1
            below = row + 1
            while below < len(rows) and rows[below][column] == "^":
                below += 1
            x0, y0 = LEFT + column * widths, top + row * height
            inside = [line(part, x0 + 2, y0 + 2 + i * 12, 10.0, number) for i, part in enumerate(text.split("/")) if part]
            cells.append(RuledCell((number, x0, y0, LEFT + last * widths, top + below * height), tuple(inside)))
    box = (number, LEFT, top, LEFT + len(rows[0]) * widths, top + len(rows) * height)
    return RuledTable(box, tuple(cells))


def document(*sheets: Sheet) -> Document:
    return checked(arrange(Printed("made.pdf", "0" * 64, "application/pdf", sheets)))


def checked(made: Document) -> Document:
    """The document, once every paragraph's glyphs are known to match its text."""
    for paragraph in made.paragraphs.values():
        assert paragraph.glyphs is None or len(paragraph.glyphs.x0) == len(paragraph.text) == len(paragraph.glyphs.x1)
    return made


def texts(made: Document) -> list[str]:
    return [paragraph.text for paragraph in made.running_text]


def aside(made: Document, role: Role) -> list[str]:
    return [paragraph.text for paragraph in made.furniture if paragraph.role is role]


def grid(made: Document, number: int = 0) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in made.tables[number].grid]


def body(made: Document) -> list[Paragraph]:
    return list(made.running_text)
