"""Does an identity over a report's printed figures hold? A second opinion that knows nothing of the product.

An identity is a formula over named figures: `p1.executed / p1.budget * 100 ≈ p1.rate`, `a + b = total`, `a == b` (one
figure printed twice), `part <= whole`, `score <= min(weight, weight * actual / target)`, `band(p1.score) = p1.grade`. A printed number
stands for ± half a unit of its last digit, a rate also for what it was cut off from; budgets with at most one decimal, amounts in 元 with
two, weights, targets, actuals and counts without decimals are exact, and so are whole numbers in a sum of whole numbers or of points.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

BANDS = (("优", 90), ("良", 80), ("中", 60), ("差", 0))
RELATION = re.compile(r"\s*(≈|==|=|<=)\s*")
DIGITS = dict(zip("零壹贰叁肆伍陆柒捌玖", range(10), strict=True))
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


@dataclass(frozen=True)
class Range:
    """Every value that a printed figure, or a sum or quotient of them, can stand for."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Range) -> Range:
        return Range(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Range) -> Range:
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Range(min(ends), max(ends))

    def __truediv__(self, other: Range) -> Range:
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the base of a rate is zero")
        ends = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Range(min(ends), max(ends))

    def meets(self, other: Range) -> bool:
        """Whether both can stand for one value; ranges that only touch at an open end do not, points do."""
        if self.low == self.high or other.low == other.high:
            return self.low <= other.high and other.low <= self.high
        return self.low < other.high and other.low < self.high


def number(written: str) -> Decimal:
    """The value of a figure as printed, 大写 too.

    >>> number("1,246.50"), number("壹佰贰拾万"), number("２０")
    (Decimal('1246.50'), Decimal('1200000'), Decimal('20'))
    """
    plain = written.replace(",", "").replace("，", "")
    if plain and plain[0] in DIGITS | PLACES:
        return Decimal(_capitals(plain))
    return Decimal(plain)


def _capitals(written: str) -> int:
    total = section = digit = 0
    for sign in written:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in PLACES:
            section, digit = section + digit * PLACES[sign], 0
        elif sign in "万亿":
            total, section, digit = (total + section + digit) * (10**4 if sign == "万" else 10**8), 0, 0
    return total + section + digit


def stands_for(name: str, written: str, *, strict: bool = False) -> Range:
    """What a figure stands for; with `strict`, exactly what it prints."""
    value = number(written)
    decimals = max(0, -int(value.as_tuple().exponent))
    exact = strict or _exact(name, decimals) or written[0] in DIGITS
    half = Decimal(0) if exact else Decimal(5).scaleb(-decimals - 1)
    cut = Decimal(1).scaleb(-decimals) if not exact and name.endswith("rate") else half  # 79.63 % cut off to 79 %
    return Range(value - half, value + cut)


def _exact(name: str, decimals: int) -> bool:
    parts = set(name.split("."))
    if parts & {"target", "actual", "weight"} or (parts & {"count", "people"} and not decimals) or ("yuan" in parts and decimals == 2):
        return True
    return bool(parts & {"budget", "initial"}) and decimals <= 1


def verdict(formula: str, figures: Mapping[str, str], bands: Sequence[tuple[str, int]] = BANDS) -> str:
    """`holds`, `rounding` (only within the precision printed) or `broken`.

    >>> verdict("a.executed / a.budget * 100 ≈ a.rate", {"a.executed": "430", "a.budget": "540", "a.rate": "80"})
    'rounding'
    >>> verdict("a + b = c", {"a": "3", "b": "4", "c": "8"})
    'broken'
    """
    left, relation, right = RELATION.split(formula, maxsplit=1)
    if left.startswith("band("):
        score = number(figures[left[5:-1]])
        return "holds" if next(label for label, floor in bands if score >= floor) == figures[right] else "broken"
    if relation == "=" and all("." not in figures[name] for name in names(formula)):
        return _compare(left, right, relation, lambda name: stands_for(name, figures[name], strict=True), "holds")
    try:
        exact = _compare(left, right, relation, lambda name: stands_for(name, figures[name], strict=True), "holds")
        if exact == "holds":
            return exact
        return _compare(left, right, relation, lambda name: _loosely(name, figures[name], relation), "rounding")
    except ZeroDivisionError:
        return "broken"


def _loosely(name: str, written: str, relation: str) -> Range:
    """In a sum every printed part may be rounded but weights and whole points; elsewhere a budget with at most one decimal is exact."""
    points = name.split(".")[-1] in ("weight", "score", "total")
    if points and "." not in written:
        return stands_for(name, written, strict=True)
    return stands_for("" if relation == "=" and "yuan" not in name.split(".") else name, written)


def _compare(left: str, right: str, relation: str, value: Callable[[str], Range], good: str) -> str:
    a, b = _evaluate(left, value), _evaluate(right, value)
    return good if (a.low <= b.high if relation == "<=" else a.meets(b)) else "broken"


def names(formula: str) -> list[str]:
    """The figures that a formula speaks of.

    >>> names("p1.executed / p1.budget * 100 ≈ p1.rate")
    ['p1.executed', 'p1.budget', 'p1.rate']
    """
    return re.findall(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+|(?<![a-z0-9_.])[a-z](?![a-z0-9_.(])", formula)


def spelt_out(formula: str, figures: Iterable[str]) -> str:
    """A formula whose sums name every figure: `sum(a*.weight)` is that of all the figures a1.weight, a2.weight, ….

    >>> spelt_out("sum(a*.weight) = t.weight", ["a1.weight", "a12.weight", "ab.weight", "t.weight"])
    'a1.weight + a12.weight = t.weight'
    """

    def every(match: re.Match[str]) -> str:
        pattern = re.compile(re.escape(match[1]).replace(r"\*", r"\d+"))
        return " + ".join(name for name in figures if pattern.fullmatch(name))

    return re.sub(r"sum\(([a-z0-9_.*]+)\)", every, formula)


def _evaluate(side: str, value: Callable[[str], Range]) -> Range:
    return _node(ast.parse(side.strip(), mode="eval").body, value)


def _node(node: ast.expr, value: Callable[[str], Range]) -> Range:
    if isinstance(node, ast.Constant):
        return Range(Decimal(str(node.value)), Decimal(str(node.value)))
    if isinstance(node, ast.BinOp):
        left, right = _node(node.left, value), _node(node.right, value)
        match node.op:
            case ast.Add():
                return left + right
            case ast.Sub():
                return left - right
            case ast.Mult():
                return left * right
            case ast.Div():
                return left / right
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "min":
        parts = [_node(part, value) for part in node.args]
        return Range(min(part.low for part in parts), min(part.high for part in parts))
    if isinstance(node, ast.Name | ast.Attribute):
        return value(ast.unparse(node))
    raise ValueError(f"not a formula: {ast.unparse(node)}")
