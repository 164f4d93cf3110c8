"""Recognised letters → runs as in print: in few sizes, with adjacent letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from extractor.adapters.rapidocr import Letter
from extractor.model.pages import Rect, Run
from extractor.model.recognised import GRAIN

_INK, _INK_FIGURES = 0.92, 0.72
"""The height of the ink of Chinese characters, and of lines without any, in em."""
_ALIKE = 0.09
"""Sizes that differ by less than this share are the same."""
_LOOSE = 0.22
"""The relative error of the size guessed for lines of digits or of few letters."""
_CLOSING = "，。、；：！？）》”’】」"
_OPENING = "（《“‘【「"


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised line of text: its letters, the middle of each in points, the box around the ink."""

    letters: tuple[Letter, ...]
    middles: tuple[float, ...]
    box: Rect
    size: float = 0.0

    @property
    def text(self) -> str:
        return "".join(letter.text for letter in self.letters)


def sized(words: Sequence[Word]) -> list[Word]:
    """The words with their letter sizes; sizes that hardly differ are made equal, as on a printed page."""
    guesses = [(_guess(word), len(word.letters), _is_telling(word)) for word in words]
    sizes: list[float] = []
    open_ = [(size, weight) for size, weight, telling in guesses if telling]
    while open_:
        best = max((size for size, _ in open_), key=lambda size: sum(w for s, w in open_ if abs(s - size) <= _ALIKE / 2 * size))
        group = [(s, w) for s, w in open_ if abs(s - best) <= _ALIKE * best]
        sizes.append(round(2 * _weighted(group)) / 2)
        open_ = [(s, w) for s, w in open_ if abs(s - best) > _ALIKE * best]
    return [replace(word, size=_of(sizes, size, telling)) for word, (size, _, telling) in zip(words, guesses, strict=True)]


def _of(sizes: Sequence[float], guess: float, is_telling: bool) -> float:
    """The size on the page that a guess stands for; `sizes` begin with the most frequent one."""
    if is_telling:
        return min(sizes, key=lambda each: abs(each - guess))
    near = [each for each in sizes if abs(each - guess) <= _LOOSE * each]
    return near[0] if near else sizes[0] if sizes else max(0.5, round(2 * guess) / 2)


def _weighted(group: Sequence[tuple[float, int]]) -> float:
    return median(size for size, weight in group for _ in range(weight))


def _is_telling(word: Word) -> bool:
    return sum(map(_is_wide, word.text)) >= 2


def _is_wide(char: str) -> bool:
    return char >= "\u2e80"


def _guess(word: Word) -> float:
    """The size by the height of the ink and, for a row of Chinese letters, by the distance from one to the next."""
    _, top, _, bottom = word.box
    chinese = [char for char in word.text if _is_wide(char) and char not in _CLOSING + _OPENING]
    by_ink = (bottom - top) / (_INK if chinese else _INK_FIGURES)
    steps = [
        b - a
        for (a, b), (one, other) in zip(pairwise(word.middles), pairwise(word.text), strict=True)
        if _is_wide(one) and _is_wide(other) and one not in _CLOSING + _OPENING and other not in _CLOSING + _OPENING
    ]
    if not steps:
        return by_ink
    pitch = sum(steps) / len(steps)
    if pitch < 0.85 * by_ink:  # something that is no letter spoils the ink height
        return pitch
    return (by_ink + pitch) / 2 if len(steps) >= 3 and pitch < 1.15 * by_ink else by_ink


def laid(word: Word) -> Run:
    """A run with a box for each letter; the boxes touch unless there is white between the letters."""
    size = word.size
    wide = [_is_wide(letter.text) for letter in word.letters]
    half = [size / 2 if each else size / 4 for each in wide]
    left = [middle - reach for middle, reach in zip(word.middles, half, strict=True)]
    right = [middle + reach for middle, reach in zip(word.middles, half, strict=True)]
    for place in range(1, len(wide)):
        if left[place] - right[place - 1] < 0.5 * size:
            share = half[place - 1] / (half[place - 1] + half[place])
            edge = word.middles[place - 1] + (word.middles[place] - word.middles[place - 1]) * share
            right[place - 1] = left[place] = edge
    first, last = word.letters[0].text, word.letters[-1].text
    left[0] = min(word.box[0], right[0] - 0.9 * size) if first in _OPENING else min(word.box[0], right[0] - 1 / GRAIN)
    right[-1] = max(word.box[2], left[-1] + 0.9 * size) if last in _CLOSING else max(word.box[2], left[-1] + 1 / GRAIN)
    middle = (word.box[1] + word.box[3]) / 2
    top = _grain(middle - size / 2)
    return Run(
        tuple(letter.text for letter in word.letters),
        tuple(map(_grain, left)),
        tuple(max(_grain(end), _grain(start) + 1 / GRAIN) for start, end in zip(left, right, strict=True)),
        top,
        top + size,
        size,
    )


def _grain(place: float) -> float:
    return round(place * GRAIN) / GRAIN
