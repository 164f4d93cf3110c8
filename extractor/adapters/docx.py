"""Word files: the parts of the package as XML trees.

python-docx opens neither strict OOXML nor a package whose parts are out of order, reads every part whole before it can be
asked how large it is, and hands out the same lxml elements in the end; so zip and XML are read here.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from extractor.model.document import Unreadable

Node = Any
"""An element of an XML tree: tag, text, get(), find(), iteration over its children."""

LARGEST = 128 << 20
"""Bytes that a part may have when unpacked."""
_MEMBERS = 20_000
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """The parts of a Word file by what they are to the document: styles, numbering, footnotes, header, footer."""

    def __init__(self, data: bytes) -> None:
        if data.count(b"PK\x01\x02") > _MEMBERS:
            raise Unreadable("too_large", f"文件中的部件超过 {_MEMBERS} 个，不予读取")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
            raise Unreadable("broken", "文件不完整或已损坏（不是完整的 Word 压缩包）；请重新获取") from error
        self._names = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in self._zip.infolist()}
        self._main = next((name for kind, name in self._related("") if kind == "officedocument"), "word/document.xml")
        self._parts = list(self._related(self._main))

    @property
    def document(self) -> Node:
        """The root of the main part."""
        root = self._tree(self._main)
        if root is None:
            raise Unreadable("broken", "文件中没有正文部件；请重新获取或另存")
        return root

    def part(self, kind: str) -> Node | None:
        """The one part of a kind; None where there is none or it cannot be read."""
        return next(self.parts(kind), None)

    def parts(self, kind: str) -> Iterator[Node]:
        """The parts of a kind, in the order of their names; damaged ones are left out."""
        for _, name in sorted(part for part in self._parts if part[0] == kind):
            try:
                root = self._tree(name)
            except Unreadable as problem:
                if problem.code == "broken":
                    continue
                raise
            if root is not None:
                yield root

    def _related(self, part: str) -> Iterator[tuple[str, str]]:
        """The kind and the name of each part that a part points to within the package."""
        folder, name = posixpath.split(part)
        root = self._tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        for link in root.iter(_RELATIONSHIP) if root is not None else ():
            if link.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "").replace("\\", "/")))
                yield link.get("Type", "").rpartition("/")[2].lower(), target.lstrip("/").lower()

    def _tree(self, name: str) -> Node | None:
        info = self._names.get(name.lower())
        return None if info is None else _parsed(self._content(info))

    def _content(self, info: zipfile.ZipInfo) -> bytes:
        if info.flag_bits & 1:
            raise Unreadable("encrypted", "文件有打开密码，无法读取；请提供未加密的版本")
        try:
            with self._zip.open(info) as stream:
                content = stream.read(LARGEST + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            raise Unreadable("broken", "文件不完整或已损坏（解压失败）；请重新获取") from error
        if len(content) > LARGEST:
            raise Unreadable("too_large", f"文件解压后超过 {LARGEST >> 20} MB，不予读取")
        return content


def _parsed(content: bytes) -> Node:
    """The root element; nothing outside the text is looked up, and no entity is defined within it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").partition("?>")[2].encode()
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Unreadable("broken", "文件的 XML 含有不允许的声明（DTD），不予读取")
    if b"purl.oclc.org/ooxml" in content:
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("broken", "文件的 XML 已损坏；请用 Word 打开并另存后再试") from error
