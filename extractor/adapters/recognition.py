"""The picture of a page → its characters, ruled cells and rules, as the readers of PDF give them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean, median
from typing import Any

from extractor.adapters import rapidocr, ruling, vision
from extractor.adapters.mended_letters import mended
from extractor.adapters.rapidocr import Frame, Letter
from extractor.adapters.set_letters import Word, laid, sized
from extractor.model.pages import EDGE_LIMIT, PdfPage, Rect
from extractor.model.recognised import Recognised

Picture = Any

SEEN = 1088
"""Lines are searched for in a copy with so many pixels on the longer side: more take longer and find no more."""
DOUBTFUL = 0.85
"""A page with a lower average confidence may be upside down."""
_TALL = 1.6
"""A line so many times as high as wide is written downwards."""
_SAMPLES = 6
SURE = 0.9
_WHITE = ((1.0, 0.0), (1.0, 0.2), (0.0, 0.3))
"""White added at the sides and above and below, as shares of the height."""
_SIGNS = ("≥", "≤", "%")
"""Signs that stand alone in cells of forms. Recognition often misses their small parts, but never invents them."""
_HEARD = 30


@dataclass(frozen=True, slots=True)
class View:
    """A page made level: its picture, the size of a pixel in points, its rules and cells, and the lines of text found."""

    picture: Picture
    pixel: float
    edges: ruling.Edges
    cells: tuple[tuple[Rect, ...], ...]
    frames: list[Frame]
    others: list[Frame]  # ink outside them, which may be figures that stand alone
    angle: float


def recognised(picture: Picture, number: int, width: float, height: float) -> PdfPage:
    """The page of this size in points that the picture shows."""
    plain = vision.grey(picture)
    if vision.is_blank(plain):
        return PdfPage(number, width, height)
    pixel = max(width, height) / max(plain.shape)
    view = _level(plain, pixel)
    degrees = 0
    if _is_sideways(view.frames):
        degrees = 90
        view = _level(vision.turned(plain, 90), pixel)
    words = list(_words(view))
    if degrees or _certainty(words) < DOUBTFUL:
        other = _level(vision.turned(plain, degrees + 180), pixel)
        if _sample(other) > _sample(view):
            view, degrees = other, degrees + 180
            words = list(_words(view))
    return _page(words, view, number, (height, width) if degrees % 180 else (width, height), degrees)


def _page(words: Sequence[Word], view: View, number: int, size: tuple[float, float], degrees: int) -> PdfPage:
    runs = [laid(word) for word in sized(words)]
    crowded = view.edges.total > EDGE_LIMIT
    letters_told = [
        (x0, run.top, letter.confidence)
        for run, word in zip(runs, words, strict=True)
        for x0, letter in zip(run.x0, word.letters, strict=True)
    ]
    sure = Recognised.of(letters_told, view.angle, degrees)
    rules = () if crowded else tuple(view.edges.level)
    return PdfPage(number, *size, tuple(runs), view.cells, rules, 1, crowded, recognised=sure)


def _level(plain: Picture, pixel: float) -> View:
    angle = vision.slant(plain)
    straight = vision.straightened(plain, angle)
    edges, clean = vision.rules(straight, pixel)
    cells = ruling.cells(edges) if edges.total <= EDGE_LIMIT else ()
    factor = min(1.0, SEEN / max(clean.shape))
    small = vision.coloured(vision.scaled(clean, factor))
    found = [tuple(round(side / factor) for side in frame) for frame in rapidocr.frames(small)]
    high = round(median(frame[3] - frame[1] for frame in found)) if found else round(12 / pixel)
    return View(clean, pixel, edges, cells, found, vision.left_over(clean, found, high), angle)


def _is_sideways(frames: Sequence[Frame]) -> bool:
    """Are most lines of text higher than wide?"""
    long = [frame for frame in frames if max(_sides(frame)) > 3 * min(_sides(frame))]
    tall = sum(height > width for width, height in map(_sides, long))
    return tall * 2 > len(long)


def _sides(frame: Frame) -> tuple[int, int]:
    return frame[2] - frame[0], frame[3] - frame[1]


def _certainty(words: Sequence[Word]) -> float:
    return mean([letter.confidence for word in words for letter in word.letters] or [1.0])


def _sample(view: View) -> float:
    """The average confidence of some long lines."""
    longest = sorted(view.frames, key=lambda frame: -_sides(frame)[0])[:_SAMPLES]
    return mean([letter.confidence for word in rapidocr.words([_cut(view, f) for f in longest]) for letter in word] or [0.0])


def _words(view: View) -> Iterator[Word]:
    frames = [(frame, 0.0) for frame in _parted(view)] + [(frame, SURE) for frame in view.others]
    cuts = [_cut(view, frame) for frame, _ in frames]
    for (frame, least), cut, read in zip(frames, cuts, _read(cuts), strict=True):
        told = mended(read)
        if told and min(letter.confidence for letter in told) >= least:
            yield _placed(told, frame, cut, view.pixel)


def _read(cuts: Sequence[Picture]) -> list[list[Letter]]:
    """The letters of each cut. A single sign is ambiguous: it is read again with more white around it, and the readings vote."""
    read = rapidocr.words(cuts)
    unsure = [place for place, told in enumerate(read) if len(told) == 1 and told[0].confidence < SURE]
    ways = [rapidocr.words([vision.framed(cuts[place], *white) for place in unsure]) for white in _WHITE]
    for place, *others in zip(unsure, *ways, strict=True):
        votes: Counter[str] = Counter()
        for told in (read[place], *others):
            votes["".join(letter.text for letter in told)] += round(100 * min((letter.confidence for letter in told), default=0.0))
        sign = next((sign for sign in _SIGNS if votes[sign] >= _HEARD), votes.most_common(1)[0][0])
        if len(sign) == 1:
            read[place] = [Letter(sign, 0.5, votes[sign] / 100 / (1 + len(_WHITE)))]
    return read


def _placed(read: Sequence[Letter], frame: Frame, cut: Picture, pixel: float) -> Word:
    x0, top, x1, bottom = frame
    ink = vision.ink_box(cut[:, :, 0]) or (0, 0, x1 - x0, bottom - top)
    middles = tuple((x0 + letter.middle * (x1 - x0)) * pixel for letter in read)
    box = ((x0 + ink[0]) * pixel, (top + ink[1]) * pixel, (x0 + ink[2]) * pixel, (top + ink[3]) * pixel)
    return Word(tuple(read), middles, box)


def _cut(view: View, frame: Frame) -> Picture:
    x0, top, x1, bottom = frame
    return vision.coloured(view.picture[max(0, top) : bottom, max(0, x0) : x1])


def _parted(view: View) -> Iterator[Frame]:
    """The lines of text; lines across a rule are divided there, and lines written downwards into letters."""
    upright = [(x / view.pixel, top / view.pixel, bottom / view.pixel) for x, top, _, bottom in view.edges.upright]
    for frame in view.frames:
        x0, top, x1, bottom = frame
        middle = (top + bottom) / 2
        room = 0.3 * (bottom - top)
        cuts = sorted({round(x) for x, start, end in upright if x0 + room < x < x1 - room and start < middle < end})
        for left, right in zip([x0, *cuts], [*cuts, x1], strict=True):
            yield from _single(view, (left, top, right, bottom))


def _single(view: View, frame: Frame) -> Iterator[Frame]:
    """The line itself, or the letters of a line written downwards."""
    width, height = _sides(frame)
    if width < 2 or height < 2:
        return
    if height < _TALL * width:
        yield frame
        return
    x0, top, x1, _ = frame
    start: int | None = None
    rows = vision.ink_rows(view.picture[frame[1] : frame[3], x0:x1])
    for place, (first, end) in enumerate(rows):
        start = first if start is None else start
        following = rows[place + 1] if place + 1 < len(rows) else None
        if following is None or following[1] - start > 1.15 * width:
            yield x0, max(frame[1], top + start - 2), x1, min(frame[3], top + end + 2)
            start = None
