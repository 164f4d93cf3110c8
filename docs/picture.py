"""Draws docs/table.svg, the picture of the table in the READMEs, from one report of the corpus. `make docs` runs it."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from extractor import extract
from extractor.batch.tally import Tally
from extractor.present.terminal import Terminal, View

HERE = Path(__file__).parent
REPORT = "corpus/rural-buses-2022.pdf"
COLUMNS = 96


def main() -> None:
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    tally, terminal = Tally(), Terminal(console, View())
    report = extract(REPORT)
    tally.add(report)
    terminal.add(report)
    terminal.end(tally.summary)
    svg = console.export_svg(title=f"extract {REPORT}", unique_id="table")
    (HERE / "table.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
