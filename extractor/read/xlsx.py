"""Workbooks → titles, tables and notes as they are seen: hidden sheets, rows and columns are told, not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from extractor.adapters.spreadsheetml import read_book
from extractor.model.books import KNOWN, WORKPAPER, Book, BookSheet
from extractor.model.document import Note, Unreadable
from extractor.model.flow import Flow
from extractor.read.sheets import Sheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read_xlsx(path: Path, sha256: str, data: bytes) -> Flow:
    """The visible sheets of a workbook. Raises Unreadable: broken, encrypted, too_large, no_text, workpaper."""
    return flow_of(path, sha256, data, read_book, MEDIA_TYPE)


def flow_of(path: Path, sha256: str, data: bytes, parse: Callable[[bytes], Book], media_type: str) -> Flow:
    """The blocks of all visible sheets, one sheet after the other."""
    try:
        book = parse(data)
        _refuse_workpaper(book)
        sheets = [Sheet(sheet, book.since_1904) for sheet in book.sheets if not sheet.hidden]
        blocks = tuple(block for sheet in sheets for block in sheet.blocks())
    except Unreadable as problem:
        raise Unreadable(problem.code, f"{path.name}：{problem.message}") from problem
    if not blocks:
        raise Unreadable("no_text", f"{path.name}：工作簿中没有可见的文字；内容若为图片，需先做文字识别（OCR）")
    return Flow(str(path), sha256, media_type, blocks, tuple(_notes(book)))


def _refuse_workpaper(book: Book) -> None:
    """A reviewed working paper left among the reports would be checked against itself."""
    names = {sheet.name for sheet in book.sheets}
    if any(len(names & own) >= KNOWN for own in WORKPAPER):
        raise Unreadable("workpaper", "是本工具写出的底稿，不是报告；复核意见请用 --verdicts 交回")


def _notes(book: Book) -> Iterator[Note]:
    hidden = [sheet.name for sheet in book.sheets if sheet.hidden and _filled(sheet)]
    if hidden:
        yield Note("hidden_content", f"隐藏的工作表未读取：{'、'.join(hidden)}")
    for sheet in book.sheets:
        if sheet.hidden:
            continue
        filled = _filled(sheet)
        rows = {row for row, _ in filled} & sheet.hidden_rows
        columns = {column for _, column in filled} & sheet.hidden_columns
        parts = [f"{len(lines)} {word}" for lines, word in ((rows, "行"), (columns, "列")) if lines]
        if parts:
            yield Note("hidden_content", f"工作表“{sheet.name}”中隐藏的 {'、'.join(parts)}有内容，未读取")
        if sheet.uncomputed:
            yield Note(
                "uncomputed",
                f"工作表“{sheet.name}”有 {sheet.uncomputed} 处公式没有保存计算结果，按空白读取；请用 Excel 或 WPS 打开并保存后再试",
            )


def _filled(sheet: BookSheet) -> list[tuple[int, int]]:
    return [place for place, cell in sheet.cells.items() if cell.text.strip() or cell.number is not None]
