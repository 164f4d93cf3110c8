"""A source as PDF by reportlab, the same bytes every time."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, FrameBreak, KeepTogether, PageBreak, PageTemplate, Paragraph, Spacer

from .grid import Box
from .ruled import ruled
from .sheet import Sheet, title_size
from .source import NOTE, Block, Source

FILES = {
    "song": "arphic/uming.ttc",
    "kai": "arphic/ukai.ttc",
    "hei": "wqy/wqy-zenhei.ttc",
    "sans": "wqy/wqy-microhei.ttc",
}
FONTS = Path("/usr/share/fonts/truetype")


@cache
def face(family: str) -> str:
    """Register a family and give its name; without the font file, the font that every PDF viewer brings."""
    try:
        pdfmetrics.registerFont(TTFont(family, str(FONTS / FILES[family]), subfontIndex=0))
        return family
    except (KeyError, TTFError, OSError):
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        return "STSong-Light"


def render(source: Source, made: Sheet) -> bytes:
    pdf, pages = _build(source, made, 0)
    return _build(source, made, pages)[0] if "{pages}" in made.footer else pdf


def _build(source: Source, made: Sheet, pages: int) -> tuple[bytes, int]:
    out = io.BytesIO()
    document = BaseDocTemplate(
        out,
        pagesize=(made.width, made.height),
        title=str(source.meta["title"]),
        author=str(source.meta["organisation"]),
        invariant=1,
    )
    furniture = _furniture(made, pages)
    templates = [PageTemplate(id=f"page{i}", frames=frames, onPage=furniture) for i, frames in enumerate(_frames(source, made))]
    templates[0].autoNextPageTemplate = templates[-1].id
    document.addPageTemplates(templates)
    document.build(list(_flowables(source, made)))
    return out.getvalue(), document.page


def _frames(source: Source, made: Sheet) -> list[list[Frame]]:
    """The frames of the first page and of the others: one column, or a title over two columns and then two columns."""
    full = made.height - made.top - made.bottom
    if not any(block.kind == "columns" for block in source.blocks):
        return [[Frame(made.left, made.bottom, made.text_width, full, 0, 0, 0, 0)]]
    room = made.text_width // title_size(made)
    lines = sum(math.ceil(len(line) / room) for block in source.blocks if block.kind == "title" for line in block.lines)
    head = lines * title_size(made) * 1.5 + made.size * 1.5
    wide = (made.text_width - made.size * 1.5) / 2
    right = made.width - made.right - wide
    top = Frame(made.left, made.height - made.top - head, made.text_width, head, 0, 0, 0, 0)
    first = [Frame(x, made.bottom, wide, full - head, 0, 0, 0, 0) for x in (made.left, right)]
    return [[top, *first], [Frame(x, made.bottom, wide, full, 0, 0, 0, 0) for x in (made.left, right)]]


def _furniture(made: Sheet, pages: int) -> Callable[[Any, Any], None]:
    def draw(canvas: Any, document: Any) -> None:
        number = document.page - made.number_from + 1
        if number < 1 or (made.bare_first_page and document.page == 1):
            return
        canvas.saveState()
        canvas.setFont(face(made.font), 9)
        if made.header:
            canvas.drawCentredString(made.width / 2, made.height - made.top + 26, made.header)
            canvas.line(made.left, made.height - made.top + 20, made.width - made.right, made.height - made.top + 20)
        canvas.setFont(face(made.font), 10.5)
        canvas.drawCentredString(made.width / 2, made.bottom - 36, made.footer.format(page=number, pages=pages))
        canvas.restoreState()

    return draw


def _style(made: Sheet, **changes: Any) -> ParagraphStyle:
    base: dict[str, Any] = {
        "fontName": face(made.font),
        "fontSize": made.size,
        "leading": made.leading,
        "firstLineIndent": 2 * made.size,
        "wordWrap": "CJK",
        "allowWidows": 0,
    }
    return ParagraphStyle("p", **(base | changes))


def _flowables(source: Source, made: Sheet) -> Iterator[Flowable]:
    notes = [b for b in source.filled if b.kind == "note"]
    for block in source.filled:
        yield from _block(block, made)
    small = _style(made, fontSize=9, leading=13, firstLineIndent=0)
    for note in notes:
        yield Paragraph(f"[{note.level}] {_escaped(note.text)}", small)


def _block(block: Block, made: Sheet) -> Iterator[Flowable]:
    match block.kind:
        case "paragraph":
            yield Paragraph(_escaped(block.text), _style(made))
        case "heading":
            yield from _heading(block, made)
        case "title":
            centred = _style(
                made,
                fontName=face(made.heading_family),
                fontSize=title_size(made),
                leading=title_size(made) * 1.5,
                firstLineIndent=0,
                alignment=TA_CENTER,
            )
            yield from (Paragraph(_escaped(line), centred) for line in block.lines)
            yield Spacer(1, made.size)
        case "cover":
            yield Spacer(1, made.height / 6)
            big = _style(made, fontSize=title_size(made), leading=title_size(made) * 1.6, firstLineIndent=0, alignment=TA_CENTER)
            yield from (Paragraph(_escaped(line), big) for line in block.lines if "：" not in line)
            yield Spacer(1, made.height / 5)
            plain = _style(made, firstLineIndent=0, leftIndent=3 * made.size)
            yield from (Paragraph(_escaped(line), plain) for line in block.lines if "：" in line)
            yield PageBreak()
        case "contents":
            yield Paragraph("目　　录", _style(made, fontSize=title_size(made), leading=40, firstLineIndent=0, alignment=TA_CENTER))
            yield from (Leader(line, made) for line in block.lines)
            yield PageBreak()
        case "right":
            yield Spacer(1, made.leading)
            yield KeepTogether([Paragraph(_escaped(line), _style(made, alignment=TA_RIGHT, firstLineIndent=0)) for line in block.lines])
        case "table":
            yield from _table(block, made)
        case "columns" if block.text == "<columns>":
            yield FrameBreak()
        case "page":
            yield PageBreak()


def _heading(block: Block, made: Sheet) -> Iterator[Flowable]:
    indent = 0 if made.align_headings else 2 * made.size
    style = _style(made, fontName=face(made.heading_family), firstLineIndent=indent, keepWithNext=1)
    if block.run_in:
        text = f'<font name="{face(made.heading_family)}">{_escaped(block.text)}</font>{_escaped(block.run_in)}'
        yield Paragraph(text, _style(made))
    elif made.doubled_headings:
        yield Doubled(_escaped(block.text), style)
    else:
        yield Paragraph(_escaped(block.text), style)


def _table(block: Block, made: Sheet) -> Iterator[Flowable]:
    grid = block.grid
    size = grid.size(made.size)

    def paragraph(box: Box) -> Paragraph:
        alignment = TA_LEFT if "l" in box.look else TA_CENTER
        look = _style(made, fontSize=size, leading=size * 1.4, firstLineIndent=0, alignment=alignment)
        return Paragraph("<br/>".join(map(_escaped, box.lines)), look)

    if block.caption:
        yield Paragraph(_escaped(block.caption), _style(made, fontSize=size + 1, firstLineIndent=0, alignment=TA_CENTER, keepWithNext=1))
    yield ruled(grid, made.text_width, paragraph)
    yield Spacer(1, made.leading / 2)


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return NOTE.sub(r"<super>[\1]</super>", text)


class Doubled(Paragraph):  # type: ignore[misc]
    """A heading made bold by printing it twice, a third of a point apart."""

    def draw(self) -> None:
        super().draw()
        self.canv.translate(0.33, 0)
        super().draw()
        self.canv.translate(-0.33, 0)


class Leader(Flowable):  # type: ignore[misc]
    """A line of a contents list: text, dots, page number."""

    def __init__(self, line: str, made: Sheet) -> None:
        super().__init__()
        self.text, self.page = (part.strip() for part in line.split("|"))
        self.made = made

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        return width, self.made.leading

    def draw(self) -> None:
        font, size = face(self.made.font), min(14.0, self.made.size)
        wide = pdfmetrics.stringWidth
        self.canv.setFont(font, size)
        start, end = wide(self.text, font, size), self.width - wide(self.page, font, size)
        count = int((end - start - size / 2) / wide(".", font, size))
        self.canv.drawString(0, 0, self.text + "." * max(3, count))
        self.canv.drawRightString(self.width, 0, self.page)
