"""The sheets of files that were not read, or only in part, and of units: who filed, and who was expected and did not."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.adapters.xlsxwriter import Cell, Content, style
from extractor.model.report import Report
from extractor.model.workpaper import Both
from extractor.present.unit_names import folded
from extractor.present.words import FAILURES, SEVERITIES, say
from extractor.present.workpaper.desk import Desk
from extractor.present.workpaper.look import AMBER, CENTRE, COUNT, GREEN, RED, TEXT, WRAP, height, joined

UNREAD: Both = ("未能读取", "Unreadable")
COVERAGE: Both = ("覆盖情况", "Coverage")
UNREAD_COLUMNS = (
    (("文件", "file"), 44, style(WRAP, num_format="@")),
    (("单位", "unit"), 22, WRAP),
    (("状态", "status"), 11, CENTRE),
    (("原因", "reason"), 16, WRAP),
    (("页", "page"), 7, style(CENTRE, num_format="@")),
    (("说明", "explanation"), 56, WRAP),
    (("出处", "open"), 8, CENTRE),
)
COVERAGE_COLUMNS = (
    (("单位", "unit"), 34, style(TEXT, text_wrap=True)),
    (("状态", "status"), 20, CENTRE),
    (("报告份数", "reports"), 10, COUNT),
    (("未能读取", "unreadable"), 10, COUNT),
    (("文件", "files"), 70, style(WRAP, num_format="@")),
)
FILED: Both = ("已报", "filed")
MISSING: Both = ("未报", "nothing filed")
UNREADABLE: Both = ("已报，未能读取", "filed, unreadable")
EXTRA: Both = ("已报，不在名单", "filed, not on the list")
NOT_ASKED: Both = ("已报（未给名单）", "filed (no list given)")


class Unread:
    """Files that failed, and the notes on pages of others."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sheet = desk.sheet(UNREAD, UNREAD_COLUMNS)

    def add(self, report: Report) -> None:
        language = self._desk.job.language
        path, link = report.source.path, self._desk.link(report)
        rows: list[list[Content]] = []
        if report.error:
            label = Cell(say(SEVERITIES, "failed", language), style(CENTRE, bold=True, font_color=RED))
            rows.append([path, report.unit, label, say(FAILURES, report.error.code, language), None, report.error.message, link])
        for note in report.notes:
            key = "partial" if report.status == "partial" else "info"
            page = str(note.page) if note.page else None
            rows.append([path, report.unit, Cell(say(SEVERITIES, key, language), CENTRE), note.code, page, note.message, link])
        for cells in rows:
            self._sheet.add(cells, height(cells, self._sheet.columns))

    def end(self) -> None:
        self._desk.close(self._sheet)


@dataclass
class Filed:
    """What was filed under one name."""

    name: str
    files: list[str] = field(default_factory=list)
    failed: int = 0
    is_expected: bool = False


class Coverage:
    """The expected units in the order of the list, then the others. A file that was not read counts for the unit it is named after."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sheet = desk.sheet(COVERAGE, COVERAGE_COLUMNS)
        self._units: dict[str, Filed] = {}
        for name in desk.job.units:
            self._units.setdefault(folded(name), Filed(name, is_expected=True))

    def add(self, report: Report) -> None:
        key = folded(report.unit) if report.unit else self._named_after(report.source.path)
        filed = self._units.setdefault(key, Filed(report.unit or self._desk.unit(report)))
        filed.files.append(report.source.path)
        filed.failed += report.status == "failed"

    def end(self) -> None:
        for filed in self._units.values():
            label, look = self._status(filed)
            shown = filed.files[:20] + (["…"] if len(filed.files) > 20 else [])
            files = joined(shown, self._desk.job.language)
            cells: list[Content] = [filed.name, Cell(self._desk.say(label), look), len(filed.files), filed.failed, files]
            self._sheet.add(cells, height(cells, self._sheet.columns))
        self._desk.close(self._sheet)

    def _named_after(self, path: str) -> str:
        """The longest expected name in the file's path."""
        own = folded(path)
        names = [key for key, filed in self._units.items() if filed.is_expected and key and key in own]
        return max(names, key=len, default="")

    def _status(self, filed: Filed) -> tuple[Both, tuple[tuple[str, object], ...]]:
        if not filed.files:
            return MISSING, style(CENTRE, bold=True, font_color=RED, bg_color="#FEE4E2")
        if len(filed.files) == filed.failed:
            return UNREADABLE, style(CENTRE, font_color=AMBER, bg_color="#FEF0C7")
        if filed.is_expected:
            return FILED, style(CENTRE, font_color=GREEN)
        return (EXTRA, style(CENTRE, font_color=AMBER)) if self._desk.job.units else (NOT_ASKED, CENTRE)
