"""Packages of Office files (ZIP with XML parts): nothing is unpacked that is larger than a document is, no XML is expanded or fetched.

The one place where the parts of reports are unpacked; python-docx and its like read every part whole before they can be asked how
large it is, and open neither strict OOXML nor a package whose parts are out of order.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

from lxml import etree

from extractor.model.document import Unreadable

Node = Any
"""An element of an XML tree: tag, text, get(), find(), iteration over its children."""

LARGEST = 128 << 20
"""Bytes that a part may have when unpacked."""
MEMBERS = 20_000
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Link(NamedTuple):
    """What one part calls another (`id`), what it is to it (`kind`: styles, worksheet, …) and the name of that part."""

    kind: str
    name: str
    id: str


class Package:
    """The parts of a file by name, in lower case. Raises Unreadable: broken, encrypted, too_large."""

    def __init__(self, data: bytes) -> None:
        if data.count(b"PK\x01\x02") > MEMBERS:
            raise Unreadable("too_large", f"文件中的部件超过 {MEMBERS} 个，不予读取")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
            raise Unreadable("broken", "文件不完整或已损坏（不是完整的压缩包）；请重新获取") from error
        self._names = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in self._zip.infolist()}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def read(self, name: str) -> bytes:
        """A part unpacked; KeyError where there is none."""
        info = self._names[name.lower()]
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

    def tree(self, name: str) -> Node | None:
        """The root element of a part; None where there is none."""
        return parsed(self.read(name)) if name in self else None

    def main(self, usual: str) -> str:
        """The name of the part that holds the document."""
        return next((link.name for link in self.related("") if link.kind == "officedocument"), usual)

    def related(self, part: str) -> Iterator[Link]:
        """The parts that a part points to within the package."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        for link in root.iter(_RELATIONSHIP) if root is not None else ():
            if link.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "").replace("\\", "/")))
                yield Link(link.get("Type", "").rpartition("/")[2].lower(), target.lstrip("/").lower(), link.get("Id", ""))


def parsed(content: bytes) -> Node:
    """The root element; nothing outside the text is looked up, and no entity is defined within it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(_harmless(content), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("broken", _DAMAGED) from error


def elements(content: bytes, *names: str) -> Iterator[tuple[str, Node]]:
    """The elements of some names, whatever their namespace, one after the other; each is emptied when the next is asked for."""
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True, "remove_pis": True}
    try:
        for _, element in etree.iterparse(BytesIO(_harmless(content)), tag=[f"{{*}}{name}" for name in names], **options):
            yield element.tag.rpartition("}")[2], element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("broken", _DAMAGED) from error


_DAMAGED = "文件的 XML 已损坏；请用 Office 或 WPS 打开并另存后再试"


def _harmless(content: bytes) -> bytes:
    """XML without declarations, in the usual namespaces."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").partition("?>")[2].encode()
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Unreadable("broken", "文件的 XML 含有不允许的声明（DTD），不予读取")
    if b"purl.oclc.org/ooxml" in content:
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
    return content
