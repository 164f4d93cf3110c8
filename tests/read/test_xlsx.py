"""Workbooks: equal to the same report as PDF; what a reader sees of numbers, merged cells and hidden rows; hostile ones give one error."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from extractor.adapters import calamine, libreoffice, spreadsheetml
from extractor.cli import main
from extractor.model.books import WORKPAPER
from extractor.model.document import Document, Table, Unreadable
from extractor.model.flow import Flow, Piece
from extractor.pipeline import extract, load
from extractor.read import read
from extractor.read.number_formats import displayed
from extractor.read.sheets import letters
from tests.corpus.build import CORPUS
from tests.corpus.source import load as source_of
from tests.corpus.test_producers import told
from tests.read.books import MANNERS, Manner, raw, workbook, zipped

REPORTS = (
    "form-village-roads-2021",
    "form-clinic-equipment-2023",
    "form-county-welfare-2023",
    "department-veterans-2022",
    "projects-summary-2023",
    "report-with-forms-2022",
    "district-health-2020",
    "school-projects-2023",
)
needs_office = pytest.mark.skipif(libreoffice.office() is None, reason="LibreOffice is not installed")


def saved(folder: Path, data: bytes, name: str = "book.xlsx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def made(folder: Path, fill: Callable[[Workbook, Worksheet], Any], sheet: str = "Sheet1") -> Path:
    """A workbook whose first sheet is filled by a function."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        fill(book, book.add_worksheet(sheet))
    return saved(folder, out.getvalue())


def rows(table: Table) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in table.grid]


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.running_text]


# --- the same report as PDF


@cache
def printed(name: str) -> dict[str, Any]:
    return told(CORPUS / f"{name}.pdf")


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_says_the_same_as_the_pdf(tmp_path: Path, name: str, manner: str) -> None:
    assert told(saved(tmp_path, workbook(source_of(name), MANNERS[manner]))) == printed(name)


@pytest.mark.parametrize("manner", [Manner(parted=True), Manner(repeated=True)], ids=["blank", "repeated"])
@pytest.mark.parametrize(
    "name", ["form-village-roads-2021", "department-veterans-2022", "form-museum-display-2022", "report-with-forms-2022"]
)
def test_merged_cells_that_were_taken_apart_cost_nothing(tmp_path: Path, name: str, manner: Manner) -> None:
    assert told(saved(tmp_path, workbook(source_of(name), manner))) == printed(name)


@pytest.mark.parametrize("repeated", [False, True])
def test_a_list_whose_merged_cells_were_taken_apart_names_each_project_once(tmp_path: Path, repeated: bool) -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        line = book.add_format({"border": 1})
        head = ["序号", "项目名称", "预算数（万元）", "执行数（万元）", "绩效指标", "目标值", "完成值", "分值", "得分"]
        one, two = [1, "沟渠清淤", 56, 52], [2, "文化下乡", 20, 20]
        rest = [["清淤长度", "≥8公里", "8公里", 60, 60], ["受益户数", "≥100户", "120户", 40, 40], ["演出场次", "≥40场", "44场", 100, 100]]
        for row, words in enumerate([head, one + rest[0], (one if repeated else [""] * 4) + rest[1], two + rest[2]]):
            sheet.write_row(row, 0, words, line)

    report = extract(made(tmp_path, fill))
    assert [(project.name, len(project.indicators)) for project in report.projects] == [("沟渠清淤", 2), ("文化下乡", 1)]
    assert [finding for finding in report.findings if finding.severity != "info"] == []


@pytest.mark.parametrize("points", [25, "25分"])
def test_equal_points_at_the_left_count_each(tmp_path: Path, points: int | str) -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        line = book.add_format({"border": 1})
        sheet.write_row(0, 0, ["分值", "一级指标", "三级指标", "指标值", "完成值", "得分"], line)
        for row, name in enumerate(["疏浚河道", "加固堤防", "增设泵站", "沿岸绿化"], 1):
            sheet.write_row(row, 0, [points, "产出指标", name, f"≥{row + 3}处", f"{row + 4}处", 25], line)
        sheet.write_row(5, 0, [100, "合计", "", "", "", 100], line)

    report = extract(made(tmp_path, fill))
    assert [row.weight.value if row.weight else None for row in report.projects[0].indicators] == ["25"] * 4
    assert [finding for finding in report.findings if finding.severity != "info"] == []


