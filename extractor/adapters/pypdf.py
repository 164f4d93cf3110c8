"""Copies of PDF files with highlights and bookmarks appended; every original byte is kept. The only importer of pypdf.

pypdf parses the file; the update is written by pdf_writing.py, because the incremental writer of pypdf reads every object of
the file first and refuses encrypted files. With AES encryption, the same marks give different bytes each time.
"""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import groupby
from typing import IO, Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ByteStringObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from extractor.adapters.annotations import Bookmark, Mark, Name, Objects, Outline, Ref, highlights, outline
from extractor.adapters.mending import mended
from extractor.adapters.page_space import Space
from extractor.adapters.pdf_writing import Written

NameObject.CHARSETS = ("latin-1", "latin-1", "latin-1")  # so that the bytes of names are kept
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class Refused(Exception):
    """The file cannot be marked."""


def mark(
    source: IO[bytes],
    target: IO[bytes],
    pages: int | None,
    marks: Sequence[Mark],
    bookmarks: Sequence[Bookmark],
    words: tuple[str, str, bytes],
) -> None:
    """Writes a copy with the marks; raises Refused if the file is locked, or does not have so many pages even after repair.

    `words` are the author of the notes, the title of the bookmarks, and the comment that ends the file.
    """
    author, title, comment = words

    def objects_of(original: Original) -> Objects:
        objects = Objects(original.count)
        for number, own in groupby(sorted(marks, key=_page), _page):
            original.annotate(number, own, author, objects)
        if bookmarks:
            original.lead(bookmarks, title, objects)
        return objects

    original, objects = _made(source, pages, objects_of)
    original.copy(target)
    written = Written(target, original.hidden if original.is_encrypted else None)
    written.add(objects, original.trailer, original.previous, original.has_table)
    written.close(comment)


def _page(each: Mark) -> int:
    return each.page


def _made(source: IO[bytes], pages: int | None, build: Callable[[Original], Objects]) -> tuple[Original, Objects]:
    """The file and what is added to it; the file is repaired if its cross-references are damaged. Strict parsing is faster."""
    for is_strict in (True, False):
        if made := _tried(source, pages, is_strict, build):
            return made
    source.seek(0)
    again = mended(source.read())
    if again is None:
        raise Refused("locked")
    if made := _tried(BytesIO(again), pages, False, build):
        return made
    raise Refused("damaged")


def _tried(source: IO[bytes], pages: int | None, is_strict: bool, build: Callable[[Original], Objects]) -> tuple[Original, Objects] | None:
    try:
        original = Original(source, pages, is_strict)
        return original, build(original)
    except (MemoryError, OSError):
        raise
    except Exception:  # on a damaged file pypdf raises anything
        return None


class Sound(PdfReader):
    """A reader that does not rebuild damaged cross-references: nothing can be appended to rebuilt ones."""

    def _rebuild_xref_table(self, stream: Any) -> None:
        raise Refused("damaged cross-references")


