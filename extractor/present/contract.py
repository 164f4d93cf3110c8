"""Facts, claims and findings in the form of the JSON contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from extractor.model import facts as read
from extractor.model import report as out
from extractor.model.document import Box, Document, Note, Span
from extractor.model.facts import Facts, Measure
from extractor.model.findings import CheckRecord, Claim, Finding, OperandShown, Severity
from extractor.model.quantity import plain
from extractor.model.record import unchecked
from extractor.present.cell_places import CellPlaces
from extractor.present.failed import shown
from extractor.present.words import NOTES

PARTLY_READ = frozenset({"ocr_poor", "no_text_page", "unreadable_text", "unreadable_page", "sideways_page", "mended"})
"""The notes that make a report `partial`: something in the document was not read."""

AROUND = 24
"""So many characters before and after a passage help to find it in a file without pages."""

# Records of which a long report has thousands
_EVIDENCE, _FIGURE, _INDICATOR = unchecked(out.Evidence), unchecked(out.Figure), unchecked(out.Indicator)
_OPERAND, _CLAIM = unchecked(out.Operand), unchecked(out.Claim)

_SEVERITIES: Mapping[Severity, out.SeverityName] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


def report(facts: Facts, claims: Iterable[Claim], findings: Iterable[Finding], checks: Iterable[CheckRecord], language: str) -> out.Report:
    """One document's report; the sentences of its findings are made here, in the language asked for."""
    document = facts.document
    quotes = Quotes(document)
    records = {record.name: record for record in checks}
    return out.Report(
        source=out.SourceFile(
            path=shown(Path(document.path)),
            sha256=document.sha256,
            media_type=document.media_type,
            pages=len(document.pages) or None,
        ),
        status="partial" if any(note.code in PARTLY_READ for note in document.notes) else "ok",
        notes=tuple(_note(note, language) for note in document.notes),
        kind=facts.kind,
        title=facts.title,
        unit=facts.unit,
        year=facts.year,
        sections=tuple(_section(section, quotes) for section in facts.sections),
        projects=tuple(_project(project, quotes) for project in facts.projects),
        document_numbers=tuple(_document_number(number, quotes) for number in facts.document_numbers),
        claims=tuple(_claim(claim, quotes) for claim in claims),
        findings=tuple(_finding(finding, records[finding.check], quotes, language) for finding in findings),
    )


