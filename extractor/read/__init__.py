"""Files → printed pages. The type of a file is told by its content, not by its name."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from extractor.adapters.fast import count
from extractor.model.document import Unreadable
from extractor.model.printed import Printed
from extractor.read.pdf import Part, bound, lost_part, read_part, read_pdf
from extractor.read.text import read_text

__all__ = ["Part", "bound", "lost_part", "page_count", "read", "read_pages"]

_MAGIC = (
    (b"PK\x03\x04", "压缩包或 Office/OFD 文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件（doc/xls）"),
    (b"{\\rtf", "RTF 文件"),
    (b"\x89PNG", "PNG 图像"),
    (b"\xff\xd8\xff", "JPEG 图像"),
    (b"II*\x00", "TIFF 图像"),
    (b"MM\x00*", "TIFF 图像"),
    (b"GIF8", "GIF 图像"),
    (b"BM", "BMP 图像"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
)


def read(path: Path, engine: str = "auto") -> Printed:
    """A file as printed pages, before layout; raises Unreadable with a code and a Chinese sentence where it gives none."""
    data = _bytes(path)
    sha256 = hashlib.sha256(data).hexdigest()
    if _is_pdf(path, data):
        return read_pdf(path, sha256, data, engine)
    kind = _kind(data)
    if path.suffix.lower() == ".pdf":
        raise Unreadable("not_a_pdf", f"{path.name}：内容不是 PDF{f'（是{kind}）' if kind else ''}；请核对文件后重新导出")
    if kind:
        raise Unreadable("unsupported", f"{path.name}：不支持的文件类型（{kind}）；请另存为 PDF 或文本")
    return read_text(path, sha256, data)


def read_pages(path: Path, engine: str, numbers: Sequence[int]) -> Part:
    """Some pages of a PDF; raises Unreadable."""
    data = _bytes(path)
    return read_part(path, hashlib.sha256(data).hexdigest(), data, engine, numbers)


def page_count(path: Path) -> int:
    """How many pages a PDF says it has; 0 of other files and those that pdfium does not open."""
    try:
        data = _bytes(path)
    except Unreadable:
        return 0
    return count(data) if _is_pdf(path, data) else 0


def _is_pdf(path: Path, data: bytes) -> bool:
    return b"%PDF" in data[:1024] or (path.suffix.lower() == ".pdf" and b"%PDF-" in data)


def _kind(data: bytes) -> str | None:
    """What a file is that is neither PDF nor plain text, by its first bytes."""
    if data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        return "HTML/XML 文件"
    return next((name for magic, name in _MAGIC if data.startswith(magic)), None)


def _bytes(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise Unreadable("not_a_file", f"{path}：不是普通文件（管道或设备）")  # reading it might never end
        data = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable("missing", f"{path}：文件不存在；请核对路径") from None
    except IsADirectoryError:
        raise Unreadable("not_a_file", f"{path}：是文件夹，不是文件") from None
    except OSError as error:
        raise Unreadable("broken", f"{path}：无法读取（{error.strerror}）；请检查权限") from error
    if not data:
        raise Unreadable("empty", f"{path.name}：文件为空（0 字节）；请重新获取")
    return data
