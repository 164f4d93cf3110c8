"""Files → printed pages, or paragraphs and tables as typed. The type of a file is determined by its content, not by its name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from extractor.adapters.pdfium_pages import count
from extractor.model.document import Note, Unreadable
from extractor.model.flow import Flow
from extractor.model.pages import PdfPage
from extractor.model.printed import Printed
from extractor.read.images import read_image
from extractor.read.kinds import EMAIL, IMAGE, KINDS, LOCKED, MSG, OFD, PDF, RAR, SEVEN, TEXT, ZIP, Kind, kind_of
from extractor.read.parts import Part, lost_part
from extractor.read.pdf import bound_pdf, read_part, read_pdf
from extractor.read.recognise import Recogniser, Store, look

__all__ = ["Part", "bound_pdf", "look_at", "lost_part", "page_count", "read", "read_pages"]

Reader = Callable[..., Printed | Flow]
"""Takes a path, the SHA-256 of the content, the content, and a recogniser where pages can be pictures; raises Unreadable."""

_UNPACKED, _BY_HAND = {"msg": "在 Outlook 中另存为 eml，或将附件另存后再读"}, "先解压，或改存为 ZIP 后再读"
_KNOWN = frozenset(suffix for kind in KINDS for suffix in kind.suffixes)


def read(path: Path, engine: str = "auto", recogniser: Recogniser | None = None) -> Printed | Flow:
    """The printed pages of a file, or its paragraphs as typed, before layout; raises Unreadable with a code and a Chinese sentence.

    Pages that are pictures are read by the recogniser; without one they get a note.
    """
    data = _bytes(path)
    sha256 = hashlib.sha256(data).hexdigest()
    kind = kind_of(path, data)
    given = _given(path, kind, sha256, data, engine, recogniser)
    suffix = path.suffix.lower()
    if not suffix or suffix in kind.suffixes or suffix not in _KNOWN:
        return given
    told = Note("extension_mismatch", f"扩展名是 {suffix}，内容是{kind.label}；按内容读取")
    return replace(given, notes=(*given.notes, told))


def _given(path: Path, kind: Kind, sha256: str, data: bytes, engine: str, recogniser: Recogniser | None) -> Printed | Flow:
    if kind is PDF:
        return read_pdf(path, sha256, data, engine, recogniser)
    if kind is IMAGE:
        return read_image(path, sha256, data, recogniser)
    reader = _reader(path, kind)
    return reader(path, sha256, data, recogniser) if kind is OFD else reader(path, sha256, data)


def _reader(path: Path, kind: Kind) -> Reader:
    """The function that reads a kind of file, loaded when it is first needed."""
    if kind is TEXT and path.suffix.lower() == ".pdf":
        raise Unreadable("not_a_pdf", f"{path.name}：内容不是 PDF；请核对文件后重新导出")
    if kind is LOCKED:
        raise Unreadable("encrypted", f"{path.name}：文件有打开密码，无法读取；请提供未加密的版本")
    if kind in (ZIP, EMAIL):
        raise Unreadable("archive", f"{path.name}：{kind.label}中的文件各成一份报告；请用 check_folder()，或在命令行中直接给出")
    if kind in (RAR, SEVEN, MSG):
        raise Unreadable("needs_unpacking", f"{path.name}：{kind.label}不能直接读取；请{_UNPACKED.get(kind.name, _BY_HAND)}")
    if kind.reader is None:
        raise Unreadable("unsupported", f"{path.name}：不支持的文件类型（{kind.label}）；请另存为 PDF 或文本")
    module, _, name = kind.reader.partition(":")
    reader: Reader = getattr(import_module(module), name)
    return reader


def read_pages(path: Path, engine: str, numbers: Sequence[int], recogniser: Recogniser | None = None) -> Part:
    """Some pages of a PDF; raises Unreadable."""
    data = _bytes(path)
    return read_part(path, hashlib.sha256(data).hexdigest(), data, engine, numbers, recogniser)


def look_at(path: Path, number: int, store: Store | None = None) -> PdfPage:
    """A page of a PDF, an OFD or an image file, recognised; raises Unreadable."""
    return look(_bytes(path), number, store)


def page_count(path: Path) -> int:
    """The page count of a PDF; 0 for other files and for those that pdfium does not open."""
    try:
        data = _bytes(path)
    except Unreadable:
        return 0
    return count(data) if kind_of(path, data) is PDF else 0


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
