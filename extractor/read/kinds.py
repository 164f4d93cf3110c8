"""What kind of file it is, by its content; the ending of its name only tells where the content does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: the endings it usually has, what people call it, and the function that reads it (module:function)."""

    name: str
    suffixes: tuple[str, ...]
    label: str
    reader: str | None = None


_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"

PDF = Kind("pdf", (".pdf",), "PDF")
TEXT = Kind("txt", (".txt", ".md", ".csv", ".log"), "文本", "extractor.read.text:read_text")
HTML = Kind("html", (".html", ".htm", ".xhtml", ".shtml"), "HTML 文件", "extractor.read.html:read_html")
MHTML = Kind("mhtml", (".mht", ".mhtml", ".doc", ".xls"), "MHTML 网页", "extractor.read.mhtml:read_mhtml")
EMAIL = Kind("eml", (".eml",), "电子邮件")
DOCX = Kind("docx", (".docx", ".docm", ".dotx", ".dotm"), "Word 文件", "extractor.read.docx:read_docx")
XLSX = Kind("xlsx", (".xlsx", ".xlsm", ".xltx", ".xltm", ".et"), "Excel 文件", "extractor.read.xlsx:read_xlsx")
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
_PARTS = ((b"word/", DOCX), (b"xl/workbook.bin", XLSB), (b"xl/", XLSX), (b"OFD.xml", OFD))
_STREAMS = (("EncryptedPackage", LOCKED), ("WordDocument", DOC), ("Workbook", XLS), ("Book", XLS))
_ROOTS = (
    ('progid="word.document"', WORD_XML),
    ("<w:worddocument", WORD_XML),
    ("<pkg:package", WORD_XML),
    ('progid="excel.sheet"', SHEET_XML),
    ("urn:schemas-microsoft-com:office:spreadsheet", SHEET_XML),
)
_NAME = re.compile(rb"PK\x03\x04.{22}(..)..(?=(.{1,200}))", re.DOTALL)
_LISTED = re.compile(rb"PK\x01\x02.{24}(..).{16}(?=(.{1,200}))", re.DOTALL)
_END = b"PK\x05\x06"
_PAGE = re.compile(r"<(?:!doctype html|!--|(?:html|head|body|title|meta|style|script|div|table|center|span|font|p|b|h[1-6])[\s>])")
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[ \t]")


def kind_of(path: Path, data: bytes) -> Kind:
    """The kind of a file's content; plain text where nothing else shows."""
    head = data[:1024]
    if b"%PDF" in head or (path.suffix.lower() == ".pdf" and b"%PDF-" in data):
        return PDF
    if data.startswith(_ZIP):
        return _zipped(data)
    if data.startswith(_OLE):
        return next((kind for name, kind in _STREAMS if name.encode("utf-16-le") + b"\0\0" in data), OLE)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return IMAGE
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    return _marked_up(data)


def _zipped(data: bytes) -> Kind:
    """By the names of the members, which stand in the clear."""
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:100]:
        return ODT
    if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in data[:100]:
        return ODS
    names = [match.group(2)[: int.from_bytes(match.group(1), "little")] for match in _members(data)]
    return next((kind for part, kind in _PARTS if any(name.startswith(part) for name in names)), ZIP)


def _members(data: bytes) -> Iterator[re.Match[bytes]]:
    """The members by the list at the end, in which those of a file within the file are not; by their heads where there is none."""
    end = data.rfind(_END)
    start = int.from_bytes(data[end + 16 : end + 20], "little") if end >= 0 else len(data)
    return _LISTED.finditer(data, start) if data.startswith(b"PK\x01\x02", start) else _NAME.finditer(data)


def _marked_up(data: bytes) -> Kind:
    """Text of some kind: a web page, a saved one, a letter, or plain text."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    text = data[:8192].decode(encoding, "ignore").removeprefix("ï»¿").removeprefix("\ufeff").lstrip().lower()
    if _PAGE.match(text):
        return HTML
    if text.startswith("<?xml"):
        return HTML if "<html" in text else next((kind for mark, kind in _ROOTS if mark in text), XML)
    if _HEADER.match(data.lstrip()[:80]) and "mime-version:" in text:
        return MHTML if "multipart/related" in text or "content-type: text/html" in text.partition("\n\n")[0] else EMAIL
    return TEXT


KINDS = (
    PDF,
    TEXT,
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
    OLE,
    WORD_XML,
    SHEET_XML,
    XML,
)
