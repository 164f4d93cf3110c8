"""Text objects of OFD → the characters that they print and where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from math import hypot
from typing import NamedTuple
from unicodedata import east_asian_width

from extractor.adapters.fonts import DESCENT
from extractor.adapters.ofd_values import Node, box, named, number, said, steps
from extractor.adapters.shapes import Matrix, Point
from extractor.model.pages import UNKNOWN, Char, Run, runs_of

BOLD = 600
"""From this weight on (400 is the usual one) letters are bold."""
LOOSE = 0.15
"""A step that is so many em wider than the letter was meant as its width; wider ones leave white behind it."""
_EVEN = 1.3
"""Em of the steps of writers that divide a line by its letters, whether these are wide or narrow."""
_FEW = 3
MOST_DRAWINGS = 3
"""A letter drawn in more ways than these in one font does not tell what is drawn."""
_USUAL = 3.7
"""Millimetres that letters are high where nothing tells it."""
_WIDE = frozenset("WFA")
_BROAD = frozenset("WMmw@%&‰")


class Look(NamedTuple):
    """What the letters of a text object share."""

    font: str
    bold: bool
    red: bool


class Placement(NamedTuple):
    """Letters of a text object and where each stands on its base line, with the width of each; in the object's own space."""

    letters: Sequence[str]
    x: Sequence[float]
    y: Sequence[float]
    width: Sequence[float]


@dataclass
class Drawings:
    """Which drawings stand for a letter, by font: some writers put any letter where they know but the drawing."""

    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    ways: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, font: str, letters: Sequence[str], glyphs: Sequence[str]) -> None:
        for letter, glyph in zip(letters, glyphs, strict=False):
            self.seen[font, letter] += 1
            self.ways[font, letter].add(glyph)

    def invented(self) -> int:
        """How many letters are not what is drawn."""
        return sum(count for key, count in self.seen.items() if len(self.ways[key]) > MOST_DRAWINGS)


def runs(node: Node, matrix: Matrix, look: Look, drawings: Drawings) -> Iterator[Run]:
    """The characters of a text object under a matrix that leads to the page in points."""
    size = number(node.get("Size") or node.get("size"), 0.0)
    if size <= 0:  # a writer forgot it
        size = (box(node.get("Boundary")) or (0.0, 0.0, 0.0, 0.0))[3] or _USUAL
    turned = number(node.get("CharDirection"), 0.0) % 360 != 0
    for placement in _placements(node, size, look.font, drawings):
        yield from _runs(placement, size, matrix, look, turned)


def _runs(placement: Placement, size: float, matrix: Matrix, look: Look, turned: bool) -> Sequence[Run]:
    a, b, c, d, e, f = matrix
    letters, x, y, width = placement
    high = size * hypot(c, d)
    if turned or not (a > 0 and d > 0 and abs(b) <= 0.01 * a):
        return runs_of(_turned(placement, size, high, matrix, look))
    if min(y) == max(y):
        across = c * y[0] + e
        starts = [a * each + across for each in x]
        ends = [start + a * wide for start, wide in zip(starts, width, strict=True)]
        top = b * x[0] + d * y[0] + f - (1.0 - DESCENT) * high
        return [Run(letters, starts, ends, top, top + high, high, look.bold, False, look.red)]
    placed = zip(letters, x, y, width, strict=True)
    tops = ((each, a * at + c * level + e, d * level + f - (1.0 - DESCENT) * high, a * wide) for each, at, level, wide in placed)
    return runs_of(Char(each, start, top, start + wide, top + high, high, look.bold, False, look.red) for each, start, top, wide in tops)


def _turned(placement: Placement, size: float, high: float, matrix: Matrix, look: Look) -> Iterator[Char]:
    """Letters that do not stand upright, in the boxes around them."""
    a, b, c, d, e, f = matrix
    for letter, x, y, width in zip(*placement, strict=True):
        corners = [(at, level) for at in (x, x + width) for level in (y - (1.0 - DESCENT) * size, y + DESCENT * size)]
        across = [a * at + c * level + e for at, level in corners]
        down = [b * at + d * level + f for at, level in corners]
        yield Char(letter, min(across), min(down), max(across), max(down), high, look.bold, True, look.red)


