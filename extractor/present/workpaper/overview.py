"""The first sheet: the findings of each unit by severity, counted by formulas from the sheet of findings, with a chart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from extractor.adapters.xlsxwriter import Cell, Content, Formula, fit, style
from extractor.model.report import Finding, Report
from extractor.model.workpaper import FINDINGS, UNIT, VERDICT, VERDICTS, Both
from extractor.present.words import SEVERITIES, say
from extractor.present.workpaper.desk import FOOTER, Desk
from extractor.present.workpaper.findings import PLACES, SEVERITY_OF
from extractor.present.workpaper.look import CELL as PLAIN
from extractor.present.workpaper.look import COLOURS, DIM, HEADING, NAVY, SEVERITY
from extractor.present.workpaper.look import COUNT as NUMBER

NAME: Both = ("汇总", "Summary")
TITLE: Both = ("绩效自评报告核验底稿", "Working paper on self-evaluation reports")
CELL, COUNT = style(PLAIN, valign="vcenter"), style(NUMBER, valign="vcenter", num_format="#,##0;-#,##0;–")
WIDTHS = (34, 8, 8, 8, 8, 8, 8, 9, 3, 34, 8, 8, 8)
HEADS: tuple[Both, ...] = (
    ("单位", "unit"),
    ("报告", "reports"),
    ("错误", "error"),
    ("警告", "warning"),
    ("提示", "note"),
    ("合计", "total"),
    ("误报", "false alarms"),
    ("已复核", "reviewed"),
)
CHECK_HEADS: tuple[Both, ...] = (("检查", "check"), HEADS[2], HEADS[3], HEADS[4])
SHOWN_IN_CHART = 15
CHART_ROWS = 18
"""Rows beside the chart, before the table of checks begins."""

LABELS = ("error", "warning", "info")
_SPECIAL = set("~*?<>=")


@dataclass
class Tally:
    """Of one unit, or of all: reports, findings by severity, false alarms, those with a verdict."""

    reports: int = 0
    failed: int = 0
    found: Counter[str] = field(default_factory=Counter)
    false: int = 0
    reviewed: int = 0

    def add(self, finding: Finding) -> None:
        self.found[finding.severity] += not finding.is_suppressed
        self.false += finding.is_suppressed
        self.reviewed += finding.decision is not None

    @property
    def numbers(self) -> tuple[int, ...]:
        """As in HEADS, behind the unit."""
        return (self.reports, *(self.found[each] for each in LABELS), self.found.total(), self.false, self.reviewed)


class Overview:
    """Marking a finding as a false alarm changes the counts here at once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sheet = desk.book.sheet(desk.say(NAME))
        self._sheet.width(WIDTHS)
        self._all = Tally()
        self._units: dict[str, Tally] = {}
        self._names: dict[str, str] = {}
        self._checks: dict[str, Counter[str]] = {}

    def add(self, report: Report) -> None:
        name = fit(self._desk.unit(report))  # names that COUNTIFS takes for one have one row
        unit = self._units.setdefault(self._names.setdefault(name.casefold(), name), Tally())
        for tally in (unit, self._all):
            tally.reports += 1
            tally.failed += report.status == "failed"
            for finding in report.findings:
                tally.add(finding)
        for finding in report.findings:
            self._checks.setdefault(finding.title, Counter())[finding.severity] += not finding.is_suppressed

    def end(self, last: int) -> None:
        """`last` is the last row of the sheet of findings."""
        self._last = max(last, 2)
        units = sorted(self._units.items(), key=lambda each: [-each[1].found[label] for label in LABELS])
        left = [self._row(name, tally, 6 + place) for place, (name, tally) in enumerate(units)]
        right = self._beside()
        self._head(len(units))
        for place in range(max(len(left), len(right))):
            empty: list[Content] = [None] * len(HEADS)
            self._sheet.add([*(left[place] if place < len(left) else empty), None, *(right[place] if place < len(right) else ())], 17)
        self._chart(min(len(units), SHOWN_IN_CHART))
        self._sheet.paper(False, self._desk.say(FOOTER))
        self._sheet.made.freeze_panes(4, 1)
        self._sheet.made.repeat_rows(3)

    def _head(self, count: int) -> None:
        all_, say_ = self._all, self._desk.say
        self._sheet.add([Cell(say_(TITLE), style(bold=True, font_size=18, font_color=NAVY))], 30)
        told = (
            f"报告 {all_.reports} 份，其中未能读取 {all_.failed} 份；单位 {count} 个。各数随“疑点”表的复核意见更新，误报不计入。",
            f"{all_.reports} reports of {count} units, {all_.failed} unreadable. Counts follow the verdicts; false alarms are left out.",
        )
        self._sheet.add([Cell(say_(told), style(font_color=DIM))], 18)
        self._sheet.add([], 6)
        self._sheet.add([Cell(say_(each), HEADING) for each in HEADS], 22)
        ends = [f"{each}6:{each}{max(5 + count, 6)}" for each in "BCDEFGH"]
        bold = style(COUNT, bold=True, bg_color="#F2F4F7")
        sums = [Formula(f"=SUM({each})", number, bold) for each, number in zip(ends, all_.numbers, strict=True)]
        self._sheet.add([Cell(say_(("合计", "all")), style(CELL, bold=True, bg_color="#F2F4F7")), *sums], 19)

    def _row(self, name: str, tally: Tally, row: int) -> list[Content]:
        sheet, column = self._desk.say(FINDINGS), {key: chr(ord("A") + PLACES[key]) for key in (UNIT, SEVERITY_OF, VERDICT)}
        unit, severity, verdict = (f"'{sheet}'!${column[key]}$2:${column[key]}${self._last}" for key in (UNIT, SEVERITY_OF, VERDICT))
        false = self._desk.say(VERDICTS["false_alarm"])
        who = f"{unit},{_criterion(name, f'$A{row}')}"
        reports, *found, total, false_count, reviewed = tally.numbers
        cells: list[Content] = [Cell(name, CELL), Cell(reports, COUNT)]
        for label, number in zip(LABELS, found, strict=True):
            word = say(SEVERITIES, label, self._desk.job.language)
            colours = {key: value for key, value in SEVERITY[label] if "color" in key}
            look = style(COUNT, **colours, bold=True) if number else COUNT
            cells.append(Formula(f'=COUNTIFS({who},{severity},"{word}",{verdict},"<>{false}")', number, look))
        cells.append(Formula(f"=SUM(C{row}:E{row})", total, style(COUNT, bold=True)))
        cells.append(Formula(f'=COUNTIFS({who},{verdict},"{false}")', false_count, COUNT))
        cells.append(Formula(f'=COUNTIFS({who},{verdict},"?*")', reviewed, COUNT))
        return cells

    def _beside(self) -> list[list[Content]]:
        """The rows right of the units: space for the chart, then the checks."""
        rows: list[list[Content]] = [[] for _ in range(CHART_ROWS)]
        rows.append([Cell(self._desk.say(each), HEADING) for each in CHECK_HEADS])
        ranked = sorted(self._checks.items(), key=lambda each: [-each[1][label] for label in LABELS])
        for title, counts in ranked:
            rows.append([Cell(title, CELL), *(Cell(counts[label] or None, COUNT) for label in LABELS)])
        return rows

    def _chart(self, count: int) -> None:
        if not count:
            return
        name = self._desk.say(NAME)
        chart = self._desk.book.chart({"type": "bar", "subtype": "stacked"})
        for place, label in enumerate(LABELS):
            column = 2 + place
            chart.add_series(
                {
                    "name": [name, 3, column],
                    "categories": [name, 5, 0, 4 + count, 0],
                    "values": [name, 5, column, 4 + count, column],
                    "fill": {"color": COLOURS[label]},
                    "gap": 45,
                }
            )
        title = self._desk.say(("疑点最多的单位", "Units with the most findings"))
        chart.set_title({"name": title, "name_font": {"size": 11, "color": NAVY}, "overlay": False})
        chart.set_y_axis({"reverse": True, "num_font": {"size": 8}, "line": {"color": "#D5DAE1"}})
        chart.set_x_axis({"num_font": {"size": 8}, "major_gridlines": {"visible": True, "line": {"color": "#EAECF0"}}, "num_format": "0"})
        chart.set_legend({"position": "bottom", "font": {"size": 9}})
        chart.set_size({"width": 440, "height": 400})
        chart.set_chartarea({"border": {"color": "#D5DAE1"}})
        self._sheet.made.insert_chart(4, 9, chart, {"object_position": 2, "description": title})


def _criterion(name: str, cell: str) -> str:
    """The cell as a criterion of COUNTIFS, which takes names with wildcards or comparison signs literally.

    >>> _criterion("水务站", "$A6")
    '$A6'
    """
    if not _SPECIAL & set(name):
        return cell
    return f'"="&SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({cell},"~","~~"),"*","~*"),"?","~?")'
