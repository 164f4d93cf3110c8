"""What makes a function a check: the decorator, and the case that every check is given."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from extractor.config import CheckSettings
from extractor.lexicon.packs import Lexicon
from extractor.model.facts import Facts
from extractor.model.findings import CheckRecord, Claim, Finding, Severity


@dataclass(frozen=True)
class Case:
    """One document's facts, with the settings and the words to judge them by."""

    facts: Facts
    settings: CheckSettings
    lexicon: Lexicon
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)  # what several checks of a run derive once


Check = Callable[[Case], Iterable[Claim | Finding]]


def check(
    name: str,
    *,
    zh: str,
    en: str,
    severity: Severity,
    norm: str,
    texts: Mapping[str, tuple[str, str]],
    on_by_default: bool = True,
    family: str | None = None,
) -> Callable[[Check], CheckRecord]:
    """Turn a function over a `Case` into the record of a check.

    `severity` is the most a finding of it can weigh; `texts` maps message keys to (Chinese, English) templates. The
    function's docstring is the public documentation (Chinese, fixed headings); its module names the family, unless one
    is given because a family fills several modules.
    """

    def record(function: Check) -> CheckRecord:
        module = function.__module__.rsplit(".", 1)[-1]
        documentation = inspect.cleandoc(function.__doc__ or "")
        return CheckRecord(name, family or module, zh, en, severity, norm, dict(texts), documentation, function, on_by_default)

    return record
