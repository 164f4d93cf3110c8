"""A report as rows of the tables; their keys are numbers assigned as the rows are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Context, Decimal, Inexact, InvalidOperation

from extractor.model import report as given
from extractor.model.findings import CheckRecord
from extractor.model.tables import SCALE, Cell, Table
from extractor.present import data_tables as tables

MEASURES = ("budget_initial", "budget", "arrived", "executed", "balance")
SCORES = ("self_score", "grade", "execution_weight", "execution_score")
_EXACT = Context(prec=38, traps=[Inexact, InvalidOperation])
_STEP = Decimal(1).scaleb(-SCALE)


class DataRows:
    """Takes reports, holds their rows until they are taken."""

    def __init__(self, checks: Iterable[CheckRecord], language: str) -> None:
        self._numbers: Counter[str] = Counter()
        self._held: dict[str, list[Sequence[Cell]]] = {table.name: [] for table in tables.TABLES}
        self.count = 0
        self._known: set[str] = set()
        for record in checks:
            title = record.title_en if language == "en" else record.title_zh
            self._check(record.name, record.family, title, record.severity.label, record.norm, record.documentation)

    def take(self) -> Iterable[tuple[Table, list[Sequence[Cell]]]]:
        """All rows that are held, parents first."""
        for table in tables.TABLES:
            rows, self._held[table.name] = self._held[table.name], []
            yield table, rows
        self.count = 0

    def add(self, report: given.Report) -> None:
        source, error = report.source, report.error
        failure = (error.code, error.message) if error else (None, None)
        document = self._put(
            tables.DOCUMENTS, source.path, source.sha256, source.media_type, source.pages, report.status, *failure,
            report.kind, report.title, report.unit, report.year,
        )  # fmt: skip
        for note in report.notes:
            self._put(tables.NOTES, document, note.code, note.page, note.message)
        projects: dict[str, int] = {}
        for project in report.projects:
            projects.setdefault(project.name, self._project(document, project))
        for cited in report.document_numbers:
            number = self._put(
                tables.DOCUMENT_NUMBERS, document, cited.written, cited.issuer, cited.year, cited.serial, cited.title, cited.problem
            )
            self._evidence("document_numbers", number, cited.evidence)
        claims = {claim.id: self._claim(document, projects, claim) for claim in report.claims}
        for finding in report.findings:
            self._finding(document, projects, claims, finding)

    def _project(self, document: int, project: given.Project) -> int:
        figures = {name: getattr(project, name) for name in (*MEASURES, *SCORES)}
        cells = [_value(figure) if name != "grade" else figure and figure.value for name, figure in figures.items()]
        number = self._put(tables.PROJECTS, document, project.name, project.code, project.page, project.is_total, *cells)
        for name in MEASURES:
            self._amount(number, None, name, figures[name])
        for source in project.sources:
            for name in ("budget", "arrived", "executed"):
                self._amount(number, source.label, name, getattr(source, name))
        for rate in project.rates:
            row = self._put(tables.RATES, number, rate.label, rate.of, exact(rate.value), rate.written, rate.interim)
            self._evidence("rates", row, rate.evidence)
        for name in SCORES:
            if figure := figures[name]:
                row = self._put(tables.SCORES, number, name, _value(figure), figure.written)
                self._evidence("scores", row, figure.evidence)
        for each in project.indicators:
            told = [figure and figure.value for figure in (each.target, each.actual)]
            points = [_value(each.weight), _value(each.score)]
            row = self._put(tables.INDICATORS, number, each.level1, each.level2, each.name, *told, *points, each.reason)
            self._evidence("indicators", row, each.evidence)
        return number

    def _amount(self, project: int, source: str | None, measure: str, figure: given.Figure | None) -> None:
        if figure:
            row = self._put(tables.AMOUNTS, project, source, measure, exact(figure.value), figure.written)
            self._evidence("amounts", row, figure.evidence)

    def _claim(self, document: int, projects: dict[str, int], claim: given.Claim) -> int:
        self._check(claim.check)
        number = self._put(
            tables.CLAIMS, document, projects.get(claim.project or ""), claim.check, claim.id, claim.relation, claim.project,
            claim.verdict, claim.stated, claim.expected, claim.formula, claim.reason, claim.allowance,
        )  # fmt: skip
        self._evidence("claims", number, claim.evidence)
        self._operands((number, None), claim.operands)
        return number

    def _finding(self, document: int, projects: dict[str, int], claims: dict[str, int], finding: given.Finding) -> None:
        self._check(finding.check, title=finding.title)
        opinions = [cell for each in (finding.decision, finding.proposal) for cell in _opinion(each)]
        number = self._put(
            tables.FINDINGS, document, projects.get(finding.project or ""), finding.check, finding.id, finding.series, finding.title,
            finding.severity, finding.project, finding.message, finding.stated, finding.expected, finding.formula,
            ",".join(finding.doubts), finding.highlight_boxes, finding.is_suppressed, *opinions,
        )  # fmt: skip
        self._evidence("findings", number, finding.evidence)
        self._operands((None, number), finding.operands)
        for claim in dict.fromkeys(finding.claims):
            if claim in claims:
                self._hold(tables.FINDING_CLAIMS, number, claims[claim])

    def _operands(self, owner: tuple[int | None, int | None], operands: Iterable[given.Operand]) -> None:
        for place, each in enumerate(operands):
            row = self._put(tables.OPERANDS, *owner, place, each.role, exact(each.value), each.value, each.unit)
            self._evidence("operands", row, each.evidence)

    def _evidence(self, table: str, row: int, evidence: Iterable[given.Evidence]) -> None:
        owners = [row if column.refers_to == table else None for column in tables.EVIDENCE.columns if column.refers_to]
        for place, each in enumerate(evidence):
            self._put(tables.EVIDENCE, *owners, place, each.page, each.locator, each.quote, each.ocr, each.boxes)

    def _check(self, name: str, *cells: str | None, title: str | None = None) -> None:
        if name not in self._known:
            self._known.add(name)
            self._hold(tables.CHECKS, name, *(cells or (None, title, None, None, None)))

    def _put(self, table: Table, *cells: Cell) -> int:
        """Adds a row; returns the number that it was given."""
        self._numbers[table.name] += 1
        self._hold(table, self._numbers[table.name], *cells)
        return self._numbers[table.name]

    def _hold(self, table: Table, *cells: Cell) -> None:
        self._held[table.name].append([_valid(cell) if isinstance(cell, str) else cell for cell in cells])
        self.count += 1


def exact(value: str) -> Decimal | None:
    """The number, if the column can hold it exactly.

    >>> exact("198700.5"), exact("优"), exact("0.00000001")
    (Decimal('198700.500000'), None, None)
    """
    try:
        number = Decimal(value)
        return number.quantize(_STEP, context=_EXACT) if number.is_finite() else None
    except (InvalidOperation, Inexact):
        return None


def _valid(text: str) -> str:
    """The text without lone surrogates, which tables cannot hold."""
    return text.encode("utf-8", "replace").decode()


def _value(figure: given.Figure | None) -> Decimal | None:
    return exact(figure.value) if figure else None


def _opinion(decision: given.Decision | None) -> tuple[str | None, ...]:
    return (decision.verdict, decision.reviewer, decision.date, decision.reason, decision.year) if decision else (None,) * 5
