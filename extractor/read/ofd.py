"""OFD → printed pages, as PDF gives them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from extractor.adapters.ofd import Book
from extractor.adapters.ofd_pages import UNMAPPED, Pages
from extractor.model.document import Note, Unreadable
from extractor.model.pages import PdfPage
from extractor.model.printed import Printed
from extractor.read.engines import Taken
from extractor.read.parts import Part, bound, is_unmapped, part_of
from extractor.read.recognise import Recogniser, remedy

MEDIA_TYPE = "application/ofd"
_NAMED = 5


def read_ofd(path: Path, sha256: str, data: bytes, recogniser: Recogniser | None = None) -> Printed:
    """The pages of an OFD file. Raises Unreadable: encrypted, broken, too_large, no_text; what the recogniser raises."""
    try:
        book = Book(data)
        pages = [_told(page) for page in Pages(book)]
        notes = tuple(_notes(book))
    except Unreadable as problem:
        raise Unreadable(problem.code, f"{path.name}：{problem.message}") from problem
    part = part_of(sha256, Taken(pages), data, recogniser)
    if not part.has_text:
        raise _nothing(path, part)
    printed = bound(path, [part], MEDIA_TYPE)
    return replace(printed, notes=(*notes, *printed.notes))


def _told(page: PdfPage) -> PdfPage:
    """A page whose letters are not told is read as a picture where it is one; else nobody can tell what is drawn on it."""
    if not is_unmapped(page):
        return page
    return replace(page, runs=()) if page.is_scan else replace(page, runs=(), problem=UNMAPPED)


def _notes(book: Book) -> list[Note]:
    notes = []
    if len(book.documents) > 1:
        notes.append(Note("several_documents", f"文件内含 {len(book.documents)} 份文档，依次读取，页码连续计数"))
    if attached := book.attachments:
        more = " 等" if len(attached) > _NAMED else ""
        notes.append(Note("embedded_part", f"附件 {len(attached)} 个（{'、'.join(attached[:_NAMED])}{more}），未读取"))
    return notes


def _nothing(path: Path, part: Part) -> Unreadable:
    pages = len(part.sheets)
    if part.problem == UNMAPPED:
        return Unreadable("no_text", f"{path.name}：OFD 的{UNMAPPED}")
    if part.problem or not pages:
        return Unreadable("broken", f"{path.name}：OFD 没有一页可读（{part.problem or '无页面'}）；请重新导出或向报送单位索取")
    if any(sheet.page.recognised for sheet in part.sheets):
        return Unreadable("no_text", f"{path.name}：共 {pages} 页图像，文字识别（OCR）没有认出文字")
    return Unreadable("no_text", f"{path.name}：没有文字层（扫描件或图像），共 {pages} 页，需要文字识别（OCR）；{remedy()}")
