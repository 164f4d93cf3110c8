"""Values in the cells of a form: amounts, rates, points, targets and actuals."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from extractor.lexicon.labels import KEPT, matched, searched
from extractor.lexicon.packs import Lexicon
from extractor.model.document import Cell
from extractor.model.facts import Kind, Mention, Operator, Origin, Stated, Value
from extractor.model.quantity import Bound, Quantity
from extractor.understand.cells import MULTIPLIERS, cell_spans, decimal, flat

SYMBOLS = {
    "≥": Operator.AT_LEAST,
    "≧": Operator.AT_LEAST,
    ">=": Operator.AT_LEAST,
    "≤": Operator.AT_MOST,
    "≦": Operator.AT_MOST,
    "<=": Operator.AT_MOST,
    "=": Operator.EQUAL,
    "＝": Operator.EQUAL,
    "═": Operator.EQUAL,
    ">": Operator.MORE,
    "＞": Operator.MORE,
    "<": Operator.LESS,
    "＜": Operator.LESS,
}
SIGNS = tuple(SYMBOLS)
SIGN_CHARACTERS = "".join(SYMBOLS)
VALUED = frozenset({Kind.COUNT, Kind.PERCENT, Kind.MONEY, Kind.NUMBER})
BOUNDS = {Bound.AT_LEAST: Operator.AT_LEAST, Bound.AT_MOST: Operator.AT_MOST}


class CellReader:
    def __init__(self, lexicon: Lexicon, mentions: Mapping[int, tuple[Mention, ...]]) -> None:
        self.number = matched(lexicon, "tables.number")
        self.label_points = searched(lexicon, "forms.label_points")
        self.of_full = matched(lexicon, "forms.points_of_full")
        self.blanks = frozenset(lexicon.words("blank_cells"))
        self.mentions = mentions
        self.qualitative = lexicon.words("qualitative_marks")
        self.quantitative = frozenset(lexicon.words("quantitative_marks"))
        ways = {"upward_marks": Operator.AT_LEAST, "downward_marks": Operator.AT_MOST}
        self.ways = {word: way for name, way in ways.items() for word in lexicon.words(name)}
        self.at_least, self.at_most = lexicon.words("at_least_words"), lexicon.words("at_most_words")

    def is_blank(self, cell: Cell | None) -> bool:
        text = flat(cell)
        return not text or text in self.blanks

    def amount(self, cell: Cell, unit: str | None) -> Quantity | None:
        """Money in a cell, in 元; None where there is no figure or no unit is known."""
        match = self.number(flat(cell))
        if not match or match["unit"] in ("%", "％", "分"):
            return None
        own = match["unit"] or unit
        if own is None:
            return None
        digits, decimals = decimal(match["number"])
        return Quantity(digits, decimals, "元", Decimal(MULTIPLIERS[own]), written=cell.text.strip())

    def rate(self, cell: Cell, header: str) -> Quantity | None:
        """A percentage; without its sign only where the header shows one (执行率（%）) or the figure cannot be a fraction."""
        match = self.number(flat(cell))
        if not match or match["unit"] not in (None, "%", "％"):
            return None
        digits, decimals = decimal(match["number"])
        if match["unit"] is None and not ("%" in header or "％" in header or digits > 1 or digits == 0):
            return Quantity(digits * 100, max(decimals - 2, 0), "%", written=cell.text.strip())
        return Quantity(digits, decimals, "%", written=cell.text.strip())

    def points(self, cell: Cell, label: str) -> Stated | None:
        """A number of points: 12.5, 12.5分, 9.5（满分10）."""
        match = self.number(flat(cell))
        if not match and (match := self.of_full(flat(cell))):
            return self._stated(cell, match["number"], label)
        if not match or match["unit"] not in (None, "分", "%", "％"):
            return None
        digits, decimals = decimal(match["number"])
        text = cell.text.strip()
        written = text.rstrip("分%％ ")
        return Stated(written, (cell.span,), Quantity(digits, decimals, "分", written=text), label, Origin.FORM)

    def full_points(self, cell: Cell, label: str) -> Stated | None:
        """The points that could be had, where a cell tells them behind those that were: 9.5（满分10）."""
        match = self.of_full(flat(cell))
        return self._stated(cell, match["full"], label) if match else None

    def label_weight(self, cell: Cell) -> Stated | None:
        """The points that a label states: 产出指标（50分）."""
        match = self.label_points(flat(cell))
        return self._stated(cell, match["points"], flat(cell)) if match and not self.of_full(flat(cell)) else None

    @staticmethod
    def _stated(cell: Cell, points: str, label: str) -> Stated:
        digits, decimals = decimal(points)
        return Stated(points, (cell.span,), Quantity(digits, decimals, "分", written=points), label, Origin.FORM)

    def directs(self, cell: Cell | None) -> bool:
        """Does a cell say which way a target is met, by a sign or in words, and not only that it is measured?"""
        return flat(cell) in self.ways or flat(cell) in SYMBOLS

    def value(self, cell: Cell, operator: Cell | None = None, unit: Cell | None = None) -> Value | None:
        """A target or actual as printed; where the form splits it, sign + figure + unit are joined."""
        text = flat(cell)
        if not text or text in ("—", "——", "-", "－"):
            return None
        sign, measure = flat(operator), flat(unit)
        way = self.ways.get(sign)
        if way is not None or sign in self.quantitative:
            sign = ""
        if text in self.qualitative and sign in self.qualitative:
            sign = ""
        joined = (sign if sign not in self.qualitative and not text.startswith(SIGNS) else "") + text
        if measure and measure not in ("/", "—", "-", "无") and not text.endswith(measure) and any(c.isdigit() for c in text[-1:]):
            joined += measure
        spans = cell_spans(cell) + (cell_spans(operator) if operator and sign else ()) + (cell_spans(unit) if unit and measure else ())
        quantity = self._quantity(cell, text, measure)
        return Value(joined, spans, quantity, self._operator(sign, text, quantity) or (way if quantity else None))

    def _quantity(self, cell: Cell, text: str, measure: str) -> Quantity | None:
        """The one figure of a cell; two figures give none."""
        bare = self.number(text.lstrip(SIGN_CHARACTERS))
        if bare:
            return _measured(bare["number"], bare["unit"] or measure, text)
        found = [m.quantity for p in cell.paragraphs for m in self.mentions.get(p.index, ()) if m.kind in VALUED and m.quantity]
        return found[0] if len(found) == 1 and found[0].upper is None else None

    def _operator(self, sign: str, text: str, quantity: Quantity | None) -> Operator | None:
        if sign in SYMBOLS or text.startswith(SIGNS):
            return next(operator for symbol, operator in SYMBOLS.items() if sign == symbol or text.startswith(symbol))
        if sign in self.qualitative:
            return Operator.QUALITATIVE
        if quantity and quantity.bound in BOUNDS:
            return BOUNDS[quantity.bound]
        if text.startswith(self.at_least) or text.endswith("以上"):
            return Operator.AT_LEAST
        if text.startswith(self.at_most) or text.endswith(("以内", "以下")):
            return Operator.AT_MOST
        return None


@lru_cache(maxsize=KEPT)
def _measured(number: str, unit: str, text: str) -> Quantity:
    """The figure of a cell in its unit; forms print the same ones again and again."""
    digits, decimals = decimal(number)
    if unit in MULTIPLIERS:
        return Quantity(digits, decimals, "元", Decimal(MULTIPLIERS[unit]), written=text)
    if unit == "‰":
        return Quantity(digits, decimals, "%", Decimal("0.1"), written=text + unit)
    if unit.startswith("万") and len(unit) > 1:
        return Quantity(digits, decimals, unit[1:], Decimal(10**4), written=text + unit)
    return Quantity(digits, decimals, "%" if unit in ("%", "％", "百分比") else unit, written=text)
