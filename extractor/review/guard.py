"""Checks before a workbook is parsed: its packed and unpacked size, and how far its cells reach.

The parser gets a workbook repacked from the parts unpacked here, so that it reads exactly what was measured.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from extractor.review.reach import reach
from extractor.review.words import both as words
from extractor.review.words import problem

FILE = 64 << 20
ENTRIES = 2000
TOTAL = 256 << 20
RATIO, RATIO_FROM = 250, 1 << 20
"""A part that unpacks to more than so many times its size is not plausible text; parts below a megabyte are not checked."""
CELLS = 4_000_000
"""Rows times columns of a sheet: the parser creates every cell."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def safe_workbook(path: Path) -> bytes:
    """The workbook, repacked. ConfigError if it is not a workbook, is locked, or is too large."""
    content = _content(path)
    if content.startswith(_OLE):
        raise problem("locked" if _ENCRYPTED in content else "old_workbook", path=path)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _packed_anew(archive, path)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, RuntimeError, OSError):
        raise problem("not_workbook", path=path) from None


def _content(path: Path) -> bytes:
    try:
        if not path.exists():
            raise problem("no_workbook", path=path)
        if not path.is_file():
            raise problem("unread", path=path, why=words("not_a_file"))
        with path.open("rb") as stream:
            content = stream.read(FILE + 1)
    except (OSError, ValueError) as error:
        raise problem("unread", path=path, why=getattr(error, "strerror", None) or str(error)) from None
    if len(content) > FILE:
        raise problem("too_large", path=path, why=words("size"))
    return content


def _packed_anew(archive: zipfile.ZipFile, path: Path) -> bytes:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(parts) > ENTRIES:
        raise problem("too_large", path=path, why=words("entries"))
    if sum(part.file_size for part in parts) > TOTAL:
        raise problem("too_large", path=path, why=words("size"))
    if any(part.file_size > max(RATIO_FROM, RATIO * part.compress_size) for part in parts):
        raise problem("too_large", path=path, why=words("ratio"))
    if "xl/workbook.xml" not in names or len(names) < len(parts):
        raise problem("old_workbook" if {"xl/workbook.bin", "content.xml"} & names else "not_workbook", path=path)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                content = archive.read(part)  # reads no more than declared: a larger part fails its checksum
                if part.filename.startswith("xl/worksheets/") and reach(content).cells > CELLS:
                    raise problem("too_large", path=path, why=words("cells"))
                target.writestr(part.filename, content)
    return made.getvalue()
