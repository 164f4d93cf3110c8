"""A finding as its card shows it: text, figures, quotes with the figures in question marked, bands of pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from extractor.adapters.page_pictures import Picture
from extractor.model.report import Decision, Evidence, Finding, Operand
from extractor.model.workpaper import VERDICTS
from extractor.present.canvas import elided
from extractor.present.html.bands import Band, bands
from extractor.present.html.texts import either
from extractor.present.words import DOUBTS, ROLES, SEVERITIES, say

QUOTED = 700
"""Characters of a quote that are shown, around its figures; a message or formula may be twice as long."""
QUOTES = 8
CELL = 16
_FIGURE = re.compile(r"(-?[\d,]+(?:\.\d+)?)(\D*)")

Piece = tuple[str, bool]
"""Words of a quote, and whether they are a figure in question."""


@dataclass(frozen=True)
class Quote:
    """`before` and `after` are the words around it, in files without pages."""

    place: str
    pieces: tuple[Piece, ...]
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class OperandLine:
    role: str
    written: str
    place: str


@dataclass(frozen=True)
class Card:
    """`anchor` is unique in the file; `bands` are empty where there is no picture, `link` leads to the marked-up copy."""

    finding: Finding
    anchor: str
    severity: str
    message: str
    stated: str | None
    expected: str | None
    difference: str | None
    formula: str | None
    place: str
    doubts: tuple[str, ...]
    operands: tuple[OperandLine, ...]
    quotes: tuple[Quote, ...]
    more_quotes: int
    bands: tuple[Band, ...]
    link: str | None

    @property
    def check(self) -> str:
        return self.finding.check

    @property
    def has_cells(self) -> bool:
        """Are the quotes cells of a table, short enough to stand side by side?"""
        return len(self.quotes) > 2 and all(
            sum(len(words) for words, _ in quote.pieces) <= CELL and not quote.before and not quote.after for quote in self.quotes
        )

    def decided(self, decision: Decision, language: str) -> str:
        """Verdict, reviewer and date in one line."""
        return " · ".join(filter(None, (say(VERDICTS, decision.verdict, language), decision.reviewer, decision.date)))


def card(finding: Finding, anchor: str, pictures: Mapping[int, Picture], language: str, link: str | None = None) -> Card:
    quotes = list(dict.fromkeys(_quote(finding, number, evidence, language) for number, evidence in enumerate(finding.evidence)))
    return Card(
        finding=finding,
        anchor=anchor,
        severity=say(SEVERITIES, finding.severity, language),
        message=_cut(finding.message) or "",
        stated=_cut(finding.stated),
        expected=_cut(finding.expected),
        difference=difference(finding.stated, finding.expected),
        formula=_cut(finding.formula),
        place=_places(finding.evidence, language),
        doubts=tuple(say(DOUBTS, doubt, language) for doubt in finding.doubts),
        operands=tuple(dict.fromkeys(_operand(operand, language) for operand in finding.operands)),
        quotes=tuple(quotes[:QUOTES]),
        more_quotes=max(0, len(quotes) - QUOTES),
        bands=tuple(_bands(finding, pictures)),
        link=link,
    )


def _bands(finding: Finding, pictures: Mapping[int, Picture]) -> Iterable[Band]:
    boxes = list(dict.fromkeys(box for evidence in finding.evidence for box in evidence.boxes))
    for page, picture in sorted(pictures.items()):
        yield from bands(page, picture, boxes, finding.highlight_boxes)


def difference(stated: str | None, expected: str | None) -> str | None:
    """The stated figure minus the recomputed one, if both have the same unit.

    >>> difference("2,680万元", "2660万元"), difference("80%", "79.5%"), difference("优", "良")
    ('+20万元', '+0.5%', None)
    """
    one, other = (_FIGURE.fullmatch(text.strip()) if text and len(text) < 40 else None for text in (stated, expected))
    if not one or not other or one[2] != other[2] or one[2] == "年":
        return None
    try:
        found = Decimal(one[1].replace(",", "")) - Decimal(other[1].replace(",", ""))
    except InvalidOperation:
        return None
    unit = one[2]
    return f"{found:+,f}{unit}" if found else None


def _quote(finding: Finding, number: int, evidence: Evidence, language: str) -> Quote:
    figures = sorted((start, end) for place, start, end in finding.highlights if place == number)
    text, kept = elided(evidence.quote, figures, QUOTED, "…")
    before, after = next(((before, after) for place, before, after in finding.surroundings if place == number), ("", ""))
    return Quote(_places((evidence,), language), tuple(_pieces(text, kept)), before, after)


def _pieces(text: str, figures: Iterable[tuple[int, int]]) -> Iterable[Piece]:
    done = 0
    for start, end in figures:
        if start >= done:
            yield text[done:start], False
            yield text[start:end], True
            done = end
    yield text[done:], False


def _operand(operand: Operand, language: str) -> OperandLine:
    """An operand in the report's own words if they are short, else its value with the unit."""
    words = operand.evidence[0].quote if operand.evidence else ""
    value = f"{operand.value}{operand.unit}"
    written = words if 0 < len(words) <= 24 else value
    return OperandLine(say(ROLES, operand.role, language), written, _places(operand.evidence, language))


def _places(evidence: Sequence[Evidence], language: str) -> str:
    """第3、5页, and the place on it where it has a name: row and column, or the line of a text."""
    pages = sorted({one.page for one in evidence if one.page})
    locators = list(dict.fromkeys(one.locator for one in evidence if one.locator))
    parts = []
    if pages:
        shown = "、".join(map(str, pages[:8])) + ("…" if len(pages) > 8 else "")
        parts.append(either((f"第{shown}页", f"p. {shown.replace('、', ', ')}"), language))
    if len(evidence) == 1 or not pages:
        parts += [_cut(locator, 60) or "" for locator in locators[:2]] + (["…"] if len(locators) > 2 else [])
    return " · ".join(parts)


def _cut(text: str | None, limit: int = 2 * QUOTED) -> str | None:
    return text if text is None or len(text) <= limit else text[:limit] + "…"
