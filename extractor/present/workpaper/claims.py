"""The sheets of all claims, the consistent ones too, and of those that could not be checked, with the reason."""

from __future__ import annotations

from extractor.adapters.xlsxwriter import Cell, style
from extractor.model.report import Report
from extractor.model.workpaper import ID, Both
from extractor.present.words import ALLOWANCES, REASONS, RELATIONS, VERDICTS, say
from extractor.present.workpaper.desk import Desk
from extractor.present.workpaper.look import CELL, CENTRE, CODE, GREEN, RED, TEXT

ALL: Both = ("全部核对", "All claims")
OPEN: Both = ("不可核及原因", "Not checkable")
HEAD = (
    (ID, 13, CODE),
    (("单位", "unit"), 16, CELL),
    (("项目", "project"), 20, CELL),
    (("检查", "check"), 26, CELL),
    (("类别", "kind"), 7, CENTRE),
)
PLACE = (
    (("原文", "quoted words"), 50, CELL),
    (("文件", "file"), 24, TEXT),
    (("页", "page"), 6, style(CENTRE, num_format="@")),
    (("出处", "open"), 8, CENTRE),
)
OUTCOME = (
    (("结论", "verdict"), 10, CENTRE),
    (("报告所述", "stated"), 16, TEXT),
    (("复算", "recomputed"), 16, TEXT),
    (("算式", "formula"), 44, CELL),
    (("容许", "allowed as"), 14, CELL),
)
REASON = ((("报告所述", "stated"), 16, TEXT), (("不可核原因", "why not"), 34, CELL))
LOOKS = {
    "consistent": style(CENTRE, font_color=GREEN),
    "inconsistent": style(CENTRE, font_color=RED, bold=True),
    "not_checkable": CENTRE,
}


class Claims:
    """Both sheets; a claim that could not be checked stands in both."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._all = desk.sheet(ALL, (*HEAD, *OUTCOME, *PLACE))
        self._open = desk.sheet(OPEN, (*HEAD, *REASON, *PLACE))

    def add(self, report: Report) -> None:
        language, unit = self._desk.job.language, self._desk.unit(report)
        for claim in report.claims:
            title = self._desk.titles.get(claim.check, claim.check)
            head = (claim.id, unit, claim.project, title, say(RELATIONS, claim.relation, language))
            quote = " … ".join(dict.fromkeys(each.quote for each in claim.evidence))
            link = self._desk.link(report, claim.evidence)
            place = (quote, report.source.path, self._desk.pages(claim.evidence), link)
            verdict = Cell(say(VERDICTS, claim.verdict, language), LOOKS[claim.verdict])
            allowance = say(ALLOWANCES, claim.allowance, language) if claim.allowance else None
            self._all.add((*head, verdict, claim.stated, claim.expected, claim.formula, allowance, *place))
            if claim.verdict == "not_checkable":
                self._open.add((*head, claim.stated, say(REASONS, claim.reason or "", language), *place))

    def end(self) -> None:
        self._desk.close(self._all, is_large=True)
        self._desk.close(self._open, is_large=True)
