"""The public `figures(text)`: the mentions of a string as plain dicts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from extractor.lexicon.hit import PERCENT, Hit
from extractor.lexicon.packs import default
from extractor.lexicon.scanner import scanner
from extractor.model.facts import Kind
from extractor.model.quantity import ONE, Bound, plain

_HUNDREDTH = Decimal("0.01")
_UNUSUAL = frozenset({Kind.ORDINAL, Kind.RANGE})
_NAMES = {kind: kind.value for kind in Kind} | {Kind.YEAR: "date", Kind.PERIOD: "date"}


def figures(text: str) -> list[dict[str, Any]]:
    """The figures, dates, document numbers and headings of a text: {kind, start, end, value, unit, base_value}.

    Offsets count code points, `end` is exclusive. `value` is the number in the unit as written, `base_value` in the base
    unit (元, persons, rates as fractions), both as decimal strings; a range is a list of two, None for an open end. Dates,
    document numbers and codes have a normalised text.

    >>> figures("支出430万元")
    [{'kind': 'money', 'start': 2, 'end': 7, 'value': '430', 'unit': '万元', 'base_value': '4300000'}]
    """
    found = []
    for hit in scanner(default()).hits(text):
        kind, digits, multiplier = hit.kind, hit.digits, hit.multiplier
        if digits is None or hit.upper is not None or kind in _UNUSUAL:
            found.append(_unusual(hit))
            continue
        value = base = str(digits)
        if kind is PERCENT:
            base = str(digits * multiplier * _HUNDREDTH)
        elif multiplier is not ONE:
            base = str(digits * multiplier)
        if "E" in base or "E" in value:
            value, base = plain(digits), plain(Decimal(base))
        unit = hit.shown or hit.unit
        found.append({"kind": _NAMES[kind], "start": hit.start, "end": hit.end, "value": value, "unit": unit, "base_value": base})
    return found


def _unusual(hit: Hit) -> dict[str, Any]:
    """Ranges, and what has a text instead of a quantity."""
    value: Any
    base: Any
    if hit.digits is None:
        value = base = hit.text.split("/") if hit.kind is Kind.PERIOD and hit.text and "/" in hit.text else hit.text
    elif hit.kind is Kind.ORDINAL:
        value = base = plain(hit.digits)
    else:
        factor = _HUNDREDTH if hit.kind is PERCENT else ONE
        low: Decimal | None = hit.value
        high = hit.upper
        if high is None and hit.bound is Bound.AT_MOST:
            low, high = None, low
        base = [plain((end * factor).normalize()) if end is not None else None for end in (low, high)]
        value = [plain((end / hit.multiplier).normalize()) if end is not None else None for end in (low, high)]
    unit = hit.shown or hit.unit
    return {"kind": _NAMES[hit.kind], "start": hit.start, "end": hit.end, "value": value, "unit": unit, "base_value": base}
