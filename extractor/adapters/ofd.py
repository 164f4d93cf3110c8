"""OFD files (GB/T 33190): a package of XML with what stands where on each page.

Read here and not by a library: ofdkit tells of each piece of text only where it begins, guesses its width, and knows neither rules nor
pictures nor faces, so that no table could be told; the others bring a PDF engine and fonts along, and parse XML without a guard.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from extractor.adapters.fonts import is_bold
from extractor.adapters.ofd_values import Node, box, first, local, named, numbers, said
from extractor.adapters.packed import Package, parsed
from extractor.model.document import Unreadable
from extractor.model.pages import Rect

A4: Rect = (0.0, 0.0, 210.0, 297.0)
MOST_PAGES = 20_000
MOST_XML = 1 << 30
"""Bytes of XML that a file may make one read, its parts as often as they are named."""
_FLAWS = frozenset({"ERR_INVALID_CHAR", "NS_ERR_UNDEFINED_NAMESPACE", "NS_ERR_XML_NAMESPACE", "NS_ERR_QNAME", "NS_ERR_EMPTY"})
"""What writers get wrong without anything of the text being lost: signs that XML does not know, prefixes never declared."""
_DECLARATION = "?>"


class Parts:
    """The parts of a package as XML trees. Raises Unreadable: broken, encrypted, too_large."""

    def __init__(self, data: bytes) -> None:
        self._package = Package(data)
        self._left = MOST_XML

    def found(self, base: str, told: str | None) -> str | None:
        """The name of the part that another one names, by its own folder or by the root; None where there is none.

        Nothing is unpacked to disk: a name that leads out of the package names nothing.
        """
        told = (told or "").strip().replace("\\", "/")
        for folder in ("", posixpath.dirname(base)) if told.startswith("/") else (posixpath.dirname(base), ""):
            name = posixpath.normpath(posixpath.join("/", folder, told.lstrip("/"))).lstrip("/")
            # Programs wrote Chinese names in the bytes of their system, which zip takes for those of another one.
            for spelt in (name, name.encode("utf-8", "replace").decode("cp437"), name.encode("gb18030", "replace").decode("cp437")):
                if told and spelt in self._package:
                    return spelt
        return None

    def __contains__(self, name: str) -> bool:
        return name in self._package

    def read(self, name: str) -> bytes:
        return self._package.read(name)

    def tree(self, name: str) -> Node:
        """The root of a part."""
        content = self.read(name)
        self._left -= len(content)
        if self._left < 0:
            raise Unreadable("too_large", "文件展开后过大，不予读取")
        try:
            return parsed(content)
        except Unreadable as problem:
            root = _mended(content)
            if root is None:
                raise Unreadable("broken", "XML 已损坏，或含有不允许的声明（DTD）") from problem
            return root


def _mended(content: bytes) -> Node | None:
    """The root of XML with flaws that lose nothing; None where there are others."""
    text = _decoded(content)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return None
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if all(flaw.type_name in _FLAWS for flaw in parser.error_log) else None


def _decoded(content: bytes) -> str:
    """XML without its declaration; what is no UTF-8 is GB18030."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", "replace")
    head, mark, rest = text.partition(_DECLARATION)
    return rest if mark and head.lstrip().startswith("<?xml") else text


class Font(NamedTuple):
    bold: bool


@dataclass
class Resources:
    """What the objects of a document name by number: faces, ways to draw, pictures (parts of the package), composed objects."""

    fonts: dict[str, Font] = field(default_factory=dict)
    manners: dict[str, Node] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    units: dict[str, Node] = field(default_factory=dict)

    def add(self, parts: Parts, part: str) -> None:
        """The resources of a part; a damaged one has none."""
        try:
            root = parts.tree(part)
        except Unreadable as problem:
            if problem.code != "broken":
                raise
            return
        base = f"{posixpath.join(posixpath.dirname(part), root.get('BaseLoc', '').strip().lstrip('/'))}/"
        for node in (each for group in root for each in group):
            own, name = node.get("ID", ""), local(node)
            if name == "Font":
                bold = node.get("Bold", "").lower() in ("true", "1")
                self.fonts[own] = Font(bold or is_bold(node.get("FontName", "")) or is_bold(node.get("FamilyName", "")))
            elif name == "DrawParam":
                self.manners[own] = node
            elif name == "CompositeGraphicUnit":
                self.units[own] = node
            elif name == "MultiMedia" and (
                found := parts.found(base, said(node, "MediaFile")) or parts.found(part, said(node, "MediaFile"))
            ):
                self.pictures[own] = found