def test_a_changed_figure_makes_another_report(tmp_path: Path) -> None:
    name = "form-village-roads-2021"
    figure = next(figure for figure, written in source_of(name).figures.items() if figure.endswith("executed") and written)
    assert told(saved(tmp_path, workbook(source_of(name).changing({figure: "1.25"})))) != printed(name)


@needs_office
@pytest.mark.parametrize(
    ("name", "kind", "notes"),
    [
        ("form-village-roads-2021", "xls", []),
        ("department-veterans-2022", "xls", []),
        ("report-with-forms-2022", "xls", []),
        ("form-county-welfare-2023", "ods", ["converted"]),
        ("projects-summary-2023", "ods", ["converted"]),
    ],
)
def test_other_workbooks_say_the_same(tmp_path: Path, name: str, kind: str, notes: list[str]) -> None:
    path = saved(tmp_path, libreoffice.converted(workbook(source_of(name)), ".xlsx", kind), f"book.{kind}")
    assert told(path) == printed(name)
    assert [note.code for note in extract(path).notes] == notes


# --- numbers as they are shown


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        ("0.8", "0%", "80%"),
        ("0.955", "0.0%", "95.5%"),
        ("0.28999999999999998", "0.00%", "29.00%"),
        ("1.005", "0.00", "1.01"),
        ("1234.5", "#,##0.00", "1,234.50"),
        ("1234567", "#,##0", "1,234,567"),
        ("0.5", "0.##", "0.5"),
        ("5", "0.##", "5"),
        ("5", "000", "005"),
        ("-3", "0.0;(0.0)", "(3.0)"),
        ("-1234.567", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-1,234.57"),
        ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("0", "0;-0;;@", ""),
        ("1234.5", "[$¥-804]#,##0.00", "¥1,234.50"),
        ("1234.5", '#,##0.00"元";[Red]-#,##0.00"元"', "1,234.50元"),
        ("3.5", 'G/通用格式"分"', "3.5分"),
        ("12345", '0!.0,"万元"', "1.2万元"),
        ("1234567", r'0\.0,"万元"', "123.5万元"),
        ("1234567", '#"."0,', "123.5"),
        ("12345", "0!.0000", "1.2345"),
        ("1234567890", "#,##0,", "1,234,568"),
        ("1234567890", "0.0,,", "1234.6"),
        ("123456", '[>=10000]0!.0,"万";0', "12.3万"),
        ("99", '[>=10000]0!.0,"万";0', "99"),
        ("1234567", "0.00E+00", "1.23E+06"),
        ("9999999", "0.00E+00", "1.00E+07"),
        ("0.00012", "0.0E-0", "1.2E-4"),
        ("12345.678", "##0.0E+0", "12.3E+3"),
        ("0.95500000000000007", "General", "0.955"),
        ("123456789012", "General", "123456789012"),
        ("12", "@", "12"),
        ("44927", "yyyy/m/d", "2023/1/1"),
        ("44927", 'yyyy"年"m"月"d"日";@', "2023年1月1日"),
        ("44927", '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二三年一月一日"),
        ("44927", "mmm-yy", "Jan-23"),
        ("44927.75", "yyyy-mm-dd hh:mm", "2023-01-01 18:00"),
        ("44927.75", '上午/下午h"时"mm"分"', "下午6时00分"),
        ("1.5", "[h]:mm", "36:00"),
        ("-1", "yyyy/m/d", "-1"),
    ],
)
def test_a_number_is_read_as_it_is_shown(number: str, code: str, shown: str) -> None:
    assert displayed(Decimal(number), code) == shown


def test_days_may_count_from_1904() -> None:
    assert displayed(Decimal(0), "yyyy/m/d", since_1904=True) == "1904/1/1"
    assert displayed(Decimal(60), "m/d") == "2/28"  # the day before 29 February 1900, which never was


def test_a_rate_is_the_one_that_the_auditor_sees(tmp_path: Path) -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        line = {"border": 1}
        sheet.write_row(0, 0, ["资金", "执行率", "时间", "备注"], book.add_format(line))
        sheet.write(1, 0, 1234567.891, book.add_format({**line, "num_format": "#,##0.00"}))
        sheet.write(1, 1, 0.8, book.add_format({**line, "num_format": "0%"}))
        sheet.write(1, 2, 44927, book.add_format({**line, "num_format": 31}))
        sheet.write_rich_string(1, 3, "已", book.add_format({"bold": True}), "完成", book.add_format(line))

    (table,) = load(made(tmp_path, fill)).tables
    assert rows(table)[1] == ["1,234,567.89", "80%", "2023年1月1日", "已完成"]


SHOWN = {
    "0%": "4492725%",
    "#,##0.00": "44,927.25",
    "0.0;(0.0)": "44927.3",
    r'0\.0,"万元"': "4.5万元",
    '[>=10000]0\\.0,"万";0': "4.5万",
    "0.00E+00": "4.49E+04",
    'yyyy"年"m"月"d"日";@': "2023年1月1日",
    "yyyy/m/d": "2023/1/1",
    'General"分"': "44927.25分",
    "General": "44927.25",
}


@needs_office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_old_and_foreign_workbooks_show_the_same_numbers(tmp_path: Path, kind: str) -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        for row, code in enumerate(SHOWN):
            sheet.write_number(row, 0, 44927.25, book.add_format({"num_format": code}))

    path = saved(tmp_path, libreoffice.converted(made(tmp_path, fill).read_bytes(), ".xlsx", kind), f"book.{kind}")
    assert [paragraph.text for paragraph in load(path).paragraphs.values()] == list(SHOWN.values())


XML_2003 = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>
<Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style></Styles><Worksheet ss:Name="表"><Table>
<Row><Cell><Data ss:Type="String">执行率</Data></Cell><Cell ss:StyleID="p"><Data ss:Type="Number">0.8</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


@needs_office
def test_the_xml_of_excel_2003_is_a_workbook(tmp_path: Path) -> None:
    document = load(saved(tmp_path, XML_2003.encode(), "导出.xls"))
    assert [(p.text, p.locator) for p in document.paragraphs.values()] == [("执行率", "表!A1"), ("80%", "表!B1")]
    assert [note.code for note in document.notes] == ["converted"]


def test_binary_workbooks_need_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "office", lambda: None)
    with pytest.raises(Unreadable) as problem:
        load(saved(tmp_path, zipped({"xl/workbook.bin": b"\x83\x01"}), "book.xlsb"))
    assert problem.value.code == "needs_libreoffice"


# --- what is seen of a sheet


def grid(book: Workbook, sheet: Worksheet, top: int = 0) -> None:
    """Four columns and three rows with lines around them."""
    line = book.add_format({"border": 1})
    for row, words in enumerate([["项目", "预算", "执行", "备注"], ["修路", 10, 8, "甲"], ["修桥", 20, 20, "乙"]]):
        sheet.write_row(top + row, 0, words, line)


def test_several_forms_stand_one_under_the_other_and_on_sheets(tmp_path: Path) -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        title = book.add_format({"bold": True, "align": "center", "font_size": 16})
        sheet.merge_range("A1:D1", "项目支出绩效自评表", title)
        sheet.write("A2", "（2023年度）")
        grid(book, sheet, 2)
        sheet.write("A6", "填报人：王某")
        sheet.merge_range("A8:D8", "第二张表", title)
        grid(book, sheet, 8)
        grid(book, book.add_worksheet("附表 2"), 1)

    document = load(made(tmp_path, fill))
    told = [block.text if not isinstance(block, Table) else block.rows for block in document.blocks]
    assert told == ["项目支出绩效自评表", "（2023年度）", 3, "填报人：王某", "第二张表", 3, 3]
    places = {paragraph.text: paragraph.locator for paragraph in document.paragraphs.values()}
    assert places["项目支出绩效自评表"] == "Sheet1!A1"
    assert [p.locator for p in document.paragraphs.values() if p.text == "20"][-2:] == ["附表 2!B4", "附表 2!C4"]
    assert {paragraph.page for paragraph in document.paragraphs.values()} == {None}


def test_lines_under_a_signature_do_not_make_the_table_words(tmp_path: Path) -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_row("A1", ["填报单位：某局", "金额单位：万元"], book.add_format({"bottom": 1}))
        for row, words in enumerate([["项目", "预算", "执行"], ["修路", 10, 8], ["修桥", 20, 20]]):
            sheet.write_row(row + 2, 0, words)
        sheet.write_row("A7", ["填表人：", "日期："], book.add_format({"bottom": 1}))

    document = load(made(tmp_path, fill))
    assert [table.rows for table in document.tables] == [3]
    assert [block.text for block in document.blocks if not isinstance(block, Table)] == [
        "填报单位：某局",
        "金额单位：万元",
        "填表人：",
        "日期：",
    ]


def test_a_row_that_lacks_its_lines_is_one_of_the_table_and_empty_ones_at_its_end_are_not(tmp_path: Path) -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        line = book.add_format({"border": 1})
        grid(book, sheet)
        sheet.write_row(3, 0, ["修渠", 30, 30, "丙"])
        grid(book, sheet, 4)
        for row in range(7, 20):
            sheet.write_row(row, 0, [""] * 6, line)
        sheet.write_row(20, 0, ["填表人：甲", "电话：乙", "日期：丙"])

    document = load(made(tmp_path, fill))
    (table,) = document.tables
    assert (table.rows, table.columns) == (7, 4)
    assert texts(document)[-1:] == ["日期：丙"]


def test_a_title_with_lines_around_it_is_a_title(tmp_path: Path) -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        line = book.add_format({"border": 1})
        sheet.merge_range("A1:D1", "项目支出绩效自评表", line)
        sheet.merge_range("A2:D2", "（2023年度）", line)
        grid(book, sheet, 2)

    document = load(made(tmp_path, fill))
    assert texts(document)[:2] == ["项目支出绩效自评表", "（2023年度）"]
    assert [table.rows for table in document.tables] == [3]


def test_merged_cells_stand_in_all_their_places(tmp_path: Path) -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        line = book.add_format({"border": 1})
        sheet.merge_range("A1:B2", "年度资金", line)
        sheet.write_row("C1", ["预算", "执行"], line)
        sheet.write_row("C2", [10, 8], line)
        sheet.write_row("A3", ["总目标", "完成", "是", "无"], line)

    (table,) = load(made(tmp_path, fill)).tables
    assert rows(table) == [["年度资金", "年度资金", "预算", "执行"], ["年度资金", "年度资金", "10", "8"], ["总目标", "完成", "是", "无"]]


LINED = (
    "<styleSheet><borders><border/><border><left style='thin'/></border></borders>"
    "<cellXfs><xf/><xf borderId='1' numFmtId='9'/></cellXfs></styleSheet>"
)


