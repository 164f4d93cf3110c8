"""The text layer of pdfium → characters with the boxes that pdfplumber gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress, groupby
from operator import eq, sub
from unicodedata import category

from extractor.adapters import pdfium
from extractor.adapters.fonts import DESCENT, is_bold, is_red
from extractor.adapters.pdfium import Handle, Matrix, Style, TextLayer
from extractor.model.pages import UNKNOWN, Run

_WIDTHLESS = {"Cc", "Cf", "Me", "Mn"}
"""Categories of characters after which the next one may stand at the same place."""
_ODD = re.compile("[\x02\ufffe\ud800-\udfff]")
_HAIR = 0.02
"""Points that rounding may be off."""

Look = tuple[float, bool, bool]
"""Size, bold, red: what the characters of a text object share."""


class Unclaimed(Exception):
    """A page with something that only the reference engine reads; the text says what."""


def runs_of(page: pdfium.Text, width: float, height: float, texts: Mapping[Handle, Matrix | None]) -> list[Run]:
    """The characters that stand on a page of this size, in the order of the file but for pieces of one line.

    `texts` are the text objects of the page. Raises Unclaimed for text that is turned, and for text that pdfium keeps back.
    """
    layer = page.layer()
    styles = page.styles(dict(zip(reversed(layer.owner), reversed(layer.place), strict=True)))
    looks = _looks(styles)
    missing = {text: outer for text, outer in texts.items() if text not in styles}
    blanks = list(_blanks(missing, height)) if missing else []
    twice = _doubled(layer, missing)
    if any(map(eq, layer.x, layer.x[1:])) and not twice:
        layer = _joined(layer)
    of_each = list(map(looks.__getitem__, layer.owner))
    for place in twice:
        of_each[place] = (of_each[place][0], True, of_each[place][2])
    layer = layer._replace(text=_text(layer), right=_right(layer, styles))
    if not _are_on(layer, width, height):
        on = list(_on(layer, of_each, width, height))
        of_each = list(compress(of_each, on))
        layer = TextLayer._make(list(compress(column, on)) for column in layer)
    found = []
    start = 0
    for ((size, bold, red), y), group in groupby(zip(of_each, layer.y, strict=True)):
        end = start + len(list(group))
        top = height - y - (1.0 - DESCENT) * size
        found.append(Run(layer.text[start:end], layer.x[start:end], layer.right[start:end], top, top + size, size, bold, False, red))
        start = end
    return found + blanks


def _on(layer: TextLayer, looks: Sequence[Look], width: float, height: float) -> Iterator[bool]:
    """Does the middle of each character lie on the page? What lies beside it is never seen."""
    for x0, x1, y, (size, _, _) in zip(layer.x, layer.right, layer.y, looks, strict=True):
        yield 0 <= x0 + x1 <= 2 * width and 0 <= y + (0.5 - DESCENT) * size <= height


def _looks(styles: Mapping[Handle, Style]) -> dict[Handle, Look]:
    faces = {font: is_bold(_name(pdfium.font_name(font))) for font in {style.font for style in styles.values()}}
    looks = {}
    for owner, (font, size, (a, b, c, d, _, _), (red, green, blue, _)) in styles.items():
        if not (a > 0 and d > 0 and abs(b) <= 0.001 * a and abs(c) <= 0.001 * d and size > 0):
            raise Unclaimed("turned text")
        looks[owner] = (size * d, faces[font], is_red(red / 255, green / 255, blue / 255))
    return looks


def _name(font: bytes) -> str:
    try:
        return font.decode("utf-8")
    except UnicodeDecodeError:
        return font.decode("gb18030", "replace")


def _blanks(missing: dict[Handle, Matrix | None], height: float) -> Iterator[Run]:
    """Spaces that stand in the file alone, taken out of `missing`; pdfium leaves them out of its text layer."""
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
    """The places of characters that are printed a second time: pdfium drops the second. Raises Unclaimed for lost text."""
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
    """With the letters that stand at one place, as those of a ligature do, as one character."""
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
    if _ODD.search("".join(text)):
        text = [_whole(each) for each in text]
    if any(layer.unmapped):
        text = [UNKNOWN if wrong else each for each, wrong in zip(text, layer.unmapped, strict=True)]
    return text


def _whole(text: str) -> str:
    """Without halves of letters: Windows' pdfium tells those beyond the basic plane in two."""
    if text in "\x02\ufffe":  # what pdfium makes of a hyphen at the end of a line
        return "-"
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _right(layer: TextLayer, styles: Mapping[Handle, Style]) -> Sequence[float]:
    """Where the advance of each character ends.

    pdfium's box goes on to the end of the ink, over the next character; where the file tells what letters a drawing
    stands for, the box is the drawing's.
    """
    right = list(layer.right)
    x, left, owners = layer.x, layer.left, layer.owner
    ems = {owner: style.size * style.matrix[0] for owner, style in styles.items()}
    over = [place for place, gap in enumerate(map(sub, right, [*x[1:], 0.0])) if gap > _HAIR]
    wide = [place for place, gap in enumerate(map(sub, map(sub, right, x), map(ems.__getitem__, owners))) if gap > _HAIR]
    drawings = {place for place, gap in enumerate(map(sub, left, x)) if gap > _HAIR}
    advances: dict[tuple[Handle, str], float] = {}
    for place in {*over, *wide, *drawings}:
        key = font, letter = styles[owners[place]].font, layer.text[place]
        if key not in advances:
            advances[key] = pdfium.advance(font, letter) if len(letter) == 1 else 0.0
        em, box = ems[owners[place]], right[place] - x[place]
        width = advances[key] * em
        if place in drawings and len(letter) == 1 and box > 0.6 * em:  # an ideograph or a dash
            width = em
        if width > 0 and (place in drawings or width <= box + _HAIR):
            right[place] = x[place] + width
    return right


def _are_on(layer: TextLayer, width: float, height: float) -> bool:
    """Do all base lines begin and end well within the page?"""
    if not layer.x:
        return True
    return min(layer.x) >= 0 and max(layer.right) <= width and min(layer.y) >= 0 and max(layer.y) <= height * 0.95
