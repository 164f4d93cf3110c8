"""Web pages as published → paragraphs and tables as typed; what surrounds the article is set aside."""

from __future__ import annotations

import re
from pathlib import Path

from extractor.adapters.html import Element, parse
from extractor.model.document import Note, Role, Unreadable
from extractor.model.flow import Flow, FlowBlock, FlowTable, Piece
from extractor.read.html_article import around, article_of, is_furniture, is_hidden, tag_of
from extractor.read.html_tables import grid_of, is_layout
from extractor.read.text import decode

MEDIA_TYPE = "text/html"
BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    )
)
SIZES = {"h1": 22.0, "h2": 18.0, "h3": 16.0, "h4": 14.0, "h5": 12.0, "h6": 12.0}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_SPACES = re.compile("[ \t\r\n\f]+")
_SIZE = re.compile(r"font-size:\s*(\d+(?:\.\d+)?)\s*(pt|px)", re.IGNORECASE)
_BETWEEN = re.compile("(?<=[\u2e80-\uffef“”‘’—…])[ \t]*[\r\n][ \t\r\n]*(?=[\u2e80-\uffef“”‘’—…])")
"""A line break in the source between Chinese characters; it has no meaning."""
_BREAKS_AT_SPACES = re.compile("<meta[^>]*generator[^>]*(?:Libre|Open)Office", re.IGNORECASE)
"""Programs that break source lines only at spaces that the author typed."""
_POINTS = {"pt": 1.0, "px": 0.75}


def read_html(path: Path, sha256: str, data: bytes) -> Flow:
    """The article of a page. Raises Unreadable: unsupported, no_text."""
    text = decode_page(data)
    if text is None:
        raise Unreadable("unsupported", f"{path.name}：网页的编码不能识别；请另存为 UTF-8")
    return flow_of(path, sha256, text, MEDIA_TYPE)


def flow_of(path: Path, sha256: str, text: str, media_type: str) -> Flow:
    """The article of a page's text. Raises Unreadable: no_text."""
    if not _BREAKS_AT_SPACES.search(text[:4096]):
        text = _BETWEEN.sub("", text)
    root = parse(text) if text.strip() else None
    if root is None:
        raise Unreadable("no_text", f"{path.name}：网页中没有文字")
    article = article_of(root)
    blocks = Walk().blocks(root, article)
    if not any(isinstance(block, FlowTable) or block.role is Role.BODY for block in blocks):
        raise Unreadable("no_text", f"{path.name}：网页中没有文字")
    aside = sum(isinstance(block, Piece) and block.role is not Role.BODY for block in blocks)
    notes = (Note("page_furniture", f"网页中正文以外的 {aside} 段文字（导航、页脚等）未作核验"),) if aside else ()
    return Flow(str(path), sha256, media_type, tuple(blocks), notes)


def decode_page(data: bytes) -> str | None:
    """A page as text, decoded by its byte order mark or as UTF-8, by its declared charset, or by guessing.

    >>> decode_page('<meta charset="gb2312"><p>绩效'.encode("gb18030"))[-2:]
    '绩效'
    """
    told = _CHARSET.search(data[:4096])
    name = told.group(1).decode("ascii").lower() if told else ""
    encodings = ["utf-8-sig", "gb18030" if name.startswith("gb") else name]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings.insert(0, "utf-16")
    for encoding in filter(None, encodings):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return decode(data) or (data.decode("gb18030", "replace") if name.startswith("gb") else None)


class Walk:
    """Walks a page once, in reading order, and makes a paragraph of the text between two block elements."""

    def __init__(self, inner: list[Element] | None = None) -> None:
        self._inner = inner  # collects the tables inside a cell
        self._blocks: list[FlowBlock] = []
        self._words: list[str] = []
        self._open: Element | None = None
        self._is_outside = False
        self._linked = 0
        self._number = 0

    def blocks(self, root: Element, article: Element) -> list[FlowBlock]:
        """All blocks of a page; links and menus outside the article are furniture."""
        self._is_outside = article is not root
        self._into(root, article)
        self._end()
        return self._blocks

    def pieces(self, cell: Element) -> tuple[Piece, ...]:
        """The paragraphs of one table cell; tables inside it are handed to `inner`."""
        self._children(cell, None)
        self._end()
        return tuple(
            Piece(block.text, None, Role.BODY, block.size, block.bold, block.centered) for block in self._blocks if isinstance(block, Piece)
        )

    def _into(self, element: Element, article: Element | None) -> None:
        name = tag_of(element)
        if is_hidden(element):
            return
        if element is article:
            self._end()
            self._is_outside = False
            self._children(element, None)
            self._end()
            self._is_outside = True
        elif name == "br":
            self._words.append("\n")
        elif name == "table" and not self._is_outside and not is_layout(element):
            self._end()
            if self._inner is None:
                self._table(element)
            else:
                self._inner.append(element)
        elif name in BLOCKS:
            self._end()
            self._children(element, article)
            self._end()
        else:
            self._children(element, article)

    def _children(self, element: Element, article: Element | None) -> None:
        self._say(element.text, element)
        for child in element:
            self._into(child, article)
            self._say(child.tail, element)

    def _say(self, text: str | None, owner: Element) -> None:
        if text:
            if not self._words or not "".join(self._words).strip():
                self._open = owner
            said = _SPACES.sub(" ", text)
            self._words.append(said)
            if self._is_outside and is_furniture(owner):
                self._linked += len(said.strip())

    def _end(self) -> None:
        text, self._words = "".join(self._words), []
        linked, self._linked = self._linked, 0
        rows = [row.strip(" ") for row in text.split("\n")]
        if not any(row.strip() for row in rows):
            return
        self._number += 1
        role = Role.HEADER if linked * 2 > len(text.strip()) else Role.BODY
        look = _look(self._open) if self._open is not None else (0.0, False, False)
        self._blocks.append(Piece("\n".join(rows), f"段落 {self._number}", role, *look))

    def _table(self, table: Element) -> None:
        inner: list[Element] = []
        self._blocks.append(grid_of(table, lambda cell: Walk(inner).pieces(cell)))
        for each in inner:
            self._table(each)


def _look(element: Element) -> tuple[float, bool, bool]:
    """Size in points (0: not given), bold, centred."""
    size, bold, centered = 0.0, False, False
    for each in around(element):
        name, style = tag_of(each), each.get("style", "").lower()
        told = _SIZE.search(style)
        size = size or (float(told.group(1)) * _POINTS[told.group(2).lower()] if told else SIZES.get(name, 0.0))
        bold = bold or name in ("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th") or "font-weight:bold" in style.replace(" ", "")
        centered = (
            centered or name == "center" or each.get("align", "").lower() == "center" or "text-align:center" in style.replace(" ", "")
        )
        if name in BLOCKS:
            break
    return size, bold, centered
