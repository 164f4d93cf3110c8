"""An incremental update of a PDF file: objects, their cross-references, and the link to the previous ones."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from typing import IO, Any

from extractor.adapters.annotations import Name, Objects, Ref, Stream, number

Hide = Callable[[bytes, Ref, bool], bytes]
"""Encrypts a string, or the content of a stream, of the object with this number."""

_PLAIN = frozenset(b"!\"$&'*+,-.:;=?@\\^_`|~" + bytes(range(0x30, 0x3A)) + bytes(range(0x41, 0x5B)) + bytes(range(0x61, 0x7B)))


class Written:
    """Appends to the content of the stream."""

    def __init__(self, stream: IO[bytes], hide: Hide | None) -> None:
        self._stream, self._hide = stream, hide

    def add(self, objects: Objects, trailer: dict[str, Any], previous: int, has_table: bool) -> None:
        """Writes the objects, then cross-references of the kind that the file has: a table or a stream."""
        self._stream.write(b"\n")
        start = self._stream.tell()
        digest = hashlib.sha256()
        offsets: dict[Ref, int] = {}
        for ref, thing in sorted(objects.written.items(), key=lambda item: item[0].number):
            data = self._object(ref, thing)
            offsets[ref] = start
            start += self._stream.write(data)
            digest.update(data)
        entries = {**trailer, "Prev": previous}
        if isinstance(old := trailer.get("ID"), list) and len(old) == 2:
            entries["ID"] = [old[0], digest.digest()[:16]]
        self._stream.write(_table(offsets, objects.count, entries) if has_table else _references(offsets, objects.count, entries, start))
        self._stream.write(b"startxref\n%d\n%%%%EOF\n" % start)

    def close(self, comment: bytes) -> None:
        """Writes a final comment: programs that rewrite the file drop it, and others append after it."""
        self._stream.write(b"%" + comment + b"\n")

    def _object(self, ref: Ref, thing: object) -> bytes:
        hide = self._hide
        if isinstance(thing, Stream):
            content = hide(thing.data, ref, True) if hide else thing.data
            body = serialised({**thing.entries, "Length": len(content)}) + b"\nstream\n" + content + b"\nendstream"
        else:
            body = serialised(thing, (lambda data: hide(data, ref, False)) if hide else bytes)
        return b"%d %d obj\n%b\nendobj\n" % (ref.number, ref.generation, body)


def serialised(thing: Any, hide: Callable[[bytes], bytes] = bytes) -> bytes:
    """An object of ours or of pypdf in PDF syntax; text in UTF-16, strings of the file with their original bytes.

    >>> serialised({"Type": Name("Annot"), "C": (1.0, 0.5, 0), "T": "疑", "P": Ref(3), "Open": False})
    b'<</Type/Annot/C[1 0.5 0]/T<feff7591>/P 3 0 R/Open false>>'
    """
    if isinstance(thing, dict):
        return b"<<" + b"".join(_name(key.removeprefix("/")) + _parted(serialised(value, hide)) for key, value in thing.items()) + b">>"
    if isinstance(thing, list | tuple):
        return b"[" + b" ".join(serialised(each, hide) for each in thing) + b"]"
    if isinstance(thing, Ref):
        return b"%d %d R" % (thing.number, thing.generation)
    if isinstance(thing, Name):
        return _name(thing)
    if hasattr(type(thing), "write_to_stream"):
        return _of_pypdf(thing, hide)
    if isinstance(thing, str):
        return b"<" + hide(b"\xfe\xff" + thing.encode("utf-16-be", "replace")).hex().encode() + b">"
    if isinstance(thing, bytes):
        return b"<" + hide(thing).hex().encode() + b">"
    if isinstance(thing, bool):
        return b"true" if thing else b"false"
    return b"null" if thing is None else number(thing).encode()


def _of_pypdf(thing: Any, hide: Callable[[bytes], bytes]) -> bytes:
    if hasattr(type(thing), "original_bytes"):  # asked of the type, because asking a reference would resolve it
        return b"<" + hide(thing.original_bytes).hex().encode() + b">"
    if isinstance(thing, str):
        return _name(thing[1:])
    stream = BytesIO()
    thing.write_to_stream(stream)
    return stream.getvalue()


@lru_cache(1024)
def _name(text: str) -> bytes:
    """A name, escaped; each of its characters stands for one byte.

    >>> _name("F 1"), _name("\\xcb\\xce")
    (b'/F#201', b'/#CB#CE')
    """
    return b"/" + b"".join(bytes([each]) if each in _PLAIN else b"#%02X" % each for each in text.encode("latin-1"))


def _parted(value: bytes) -> bytes:
    return value if value[:1] in b"<[(/" else b" " + value


def _blocks(offsets: dict[Ref, int]) -> Iterator[Sequence[tuple[Ref, int]]]:
    """Groups of objects with consecutive numbers."""
    for _, block in groupby(enumerate(sorted(offsets.items(), key=lambda item: item[0].number)), lambda pair: pair[1][0].number - pair[0]):
        yield [item for _, item in block]


def _table(offsets: dict[Ref, int], count: int, trailer: dict[str, Any]) -> bytes:
    lines = [b"xref\n"]
    for block in _blocks(offsets):
        lines.append(b"%d %d\n" % (block[0][0].number, len(block)))
        lines += [b"%010d %05d n\r\n" % (offset, ref.generation) for ref, offset in block]
    return b"".join(lines) + b"trailer\n" + serialised({**trailer, "Size": count}) + b"\n"


def _references(offsets: dict[Ref, int], count: int, trailer: dict[str, Any], start: int) -> bytes:
    offsets = {**offsets, Ref(count): start}
    blocks = list(_blocks(offsets))
    data = b"".join(b"\1" + offset.to_bytes(8) + ref.generation.to_bytes(2) for block in blocks for ref, offset in block)
    index = [part for block in blocks for part in (block[0][0].number, len(block))]
    kind = {"Type": Name("XRef"), "Size": count + 1, "Index": index, "W": [1, 8, 2], "Length": len(data)}
    return b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (count, serialised({**trailer, **kind}), data)