class Quotes:
    """Evidence made from spans of one document; the same span gives the same object."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._places = CellPlaces(document)
        self._made: dict[Span, out.Evidence] = {}

    def one(self, span: Span) -> out.Evidence:
        made = self._made.get(span)
        if made is None:
            made = self._made[span] = self._make(span)
        return made

    def of(self, spans: Sequence[Span]) -> tuple[out.Evidence, ...]:
        """The evidence of the spans, once where they are the same."""
        if len(spans) == 1:
            return (self.one(spans[0]),)
        return tuple({id(made): made for made in map(self.one, spans)}.values())

    def around(self, spans: Iterable[Span]) -> Iterator[tuple[int, str, str]]:
        """Words before and after the passages that no page shows, with the place of each; of cells and whole paragraphs none."""
        for place, span in enumerate(dict.fromkeys(spans)):
            paragraph = self._document.paragraphs[span.paragraph]
            before, after = paragraph.text[: span.start], paragraph.text[span.end :]
            if not paragraph.glyphs and (before or after):
                start = f"…{before[-AROUND:]}" if len(before) > AROUND else before
                end = f"{after[:AROUND]}…" if len(after) > AROUND else after
                yield place, start, end

    def page(self, spans: Sequence[Span]) -> int | None:
        return self.one(spans[0]).page if spans else None

    def _make(self, span: Span) -> out.Evidence:
        paragraph = self._document.paragraphs[span.paragraph]
        boxes = tuple(paragraph.glyphs.lines(span.start, span.end)) if paragraph.glyphs else ()
        return _EVIDENCE(
            page=boxes[0][0] if boxes else paragraph.page,
            locator=paragraph.locator or self._places.of(span.paragraph),
            quote=paragraph.text[span.start : span.end],
            boxes=tuple(map(self._shown, boxes)) if paragraph.ocr else boxes,
            ocr=paragraph.ocr,
            confidence=self._confidence(span) if paragraph.ocr else None,
        )

    def _confidence(self, span: Span) -> str | None:
        certainty = self._document.certainty(span)
        return None if certainty is None else number(Decimal(certainty) / 100)

    def _shown(self, box: Box) -> Box:
        """A box in the coordinates of the page as scanned: pictures are made level before they are read."""
        page = self._document.recognised.get(box[0])
        return page.recognised.on_page(box, page.width, page.height) if page and page.recognised else box


def number(value: Decimal) -> str:
    """A decimal string without exponent and without zeros that only show precision.

    >>> number(Decimal("198700.00")), number(Decimal("2E+5")), number(Decimal("99.67"))
    ('198700', '200000', '99.67')
    """
    text = plain(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _note(note: Note, language: str) -> out.Note:
    """A note of the reader; in English the code's general text stands for the reader's Chinese message."""
    page = f"page {note.page}: " if note.page else ""
    message = page + NOTES[note.code][1] if language == "en" and note.code in NOTES else note.message
    return out.Note(code=note.code, page=note.page, message=message)


def _section(section: read.Section, quotes: Quotes) -> out.Section:
    return out.Section(
        number=section.number or None,
        title=section.title,
        level=section.level,
        page=quotes.page((section.span,)),
        empty=section.is_empty,
    )


def _project(project: read.Project, quotes: Quotes) -> out.Project:
    amounts: Mapping[Measure, read.Fact] = project.amounts
    return out.Project(
        name=project.name,
        code=project.code,
        page=quotes.page(project.spans),
        is_total=project.is_total,
        budget_initial=_amount(amounts.get(Measure.BUDGET_INITIAL), quotes),
        budget=_amount(amounts.get(Measure.BUDGET), quotes),
        arrived=_amount(amounts.get(Measure.ARRIVED), quotes),
        executed=_amount(amounts.get(Measure.EXECUTED), quotes),
        balance=_amount(amounts.get(Measure.BALANCE), quotes),
        sources=tuple(_source(source, quotes) for source in project.sources),
        rates=tuple(_rate(rate, quotes) for rate in project.rates if not rate.qualifier),
        self_score=_stated(project.self_score, quotes),
        grade=_stated(project.grade, quotes),
        execution_weight=_stated(project.execution_weight, quotes),
        execution_score=_stated(project.execution_score, quotes),
        indicators=tuple(_indicator(indicator, quotes) for indicator in project.indicators),
    )


def _amount(fact: read.Fact | None, quotes: Quotes) -> out.Figure | None:
    if fact is None:
        return None
    return _FIGURE(value=number(fact.quantity.value), written=fact.quantity.written, evidence=quotes.of(fact.spans))


def _source(source: read.Source, quotes: Quotes) -> out.FundSource:
    return out.FundSource(
        label=source.label,
        budget=_amount(source.budget, quotes),
        arrived=_amount(source.arrived, quotes),
        executed=_amount(source.executed, quotes),
    )


def _rate(rate: read.Rate, quotes: Quotes) -> out.Rate:
    return out.Rate(
        label=rate.label,
        of=rate.of,
        value=number(rate.quantity.value),
        written=rate.quantity.written,
        evidence=quotes.of(rate.spans),
        interim=rate.is_interim,
    )


def _stated(stated: read.Stated | None, quotes: Quotes) -> out.Figure | None:
    if stated is None:
        return None
    value = number(stated.quantity.value) if stated.quantity else stated.text
    return _FIGURE(value=value, written=stated.text, evidence=quotes.of(stated.spans))


def _value(value: read.Value | None, quotes: Quotes) -> out.Figure | None:
    if value is None:
        return None
    return _FIGURE(value=value.text, written=value.text, evidence=quotes.of(value.spans))


def _indicator(indicator: read.Indicator, quotes: Quotes) -> out.Indicator:
    return _INDICATOR(
        level1=indicator.level1 or None,
        level2=indicator.level2 or None,
        name=indicator.name,
        target=_value(indicator.target, quotes),
        actual=_value(indicator.actual, quotes),
        weight=_stated(indicator.weight, quotes),
        score=_stated(indicator.score, quotes),
        reason=indicator.reason or None,
        evidence=quotes.of(indicator.spans),
    )


def _document_number(cited: read.DocumentNumber, quotes: Quotes) -> out.DocumentNumber:
    return out.DocumentNumber(
        written=cited.written,
        issuer=cited.issuer or None,
        year=cited.year or None,
        serial=cited.serial or None,
        title=cited.title or None,
        problem=cited.problem,
        evidence=quotes.of((cited.span,)),
    )


def _operands(operands: Iterable[OperandShown], quotes: Quotes) -> tuple[out.Operand, ...]:
    return tuple([_OPERAND(role=o.role, value=o.value, unit=o.unit, evidence=quotes.of(o.spans)) for o in operands])


def _claim(claim: Claim, quotes: Quotes) -> out.Claim:
    return _CLAIM(
        id=claim.id,
        relation=claim.relation.value,
        check=claim.check,
        project=claim.project,
        verdict=claim.verdict.value,
        stated=claim.stated,
        expected=claim.expected,
        formula=claim.formula,
        operands=_operands(claim.operands, quotes),
        reason=claim.reason,
        allowance=claim.allowance,
        evidence=quotes.of(claim.spans),
    )


def _finding(finding: Finding, record: CheckRecord, quotes: Quotes, language: str) -> out.Finding:
    figures = tuple(_figures(finding))
    return out.Finding(
        id=finding.id,
        series=finding.series,
        check=finding.check,
        title=record.title_en if language == "en" else record.title_zh,
        severity=_SEVERITIES[finding.severity],
        project=finding.project,
        message=record.say(finding.message, finding.arguments, language),
        stated=finding.stated,
        expected=finding.expected,
        formula=finding.formula,
        operands=_operands(finding.operands, quotes),
        claims=tuple(claim.id for claim in finding.claims),
        doubts=tuple(sorted(finding.doubts)),
        evidence=quotes.of(finding.spans),
        highlights=tuple((place, figure.start - passage.start, figure.end - passage.start) for place, passage, figure in figures),
        highlight_boxes=tuple(box for *_, figure in figures for box in quotes.one(figure).boxes),
        surroundings=tuple(quotes.around(finding.spans)),
    )


def _figures(finding: Finding) -> Iterable[tuple[int, Span, Span]]:
    """Each figure in question with the passage quoted that it stands in, and the place of that."""
    passages = list(dict.fromkeys(finding.spans))
    for figure in dict.fromkeys(finding.highlight):
        for place, passage in enumerate(passages):
            if figure in passage:
                yield place, passage, figure
                break
