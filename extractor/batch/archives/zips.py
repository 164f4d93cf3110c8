"""Members of ZIP files: names in whatever encoding, contents never longer than the limits, whatever the directory says."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from extractor.batch.answer import Failure
from extractor.batch.archives.members import Budget, Refused
from extractor.batch.archives.unpack import Unpacking, safe_parts
from extractor.read.kinds import DIRECTORY

_CHUNK = 1 << 20
_UTF8, _LOCKED = 0x800, 0x1 | 0x40 | 0x2000
_UNICODE_PATH = 0x7075
_HEAD = 30
_TORN = "压缩包已损坏、不完整或是分卷，无法读取；请重新获取"


class Bounded(io.FileIO):
    """A file of which no read takes more than the longest directory that is accepted."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > DIRECTORY:
            raise Refused("archive_limit", "压缩包的目录过长，未读取；请解压后再读")
        return super().read(DIRECTORY if size is None or size < 0 else size) or b""


def take_out(unpacking: Unpacking, path: Path, folder: str, depth: int, problems: list[Failure]) -> None:
    """The documents of a ZIP file, in the order in which its folders would be walked. Raises Refused."""
    with closing(Bounded(path)) as stream:
        entries = _entries(stream)
        unpacking.budget.count(len(entries))
        _must_not_overlap(entries)
        outside: list[str] = []
        locked: list[str] = []
        for info, name in sorted(zip(entries, names_of(entries), strict=True), key=lambda each: _order(each[1])):
            if name.endswith(("/", "\\")) or S_ISDIR(info.external_attr >> 16):
                continue
            parts = safe_parts(name)
            if parts is None or _is_special(info):
                outside.append(name)
            elif not unpacking.is_wanted(parts):
                unpacking.skipped += 1
            elif info.flag_bits & _LOCKED:
                locked.append(name)
            else:
                unpacking.take(folder, parts, depth, _Writer(stream, info, unpacking.budget))
    problems += _told("encrypted", "个文件有密码，无法读取；请提供未加密的版本", locked)
    problems += _told("unsafe_member", "个成员是链接或指向压缩包之外，未读取", outside)


def _entries(stream: Bounded) -> list[ZipInfo]:
    try:
        with ZipFile(stream) as archive:
            return archive.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError, OverflowError, struct.error, EOFError, IndexError):
        raise Refused("broken", _TORN) from None


def _must_not_overlap(entries: list[ZipInfo]) -> None:
    """Members that share bytes are how a small file unpacks to a huge one."""
    ordered = sorted((info.header_offset, info.header_offset + _HEAD + info.compress_size) for info in entries)
    if any(end > start for (_, end), (start, _) in pairwise(ordered)):
        raise Refused("archive_limit", "压缩包的成员互相重叠，疑为压缩炸弹，未读取")


def _order(name: str) -> tuple[tuple[bool, str], ...]:
    """The files of a folder come before the folders in it."""
    *folders, last = name.replace("\\", "/").split("/")
    return (*((True, part) for part in folders), (False, last))


def _is_special(info: ZipInfo) -> bool:
    """A link, a pipe, a device: what Unix notes of a member, if anything."""
    mode = info.external_attr >> 16
    return bool(mode & 0o170000) and not S_ISREG(mode)


def _told(code: str, what: str, names: list[str]) -> Iterator[Failure]:
    if names:
        first = "".join("_" if not each.isprintable() else each for each in names[0])[:100]
        yield Failure(code, f"{len(names)} {what}（{first}{'……' if len(names) > 1 else ''}）")


class _Writer:
    """Writes the content of one member."""

    def __init__(self, stream: Bounded, info: ZipInfo, budget: Budget) -> None:
        self._stream, self._info, self._budget = stream, info, budget

    def __call__(self, target: IO[bytes]) -> None:
        checksum = 0
        try:
            for block in self._content():
                self._budget.take(len(block), self._info.compress_size)
                checksum = zlib.crc32(block, checksum)
                target.write(block)
        except (zlib.error, ValueError):
            raise Refused("broken", _BROKEN) from None
        if checksum != self._info.CRC:
            raise Refused("broken", _BROKEN)

    def _content(self) -> Iterator[bytes]:
        method = self._info.compress_type
        if method not in (ZIP_STORED, ZIP_DEFLATED):
            raise Refused("unsupported", f"不支持的压缩方法（{method}）；请解压后再读，或用通常的 ZIP 方法（Deflate）重新压缩")
        packed = self._packed()
        return packed if method == ZIP_STORED else _inflated(packed)

    def _packed(self) -> Iterator[bytes]:
        """The bytes of the member as they lie in the file; its own head tells only where they begin."""
        self._stream.seek(self._info.header_offset)
        head = self._stream.read(_HEAD)
        if len(head) < _HEAD or head[:4] != b"PK\x03\x04":
            raise Refused("broken", _BROKEN)
        self._stream.seek(sum(struct.unpack("<HH", head[26:30])), 1)
        left = self._info.compress_size
        while left > 0:
            block = self._stream.read(min(left, _CHUNK))
            if not block:
                raise Refused("broken", _BROKEN)
            left -= len(block)
            yield block


_BROKEN = "在压缩包中已损坏，无法读取；请重新获取"


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    for block in packed:
        while block and not inflating.eof:
            yield inflating.decompress(block, _CHUNK)
            block = inflating.unconsumed_tail
    while not inflating.eof and (rest := inflating.decompress(b"", _CHUNK)):
        yield rest
    if not inflating.eof:
        raise Refused("broken", _BROKEN)


def names_of(entries: list[ZipInfo]) -> list[str]:
    """The names of members. Those that do not say they are UTF-8 are of one encoding: UTF-8 if all are, else GB18030, else cp437."""
    told = [_unicode(info) for info in entries]
    raw = [_raw(info) for info, name in zip(entries, told, strict=True) if name is None]
    encoding = next((each for each in ("utf-8", "gb18030") if _all_are(raw, each)), "cp437")
    return [name if name is not None else _raw(info).decode(encoding) for info, name in zip(entries, told, strict=True)]


def _unicode(info: ZipInfo) -> str | None:
    """The name where the entry tells it in Unicode."""
    if info.flag_bits & _UTF8:
        return info.orig_filename
    raw, extra = _raw(info), info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and field[:1] == b"\x01" and field[1:5] == struct.pack("<L", zlib.crc32(raw)):
            return field[5:].decode("utf-8", "replace")
    return None


def _raw(info: ZipInfo) -> bytes:
    """The name as it is written in the file."""
    return info.orig_filename.encode("cp437")


def _all_are(names: list[bytes], encoding: str) -> bool:
    try:
        for name in names:
            name.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
