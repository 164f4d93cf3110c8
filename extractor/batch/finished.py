"""A finished file: its report as JSON, with the few facts that a run needs without parsing it."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from extractor.model.report import Claim, Finding, Note, Report

SEVERITIES = ("error", "warning", "info")
_REPORT, _CLAIMS, _FINDINGS = TypeAdapter(Report), TypeAdapter(tuple[Claim, ...]), TypeAdapter(tuple[Finding, ...])
_AT_ONCE = 500
VERDICTS = ("consistent", "inconsistent", "not_checkable")


def _head(path: str) -> bytes:
    """The beginning of the JSON of a report."""
    return b'{"source":{"path":' + json.dumps(path, ensure_ascii=False).encode()


def _pieces(report: Report) -> Iterator[bytes]:
    """The JSON of a report after its path, some claims at a time: the whole JSON of a long report would take much memory."""
    body = _REPORT.dump_json(report.model_copy(update={"claims": (), "findings": ()}))
    yield body[len(_head(report.source.path)) :].removesuffix(b'"claims":[],"findings":[]}')
    yield b'"claims":['
    for place in range(0, len(report.claims), _AT_ONCE):
        yield (b"," if place else b"") + _CLAIMS.dump_json(report.claims[place : place + _AT_ONCE])[1:-1]
    yield b'],"findings":['
    for place in range(0, len(report.findings), _AT_ONCE):
        yield (b"," if place else b"") + _FINDINGS.dump_json(report.findings[place : place + _AT_ONCE])[1:-1]
    yield b"]}"


def _with_note(rest: bytes, note: bytes) -> bytes:
    """The JSON of a report with a note added. The searched text cannot occur within a string, because quotes are escaped there."""
    notes, end, more = rest.partition(b'],"kind":')
    return b"".join((notes, b"" if notes.endswith(b"[") else b",", note, end, more))


def _deflated(pieces: Iterator[bytes]) -> bytes:
    deflating = zlib.compressobj(1)
    return b"".join([*map(deflating.compress, pieces), deflating.flush()])


@dataclass(frozen=True, slots=True)
class Finished:
    """`rest` is the report's JSON after the path, compressed; it is the same for a copy of the file in another folder."""

    path: str
    rest: bytes
    status: str
    sha256: str | None
    pages: int
    error: tuple[str, str] | None  # code and message
    findings: tuple[int, ...]  # by SEVERITIES
    claims: tuple[int, ...]  # by VERDICTS
    likeness: str | None = None  # equal for reports with the same content
    is_duplicate: bool = False
    added: bytes = b""  # notes that the run added, as JSON
    suppressed: int = 0  # findings that an auditor called false alarms

    @classmethod
    def of(cls, report: Report, likeness: str | None = None) -> Finished:
        severities = Counter[str](finding.severity for finding in report.findings if not finding.is_suppressed)
        verdicts = Counter[str](claim.verdict for claim in report.claims)
        return cls(
            report.source.path,
            _deflated(_pieces(report)),
            report.status,
            report.source.sha256,
            report.source.pages or 0,
            (report.error.code, report.error.message) if report.error else None,
            tuple(severities[name] for name in SEVERITIES),
            tuple(verdicts[name] for name in VERDICTS),
            likeness,
            suppressed=sum(finding.is_suppressed for finding in report.findings),
        )

    def noted(self, note: Note) -> Finished:
        """The record with a note added."""
        return replace(self, added=b",".join(filter(None, (self.added, note.model_dump_json().encode()))))

    @property
    def json(self) -> bytes:
        """The report as the JSON contract has it."""
        rest = zlib.decompress(self.rest)
        return _head(self.path) + (_with_note(rest, self.added) if self.added else rest)

    @property
    def report(self) -> Report:
        return Report.model_validate_json(self.json)

    @property
    def code(self) -> str | None:
        """Why the file could not be read; None where it was."""
        return self.error[0] if self.error else None


def pack(finished: Finished) -> bytes:
    """Everything but the path, with a checksum."""
    counts = finished.findings, finished.claims
    head = [finished.status, finished.sha256, finished.pages, finished.error, *counts, finished.likeness, zlib.crc32(finished.rest)]
    return json.dumps(head).encode() + b"\n" + finished.rest


def unpack(packed: bytes, path: str) -> Finished:
    """The finished file under its present path; raises ValueError for damaged bytes."""
    head, _, rest = packed.partition(b"\n")
    status, sha256, pages, error, findings, claims, likeness, checksum = json.loads(head.decode())
    if zlib.crc32(rest) != checksum:
        raise ValueError("damaged")
    reason = (error[0], error[1]) if error else None
    return Finished(path, rest, status, sha256, pages, reason, tuple(findings), tuple(claims), likeness)
