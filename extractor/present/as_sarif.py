"""Reports as SARIF 2.1.0, the form in which code-review tools take results: one run, a rule for each check."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, Any
from urllib.parse import quote

from extractor.model.findings import CheckRecord
from extractor.model.report import Decision, Evidence, Finding, Note, Operand, Report, Summary
from extractor.present.files import SARIF
from extractor.present.sink import Job, Shelf

LEVELS = {"error": "error", "warning": "warning", "info": "note"}


class Sarif:
    """Results are written as they come; the list of files and what could not be read follow at the end."""

    def __init__(self, stream: IO[bytes], job: Job) -> None:
        self._stream, self._is_english = stream, job.language == "en"
        self._places = {record.name: place for place, record in enumerate(job.checks)}
        self._files: list[bytes] = []
        self._told: list[bytes] = []
        self._is_first = True
        rules = [self._rule(record) for record in job.checks]
        language = "en" if self._is_english else "zh-CN"
        stream.write(SARIF + _json({"version": job.version, "language": language, "rules": rules})[1:])
        stream.write(b'},"language":' + _json(language) + b',"columnKind":"unicodeCodePoints","results":[')

    def add(self, report: Report) -> None:
        place = len(self._files)
        self._files.append(_json(_artifact(report)))
        file = {"uri": _uri(report.source.path), "index": place}
        if report.error:
            self._told.append(_json(_notification(file, "error", report.error.code, report.error.message, None)))
        self._told += [_json(_noted(file, note)) for note in report.notes]
        for finding in report.findings:
            self._stream.write(b"\n" if self._is_first else b",\n")
            self._stream.write(_json(self._result(report, finding, file)))
            self._is_first = False

    def end(self, summary: Summary) -> None:
        self._stream.write(b'\n],"artifacts":[' + b",\n".join(self._files))
        self._stream.write(b'],"invocations":[{"executionSuccessful":true,"toolExecutionNotifications":[')
        self._stream.write(b",\n".join(self._told) + b']}],"properties":{"summary":' + summary.model_dump_json().encode() + b"}}]}\n")

    def _rule(self, record: CheckRecord) -> dict[str, Any]:
        return {
            "id": record.name,
            "shortDescription": {"text": record.title_en if self._is_english else record.title_zh},
            "fullDescription": {"text": f"{record.title_zh} · {record.title_en}"},
            "help": {"text": "\n\n".join(filter(None, (record.documentation, record.norm))) or record.title_zh},
            "defaultConfiguration": {"level": LEVELS[record.severity.label], "enabled": record.on_by_default},
            "properties": {"tags": [record.family]},
        }

    def _result(self, report: Report, finding: Finding, file: dict[str, Any]) -> dict[str, Any]:
        places = [_location(file, each, _plain(each.quote), finding.project) for each in finding.evidence]
        whole = {"physicalLocation": {"artifactLocation": file}}
        rule = {"ruleIndex": self._places[finding.check]} if finding.check in self._places else {}
        return {
            "ruleId": finding.check,
            **rule,
            "level": LEVELS[finding.severity],
            "message": {"text": _plain(finding.message)},
            "locations": places[:1] or [whole],
            "relatedLocations": places[1:] + list(_operands(file, finding.operands)),
            "partialFingerprints": {"finding/v1": finding.id, "series/v1": finding.series},
            "suppressions": [_suppression(finding.decision)] if finding.decision and finding.is_suppressed else [],
            "properties": _properties(report, finding),
        }


def sink(job: Job, shelf: Shelf) -> Sarif:
    return Sarif(shelf.stream(), job)


def _properties(report: Report, finding: Finding) -> dict[str, Any]:
    told = {
        "unit": report.unit, "year": report.year, "project": finding.project, "title": finding.title, "stated": finding.stated,
        "expected": finding.expected, "formula": finding.formula, "doubts": finding.doubts, "claims": finding.claims,
        "highlightBoxes": finding.highlight_boxes,
    }  # fmt: skip
    decided = {"decision": finding.decision, "proposal": finding.proposal}
    return {name: cell for name, cell in told.items() if cell} | {name: d.model_dump(mode="json") for name, d in decided.items() if d}


def _artifact(report: Report) -> dict[str, Any]:
    source = report.source
    made: dict[str, Any] = {"location": {"uri": _uri(source.path)}, "roles": ["analysisTarget"]}
    if source.media_type:
        made["mimeType"] = source.media_type
    if source.sha256:
        made["hashes"] = {"sha-256": source.sha256}
    return made | {"properties": {"status": report.status, "pages": source.pages, "title": report.title, "unit": report.unit}}


def _location(file: dict[str, Any], evidence: Evidence, text: str, project: str | None) -> dict[str, Any]:
    """A place in a PDF has no line number: its page and boxes are among the properties."""
    where = {"page": evidence.page, "locator": evidence.locator, "quote": evidence.quote, "boxes": evidence.boxes, "ocr": evidence.ocr}
    owner = {"logicalLocations": [{"name": project, "kind": "project"}]} if project else {}
    physical = {"artifactLocation": file, "properties": {name: cell for name, cell in where.items() if cell}}
    return {"physicalLocation": physical, "message": {"text": text}, **owner}


def _operands(file: dict[str, Any], operands: Iterable[Operand]) -> Iterable[dict[str, Any]]:
    for each in operands:
        for evidence in each.evidence:
            yield _location(file, evidence, _plain(f"{each.role} = {each.value} {each.unit}: {evidence.quote}"), None)


def _suppression(decision: Decision) -> dict[str, Any]:
    """What an auditor called a false alarm, with the reason, by whom and when."""
    by = {"reviewer": decision.reviewer, "date": decision.date}
    return {"kind": "external", "status": "accepted", "justification": decision.reason or "", "properties": by}


def _noted(file: dict[str, Any], note: Note) -> dict[str, Any]:
    return _notification(file, "note" if note.code == "duplicate" else "warning", note.code, note.message, note.page)


def _notification(file: dict[str, Any], level: str, code: str, text: str, page: int | None) -> dict[str, Any]:
    place = {"artifactLocation": file, **({"properties": {"page": page}} if page else {})}
    return {"descriptor": {"id": code}, "level": level, "message": {"text": _plain(text)}, "locations": [{"physicalLocation": place}]}


def _plain(text: str) -> str:
    """Text for viewers that look for Markdown links: the words of a report never become one.

    >>> _plain("见[附件](http://a.example)")
    '见[附件] (http://a.example)'
    """
    return text.replace("](", "] (")


def _uri(path: str) -> str:
    """The path as a URI: relative as it was given, or with the scheme file.

    >>> _uri("报告/a 1.pdf"), _uri("/a.pdf"), _uri("C:/a.pdf")
    ('%E6%8A%A5%E5%91%8A/a%201.pdf', 'file:///a.pdf', 'file:///C:/a.pdf')
    """
    if path.startswith("/"):
        return "file://" + quote(path)
    if path[1:3] == ":/":
        return "file:///" + path[:2] + quote(path[2:])
    return quote(path)


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
