"""A finished file: its report as JSON, with the little that a run has to know of it without parsing that."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from dataclasses import dataclass, field

from extractor.model.report import Report

SEVERITIES = ("error", "warning", "info")
VERDICTS = ("consistent", "inconsistent", "not_checkable")


def _head(path: str) -> bytes:
    """What the JSON of a report begins with."""
    return b'{"source":{"path":' + json.dumps(path, ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class Finished:
    """`rest` is the report's JSON behind the path: the same for a file of the same name in another folder."""

    path: str
    rest: bytes
    status: str
    sha256: str | None
    pages: int
    error: tuple[str, str] | None  # code and message
    findings: tuple[int, ...]  # by SEVERITIES
    claims: tuple[int, ...]  # by VERDICTS
    likeness: str | None = None  # the same for reports that say the same
    is_duplicate: bool = False
    packed: bytes | None = field(default=None, compare=False, repr=False)  # where it comes from the cache

    @classmethod
    def of(cls, report: Report, likeness: str | None = None) -> Finished:
        path, body = report.source.path, report.model_dump_json().encode()
        severities = Counter[str](finding.severity for finding in report.findings)
        verdicts = Counter[str](claim.verdict for claim in report.claims)
        return cls(
            path,
            body[len(_head(path)) :],
            report.status,
            report.source.sha256,
            report.source.pages or 0,
            (report.error.code, report.error.message) if report.error else None,
            tuple(severities[name] for name in SEVERITIES),
            tuple(verdicts[name] for name in VERDICTS),
            likeness,
        )

    @property
    def json(self) -> bytes:
        """The report as the JSON contract has it."""
        return _head(self.path) + self.rest

    @property
    def report(self) -> Report:
        return Report.model_validate_json(self.json)

    @property
    def code(self) -> str | None:
        """Why the file could not be read; None where it was."""
        return self.error[0] if self.error else None


def pack(finished: Finished) -> bytes:
    """Everything but the path, compressed; the compression carries a checksum."""
    if finished.packed:
        return finished.packed
    counts = finished.findings, finished.claims
    head = [finished.status, finished.sha256, finished.pages, finished.error, *counts, finished.likeness]
    return zlib.compress(json.dumps(head).encode() + b"\n" + finished.rest, 1)


def unpack(packed: bytes, path: str) -> Finished:
    """The finished file under its present path; raises ValueError for damaged bytes."""
    try:
        head, _, rest = zlib.decompress(packed).partition(b"\n")
        status, sha256, pages, error, findings, claims, likeness = json.loads(head)
    except zlib.error as problem:
        raise ValueError(str(problem)) from problem
    reason = (error[0], error[1]) if error else None
    return Finished(path, rest, status, sha256, pages, reason, tuple(findings), tuple(claims), likeness, packed=packed)
