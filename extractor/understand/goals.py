"""Targets set in one section, held against results told in another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from extractor.model.facts import Doubt, Indicator, Value

SHORTEST_SHARED = 2


def with_goals(results: Sequence[Indicator], goals: Sequence[Indicator]) -> list[Indicator]:
    """The results, each with the one target that can be meant: same unit, words in common, no rival on either side."""
    return [_joined(result, results, goals) for result in results]


def _joined(result: Indicator, results: Sequence[Indicator], goals: Sequence[Indicator]) -> Indicator:
    if result.target is not None or result.actual is None or result.actual.quantity is None:
        return result
    unit = result.actual.quantity.unit
    fitting = [g for g in goals if _goal(g) and _unit(_goal(g)) == unit and _shares_words(g.name, result.name, unit)]
    if len(fitting) != 1:
        return result
    told = (r for r in results if r is not result and r.actual and _unit(r.actual) == unit)
    if any(_shares_words(fitting[0].name, rival.name, unit) for rival in told):
        return result
    return replace(result, target=_goal(fitting[0]), doubts=result.doubts | {Doubt.INFERRED})


def _goal(indicator: Indicator) -> Value | None:
    """A figure in a section on targets is a target, whichever words stand beside it."""
    return indicator.target or indicator.actual


def _unit(value: Value | None) -> str | None:
    return value.quantity.unit if value and value.quantity else None


def _shares_words(goal: str, result: str, unit: str) -> bool:
    """Do two names share two characters in a row, or name nothing but the unit both are counted in?

    >>> _shares_words("开行班次", "实际开行", "班次"), _shares_words("新建公路", "改造危桥", "公里")
    (True, False)
    """
    return not _pairs(goal).isdisjoint(_pairs(result))


@lru_cache(maxsize=1 << 10)
def _pairs(name: str) -> frozenset[str]:
    return frozenset(name[i : i + SHORTEST_SHARED] for i in range(len(name) - 1))
