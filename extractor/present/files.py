"""The one place that writes files: under a temporary name first, so that no reader ever meets half a file."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

MARK = b"jixiao-extractor:output"
"""Marks files written by this tool, in their first or last bytes; programs that rewrite a file drop it."""

SARIF = (
    b'{"$schema":"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json","version":"2.1.0",'
    b'"runs":[{"tool":{"driver":{"name":"extractor",'
)
HEADS = (
    b'{"schema_version":"',
    b'{"source":{"path":"',
    SARIF,
    *(b"\xef\xbb\xbf" + head.encode() for head in ("文件,单位,年度,", "file,unit,year,")),
)
"""What JSON and CSV begin with: they carry no mark."""

MARKED = "marked"
"""The folder of the marked-up copies, in the output folder."""

OUTPUT_FILES = frozenset({"findings.txt", "findings.html", "workpaper.xlsx"})
OUTPUT_FOLDERS = frozenset({MARKED, "findings", "workpapers"})
"""The names by which outputs of a type that is read are known again in an input folder."""

SEAL = b"\njixiao-extractor:sealed:"
SEALED = len(SEAL) + 65
"""Bytes of a seal: the digest of all that stands before it, in hex, and a line feed."""

NEAR = 4096
BUFFER = 1 << 18
"""The buffer size of outputs, in bytes: the report on a file is often longer than the default buffer."""

LONGEST = 80
"""Characters of a file name made of a title; three bytes each stay under the 255 of file systems."""

RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10))})


def is_ours(path: Path) -> bool:
    """Was this file written by this tool and not changed since? An empty file counts, as nothing could be lost."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(NEAR)
        stream.seek(max(size - NEAR, 0))
        tail = stream.read(NEAR)
        if head.startswith(b"%PDF-"):  # programs that save a note may append it and keep all bytes before
            return tail.endswith(MARK + b"\n")
    return not size or head.startswith(HEADS) or MARK in head or MARK in tail or (SEAL in tail and _is_sealed(path, size))


def seal(path: Path) -> None:
    """Seal a finished file with its digest, for formats that programs change in place: a mark would survive the change."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    with path.open("ab") as stream:
        stream.write(SEAL + digest.encode() + b"\n")


def _is_sealed(path: Path, size: int) -> bool:
    digest = hashlib.sha256()
    left = size - SEALED
    with path.open("rb") as stream:
        while left > 0 and (block := stream.read(min(left, 1 << 20))):
            digest.update(block)
            left -= len(block)
        return stream.read() == SEAL + digest.hexdigest().encode() + b"\n"


def safe_name(text: str) -> str:
    """A file name that every system takes and that stays in its folder.

    >>> safe_name("../a:b?.pdf"), safe_name("con"), safe_name(" . ")
    ('.._a_b_.pdf', '_con', '_')
    """
    kept = "".join("_" if each in '<>:"/\\|?*' or unicodedata.category(each)[0] == "C" else each for each in text)
    stem, dot, suffix = kept.rpartition(".")
    if dot and stem and len(suffix) <= 5:
        kept = stem[: LONGEST - len(suffix) - 1].rstrip(" .") + dot + suffix
    kept = kept[:LONGEST].strip().rstrip(" .")
    return f"_{kept}" if not kept or kept.partition(".")[0].lower() in RESERVED else kept


class Names:
    """Gives out names that differ by more than case: a name that is taken gets a number.

    >>> names = Names()
    >>> [names.unique(stem, ".pdf") for stem in ("a", "A", "a~2", "a")]
    ['a.pdf', 'A~2.pdf', 'a~2~2.pdf', 'a~3.pdf']
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}
        """The number that each name got last: many files of one name would else be counted through each time."""

    def unique(self, stem: str, suffix: str) -> str:
        own = f"{stem}{suffix}".casefold()
        number = self._numbers.get(own, 1)
        name = f"{stem}{suffix}"
        while name.casefold() in self._taken:
            number += 1
            name = f"{stem}~{number}{suffix}"
        self._taken.add(name.casefold())
        self._numbers[own] = number
        return name


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A stream whose content becomes `path` when the block succeeds; otherwise it is discarded and the old file stays.

    Devices and pipes are written to as they are. Raises OSError at once where the folder cannot be written to.
    """
    if path.is_dir():
        raise IsADirectoryError(21, os.strerror(21), str(path))
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:  # a device or a pipe is written to, never replaced by a file
            yield stream
        return
    handle, temporary = tempfile.mkstemp(prefix=".extract-", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb", BUFFER) as stream:
            yield stream
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@contextmanager
def renaming(made: Path, path: Path) -> Iterator[None]:
    """A finished file gets the name `path` when the block succeeds; otherwise it is removed and the old file stays.

    It is moved beside `path` at once, so that its own folder can be removed. Devices and pipes are written to as they are.
    """
    with _aside(path) as temporary:
        os.replace(made, temporary)
        yield
        if path.exists() and not path.is_file():
            with path.open("wb") as stream, temporary.open("rb") as source:
                shutil.copyfileobj(source, stream)
        else:
            os.chmod(temporary, _mode(path))
            os.replace(temporary, path)


@contextmanager
def _aside(path: Path) -> Iterator[Path]:
    """A temporary file beside the path; it is removed when the block ends."""
    handle, temporary = tempfile.mkstemp(prefix=".extract-", suffix=".part", dir=beside(path))
    os.close(handle)
    try:
        yield Path(temporary)
    finally:
        Path(temporary).unlink(missing_ok=True)


def beside(path: Path) -> Path | None:
    """Where a temporary file for the path lies: in its folder, for a device or a pipe in that of the system (None)."""
    return path.parent if path.is_file() or not path.exists() else None


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, or those that a new file would get."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask
