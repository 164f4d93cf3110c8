"""Word files: what an auditor sees on paper is what is read; hostile ones give one error."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from extractor.layout import arrange
from extractor.model.document import Document, Role, Table, Unreadable
from extractor.read import read
from tests.corpus.build import CORPUS
from tests.corpus.source import load as source_of
from tests.corpus.test_producers import told
from tests.corpus.with_word import W, package, paragraph, render, root, run
from tests.read import by_lines

REPORTS = (
    "district-health-2020",
    "agriculture-transfer-2022",
    "form-village-roads-2021",
    "form-clinic-equipment-2023",
    "department-veterans-2022",
    "projects-summary-2023",
    "report-with-forms-2022",
    "urban-management-2020",
)
SPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def word(folder: Path, body: str, name: str = "report.docx", **parts: str) -> Document:
    document = root("document", f"<w:body>{body}</w:body>").replace("<w:document ", f"<w:document {SPACES} ")
    return opened(folder, package({"document": document, **{kind: root(tag(kind), text) for kind, text in parts.items()}}), name)


def tag(kind: str) -> str:
    return {"header1": "hdr", "footer1": "ftr"}.get(kind, kind)


def opened(folder: Path, data: bytes, name: str = "report.docx") -> Document:
    path = folder / name
    path.write_bytes(data)
    return arrange(read(path))


def texts(made: Document) -> list[str]:
    return [paragraph.text for paragraph in made.running_text]


def p(text: str, properties: str = "") -> str:
    return paragraph(run(text), properties=properties)


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else p(text)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def grid(made: Table) -> list[list[str]]:
    return [[place.text if place else "" for place in row] for row in made.grid]


# --- the same report as PDF


@pytest.mark.parametrize("automatic", [True, False], ids=["lists", "typed"])
@pytest.mark.parametrize("name", REPORTS)
def test_a_report_says_the_same_as_the_pdf(tmp_path: Path, name: str, automatic: bool) -> None:
    path = tmp_path / f"{name}.docx"
    path.write_bytes(render(source_of(name), automatic=automatic))
    assert told(path) == told(CORPUS / f"{name}.pdf")


def test_a_changed_figure_makes_another_report(tmp_path: Path) -> None:
    path = tmp_path / "river-works-2023.docx"
    path.write_bytes(render(source_of("river-works-2023").changing({"d.budget": "4.25"})))
    assert told(path) != told(CORPUS / "river-works-2023.pdf")


@pytest.mark.parametrize("manner", by_lines.MANNERS)
@pytest.mark.parametrize("name", ["district-health-2020", "report-with-forms-2022", "urban-management-2020", "river-works-2023"])
def test_one_paragraph_a_printed_line(tmp_path: Path, name: str, manner: str) -> None:
    path = tmp_path / f"{name}.docx"
    path.write_bytes(by_lines.render(source_of(name), manner))
    assert told(path) == told(CORPUS / f"{name}.pdf")


# --- list numbers


def level(place: int, form: str, text: str, more: str = "") -> str:
    told = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{place}">{told}{more}</w:lvl>'


CIRCLES = level(0, "decimalEnclosedCircle", "%1")
CHAPTERS = level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2 ", "<w:isLgl/>")
OUTLINE = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")
LISTS = (
    "".join(f'<w:abstractNum w:abstractNumId="{place}">{each}</w:abstractNum>' for place, each in enumerate((OUTLINE, CIRCLES, CHAPTERS)))
    + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="2"/></w:num>'
)


def item(text: str, place: int = 0, numbered: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{numbered}"/></w:numPr>')


def test_levels_begin_anew_under_each_other(tmp_path: Path) -> None:
    body = (
        item("概况")
        + item("背景", 1)
        + item("立项", 2)
        + item("实施", 2)
        + item("资金", 1)
        + item("到位", 2)
        + item("绩效")
        + item("产出", 1)
    )
    made = texts(word(tmp_path, body, numbering=LISTS))
    assert made == ["一、概况", "（一）背景", "1.立项", "2.实施", "（二）资金", "1.到位", "二、绩效", "（一）产出"]


def test_lists_of_one_definition_count_on_unless_they_say_where_they_begin(tmp_path: Path) -> None:
    body = item("甲", 0, 2) + item("乙", 0, 2) + item("丙", 0, 3) + item("丁", 0, 4) + item("戊", 0, 4)
    assert texts(word(tmp_path, body, numbering=LISTS)) == ["①甲", "②乙", "③丙", "①丁", "②戊"]


def test_legal_numbers_are_arabic_below_chinese_ones(tmp_path: Path) -> None:
    body = item("概况", 0, 5) + item("背景", 1, 5) + item("绩效", 0, 5) + item("产出", 1, 5)
    assert texts(word(tmp_path, body, numbering=LISTS)) == ["第一章概况", "1.1背景", "第二章绩效", "2.1产出"]


def test_a_level_skipped_counts_as_begun(tmp_path: Path) -> None:
    assert texts(word(tmp_path, item("立项", 1) + item("概况", 0), numbering=LISTS)) == ["（一）立项", "二、概况"]


def test_styles_number_paragraphs_and_zero_takes_the_number_away(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="h1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="h2"><w:basedOn w:val="h1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = "".join(paragraph(run(text), style) for text, style in (("概况", "h1"), ("背景", "h2"), ("资金", "h2")))
    body += paragraph(run("附注"), "h1", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    made = texts(word(tmp_path, body, numbering=LISTS, styles=styles))
    assert made == ["一、概况", "（一）背景", "（二）资金", "附注"]


def test_numbers_in_cells_and_of_paragraphs_without_words(tmp_path: Path) -> None:
    row = cell(item("", 2)) + cell("10万元")
    assert grid(word(tmp_path, table(row, row), numbering=LISTS).tables[0]) == [["1.", "10万元"], ["2.", "10万元"]]


# --- what is seen and what is not


def test_changes_are_read_as_accepted(tmp_path: Path) -> None:
    body = (
        f"<w:p>{run('预算')}<w:del w:id='1'><w:r><w:delText>100</w:delText></w:r></w:del>"
        f"<w:ins w:id='2'>{run('120')}</w:ins>{run('万元。')}</w:p>"
        f"<w:p><w:moveFrom w:id='3'>{run('旧处。')}</w:moveFrom></w:p><w:p><w:moveTo w:id='4'>{run('新处。')}</w:moveTo></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del w:id='5'/></w:rPr></w:pPr>{run('前半句，')}</w:p>{p('后半句。')}"
    )
    made = word(tmp_path, body)
    assert texts(made) == ["预算120万元。", "新处。", "前半句，后半句。"]
    assert [note.code for note in made.notes] == ["tracked_changes"]


def test_a_paragraph_whose_mark_was_taken_out_does_not_run_into_a_table(tmp_path: Path) -> None:
    open_ = f"<w:p><w:pPr><w:rPr><w:del w:id='5'/></w:rPr></w:pPr>{run('预算100万元。')}</w:p>"
    made = word(tmp_path, open_ + table(cell("数量") + cell("1"), cell("质量") + cell("2")) + open_)
    assert texts(made) == ["预算100万元。", "预算100万元。"]
    assert grid(made.tables[0]) == [["数量", "1"], ["质量", "2"]]


def test_signs_in_a_font_of_signs_and_embedded_sheets(tmp_path: Path) -> None:
    sheet = '<w:object xmlns:o="urn:schemas-microsoft-com:office:office"><o:OLEObject ProgID="Excel.Sheet.12"/></w:object>'
    made = word(
        tmp_path, f"<w:p>{run('R', '<w:rFonts w:ascii=' + chr(34) + 'Wingdings 2' + chr(34) + '/>')}{run('是')}<w:r>{sheet}</w:r></w:p>"
    )
    assert texts(made) == ["☑是"]
    assert [note.code for note in made.notes] == ["embedded_part"]


def test_rows_taken_out_are_not_read(tmp_path: Path) -> None:
    rows = "".join(
        f"<w:tr><w:trPr>{mark}</w:trPr>{cell(text)}{cell('1')}</w:tr>"
        for text, mark in (("甲", ""), ("乙", "<w:del w:id='1'/>"), ("丙", ""))
    )
    assert grid(word(tmp_path, f"<w:tbl>{rows}</w:tbl>").tables[0]) == [["甲", "1"], ["丙", "1"]]


def test_hidden_words_are_left_out_and_said(tmp_path: Path) -> None:
    made = word(tmp_path, f"<w:p>{run('支出80万元')}{run('（内部数）', '<w:vanish/>')}{run('。')}</w:p>")
    assert texts(made) == ["支出80万元。"]
    assert [(note.code, "5 字" in note.message) for note in made.notes] == [("hidden_text", True)]


def test_results_of_fields_controls_links_signs_and_formulas(tmp_path: Path) -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = "<w:r><w:instrText>= SUM(ABOVE)</w:instrText></w:r>"
    field = f"{mark.format('begin')}{code}{mark.format('separate')}{run('350')}{mark.format('end')}"
    body = (
        f"<w:p>{run('合计')}{field}{run('万元')}</w:p>"
        f"<w:sdt><w:sdtPr/><w:sdtContent><w:p>{run('内容')}<w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>"
        f"<w:p><w:hyperlink>{run('链接')}</w:hyperlink><w:smartTag>{run('标签')}</w:smartTag></w:p>"
        "<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FE'/><w:t>是</w:t><w:softHyphen/><w:noBreakHyphen/></w:r></w:p>"
        "<w:p><m:oMath><m:f><m:num><m:r><m:t>430</m:t></m:r></m:num><m:den><m:r><m:t>540</m:t></m:r></m:den></m:f><m:r><m:t>=79.63%</m:t></m:r></m:oMath></w:p>"
    )
    assert texts(word(tmp_path, body)) == ["合计350万元", "内容控件", "链接标签", "☑是-", "430/540=79.63%"]


def test_a_field_without_an_end_does_not_swallow_the_rest(tmp_path: Path) -> None:
    body = f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{run("甲")}</w:p>{p("支出80万元。")}'
    assert texts(word(tmp_path, body)) == ["支出80万元。"]


def test_a_box_of_text_is_read_once(tmp_path: Path) -> None:
    inside = f"<w:txbxContent>{p('框内预算100万元')}</w:txbxContent>"
    drawn = f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice>"
    drawn += f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    made = word(
        tmp_path, f"<w:p>{run('正文')}<w:r>{drawn}</w:r></w:p><w:p><w:r><w:pict><v:textbox>{inside}</v:textbox></w:pict></w:r></w:p>"
    )
    assert texts(made) == ["正文", "框内预算100万元", "框内预算100万元"]
    assert [each.locator for each in made.running_text] == ["段落 1", "段落 1 文本框", "文本框"]


def test_notes_headers_and_footers(tmp_path: Path) -> None:
    note = f"<w:footnote w:id='0' w:type='separator'>{p('—')}</w:footnote><w:footnote w:id='2'>{p('含结转资金。')}</w:footnote>"
    body = f"<w:p>{run('预算100万元')}<w:r><w:footnoteReference w:id='2'/></w:r>{run('。')}</w:p>"
    made = word(tmp_path, body, footnotes=note, header1=p("绩效自评"), footer1=p("第3页"))
    assert [(each.text, each.role, each.locator) for each in made.running_text] == [
        ("预算100万元。", Role.BODY, "段落 1"),
        ("含结转资金。", Role.FOOTNOTE, "脚注 2"),
    ]
    assert [(each.text, each.role) for each in made.furniture] == [("绩效自评", Role.HEADER), ("第3页", Role.FOOTER)]


def test_a_contents_list_is_set_aside_though_its_field_never_ends(tmp_path: Path) -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    begin = f'{mark.format("begin")}<w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>{mark.format("separate")}'
    entries = f"<w:p>{begin}{run(chr(9).join(('一、概况', '2')))}</w:p>{p(chr(9).join(('二、绩效', '5')))}"
    body = f"{entries}{p('一、概况')}{p('支出80万元。')}"
    assert texts(word(tmp_path, body)) == ["一、概况", "支出80万元。"]


# --- tables


def test_merged_cells_stand_once_and_columns_that_no_cell_ends_at_are_none(tmp_path: Path) -> None:
    rows = (
        cell("项目资金", '<w:vMerge w:val="restart"/>')
        + cell("预算", '<w:gridSpan w:val="3"/>')
        + cell("执行", '<w:gridSpan w:val="1000000"/>'),
        cell("", "<w:vMerge/>") + cell("100", '<w:gridSpan w:val="3"/>') + cell("80", '<w:gridSpan w:val="1000000"/>'),
    )
    made = word(tmp_path, table(*rows)).tables[0]
    assert (made.rows, made.columns, len(made.cells)) == (2, 3, 5)
    assert grid(made) == [["项目资金", "预算", "执行"], ["项目资金", "100", "80"]]
    assert [each.locator for each in made.paragraphs][3:] == ["表1 第2行第2列", "表1 第2行第3列"]


def test_rows_that_count_other_columns_are_set_by_width(tmp_path: Path) -> None:
    wide = '<w:tcW w:w="{}" w:type="dxa"/>'
    rows = (
        cell("指标", wide.format(2000)) + cell("目标", wide.format(1000)) + cell("实际", wide.format(1000)),
        cell("名称", wide.format(2010)) + cell("说明", wide.format(1990)),
    )
    assert grid(word(tmp_path, table(*rows)).tables[0]) == [["指标", "目标", "实际"], ["名称", "说明", "说明"]]


def test_white_before_a_row(tmp_path: Path) -> None:
    second = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("乙")}</w:tr>'
    made = word(tmp_path, f"<w:tbl><w:tr>{cell('甲')}{cell('丙')}</w:tr>{second}</w:tbl>").tables[0]
    assert grid(made) == [["甲", "丙"], ["", "乙"]]


def test_a_table_in_a_cell_stands_behind(tmp_path: Path) -> None:
    inner = table(cell("数") + cell("量"), cell("1") + cell("2"))
    made = word(
        tmp_path,
        table(cell("项目名称") + cell("农村道路养护补助"), cell("明细") + cell(p("见内表") + inner + p("")), cell("备注") + cell("已核对")),
    )
    assert [grid(each) for each in made.tables] == [
        [["项目名称", "农村道路养护补助"], ["明细", "见内表"], ["备注", "已核对"]],
        [["数", "量"], ["1", "2"]],
    ]


def test_a_table_that_lays_out_the_page_is_taken_apart(tmp_path: Path) -> None:
    inner = table(cell("指标") + cell("得分"), cell("完成率") + cell("10"))
    page = cell("") + cell(p("一、基本情况") + p("预算100万元，支出80万元。") + inner + p("二、结论")) + cell("")
    made = word(tmp_path, table(page))
    assert texts(made) == ["一、基本情况", "预算100万元，支出80万元。", "二、结论"]
    assert grid(made.tables[0]) == [["指标", "得分"], ["完成率", "10"]]


def test_a_form_that_holds_a_long_list_stays_a_form(tmp_path: Path) -> None:
    inner = table(*(cell(f"第{n}项指标完成情况说明") + cell("10") for n in range(20)))
    rows = (
        cell("项目名称") + cell("道路养护"),
        cell("预算数") + cell("100"),
        cell("执行数") + cell("80"),
        cell("指标") + cell(inner + p("")),
    )
    made = word(tmp_path, table(*rows))
    assert [(each.rows, each.columns) for each in made.tables] == [(4, 2), (20, 2)]
    assert grid(made.tables[0])[:3] == [["项目名称", "道路养护"], ["预算数", "100"], ["执行数", "80"]]


def test_words_set_upright_are_one_word(tmp_path: Path) -> None:
    upright = '<w:vMerge w:val="restart"/><w:textDirection w:val="tbRlV"/>'
    rows = (cell("产出指标", upright) + cell("数量"), cell("", "<w:vMerge/>") + cell("质量"))
    stacked = (cell("".join(map(p, "效益指标"))) + cell("社会"), cell(p("满\n意\n度")) + cell("公众"))
    assert grid(word(tmp_path, table(*rows, *stacked)).tables[0]) == [
        ["产出指标", "数量"], ["产出指标", "质量"], ["效益指标", "社会"], ["满意度", "公众"],
    ]  # fmt: skip


# --- other dialects, and what cannot be read


def test_strict_ooxml_and_macro_files(tmp_path: Path) -> None:
    strict = root("document", f"<w:body>{p('预算100万元。')}</w:body>").replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert texts(opened(tmp_path, package({"document": strict}), "strict.docx")) == ["预算100万元。"]
    assert texts(word(tmp_path, p("预算100万元。"), "macro.docm")) == ["预算100万元。"]


LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
    + "]>"
)


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


def deep(levels: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * levels + p("甲") + "</w:tc></w:tr></w:tbl>" * levels


def staircase(rows: int) -> str:
    """Each row ends its first cell at a column of its own."""
    return table(*(cell("甲", f'<w:gridSpan w:val="{n + 1}"/>') + cell("乙", f'<w:gridSpan w:val="{rows + 1 - n}"/>') for n in range(rows)))


HOSTILE = {
    "truncated": (lambda: package({"document": root("document", p("甲") * 500)})[:900], "broken"),
    "no document": (lambda: zipped(word__other=b"<a/>"), "broken"),
    "no xml": (lambda: zipped(word__document=b"\x00\x01\x02"), "broken"),
    "laughs": (lambda: package({"document": LAUGHS + root("document", f"<w:body>{p('x').replace('x', '&h;')}</w:body>")}), "broken"),
    "outside": (
        lambda: package({"document": '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + root("document", "&x;")}),
        "broken",
    ),
    "nested": (lambda: package({"document": root("document", f"<w:body>{deep(10_000)}</w:body>")}), "broken"),
    "nested a little": (lambda: package({"document": root("document", f"<w:body>{deep(60)}</w:body>")}), "broken"),
    "bomb": (lambda: zipped(word__document=b" " * (130 << 20)), "too_large"),
    "many members": (lambda: zipped(**{f"word__{n}": b"" for n in range(20_001)}), "too_large"),
    "staircase": (lambda: package({"document": root("document", f"<w:body>{staircase(1100)}</w:body>")}), "too_large"),
    "no words": (lambda: package({"document": root("document", "<w:body><w:p/></w:body>")}), "no_text"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_one_error(tmp_path: Path, name: str) -> None:
    make, code = HOSTILE[name]
    with pytest.raises(Unreadable) as problem:
        opened(tmp_path, make(), "bad.docx")
    assert problem.value.code == code


def test_styles_that_rest_on_each_other_and_lists_that_are_none(tmp_path: Path) -> None:
    styles = "".join(f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("ab", "ba"))
    body = paragraph(run("甲"), "a", '<w:numPr><w:ilvl w:val="99"/><w:numId w:val="77"/></w:numPr>') + paragraph(run("乙"), "none")
    assert texts(word(tmp_path, body, styles=styles)) == ["甲", "乙"]


def test_every_paragraph_has_a_place_and_no_page(tmp_path: Path) -> None:
    made = opened(tmp_path, render(source_of("report-with-forms-2022")))
    assert all(each.locator and each.page is None for each in made.paragraphs.values())
