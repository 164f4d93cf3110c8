"""The examples beside the checks: what must be flagged is flagged, what must stay silent stays silent."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import extractor.check
from extractor.check import CHECKS
from extractor.check.run import Outcome, run
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.model.facts import Facts
from extractor.understand import understand
from tests.check.pages import document

FOLDER = Path(extractor.check.__file__).parent / "examples"
EXAMPLES: dict[str, dict[str, Any]] = {
    f"{example['check']}[{path.stem}.{number}]": example
    for path in sorted(FOLDER.glob("*.toml"))
    for number, example in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["example"])
}
RECORDS = {record.name: record for record in CHECKS}
KEYS = {"check", "flag", "silent", "severity", "quotes"}


def checked(text: str, name: str) -> tuple[Facts, Outcome]:
    """The outcome of one check over a text, every line of which is a paragraph or, between bars, a row of a table."""
    facts = understand(document(text), default())
    return facts, run(facts, CheckSettings(select=frozenset({name})), default())


@pytest.mark.parametrize("name", [name for name, example in EXAMPLES.items() if "flag" in example])
def test_flagged(name: str) -> None:
    example = EXAMPLES[name]
    facts, outcome = checked(example["flag"], example["check"])
    findings = [f for f in outcome.findings if f.check == example["check"]]
    assert findings
    if "severity" in example:
        assert max(f.severity for f in findings).label == example["severity"]
    for finding in findings:
        for language in ("zh", "en"):
            assert RECORDS[finding.check].say(finding.message, finding.arguments, language)
        assert [s for s in finding.highlight if not any(s in span for span in finding.spans)] == []
    quoted = "\n".join(facts.document.quote(span) for f in findings for span in f.spans).replace(" ", "")
    assert [quote for quote in example.get("quotes", ()) if quote.replace(" ", "") not in quoted] == []


@pytest.mark.parametrize("name", [name for name, example in EXAMPLES.items() if "silent" in example])
def test_silent(name: str) -> None:
    example = EXAMPLES[name]
    facts, outcome = checked(example["silent"], example["check"])
    assert [(f.message, facts.document.quote(f.spans[0])) for f in outcome.findings if f.check == example["check"]] == []


def test_keys_are_known() -> None:
    assert [(name, set(example) - KEYS) for name, example in EXAMPLES.items() if set(example) - KEYS] == []


@pytest.mark.parametrize("record", CHECKS, ids=lambda record: record.name)
def test_every_check_has_both_kinds_of_example(record: Any) -> None:
    own = [example for example in EXAMPLES.values() if example["check"] == record.name]
    assert any("flag" in example for example in own)
    assert any("silent" in example for example in own)
