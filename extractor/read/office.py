"""Old and foreign office files (doc, wps, rtf, odt, ods, xlsb, Word and Excel 2003 XML) → paragraphs and tables, through LibreOffice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from extractor.adapters.libreoffice import converted
from extractor.model.document import Note, Unreadable
from extractor.model.flow import Flow
from extractor.read.docx import read_docx
from extractor.read.xlsx import read_xlsx

_TYPES = {
    ".doc": "application/msword",
    ".rtf": "application/rtf",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".xls": "application/vnd.ms-excel",
    ".xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
}
_SHEETS = frozenset({".et", ".ett", ".xls", ".xlt"})
_SLIDES = frozenset({".ppt", ".dps", ".pps"})
_BASE, _MARK, _LOCKED = 512, b"\xec\xa5", 0x01


def read_doc(path: Path, sha256: str, data: bytes) -> Flow:
    """A Word file from before 2007, or a WPS text."""
    if _is_locked(data):
        raise Unreadable("encrypted", f"{path.name}：文件有打开密码，无法读取；请提供未加密的版本")
    return _text(path, sha256, data, ".doc")


def read_rtf(path: Path, sha256: str, data: bytes) -> Flow:
    """A Rich Text file."""
    return _text(path, sha256, data, ".rtf")


def read_odt(path: Path, sha256: str, data: bytes) -> Flow:
    """An OpenDocument text."""
    return _text(path, sha256, data, ".odt")


def read_word_xml(path: Path, sha256: str, data: bytes) -> Flow:
    """A Word 2003 XML file, or a docx as a single XML file."""
    return _text(path, sha256, data, ".xml")


def read_sheet_xml(path: Path, sha256: str, data: bytes) -> Flow:
    """An Excel 2003 XML workbook, which many systems export with the extension xls."""
    return read_sheets(path, sha256, data, ".xml")


def read_ole(path: Path, sha256: str, data: bytes) -> Flow:
    """Another Office or WPS file from before 2007; only its extension says whether it is a workbook or a text."""
    suffix = path.suffix.lower()
    if suffix in _SLIDES:
        raise Unreadable("unsupported", f"{path.name}：演示文稿不在读取范围内")
    return read_sheets(path, sha256, data, ".xls") if suffix in _SHEETS else _text(path, sha256, data, ".doc")


def read_ods(path: Path, sha256: str, data: bytes) -> Flow:
    """An OpenDocument workbook."""
    return read_sheets(path, sha256, data, ".ods")


def read_xlsb(path: Path, sha256: str, data: bytes) -> Flow:
    """A binary Excel workbook (xlsb)."""
    return read_sheets(path, sha256, data, ".xlsb")


def read_sheets(path: Path, sha256: str, data: bytes, suffix: str) -> Flow:
    """A workbook that only LibreOffice opens."""
    return _read(path, sha256, data, suffix, "xlsx", read_xlsx)


def _text(path: Path, sha256: str, data: bytes, suffix: str) -> Flow:
    return _read(path, sha256, data, suffix, "docx", read_docx)


def _read(path: Path, sha256: str, data: bytes, suffix: str, target: str, reader: Callable[[Path, str, bytes], Flow]) -> Flow:
    try:
        made = converted(data, suffix, target)
    except Unreadable as problem:
        raise Unreadable(problem.code, f"{path.name}：{problem.message}") from problem
    flow = reader(path, sha256, made)
    told = Note("converted", f"由 LibreOffice 转换为 {target} 后读取；自动编号和版式以原文件为准")
    return replace(flow, media_type=_TYPES.get(suffix, "application/octet-stream"), notes=(told, *flow.notes))


def _is_locked(data: bytes) -> bool:
    """Does the header of the text stream, which starts at a sector boundary, have the encryption flag set?"""
    for place in range(_BASE, min(len(data) - 12, 1 << 24), _BASE):
        if data[place : place + 2] == _MARK and data[place + 2 : place + 4] in (
            b"\xc1\x00",
            b"\xd9\x00",
            b"\x01\x01",
            b"\x0c\x01",
            b"\x12\x01",
        ):
            return bool(data[place + 11] & _LOCKED)
    return False
