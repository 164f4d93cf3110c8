"""pdfium, called in bulk: the characters and objects of a page as plain lists. The only importer of pypdfium2.

A call through ctypes costs as much as the work behind it. Calls go through prototypes that convert no arguments and keep
the interpreter's lock, `map` drives them over a whole page, and handles are passed as references, which ctypes takes as they are.
"""

from __future__ import annotations

import ctypes
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain, compress, islice, repeat
from struct import Struct
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as raw

from extractor.adapters.record_buffer import RecordBuffer, references

TEXT, PATH, IMAGE, FORM = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
LINE, BEZIER, MOVE = raw.FPDF_SEGMENT_LINETO, raw.FPDF_SEGMENT_BEZIERTO, raw.FPDF_SEGMENT_MOVETO

Matrix = tuple[float, float, float, float, float, float]
Handle = int
"""The address of an object of pdfium, valid as long as its page is open."""

Segment = tuple[int, float, float, int]
"""LINE, BEZIER or MOVE, the point, and 1 where the path closes here."""


class Refused(Exception):
    """pdfium cannot open the file or the page."""


class TextLayer(NamedTuple):
    """The characters of a page, column by column; coordinates from the bottom left corner of the page."""

    text: Sequence[str]
    x: Sequence[float]  # where the character stands on its base line
    y: Sequence[float]
    left: Sequence[float]  # of the box around its advance and its ink
    right: Sequence[float]
    owner: Sequence[Handle]  # the text object that printed it
    place: Sequence[int]  # its number on the page
    unmapped: Sequence[int]  # 1 where the font does not tell the character and pdfium made one up


class Style(NamedTuple):
    """What the characters of a text object share."""

    font: Handle
    a: float  # the matrix without its translation
    b: float
    c: float
    d: float
    size: float  # before the matrix
    red: int  # of 255
    green: int
    blue: int


def _call(name: str, result: Any = ctypes.c_int) -> Callable[..., Any]:
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0)


_unicode = _call("FPDFText_GetUnicode", ctypes.c_uint)
_get_text = _call("FPDFText_GetText")
_origin = _call("FPDFText_GetCharOrigin")
_loose_box = _call("FPDFText_GetLooseCharBox")
_text_object = _call("FPDFText_GetTextObject", ctypes.c_void_p)
_is_generated = _call("FPDFText_IsGenerated")
_map_error = _call("FPDFText_HasUnicodeMapError")
_text_matrix = _call("FPDFText_GetMatrix")
_font = _call("FPDFTextObj_GetFont", ctypes.c_void_p)
_font_size = _call("FPDFTextObj_GetFontSize")
_fill_colour = _call("FPDFPageObj_GetFillColor")
_page_object = _call("FPDFPage_GetObject", ctypes.c_void_p)
_form_object = _call("FPDFFormObj_GetObject", ctypes.c_void_p)
_count_form_objects = _call("FPDFFormObj_CountObjects")
_object_type = _call("FPDFPageObj_GetType")
_object_matrix = _call("FPDFPageObj_GetMatrix")
_count_segments = _call("FPDFPath_CountSegments")
_segment = _call("FPDFPath_GetPathSegment", ctypes.c_void_p)
_segment_type = _call("FPDFPathSegment_GetType")
_segment_point = _call("FPDFPathSegment_GetPoint")
_segment_close = _call("FPDFPathSegment_GetClose")
_glyph_width = _call("FPDFFont_GetGlyphWidth")
_ONE = ctypes.c_float(1.0)
_SPACE = re.compile(" ")
_STYLE = Struct("=5f3I")


_buffer = RecordBuffer()


def _reference(helper: Any) -> Any:
    """The page or text page behind a helper of pypdfium2, as an argument."""
    return references([ctypes.cast(helper.raw, ctypes.c_void_p).value or 0])[0]


def _all(calls: Iterable[Any]) -> None:
    deque(calls, 0)


