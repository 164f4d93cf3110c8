"""Claims, verdicts and findings: what the checks have to say, still without words of any language."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from enum import IntEnum, StrEnum
from typing import Any

from extractor.model.document import Span
from extractor.model.facts import SURE, Doubts
from extractor.model.frozen import frozen


class Severity(IntEnum):
    """How much a finding weighs: an error rests on arithmetic or form that no reading explains."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        return self.name.lower()


class Verdict(StrEnum):
    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    NOT_CHECKABLE = "not_checkable"


class Relation(StrEnum):
    """The few relations that carry all families of checks."""

    RATIO = "ratio"
    SUM = "sum"
    SAME = "same"
    BAND = "band"
    PRODUCT = "product"
    BOUND = "bound"


@frozen
class OperandShown:
    """An operand of a formula: role (executed, budget, part …), value in the base unit, unit, and where it stands."""

    role: str
    value: str
    unit: str
    spans: tuple[Span, ...] = ()

    def __hash__(self) -> int:
        return hash((self.role, self.value))


@frozen
class Claim:
    """A statement of the document that other facts allow to be re-derived, with the verdict.

    `stated` and `expected` are shown as the report writes such figures (99.67%, 430万元). `reason` says why a claim could
    not be checked (a code: no_executed, no_budget, two_candidates, unit_unknown …). `allowance` is the rounding that let
    it pass, None where it holds as written.
    """

    relation: Relation
    check: str
    stated: str
    verdict: Verdict
    spans: tuple[Span, ...]
    project: str | None = None
    expected: str | None = None
    formula: str | None = None
    operands: tuple[OperandShown, ...] = ()
    reason: str | None = None
    allowance: str | None = None
    id: str = ""

    def __hash__(self) -> int:
        """Of what tells most claims apart: all of it would be looked through again and again."""
        return hash((self.check, self.stated, self.project))


@frozen
class Finding:
    """A point to query. The sentence is made in `present` from `message` (a key of the check's texts) and `arguments`."""

    check: str
    severity: Severity
    spans: tuple[Span, ...]
    message: str = "default"
    arguments: Mapping[str, str] = field(default_factory=dict)
    project: str | None = None
    stated: str | None = None
    expected: str | None = None
    formula: str | None = None
    operands: tuple[OperandShown, ...] = ()
    claims: tuple[Claim, ...] = ()
    doubts: Doubts = SURE
    highlight: tuple[Span, ...] = ()  # the figures in question, inside the quoted spans
    id: str = ""
    series: str = ""

    def capped(self) -> Finding:
        """Severity never exceeds the certainty of the reading: any doubt caps an error at warning."""
        if self.doubts and self.severity is Severity.ERROR:
            return replace(self, severity=Severity.WARNING)
        return self


@frozen
class CheckRecord:
    """What is known about a check: its name, titles, default severity, the norm it rests on and its texts.

    `texts` maps a message key to (Chinese, English) templates with named fields. `documentation` is the docstring.
    """

    name: str
    family: str
    title_zh: str
    title_en: str
    severity: Severity
    norm: str
    texts: Mapping[str, tuple[str, str]]
    documentation: str
    run: Callable[..., Iterable[Claim | Finding]]
    on_by_default: bool = True

    def say(self, message: str, arguments: Mapping[str, Any], language: str) -> str:
        chinese, english = self.texts[message]
        return (english if language == "en" else chinese).format(**arguments)


def digest(*parts: str | None) -> str:
    """Twelve hex characters that stand for the parts; the same parts always give the same."""
    return hashlib.sha256("\x1f".join(part or "" for part in parts).encode()).hexdigest()[:12]
