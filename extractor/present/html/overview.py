"""The overview above the findings: the verdict, counts by unit and check, what was not read, the results of the claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractor.model.findings import CheckRecord
from extractor.model.report import ClaimCounts, FindingCounts, Report, Summary
from extractor.present.canvas import Canvas
from extractor.present.html.store import Entry
from extractor.present.html.texts import PAGE
from extractor.present.verdict import verdict
from extractor.present.words import REASONS, VERDICTS, say

BARS = 12
WIDEST = 1_000_000
SHADES = ("error", "warning", "info")


@dataclass(frozen=True)
class Stretch:
    """A part of a bar, in thousandths."""

    kind: str
    at: str
    size: str
    count: int


@dataclass(frozen=True)
class Bar:
    """`key` is what a click on the bar filters by; None for the rest."""

    label: str
    key: str | None
    total: int
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class Overview:
    verdict: tuple[str, ...]
    units: tuple[Bar, ...]
    checks: tuple[Bar, ...]
    claims: Bar
    verdicts: tuple[tuple[str, str, int], ...]
    reasons: tuple[tuple[str, int], ...]
    failed: tuple[Report, ...]
    partial: tuple[Report, ...]
    clean: tuple[Entry, ...]


def overview(
    entries: Sequence[Entry], summary: Summary, read: Callable[[Entry], Report], checks: Sequence[CheckRecord], language: str
) -> Overview:
    titles = {record.name: record.title_en if language == "en" else record.title_zh for record in checks}
    units: dict[str, Counter[str]] = {}
    families: dict[str, Counter[str]] = {}
    for entry in entries:
        units.setdefault(entry.unit or "", Counter()).update(entry.severities)
        for (name, severity), count in entry.checks.items():
            families.setdefault(name, Counter())[severity] += count
    counts = summary.claims.model_dump()
    reasons = sum((Counter(entry.reasons) for entry in entries), Counter[str]())
    return Overview(
        verdict=tuple(line.plain for line in verdict(summary, Canvas(WIDEST, False, "utf-8", language))),
        units=_bars(units, {"": say(PAGE, "no_unit", language)}, language),
        checks=_bars(families, titles, language),
        claims=_bar("", None, counts, sum(counts.values())),
        verdicts=tuple((name, say(VERDICTS, name, language), count) for name, count in counts.items()),
        reasons=tuple((say(REASONS, code, language), count) for code, count in reasons.most_common()),
        failed=tuple(read(entry) for entry in entries if entry.status == "failed"),
        partial=tuple(read(entry) for entry in entries if entry.status == "partial"),
        clean=tuple(entry for entry in entries if entry.status != "failed" and not entry.sheets),
    )


def summary_of(entries: Iterable[Entry]) -> Summary:
    """The counts over some reports of a run."""
    own = list(entries)
    statuses = Counter(entry.status for entry in own)
    return Summary(
        documents=len(own),
        ok=statuses["ok"],
        partial=statuses["partial"],
        failed=statuses["failed"],
        suppressed=sum(entry.suppressed for entry in own),
        findings=FindingCounts(**sum((Counter(entry.severities) for entry in own), Counter[str]())),
        claims=ClaimCounts(**sum((Counter(entry.verdicts) for entry in own), Counter[str]())),
    )


def _bars(found: Mapping[str, Counter[str]], labels: Mapping[str, str], language: str) -> tuple[Bar, ...]:
    """The longest bars, and the rest as one entry without a bar."""
    order = sorted(((key, counts) for key, counts in found.items() if counts.total()), key=lambda each: -each[1].total())
    longest = order[0][1].total() if order else 0
    bars = [_bar(labels.get(key, key), key, counts, longest) for key, counts in order[:BARS]]
    if rest := order[BARS:]:
        total = sum(counts.total() for _, counts in rest)
        bars.append(Bar(say(PAGE, "others", language).format(len(rest)), None, total, ()))
    return tuple(bars)


def _bar(label: str, key: str | None, counts: Mapping[str, int], longest: int) -> Bar:
    stretches, at = [], 0
    kinds = sorted(counts, key=lambda kind: SHADES.index(kind) if kind in SHADES else 0)
    for kind in kinds:
        if counts[kind]:
            size = 1000 * counts[kind] / longest
            stretches.append(Stretch(kind, f"{1000 * at / longest:.1f}", f"{size:.1f}", counts[kind]))
            at += counts[kind]
    return Bar(label, key, at, tuple(stretches))
