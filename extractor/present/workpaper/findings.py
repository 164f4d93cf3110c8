"""The sheet of findings, where the auditor decides, and the sheet of workings that its formulas reckon with."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from extractor.adapters.xlsxwriter import Cell, Content, Link, style
from extractor.model import workpaper as words
from extractor.model.report import Claim, Decision, Finding, Report
from extractor.model.workpaper import Both
from extractor.present.arithmetic import working
from extractor.present.words import DOUBTS, SEVERITIES, say
from extractor.present.workpaper.desk import Desk
from extractor.present.workpaper.look import (
    CENTRE,
    CODE,
    CODE_LINK,
    DATE,
    FORM,
    FORM_CENTRE,
    RIGHT,
    SEVERITY,
    TEXT,
    WRAP,
    height,
    joined,
)
from extractor.present.workpaper.workings import Workings, basis

SEVERITY_OF: Both = ("程度", "severity")
COLUMNS = (
    (words.ID, 11, CODE),
    (SEVERITY_OF, 6, CENTRE),
    (words.UNIT, 13, WRAP),
    (words.PROJECT, 13, WRAP),
    (("检查", "check"), 13, WRAP),
    (("说明", "message"), 26, WRAP),
    (("报告所述", "stated"), 12, RIGHT),
    (("复算", "recomputed"), 12, RIGHT),
    (("差额", "difference"), 11, RIGHT),
    (("原文", "quoted words"), 34, WRAP),
    (words.FILE, 13, style(WRAP, num_format="@")),
    (("页", "page"), 6, style(CENTRE, num_format="@", text_wrap=True)),
    (words.VERDICT, 9, FORM_CENTRE),
    (words.REVIEWER, 8, FORM),
    (words.DATE, 11, DATE),
    (words.NOTE, 14, FORM),
    (("出处", "open"), 8, CENTRE),
    (("算式", "formula"), 22, WRAP),
    (("舍入口径", "rounding"), 16, WRAP),
    (("往年处理（待确认）", "earlier decision (to be confirmed)"), 14, WRAP),
    (("存疑", "doubts"), 14, WRAP),
    (words.YEAR, 7, style(TEXT, align="center")),
    (words.CHECK, 24, CODE),
    (words.SERIES, 13, CODE),
)
PLACES: Mapping[Both, int] = {heading: place for place, (heading, _, _) in enumerate(COLUMNS)}
PRINTED = 16
"""The columns on paper, up to the auditor's note: links and codes stay on the screen, formulas are on the sheet of workings too."""

HELP: Both = ("确认：属实；误报：工具判断有误（请写明理由）；待核实", "confirmed; false alarm (give the reason); to be verified")
BETWEEN = " … "
_EPOCH = datetime.date(1899, 12, 30)


class Findings:
    """One finding a row, those that were called false alarms too."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.sheet = desk.sheet(words.FINDINGS, COLUMNS, frozen=3)
        self._workings = Workings(desk)

    def add(self, report: Report) -> None:
        claims = {claim.id: claim for claim in report.claims}
        for finding in report.findings:
            cells = self._cells(report, finding, claims)
            self.sheet.add(cells, height(cells, self.sheet.columns))

    def end(self) -> None:
        verdict = PLACES[words.VERDICT]
        choices = [self._desk.say(each) for each in words.VERDICTS.values()]
        self.sheet.choices(verdict, choices, self._desk.say(words.VERDICT), self._desk.say(HELP))
        column = chr(ord("A") + verdict)
        last = len(COLUMNS) - 1
        for key, look in (
            ("false_alarm", style(font_color="#98A2B3", font_strikeout=True)),
            ("confirmed", style(bg_color="#ECFDF3")),
        ):
            self.sheet.shade(f'=${column}2="{self._desk.say(words.VERDICTS[key])}"', look, 0 if key == "false_alarm" else verdict, last)
        self._desk.close(self.sheet, is_large=True, print_columns=PRINTED)
        self._workings.end()

    def _cells(self, report: Report, finding: Finding, claims: Mapping[str, Claim]) -> list[Content]:
        language = self._desk.job.language
        found = working(finding, claims)
        row = self.sheet.rows + 1
        first = self._workings.add(finding, found, row) if found else None
        relation = next((claims[each].relation for each in finding.claims if each in claims), None)
        workings = self._workings.name
        return [
            Link(f"internal:'{workings}'!A{first}", finding.id, CODE_LINK) if first else finding.id,
            Cell(say(SEVERITIES, finding.severity, language), SEVERITY[finding.severity]),
            self._desk.unit(report),
            finding.project,
            finding.title,
            finding.message,
            *(self._workings.sides(found, first, row) if found and first else (finding.stated, finding.expected, None)),
            _quote(finding),
            report.source.path,
            self._desk.pages(finding.evidence),
            *_decision(finding.decision, language),
            self._desk.link(report, finding.evidence),
            finding.formula,
            basis(relation, found, language),
            _proposal(finding.proposal, language),
            joined((say(DOUBTS, each, language) for each in finding.doubts), language),
            report.year,
            finding.check,
            finding.series,
        ]


def _quote(finding: Finding) -> Cell:
    """The passages with the figures in question set off."""
    text, marked = "", []
    for place, evidence in enumerate(finding.evidence):
        text += BETWEEN if place else ""
        start = len(text)
        text += evidence.quote.replace("\r\n", "\n ")
        marked += [(start + a, start + b) for which, a, b in finding.highlights if which == place]
    return Cell(text, WRAP, tuple(marked))


def _decision(decision: Decision | None, language: str) -> list[Content]:
    if decision is None:
        return [Cell(None, FORM_CENTRE), Cell(None, FORM), Cell(None, DATE), Cell(None, FORM)]
    verdict = words.VERDICTS[decision.verdict][language == "en"]
    return [Cell(verdict, FORM_CENTRE), Cell(decision.reviewer, FORM), _day(decision.date), Cell(decision.reason, FORM)]


def _day(text: str | None) -> Cell:
    """A date as spreadsheets count days; other words as they are."""
    try:
        return Cell((datetime.date.fromisoformat(text or "") - _EPOCH).days, DATE)
    except ValueError:
        return Cell(text, DATE)


def _proposal(proposal: Decision | None, language: str) -> str | None:
    if proposal is None:
        return None
    verdict = words.VERDICTS[proposal.verdict][language == "en"]
    return " · ".join(filter(None, (verdict, proposal.reviewer, proposal.date, proposal.reason)))
