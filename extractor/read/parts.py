"""Pages as engines and recognition give them → sheets of lines and ruled cells, with notes on what was not read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.model.document import Note, Page, Unreadable
from extractor.model.pages import UNKNOWN, PdfPage, Rect, Run
from extractor.model.printed import Printed, RuledCell, RuledTable, Sheet
from extractor.model.recognised import Recognised
from extractor.read.engines import Taken
from extractor.read.homes import Homes, cells_box, within
from extractor.read.lines import lines_of
from extractor.read.recognise import Recogniser, remedy
from extractor.read.seals import with_seals

UNMAPPED = "unmapped"
BORDER = 2.0
"""Points between the cells of a table and a border drawn around them."""
POOR = 88
"""Per cent: a page whose letters were recognised with less certainty on average counts as only partly read."""
_SPACE = re.compile(r"\s")
_UNKNOWN = re.compile(f"[{UNKNOWN}\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Part:
    """Pages of a file with their lines and ruled cells; `problem` is that of the first page that could not be read."""

    sha256: str
    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...] = ()
    has_text: bool = False
    problem: str | None = None
    warnings: frozenset[str] = frozenset()
    is_mended: bool = False


def lost_part(sha256: str, numbers: Sequence[int], reason: str) -> Part:
    """The part in place of pages whose worker was killed or died."""
    return part_of(sha256, Taken([PdfPage(number, 0.0, 0.0, problem=reason) for number in numbers]))


def part_of(sha256: str, taken: Taken, data: bytes = b"", recogniser: Recogniser | None = None) -> Part:
    """Pages as lines and cells; pictures, and pages whose characters have no Unicode mapping, go to the recogniser."""
    pages = [replace(page, runs=(), problem=UNMAPPED) if is_unmapped(page) else page for page in taken.pages]
    needing = [page.number for page in pages if _needs_recognition(page)]
    if needing and recogniser:
        found = recogniser(data, needing)
        pages = [found.get(page.number, page) for page in pages]
    notes = tuple(note for page in pages if (note := _note(page)))
    problem = next((page.problem for page in pages if page.problem), None)
    has_text = any(page.runs for page in pages)
    return Part(sha256, tuple(map(_sheet, pages)), notes, has_text, problem, taken.warnings, taken.is_mended)


def bound(path: Path, parts: Sequence[Part], media_type: str) -> Printed:
    """The parts of a file, in their order, as one. Raises Unreadable if no page has text: broken, no_text."""
    if not any(part.has_text for part in parts):
        raise _nothing(path, parts)
    notes = [note for part in parts for note in part.notes]
    if warnings := frozenset[str]().union(*(part.warnings for part in parts)):
        notes.append(Note("odd_fonts", f"字体或结构不规范，解析时有 {len(warnings)} 种警告"))
    if any(part.is_mended for part in parts):
        notes.append(Note("mended", "文件结构已损坏，修复后读取；请核对页数是否完整"))
    sheets = tuple(sheet for part in parts for sheet in part.sheets)
    return Printed(str(path), parts[0].sha256, media_type, sheets, tuple(notes))


def _nothing(path: Path, parts: Sequence[Part]) -> Unreadable:
    problem = next((part.problem for part in parts if part.problem), None)
    pages = sum(len(part.sheets) for part in parts)
    if problem == UNMAPPED:
        return Unreadable("no_text", f"{path.name}：PDF 的字体没有文字编码，抽不出文字，需要文字识别（OCR）；{remedy()}")
    if problem or not pages:
        return Unreadable("broken", f"{path.name}：PDF 已损坏，没有一页可读（{problem or '无页面'}）；请重新导出或向报送单位索取")
    if any(sheet.page.recognised for part in parts for sheet in part.sheets):
        return Unreadable("no_text", f"{path.name}：共 {pages} 页图像，文字识别（OCR）没有认出文字")
    if not any(note.code == "no_text_page" for part in parts for note in part.notes):
        return Unreadable("no_text", f"{path.name}：共 {pages} 页，页面空白，没有文字，也没有带字的图像；请核对文件后重新导出或索取")
    return Unreadable("no_text", f"{path.name}：没有文字层（扫描件或图像），共 {pages} 页，需要文字识别（OCR）；{remedy()}")


def _needs_recognition(page: PdfPage) -> bool:
    return page.problem == UNMAPPED or bool(not page.problem and (page.is_scan or (not page.runs and page.images)))


def is_unmapped(page: PdfPage) -> bool:
    """Do more than a third of the page's characters have no Unicode mapping (unknown, or in the private use area)?"""
    unknown = len(_UNKNOWN.findall(_text(page)))
    return unknown > 0 and unknown * 3 > _printed(page)


