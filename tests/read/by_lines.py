"""A source as a Word file with one paragraph a printed line, as programs make it from a PDF."""

from __future__ import annotations

import re

from extractor.model.grid import width
from tests.corpus.source import NOTE, Block, Source
from tests.corpus.with_word import package, paragraph, root, run, table

MANNERS = ("indented", "typed indents", "large", "narrow", "blank lines", "page numbers")
_CLOSING = "，。、；：！？）》”’〕］】」』%％"
_PAGE = 24


def render(source: Source, manner: str) -> bytes:
    size, per_line = {"large": (18, 22), "narrow": (14, 24)}.get(manner, (14, 30))
    body: list[str] = []
    printed = 0
    for block in source.filled:
        body += [table(block.grid)] if block.kind == "table" and not block.caption else []
        for text, indent in _lines(block, per_line):
            typed = "　　" if indent and manner == "typed indents" else ""
            place = f'<w:ind w:firstLine="{indent * size * 20}"/>' if indent and not typed else ""
            body.append(paragraph(run(typed + text, f'<w:sz w:val="{2 * size}"/>'), "", place))
            printed += 1
            if manner == "blank lines":
                body.append(paragraph(""))
            if manner == "page numbers" and printed % _PAGE == 0:
                body.append(paragraph(run(f"- {printed // _PAGE} -")))
        body += [table(block.grid)] if block.kind == "table" and block.caption else []
    return package({"document": root("document", f"<w:body>{''.join(body)}</w:body>")})


def _lines(block: Block, per_line: int) -> list[tuple[str, int]]:
    """The lines of a block, each with its indent in letters."""
    if block.kind in ("paragraph", "heading"):
        return [(line, 0 if place else 2) for place, line in enumerate(_wrapped(NOTE.sub("", block.text + block.run_in), per_line))]
    lines = [block.caption] if block.kind == "table" and block.caption else list(block.lines) if block.kind != "table" else []
    return [(line, 0) for line in lines]


def _wrapped(text: str, per_line: int) -> list[str]:
    """Lines of so many letters, the first two shorter; neither figures nor marks at their end are parted from what they end."""
    lines, line, room = [], "", 2 * (per_line - 2)
    for part in re.findall(r"[0-9A-Za-z.,%％]+|.", text):
        wide = sum(map(width, part))
        if line and room < wide and part not in _CLOSING:
            lines.append(line)
            line, room = "", 2 * per_line
        line, room = line + part, room - wide
    return [*lines, line] if line else lines
