"""The sheets of projects, with amounts, rates and scores, and of indicators."""

from __future__ import annotations

from decimal import Decimal, DecimalException

from extractor.adapters.xlsxwriter import Content, Formula, style
from extractor.model.report import Figure, Project, Report
from extractor.model.workpaper import Both
from extractor.present.workpaper.desk import Desk
from extractor.present.workpaper.look import CELL, CENTRE, COUNT, MONEY, POINTS, RATE, TEXT, WRAP, height

PROJECTS: Both = ("项目一览", "Projects")
INDICATORS: Both = ("指标一览", "Indicators")
PLACE = ((("文件", "file"), 24, TEXT), (("页", "page"), 6, style(CENTRE, num_format="@")), (("出处", "open"), 8, CENTRE))
PROJECT_COLUMNS = (
    (("单位", "unit"), 18, CELL),
    (("年度", "year"), 7, style(CENTRE, num_format="@")),
    (("项目", "project"), 28, CELL),
    (("项目编码", "code"), 14, TEXT),
    (("合计", "total"), 6, CENTRE),
    (("年初预算（元）", "initial budget (yuan)"), 16, MONEY),
    (("全年预算（元）", "budget (yuan)"), 16, MONEY),
    (("到位（元）", "arrived (yuan)"), 16, MONEY),
    (("执行（元）", "executed (yuan)"), 16, MONEY),
    (("结余（元）", "balance (yuan)"), 15, MONEY),
    (("执行率（复算）", "rate recomputed"), 10, RATE),
    (("执行率（所述）", "rate stated"), 10, RATE),
    (("到位率（所述）", "arrival stated"), 10, RATE),
    (("自评得分", "self-score"), 9, POINTS),
    (("等级", "grade"), 8, CENTRE),
    (("执行分值", "points for execution"), 9, POINTS),
    (("执行得分", "scored for execution"), 9, POINTS),
    (("指标数", "indicators"), 8, COUNT),
    (("疑点数", "findings"), 8, COUNT),
    *PLACE,
)
INDICATOR_COLUMNS = (
    (("单位", "unit"), 18, WRAP),
    (("项目", "project"), 22, WRAP),
    (("一级指标", "level 1"), 12, WRAP),
    (("二级指标", "level 2"), 12, WRAP),
    (("指标", "indicator"), 26, WRAP),
    (("目标值", "target"), 18, style(WRAP, num_format="@")),
    (("实际完成值", "actual"), 18, style(WRAP, num_format="@")),
    (("分值", "weight"), 8, POINTS),
    (("得分", "score"), 8, POINTS),
    (("偏差原因", "reason given"), 30, WRAP),
    *PLACE,
)


class Projects:
    """Both sheets, in the order of the reports. Figures that are no numbers stay words."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._projects = desk.sheet(PROJECTS, PROJECT_COLUMNS, frozen=3)
        self._indicators = desk.sheet(INDICATORS, INDICATOR_COLUMNS, frozen=2)

    def add(self, report: Report) -> None:
        unit = self._desk.unit(report)
        for project in report.projects:
            self._projects.add(self._project(report, unit, project))
            for each in project.indicators:
                cells: list[Content] = [unit, project.name, each.level1, each.level2, each.name, _words(each.target), _words(each.actual)]
                cells += [_number(each.weight), _number(each.score), each.reason, report.source.path]
                cells += [self._desk.pages(each.evidence[:1]), self._desk.link(report, each.evidence)]
                self._indicators.add(cells, height(cells, self._indicators.columns))

    def end(self) -> None:
        self._desk.close(self._projects, is_large=True)
        self._desk.close(self._indicators, is_large=True)

    def _project(self, report: Report, unit: str, project: Project) -> list[Content]:
        amounts = [project.budget_initial, project.budget, project.arrived, project.executed, project.balance]
        found = sum(not each.is_suppressed and each.project == project.name for each in report.findings)
        evidence = next((each.evidence for each in (project.executed, project.budget, project.self_score) if each), ())
        return [
            unit,
            report.year,
            project.name,
            project.code,
            self._desk.say(("是", "yes")) if project.is_total else None,
            *map(_number, amounts),
            self._rate(project),
            _stated(project, ("executed/budget", "executed/budget_initial")),
            _stated(project, ("arrived/budget",)),
            _number(project.self_score),
            _words(project.grade),
            _number(project.execution_weight),
            _number(project.execution_score),
            len(project.indicators),
            found,
            report.source.path,
            str(project.page) if project.page else self._desk.pages(evidence[:1]),
            self._desk.link(report, evidence),
        ]

    def _rate(self, project: Project) -> Formula | None:
        row = self._projects.rows + 1
        budget, executed = _number(project.budget), _number(project.executed)
        if not isinstance(budget, Decimal) or not isinstance(executed, Decimal) or not budget:
            return None
        return Formula(f'=IF(N(G{row})=0,"",I{row}/G{row})', executed / budget, RATE)


def _number(figure: Figure | None) -> Decimal | str | None:
    if figure is None:
        return None
    try:
        value = Decimal(figure.value)
    except DecimalException:
        return figure.value
    return value if value.is_finite() else figure.value


def _words(figure: Figure | None) -> str | None:
    return figure.value if figure else None


def _stated(project: Project, kinds: tuple[str, ...]) -> Decimal | None:
    """The stated rate of the whole fund; rates as of a day within the year are left out."""
    told = (rate for rate in project.rates if rate.of in kinds and not rate.interim)
    return next((Decimal(rate.value) / 100 for rate in told), None)
