"""One finding as lines of the terminal: what, where, which figures, in which words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from extractor.model.report import Evidence, Finding
from extractor.present.canvas import STYLES, Canvas, beside, elided, indented, labelled, size_of, spread
from extractor.present.reviewed import told
from extractor.present.words import DOUBTS, SEVERITIES, say
from extractor.present.wrapping import wrap

LABELS = STATED, EXPECTED, FORMULA, QUOTE, DOUBT, REVIEWED, EARLIER = (
    ("所述", "stated"),
    ("复算", "recomputed"),
    ("算式", "formula"),
    ("原文", "quote"),
    ("存疑", "doubt"),
    ("复核", "reviewed"),
    ("往年", "earlier"),
)

QUOTE_LIMIT = 120
"""Characters of a quote that are shown; the whole quote is in the JSON."""

QUOTES_SHOWN = {"error": 4, "warning": 4, "info": 1}
MARKS = "，。；：、 "


def card(finding: Finding, canvas: Canvas, project: str | None = None) -> Iterator[Text]:
    """The lines of one finding: its title with the pages, the sentence, the arithmetic, the quotes.

    On a wide canvas the quotes stand beside the rest. `project` is named in the title where no heading names it.
    """
    yield from _heading(finding, canvas, project)
    inner = canvas.width - 4
    if canvas.is_wide:
        at = canvas.width * 45 // 100
        body = [*wrap(Text(finding.message), at - 6), *_arithmetic(finding, canvas, at - 6)]
        yield from indented(beside(body, _quotes(finding, canvas, inner - at), at), 4)
        return
    yield from indented(wrap(Text(finding.message), inner), 4)
    yield from indented(_arithmetic(finding, canvas, inner), 4)
    yield from indented(_quotes(finding, canvas, inner), 4)


def _heading(finding: Finding, canvas: Canvas, project: str | None) -> list[Text]:
    label = f"  {canvas.glyph(finding.severity)} {say(SEVERITIES, finding.severity, canvas.language)}  "
    left = Text.assemble((label, STYLES[finding.severity]), (finding.title, "bold" if finding.severity != "info" else ""))
    if project:
        left.append(f"  {project}", STYLES["dim"])
    right = places(finding.evidence, canvas)
    return spread(left, Text(f"{right}  {finding.id}" if canvas.has_ids else right, STYLES["dim"]), canvas.width)


def _arithmetic(finding: Finding, canvas: Canvas, width: int) -> list[Text]:
    """What is stated and what comes out, the formula, why the reading is in doubt, and what auditors decided."""
    rows = []
    if finding.expected:
        rows.append((STATED, Text(finding.stated or "", STYLES[finding.severity])))
        rows.append((EXPECTED, Text(finding.expected, STYLES["good"])))
    if finding.formula:
        rows.append((FORMULA, Text(finding.formula)))
    if finding.doubts:
        doubts = (say(DOUBTS, doubt, canvas.language) for doubt in finding.doubts)
        rows.append((DOUBT, Text(canvas.either(("；", "; ")).join(doubts), STYLES["dim"])))
    if finding.decision:
        rows.append((REVIEWED, told(finding.decision, canvas)))
    if finding.proposal:
        rows.append((EARLIER, told(finding.proposal, canvas, is_proposal=True)))
    return [line for label, value in rows for line in _labelled(label, value, canvas, width)]


def _quotes(finding: Finding, canvas: Canvas, width: int) -> list[Text]:
    pages = {places((evidence,), canvas) for evidence in finding.evidence}
    quotes: dict[str, Text] = {}
    for number, evidence in enumerate(finding.evidence):
        quote = _marked(finding, number, evidence, canvas)
        if evidence.page and evidence.locator:
            quote.append(f"  {evidence.locator}", STYLES["dim"])
        if len(pages) > 1:
            quote.append(f" ({places((evidence,), canvas)})", STYLES["dim"])
        quotes.setdefault(quote.plain, quote)
    shown = list(quotes.values())[: QUOTES_SHOWN[finding.severity]]
    left = len(quotes) - len(shown)
    if left:
        shown.append(Text(canvas.either((f"另有 {left} 处", f"{left} more")), STYLES["dim"]))
    return [line for number, quote in enumerate(shown) for line in _labelled(("", "") if number else QUOTE, quote, canvas, width)]


def _labelled(label: tuple[str, str], value: Text, canvas: Canvas, width: int) -> list[Text]:
    return labelled(Text(canvas.either(label), STYLES["dim"]), value, size_of(map(canvas.either, LABELS)), width)


def _marked(finding: Finding, number: int, evidence: Evidence, canvas: Canvas) -> Text:
    """The quote with the figures in question set off, unless they are all of it."""
    quote = evidence.quote.replace("\n", " ")
    figures = [(start, end) for place, start, end in finding.highlights if place == number]
    if not finding.highlights and finding.stated and finding.stated in quote:
        start = quote.index(finding.stated)
        figures = [(start, start + len(finding.stated))]
    if any(quote.strip(MARKS) == quote[start:end].strip(MARKS) for start, end in figures):
        figures = []
    return canvas.marked(*elided(quote, sorted(figures), QUOTE_LIMIT, canvas.glyph("more")))


def places(evidence: Sequence[Evidence], canvas: Canvas) -> str:
    """The pages of the passages, or their places in formats without pages: 第3、5页, p. 3, 5."""
    pages = sorted({e.page for e in evidence if e.page})
    if pages:
        return canvas.either((f"第{'、'.join(map(str, pages))}页", f"p. {', '.join(map(str, pages))}"))
    return canvas.either(("、", ", ")).join(list(dict.fromkeys(e.locator for e in evidence if e.locator))[:3])
