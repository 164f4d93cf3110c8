"""What the sheets of one workbook share: the job, the book, links to the files, words in the language asked for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from extractor.adapters.xlsxwriter import Book, Column, Link, Sheet, Style
from extractor.model.report import Evidence, Report
from extractor.model.workpaper import NO_UNIT, Both
from extractor.present.sink import Job
from extractor.present.workpaper.look import HEADING, LINK, NumberFormats

TOO_LONG: Both = ("行数已到上限，其余见 JSON", "no more rows fit here; the rest is in the JSON")
MOST_PLACES = 8
FOOTER: Both = ("&L&8绩效自评报告核验底稿 · &A&R&8第 &P 页，共 &N 页", "&L&8Working paper · &A&R&8Page &P of &N")

_ESCAPED = {each: f"%{ord(each):02X}" for each in '%#?"<>[]^`{} '}
_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffd]")


@dataclass
class Desk:
    """`up` leads from the workbook's folder to that of all outputs."""

    job: Job
    book: Book
    folder: Path
    up: str = ""
    formats: NumberFormats = field(default_factory=NumberFormats)

    def __post_init__(self) -> None:
        self.titles = {each.name: self.say((each.title_zh, each.title_en)) for each in self.job.checks}
        self._targets: dict[str, str | None] = {}

    def say(self, words: Both) -> str:
        return words[self.job.language == "en"]

    def sheet(self, name: Both, columns: Iterable[tuple[Both, int, Style]], frozen: int = 1) -> Sheet:
        made = [Column(self.say(heading), width, look) for heading, width, look in columns]
        return self.book.sheet(self.say(name), made, HEADING, frozen, self.say(TOO_LONG))

    def close(self, sheet: Sheet, is_large: bool = False, print_columns: int | None = None) -> None:
        sheet.filter()
        sheet.paper(is_large, self.say(FOOTER), print_columns)

    def unit(self, report: Report) -> str:
        return report.unit or self.say(NO_UNIT)

    def pages(self, evidence: Iterable[Evidence]) -> str:
        """The pages, or the places in formats without pages, the first ones of many: 3、5."""
        places = list(filter(None, dict.fromkeys(str(each.page) if each.page else each.locator or "" for each in evidence)))
        return self.say(("、", ", ")).join(places[:MOST_PLACES]) + ("…" if len(places) > MOST_PLACES else "")

    def link(self, report: Report, evidence: Iterable[Evidence] = ()) -> Link | None:
        """Opens the marked-up copy where there is one, else the original, at the first page of the passages; else the archive."""
        target = self._target(report)
        if target is None:
            return None
        if report.source.path in self.job.members and not self._is_marked(report):
            return Link(target, self.say(("打开压缩包", "open the archive")), LINK)
        page = next((each.page for each in evidence if each.page), None)
        if page is None or report.source.media_type != "application/pdf":
            return Link(target, self.say(("打开", "open")), LINK)
        return Link(f"{target}#page={page}", self.say((f"第{page}页", f"p. {page}")), LINK)

    def _target(self, report: Report) -> str | None:
        path = report.source.path
        if path not in self._targets:
            self._targets[path] = self._found(path, self._is_marked(report))
        return self._targets[path]

    def _is_marked(self, report: Report) -> bool:
        has_marks = any(each.boxes for finding in report.findings for each in finding.evidence)
        return has_marks and report.source.path in self.job.marked

    def _found(self, path: str, is_marked: bool) -> str | None:
        original = self.job.originals.get(path) or self.job.members.get(path, (None, None))[1]
        if is_marked:
            way = self.up + self.job.marked[path]
        elif original:
            try:
                way = self.up + os.path.relpath(original.absolute(), self.folder.absolute()).replace(os.sep, "/")
            except ValueError:  # on another drive
                return _link(str(original.absolute()), {})
        else:
            return None
        return _link(f"./{way}", {":": "%3A"})


def _link(way: str, more: Mapping[str, str]) -> str | None:
    """The path as a link. `./` and an escaped colon keep a name from being taken for a drive.

    >>> _link("./../报告 #1:/a.pdf", {":": "%3A"}), _link("D:/a.pdf", {}), _link("./a\\nb.pdf", {})
    ('external:./../报告%20%231%3A/a.pdf', 'external:D:/a.pdf', None)
    """
    escaped = {**_ESCAPED, **more}
    return None if _CONTROL.search(way) else "external:" + "".join(escaped.get(each, each) for each in way)
