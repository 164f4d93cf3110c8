"""What kind of file it is, by its content; the ending of its name only tells where the content does not."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: the endings it usually has, what people call it, and the function that reads it (module:function)."""

    name: str
    suffixes: tuple[str, ...]
    label: str
    reader: str | None = None


_OLE, ZIPPED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (b"PK\x03\x04", b"PK\x05\x06")

PDF = Kind("pdf", (".pdf",), "PDF")
TEXT = Kind("txt", (".txt", ".md", ".log"), "文本", "extractor.read.text:read_text")
CSV = Kind("csv", (".csv", ".tsv"), "CSV 表格", "extractor.read.csv_tables:read_csv")
HTML = Kind("html", (".html", ".htm", ".xhtml", ".shtml"), "HTML 文件", "extractor.read.html:read_html")
MHTML = Kind("mhtml", (".mht", ".mhtml", ".doc", ".xls"), "MHTML 网页", "extractor.read.mhtml:read_mhtml")
EMAIL = Kind("eml", (".eml",), "电子邮件")
DOCX = Kind("docx", (".docx", ".docm", ".dotx", ".dotm"), "Word 文件", "extractor.read.docx:read_docx")
XLSX = Kind("xlsx", (".xlsx", ".xlsm", ".xltx", ".xltm", ".et"), "Excel 文件", "extractor.read.xlsx:read_xlsx")
OOXML = Kind("ooxml", (), "Office 文件")
ODT = Kind("odt", (".odt", ".ott"), "OpenDocument 文本", "extractor.read.office:read_odt")
XLSB = Kind("xlsb", (".xlsb",), "二进制 Excel 文件（xlsb）", "extractor.read.office:read_xlsb")
ODS = Kind("ods", (".ods", ".ots"), "OpenDocument 表格", "extractor.read.office:read_ods")
OFD = Kind("ofd", (".ofd",), "OFD 文件", "extractor.read.ofd:read_ofd")
DOC = Kind("doc", (".doc", ".wps", ".dot"), "旧版 Word/WPS 文件（doc）", "extractor.read.office:read_doc")
XLS = Kind("xls", (".xls", ".xlt", ".et", ".ett"), "旧版 Excel 文件（xls）", "extractor.read.xls:read_xls")
LOCKED = Kind("locked", (".docx", ".xlsx", ".doc", ".xls"), "加密的 Office 文件")
RTF = Kind("rtf", (".rtf", ".doc"), "RTF 文件", "extractor.read.office:read_rtf")
IMAGE = Kind("image", (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"), "图像")
ZIP = Kind("zip", (".zip",), "压缩包")
RAR = Kind("rar", (".rar",), "RAR 压缩包")
SEVEN = Kind("7z", (".7z",), "7z 压缩包")
MSG = Kind("msg", (".msg",), "Outlook 邮件（msg）")
OLE = Kind("ole", (".doc", ".xls", ".ppt", ".wps", ".et", ".dps"), "旧版 Office 文件", "extractor.read.office:read_ole")
WORD_XML = Kind("word-xml", (".xml", ".doc"), "Word XML 文件", "extractor.read.office:read_word_xml")
SHEET_XML = Kind("sheet-xml", (".xml", ".xls"), "Excel XML 文件", "extractor.read.office:read_sheet_xml")
XML = Kind("xml", (".xml",), "XML 文件")

_MAGIC = (
    (b"{\\rtf", RTF),
    (b"\x89PNG", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"II*\x00", IMAGE),
    (b"MM\x00*", IMAGE),
    (b"GIF8", IMAGE),
    (b"BM", IMAGE),
    (b"Rar!", RAR),
    (b"7z\xbc\xaf", SEVEN),
)
_PARTS = ((b"word/", DOCX), (b"xl/workbook.bin", XLSB), (b"xl/", XLSX))
_MAINS = frozenset({b"[content_types].xml", b"word/document.xml", b"xl/workbook.xml", b"xl/workbook.bin"})
_OPEN = frozenset({b"content.xml", b"meta-inf/manifest.xml"})
"""An office file has one of the former, or both of the latter."""
_STREAMS = (("__properties_version1.0", MSG), ("EncryptedPackage", LOCKED), ("WordDocument", DOC), ("Workbook", XLS), ("Book", XLS))
_ROOTS = (
    ('progid="word.document"', WORD_XML),
    ("<w:worddocument", WORD_XML),
    ("<pkg:package", WORD_XML),
    ('progid="excel.sheet"', SHEET_XML),
    ("urn:schemas-microsoft-com:office:spreadsheet", SHEET_XML),
)
_NAME = re.compile(rb"PK\x03\x04(?=.{22}(..)..(.{1,200}))", re.DOTALL)
_ENTRY = re.compile(rb"PK\x01\x02(?=.{24}(..).{16}(.{1,200}))", re.DOTALL)
_END, _TAIL = b"PK\x05\x06", 22 + 0xFFFF
DIRECTORY = 8 << 20
"""Bytes of the directory of a ZIP file that are looked at; longer ones are of no office file."""
_PAGE = re.compile(r"<(?:!doctype html|!--|(?:html|head|body|title|meta|style|script|div|table|center|span|font|p|b|h[1-6])[\s>])")
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[ \t]")
_POSTED = re.compile(rb"^(?:received|return-path|delivered-to|to|message-id|x-mailer):", re.MULTILINE | re.IGNORECASE)
_BLANK = re.compile(rb"\r?\n\r?\n")


def kind_of(path: Path, data: bytes) -> Kind:
    """The kind of a file's content; plain text where nothing else shows."""
    if data.startswith(ZIPPED):  # before PDF: the first member may be one that is stored, not packed
        return _zipped(path, data)
    head = data[:1024]
    if b"%PDF" in head or (path.suffix.lower() == ".pdf" and b"%PDF-" in data):
        return PDF
    if data.startswith(_OLE):
        return next((kind for name, kind in _STREAMS if name.encode("utf-16-le") + b"\0\0" in data), OLE)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return IMAGE
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    kind = _marked_up(path, data)
    return CSV if kind is TEXT and path.suffix.lower() in CSV.suffixes else kind


def _zipped(path: Path, data: bytes) -> Kind:
    """By the names of the members, which stand in the clear."""
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:100]:
        return ODT
    if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in data[:100]:
        return ODS
    names = names_in(BytesIO(data)) or [_named(match) for match in _NAME.finditer(data)]
    return kind_of_names(names, path.suffix.lower())


def kind_of_names(names: Collection[bytes], suffix: str = "") -> Kind:
    """What a ZIP file with members of these names is: an office file, or an archive of files.

    >>> kind_of_names([b"[Content_Types].xml", b"word/document.xml"]).name, kind_of_names([b"word/a.pdf"]).name
    ('docx', 'zip')
    """
    plain = {name.replace(b"\\", b"/").lstrip(b"/").lower() for name in names}
    if b"ofd.xml" in plain:
        return OFD
    office = next((kind for part, kind in _PARTS if any(name.startswith(part) for name in plain)), None)
    named = next((kind for kind in (DOCX, XLSX, XLSB, OFD) if suffix in kind.suffixes), None)
    if not plain:  # torn off before the first name
        return named or ZIP
    if plain & _MAINS:
        return office or named or OOXML
    if plain >= _OPEN:
        return OOXML
    return named if named and named is office else ZIP


def names_in(stream: IO[bytes]) -> list[bytes]:
    """The names in the directory at the end of a ZIP file, as written; none where it is torn off."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    place = tail.rfind(_END)
    if place < 0:
        return []
    length = min(int.from_bytes(tail[place + 12 : place + 16], "little"), DIRECTORY)
    end = size - len(tail) + place
    stream.seek(max(0, end - length))
    return [_named(match) for match in _ENTRY.finditer(stream.read(min(length, end)))]


def _named(match: re.Match[bytes]) -> bytes:
    name: bytes = match.group(2)[: int.from_bytes(match.group(1), "little")]
    return name


def _marked_up(path: Path, data: bytes) -> Kind:
    """Text of some kind: a web page, a saved one, a letter, or plain text."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    text = data[:8192].decode(encoding, "ignore").removeprefix("ï»¿").removeprefix("\ufeff").lstrip().lower()
    if _PAGE.match(text):
        return HTML
    if text.startswith("<?xml"):
        return HTML if "<html" in text else next((kind for mark, kind in _ROOTS if mark in text), XML)
    return _saved(path, data) if _HEADER.match(data[:4096].lstrip()) else TEXT


def _saved(path: Path, data: bytes) -> Kind:
    """A text that begins like a letter: a letter that was posted, a web page saved as one, or neither."""
    head = _BLANK.split(data[:65536].lstrip(), maxsplit=1)[0].lower()
    is_letter = path.suffix.lower() == ".eml"
    if not is_letter and b"mime-version:" not in head:
        return TEXT
    if is_letter or _POSTED.search(head):
        return EMAIL
    return MHTML if b"multipart/related" in head or b"content-type: text/html" in head else EMAIL


KINDS = (
    PDF,
    TEXT,
    CSV,
    HTML,
    MHTML,
    EMAIL,
    DOCX,
    XLSX,
    XLSB,
    ODT,
    ODS,
    OFD,
    DOC,
    XLS,
    LOCKED,
    RTF,
    IMAGE,
    ZIP,
    RAR,
    SEVEN,
    MSG,
    OLE,
    WORD_XML,
    SHEET_XML,
    XML,
)