class PageFile(NamedTuple):
    """A page of a document: the part that it is in, None where there is none."""

    document: Document
    part: str | None


@dataclass
class Document:
    """One of the documents in a file."""

    parts: Parts
    part: str

    @cached_property
    def root(self) -> Node:
        return self.parts.tree(self.part)

    @property
    def pages(self) -> Iterator[PageFile]:
        for page in named(first(self.root, "Pages"), "Page"):
            yield PageFile(self, self.parts.found(self.part, page.get("BaseLoc")))

    @cached_property
    def area(self) -> Rect:
        """x, y, width and height of pages that tell none, in millimetres."""
        return shown(first(self.root, "CommonData", "PageArea")) or A4

    @cached_property
    def templates(self) -> Mapping[str, str]:
        """The parts of the templates by their numbers."""
        told = {each.get("ID", ""): self.parts.found(self.part, each.get("BaseLoc")) for each in self._common("TemplatePage")}
        return {own: part for own, part in told.items() if part}

    @cached_property
    def resources(self) -> Resources:
        made = Resources()
        for name in ("PublicRes", "DocumentRes"):
            for each in self._common(name):
                if part := self.parts.found(self.part, each.text):
                    made.add(self.parts, part)
        return made

    @property
    def attachments(self) -> list[str]:
        """The names of the files that are attached."""
        part = self.parts.found(self.part, said(self.root, "Attachments"))
        try:
            listed = self.parts.tree(part) if part else ()
        except Unreadable:
            return []
        return [each.get("Name") or posixpath.basename(said(each, "FileLoc")) for each in listed if local(each) == "Attachment"]

    def _common(self, name: str) -> Iterator[Node]:
        return named(first(self.root, "CommonData"), name)


def shown(area: Node | None) -> Rect | None:
    """The part of the sheet that is shown, in millimetres; None where none is told that a page could have."""
    for name in ("PhysicalBox", "ApplicationBox", "ContentBox"):
        found = box(said(area, name))
        if found and found[2] > 0 and found[3] > 0:
            return found
    return None


class Book:
    """An open OFD file with all its documents. Raises Unreadable: broken, encrypted, too_large."""

    def __init__(self, data: bytes) -> None:
        self.parts = Parts(data)
        entry = self.parts.found("", "OFD.xml")
        if entry is None:
            raise self._missing("OFD.xml")
        self.documents = list(self._opened(entry, self.parts.tree(entry)))
        if not self.documents:
            raise self._missing("Document.xml")
        self.pages: list[PageFile] = []
        for document in self.documents:
            self.pages += document.pages
            if len(self.pages) > MOST_PAGES:
                raise Unreadable("too_large", f"文件超过 {MOST_PAGES} 页，不予读取")
        if self.is_enciphered and not any(page.part for page in self.pages):
            raise self._missing("Content.xml")

    @property
    def is_enciphered(self) -> bool:
        """Has the file parts that only a password or a certificate opens (GM/T 0099)?"""
        return "Encryptions.xml" in self.parts

    @property
    def attachments(self) -> list[str]:
        return [name for document in self.documents for name in document.attachments]

    def _opened(self, entry: str, root: Node) -> Iterator[Document]:
        """The documents that the entry names, each in its current version."""
        for body in named(root, "DocBody"):
            part = self.parts.found(entry, self._current(entry, body) or said(body, "DocRoot"))
            if part:
                yield Document(self.parts, part)

    def _current(self, entry: str, body: Node) -> str | None:
        """Where the current version of a document begins, where there are several."""
        for version in named(first(body, "Versions"), "Version"):
            part = self.parts.found(entry, version.get("BaseLoc"))
            if part and version.get("Current", "").lower() in ("true", "1"):
                return "/" + (self.parts.found(part, said(self.parts.tree(part), "DocRoot")) or "")
        return None

    def _missing(self, part: str) -> Unreadable:
        if self.is_enciphered:
            return Unreadable("encrypted", "OFD 文件已加密，无法读取；请提供未加密的版本")
        return Unreadable("broken", f"OFD 文件不完整（缺少 {part}）；请重新获取或向报送单位索取")


def colour(node: Node, name: str) -> list[float] | None:
    """The parts of a colour that a node tells; None where it tells none."""
    told = first(node, name)
    return None if told is None else numbers(told.get("Value"))
