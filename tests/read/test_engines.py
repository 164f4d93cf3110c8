"""What pdfium reads is what pdfplumber reads: the same documents, facts and findings. Every difference known is named here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfplumber import table as finder
from pdfplumber import utils
from pdfplumber.utils.exceptions import PdfminerException
from reportlab.pdfgen.canvas import Canvas

from extractor import extract
from extractor.adapters import pdfium_pages, ruling
from extractor.adapters import pdfplumber as reference
from extractor.config import Settings
from extractor.layout import arrange
from extractor.lexicon.packs import default
from extractor.model.document import Document, Paragraph, Unreadable
from extractor.model.pages import PdfPage
from extractor.pipeline import judge
from extractor.read import read
from tests.read.pages import FONT, Drawing, both, boxes, pdf, rows
from tests.read.raw import cid_font, descriptor, drawn_font, raw_pdf, unicode_map

CORPUS = Path(__file__).parents[2] / "corpus"
NAMES = sorted(path.stem for path in CORPUS.glob("*.pdf"))
NEAR = 1.0
"""Points that a box may differ by."""


@cache
def corpus(name: str, engine: str) -> Document:
    return document(CORPUS / f"{name}.pdf", engine)


def document(path: Path, engine: str) -> Document:
    return arrange(read(path, engine))


def paragraphs(made: Document) -> Iterator[tuple[object, Paragraph]]:
    """Every paragraph with its place: in the running text, in which cell of which table, or set aside."""
    for block in made.blocks:
        if isinstance(block, Paragraph):
            yield "text", block
        else:
            for cell in block.cells:
                place = (block.rows, block.columns, cell.row, cell.column, cell.row_span, cell.column_span)
                yield from ((place, paragraph) for paragraph in cell.paragraphs)
    yield from (("aside", paragraph) for paragraph in made.furniture)


def structure(made: Document) -> list[object]:
    return [(place, p.text, p.role, p.size, p.centered, p.pages) for place, p in paragraphs(made)]


def sizes(made: Document) -> list[tuple[int, float, float]]:
    return [(page.number, round(page.width, 2), round(page.height, 2)) for page in made.pages]


def furthest(one: Document, other: Document) -> float:
    """How far the boxes of two documents with the same paragraphs are apart at most."""
    pairs = [
        (a, b)
        for (_, p), (_, q) in zip(paragraphs(one), paragraphs(other), strict=True)
        if p.glyphs and q.glyphs
        for place in range(len(p.text))
        for a, b in zip(p.glyphs.box(place), q.glyphs.box(place), strict=True)
    ]
    return max((abs(a - b) for a, b in pairs), default=0.0)


def told(made: Document) -> Any:
    """The report on a document as JSON, without boxes, and without notes on how it was read."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: bare(each) for key, each in value.items() if key not in ("boxes", "highlight_boxes", "notes")}
        return [bare(each) for each in value] if isinstance(value, list) else value

    return bare(json.loads(judge(made, Settings(), default()).model_dump_json()))


# -- the corpus --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_page_of_the_corpus_is_claimed(name: str) -> None:
    assert [page for page in pdfium_pages.pages((CORPUS / f"{name}.pdf").read_bytes()) if not isinstance(page, PdfPage)] == []


@pytest.mark.parametrize("name", NAMES)
def test_documents_are_equal(name: str) -> None:
    assert structure(corpus(name, "fast")) == structure(corpus(name, "reference"))
    assert sizes(corpus(name, "fast")) == sizes(corpus(name, "reference"))


@pytest.mark.parametrize("name", NAMES)
def test_boxes_are_equal(name: str) -> None:
    assert furthest(corpus(name, "fast"), corpus(name, "reference")) < NEAR


@pytest.mark.parametrize("name", NAMES)
def test_facts_and_findings_are_equal(name: str) -> None:
    assert told(corpus(name, "fast")) == told(corpus(name, "reference"))


# -- what is drawn in an unusual way -----------------------------------------------------------------------------------


def doubled(canvas: Canvas) -> None:
    for shift in (0.0, 0.4):
        canvas.drawString(80.0 + shift, 700.0, "一、基本情况")
    rows("　　项目已经完成。", top=160.0)(canvas)


def raised(canvas: Canvas) -> None:
    canvas.drawString(80.0, 700.0, "支出120")
    canvas.setFont(FONT, 7)
    canvas.drawString(132.0, 707.0, "1")


def spread(canvas: Canvas) -> None:
    canvas.drawString(80.0, 700.0, "自评结果", charSpace=9)
    canvas.drawString(80.0, 660.0, "共 3 项", wordSpace=4)