def _printed(page: PdfPage) -> int:
    """The number of visible characters on a page."""
    return sum(len(run.letters) for run in page.runs) - len(_SPACE.findall(_text(page)))


def _text(page: PdfPage) -> str:
    return "".join(run.text for run in page.runs)


def _note(page: PdfPage) -> Note | None:
    if page.problem == UNMAPPED:
        return Note("unreadable_text", f"第 {page.number} 页的字体没有文字编码，抽不出文字，需要文字识别（OCR）；{remedy()}", page.number)
    if page.problem:
        return Note("unreadable_page", f"第 {page.number} 页无法解析（{page.problem}）", page.number)
    if page.recognised:
        return _note_of_recognition(page.number, page.recognised)
    if not page.runs and (page.images or page.is_scan):
        return Note("no_text_page", f"第 {page.number} 页没有文字层（扫描图像），需要文字识别（OCR）；{remedy()}", page.number)
    if page.crowded:
        return Note("crowded_page", f"第 {page.number} 页线条过多，未识别其中的表格", page.number)
    if sum(len(run.letters) for run in page.runs if run.slanted) * 2 > sum(len(run.letters) for run in page.runs) > 0:
        return Note("sideways_page", f"第 {page.number} 页的文字横置或倒置，未能识读", page.number)
    return None


def _note_of_recognition(number: int, recognised: Recognised) -> Note:
    if recognised.certainty < POOR:
        told = f"第 {number} 页是图像，文字识别（OCR）把握只有 {recognised.certainty}%，可能有误认和遗漏；请与原件核对"
        return Note("ocr_poor", told, number)
    return Note("ocr", f"第 {number} 页是图像，文字由识别（OCR）得来，把握 {recognised.certainty}%", number)


def _sheet(page: PdfPage) -> Sheet:
    outside, tables = _sorted_out(page)
    boxes = [cells_box(cells) for cells in page.tables]
    edges = [(x0 - BORDER, top - BORDER, x1 + BORDER, bottom + BORDER) for x0, top, x1, bottom in boxes]
    rules = tuple((page.number, *r) for r in page.rules if not any(within((r[0] + r[2]) / 2, (r[1] + r[3]) / 2, e) for e in edges))
    printed = Page(page.number, page.width, page.height, _printed(page), page.recognised)
    return Sheet(printed, tuple(lines_of(outside, page.number)), tables, rules)


def _sorted_out(page: PdfPage) -> tuple[Sequence[Run], tuple[RuledTable, ...]]:
    """The characters outside ruled tables, and the tables with the lines of each cell."""
    outside = with_seals(page.runs)
    tables = []
    for found in page.tables:
        cells = _without_frame(found)
        if len(cells) < 2 or any(_covers(cell, page) for cell in cells):
            continue
        homes = Homes(cells)
        inside, outside = homes.sort(outside)
        own = tuple(RuledCell((page.number, *cell), tuple(lines_of(runs, page.number))) for cell, runs in inside.items())
        tables.append(RuledTable((page.number, *homes.box), own))
    return outside, tuple(tables)


def _without_frame(cells: Sequence[Rect]) -> Sequence[Rect]:
    """The cells without one drawn around the others: a table set into the only cell of another."""
    outer = max(cells, key=_area)
    inside = [c for c in cells if c is not outer and within((c[0] + c[2]) / 2, (c[1] + c[3]) / 2, outer)]
    return [c for c in cells if c is not outer] if len(inside) > 1 and len(inside) == len(cells) - 1 else cells


def _area(cell: Rect) -> float:
    return (cell[2] - cell[0]) * (cell[3] - cell[1])


def _covers(cell: Rect, page: PdfPage) -> bool:
    """Is a cell the frame around a page of running text?"""
    return _area(cell) > 0.6 * page.width * page.height