class Original:
    """The file that is copied; its methods raise anything if it is damaged."""

    def __init__(self, source: IO[bytes], pages: int | None, is_strict: bool) -> None:
        self._source = source
        source.seek(0)
        if not source.read(5) == b"%PDF-":
            raise Refused("something stands before the file, so that places in it are counted in two ways")
        self._reader = Sound(source, strict=is_strict)
        self._pages = self._reader.pages
        if pages is not None and len(self._pages) != pages:
            raise Refused(f"{len(self._pages)} pages, not {pages}")
        self.previous = self._reader._startxref
        source.seek(self.previous)
        head = source.read(24).lstrip()
        self.has_table = head.startswith(b"xref")
        if not (self.has_table or re.match(rb"\d+\s+\d+\s+obj", head)):
            raise Refused("no cross-references where they should be")

    @property
    def count(self) -> int:
        """One more than the highest number of an object."""
        known = [self._reader.xref_objStm, *self._reader.xref.values()]
        highest: int = max(max(numbers) for numbers in known if numbers)
        return max(int(self.trailer.get("Size", 0)), highest + 1)

    @property
    def trailer(self) -> dict[str, Any]:
        return {key: value for key, value in _plain(self._reader.trailer).items() if key in ("Size", "Root", "Info", "Encrypt", "ID")}

    @property
    def is_encrypted(self) -> bool:
        return self._reader.is_encrypted

    def hidden(self, data: bytes, ref: Ref, is_stream: bool) -> bytes:
        """A string or the content of a stream as it stands in an encrypted file."""
        key = self._reader._encryption
        assert key is not None
        if not is_stream:
            string: Any = key.encrypt_object(ByteStringObject(data), ref.number, ref.generation)
            return bytes(string)
        stream = StreamObject()
        stream.set_data(data)
        content: bytes = key.encrypt_object(stream, ref.number, ref.generation)._data  # type: ignore[attr-defined]
        return content

    def copy(self, target: IO[bytes]) -> None:
        self._source.seek(0)
        shutil.copyfileobj(self._source, target, 1 << 20)

    def annotate(self, number: int, marks: Iterator[Mark], author: str, objects: Objects) -> None:
        """Adds the marks of a page after its existing annotations."""
        ref, page = self._at(number)
        entries = self._entries(ref)
        old = _got(page, "/Annots")
        kept = list(old) if isinstance(old, list) else []
        entries["Annots"] = [*kept, *highlights(marks, ref, self._space(page), author, objects)]
        objects.written[ref] = entries

    def lead(self, bookmarks: Sequence[Bookmark], title: str, objects: Objects) -> None:
        """Adds the bookmarks, and has viewers show them when the file is opened."""
        places = {each.page: (ref, self._space(page)) for each in bookmarks for ref, page in [self._at(each.page)]}
        root = outline(bookmarks, title, places, self._outline(), objects)
        catalog = _ref(self._reader.trailer.raw_get("/Root"))
        entries = _plain(self._catalog) | {"Outlines": root}
        if entries.get("PageMode", "/UseNone") == "/UseNone":
            entries["PageMode"] = Name("UseOutlines")
        objects.written[catalog] = entries

    def _outline(self) -> Outline:
        catalog = self._catalog
        root = _got(catalog, "/Outlines")
        if not isinstance(root, DictionaryObject) or not isinstance(_got(root, "/First"), DictionaryObject):
            return Outline({}, None, None)
        raw, first = catalog.raw_get("/Outlines"), _ref(root.raw_get("/First"))
        return Outline(_plain(root), _ref(raw) if isinstance(raw, IndirectObject) else None, (first, self._entries(first)))

    @property
    def _catalog(self) -> DictionaryObject:
        return self._reader.root_object

    def _at(self, number: int) -> tuple[Ref, PageObject]:
        page = self._pages[number - 1]
        if page.indirect_reference is None:
            raise Refused(f"page {number} stands in no object of its own")
        return _ref(page.indirect_reference), page

    def _entries(self, ref: Ref) -> dict[str, Any]:
        thing = self._reader.get_object(IndirectObject(ref.number, ref.generation, self._reader))
        if not isinstance(thing, DictionaryObject):
            raise Refused(f"object {ref.number} is no dictionary")
        return _plain(thing)

    @staticmethod
    def _space(page: PageObject) -> Space:
        media, crop = (_numbers(_got(page, name)) for name in ("/MediaBox", "/CropBox"))
        turn = _got(page, "/Rotate")
        return Space.of(media, crop, int(turn) if isinstance(turn, int | float) else 0)


def _ref(thing: Any) -> Ref:
    return Ref(thing.idnum, thing.generation)


def _got(entries: DictionaryObject, key: str) -> Any:
    """The object that an entry refers to; None if there is no such entry."""
    thing = entries.get(key)
    return thing.get_object() if thing is not None else None


def _plain(entries: DictionaryObject) -> dict[str, Any]:
    """The entries by their names without slashes; references are not resolved."""
    return {str(key)[1:]: value for key, value in entries.items()}


def _numbers(box: Any) -> list[float] | None:
    parts = [part.get_object() for part in box] if isinstance(box, list) else []
    return [part + 0.0 for part in parts] if len(parts) == 4 and all(isinstance(part, int | float) for part in parts) else None
