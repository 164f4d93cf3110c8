"""Faults to put into clean reports: one figure printed differently, and the identities which that breaks.

Which changes break something is decided by the labels alone; nothing of the product is asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from . import identities

SECOND = 2
"""How many different slips are tried on a figure."""


@dataclass(frozen=True)
class Fault:
    """One figure of one report printed differently; `broken` are the formulae that no longer hold."""

    report: str
    figure: str
    kind: str
    before: str
    after: str
    broken: tuple[str, ...]

    @property
    def figures(self) -> frozenset[str]:
        """The figures of every broken identity."""
        return frozenset(name for formula in self.broken for name in identities.names(formula))


def clean(folder: Path) -> list[dict[str, Any]]:
    """The labels of the reports in which nothing is wrong."""
    told = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    return [labels for labels in told if not labels["findings"]]


def faults(labels: Mapping[str, Any], each: int = SECOND) -> Iterator[Fault]:
    """The changes of single figures that break an identity of a report, at most `each` a figure."""
    written = {figure["name"]: figure["written"] for figure in labels["figures"]}
    bands = list(labels["bands"].items())
    formulas = [i["formula"] for i in labels["identities"]]
    for figure in labels["figures"]:
        mine = [formula for formula in formulas if figure["name"] in identities.names(formula)]
        found = 0
        for slip in slips(figure["written"], [label for label, _ in bands]):
            changed = {**written, figure["name"]: slip}
            broken = tuple(formula for formula in mine if identities.verdict(formula, changed, bands) == "broken")
            if broken and found < each:
                found += 1
                yield Fault(labels["id"], figure["name"], figure["kind"], figure["written"], slip, broken)


def slips(written: str, grades: Sequence[str] = ()) -> Iterator[str]:
    """How a figure is mistyped: two digits swapped, a digit raised, a digit lowered; a grade becomes another.

    >>> list(slips("98.52"))
    ['98.25', '95.82', '89.52', '99.52', '97.52', '88.52', '98.62', '98.42']
    >>> list(slips("优", ["优", "良"])), list(slips("10"))
    (['良'], ['11', '20'])
    """
    if written in grades:
        yield from (label for label in grades if label != written)
        return
    digits = [place for place, sign in enumerate(written) if sign in "0123456789"]
    seen = {written}
    for slip in (*_swapped(written, digits), *_moved(written, digits)):
        if slip not in seen and not _odd(slip, written):
            seen.add(slip)
            yield slip


def _swapped(written: str, digits: Sequence[int]) -> Iterator[str]:
    """Neighbouring digits in each other's place, the last ones first."""
    for left, right in reversed(list(pairwise(digits))):
        signs = list(written)
        signs[left], signs[right] = signs[right], signs[left]
        yield "".join(signs)


def _moved(written: str, digits: Sequence[int]) -> Iterator[str]:
    """One more or one less in the last place before the point, then in the first place, then after the point."""
    point = written.find(".")
    whole = [place for place in digits if point < 0 or place < point]
    after = [place for place in digits if place > point >= 0]
    for place in dict.fromkeys((*whole[-1:], *whole[:1], *after[:1])):
        for step in (1, -1):
            digit = int(written[place]) + step
            if 0 <= digit <= 9:
                yield written[:place] + str(digit) + written[place + 1 :]


def _odd(slip: str, written: str) -> bool:
    """Whether nobody would print a figure so: with a zero in front that it had not before."""
    return slip[:1] == "0" and written[:1] != "0" and slip[1:2] != "."
