"""Whatever is shown of a document stands in it: at the offsets told, and under the boxes told, as another parser sees the page."""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from extractor.check.run import run
from extractor.config import Settings
from extractor.layout import arrange
from extractor.layout.folding import FOLDED
from extractor.lexicon.packs import default
from extractor.model.document import Box, Document, Span
from extractor.model.facts import Fact, Facts, Indicator, Rate, Section, Stated, Value
from extractor.model.findings import Claim, Finding
from extractor.read import read
from extractor.understand import understand

CORPUS = Path(__file__).parents[1] / "corpus"
NAMES = sorted(path.stem for path in CORPUS.glob("*.pdf"))
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
"""A raised digit keeps its height in our text; pdfium tells the digit alone."""


@dataclass(frozen=True)
class Understood:
    facts: Facts
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]

    @property
    def document(self) -> Document:
        return self.facts.document


@cache
def understood(name: str, engine: str = "auto") -> Understood:
    facts = understand(arrange(read(CORPUS / f"{name}.pdf", engine)), default())
    outcome = run(facts, Settings().checks, default())
    return Understood(facts, outcome.claims, outcome.findings)


def within(thing: object) -> Iterator[object]:
    """A value and everything in it, but for the document itself."""
    if isinstance(thing, Document):
        return
    yield thing
    if isinstance(thing, Mapping):
        inside = list(thing.values())
    elif isinstance(thing, tuple | frozenset):
        inside = list(thing)
    elif is_dataclass(thing):
        inside = [getattr(thing, field.name) for field in fields(thing)]
    else:
        return
    for each in inside:
        yield from within(each)


def spans(seen: Understood) -> list[Span]:
    """Every place that a fact, claim or finding points to, and that of every mention."""
    told = {thing for part in (seen.facts, seen.claims, seen.findings) for thing in within(part) if isinstance(thing, Span)}
    mentioned = {Span(index, m.start, m.end) for index, mentions in seen.facts.mentions.items() for m in mentions}
    return sorted(told | mentioned, key=lambda span: (span.paragraph, span.start, span.end))


# -- the offsets -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_is_written_where_its_mention_stands(name: str) -> None:
    seen = understood(name)
    told = [(Span(index, m.start, m.end), m.quantity) for index, mentions in seen.facts.mentions.items() for m in mentions]
    assert len(told) > 40
    assert [(span, quantity) for span, quantity in told if quantity and seen.document.quote(span) != quantity.written] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_is_written_where_it_points(name: str) -> None:
    seen = understood(name)
    quote = seen.document.quote
    wrong: list[object] = []
    for thing in within(seen.facts):
        match thing:
            case Fact(spans=(first, *_)) | Rate(spans=(first, *_)):
                wrong += [thing] if quote(first) != thing.quantity.written else []
            case Stated(spans=(first, *_)) | Value(spans=(first, *_)):
                wrong += [] if is_made_of(thing.text, list(map(quote, thing.spans))) else [thing]
                wrong += [thing] if thing.quantity and bare(thing.quantity.written) not in bare(thing.text + quote(first)) else []
            case Section():
                wrong += [thing] if bare(thing.number + thing.title) not in bare(quote(thing.span)) else []
            case Indicator(spans=own):
                wrong += [] if own else [thing]
    wrong += [cited for cited in seen.facts.document_numbers if quote(cited.span) != cited.written]
    assert wrong == []


def is_made_of(text: str, quotes: list[str]) -> bool:
    """Does a text stand in what is quoted, or, put together from the cells of a row (≥, 48, 台), hold each of them?"""
    return bare(text) in bare("".join(quotes)) or all(bare(quote) in bare(text) for quote in quotes)


@pytest.mark.parametrize("name", NAMES)
def test_no_place_is_empty_or_beyond_its_paragraph(name: str) -> None:
    seen = understood(name)
    texts = {index: paragraph.text for index, paragraph in seen.document.paragraphs.items()}
    assert [span for span in spans(seen) if not 0 <= span.start < span.end <= len(texts[span.paragraph])] == []


# -- the boxes ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ink:
    """The printed characters of a page, by the height of their middles."""

    heights: list[float]
    chars: list[tuple[float, float, str]]  # y and x of the middle, counted from the top left corner; the character

    def under(self, box: Box) -> str:
        """The characters whose middles a box covers, from left to right."""
        _, x0, top, x1, bottom = box
        first, last = bisect_left(self.heights, top), bisect_left(self.heights, bottom)
        return "".join(char for x, char in sorted((x, char) for _, x, char in self.chars[first:last] if x0 <= x <= x1))


@cache
def inked(name: str, parser: str) -> list[Ink]:
    """The pages of a report as pdfium or pdfplumber sees them, each character once."""
    path = CORPUS / f"{name}.pdf"
    if parser == "pdfplumber":
        with pdfplumber.open(path) as pdf:
            return [_ink(_of_pdfplumber(page)) for page in pdf.pages]
    document = pypdfium2.PdfDocument(path)
    pages = [_ink(_of_pdfium(page)) for page in document]
    document.close()
    return pages


def _ink(chars: Iterable[tuple[float, float, str]]) -> Ink:
    kept = sorted(char for char in chars if char[2].isprintable() and not char[2].isspace())
    return Ink([y for y, _, _ in kept], kept)


def _of_pdfplumber(page: pdfplumber.page.Page) -> Iterator[tuple[float, float, str]]:
    """The characters of a page, those once that are printed twice to look bold."""
    for char in page.dedupe_chars().chars:
        yield (char["top"] + char["bottom"]) / 2, (char["x0"] + char["x1"]) / 2, char["text"]


def _of_pdfium(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, str]]:
    """The height of a character's middle is that of its ink, the place that of its advance: a font that is not in the
    file is drawn with another, whose marks stand elsewhere in the width that the file gives them."""
    text, height = page.get_textpage(), page.get_height()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    loose = pdfium.FS_RECTF()
    for place in range(text.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text, place)).replace("\x02", "-")  # so it tells a hyphen at the end of a line
        pdfium.FPDFText_GetCharBox(text, place, left, right, bottom, top)
        pdfium.FPDFText_GetLooseCharBox(text, place, loose)
        yield height - (top.value + bottom.value) / 2, (loose.left + loose.right) / 2, char


def bare(text: str) -> str:
    """A text without white space, radicals as the ideographs that they look like.

    >>> bare("⼀、 14⁺ ² 页")
    '一、14⁺2页'
    """
    return "".join(text.translate(FOLDED).translate(RAISED).split())


@pytest.mark.parametrize(("engine", "parser"), [("reference", "pdfium"), ("auto", "pdfplumber")])
@pytest.mark.parametrize("name", NAMES)
def test_another_parser_finds_the_quote_under_its_boxes(name: str, engine: str, parser: str) -> None:
    """What pdfplumber read is held against pdfium, what pdfium read against pdfplumber."""
    seen, pages = understood(name, engine), inked(name, parser)
    other = []
    for span in spans(seen):
        paragraph = seen.document.paragraphs[span.paragraph]
        assert paragraph.glyphs is not None
        boxes = paragraph.glyphs.lines(span.start, span.end)
        found = "".join(pages[box[0] - 1].under(box) for box in boxes)
        if bare(found) != bare(seen.document.quote(span)):
            other.append((seen.document.quote(span), found, boxes))
    assert other == []
