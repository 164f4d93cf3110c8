"""Every code that the program uses has words in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from extractor.model.facts import Doubt, Measure
from extractor.model.findings import Relation, Severity, Verdict
from extractor.model.relations import Allowance
from extractor.present.words import ALLOWANCES, DOUBTS, ERRORS, FAILURES, NOTES, REASONS, RELATIONS, ROLES, SEVERITIES, VERDICTS

SOURCE = Path(__file__).parents[2] / "extractor"


def written(folder: str, pattern: str) -> set[str]:
    """The codes that the modules of a folder spell out."""
    return {code for path in (SOURCE / folder).rglob("*.py") for code in re.findall(pattern, path.read_text(encoding="utf-8"))}


def test_verdicts_severities_allowances_doubts() -> None:
    assert VERDICTS.keys() == set(Verdict)
    assert RELATIONS.keys() == set(Relation)
    assert SEVERITIES.keys() == {severity.label for severity in Severity} | {"failed", "partial"}
    assert ALLOWANCES.keys() == {allowance.value for allowance in Allowance}
    assert DOUBTS.keys() == set(Doubt)


def test_every_role_of_an_operand() -> None:
    roles = written("check", r'(?:shown_operand|OperandShown|Term)\(\s*"(\w+)"') | written("check", r'fact_operand\([^()]*"(\w+)"')
    assert {"told", "table", "amount", "deduction", "project", "part"} <= roles
    assert (roles | set(Measure)) - {"total", "rate", "change"} - ROLES.keys() == set()


def test_every_error_of_a_reader() -> None:
    codes = written("read", r'Unreadable\(\s*"(\w+)"')
    assert len(codes) > 5
    assert codes - ERRORS.keys() == set()


def test_every_failure_of_an_archive() -> None:
    codes = written("batch", r'(?:Failure|Refused|Exhausted|Lost|_told)\(\s*"(\w+)"')
    assert {"archive_limit", "unsafe_member", "no_documents"} <= codes
    assert codes - ERRORS.keys() == set()
    assert ERRORS.keys() == FAILURES.keys()


def reasons() -> Iterator[str]:
    """The reason codes that the checks spell out: fifth argument of unchecked(), `reason=`, and names that hold one."""
    for path in (SOURCE / "check").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="unchecked"), args=[_, _, _, _, code, *_]):
                    yield from spelt(code)
                case ast.keyword(arg="reason", value=code) | ast.Assign(targets=[ast.Name(id="reason" | "missing")], value=code):
                    yield from spelt(code)


def spelt(expression: ast.expr) -> Iterator[str]:
    """The strings that an expression may come to: both arms of a condition, not what it asks."""
    if isinstance(expression, ast.IfExp):
        yield from spelt(expression.body)
        yield from spelt(expression.orelse)
    elif isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        yield expression.value


def test_every_reason_of_a_check() -> None:
    codes = set(reasons())
    assert {"no_executed", "zero_base", "two_candidates"} <= codes
    assert codes - REASONS.keys() == set()


def test_reasons_made_of_measures() -> None:
    assert {f"no_{measure}" for measure in Measure if measure is not Measure.ADJUSTMENT} - REASONS.keys() == set()


def test_every_note_of_the_readers_has_english_words() -> None:
    codes = written("read", r'Note\(\s*"(\w+)"')
    assert len(codes) > 5
    assert codes - NOTES.keys() == set()
    assert not any("\u4e00" <= character <= "\u9fff" for _, english in NOTES.values() for character in english)
