"""Marked-up copies: highlights on the quoted words, notes, bookmarks; the original untouched."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from extractor import extract
from extractor.layout.folding import FOLDED
from extractor.model.report import Report
from extractor.present.files import is_ours
from tests.present.marked_pdf import bookmarks, highlights, marked
from tests.turning import Edges, turned

CORPUS = Path(__file__).parents[2] / "corpus"
REPORTS = sorted(path.stem for path in CORPUS.glob("*.pdf"))
LARGER: Edges = (-20, -30, 15, 7)
PART: Edges = (11, 13, -31, -17)


@cache
def read(name: str) -> Report:
    return extract(CORPUS / f"{name}.pdf")


def bare(text: str) -> str:
    return "".join(text.translate(FOLDED).split())


def marks(report: Report) -> dict[str, str]:
    """The name of every mark with the words that it must lie on: one for each passage and page."""
    expected = {}
    for finding in report.findings:
        places = [(passage, page) for passage in finding.evidence for page in sorted({box[0] for box in passage.boxes})]
        for number, (passage, page) in enumerate(places, 1):
            name = finding.id if number == 1 else f"{finding.id}-{number}"
            expected[name] = bare(passage.quote) if len({box[0] for box in passage.boxes}) == 1 else f"{passage.quote}@{page}"
    return expected


def lies_on(path: Path, report: Report) -> None:
    expected, found = marks(report), {highlight.name: bare(highlight.words) for highlight in highlights(path)}
    assert found.keys() == expected.keys()
    assert {name: words for name, words in found.items() if "@" not in expected[name] and words != expected[name]} == {}
    for passage in (passage for finding in report.findings for passage in finding.evidence):  # those over a page break
        parts = [name for name, words in expected.items() if words.rpartition("@")[0] == passage.quote]
        assert not parts or bare(passage.quote) in "".join(found[name] for name in parts)


@pytest.mark.parametrize("name", REPORTS)
def test_highlights_lie_on_the_quoted_words(tmp_path: Path, name: str) -> None:
    report, original = read(name), CORPUS / f"{name}.pdf"
    before = original.read_bytes()
    copy = marked(report, tmp_path, original)
    assert original.read_bytes() == before
    assert copy.exists() == bool(report.findings)
    if report.findings:
        lies_on(copy, report)
        assert copy.read_bytes().startswith(before)
        assert is_ours(copy)
        first, *others = bookmarks(copy)
        assert first[:2] == (0, "疑点")
        assert [level for level, *_ in others[: len(report.findings)]] == [1] * len(report.findings)
        assert others[len(report.findings) :] == bookmarks(original)


GEOMETRIES = {
    f"{way} turned by {turn}": (turn, *boxes)
    for turn in (0, 90, 180, 270)
    for way, boxes in {"whole": (None, None, None), "larger": (LARGER, None, None), "part": (LARGER, PART, 2)}.items()
}


@pytest.mark.parametrize("name", GEOMETRIES)
@pytest.mark.parametrize("source", ["agriculture-transfer-2022", "form-clinic-equipment-2023"])
def test_highlights_lie_on_the_quoted_words_of_pages_shown_otherwise(tmp_path: Path, source: str, name: str) -> None:
    original = turned(CORPUS / f"{source}.pdf", tmp_path / "a.pdf", *GEOMETRIES[name])
    report = extract(original)
    assert len(report.findings) >= 3
    lies_on(marked(report, tmp_path, original), report)