def in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("table")
    boxes([80.0, 200.0, 320.0], [200.0, 230.0])(canvas)
    canvas.setFont(FONT, 14)
    rows("目标值", "得分", x=90.0, top=207.0, pitch=400.0)(canvas)
    rows("满分", x=210.0, top=207.0)(canvas)
    canvas.endForm()
    for shift in (0.0, -120.0):
        canvas.saveState()
        canvas.translate(20.0, shift)
        canvas.scale(0.8, 0.8)
        canvas.doForm("table")
        canvas.restoreState()


def filled(canvas: Canvas) -> None:
    for x in (80.0, 200.0, 320.0):
        canvas.rect(x, 600.0, 0.7, 60.0, stroke=0, fill=1)
    for y in (600.0, 630.0, 660.0):
        canvas.rect(80.0, y, 240.7, 0.7, stroke=0, fill=1)
    rows("名称", "资金", x=90.0, top=187.0, pitch=30.0)(canvas)


def drawn_by_paths(canvas: Canvas) -> None:
    for x in (80.0, 200.0):
        path = canvas.beginPath()
        path.moveTo(x, 600.0)
        path.lineTo(x + 120.0, 600.0)
        path.lineTo(x + 120.0, 660.0)
        path.lineTo(x, 660.0)
        path.close()
        canvas.drawPath(path)
    path = canvas.beginPath()
    path.moveTo(80.0, 500.0)
    path.curveTo(100.0, 520.0, 140.0, 520.0, 160.0, 500.0)
    path.lineTo(160.0, 450.0)
    canvas.drawPath(path)
    canvas.line(300.0, 300.0, 400.0, 420.0)
    rows("名称", x=90.0, top=207.0)(canvas)


def squeezed(canvas: Canvas) -> None:
    text = canvas.beginText(80.0, 700.0)
    text.setHorizScale(70)
    text.textLine("资金到位率100%，结余0万元")
    canvas.drawText(text)


