"""What comes out of an archive: documents under the names that the result shows, what was refused, and the limits of it all."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG

from extractor.batch.answer import Failure
from extractor.read.kinds import EMAIL, ZIP, ZIPPED, Kind, kind_of, kind_of_names, names_in

TOTAL, LARGEST = 4 << 30, 512 << 20
"""Bytes that may come out of one archive with all that are in it, and of one member."""
FREE, RATIO = 64 << 20, 250
"""A member may unpack to the former whatever its size, and beyond that to so many times its size."""
ENTRIES = 20_000
"""Members of one archive with all that are in it."""
DEPTH = 4
"""Archives in archives; the one that was handed in is the first."""


@dataclass(frozen=True, slots=True)
class Member:
    """A document that came out of an archive, and where it lies; or an archive or member that did not, and why.

    `name` is what the result shows: the path of the archive, then the path inside: 区级/年报.zip/民政/报告.docx.
    `note` is the code of what is to be noted on it.
    """

    path: Path
    name: str
    failure: Failure | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The documents of one archive that was handed in; `skipped` counts members of other types, hidden and temporary ones."""

    members: tuple[Member, ...]
    skipped: int = 0


class Refused(Exception):
    """Why an archive, or a member of it, is not read."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.failure = Failure(code, message)


class Exhausted(Refused):
    """The archive that was handed in has used up what it may take."""


@dataclass
class Budget:
    """What one archive that was handed in may still take, with all archives in it."""

    size: int = TOTAL
    entries: int = ENTRIES
    begun: int = field(default=0, init=False)
    """Bytes of the member that is being taken out."""

    def count(self, entries: int) -> None:
        self.entries -= entries
        if self.entries < 0:
            raise Exhausted("archive_limit", f"成员超过 {ENTRIES} 个，其余未读取；请解压后再读")

    def begin(self) -> None:
        self.begun = 0

    def take(self, size: int, packed: int) -> None:
        """So many bytes more come out of a member that takes `packed` bytes in its archive."""
        self.begun += size
        self.size -= size
        if self.size < 0:
            raise Exhausted("archive_limit", f"解压后超过 {TOTAL >> 30} GB 或临时文件夹的余量，其余未读取；请解压后再读")
        if self.begun > LARGEST:
            raise Refused("archive_limit", f"解压后超过 {LARGEST >> 20} MB，未读取；请解压后再读")
        if self.begun > FREE and self.begun > RATIO * packed:
            raise Refused("archive_limit", f"解压后超过原大小的 {RATIO} 倍，疑为压缩炸弹，未读取")


def archive_kind(path: Path) -> Kind | None:
    """ZIP or EMAIL where the content is that of an archive of files, whatever its name; None of everything else."""
    try:
        if not S_ISREG(os.stat(path).st_mode):  # a pipe would wait for its writer
            return None
        with open(path, "rb", buffering=0) as stream:
            head = stream.read(4096)
            if head.startswith(ZIPPED):
                names = names_in(stream)
                stream.seek(0)
                kind = kind_of_names(names, path.suffix.lower()) if names else kind_of(path, stream.read(1 << 20))
            else:
                kind = kind_of(path, head + (stream.read(1 << 16) if b":" in head[:200] else b""))
    except (OSError, ValueError):
        return None
    return kind if kind in (ZIP, EMAIL) else None
