"""Lines around tables: a frame that holds a table is no cell of it, a border beside its cells is no table of its own."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extractor.pipeline import extract, load

COLUMNS = (60, 160, 260, 360)
FIRST = (("指标", "目标值", "完成值"), ("清淤长度", "9公里", "9公里"), ("检修闸门", "4座", "4座"))
SECOND = (("满意度", "90%", "92%"), ("总分", "100", "98"))


def canvas(path: Path) -> Canvas:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    made = Canvas(str(path), pagesize=(420, 300))
    made.setFont("STSong-Light", 11)
    return made


def table(page: Canvas, rows: tuple[tuple[str, ...], ...], top: float) -> None:
    for row, cells in enumerate(rows):
        for place, text in enumerate(cells):
            left, low = COLUMNS[place], top - 30 * (row + 1)
            page.rect(left, low, 100, 30)
            page.drawString(left + 6, low + 10, text)


def rows_of(path: Path) -> list[list[list[str]]]:
    return [[[cell.text if cell else "" for cell in row] for row in own.grid] for own in load(path).tables]


def test_a_frame_around_a_table_is_no_cell(tmp_path: Path) -> None:
    page = canvas(tmp_path / "frame.pdf")
    page.rect(54, 150, 306, 96)  # the right edges are one line, as where a table fills the cell that it is set into
    table(page, FIRST, 240)
    page.save()
    assert rows_of(tmp_path / "frame.pdf") == [[list(row) for row in FIRST]]


def test_a_border_beside_the_cells_does_not_part_a_table_from_its_rest(tmp_path: Path) -> None:
    page = canvas(tmp_path / "border.pdf")
    table(page, FIRST, 112)
    page.showPage()
    page.setFont("STSong-Light", 11)
    table(page, SECOND, 280)
    page.setLineWidth(0.5)
    for low in (281, 219):
        page.line(59, low, 361, low)
    for place, line in enumerate(("【打印】 【关闭】", "相关阅读", "·  2024年预算调整方案    ·  财政收入完成情况")):
        page.drawString(60, 190 - 20 * place, line)
    page.save()
    assert rows_of(tmp_path / "border.pdf")[0] == [list(row) for row in (*FIRST, *SECOND)]


def test_what_stands_at_the_head_of_a_page_is_no_title(tmp_path: Path) -> None:
    page = canvas(tmp_path / "head.pdf")
    for size, height, line in ((9, 280, "绩效自评材料"), (18, 240, "柏川县水务站2022年度"), (16, 215, "河道整治项目绩效自评报告")):
        page.setFont("STSong-Light", size)
        page.drawString(100, height, line)
    page.setFont("STSong-Light", 11)
    page.drawString(60, 170, "一、资金情况")
    page.drawString(60, 150, "全年预算80万元，实际支出72万元，预算执行率90%。")
    page.save()
    report = extract(tmp_path / "head.pdf")
    assert (report.title, report.unit) == ("柏川县水务站2022年度河道整治项目绩效自评报告", "柏川县水务站")
