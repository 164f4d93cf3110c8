"""The sheets that explain: what each check looks for, and with which program, settings and files the run was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields

from extractor.adapters.xlsxwriter import Cell, Content, style
from extractor.model.report import NAME, SCHEMA_VERSION, Report
from extractor.model.workpaper import Both
from extractor.present.words import SEVERITIES, say
from extractor.present.workpaper.desk import Desk
from extractor.present.workpaper.look import CENTRE, CODE, COUNT, SEVERITY, WRAP, height
from extractor.present.workpaper.texts import STATES

CHECKS: Both = ("检查说明", "Checks")
RUN: Both = ("运行信息", "Run")
CHECK_COLUMNS = (
    (("检查代号", "check name"), 30, CODE),
    (("检查", "check"), 28, WRAP),
    (("类别", "family"), 13, CENTRE),
    (("程度", "severity"), 8, CENTRE),
    (("本次疑点", "findings here"), 9, COUNT),
    (("依据", "norm"), 36, WRAP),
    (("说明", "documentation"), 90, WRAP),
)
RUN_COLUMNS = (
    (("项", "item"), 30, style(WRAP, num_format="@")),
    (("内容", "value"), 60, style(WRAP, num_format="@")),
    (("SHA-256", "SHA-256"), 66, CODE),
    (("页数", "pages"), 8, COUNT),
    (("状态", "status"), 12, CENTRE),
)
FILE: Both = ("文件", "file")


class About:
    """Checks are counted as reports come; the files of the run stand under its settings."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._counts: Counter[str] = Counter()
        self._checks = desk.sheet(CHECKS, CHECK_COLUMNS, frozen=2)
        self._run = desk.sheet(RUN, RUN_COLUMNS)
        for item, value in self._facts():
            self._run.add([item, value])

    def add(self, report: Report) -> None:
        source = report.source
        self._counts.update(each.check for each in report.findings if not each.is_suppressed)
        status = say(STATES, report.status, self._desk.job.language)
        self._run.add([self._desk.say(FILE), source.path, source.sha256, source.pages, status])

    def end(self) -> None:
        language = self._desk.job.language
        for each in self._desk.job.checks:
            if self._desk.job.split_by and not self._counts[each.name]:
                continue  # a unit's own workbook explains what was found there
            key = each.severity.label
            cells: list[Content] = [
                each.name,
                self._desk.titles[each.name],
                each.family,
                Cell(say(SEVERITIES, key, language), SEVERITY[key]),
            ]
            cells += [self._counts[each.name], each.norm, each.documentation]
            self._checks.add(cells, height(cells, self._checks.columns))
        self._desk.close(self._checks, is_large=True)
        self._desk.close(self._run)

    def _facts(self) -> Iterator[tuple[str, str]]:
        """Versions and settings; no time of day, so that the same input gives the same workbook."""
        job, say_ = self._desk.job, self._desk.say
        yield say_(("程序", "program")), f"{NAME} {job.version}"
        yield say_(("结果格式版本", "schema version")), SCHEMA_VERSION
        for each in fields(job.settings):
            if each.name != "checks":
                yield each.name, _shown(getattr(job.settings, each.name))
        for each in fields(job.settings.checks):
            yield f"checks.{each.name}", _shown(getattr(job.settings.checks, each.name))
        if job.units:
            yield say_(("应报单位数", "units expected")), str(len(job.units))


def _shown(value: object) -> str:
    if isinstance(value, frozenset | tuple):
        return ", ".join(sorted(map(str, value))) if isinstance(value, frozenset) else ", ".join(map(str, value))
    return str(value)
