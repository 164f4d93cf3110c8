"""PDF pages become lines with a box for every character, and ruled cells."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractor.layout import arrange
from extractor.model.document import Document, Role, Unreadable
from extractor.model.pages import Run
from extractor.model.printed import Line
from extractor.read import read
from extractor.read.lines import lines_of
from tests.read.pages import FONT, both, boxes, pdf, rows


def lines(path: Path) -> list[Line]:
    return [line for sheet in read(path).sheets for line in sheet.lines]


def document(path: Path) -> Document:
    return arrange(read(path))


def test_every_character_has_its_box(tmp_path: Path) -> None:
    (line,) = lines(pdf(tmp_path / "a.pdf", rows("资金20万元")))
    assert line.text == "资金20万元"
    assert len(line.boxes) == 6
    page, x0, _, x1, _ = line.boxes[0]
    assert (page, x0, x1) == (1, 80.0, 94.0)
    assert line.size == 14.0


def test_pages_are_counted_with_their_characters(tmp_path: Path) -> None:
    printed = read(pdf(tmp_path / "a.pdf", rows("第一页内容"), rows("第二页")))
    assert [(s.page.number, s.page.width, s.page.height, s.page.characters) for s in printed.sheets] == [
        (1, 595.0, 842.0, 5),
        (2, 595.0, 842.0, 3),
    ]
    assert printed.media_type == "application/pdf"
    assert len(printed.sha256) == 64


def test_doubled_characters_are_one_and_bold(tmp_path: Path) -> None:
    def doubled(canvas: Canvas) -> None:
        for shift in (0.0, 0.4):
            canvas.drawString(80.0 + shift, 700.0, "一、基本情况")

    (line,) = lines(pdf(tmp_path / "a.pdf", doubled))
    assert (line.text, line.bold) == ("一、基本情况", True)


def test_repeated_characters_are_not_doubled_ones(tmp_path: Path) -> None:
    (line,) = lines(pdf(tmp_path / "a.pdf", rows("谢谢，共1100元")))
    assert (line.text, line.bold) == ("谢谢，共1100元", False)


def test_a_raised_figure_is_no_digit_of_the_number_before_it(tmp_path: Path) -> None:
    def raised(canvas: Canvas) -> None:
        canvas.drawString(80.0, 700.0, "支出120")
        canvas.setFont(FONT, 7)
        canvas.drawString(80.0 + 28 + 21 + 3, 707.0, "1")

    (line,) = lines(pdf(tmp_path / "a.pdf", raised))
    assert line.text == "支出120¹"


def test_the_mark_of_a_note_stays_in_its_line_however_high_it_stands(tmp_path: Path) -> None:
    def noted(canvas: Canvas) -> None:
        text = canvas.beginText(80.0, 700.0)
        text.textOut("全年预算120万元")
        text.setRise(7)
        text.setFont(FONT, 12)
        text.textOut("[1]")
        text.setRise(0)
        text.setFont(FONT, 14)
        text.textOut("。其余另计。")
        canvas.drawText(text)

    (line,) = lines(pdf(tmp_path / "a.pdf", noted))
    assert line.text == "全年预算120万元[¹]。其余另计。"


def test_rows_of_cells_beside_each_other_are_not_mixed(tmp_path: Path) -> None:
    beside = both(rows("总体目标", top=107.0), rows("完成改造并开放，", "接待观众。", x=240.0, pitch=14.0))
    assert [line.text for line in lines(pdf(tmp_path / "a.pdf", beside))] == ["完成改造并开放，", "总体目标", "接待观众。"]


def test_ruled_text_stays_out_of_the_running_text(tmp_path: Path) -> None:
    grid = boxes([80.0, 200.0, 320.0], [200.0, 230.0, 260.0])
    texts = both(rows("名称", "资金", x=90.0, top=207.0, pitch=30.0), rows("工程", "12.5", x=210.0, top=207.0, pitch=30.0))
    made = document(pdf(tmp_path / "a.pdf", both(rows("一、资金情况"), grid, texts)))
    assert [p.text for p in made.running_text] == ["一、资金情况"]
    assert [[cell.text if cell else None for cell in row] for row in made.tables[0].grid] == [["名称", "工程"], ["资金", "12.5"]]


@pytest.mark.parametrize("levels", [[40.0, 800.0], [40.0, 80.0, 800.0]], ids=["frame", "frame and head"])
def test_a_frame_around_the_page_is_no_table(tmp_path: Path, levels: list[float]) -> None:
    frame = boxes([40.0, 555.0], levels)
    made = document(pdf(tmp_path / "a.pdf", both(frame, rows("　　一、基本情况", "　　项目已经完成。"))))
    assert [p.text for p in made.running_text] == ["一、基本情况", "项目已经完成。"]
    assert not made.tables


def test_a_table_left_open_by_the_page_break_is_closed(tmp_path: Path) -> None:
    def open_below(canvas: Canvas) -> None:
        for level in (200.0, 230.0):
            canvas.line(80.0, 842.0 - level, 320.0, 842.0 - level)
        for x in (80.0, 200.0, 320.0):
            canvas.line(x, 642.0, x, 582.0)
        rows("名称", "资金", x=90.0, top=207.0, pitch=30.0)(canvas)

    made = document(pdf(tmp_path / "a.pdf", open_below))
    assert (made.tables[0].rows, made.tables[0].columns) == (2, 2)
    assert not made.running_text


def test_a_round_seal_over_the_text_is_set_aside(tmp_path: Path) -> None:
    def seal(canvas: Canvas) -> None:
        rows("　　项目单位：松岭县水利局", "　　填报日期：三月")(canvas)
        canvas.setFillColorRGB(0.9, 0.1, 0.1)
        for turn, char in zip((60, 20, -20, -60), "松岭印章", strict=True):
            canvas.saveState()
            canvas.translate(250.0, 710.0)
            canvas.rotate(turn)
            canvas.drawString(0.0, 30.0, char)
            canvas.restoreState()

    made = document(pdf(tmp_path / "a.pdf", seal))
    assert [p.text for p in made.running_text] == ["项目单位：松岭县水利局", "填报日期：三月"]
    assert [(p.role, p.text) for p in made.furniture] == [(Role.SEAL, "松岭印章")]


def test_upright_letters_within_a_red_ring_belong_to_the_seal(tmp_path: Path) -> None:
    def seal(canvas: Canvas) -> None:
        rows("　　项目单位：松岭县水利局")(canvas)
        canvas.setFillColorRGB(0.9, 0.1, 0.1)
        for turn, char in zip((70, -70), "松岭", strict=True):
            canvas.saveState()
            canvas.translate(250.0, 600.0)
            canvas.rotate(turn)
            canvas.drawString(0.0, 30.0, char)
            canvas.restoreState()
        canvas.drawString(243.0, 604.0, "章")

    made = document(pdf(tmp_path / "a.pdf", seal))
    assert [p.text for p in made.running_text] == ["项目单位：松岭县水利局"]
    assert sorted("".join(p.text for p in made.furniture).replace(" ", "")) == sorted("松岭章")


def test_a_red_heading_is_no_seal(tmp_path: Path) -> None:
    def heading(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.9, 0.1, 0.1)
        rows("松岭县水利局文件")(canvas)
        canvas.setFillColorRGB(0, 0, 0)
        rows("　　项目已经完成。", top=160.0)(canvas)

    assert [p.text for p in document(pdf(tmp_path / "a.pdf", heading)).running_text] == ["松岭县水利局文件", "项目已经完成。"]


def test_a_mark_that_hangs_over_the_border_stays_in_its_cell(tmp_path: Path) -> None:
    grid = boxes([80.0, 136.0, 320.0], [200.0, 230.0])
    made = document(pdf(tmp_path / "a.pdf", both(grid, rows("目标值，", x=93.0, top=207.0), rows("得分", x=200.0, top=207.0))))
    assert [cell.text for cell in made.tables[0].cells] == ["目标值，", "得分"]


def test_a_ligature_is_its_letters() -> None:
    (line,) = lines_of([Run(["ﬁ"], [10.0], [18.0], 10.0, 22.0, 12.0)], 1)
    assert (line.text, tuple(line.boxes)) == ("fi", ((1, 10.0, 10.0, 14.0, 22.0), (1, 14.0, 10.0, 18.0, 22.0)))


def test_text_beside_the_page_is_not_read(tmp_path: Path) -> None:
    (line,) = lines(pdf(tmp_path / "a.pdf", both(rows("可见"), rows("不可见", x=700.0))))
    assert line.text == "可见"


def test_a_page_without_text_is_noted(tmp_path: Path) -> None:
    def picture(canvas: Canvas) -> None:
        canvas.drawInlineImage(_dot(tmp_path), 0, 0, 595, 842)

    made = read(pdf(tmp_path / "a.pdf", rows("项目绩效"), picture))
    assert [(note.code, note.page) for note in made.notes] == [("no_text_page", 2)]


def _dot(folder: Path) -> str:
    from PIL import Image

    path = folder / "dot.png"
    Image.new("RGB", (2, 2), "white").save(path)
    return str(path)


def unreadable(path: Path) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert path.name in caught.value.message
    assert "\n" not in caught.value.message
    return caught.value


def test_a_scan_asks_for_ocr(tmp_path: Path) -> None:
    picture = ImageReader(Image.new("L", (595, 842), 200))
    problem = unreadable(pdf(tmp_path / "a.pdf", lambda canvas: canvas.drawImage(picture, 0, 0, 595, 842)))
    assert problem.code == "no_text"
    assert "需要文字识别（OCR）" in problem.message


def test_an_empty_page_asks_for_another_file(tmp_path: Path) -> None:
    problem = unreadable(pdf(tmp_path / "a.pdf", lambda canvas: canvas.rect(10, 10, 100, 100)))
    assert problem.code == "no_text"
    assert "页面空白，没有文字，也没有带字的图像；请核对文件后重新导出" in problem.message


def test_a_locked_file_is_told_from_a_broken_one(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("open", "own"))
    canvas.drawString(80, 700, "text")
    canvas.save()
    assert unreadable(path).code == "encrypted"


def test_a_file_that_only_its_owner_may_change_is_read(tmp_path: Path) -> None:
    path = tmp_path / "owned.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("", "own"))
    canvas.drawString(80, 700, "text")
    canvas.save()
    assert [line.text for line in lines(path)] == ["text"]


@pytest.mark.parametrize("keep", [9, 400])
def test_a_cut_file_is_broken(tmp_path: Path, keep: int) -> None:
    whole = pdf(tmp_path / "a.pdf", rows("项目绩效")).read_bytes()
    path = tmp_path / "cut.pdf"
    path.write_bytes(whole[:keep])
    assert unreadable(path).code == "broken"


def test_no_bytes_whatever_raise_anything_but_unreadable(tmp_path: Path) -> None:
    whole = pdf(tmp_path / "a.pdf", rows("项目绩效自评", "资金20万元")).read_bytes()
    path = tmp_path / "changed.pdf"
    codes = set()
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        path.write_bytes(whole[:place] + b"\xff" + whole[place + 1 :])
        codes.add(outcome(path))
    assert "read" in codes
    assert codes <= {"read", "broken", "no_text", "encrypted", "not_a_pdf"}


def outcome(path: Path) -> str:
    try:
        arrange(read(path))
    except Unreadable as problem:
        return problem.code
    return "read"


def test_warnings_of_the_parser_stay_off_the_terminal(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = pdf(tmp_path / "a.pdf", rows("项目绩效"))
    path.write_bytes(path.read_bytes().replace(b"/FontDescriptor", b"/FontDescriptoX").replace(b" g\n", b" zz g\n"))
    outcome(path)
    assert not caplog.records
