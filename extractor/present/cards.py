"""One finding as lines of the terminal: what, where, which figures, in which words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from extractor.model.report import Evidence, Finding
from extractor.present.canvas import STYLES, Canvas, beside, elided, indented, labelled, size_of, spread
from extractor.present.words import DOUBTS, SEVERITIES, say
from extractor.present.wrapping import wrap

STATED, EXPECTED, FORMULA, QUOTE, DOUBT = (
    ("所述", "stated"),
    ("复算", "recomputed"),
    ("算式", "formula"),
    ("原文", "quote"),
    ("存疑", "doubt"),
)

QUOTE_LIMIT = 120
"""Characters of a quote that are shown; the whole quote is in the JSON."""
QUOTES_SHOWN = 4


def card(finding: Finding, canvas: Canvas) -> Iterator[Text]:
    """The lines of one finding: its title with the pages, the sentence, the arithmetic, the quotes."""
    inner = canvas.width - 4
    body, quotes = [*_sentence(finding, inner), *_arithmetic(finding, canvas, inner)], _quotes(finding, canvas, inner)
    if canvas.is_wide:
        at = canvas.width * 45 // 100
        body = [*_sentence(finding, at - 6), *_arithmetic(finding, canvas, at - 6)]
        quotes = _quotes(finding, canvas, inner - at)
        body, quotes = list(beside(body, quotes, at)), []
    yield from _heading(finding, canvas)
    yield from indented([*body, *quotes], 4)


def _heading(finding: Finding, canvas: Canvas) -> list[Text]:
    style = STYLES[finding.severity]
    left = Text.assemble(
        (f"  {canvas.glyph(finding.severity)} {say(SEVERITIES, finding.severity, canvas.language)}  ", style),
        (finding.title, "bold" if finding.severity != "info" else ""),
    )
    return spread(left, Text(places(finding.evidence, canvas), "dim"), canvas.width)


def _sentence(finding: Finding, width: int) -> list[Text]:
    return wrap(Text(finding.message), width)


def _arithmetic(finding: Finding, canvas: Canvas, width: int) -> list[Text]:
    doubts = "；".join(say(DOUBTS, doubt, canvas.language) for doubt in finding.doubts)
    rows = (
        (STATED, Text(finding.stated or "", STYLES[finding.severity])),
        (EXPECTED, Text(finding.expected or "", STYLES["good"])),
        (FORMULA, Text(finding.formula or "")),
        (DOUBT, Text(doubts, "dim")),
    )
    size = size_of(map(canvas.either, (STATED, EXPECTED, FORMULA, QUOTE)))
    return [
        line for label, value in rows if value.plain for line in labelled(Text(canvas.either(label), "dim"), value, size, width)
    ]


def _quotes(finding: Finding, canvas: Canvas, width: int) -> list[Text]:
    size = size_of(map(canvas.either, (STATED, EXPECTED, FORMULA, QUOTE)))
    several = len({_place(e, canvas) for e in finding.evidence}) > 1
    lines: list[Text] = []
    for number, evidence in enumerate(finding.evidence[:QUOTES_SHOWN]):
        label = Text(canvas.either(QUOTE) if not number else "", "dim")
        quote = _marked(finding, number, evidence, canvas)
        if several:
            quote.append(f" ({_place(evidence, canvas)})", "dim")
        lines += labelled(label, quote, size, width)
    left = len(finding.evidence) - QUOTES_SHOWN
    if left > 0:
        more = canvas.either((f"另有 {left} 处", f"{left} more"))
        lines += labelled(Text(), Text(more, "dim"), size, width)
    return lines


def _marked(finding: Finding, number: int, evidence: Evidence, canvas: Canvas) -> Text:
    figures = [(start, end) for place, start, end in finding.highlights if place == number]
    if not finding.highlights and finding.stated and finding.stated in evidence.quote:
        start = evidence.quote.index(finding.stated)
        figures = [(start, start + len(finding.stated))]
    quote, kept = elided(evidence.quote.replace("\n", " "), sorted(figures), QUOTE_LIMIT, canvas.glyph("more"))
    return canvas.marked(quote, kept)


def places(evidence: Sequence[Evidence], canvas: Canvas) -> str:
    """The pages of the passages, or their places in formats without pages: 第3、5页, p. 3, 5."""
    pages = sorted({e.page for e in evidence if e.page})
    if pages:
        return canvas.either((f"第{'、'.join(map(str, pages))}页", f"p. {', '.join(map(str, pages))}"))
    return canvas.either(("、", ", ")).join(dict.fromkeys(e.locator for e in evidence[:3] if e.locator))


def _place(evidence: Evidence, canvas: Canvas) -> str:
    return places((evidence,), canvas)