GRID = both(boxes([80.0, 200.0, 320.0], [200.0, 230.0, 260.0]), rows("名称", "资金", x=90.0, top=207.0, pitch=30.0))
DRAWINGS: dict[str, Drawing] = {
    "text": rows("　　资金20万元，执行率99.35%。", "共3项（含1项续建），〔2021〕5号"),
    "doubled": doubled,
    "raised": raised,
    "spread": spread,
    "squeezed": squeezed,
    "grid": GRID,
    "form object": in_a_form,
    "filled rules": filled,
    "paths": drawn_by_paths,
    "beside the page": both(rows("可见"), rows("不可见", x=700.0)),
    "spaces alone": both(rows("共"), rows(" ", x=94.0), rows("3项", x=101.5)),
    "latin": rows("ISO 9001 e-mail", x=80.0),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_drawings_are_read_alike(tmp_path: Path, name: str) -> None:
    path = pdf(tmp_path / "a.pdf", DRAWINGS[name], GRID)
    ours, theirs = document(path, "auto"), document(path, "reference")
    assert structure(ours) == structure(theirs)
    assert [p.bold for _, p in paragraphs(ours)] == [p.bold for _, p in paragraphs(theirs)]
    assert furthest(ours, theirs) < NEAR


# -- what pdfium leaves to pdfplumber ----------------------------------------------------------------------------------


def turned(canvas: Canvas) -> None:
    canvas.rotate(20)
    canvas.drawString(300.0, 300.0, "样本")


def on_its_side(canvas: Canvas) -> None:
    canvas.setPageRotation(90)
    canvas.rotate(90)
    canvas.drawString(100.0, -200.0, "项目绩效目标")


def shifted(canvas: Canvas) -> None:
    canvas.setCropBox((100.0, 100.0, 500.0, 700.0))
    rows("资金20万元")(canvas)


LEFT: dict[str, tuple[Drawing, str]] = {
    "turned text": (turned, "turned text"),
    "page on its side": (on_its_side, "turned page"),
    "visible part": (shifted, "page with an offset"),
    "space alone, font not in the file": (DRAWINGS["spaces alone"], "text without glyphs"),
}


@pytest.mark.parametrize("name", LEFT)
def test_odd_pages_are_left_to_the_reference(tmp_path: Path, name: str) -> None:
    drawing, reason = LEFT[name]
    path = pdf(tmp_path / "a.pdf", GRID, drawing)
    first, second = pdfium_pages.pages(path.read_bytes())
    assert isinstance(first, PdfPage)
    assert second == reason
    assert structure(document(path, "auto")) == structure(document(path, "reference"))
    assert [(note.code, note.page) for note in document(path, "fast").notes] == [("unreadable_page", 2)]


def test_a_file_that_pdfium_refuses_goes_to_the_reference(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4\nnothing")
    for engine in ("auto", "fast", "reference"):
        with pytest.raises(Unreadable) as caught:
            read(path, engine)
        assert caught.value.code == "broken"


@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize("name", ["_opened", "_char", "_ruling"])
def test_want_of_memory_is_no_fault_of_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, wrapped: bool) -> None:
    def full(*_: object, **__: object) -> Any:
        raise PdfminerException(MemoryError()) if wrapped else MemoryError()

    monkeypatch.setattr(reference, name, full)
    path = pdf(tmp_path / "a.pdf", rows("项目绩效"), GRID)
    with pytest.raises(MemoryError):
        read(path, "reference")


# -- letters that no font tells ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("letters", [{}, {0x0101: "\ue001", 0x0102: "\ue002", 0x0103: "\ue003"}], ids=["unknown", "private"])
def test_letters_without_meaning_are_never_text(tmp_path: Path, letters: dict[int, str]) -> None:
    made = unicode_map(letters)
    font, below = cid_font("Own", 6, unicode_map=7 if letters else None)
    path = raw_pdf(tmp_path / "a.pdf", "BT /F1 14 Tf 80 700 Td <010101020103> Tj ET", {"F1": font}, below, descriptor("Own"), made)
    for engine in ("auto", "reference"):
        with pytest.raises(Unreadable) as caught:
            read(path, engine)
        assert caught.value.code == "no_text"
        assert "没有文字编码" in caught.value.message
    with pytest.raises(Unreadable):
        read(path, "fast")


def test_a_letter_without_meaning_among_others_is_shown_as_unknown(tmp_path: Path) -> None:
    font, below = cid_font("Own", 6, unicode_map=7)
    letters = unicode_map({0x0101: "资", 0x0102: "金", 0x0104: "元"})
    path = raw_pdf(tmp_path / "a.pdf", "BT /F1 14 Tf 80 700 Td <0101010201030104> Tj ET", {"F1": font}, below, descriptor("Own"), letters)
    assert [p.text for _, p in paragraphs(document(path, "fast"))] == ["资金\ufffd元"]
    assert [p.text for _, p in paragraphs(document(path, "reference"))] == ["资金\ufffd元"]


# -- the differences that are known ------------------------------------------------------------------------------------


def texts(path: Path) -> tuple[list[str], list[str]]:
    """The paragraphs that pdfium and that pdfplumber gives."""
    ours, theirs = ([p.text for _, p in paragraphs(document(path, engine))] for engine in ("fast", "reference"))
    return ours, theirs


def test_the_text_that_a_file_tells_beside_a_drawing_counts(tmp_path: Path) -> None:
    """Chromium writes ―, where its font has one drawing for ― and —, and tells — beside it. pdfplumber does not look."""
    font, *parts = drawn_font("Own", "至―今")
    content = "BT /F1 14 Tf 80 700 Td (A) Tj /Span<</ActualText<FEFF2014>>>BDC (B) Tj EMC (C) Tj ET"
    path = raw_pdf(tmp_path / "a.pdf", content, {"F1": font}, *parts)
    assert texts(path) == (["至—今"], ["至―今"])


def test_a_letter_that_the_code_page_lacks_is_not_lost(tmp_path: Path) -> None:
    """pdfplumber's parser drops codes that the predefined code page of a font lacks, and moves what follows to their place."""
    assert texts(pdf(tmp_path / "a.pdf", rows("区直专项☑省对下转移支付"))) == (["区直专项☑省对下转移支付"], ["区直专项省对下转移支付"])


def test_fonts_drawn_in_the_file_have_no_name(tmp_path: Path) -> None:
    """pdfium tells no name of a Type 3 font, so its bold face is not known to be one."""
    font, *parts = drawn_font("Own-Bold", "项目")
    path = raw_pdf(tmp_path / "a.pdf", "BT /F1 14 Tf 80 700 Td (AB) Tj ET", {"F1": font}, *parts)
    ours, theirs = (read(path, engine).sheets[0].lines for engine in ("fast", "reference"))
    assert [(line.text, line.bold) for line in ours] == [("项目", False)]
    assert [(line.text, line.bold) for line in theirs] == [("项目", True)]


def test_text_printed_twice_counts_once(tmp_path: Path) -> None:
    """pdfium drops the second print; the lines are the same, and bold as before."""
    path = pdf(tmp_path / "a.pdf", doubled)
    assert [read(path, engine).sheets[0].page.characters for engine in ("fast", "reference")] == [13, 19]


def test_text_that_runs_down_the_page_stands_a_little_lower(tmp_path: Path) -> None:
    """pdfplumber's parser puts the em of such letters 0.12 em above the place where the file has it."""
    font = "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-V/DescendantFonts[5 0 R]>>"
    below = (
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 6 0 R>>"
    )
    content = "BT /F1 14 Tf 300 700 Td <9879 76EE 8D44 91D1> Tj ET"
    path = raw_pdf(tmp_path / "a.pdf", content, {"F1": font}, below, descriptor("STSong-Light"))
    ours, theirs = document(path, "fast"), document(path, "reference")
    assert structure(ours) == structure(theirs)
    assert round(furthest(ours, theirs), 2) == 1.68


@pytest.mark.parametrize(
    ("damage", "pages"),
    [
        pytest.param(lambda data: data[: len(data) * 9 // 10], 3, id="cut short"),
        pytest.param(lambda data: data[: data.rindex(b"trailer")], 3, id="without its trailer"),
        pytest.param(lambda data: b"\n" * 3000 + data, 3, id="behind other bytes"),
    ],
)
def test_a_damaged_file_is_mended_and_says_so(tmp_path: Path, damage: Callable[[bytes], bytes], pages: int) -> None:
    path = tmp_path / "damaged.pdf"
    path.write_bytes(damage((CORPUS / "culture-venues-2022.pdf").read_bytes()))
    read = document(path, "auto")
    assert (len(read.pages), [note.code for note in read.notes]) == (pages, ["mended"])
    assert "1,246,318.50元" in "".join(p.text for p in read.running_text)
    assert extract(path).status == "partial"


def test_only_the_reference_counts_odd_fonts(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", rows("项目绩效"))
    path.write_bytes(path.read_bytes().replace(b" g\n", b" zz g\n"))
    assert [note.code for note in document(path, "fast").notes] == []


# -- the tables --------------------------------------------------------------------------------------------------------

Edge = dict[str, Any]


def edge(way: str, place: int, start: int, end: int) -> Edge:
    box = (start, place, end, place) if way == "h" else (place, start, place, end)
    x0, top, x1, bottom = map(float, box)
    sides = {"x0": x0, "top": top, "x1": x1, "bottom": bottom, "doctop": top, "width": x1 - x0, "height": bottom - top}
    return {"object_type": "line", "orientation": way, **sides}


def bars(way: str) -> st.SearchStrategy[Edge]:
    """Rules on a grid of 5 points, whose means are exact: pdfplumber compares snapped places for equality."""
    steps = st.integers(0, 11)
    return st.builds(lambda place, start, length: edge(way, 5 * place, 5 * start, 5 * (start + length + 1)), steps, steps, steps)


def pdfplumbers(edges: list[Edge]) -> tuple[tuple[tuple[float, ...], ...], ...]:
    merged = utils.filter_edges(finder.merge_edges(edges, 3, 3, 3, 3), min_length=3)
    cells = finder.intersections_to_cells(finder.edges_to_intersections(merged, 1, 1))
    return tuple(map(tuple, finder.cells_to_tables(cells)))


@given(st.lists(bars("h"), min_size=2, max_size=20), st.lists(bars("v"), min_size=2, max_size=20))
def test_cells_are_those_of_pdfplumber(level: list[Edge], upright: list[Edge]) -> None:
    rects = [[(e["x0"], e["top"], e["x1"], e["bottom"]) for e in edges] for edges in (level, upright)]
    missing = [edge("h", int(y), int(x0), int(x1)) for x0, y, x1, _ in ruling.missing_rules(*rects)]
    ours = ruling.cells(ruling.Edges(rects[0], rects[1], len(level) + len(upright)))
    assert ours == pdfplumbers([*upright, *level, *missing])


def test_rules_at_nearly_one_place_are_one() -> None:
    level = [(0.0, y, 100.0, y) for y in (0.0, 1.5, 30.0)]
    upright = [(x, 0.0, x, 30.0) for x in (0.0, 50.0, 52.0, 100.0)]
    assert ruling.cells(ruling.Edges(level, upright, 7)) == (((0.0, 0.75, 51.0, 30.0), (51.0, 0.75, 100.0, 30.0)),)