def _placements(node: Node, size: float, font: str, drawings: Drawings) -> Iterator[Placement]:
    """The letters of each piece of a text object with their places; a piece that tells no place begins where the one before did."""
    transforms = sorted(named(node, "CGTransform"), key=_position)
    scale = number(node.get("HScale"), 1.0) or 1.0
    falls = number(node.get("ReadDirection"), 0.0) in (90.0, 270.0)
    x = y = 0.0
    before = 0
    codes = list(named(node, "TextCode"))
    for code in codes:
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        text = _text(code)
        letters = list(text)
        if transforms:
            letters = _drawn(text, before, transforms, drawings, font, code is codes[-1])
        before += len(text)
        most = len(letters) + len(text)
        across, down = steps(code.get("DeltaX"), most), steps(code.get("DeltaY"), most)
        if len(letters) != len(text) == max(len(across), len(down)) + 1:
            letters = list(text)  # the steps lead from letter to letter, not from drawing to drawing
        if letters:
            yield _placement(letters, (x, y), across, down if any(down) else [], size, scale, falls)


def _placement(
    letters: Sequence[str], start: Point, across: Sequence[float], down: Sequence[float], size: float, scale: float, falls: bool
) -> Placement:
    """Letters by the steps told; a letter ends where the next one begins, but for the white that was left behind it."""
    falls = not across and (bool(down) or falls)
    widths = [_width(each) * size * scale for each in letters]
    x = _along(start[0], across, [] if falls or down else widths, len(letters))
    y = _along(start[1], down, [size] * len(letters) if falls else [], len(letters))
    taken = [after - at for at, after in pairwise(x)]
    loose = _looseness(taken[: len(across)], widths, size)
    ends = [step if 0 < step <= width + loose else width for step, width in zip(taken, widths, strict=False)] + [widths[-1]]
    if "" in letters:
        letters, x, y, ends = map(list, zip(*(each for each in zip(letters, x, y, ends, strict=True) if each[0]), strict=True))
    return Placement(letters, x, y, ends)


def _looseness(taken: Sequence[float], widths: Sequence[float], size: float) -> float:
    """How much white behind a letter is none that was meant: in a line whose letters all stand apart, or at even steps, there is more."""
    if len(taken) < _FEW:
        return LOOSE * size
    if 0 < max(taken) <= _EVEN * size and max(taken) - min(taken) <= 0.02 * size:
        return _EVEN * size
    apart = min(step - width for step, width in zip(taken, widths, strict=False))
    return LOOSE * size + min(max(apart, 0.0), _EVEN * size)


def _along(start: float, told: Sequence[float], usual: Sequence[float], count: int) -> list[float]:
    """Places one after the other: by the steps told, then by the usual ones, then none."""
    steps_taken = [*told[: count - 1], *usual[len(told) : count - 1]]
    places = list(accumulate(steps_taken, initial=start))
    return places + places[-1:] * (count - len(places))


def _text(code: Node) -> str:
    """The text of a piece; what stands around it where the XML was indented is none of it."""
    text: str = code.text or ""
    return text.strip() if "\n" in text else text.replace("\t", " ")


def _drawn(text: str, before: int, transforms: Sequence[Node], drawings: Drawings, font: str, is_last: bool) -> list[str]:
    """What each drawing of a piece stands for: a letter, several (a ligature), none (the second part of one), or an unknown one.

    `before` letters of the object stand in the pieces before this one; what is drawn behind the last letter is unknown.
    """
    letters = list(text)
    moved = 0
    for transform in transforms:
        start = _position(transform) - before
        glyphs = said(transform, "Glyphs").split()
        codes, count = (int(number(transform.get(name), 1.0)) for name in ("CodeCount", "GlyphCount"))
        codes, count = max(codes, 0), min(max(count, 0), len(glyphs))
        if start < 0 or start + moved > len(letters) or (start >= len(text) and not is_last):
            continue
        start += moved
        own = letters[start : start + codes]
        size = len(own)
        if size < codes == count:
            own += [UNKNOWN] * (count - size)
        elif size and codes < count:
            own += [""] * (count - codes)
        elif size > count > 0:
            own = [*own[: count - 1], "".join(own[count - 1 :])]
        drawings.add(font, own, glyphs)
        letters[start : start + size] = own
        moved += len(own) - size
    return letters


def _position(transform: Node) -> int:
    return int(number(transform.get("CodePosition"), 0.0))


def _width(letter: str) -> float:
    """About how wide a letter is, in em; the fonts are not asked, as most are not in the file."""
    if len(letter) != 1:
        return sum(map(_width, letter))
    if east_asian_width(letter) in _WIDE:
        return 1.0
    return 0.9 if letter in _BROAD else 0.72 if letter.isupper() else 0.5
