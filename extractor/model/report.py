"""The JSON contract: what `extract --json` prints, and what `extractor.extract()` returns.

Amounts are decimal strings in 元, rates and scores decimal strings as numbers (80% is "80"); what is absent is null.
Names are never changed, only added. Importing this module costs pydantic, so import it only where reports are made.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from extractor.model.document import Box
from extractor.model.record import Record

SCHEMA_VERSION = "1.0"
NAME = "extractor"

SeverityName = Literal["error", "warning", "info"]
VerdictName = Literal["consistent", "inconsistent", "not_checkable"]


class Evidence(Record):
    """A passage of the document: its words and where they stand, one box a line, in points from the top left corner.

    `locator` names the place in formats without pages, and the row and column of a bare figure in a table. `confidence`
    is how sure the recognition of its least sure letter is, of 1; null where the words were not read by OCR.
    """

    page: int | None
    locator: str | None
    quote: str
    boxes: tuple[Box, ...]
    ocr: bool
    confidence: str | None = None


class Figure(Record):
    """A value with the words it was read from. Of targets, actuals and grades the value is the words."""

    value: str
    written: str
    evidence: tuple[Evidence, ...]


class Error(Record):
    code: str
    message: str


class SourceFile(Record):
    path: str
    sha256: str | None
    media_type: str | None
    pages: int | None


class Note(Record):
    code: str
    page: int | None
    message: str


class Section(Record):
    number: str | None
    title: str
    level: int
    page: int | None
    empty: bool


class FundSource(Record):
    label: str
    budget: Figure | None
    arrived: Figure | None
    executed: Figure | None


class Rate(Record):
    """A rate of funds; `of` names numerator and denominator, `interim` says that it is as of some day within the year."""

    label: str
    of: str
    value: str
    written: str
    evidence: tuple[Evidence, ...]
    interim: bool = False


class Indicator(Record):
    level1: str | None
    level2: str | None
    name: str
    target: Figure | None
    actual: Figure | None
    weight: Figure | None
    score: Figure | None
    reason: str | None
    evidence: tuple[Evidence, ...]


class Project(Record):
    name: str
    code: str | None
    page: int | None
    is_total: bool
    budget_initial: Figure | None
    budget: Figure | None
    arrived: Figure | None
    executed: Figure | None
    balance: Figure | None
    sources: tuple[FundSource, ...]
    rates: tuple[Rate, ...]
    self_score: Figure | None
    grade: Figure | None
    execution_weight: Figure | None
    execution_score: Figure | None
    indicators: tuple[Indicator, ...]


class DocumentNumber(Record):
    """A cited document number; `problem` says why it is malformed."""

    written: str
    issuer: str | None
    year: str | None
    serial: str | None
    title: str | None
    problem: str | None
    evidence: tuple[Evidence, ...]


class Operand(Record):
    role: str
    value: str
    unit: str
    evidence: tuple[Evidence, ...]


class Claim(Record):
    """A statement that was re-derived, or the reason why it could not be; `allowance` is the rounding that let it pass."""

    id: str
    relation: Literal["ratio", "sum", "same", "band", "product", "bound"]
    check: str
    project: str | None
    verdict: VerdictName
    stated: str
    expected: str | None
    formula: str | None
    operands: tuple[Operand, ...]
    reason: str | None
    allowance: str | None
    evidence: tuple[Evidence, ...]


class Decision(Record):
    """What an auditor decided on a finding: `verdict` false_alarm takes it out of the counts, never out of the result."""

    verdict: Literal["confirmed", "false_alarm", "open"]
    reviewer: str | None
    date: str | None
    reason: str | None
    year: str | None = None  # of the report that a proposal comes from


class Finding(Record):
    """A point to query. `highlights` are the figures in question: place in `evidence`, start, end in its quote;
    `highlight_boxes` is where they stand, one box a line. `surroundings` are words around the passages where no page
    shows them (place in `evidence`, before, after), with … where they are cut.

    `decision` is what an auditor decided on it; `proposal` what was decided on the same point in another year, to be confirmed.
    """

    id: str
    series: str
    check: str
    title: str
    severity: SeverityName
    project: str | None
    message: str
    stated: str | None
    expected: str | None
    formula: str | None
    operands: tuple[Operand, ...]
    claims: tuple[str, ...]
    doubts: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    highlights: tuple[tuple[int, int, int], ...]
    highlight_boxes: tuple[Box, ...] = ()
    surroundings: tuple[tuple[int, str, str], ...] = ()
    decision: Decision | None = None
    proposal: Decision | None = None

    @property
    def is_suppressed(self) -> bool:
        return self.decision is not None and self.decision.verdict == "false_alarm"


class Report(Record):
    """One input file: read, partly read, or failed with the reason."""

    source: SourceFile
    status: Literal["ok", "partial", "failed"]
    error: Error | None = None
    notes: tuple[Note, ...] = ()
    kind: str | None = None
    title: str | None = None
    unit: str | None = None
    year: str | None = None
    sections: tuple[Section, ...] = ()
    projects: tuple[Project, ...] = ()
    document_numbers: tuple[DocumentNumber, ...] = ()
    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()


class FindingCounts(Record):
    error: int = 0
    warning: int = 0
    info: int = 0


class ClaimCounts(Record):
    consistent: int = 0
    inconsistent: int = 0
    not_checkable: int = 0


class StaleDecision(Record):
    """A decision that applies no longer, though the report of its unit and year was checked.

    `why`: gone, its finding does not occur any more; changed, what is recomputed there is another figure now.
    """

    id: str
    series: str | None
    check: str | None
    unit: str | None
    year: str | None
    project: str | None
    stated: str | None
    why: Literal["gone", "changed"]
    decision: Decision


class Summary(Record):
    """Counts over a run; `skipped` are files of types that are no document, `duplicates` reports that an earlier file gave.

    `findings` leaves out the `suppressed` ones, those that an auditor called false alarms; `stale` are decisions that apply no longer.
    `failures` counts the failed by the codes of their errors.
    """

    documents: int = 0
    ok: int = 0
    partial: int = 0
    failed: int = 0
    failures: dict[str, int] = Field(default={})
    skipped: int = 0
    duplicates: int = 0
    suppressed: int = 0
    findings: FindingCounts = FindingCounts()
    claims: ClaimCounts = ClaimCounts()
    stale: tuple[StaleDecision, ...] = ()


class Tool(Record):
    name: str = NAME
    version: str


class Run(Record):
    """Many documents: the object that `--json` prints."""

    schema_version: str = Field(default=SCHEMA_VERSION)
    tool: Tool
    reports: tuple[Report, ...]
    summary: Summary
