"""OFD: what is printed is what is read, in whatever manner the file was written; hostile files give one error."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from extractor import extract
from extractor.adapters import ofd_pictures
from extractor.layout import arrange
from extractor.model.document import Document, Unreadable
from extractor.model.pages import PdfPage
from extractor.model.printed import Printed
from extractor.read import read, recognise
from tests.corpus.build import CORPUS
from tests.corpus.test_producers import told
from tests.corpus.with_ofd import MANNERS, document, page_of, render, zipped

REPORTS = (
    ("district-health-2020", "lines"),
    ("agriculture-transfer-2022", "letters"),
    ("form-village-roads-2021", "converted"),
    ("projects-summary-2023", "words"),
    ("report-with-forms-2022", "template"),
    ("urban-management-2020", "converted"),
    ("form-clinic-equipment-2023", "words"),
)
AREA = "<PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea>"
LINE = "某项目年初预算一百万元"


def opened(folder: Path, parts: dict[str, str | bytes], name: str = "report.ofd") -> Printed:
    path = folder / name
    path.write_bytes(zipped(parts))
    made = read(path)
    assert isinstance(made, Printed)
    return made


def page(folder: Path, *objects: str, **more: str) -> Printed:
    """A file of one page with these objects."""
    return opened(folder, document([page_of(f"<Layer>{''.join(objects)}</Layer>")], AREA, **more))


def texts(printed: Printed) -> list[str]:
    return [line.text for sheet in printed.sheets for line in sheet.lines]


def text(inner: str, x: float = 20, y: float = 20, more: str = 'Size="5"') -> str:
    return f'<TextObject ID="3" Boundary="{x} {y} 100 10" Font="1" {more}>{inner}</TextObject>'


def code(told: str, more: str = 'X="0" Y="5"') -> str:
    return f"<TextCode {more}>{told}</TextCode>"


def rule(outline: str, more: str = "") -> str:
    return f'<PathObject ID="6" Boundary="20 100 100 50" {more}><AbbreviatedData>{outline}</AbbreviatedData></PathObject>'


def drawings(codes: int, *glyphs: int, first: int = 0) -> str:
    told = " ".join(map(str, glyphs))
    places = f'CodePosition="{first}" CodeCount="{codes}" GlyphCount="{len(glyphs)}"'
    return f"<CGTransform {places}><Glyphs>{told}</Glyphs></CGTransform>"


# --- the same report as PDF


@pytest.mark.parametrize(("name", "manner"), REPORTS)
def test_a_report_says_the_same_as_the_pdf(tmp_path: Path, name: str, manner: str) -> None:
    path = tmp_path / f"{name}.ofd"
    path.write_bytes(render(CORPUS / f"{name}.pdf", manner))
    assert told(path) == told(CORPUS / f"{name}.pdf")


@pytest.mark.parametrize("manner", MANNERS)
def test_figures_stand_where_they_stand_in_the_pdf(tmp_path: Path, manner: str) -> None:
    source, path = CORPUS / "river-works-2023.pdf", tmp_path / "river.ofd"
    path.write_bytes(render(source, manner))

    def places(file: Path) -> list[tuple[str, int | None, list[float]]]:
        evidence = (each for project in extract(file).projects if project.budget for each in project.budget.evidence)
        return [(each.quote, each.page, [side for box in each.boxes for side in box[1:]]) for each in evidence]

    ours, theirs = places(path), places(source)
    assert [each[:2] for each in ours] == [each[:2] for each in theirs] != []
    assert max(abs(one - other) for a, b in zip(ours, theirs, strict=True) for one, other in zip(a[2], b[2], strict=True)) < 1.0


def test_the_type_is_told_by_content(tmp_path: Path) -> None:
    made = opened(tmp_path, document([page_of(f"<Layer>{text(code(LINE))}</Layer>")], AREA), "report.pdf")
    assert made.media_type == "application/ofd"
    assert [note.code for note in made.notes] == ["extension_mismatch"]


def test_a_word_file_attached_does_not_make_it_one(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("word/document.xml", "<w/>")
    out = tmp_path / "report.ofd"
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("Doc_0/Attachs/note.docx", inner.getvalue())
        for name, content in document([page_of(f"<Layer>{text(code(LINE))}</Layer>")], AREA).items():
            file.writestr(name, content)
    assert texts(read(out)) == [LINE]  # type: ignore[arg-type]


# --- letters and their places


def test_steps_lead_from_letter_to_letter(tmp_path: Path) -> None:
    (line,) = page(tmp_path, text(code("预算100万元", 'X="2" Y="5" DeltaX="5 5 g 2 2.5 2.5 5"'))).sheets[0].lines
    assert line.text == "预算100万元"
    lefts = [round(box[1] * 25.4 / 72, 2) for box in line.boxes]
    assert lefts == [22.0, 27.0, 32.0, 34.5, 37.0, 39.5, 44.5]
    assert round((line.top + 0.88 * line.size) * 25.4 / 72, 2) == 25.0


def test_without_steps_letters_are_as_wide_as_they_are(tmp_path: Path) -> None:
    (line,) = page(tmp_path, text(code("预算100万元"))).sheets[0].lines
    assert [round((box[3] - box[1]) * 25.4 / 72, 2) for box in line.boxes] == [5, 5, 2.5, 2.5, 2.5, 5, 5]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("g 9 4.8", "年初预算数2021万元"),  # even, wide and narrow alike
        ("g 5 5.6 g 3 3.2 3.2 5.6", "年初预算数2021万元"),  # all letters apart
        ("g 5 5 2.5 4.5 2.5 2.5 5", "年初预算数20 21万元"),  # white in one place
        ("g 4 5 12 g 4 2.5 5", "年初预算数 2021万元"),
    ],
)
def test_white_between_letters_is_a_space_where_it_was_meant(tmp_path: Path, steps: str, expected: str) -> None:
    assert texts(page(tmp_path, text(code("年初预算数2021万元", f'X="0" Y="5" DeltaX="{steps}"')))) == [expected]


@pytest.mark.parametrize("more", ['size="5"', "", 'Size="0"'])
def test_letters_whose_size_a_writer_forgot_are_read(tmp_path: Path, more: str) -> None:
    assert texts(page(tmp_path, text(code(LINE), more=more))) == [LINE]


def test_pieces_of_an_object_go_on_where_no_place_is_told(tmp_path: Path) -> None:
    made = page(tmp_path, text(code("第一行", 'X="0" Y="5"') + code("第二行", 'Y="15"') + code("行尾", 'X="30"')))
    assert texts(made) == ["第一行", "第二行 行尾"]


def test_letters_below_each_other(tmp_path: Path) -> None:
    down = page(
        tmp_path, text(code("产出", 'X="0" Y="5" DeltaY="8"')), text(code("指标", 'X="20" Y="5"'), more='Size="5" ReadDirection="90"')
    )
    assert texts(down) == ["产 指", "标", "出"]


def test_the_matrix_scales_and_moves(tmp_path: Path) -> None:
    (line,) = page(tmp_path, text(code("预算", 'X="1" Y="2" DeltaX="1"'), 10, 20, 'Size="1" CTM="5 0 0 5 3 4"')).sheets[0].lines
    assert round(line.x0 * 25.4 / 72, 2) == 18.0
    assert round(line.size * 25.4 / 72, 2) == 5.0


@pytest.mark.parametrize("matrix", ["0 1 -1 0 50 0", "0.7 0.7 -0.7 0.7 0 0", "-1 0 0 -1 90 9"])
def test_turned_letters_are_no_lines_of_the_text(tmp_path: Path, matrix: str) -> None:
    made = page(
        tmp_path, text(code("机密文件请勿外传"), more=f'Size="5" CTM="{matrix}"'), *(text(code(LINE), 20, 100 + 10 * n) for n in range(3))
    )
    assert [line.text for line in made.sheets[0].lines if not line.slanted] == [LINE] * 3


def test_bold_and_red(tmp_path: Path) -> None:
    made = page(
        tmp_path,
        text(code("宋体"), 20, 20),
        text(code("黑体"), 20, 40).replace('Font="1"', 'Font="2"'),
        text(code("加粗"), 20, 60, 'Size="5" Weight="700"'),
    )
    assert [line.bold for line in made.sheets[0].lines] == [False, True, True]


def test_a_red_stamp_over_text_is_set_aside(tmp_path: Path) -> None:
    stamp = text(code("公章"), 30, 20, 'Size="5" DrawParam="6"')
    made = page(tmp_path, text(code(LINE)), stamp)
    assert [line.text for line in made.sheets[0].lines if not line.slanted] == [LINE]


def test_a_ligature_is_its_letters(tmp_path: Path) -> None:
    made = page(tmp_path, text(drawings(2, 77, first=1) + code("afib", 'X="0" Y="5" DeltaX="3 3"')))
    assert texts(made) == ["afib"]


def test_drawings_without_a_letter_are_unknown(tmp_path: Path) -> None:
    unknown = text(drawings(4, 7, 8, 9, 10) + code(""))
    made = page(tmp_path, unknown, *(text(code(LINE), 20, 40 + 10 * n) for n in range(3)))
    assert texts(made) == ["\ufffd" * 4, LINE, LINE, LINE]
    with pytest.raises(Unreadable, match="没有文字编码") as caught:
        page(tmp_path, unknown, text(code("页一"), 20, 40))
    assert caught.value.code == "no_text"


def test_letters_that_stand_for_anything_are_unknown(tmp_path: Path) -> None:
    invented = (text(drawings(6, *range(6 * n, 6 * n + 6)) + code("字字字字字字"), 20, 20 + 10 * n) for n in range(4))
    with pytest.raises(Unreadable, match="没有文字编码"):
        page(tmp_path, *invented)


def test_what_nobody_sees_is_not_read(tmp_path: Path) -> None:
    made = page(
        tmp_path,
        text(code(LINE)),
        text(code("隐藏"), 20, 40, 'Size="5" Visible="false"'),
        text(code("透明"), 20, 60, 'Size="5" Alpha="0"'),
        text(code("无墨"), 20, 80, 'Size="5" Fill="false"'),
        text(code("纸外"), 220, 80),
    )
    assert texts(made) == [LINE]


# --- rules


GRID = (("M 0 0 L 60 0 L 60 20 L 0 20 C", ""), ("M0 10L60 10M30 0L30 20", ""))


def test_tables_by_their_rules(tmp_path: Path) -> None:
    words = [
        text(code(word), x, y, 'Size="4"') for word, x, y in (("预算数", 22, 102), ("执行数", 52, 102), ("100", 22, 112), ("90", 52, 112))
    ]
    (table,) = page(tmp_path, *words, *(rule(outline, more) for outline, more in GRID)).sheets[0].tables
    assert [[line.text for line in cell.lines] for cell in table.cells] == [["预算数"], ["100"], ["执行数"], ["90"]]


def test_rules_that_nobody_sees_bound_nothing(tmp_path: Path) -> None:
    made = page(tmp_path, text(code(LINE)), *(rule(outline, 'Stroke="false"') for outline, _ in GRID))
    assert made.sheets[0].tables == ()


# --- pages, templates, documents


def test_blocks_within_blocks_and_composed_objects(tmp_path: Path) -> None:
    parts = document(
        [page_of(f'<Layer><PageBlock><PageBlock>{text(code(LINE))}</PageBlock></PageBlock><CompositeObject ID="7" Boundary="0 50 9 9" '
                 'ResourceID="70" CTM="2 0 0 2 0 0"/></Layer>')],
        AREA,
    )  # fmt: skip
    unit = f'<CompositeGraphicUnit ID="70"><Content>{text(code("组合"))}</Content></CompositeGraphicUnit>'
    parts["Doc_0/PublicRes.xml"] = f"<Res><CompositeGraphicUnits>{unit}</CompositeGraphicUnits></Res>"
    lines = opened(tmp_path, parts).sheets[0].lines
    assert [(line.text, round(line.size * 25.4 / 72, 1)) for line in lines] == [(LINE, 5.0), ("组合", 10.0)]


def test_templates_of_which_one_leads_back_to_itself(tmp_path: Path) -> None:
    layer = f"<Layer>{text(code(LINE), 20, 50)}</Layer>"
    head = page_of(f"<Layer>{text(code('页眉'), 20, 20)}</Layer>", '<Template TemplateID="2"/><Template TemplateID="1"/>')
    foot = page_of(f"<Layer>{text(code('页脚'), 20, 250)}</Layer>", '<Template TemplateID="1"/>')
    content = page_of(layer, '<Template TemplateID="1" ZOrder="Foreground"/><Template TemplateID="9"/>')
    made = opened(tmp_path, document([content], AREA, {"1": head, "2": foot}))
    assert texts(made) == ["页眉", LINE, "页脚"]


def test_templates_that_name_each_other_are_drawn_once_a_page(tmp_path: Path) -> None:
    named = "".join(f'<Template TemplateID="{n}"/>' for n in range(12))
    templates = {str(n): page_of(f"<Layer>{text(code('第' + str(n)), 20, 20 + 20 * n)}</Layer>", named) for n in range(12)}
    made = opened(tmp_path, document([page_of("<Layer/>", named)] * 2, AREA, templates))
    assert [len(sheet.lines) for sheet in made.sheets] == [12, 12]


def test_documents_in_one_file_one_after_the_other(tmp_path: Path) -> None:
    parts = document([page_of(f"<Layer>{text(code('甲' + LINE))}</Layer>")], AREA)
    other = document([page_of(f"<Layer>{text(code('乙' + LINE))}</Layer>")], AREA)
    parts |= {name.replace("Doc_0", "Doc_1"): content for name, content in other.items() if name != "OFD.xml"}
    bodies = "".join(f"<DocBody><DocRoot>/Doc_{n}/Document.xml</DocRoot></DocBody>" for n in range(2))
    parts["OFD.xml"] = f"<OFD>{bodies}</OFD>"
    made = opened(tmp_path, parts)
    assert texts(made) == ["甲" + LINE, "乙" + LINE]
    assert [sheet.page.number for sheet in made.sheets] == [1, 2]
    assert [note.code for note in made.notes] == ["several_documents"]


def test_the_current_version_is_read(tmp_path: Path) -> None:
    parts = document([page_of(f"<Layer>{text(code('旧版'))}</Layer>")], AREA)
    new = document([page_of(f"<Layer>{text(code('新版'))}</Layer>")], AREA)
    parts |= {name.replace("Doc_0", "Doc_0/V2"): content for name, content in new.items() if name != "OFD.xml"}
    parts["Doc_0/V2.xml"] = "<DocVersion><DocRoot>/Doc_0/V2/Document.xml</DocRoot></DocVersion>"
    parts["OFD.xml"] = (
        "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot><Versions>"
        '<Version ID="1" Current="true" BaseLoc="Doc_0/V2.xml"/></Versions></DocBody></OFD>'
    )
    assert texts(opened(tmp_path, parts)) == ["新版"]


def test_the_sheet_need_not_begin_at_zero(tmp_path: Path) -> None:
    area = "<Area><PhysicalBox>10 20 100 80</PhysicalBox></Area>"
    made = opened(tmp_path, document([page_of(f"<Layer>{text(code(LINE), 30, 40)}</Layer>", area)], AREA))
    assert (round(made.sheets[0].page.width), round(made.sheets[0].page.height)) == (283, 227)
    assert round(made.sheets[0].lines[0].x0 * 25.4 / 72, 1) == 20.0


def test_attachments_are_said(tmp_path: Path) -> None:
    parts = document([page_of(f"<Layer>{text(code(LINE))}</Layer>")], AREA)
    parts["Doc_0/Document.xml"] = str(parts["Doc_0/Document.xml"]).replace(
        "</ofd:Document>", "<ofd:Attachments>A.xml</ofd:Attachments></ofd:Document>"
    )
    parts["Doc_0/A.xml"] = '<Attachments><Attachment ID="1" Name="明细.xlsx"><FileLoc>x.xlsx</FileLoc></Attachment></Attachments>'
    (note,) = opened(tmp_path, parts).notes
    assert (note.code, note.message) == ("embedded_part", "附件 1 个（明细.xlsx），未读取")


PREFIXED = re.sub(r"<(/?)", r"<\1ofd:", page_of(f"<Layer>{text(code(LINE))}</Layer>"))


@pytest.mark.parametrize(
    "content",
    [
        PREFIXED,
        page_of(f"<Layer>{text(code(LINE + chr(1)))}</Layer>"),
        ('<?xml version="1.0" encoding="GB2312"?>' + page_of(f"<Layer>{text(code(LINE))}</Layer>")).encode("gb18030"),
        page_of(f"<Layer>{text(code(LINE))}</Layer>").encode("gb18030"),
        b"\xef\xbb\xbf" + page_of(f"<Layer>{text(code(LINE))}</Layer>").encode(),
    ],
    ids=["prefix never declared", "sign unknown to XML", "GB2312", "GBK unsaid", "mark of order"],
)
def test_flaws_of_writers(tmp_path: Path, content: str | bytes) -> None:
    parts = document([""], AREA)
    parts["Doc_0/Pages/Page_0/Content.xml"] = content
    assert texts(opened(tmp_path, parts)) == [LINE]


# --- pictures


def scan(folder: Path, kind: str = "PNG", mode: str = "L", before: str = "", after: str = "", more: str = "") -> Printed:
    """A page with a picture all over it, the objects before and after it, and a page of text."""
    picture = io.BytesIO()
    Image.new(mode, (60, 80)).save(picture, "PNG")
    image = f'<ImageObject ID="5" Boundary="0 0 210 297" ResourceID="30" {more}/>'
    parts = document([page_of(f"<Layer>{before}{image}{after}</Layer>"), page_of(f"<Layer>{text(code(LINE))}</Layer>")], AREA)
    parts["Doc_0/PublicRes.xml"] = (
        '<Res BaseLoc="Res"><MultiMedias><MultiMedia ID="30" Type="Image"><MediaFile>a.img</MediaFile></MultiMedia></MultiMedias></Res>'
    )
    parts["Doc_0/Res/a.img"] = picture.getvalue() if kind == "PNG" else b"\x97JB2\r\n"
    return opened(folder, parts)


PROSE = "".join(text(code(LINE), 20, 20 + 10 * n) for n in range(9))


def test_a_page_that_is_a_picture_is_said(tmp_path: Path) -> None:
    (note,) = scan(tmp_path).notes
    assert (note.code, note.page) == ("no_text_page", 1)


def test_a_picture_of_a_kind_that_is_not_opened_is_said(tmp_path: Path) -> None:
    (note,) = scan(tmp_path, "JBIG2").notes
    assert (note.code, note.page) == ("unreadable_page", 1)
    assert "格式不支持" in note.message


@pytest.mark.parametrize(
    ("objects", "numbers"),
    [
        ({}, [1]),
        ({"before": PROSE}, [1]),
        ({"before": PROSE, "mode": "RGBA"}, []),
        ({"before": PROSE, "more": 'Alpha="60"'}, []),
        ({"after": PROSE}, []),
        ({"after": PROSE.replace("<TextObject", '<TextObject Alpha="0"')}, [1]),
        ({"after": text(code("- 1 -"))}, [1]),
    ],
    ids=["alone", "over text", "watermark", "pale", "under text", "under text without ink", "numbered"],
)
def test_pictures_with_hardly_a_word_upon_them_are_recognised(tmp_path: Path, objects: dict[str, str], numbers: list[int]) -> None:
    asked: list[int] = []

    def recogniser(data: bytes, needing: Sequence[int]) -> dict[int, PdfPage]:
        asked.extend(needing)
        return {}

    scan(tmp_path, **objects)
    path = tmp_path / "report.ofd"
    read(path, recogniser=recogniser)
    assert asked == numbers


@pytest.mark.skipif(not recognise.is_installed(), reason="needs the extra: pip install 'jixiao-extractor[ocr]'")
@pytest.mark.parametrize("matrix", ["", 'CTM="210 0 0 297 0 0"', 'CTM="0 297 -210 0 210 0"'], ids=["filling", "matrix", "turned"])
def test_the_picture_of_a_page_is_as_it_lies_on_it(tmp_path: Path, matrix: str) -> None:
    picture = Image.new("RGB", (200, 100), "white")
    picture.paste("black", (0, 0, 100, 50))
    out = io.BytesIO()
    picture.save(out, "PNG")
    parts = document([page_of(f'<Layer><ImageObject ID="5" Boundary="0 0 210 297" ResourceID="30" {matrix}/></Layer>')], AREA)
    parts["Doc_0/PublicRes.xml"] = '<Res><MultiMedias><MultiMedia ID="30"><MediaFile>a.png</MediaFile></MultiMedia></MultiMedias></Res>'
    parts["Doc_0/a.png"] = out.getvalue()
    pixels, width, height = ofd_pictures.page(zipped(parts), 1, 1.0, 4000)
    assert (round(width), round(height)) == (595, 842)
    rows, columns = pixels.shape[:2]
    corners = [pixels[y * rows // 4, x * columns // 4, 0] < 128 for x, y in ((1, 1), (3, 1), (1, 3), (3, 3))]
    assert corners == ([False, True, False, False] if "-210" in matrix else [True, False, False, False])


GLYPH = "M 0 0 L 4 0 L 4 4 L 0 4 C M 1 1 Q 2 0 3 1 L 3 3 B 3 3 2 4 1 3 C "


def test_letters_drawn_as_shapes_are_recognised(tmp_path: Path) -> None:
    outlines = "".join(
        rule(GLYPH, f'Fill="true" Stroke="false" Rule="Even-Odd" CTM="1 0 0 1 {5 * (n % 20)} {5 * (n // 20)}"') for n in range(400)
    )
    parts = document([page_of(f"<Layer>{outlines}</Layer>"), page_of(f"<Layer>{text(code(LINE))}</Layer>")], AREA)
    (note,) = opened(tmp_path, parts).notes
    assert (note.code, note.page) == ("no_text_page", 1)
    with pytest.raises(recognise.Handed) as handed:
        read(tmp_path / "report.ofd", recogniser=recognise.hand_back)
    assert handed.value.numbers == (1,)


@pytest.mark.skipif(not recognise.is_installed(), reason="needs the extra: pip install 'jixiao-extractor[ocr]'")
def test_shapes_are_drawn_with_their_holes_in_their_colours(tmp_path: Path) -> None:
    paper = '<PathObject ID="5" Boundary="0 0 210 297" Fill="true" Stroke="false"><FillColor Value="255 255 255"/>{}</PathObject>'
    white = paper.format("<AbbreviatedData>M 0 0 L 210 0 L 210 297 L 0 297 C</AbbreviatedData>")
    ring = rule("M 0 0 L 40 0 L 40 40 L 0 40 C M 10 10 L 30 10 L 30 30 L 10 30 C", 'Fill="true" Stroke="false" Rule="Even-Odd"')
    pixels, *_ = ofd_pictures.page(zipped(document([page_of(f"<Layer>{white}{ring}</Layer>")], AREA)), 1, 72 / 25.4, 4000)
    scale = pixels.shape[0] / 297
    seen = [pixels[int(y * scale), int(x * scale), 0] < 128 for x, y in ((25, 105), (40, 120), (55, 135), (15, 105), (70, 120))]
    assert seen == [True, False, True, False, False]


# --- hostile files


BASE = document([page_of(f"<Layer>{text(code(LINE))}</Layer>")], AREA)
CONTENT = "Doc_0/Pages/Page_0/Content.xml"
LAUGHS = '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({**BASE, CONTENT: LAUGHS + page_of(f"<Layer>{text(code('&b;'))}</Layer>")}, "broken"),
        ({**BASE, "OFD.xml": "<OFD><DocBody><DocRoot>../../../etc/passwd</DocRoot></DocBody></OFD>"}, "broken"),
        ({**BASE, "OFD.xml": "<OFD"}, "broken"),
        ({**BASE, CONTENT: str(BASE[CONTENT])[:-60]}, "broken"),
        ({**BASE, CONTENT: page_of("<Layer>" + "<PageBlock>" * 10_000 + "</PageBlock>" * 10_000 + "</Layer>")}, "broken"),
        ({name: content for name, content in BASE.items() if name != CONTENT}, "broken"),
        ({"OFD.xml": BASE["OFD.xml"], "Encryptions.xml": "<Encryptions/>", "entriesmap.dat": b"\0"}, "encrypted"),
        ({**BASE, CONTENT: page_of("<Layer/>")}, "no_text"),
        ({**BASE, CONTENT: " " * (130 << 20)}, "too_large"),
    ],
    ids=["laughs", "out of the package", "no XML", "cut off", "nested", "no page", "enciphered", "blank", "bomb"],
)
def test_hostile_files_give_one_error(tmp_path: Path, parts: dict[str, str | bytes], expected: str) -> None:
    with pytest.raises(Unreadable) as caught:
        opened(tmp_path, parts)
    assert caught.value.code == expected
    assert "report.ofd" in caught.value.message


def test_truncated_and_locked(tmp_path: Path) -> None:
    data, path = zipped(BASE), tmp_path / "report.ofd"
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert caught.value.code == "broken"
    locked = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := locked.find(mark, at + 1)) >= 0:
            locked[at + place] |= 1
    path.write_bytes(locked)
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert caught.value.code == "encrypted"


def test_composed_objects_that_multiply(tmp_path: Path) -> None:
    parts = document([page_of('<Layer><CompositeObject ID="1" ResourceID="0"/></Layer>')], AREA)
    units = "".join(
        f'<CompositeGraphicUnit ID="{n}"><Content>{f"""<CompositeObject ResourceID="{n + 1}"/>""" * 30}</Content></CompositeGraphicUnit>'
        for n in range(9)
    )
    parts["Doc_0/PublicRes.xml"] = f"<Res><CompositeGraphicUnits>{units}</CompositeGraphicUnits></Res>"
    with pytest.raises(Unreadable) as caught:
        opened(tmp_path, parts)
    assert caught.value.code == "too_large"


def test_steps_pages_and_sizes_beyond_measure(tmp_path: Path) -> None:
    wild = [
        text(code(LINE, 'X="0" Y="5" DeltaX="g 999999999 5"')),
        text(code(LINE, 'X="nan" Y="1e400"'), 20, 40),
        text(code("远"), 1e5, 20),
        rule("M 0 0 L 1e30 0 Q 1 A x L"),
        text(
            "<CGTransform CodePosition='0' CodeCount='999999999' GlyphCount='999999999'><Glyphs>1 2</Glyphs></CGTransform>" + code(LINE),
            20,
            60,
        ),
    ]
    assert texts(page(tmp_path, *wild)) == [LINE, LINE, LINE]


def test_a_hundred_thousand_objects(tmp_path: Path) -> None:
    objects = "".join(text(code("数"), n % 200, n // 400) for n in range(100_000))
    made = page(tmp_path, objects)
    assert sum(len(line.text) for line in made.sheets[0].lines) > 10_000


def test_the_document_knows_its_pages(tmp_path: Path) -> None:
    made: Document = arrange(page(tmp_path, text(code(LINE))))
    (paragraph,) = made.running_text
    assert (paragraph.text, paragraph.page) == (LINE, 1)
