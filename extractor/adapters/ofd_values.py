"""The values of OFD's attributes: numbers, boxes, matrices, steps between letters, outlines. What is no number counts as not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import repeat
from math import isfinite
from typing import Any

from extractor.adapters.fonts import is_red
from extractor.adapters.shapes import Matrix, Point, Subpath

Node = Any
FARTHEST = 1e6
"""Millimetres: what stands farther away is no place."""
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_NUMBERS = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7}
"""How many numbers follow a letter of an outline; the last two are the point that it leads to."""


def local(node: Node) -> str:
    """The name of an element without its namespace, of which writers use several, or none."""
    name: str = node.tag
    return name.rpartition("}")[2].rpartition(":")[2]


def named(node: Node | None, name: str) -> Iterator[Node]:
    """The children of a name."""
    return (child for child in node if local(child) == name) if node is not None else iter(())


def first(node: Node | None, *names: str) -> Node | None:
    """The first child of the first name, its first child of the next name, and so on."""
    for name in names:
        node = next(named(node, name), None)
    return node


def said(node: Node | None, *names: str) -> str:
    """The text of a descendant; empty where there is none."""
    found = first(node, *names)
    return (found.text or "").strip() if found is not None else ""


def numbers(told: str | None) -> list[float]:
    """The numbers of a list; none where one of them is no number.

    >>> numbers("1 2.5"), numbers("1 x"), numbers("1e999"), numbers(None)
    ([1.0, 2.5], [], [], [])
    """
    if not told:
        return []
    try:
        found = list(map(float, told.split()))
    except ValueError:
        return []
    return found if all(isfinite(each) and abs(each) <= FARTHEST for each in found) else []


def number(told: str | None, otherwise: float) -> float:
    found = numbers(told)
    return found[0] if len(found) == 1 else otherwise


def box(told: str | None) -> tuple[float, float, float, float] | None:
    """x, y, width and height; None where they are no box."""
    found = numbers(told)
    return (found[0], found[1], found[2], found[3]) if len(found) == 4 else None


def placed(node: Node) -> Matrix:
    """From the space of an object to that of what it stands in: its matrix, then the corner of its boundary."""
    x, y, _, _ = box(node.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    told = node.get("CTM")
    if not told:
        return (1.0, 0.0, 0.0, 1.0, x, y)
    found = numbers(told)
    a, b, c, d, e, f = found if len(found) == 6 else SAME
    return a, b, c, d, e + x, f + y


def steps(told: str | None, most: int) -> list[float]:
    """The steps from letter to letter, `g 3 4.2` standing for three of 4.2; no more of them than there are letters.

    >>> steps("1 g 3 4.2 2", 9), steps("g 999999999 1", 3), steps("1 x 2", 9)
    ([1.0, 4.2, 4.2, 4.2, 2.0], [1.0, 1.0, 1.0], [1.0])
    """
    if not told or most <= 0:
        return []
    if "g" not in told:
        plain = numbers(told)
        if plain:
            return plain[:most]
    found: list[float] = []
    tokens = iter(told.split())
    for token in tokens:
        counted = next(tokens, "") if token == "g" else "1"
        count = min(int(counted[:9]), most) if counted.isdecimal() else 0
        values = numbers(next(tokens, None) if token == "g" else token)
        if not values or len(found) >= most:
            break
        found += repeat(values[0], count)
    return found[:most]


def subpaths(told: str, matrix: Matrix, most: int) -> list[Subpath]:
    """The parts of an outline (`M 0 0 L 9 0 C`) where its matrix puts them, to a hundredth of a point; `most` points of it.

    >>> subpaths("M0 0L9 0 9 4.001C", (1, 0, 0, 1, 10, 20), 99)
    [('mllh', [(10.0, 20.0), (19.0, 20.0), (19.0, 24.0), (10.0, 20.0)])]
    """
    found: list[Subpath] = []
    kinds, points = "", list[Point]()
    for letter, through in _segments(told, most):
        if letter in "MS":
            if len(points) > 1:
                found.append((kinds, points))
            kinds, points = "", []
        elif not points:
            continue
        if letter == "C":
            start = points[0]
            found.append((kinds + "h", [*points, start]))
            kinds, points = "m", [start]
        else:
            points.append(_moved(through[-2:], matrix))
            kinds += "m" if letter in "MS" else "l" if letter == "L" else "c"
    return [*found, (kinds, points)] if len(points) > 1 else found


def operators(told: str, matrix: Matrix, most: int) -> list[str]:
    """An outline in the words of PDF, its curves too; arcs are straight.

    >>> operators("M 0 0 Q 3 3 6 0 C", (1, 0, 0, 1, 0, 0), 9)
    ['0.0 0.0 m', '2.0 2.0 4.0 2.0 6.0 0.0 c', 'h']
    """
    found: list[str] = []
    x, y = 0.0, 0.0
    for letter, through in _segments(told, most):
        points = [_moved(through[place : place + 2], matrix) for place in range(0, len(through), 2)] if letter in "MSLQB" else []
        points = [_moved(through[-2:], matrix)] if letter == "A" else points
        if letter == "Q":
            (p, q), (r, s) = points
            points = [_third((x, y), (p, q)), _third((r, s), (p, q)), (r, s)]
        if points:
            x, y = points[-1]
        word = "m" if letter in "MS" else "h" if letter == "C" else "c" if len(points) == 3 else "l"
        found.append(" ".join([*(str(round(each, 2)) for point in points for each in point), word]))
    return found


def _third(end: Point, control: Point) -> Point:
    """The point two thirds of the way to the control point of a curve of the second order."""
    return end[0] + 2 / 3 * (control[0] - end[0]), end[1] + 2 / 3 * (control[1] - end[1])


def _moved(point: Sequence[float], matrix: Matrix) -> Point:
    a, b, c, d, e, f = matrix
    return round(a * point[0] + c * point[1] + e, 2), round(b * point[0] + d * point[1] + f, 2)


def _segments(told: str, most: int) -> Iterator[tuple[str, Sequence[float]]]:
    """The letters of an outline with their numbers, at the end the point they lead to; numbers without a letter repeat the last one."""
    letter, waiting, left = "", list[float](), most
    for token in (found[0] for found in _TOKEN.finditer(told)):
        if left <= 0:
            return
        if token in "Cc":
            letter, waiting, left = "", [], left - 1
            yield "C", ()
        elif token.isalpha():
            letter, waiting = token.upper(), []
        elif letter in _NUMBERS:
            waiting += numbers(token)
            if len(waiting) == _NUMBERS[letter]:
                left -= 1
                yield letter, waiting
                letter, waiting = "L" if letter in "MS" else letter, []


def is_rgb_red(values: Sequence[float]) -> bool:
    """Is a colour, of three parts of 255 or of four inks, the red of seals?

    >>> is_rgb_red([255, 0, 0]), is_rgb_red([0, 255, 255, 0]), is_rgb_red([0])
    (True, True, False)
    """
    return is_red(*light(values))


def light(values: Sequence[float]) -> tuple[float, float, float]:
    """A colour as shares of red, green and blue light; black where it is none that is known.

    >>> light([255, 0, 51]), light([0, 255, 255, 0]), light([255]), light([])
    ((1.0, 0.0, 0.2), (1.0, 0.0, 0.0), (1.0, 1.0, 1.0), (0.0, 0.0, 0.0))
    """
    shares = [min(max(each / 255, 0.0), 1.0) for each in values]
    if len(shares) == 4:
        *inks, black = shares
        shares = [(1 - ink) * (1 - black) for ink in inks]
    red, green, blue = shares if len(shares) == 3 else shares * 3 if len(shares) == 1 else (0.0, 0.0, 0.0)
    return red, green, blue
