"""The text layer of pdfium → characters with the boxes that pdfplumber gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, compress, count, islice, pairwise
from operator import eq, is_not, ne, or_
from unicodedata import category

from extractor.adapters import pdfium
from extractor.adapters.fonts import DESCENT, is_bold, is_red
from extractor.adapters.pdfium import Handle, Matrix, Style, TextLayer
from extractor.model.pages import UNKNOWN, Run, joined

_WIDTHLESS = {"Cc", "Cf", "Me", "Mn"}
"""Categories of characters after which the next one may stand at the same place."""
_ODD = re.compile("[\x02\ufffe\ud800-\udfff]")
_HAIR = 0.02
"""Tolerance for rounding, in points."""

Styles = Mapping[Handle, Style]
Look = tuple[float, bool, bool]
"""Size, bold, red: what the characters of a text object share."""


class Unclaimed(Exception):
    """The page has something that only pdfplumber reads; the text says what."""


def styles_of(page: pdfium.Text, layer: TextLayer) -> Styles:
    """The styles of the text objects that printed the characters of a page."""
    return page.styles(dict(zip(reversed(layer.owner), reversed(layer.place), strict=True)))


def runs_of(layer: TextLayer, styles: Styles, width: float, height: float, missing: dict[Handle, Matrix | None]) -> list[Run]:
    """The characters on a page of this size, in the order of the file.

    `missing` are the text objects without characters in the text layer. Raises Unclaimed for rotated text, and for
    text that pdfium omits.
    """
    looks = _looks(styles)
    blanks = list(_blanks(missing, height))
    twice = _doubled(layer, missing)
    if any(map(eq, layer.x, layer.x[1:])) and not twice:
        layer = _joined(layer)
    of_each = list(map(looks.__getitem__, layer.owner))
    one = {look: look for look in of_each} if twice else {}
    for place in twice:
        bold = (of_each[place][0], True, of_each[place][2])
        of_each[place] = one.setdefault(bold, bold)
    layer = layer._replace(text=_text(layer), right=_right(layer, styles))
    if not _are_on(layer, width, height):
        on = list(_on(layer, of_each, width, height))
        of_each = list(compress(of_each, on))
        layer = TextLayer._make(list(compress(column, on)) for column in layer)
    return [*_runs(layer, of_each, height), *blanks]


def _runs(layer: TextLayer, looks: Sequence[Look], height: float) -> Iterator[Run]:
    text, x, y, right = layer.text, layer.x, layer.y, layer.right
    begins = compress(count(1), map(or_, map(is_not, looks, looks[1:]), map(ne, y, y[1:])))
    for start, end in pairwise((0, *begins, len(text)) if text else ()):
        size, bold, red = looks[start]
        top = height - y[start] - (1.0 - DESCENT) * size
        yield Run(text[start:end], x[start:end], right[start:end], top, top + size, size, bold, False, red)


def _on(layer: TextLayer, looks: Sequence[Look], width: float, height: float) -> Iterator[bool]:
    """Does the middle of each character lie on the page? What lies beside it is never seen."""
    for x0, x1, y, (size, _, _) in zip(layer.x, layer.right, layer.y, looks, strict=True):
        yield 0 <= x0 + x1 <= 2 * width and 0 <= y + (0.5 - DESCENT) * size <= height


def _looks(styles: Styles) -> dict[Handle, Look]:
    shared = set(styles.values())
    if any(_is_turned(style) for style in shared):
        raise Unclaimed("turned text")
    faces = {font: is_bold(_name(pdfium.font_name(font))) for font in {style.font for style in shared}}
    one: dict[Look, Look] = {}  # equal looks are the same object
    looks: dict[Style, Look] = {}
    for style in shared:
        look = style.size * style.d, faces[style.font], is_red(style.red / 255, style.green / 255, style.blue / 255)
        looks[style] = one.setdefault(look, look)
    return dict(zip(styles, map(looks.__getitem__, styles.values()), strict=True))


def _is_turned(style: Style) -> bool:
    _, a, b, c, d, size, *_ = style
    return not (size > 0 and a > 0 and d > 0 and abs(b) <= 0.001 * a and abs(c) <= 0.001 * d)


def _name(font: bytes) -> str:
    try:
        return font.decode("utf-8")
    except UnicodeDecodeError:
        return font.decode("gb18030", "replace")


def _blanks(missing: dict[Handle, Matrix | None], height: float) -> Iterator[Run]:
    """Text objects that are only a space, removed from `missing`; pdfium leaves them out of its text layer."""
    for text in list(missing):
        left, bottom, right, _ = pdfium.bounds(text)
        if right - left > _HAIR:
            continue
        size, font = pdfium.size_and_font(text)
        if missing[text] is not None or pdfium.is_drawn_with_another(font):
            raise Unclaimed("text without glyphs")
        del missing[text]
        a, _, _, d, _, _ = pdfium.matrices([text])[0]
        top = height - bottom - (1.0 - DESCENT) * size * d
        yield Run([" "], [left], [left + 0.25 * size * a], top, top + size * d, size * d)


def _doubled(layer: TextLayer, missing: Mapping[Handle, Matrix | None]) -> set[int]:
    """The indexes of characters that are printed twice: pdfium drops the second print. Raises Unclaimed for lost text."""
    found: set[int] = set()
    for text, outer in missing.items():
        (*_, x0, y0), x1 = pdfium.matrices([text])[0], pdfium.bounds(text)[2]
        near = 0.3 * pdfium.size_and_font(text)[0]
        places = {place for place, (x, y) in enumerate(zip(layer.x, layer.y, strict=True)) if x0 - near <= x <= x1 and abs(y - y0) <= near}
        if outer is not None or not places:
            raise Unclaimed("text that the text layer lacks")
        found |= places
    return found


def _joined(layer: TextLayer) -> TextLayer:
    """The layer with letters at one position, like those of a ligature, joined into one character."""
    letters: list[str] = []
    right: list[float] = []
    keep: list[bool] = []
    last: tuple[float, float, Handle] | None = None
    for letter, x, y, end, owner in zip(layer.text, layer.x, layer.y, layer.right, layer.owner, strict=True):
        same = (x, y, owner) == last and not {category(letter), category(letters[-1][-1])} & _WIDTHLESS
        keep.append(not same)
        if same:
            letters[-1], right[-1] = letters[-1] + letter, end
        else:
            letters.append(letter)
            right.append(end)
        last = x, y, owner
    kept = TextLayer._make([list(compress(column, keep)) for column in layer])
    return kept._replace(text=letters, right=right)


def _text(layer: TextLayer) -> Sequence[str]:
    text = layer.text
    if _ODD.search(joined(text)):
        text = [_whole(each) for each in text]
    if any(layer.unmapped):
        text = [UNKNOWN if wrong else each for each, wrong in zip(text, layer.unmapped, strict=True)]
    return text


def _whole(text: str) -> str:
    """Joins surrogate pairs: on Windows, pdfium gives characters beyond the basic plane in two halves."""
    if text in "\x02\ufffe":  # pdfium's code for a hyphen at the end of a line
        return "-"
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _right(layer: TextLayer, styles: Styles) -> Sequence[float]:
    """Where the advance of each character ends.

    pdfium's box reaches to the end of the ink, which may overlap the next character; for text mapped onto a drawing it is
    the box of the drawing.
    """
    right, x = list(layer.right), layer.x
    widest = {text: style.size * style.a + _HAIR for text, style in styles.items()}
    columns = zip(count(), x, layer.left, right, chain(islice(x, 1, None), (0.0,)), map(widest.__getitem__, layer.owner))
    odd = [
        place
        for place, start, left, end, following, most in columns
        if end > following + _HAIR or end - start > most or left > start + _HAIR
    ]
    advances: dict[tuple[Handle, str], float] = {}
    for place in odd:
        style, letter = styles[layer.owner[place]], layer.text[place]
        key = style.font, letter
        if key not in advances:
            advances[key] = pdfium.advance(*key) if len(letter) == 1 else 0.0
        em, box = style.size * style.a, right[place] - x[place]
        width = advances[key] * em
        drawing = layer.left[place] > x[place] + _HAIR
        if drawing and len(letter) == 1 and box > 0.6 * em:  # an ideograph or a dash
            width = em
        if width > 0 and (drawing or width <= box + _HAIR):
            right[place] = x[place] + width
    return right


def _are_on(layer: TextLayer, width: float, height: float) -> bool:
    """Do all base lines lie well within the page?"""
    if not layer.x:
        return True
    return min(layer.x) >= 0 and max(layer.right) <= width and min(layer.y) >= 0 and max(layer.y) <= height * 0.95
