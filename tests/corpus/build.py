"""Render the corpus: readable sources in `sources/`, PDFs and labels in `corpus/`.

    python -m tests.corpus.build [NAME …] [--producer reportlab|libreoffice|chromium|weasyprint] [-o DIR] [--labels] [--held-out]

Without a producer each report goes through its own; `--held-out` makes those of `held_out/` instead. `render` is the same from Python.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from . import labels, with_html, with_reportlab, with_writer
from .sheet import Sheet, sheet
from .source import SOURCES, Source, all_sources, load

CORPUS = Path(__file__).parents[2] / "corpus"
HELD_OUT = Path(__file__).parent / "held_out"
PRODUCERS: dict[str, Callable[[Source, Sheet], bytes]] = {
    "reportlab": with_reportlab.render,
    "libreoffice": with_writer.render,
    "chromium": with_html.by_chromium,
    "weasyprint": with_html.by_weasyprint,
}


def render(
    source: Source | str,
    producer: str | None = None,
    *,
    figures: Mapping[str, str] | None = None,
    extra_paragraph: tuple[str, int] | None = None,
    width: float | None = None,
    size: float | None = None,
    margin: float | None = None,
) -> bytes:
    """A report as PDF.

    `figures` prints named figures differently, `extra_paragraph` adds (text, place) with a place of `source.places`; page
    width, font size and side margins are in points.
    """
    report = load(source) if isinstance(source, str) else source
    if figures:
        report = report.changing(figures)
    if extra_paragraph:
        report = report.with_paragraph(*extra_paragraph)
    made = sheet(report.layout, width=width, size=size, margin=margin)
    return settled(PRODUCERS[producer or report.meta["producer"]](report, made))


def settled(pdf: bytes) -> bytes:
    """The same PDF without clock times and chance: dates become a fixed day, identifiers zeros of the same length."""
    pdf = re.sub(rb"\(D:\d{14}", b"(D:20240101000000", pdf)
    pdf = re.sub(rb"(/DocChecksum /)([0-9A-F]+)", lambda m: m[1] + b"0" * len(m[2]), pdf)
    return re.sub(rb"(/ID ?\[\s*<)([0-9A-Fa-f]+)(>\s*<)([0-9A-Fa-f]+)", lambda m: m[1] + b"0" * len(m[2]) + m[3] + b"0" * len(m[4]), pdf)


def available() -> list[str]:
    """The producers that this machine has."""
    found = {"reportlab": True, "libreoffice": with_writer.writer() is not None, "chromium": with_html.chromium() is not None}
    try:
        import weasyprint  # noqa: F401

        found["weasyprint"] = True
    except (ImportError, OSError):
        pass
    return [name for name, here in found.items() if here]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--producer", choices=PRODUCERS)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--held-out", action="store_true", help="the forms of held_out/")
    parser.add_argument("--labels", action="store_true", help="write the labels of the PDFs that stand in corpus/, render nothing")
    arguments = parser.parse_args()
    home, gold = (HELD_OUT / "docs", HELD_OUT / "gold") if arguments.held_out else (CORPUS, CORPUS / "labels")
    for source in all_sources(HELD_OUT / "sources" if arguments.held_out else SOURCES):
        if arguments.names and source.name not in arguments.names:
            continue
        path = (arguments.output or home) / f"{source.name}.pdf"
        if not arguments.labels:
            path.write_bytes(render(source, arguments.producer))
        if arguments.output is None:
            labels.write(source, path, gold)
        sys.stdout.write(f"{path.name}  {path.stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    main()
