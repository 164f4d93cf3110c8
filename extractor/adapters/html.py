"""HTML parsed by lxml into elements; nothing is fetched or expanded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from lxml import etree
from lxml import html as parser

from extractor.model.document import Unreadable


class Element(Protocol):
    """The used interface of an element: its name, attributes, children, the text before its first child and the text after it."""

    tag: object
    attrib: Mapping[str, str]
    text: str | None
    tail: str | None

    def __iter__(self) -> Iterator[Element]: ...
    def __len__(self) -> int: ...
    def get(self, key: str, default: str = "", /) -> str: ...
    def getparent(self) -> Element | None: ...
    def iter(self) -> Iterator[Element]: ...


def parse(text: str) -> Element | None:
    """The root element of a page; None if it is empty. Raises Unreadable if elements are nested so deep that the
    parser drops them: too_large."""
    own = parser.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root: Element | None = parser.document_fromstring(text.encode("utf-8", "replace"), parser=own)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in own.error_log):
        raise Unreadable("too_large", "网页的元素嵌套过深，不能完整读取")
    return root