class File:
    """An open file."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document

    def __len__(self) -> int:
        return len(self._document)

    @contextmanager
    def page(self, index: int) -> Iterator[Page]:
        """The page at an index from 0, open within; raises Refused."""
        try:
            page = self._document[index]
        except pypdfium2.PdfiumError as error:
            raise Refused(str(error)) from error
        with closing(page):
            yield Page(page)


@contextmanager
def opened(data: bytes) -> Iterator[File]:
    """The file with this content, open within; raises Refused."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Refused(str(error)) from error
    with closing(document):
        yield File(document)


class Page:
    """An open page."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self.rotation: int = page.get_rotation()

    def boxes(self) -> tuple[Sequence[float], Sequence[float]]:
        """The whole page and the visible part of it: left, bottom, right, top."""
        visible = self._page.get_bbox()
        return self._page.get_mediabox(fallback_ok=False) or visible, visible

    @contextmanager
    def text(self) -> Iterator[Text]:
        try:
            page = self._page.get_textpage()
        except pypdfium2.PdfiumError as error:
            raise Refused(str(error)) from error
        with closing(page):
            yield Text(page)

    def grey(self, scale: float) -> tuple[int, int, bytes]:
        """The visible part of the page as shown, in greyscale: width, height, one byte per pixel; raises Refused."""
        try:
            drawn = self._page.render(scale=scale, grayscale=True)
        except pypdfium2.PdfiumError as error:
            raise Refused(str(error)) from error
        with memoryview(drawn.buffer).cast("B") as view:
            stride, width = drawn.stride, drawn.width
            rows = view.tobytes() if stride == width else b"".join(view[at : at + width] for at in range(0, stride * drawn.height, stride))
        return width, drawn.height, rows[: width * drawn.height]

    def picture(self, scale: float, most: int) -> tuple[Any, float, float]:
        """The page as shown, with `scale` pixels per point and at most `most` on the longer side: rows of RGB bytes; width, height."""
        width, height = self._page.get_size()
        bitmap = self._page.render(scale=min(scale, most / max(width, height)), rev_byteorder=True, draw_annots=True)
        try:
            return bitmap.to_numpy()[:, :, :3].copy(), width, height
        finally:
            bitmap.close()

    def objects(self) -> list[Handle]:
        """The objects that stand on the page itself."""
        return list(map(_page_object, repeat(_reference(self._page)), range(raw.FPDFPage_CountObjects(self._page))))


class Text:
    """The open text layer of a page."""

    def __init__(self, page: pypdfium2.PdfTextPage) -> None:
        self._page = _reference(page)
        self._count: int = page.count_chars()

    def layer(self) -> TextLayer:
        """The characters in the file, without the spaces and line breaks that pdfium generates."""
        page = self._page
        owners: list[Handle | None] = list(map(_text_object, repeat(page), range(self._count)))
        text = self._letters()
        for place in (found.start() for found in _SPACE.finditer(text)):
            if owners[place] is not None and _is_generated(page, place):
                owners[place] = None
        places = list(compress(range(self._count), owners))
        count = len(places)
        _all(map(_origin, repeat(page), places, _buffer.references(count, 16), _buffer.references(count, 16, 8)))
        x, y = _buffer.doubles(count, 2, (0, 1))
        _all(map(_loose_box, repeat(page), places, _buffer.references(count, 16)))
        left, right = _buffer.floats(count, 4, (0, 2))
        unmapped = list(map(_map_error, repeat(page), places))
        return TextLayer("".join(compress(text, owners)), x, y, left, right, list(filter(None, owners)), places, unmapped)

    def _letters(self) -> str:
        """The characters one by one."""
        buffer = ctypes.create_string_buffer(2 * self._count + 2)
        written = _get_text(self._page, 0, self._count, buffer)
        text = buffer.raw[: 2 * self._count].decode("utf-16-le", "replace")
        if written == self._count + 1 == len(text) + 1:
            return text
        codes = list(map(_unicode, repeat(self._page), range(self._count)))  # some are not in that text, or take two UTF-16 units
        return "".join(map(chr, codes if max(codes, default=0) < 0x110000 else (min(code, 0xFFFD) for code in codes)))

    def styles(self, firsts: dict[Handle, int]) -> dict[Handle, Style]:
        """The styles of text objects, each given with one of its characters; equal styles are the same object."""
        handles = references(firsts)
        count = len(handles)
        _all(map(_text_matrix, repeat(self._page), firsts.values(), _buffer.references(count, 40)))
        _all(map(_font_size, handles, _buffer.references(count, 40, 16)))  # over the translation, which differs from object to object
        _all(map(_fill_colour, handles, *(_buffer.references(count, 40, part) for part in (20, 24, 28, 32))))
        told = list(zip(map(_font, handles), _buffer.records(count, 40, 32), strict=True))
        one = {key: Style(key[0], *_STYLE.unpack(key[1])) for key in set(told)}
        return dict(zip(firsts, map(one.__getitem__, told), strict=True))


def form_objects(form: Handle) -> list[Handle]:
    """The objects within a form object."""
    (pointer,) = references([form])
    return list(map(_form_object, repeat(pointer), range(_count_form_objects(pointer))))


def kinds(objects: Sequence[Handle]) -> list[int]:
    """TEXT, PATH, IMAGE, FORM or another number for each object."""
    return list(map(_object_type, map(ctypes.c_void_p, objects)))


def matrices(objects: Sequence[Handle]) -> list[Matrix]:
    """The matrices that objects stand under."""
    _all(map(_object_matrix, map(ctypes.c_void_p, objects), _buffer.references(len(objects), 24)))
    return list(zip(*_buffer.floats(len(objects), 6, range(6)), strict=True))


def paths(objects: Sequence[Handle]) -> Iterator[list[Segment]]:
    """The segments of path objects, before their matrices."""
    pointers = references(objects)
    counts = list(map(_count_segments, pointers))
    owners = chain.from_iterable(map(repeat, pointers, counts))
    segments = references(map(_segment, owners, chain.from_iterable(map(range, counts))))
    count = len(segments)
    _all(map(_segment_point, segments, _buffer.references(count, 8), _buffer.references(count, 8, 4)))
    x, y = _buffer.floats(count, 2, (0, 1))
    found = zip(map(_segment_type, segments), x, y, map(_segment_close, segments), strict=True)
    return (list(islice(found, own)) for own in counts)


def bounds(text: Handle) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of what an object prints, in its parent's space."""
    parts = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(ctypes.cast(text, raw.FPDF_PAGEOBJECT), *map(ctypes.byref, parts))
    left, bottom, right, top = (part.value for part in parts)
    return left, bottom, right, top


