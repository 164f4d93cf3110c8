"""Printed pages → a document."""

from __future__ import annotations

from extractor.model.document import Document, Glyphs, Paragraph, Printed


def arrange(printed: Printed) -> Document:
    blocks = []
    for sheet in printed.sheets:
        for line in sheet.lines:
            blocks.append(Paragraph(len(blocks), line.text, Glyphs.of(list(line.boxes))))
    return Document(printed.path, printed.sha256, printed.media_type, tuple(blocks), (), tuple(s.page for s in printed.sheets), printed.notes)
