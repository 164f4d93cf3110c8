"""How a recomputed figure follows from its operands, as a tree: parsed from the formula shown, and verified by evaluating it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, DecimalException, localcontext

from extractor.model.quantity import HUNDRED, rounded
from extractor.model.report import Claim, Evidence, Finding
from extractor.present.shown_figures import Shown, read

MOST_TOKENS = 400
"""The most tokens of a formula; no check writes longer ones."""

LARGEST = Decimal("1e15")
"""Spreadsheets keep fifteen digits; beyond them a recomputed figure would not be the one shown."""

_TOKEN = re.compile(r"[()]|[^\s()]+")
_PRODUCTS, _SUMS, _ORDERS = {"×": "*", "÷": "/"}, {"+": "+", "−": "-"}, {"≥": ">=", "≤": "<=", ">": ">", "<": "<", "=": "="}


@dataclass(frozen=True, slots=True)
class Input:
    """A cell that the arithmetic uses: an operand of the check, a figure in the formula, or the figure compared with."""

    role: str
    value: Decimal | str
    unit: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """An operation on trees: `in` is the cell at `place`, `sum` adds the cells before `place`, `if` has the parts order, a, b, then."""

    kind: str
    parts: tuple[Tree, ...] = ()
    place: int = 0


@dataclass(frozen=True, slots=True)
class Working:
    """The cells, how the recomputed figure follows from them, and both sides as figures (words where they are grades)."""

    inputs: tuple[Input, ...]
    tree: Tree
    stated: Shown | str
    expected: Shown | str


def working(finding: Finding, claims: Mapping[str, Claim]) -> Working | None:
    """The arithmetic of a finding; None if nothing was recomputed, or if the formula does not give the figure shown."""
    if not finding.expected:
        return None
    relation = next((claims[name].relation for name in finding.claims if name in claims), None)
    operands = tuple(Input(o.role, _base(o.value, o.unit), o.unit, o.evidence) for o in finding.operands if _is_number(o.value))
    expected = read(finding.expected) or finding.expected
    stated = read(finding.stated or "") if isinstance(expected, Shown) else None
    for inputs, tree in _candidates(finding.formula, operands, expected, relation):
        if _fits(inputs, expected, stated) and _gives(tree, inputs, expected):
            return Working(inputs, tree, stated or finding.stated or "", expected)
    return None


def value_of(tree: Tree, inputs: Sequence[Input]) -> Decimal | str:
    """The result in base units. Raises ArithmeticError or ValueError if there is none."""
    if tree.kind == "in":
        return inputs[tree.place].value
    if tree.kind == "sum":
        return sum((_number(each.value) for each in inputs[: tree.place]), Decimal(0))
    if tree.kind == "if":
        first, second = (_number(value_of(part, inputs)) for part in tree.parts[1:3])
        if not _HOLDS[tree.parts[0].kind](first, second):
            raise ValueError("the condition does not hold")
        return value_of(tree.parts[3], inputs)
    first, second = (_number(value_of(part, inputs)) for part in tree.parts)
    return _DONE[tree.kind](first, second)


_HOLDS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
    "=": lambda a, b: a == b,
}
_DONE: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}


def _fits(inputs: Sequence[Input], *shown: Shown | str | None) -> bool:
    """Can a spreadsheet hold all of it?"""
    values = [each.value for each in inputs] + [each.value for each in shown if isinstance(each, Shown)]
    return all(isinstance(each, str) or abs(each) < LARGEST for each in values)


def _gives(tree: Tree, inputs: Sequence[Input], expected: Shown | str) -> bool:
    """Does the tree evaluate to the figure shown, at the decimals shown?"""
    try:
        with localcontext() as context:
            context.prec = 60
            value = value_of(tree, inputs)
            if isinstance(expected, str) or isinstance(value, str):
                return value == expected
            return rounded(value / expected.scale, expected.cell_decimals) == expected.cell
    except (ArithmeticError, ValueError):
        return False


def _candidates(
    formula: str | None, operands: tuple[Input, ...], expected: Shown | str, relation: str | None
) -> Iterator[tuple[tuple[Input, ...], Tree]]:
    """The possible arithmetic, the likeliest first."""
    if formula and (parsed := Formula(operands).parse(formula)):
        yield parsed
    ins = [Tree("in", place=place) for place in range(len(operands))]
    if relation != "sum":
        yield from ((operands, each) for each in ins)
    if operands:
        yield operands, Tree("sum", place=len(operands))
    if relation == "ratio" and len(ins) == 2:
        quotients = (Tree("/", (ins[0], ins[1])), Tree("/", (Tree("-", (ins[0], ins[1])), ins[1])))
        yield from ((operands, each) for each in quotients)
    if relation in ("same", "bound", None):  # another statement of the document, or a limit
        other = Input("counterpart", expected.value if isinstance(expected, Shown) else expected, getattr(expected, "kind", ""))
        yield (*operands, other), Tree("in", place=len(operands))


@dataclass
class Formula:
    """Reads `430万元 ÷ 540万元 = 79.63%`: its figures are the operands, each once, or figures of their own."""

    inputs: tuple[Input, ...]
    _used: set[int] = field(default_factory=set)
    _tokens: list[str] = field(default_factory=list)

    def parse(self, formula: str) -> tuple[tuple[Input, ...], Tree] | None:
        """The cells and the tree of what stands before the result; None for what is no arithmetic."""
        head, arrow, result = formula.partition(" → ")
        head = head if arrow else head.partition(" = ")[0]
        if "…" in head:
            return self.inputs, Tree("sum", place=len(self.inputs))
        self._tokens = _TOKEN.findall(head)[::-1]
        if len(self._tokens) > MOST_TOKENS:
            return None
        try:
            tree = self._condition(result.partition(" ≈ ")[0]) if arrow else self._sum()
        except (ValueError, IndexError):
            return None
        return None if self._tokens else (self.inputs, tree)

    def _condition(self, result: str) -> Tree:
        first = self._sum()
        order = Tree(_ORDERS[self._next(_ORDERS)])
        second = self._sum()
        figure = read(result)
        then = self._figure(figure) if figure else self._new(Input("result", result, ""))
        return Tree("if", (order, first, second, then))

    def _sum(self) -> Tree:
        tree = self._product()
        while self._tokens and self._tokens[-1] in _SUMS:
            tree = Tree(_SUMS[self._tokens.pop()], (tree, self._product()))
        return tree

    def _product(self) -> Tree:
        tree = self._factor()
        while self._tokens and self._tokens[-1] in _PRODUCTS:
            tree = Tree(_PRODUCTS[self._tokens.pop()], (tree, self._factor()))
        return tree

    def _factor(self) -> Tree:
        token = self._tokens.pop()
        if token == "(":
            tree = self._sum()
            self._next((")",))
            return tree
        figure = read(token)
        if figure is None:
            raise ValueError(token)
        return self._figure(figure)

    def _next(self, known: Sequence[str] | Mapping[str, str]) -> str:
        if self._tokens[-1] not in known:
            raise ValueError(self._tokens[-1])
        return self._tokens.pop()

    def _figure(self, figure: Shown) -> Tree:
        """The operand with that value, preferably one not used yet; a new cell if there is none."""
        for sign in (1, -1):
            same = [place for place, each in enumerate(self.inputs) if each.value == sign * figure.value]
            if same:
                place = next((place for place in same if place not in self._used), same[0])
                self._used.add(place)
                own = Tree("in", place=place)
                return own if sign == 1 else Tree("-", (self._new(Input("figure", Decimal(0), "")), own))
        return self._new(Input("figure", figure.value, figure.kind))

    def _new(self, given: Input) -> Tree:
        self.inputs = (*self.inputs, given)
        return Tree("in", place=len(self.inputs) - 1)


def _base(value: str, unit: str) -> Decimal:
    """An operand as a spreadsheet calculates with it: a percentage is a fraction.

    >>> _base("93.82", "%")
    Decimal('0.9382')
    """
    return Decimal(value) / HUNDRED if unit == "%" else Decimal(value)


def _number(value: Decimal | str) -> Decimal:
    if isinstance(value, str):
        raise ValueError(value)
    return value


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except DecimalException:
        return False
