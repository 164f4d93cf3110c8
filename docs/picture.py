"""Draws docs/table.svg, the picture of the table in the READMEs, from reports of the corpus. `make docs` runs it."""

from __future__ import annotations

import html
import io
import re
from decimal import Decimal
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console

from extractor import extract
from extractor.batch.tally import Tally
from extractor.present.terminal import Terminal, View

HERE = Path(__file__).parent
REPORTS = ("corpus/urban-management-2020.pdf", "corpus/district-civil-affairs-2021.pdf")
COLUMNS = 92
FONTS = '"Sarasa Mono SC", "Noto Sans Mono CJK SC", "Fira Code", Consolas, monospace'

_TEXT = re.compile(r'(<text [^>]*?textLength=")([\d.]+)("[^>]*>)([^<]*)(</text>)')


def picture() -> str:
    """The table of the reports as an SVG that asks for nothing from the network."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    tally, terminal = Tally(), Terminal(console, View())
    for report in map(extract, REPORTS):
        tally.add(report)
        terminal.add(report)
    terminal.end(tally.summary)
    svg = console.export_svg(title="extract 报告/", unique_id="table")
    svg = re.sub(r"@font-face \{.*?\}\s*|font-variant-east-asian: full-width;\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", FONTS)
    return _TEXT.sub(_stretched, svg)


def _stretched(match: re.Match[str]) -> str:
    """A text as long as its cells: the export counts Chinese characters as one cell, but they are two."""
    head, length, middle, text, tail = match.groups()
    plain = html.unescape(text)
    cell = Decimal(length) / len(plain)
    return f'{head}{cell * cell_len(plain):.1f}" lengthAdjust="spacingAndGlyphs{middle}{text}{tail}'


if __name__ == "__main__":
    (HERE / "table.svg").write_text(picture(), encoding="utf-8")
