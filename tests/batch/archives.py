"""ZIP files and mails as they are sent, and as they are sent to do harm. Every one is made here, the same every time."""

from __future__ import annotations

import io
import struct
import zlib
from base64 import encodebytes
from collections.abc import Mapping
from dataclasses import dataclass

TEXT = "杉湾区水务站2019年度项目绩效自评报告\n\n一、资金情况\n年初预算20万元，实际使用19.87万元，预算执行率99.67%。\n".encode()
OTHER = TEXT.replace("水务站".encode(), "林业站".encode())
LINK, FIFO = 0o120777, 0o010644


@dataclass(frozen=True)
class Raw:
    """A member as it is written, truthful or not."""

    name: bytes
    data: bytes = TEXT
    flags: int = 0
    method: int = 8
    extra: bytes = b""
    mode: int = 0
    crc: int | None = None
    size: int | None = None

    @property
    def packed(self) -> bytes:
        if self.method != 8:
            return self.data
        deflating = zlib.compressobj(9, zlib.DEFLATED, -15)
        return deflating.compress(self.data) + deflating.flush()


def gbk(name: str, data: bytes = TEXT) -> Raw:
    """A member as Windows in Chinese writes it."""
    return Raw(name.encode("gbk"), data)


def utf8(name: str, data: bytes = TEXT) -> Raw:
    return Raw(name.encode(), data, flags=0x800)


def with_unicode_path(name: str, data: bytes = TEXT) -> Raw:
    """A member with the extra field in which Info-ZIP tells the name in Unicode."""
    raw = name.encode("ascii", "replace")
    body = b"\x01" + struct.pack("<L", zlib.crc32(raw)) + name.encode()
    return Raw(raw, data, extra=struct.pack("<HH", 0x7075, len(body)) + body)


def zipped(*members: Raw) -> bytes:
    out, directory = io.BytesIO(), io.BytesIO()
    for each in members:
        at, packed = out.tell(), each.packed
        write(out, each, packed)
        enter(directory, each, len(packed), at)
    return finished(out.getvalue(), directory.getvalue(), len(members))


def of(files: Mapping[str, bytes]) -> bytes:
    return zipped(*(utf8(name, data) for name, data in files.items()))


def write(out: io.BytesIO, member: Raw, packed: bytes) -> None:
    out.write(b"PK\x03\x04" + facts(member, len(packed)) + member.name + packed)


def facts(member: Raw, length: int, extra: bytes = b"") -> bytes:
    crc = zlib.crc32(member.data) if member.crc is None else member.crc
    size = len(member.data) if member.size is None else member.size
    head = struct.pack("<HHHHHLLL", 20, member.flags, member.method, 0, 33, crc, length, size)
    return head + struct.pack("<HH", len(member.name), len(extra))


def enter(directory: io.BytesIO, member: Raw, length: int, at: int) -> None:
    directory.write(b"PK\x01\x02" + struct.pack("<H", 0x314) + facts(member, length, member.extra))
    directory.write(struct.pack("<HHHLL", 0, 0, 0, member.mode << 16, at) + member.name + member.extra)


def finished(body: bytes, directory: bytes, count: int) -> bytes:
    told = min(count, 0xFFFF)
    return body + directory + struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, told, told, len(directory), len(body), 0)


def overlapping(count: int) -> bytes:
    """Many members that are all the same bytes."""
    one = Raw(b"a.txt", b"\0" * (1 << 20))
    out, directory = io.BytesIO(), io.BytesIO()
    write(out, one, one.packed)
    for number in range(count):
        enter(directory, Raw(b"%05d" % number + b".txt", one.data), len(one.packed), 0)
    return finished(out.getvalue(), directory.getvalue(), count)


def nested(depth: int, width: int, inmost: bytes) -> bytes:
    """Archives in archives, so many in each."""
    content = inmost
    for _ in range(depth):
        content = zipped(*(Raw(b"%02d.zip" % number, content, method=0) for number in range(width)))
    return content


def mail(*parts: bytes, text: str = "请查收附件。", mark: bytes = b"=_b") -> bytes:
    """A mail with the parts given behind its text."""
    first = f"Content-Type: text/plain; charset=utf-8\n\n{text}\n".encode()
    body = b"".join(b"--" + mark + b"\n" + part + b"\n" for part in (first, *parts)) + b"--" + mark + b"--\n"
    head = b"From: a@a.example\nTo: b@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="
    return head + b'"' + mark + b'"' + b"\n\n" + body


def attached(disposition: bytes, data: bytes = TEXT, kind: bytes = b"application/octet-stream") -> bytes:
    head = b"Content-Type: " + kind + b"\nContent-Transfer-Encoding: base64\nContent-Disposition: " + disposition
    return head + b"\n\n" + encodebytes(data)


def deep_mail(depth: int) -> bytes:
    """Parts in parts."""
    head = b"From: a@a.example\nTo: b@b.example\nMIME-Version: 1.0\n"
    opened = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
    closed = b"".join(b"\n--b%d--\n" % n for n in reversed(range(depth)))
    return head + opened + attached(b"attachment; filename=a.txt") + closed


def many(count: int) -> bytes:
    """Very many members without content, in few bytes each."""
    return zipped(*(Raw(b"%06d.txt" % number, b"", method=0) for number in range(count)))
