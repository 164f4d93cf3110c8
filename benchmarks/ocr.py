"""How fast scans are read, and how many of their numbers are right.

    python -m benchmarks.ocr [--only form-] [--dots 150 200] [--askew 70] [--noise 60] [--quality 70]

The reports of `corpus/` are printed as pictures (askew, with noise, as JPEG) and recognised. Right are the numbers that stand
in the text of the report and, in the same order, in what was recognised. Times are wall time of one process with all threads,
once its models are loaded.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from extractor.model.document import Document
from extractor.pipeline import load
from extractor.read.recognise import is_installed, make_ready, recogniser
from tests.scanning import Scanner, scanned

CORPUS = Path(__file__).parents[1] / "corpus"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*[%％]?")


@dataclass
class Row:
    """What came of some files: pages, seconds, numbers, those that are right, those that are not in the report."""

    name: str
    pages: int = 0
    seconds: float = 0.0
    numbers: int = 0
    right: int = 0
    wrong: int = 0

    def add(self, other: Row) -> None:
        self.pages += other.pages
        self.seconds += other.seconds
        self.numbers += other.numbers
        self.right += other.right
        self.wrong += other.wrong

    def __str__(self) -> str:
        share = 100 * self.right / max(1, self.numbers)
        speed = self.pages / max(self.seconds, 0.001)
        counted = f"{self.numbers:6} numbers {share:7.2f} % right {self.wrong:4} invented"
        return f"{self.name:30} {self.pages:4} pages {speed:6.2f} pages/s {counted}"


def numbers(document: Document) -> list[str]:
    """The numbers of a document, paragraph by paragraph."""
    texts = (paragraph.text for _, paragraph in sorted(document.paragraphs.items()))
    return [found.replace("％", "%") for text in texts for found in _NUMBER.findall(text)]


def measured(file: Path, scanner: Scanner, folder: Path, shows_wrong: bool) -> Row:
    told = numbers(load(file))
    scan = scanned(file, folder / f"{file.stem}.pdf", scanner)
    began = time.perf_counter()
    document = load(scan, "auto", recogniser())
    seconds = time.perf_counter() - began
    read = numbers(document)
    matcher = SequenceMatcher(None, told, read, autojunk=False)
    right = sum(block.size for block in matcher.get_matching_blocks())
    if shows_wrong:
        for kind, a, b, c, d in matcher.get_opcodes():
            if kind != "equal":
                print("   ", file.stem, kind, told[a:b], "→", read[c:d])
    return Row(file.stem, len(document.pages), seconds, len(told), right, len(read) - right)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="")
    parser.add_argument("--dots", type=int, nargs="*", default=[150, 200])
    parser.add_argument("--askew", type=int, default=70, help="hundredths of a degree")
    parser.add_argument("--noise", type=int, default=60)
    parser.add_argument("--quality", type=int, default=70)
    parser.add_argument("--every", type=int, default=1, help="only each so many-th report")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args(arguments)
    if not is_installed():
        print("needs the extra: pip install 'jixiao-extractor[ocr]'")
        return
    make_ready()
    files = [file for file in sorted(CORPUS.glob("*.pdf")) if options.only in file.name][:: options.every]
    with tempfile.TemporaryDirectory() as folder:
        for dots in options.dots:
            scanner = Scanner(dots, options.askew / 100, options.noise, options.quality)
            print(f"{dots} dots an inch, {options.askew / 100}° askew, noise {options.noise}, JPEG {options.quality}")
            for row in summed(files, scanner, Path(folder), options.verbose):
                print(row, flush=True)


def summed(files: Iterable[Path], scanner: Scanner, folder: Path, is_verbose: bool) -> list[Row]:
    """The reports and the forms, each together."""
    rows = {"reports": Row("reports"), "forms": Row("forms")}
    for file in files:
        row = measured(file, scanner, folder, is_verbose)
        rows["forms" if file.name.startswith("form-") else "reports"].add(row)
        if is_verbose:
            print(row, flush=True)
    return [row for row in rows.values() if row.pages]


if __name__ == "__main__":
    main()
