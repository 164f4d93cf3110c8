"""Targets set in one section, held against results told in another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from extractor.model.facts import Doubt, Indicator, Section, Value

SHORTEST_SHARED = 2


def tells_targets(section: Section | None) -> bool:
    """Does a section set targets, by its title?"""
    title = section.title if section else ""
    return "目标" in title and not any(word in title for word in ("完成", "实现", "情况", "下达"))


def with_goals(results: Sequence[Indicator], goals: Sequence[Indicator]) -> list[Indicator]:
    """The results, each with the one target that can be meant: same unit, words in common, no rival on either side."""
    told, set_ = _by_unit(results, lambda result: result.actual), _by_unit(goals, _goal)
    return [_joined(result, told, set_) for result in results]


def _by_unit(indicators: Sequence[Indicator], value: Callable[[Indicator], Value | None]) -> Mapping[str, Sequence[Indicator]]:
    found: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in indicators:
        own = value(indicator)
        if own and own.quantity:
            found[own.quantity.unit].append(indicator)
    return found


def _joined(result: Indicator, told: Mapping[str, Sequence[Indicator]], goals: Mapping[str, Sequence[Indicator]]) -> Indicator:
    if result.target is not None or result.actual is None or result.actual.quantity is None:
        return result
    unit = result.actual.quantity.unit
    fitting = [goal for goal in goals.get(unit, ()) if _shares_words(goal.name, result.name)]
    if len(fitting) != 1:
        return result
    if any(rival is not result and _shares_words(fitting[0].name, rival.name) for rival in told.get(unit, ())):
        return result
    return replace(result, target=_goal(fitting[0]), doubts=result.doubts | {Doubt.INFERRED})


def _goal(indicator: Indicator) -> Value | None:
    """A figure in a section on targets is a target, whichever words stand beside it."""
    return indicator.target or indicator.actual


def _shares_words(goal: str, result: str) -> bool:
    """Do two names share two characters in a row?

    >>> _shares_words("开行班次", "实际开行"), _shares_words("新建公路", "改造危桥")
    (True, False)
    """
    return not _pairs(goal).isdisjoint(_pairs(result))


@lru_cache(maxsize=1 << 10)
def _pairs(name: str) -> frozenset[str]:
    return frozenset(name[i : i + SHORTEST_SHARED] for i in range(len(name) - 1))
