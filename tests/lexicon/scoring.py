"""Exact-span F1 and value accuracy by kind, over cases of tests/data/numbers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from extractor import figures

ALSO = {"count": {"number"}, "score": {"number"}}
"""A number without unit may stand for a count or a score whose unit is in a heading."""


def cases(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def scores(path: Path) -> dict[str, tuple[float, float]]:
    """F1 of spans and share of right values for each kind of the gold."""
    right: dict[str, int] = defaultdict(int)
    valued: dict[str, int] = defaultdict(int)
    gold: dict[str, int] = defaultdict(int)
    found: dict[str, int] = defaultdict(int)
    for case in cases(path):
        left = [f for f in figures(case["text"]) if f["kind"] in case["scope"] or f["kind"] == "number"]
        for entity in case["gold"]:
            gold[entity["kind"]] += 1
            match = next((f for f in left if _is_same(entity, f)), None)
            if match:
                left.remove(match)
                right[entity["kind"]] += 1
                found[entity["kind"]] += 1
                valued[entity["kind"]] += _equal(entity["base_value"], match["base_value"])
        for figure in left:
            found[figure["kind"]] += 1
    return {kind: (2 * right[kind] / (gold[kind] + found[kind]), valued[kind] / gold[kind]) for kind in gold}


def _is_same(entity: dict[str, Any], figure: dict[str, Any]) -> bool:
    spans = [[entity["start"], entity["end"]], *entity.get("alt", [])]
    kinds = {entity["kind"], *entity.get("accept", ()), *ALSO.get(entity["kind"], ())}
    return [figure["start"], figure["end"]] in spans and figure["kind"] in kinds


def _equal(expected: Any, value: Any) -> bool:
    if isinstance(expected, Iterable) and not isinstance(expected, str):
        return isinstance(value, list) and len(value) == len(list(expected)) and all(map(_equal, expected, value))
    try:
        return Decimal(str(expected)) == Decimal(str(value))
    except InvalidOperation:
        return str(expected) == str(value)
