"""Settings of a run: built in, then extract.toml, then --config, then flags."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What an auditor may set about the checks. Percentages are plain numbers: 90 means 90%."""

    low_execution: Decimal = Decimal(90)  # below it a reason is expected
    over_achievement: Decimal = Decimal(130)  # above it a reason is expected
    grade_profile: str = "central"  # the bands in force where the report states none
    execution_weight: Decimal = Decimal(10)  # assumed where the form shows none
    select: frozenset[str] = frozenset()  # empty: every check that is on by default
    ignore: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Settings:
    checks: CheckSettings = field(default_factory=CheckSettings)
    fail_on: str = "error"
    language: str = "zh"
    limit: int = 200
    patterns: tuple[str, ...] = ()