def is_unseen(text: Handle) -> bool:
    """Is a text object invisible, like the recognised text that OCR programs put behind a page picture?"""
    return bool(raw.FPDFTextObj_GetTextRenderMode(ctypes.cast(text, raw.FPDF_PAGEOBJECT)) == raw.FPDF_TEXTRENDERMODE_INVISIBLE)


def size_and_font(text: Handle) -> tuple[float, Handle]:
    """The font size of a text object before its matrix, and its font."""
    size, pointer = ctypes.c_float(), ctypes.c_void_p(text)
    _font_size(pointer, ctypes.byref(size))
    return size.value, _font(pointer)


def is_drawn_with_another(font: Handle) -> bool:
    """Is the font not embedded, so that characters may lack glyphs?"""
    return bool(font_name(font)) and not raw.FPDFFont_GetIsEmbedded(ctypes.cast(font, raw.FPDF_FONT))


def font_name(font: Handle) -> bytes:
    """The name of a font as the file has it, empty where it has none."""
    buffer = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(ctypes.cast(font, raw.FPDF_FONT), buffer, 256)
    return buffer.value


def advance(font: Handle, char: str) -> float:
    """The advance width of a character in em; 0 if the font does not give it."""
    width = ctypes.c_float()
    return width.value if _glyph_width(ctypes.c_void_p(font), ord(char), _ONE, ctypes.byref(width)) else 0.0
