"""The table for people: the verdict first, then the findings, worst first, and what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rich.console import Console
from rich.text import Text

from extractor.model.report import ClaimCounts, Finding, Report, Summary
from extractor.present.canvas import STYLES, Canvas, indented, labelled, spread
from extractor.present.cards import card
from extractor.present.printable import printable
from extractor.present.reviewed import Suppressed, suppressed
from extractor.present.verdict import checked, outcome, verdict
from extractor.present.verified import verified
from extractor.present.words import FAILURES
from extractor.present.wrapping import wrap

RANK = {"error": 0, "warning": 1, "info": 2}
CLEAN_SHOWN = 20
"""Documents without findings that are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class View:
    """What the table shows: its language, how many findings, whether consistent claims too, and whether findings have ids."""

    language: str = "zh"
    limit: int = 200
    verbose: bool = False
    has_ids: bool = False


class Terminal:
    """Collects what the table needs of each report and prints it at the end, when the worst findings are known."""

    def __init__(self, console: Console, view: View) -> None:
        self._console = console
        self._view = view
        self._entries: list[Entry] = []
        self._seen: Counter[int] = Counter()
        self._suppressed: list[Suppressed] = []

    def add(self, report: Report) -> None:
        kept = tuple(finding for finding in report.findings if not finding.is_suppressed and self._may_be_shown(finding))
        room = max(self._view.limit - len(self._suppressed), 0)
        false_alarms = (finding for finding in report.findings if finding.is_suppressed)
        self._suppressed.extend((report.source.path, finding) for finding in islice(false_alarms, room))
        self._entries.append(Entry.of(report, kept, self._view))

    def _may_be_shown(self, finding: Finding) -> bool:
        """Is the finding within the limit, counting earlier ones of the same or higher severity? Only such findings are held in memory."""
        rank = RANK[finding.severity]
        before = sum(count for other, count in self._seen.items() if other <= rank)
        self._seen[rank] += 1
        return before < self._view.limit

    def end(self, summary: Summary) -> None:
        console = self._console
        has_colour = bool(console.color_system) and not console.no_color
        canvas = Canvas(console.width, has_colour, console.encoding, self._view.language, self._view.has_ids)
        for line in table(self._entries, self._suppressed, summary, canvas, self._view):
            line.rstrip()
            line.plain = printable(line.plain)
            console.print(line, no_wrap=True, overflow="ignore", crop=False, highlight=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A report without the parts that the table does not show, and the counts of its claims and findings."""

    report: Report
    claims: ClaimCounts
    findings: Counter[str]
    suppressed: int = 0

    @classmethod
    def of(cls, report: Report, kept: tuple[Finding, ...], view: View) -> Entry:
        seen: dict[str, tuple[object, ...]] = {"sections": (), "projects": (), "document_numbers": (), "findings": kept}
        if not view.verbose:
            seen["claims"] = ()
        claims = ClaimCounts(**Counter[str](claim.verdict for claim in report.claims))
        counted = [finding.severity for finding in report.findings if not finding.is_suppressed]
        return cls(report.model_copy(update=seen), claims, Counter(counted), len(report.findings) - len(counted))

    @property
    def weight(self) -> tuple[int, ...]:
        """Sorts the documents with the most errors, then the most warnings, first."""
        return (-self.findings["error"], -self.findings["warning"], -self.findings["info"])


def table(entries: Sequence[Entry], false_alarms: Sequence[Suppressed], summary: Summary, canvas: Canvas, view: View) -> Iterator[Text]:
    """The whole table as lines that fit the canvas."""
    yield from verdict(summary, canvas)
    shown = _worst(entries, view.limit)
    for entry in sorted(entries, key=lambda entry: entry.weight):
        findings = [finding for finding in entry.report.findings if id(finding) in shown]
        if findings or entry.report.status == "partial" or (view.verbose and entry.report.claims):
            yield from _document(entry, findings, canvas)
    yield from suppressed(false_alarms, summary.suppressed, canvas)
    yield from _unreadable(entries, canvas)
    yield from _clean(entries, canvas, view)
    yield from _left_out(sum(entry.findings.total() for entry in entries), len(shown), canvas)


def _worst(entries: Sequence[Entry], limit: int) -> set[int]:
    """The ids of the findings within the limit: by severity, then in the order of the documents."""
    every = [finding for entry in entries for finding in entry.report.findings]
    return {id(finding) for finding in sorted(every, key=lambda finding: RANK[finding.severity])[:limit]}


def _document(entry: Entry, findings: Sequence[Finding], canvas: Canvas) -> Iterator[Text]:
    """A document's errors and warnings by project, then its notes, then, where asked for, what was verified."""
    report = entry.report
    yield Text()
    yield from _heading(entry, canvas)
    yield canvas.rule
    for note in report.notes:
        sign = Text(f"  {canvas.glyph('warning')} ", STYLES["warning"])
        yield from labelled(sign, Text(note.message), 4, canvas.width)
    heavy = [finding for finding in findings if finding.severity != "info"]
    for project, own in _by_project(heavy):
        yield Text()
        yield from wrap(Text(project or canvas.either(("全文", "The report as a whole")), "bold"), canvas.width)
        for finding in own:
            yield Text()
            yield from card(finding, canvas)
    light = [finding for finding in findings if finding.severity == "info"]
    if light:
        yield Text()
        yield Text(canvas.either((f"提示 {len(light)} 条", f"{len(light)} notes")), STYLES["info"])
    for finding in light:
        yield Text()
        yield from card(finding, canvas, finding.project)
    yield from verified(report.claims, canvas)


def _heading(entry: Entry, canvas: Canvas) -> Iterator[Text]:
    report = entry.report
    yield from spread(Text(report.source.path, "bold"), _pages(report, canvas), canvas.width)
    year = canvas.either((f"{report.year} 年度", report.year)) if report.year else None
    title = f" {canvas.glyph('dot')} ".join(filter(None, (report.title or report.unit, year)))
    yield from wrap(Text(title, "dim"), canvas.width) if title else ()
    yield from wrap(checked(entry.claims, canvas), canvas.width)


def _pages(report: Report, canvas: Canvas) -> Text:
    pages = report.source.pages
    return Text(canvas.either((f"{pages} 页", f"{pages} pages")) if pages else "", "dim")


def _by_project(findings: Sequence[Finding]) -> list[tuple[str | None, list[Finding]]]:
    """Findings grouped by project, the group with the worst finding first, and worst first within."""
    groups: dict[str | None, list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: RANK[finding.severity]):
        groups.setdefault(finding.project, []).append(finding)
    return list(groups.items())


def _unreadable(entries: Sequence[Entry], canvas: Canvas) -> Iterator[Text]:
    failed = [entry.report for entry in entries if entry.report.error]
    if failed:
        yield Text()
        told = Text(canvas.either((f"未能读取 {len(failed)} 份", f"{len(failed)} unreadable")), STYLES["failed"])
        yield from wrap(told.append(_kinds_of(failed, canvas)), canvas.width)
    for report in failed:
        sign = Text(f"  {canvas.glyph('failed')} ", STYLES["failed"])
        yield from labelled(sign, Text(report.source.path, "bold"), 4, canvas.width)
        yield from indented(wrap(Text(report.error.message if report.error else ""), canvas.width - 4), 4)


def _kinds_of(failed: Sequence[Report], canvas: Canvas) -> str:
    """The counts of unreadable files by reason, if there are several files."""
    codes = Counter(report.error.code for report in failed if report.error)
    counts = (f"{canvas.either(FAILURES.get(code, (code, code)))} {count}" for code, count in sorted(codes.items()))
    return f" {canvas.glyph('dot')} " + canvas.either(("，", ", ")).join(counts) if len(failed) > 1 else ""


def _clean(entries: Sequence[Entry], canvas: Canvas, view: View) -> Iterator[Text]:
    clean = [entry for entry in entries if entry.report.status == "ok" and not entry.findings.total() + entry.suppressed]
    if not clean:
        return
    yield Text()
    yield Text(canvas.either((f"未发现疑点 {len(clean)} 份", f"{len(clean)} without findings")), STYLES["good"])
    named = clean if view.verbose else clean[:CLEAN_SHOWN]
    for entry in named:
        left = Text.assemble((f"  {canvas.glyph('good')} ", STYLES["good"]), entry.report.source.path)
        yield from spread(left, outcome(entry.claims, canvas), canvas.width)
    if len(named) < len(clean):
        rest = len(clean) - len(named)
        yield Text("  " + canvas.either((f"另有 {rest} 份", f"and {rest} more")), STYLES["dim"])


def _left_out(total: int, shown: int, canvas: Canvas) -> Iterator[Text]:
    if total > shown:
        left = total - shown
        more = (f"另有 {left} 条疑点未列出；--limit {total} 可全部列出", f"{left} more findings; --limit {total} shows all")
        yield Text()
        yield from wrap(Text(canvas.either(more), "bold"), canvas.width)
