"""What stands between a number and the next word: 余万元 is money, in ten thousands, and rough."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from extractor.lexicon.hit import COUNT, MONEY, NUMBER, PERCENT, SCORE
from extractor.lexicon.packs import Lexicon
from extractor.model.facts import Kind
from extractor.model.quantity import ONE

_RATES = {"percent": "1", "permille": "0.1", "point": "1", "permille_point": "0.1", "tenth": "10"}
_WORTH = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
_MORE = "余多几来"
_MEMORY = 4096


class Unit(NamedTuple):
    """`needs_context` marks units that only the words around them decide: 块, and a number without any."""

    kind: Kind
    base: str
    multiplier: Decimal
    shown: str
    is_rough: bool = False
    is_point: bool = False
    has_half: bool = False
    needs_context: bool = False


class Units:
    """The units of a lexicon; `known` answers at once for every tail seen before."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._bases: dict[str, Unit] = {"": Unit(NUMBER, "", ONE, "", needs_context=True)}
        for unit in (*lexicon.words("count_units"), *lexicon.words("tight_units"), *lexicon.words("latin_units")):
            self._bases[unit] = Unit(COUNT, unit, ONE, unit)
        for unit in lexicon.words("score_units"):
            self._bases[unit] = Unit(SCORE, unit, ONE, unit)
        for sort, words in lexicon.groups("rate_unit").items():
            for unit in words:
                self._bases[unit] = Unit(PERCENT, "%", Decimal(_RATES[sort]), unit, is_point="point" in sort)
        for currency, words in lexicon.groups("currency").items():
            for unit in words:
                self._bases[unit] = Unit(MONEY, currency, ONE, unit, needs_context=unit == "块")
        for part, words in lexicon.groups("small_money").items():
            currency, worth = part.split()
            self._bases.update({unit: Unit(MONEY, currency, Decimal(worth), unit) for unit in words})
        self.known: dict[str, Unit] = {}

    def of(self, tail: str) -> Unit | None:
        """The unit that a tail spells, None where it holds more than a unit (5元3角).

        The tail may hold 余 or 多 before it, units of ten, spaces and line breaks, and 整 or 半 after it.
        """
        unit = self.known.get(tail)
        if unit is None:
            unit = self._read("".join(tail.split()))
            if unit is not None and len(self.known) < _MEMORY:
                self.known[tail] = unit
        return unit

    def _read(self, tail: str) -> Unit | None:
        tens = len(tail) - len(tail.lstrip("十百千万亿兆"))
        rough = next((place for place in (0, tens) if tail[place : place + 1] in tuple(_MORE)), None)
        is_rough = rough is not None
        tail = tail if rough is None else tail[:rough] + tail[rough + 1 :]
        for half in (False, True):
            word = tail[:-1] if half else tail
            if half and not tail.endswith(("半", "整", "正")):
                break
            for start in range(len(word) + 1):
                base = self._bases.get(word[start:])
                if base is not None and all(c in _WORTH for c in word[:start]):
                    multiplier = base.multiplier
                    for character in word[:start]:
                        multiplier *= _WORTH[character]
                    return base._replace(
                        multiplier=multiplier,
                        shown=word,
                        is_rough=is_rough,
                        has_half=half and tail.endswith("半"),
                    )
        return None
