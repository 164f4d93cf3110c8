"""The reports of a run on disk, and in memory what is needed to plan the files."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extractor.adapters.page_pictures import Order
from extractor.model.report import Finding, Report

SHEETS = 6
"""A finding shows at most so many pages; the rest is only quoted."""


@dataclass(frozen=True)
class Entry:
    """A report: its place in the store, the counts of its findings and claims, and the pages that each finding shows."""

    number: int
    path: str
    unit: str | None
    status: str
    key: str
    severities: Mapping[str, int]
    suppressed: int
    verdicts: Mapping[str, int]
    reasons: Mapping[str, int]
    checks: Mapping[tuple[str, str], int]
    sheets: tuple[tuple[int, ...], ...]
    at: int
    size: int


class Store:
    """Reports one after another in a file, without the parts that are not shown."""

    def __init__(self, folder: Path) -> None:
        self._stream = (folder / "reports").open("w+b")
        self.entries: list[Entry] = []

    def add(self, report: Report) -> Entry:
        kept = report.model_copy(update={"sections": (), "projects": (), "document_numbers": (), "claims": ()})
        packed = zlib.compress(kept.model_dump_json().encode("utf-8", "replace"), 1)
        counted = [finding for finding in report.findings if not finding.is_suppressed]
        entry = Entry(
            number=len(self.entries),
            path=report.source.path,
            unit=report.unit,
            status=report.status,
            key=report.source.sha256 or report.source.path,
            severities=Counter(finding.severity for finding in counted),
            suppressed=len(report.findings) - len(counted),
            verdicts=Counter(claim.verdict for claim in report.claims),
            reasons=Counter(claim.reason for claim in report.claims if claim.verdict == "not_checkable" and claim.reason),
            checks=Counter((finding.check, finding.severity) for finding in counted),
            sheets=tuple(sheets(finding) for finding in report.findings),
            at=self._stream.tell(),
            size=len(packed),
        )
        self._stream.write(packed)
        self.entries.append(entry)
        return entry

    def report(self, entry: Entry) -> Report:
        self._stream.seek(entry.at)
        return Report.model_validate_json(zlib.decompress(self._stream.read(entry.size)))

    def close(self) -> None:
        self._stream.close()


def sheets(finding: Finding) -> tuple[int, ...]:
    """The pages of a finding that are shown, the first ones where there are many."""
    return tuple(sorted({box[0] for evidence in finding.evidence for box in evidence.boxes})[:SHEETS])


def order(entry: Entry, path: Path, stem: Path, is_long_run: bool) -> Order:
    """The order for the pictures of a report: the pages of its findings."""
    return Order(str(path), str(stem), tuple(sorted({page for own in entry.sheets for page in own})), is_long_run)