def test_cells_that_a_merged_one_covers_need_not_be_there(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1" s="1"><v>0.5</v></c><c r="C1" s="1"><v>1</v></c></row><row r="4"><c r="A4" s="1"/><c r="C4" s="1"/></row>'
    merged = '<mergeCells><mergeCell ref="A1:B3"/><mergeCell ref="C1:C3"/></mergeCells>'
    (table,) = load(saved(tmp_path, raw(cells, merged, styles=LINED))).tables
    assert rows(table) == [["50%", "50%", "100%"]] * 3


@pytest.mark.parametrize("kind", ["xlsx", pytest.param("xls", marks=needs_office), pytest.param("ods", marks=needs_office)])
def test_what_is_hidden_is_not_read_but_told(tmp_path: Path, kind: str) -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        line = book.add_format({"border": 1})
        grid(book, sheet)
        sheet.merge_range("A4:A6", "三行", line)
        for row in (3, 4, 5):
            sheet.write_row(row, 1, [row, row, "丙"], line)
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_row(9, None, None, {"hidden": True})  # nothing in it
        sheet.set_column(3, 3, None, None, {"hidden": True})
        other = book.add_worksheet("底稿")
        other.write("A1", "预算999万元")
        other.hide()
        book.add_worksheet("空表").hide()

    path = made(tmp_path, fill)
    if kind != "xlsx":
        path = saved(tmp_path, libreoffice.converted(path.read_bytes(), ".xlsx", kind), f"book.{kind}")
    document = load(path)
    (table,) = document.tables
    assert rows(table) == [["项目", "预算", "执行"], ["修桥", "20", "20"], ["三行", "4", "4"], ["三行", "5", "5"]]
    assert [(note.code, note.message) for note in document.notes if note.code != "converted"] == [
        ("hidden_content", "隐藏的工作表未读取：底稿"),
        ("hidden_content", "工作表“Sheet1”中隐藏的 2 行、1 列有内容，未读取"),
    ]


def test_text_boxes_are_read_where_they_lie(tmp_path: Path) -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        grid(book, sheet)
        sheet.insert_textbox("A20", "执行说明：预算20万元。\n余款次年支付。")
        sheet.insert_textbox("B2", "盖在表上")
        book.add_worksheet("文字").insert_textbox("C7", "只有文本框")

    document = load(made(tmp_path, fill))
    (table,) = document.tables
    told = [(p.text, p.locator) for p in document.running_text]
    assert told[-4:] == [
        ("盖在表上", "Sheet1!B2"),
        ("执行说明：预算20万元。", "Sheet1!A20"),
        ("余款次年支付。", "Sheet1!A20"),
        ("只有文本框", "文字!C7"),
    ]
    assert document.place_of[table.index] < document.blocks.index(document.running_text[-4])


def test_formulas_count_by_their_saved_results(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1*2</f><v>2</v></c><c r="C1" t="str"><f>""</f><v></v></c></row>'
    uncomputed = '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>A2*2</f></c><c r="C2"><f>A2</f></c></row>'
    document = load(saved(tmp_path, raw(cells + uncomputed)))
    assert [paragraph.text for paragraph in document.paragraphs.values()] == ["1", "2", "1"]
    assert [(note.code, "2 处" in note.message) for note in document.notes] == [("uncomputed", True)]


def test_strings_are_what_is_seen(tmp_path: Path) -> None:
    strings = (
        "<si><t>共用</t></si><si><r><t>两</t></r><r><t>段</t></r><rPh sb='0' eb='1'><t>liang</t></rPh></si>"
        "<si><t>一_x000D_二_x005F_x</t></si>"
    )
    cells = (
        "".join(f'<c t="s"><v>{place}</v></c>' for place in range(3))
        + '<c t="inlineStr"><is><t>就地</t></is></c><c t="e"><v>#DIV/0!</v></c>'
    )
    data = raw(
        f"<row>{cells}</row>", sharedStrings=f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{strings}</sst>'
    )
    assert [p.text for p in load(saved(tmp_path, data)).paragraphs.values()] == ["共用", "两段", "一二_x", "就地", "#DIV/0!"]


def test_strict_workbooks_are_read(tmp_path: Path) -> None:
    data = raw('<row r="2"><c r="B2" t="inlineStr"><is><t>甲</t></is></c></row>', main="http://purl.oclc.org/ooxml/spreadsheetml/main")
    assert [(p.text, p.locator) for p in load(saved(tmp_path, data)).paragraphs.values()] == [("甲", "表1!B2")]


def evidence(thing: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(thing, Mapping):
        if "quote" in thing:
            yield thing
        for each in thing.values():
            yield from evidence(each)
    elif isinstance(thing, list | tuple):
        for each in thing:
            yield from evidence(each)


@pytest.mark.parametrize("name", ["form-village-roads-2021", "department-veterans-2022", "school-projects-2023"])
def test_every_quote_stands_in_the_cell_that_is_named(tmp_path: Path, name: str) -> None:
    """As another parser sees the workbook."""
    path = saved(tmp_path, workbook(source_of(name), MANNERS["typed"]))
    cells = {
        f"{sheet.name}!{letters(column)}{sheet.first + row}": "".join(str(value).split())
        for sheet in calamine.sheets(path.read_bytes())
        for row, values in enumerate(sheet.rows)
        for column, value in enumerate(values, 1)  # its rows begin where words do
    }
    told = list(evidence(extract(path).model_dump()))
    assert len(told) > 50
    assert {each["page"] for each in told} == {None}
    assert [each for each in told if "".join(each["quote"].split()) not in cells[each["locator"]]] == []


# --- hostile files

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
WORD = '<c t="inlineStr"><is><t>甲</t></is></c>'
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "truncated": (lambda: workbook(source_of("form-village-roads-2021"))[:3000], "broken"),
    "no workbook": (lambda: zipped({"xl/other.xml": "<a/>"}), "broken"),
    "no xml": (lambda: zipped({"xl/workbook.xml": b"\x00\x01"}), "broken"),
    "bomb": (lambda: zipped({"xl/workbook.xml": b" " * (130 << 20)}), "too_large"),
    "many members": (lambda: zipped({f"xl/{n}": b"" for n in range(20_001)}), "too_large"),
    "laughs": (lambda: raw(f"<row>{WORD}</row>", sharedStrings=LAUGHS + "<sst><si><t>&c;</t></si></sst>"), "broken"),
    "outside": (
        lambda: raw(sharedStrings='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst><si><t>&a;</t></si></sst>'),
        "broken",
    ),
    "nested": (lambda: raw("<row>" + "<c>" * 10_000 + "</c>" * 10_000 + "</row>"), "broken"),
    "no such string": (lambda: raw('<row><c t="s"><v>7</v></c></row>'), "broken"),
    "no such place": (lambda: raw('<row><c r="??"><v>7</v></c></row>'), "broken"),
    "no number": (lambda: raw("<row><c><v>1e999999</v></c><c><v>Infinity</v></c></row>"), "broken"),
    "no words": (lambda: raw("<row/>"), "no_text"),
    "empty": (lambda: b"", "empty"),
    "locked": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(600), "encrypted"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_workbooks_are_one_error(tmp_path: Path, name: str) -> None:
    make, code = HOSTILE[name]
    with pytest.raises(Unreadable) as problem:
        load(saved(tmp_path, make()))
    assert problem.value.code == code


def test_merged_cells_without_end_cost_nothing(tmp_path: Path) -> None:
    merged = "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(1, 2000))
    data = raw(f'<row r="1">{WORD}</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', f"<mergeCells>{merged}</mergeCells>")
    assert [p.text for p in load(saved(tmp_path, data)).paragraphs.values()] == ["甲", "1"]


def test_a_hundred_thousand_rows_are_read(tmp_path: Path) -> None:
    flow = read(saved(tmp_path, raw("<row><c><v>1</v></c></row>" * 100_000)))
    assert isinstance(flow, Flow)
    assert len(flow.blocks) == 100_000
    assert flow.blocks[-1] == Piece("1", "表1!A100000")


def test_more_cells_than_a_report_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheetml, "CELLS", 5)
    with pytest.raises(Unreadable) as problem:
        load(saved(tmp_path, raw(f"<row>{WORD * 3}</row>" * 2)))
    assert problem.value.code == "too_large"


@pytest.mark.parametrize("length", [513, 2000, 4500])
def test_a_damaged_old_workbook_is_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, length: int) -> None:
    monkeypatch.setattr(libreoffice, "office", lambda: None)
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Workbook\0".encode("utf-16-le") + b"\x09\x08" * 3000
    with pytest.raises(Unreadable) as problem:
        load(saved(tmp_path, data[: length + 40], "坏.xls"))
    assert problem.value.code == "broken"


@pytest.mark.parametrize(("language", "sheets"), [("zh", WORKPAPER[0]), ("en", WORKPAPER[1])])
def test_a_working_paper_among_the_reports_is_told(tmp_path: Path, language: str, sheets: frozenset[str]) -> None:
    path = tmp_path / "复核.xlsx"
    report = CORPUS / "river-works-2023.pdf"
    assert main([str(report), "--format", "xlsx", "-o", str(path), "--lang", language, "--fail-on", "never", "-q", "--no-cache"]) == 0
    assert {sheet.name for sheet in spreadsheetml.read_book(path.read_bytes()).sheets} == sheets
    error = extract(path).error
    assert error
    assert (error.code, error.message) == ("workpaper", "是本工具写出的底稿，不是报告；复核意见请用 --verdicts 交回")
