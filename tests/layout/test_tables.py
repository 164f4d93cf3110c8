"""Ruled tables: merged cells, wrapped cells, page breaks, and their place in the text."""

from __future__ import annotations

from extractor.model.document import Paragraph, Table
from tests.layout.printed import document, grid, line, page, sheet, table, texts, wrapped

FIRST = "各乡镇按照实施方案组织施工，县水利部门逐月调度工程进度并开展现场检查，发现的问题均已督促整改到位。"
SECOND = "项目验收由县级主管部门牵头，邀请专家和受益群众代表参加，验收结论在政府网站公示七天，公示期间没有收到异议。"


def test_a_table_stands_where_it_was_printed_and_its_caption_before_it() -> None:
    above = page([*wrapped(FIRST), *wrapped(SECOND), "（单位：万元）"])
    below = page(["　　二、资金情况", *wrapped(FIRST)], top=500.0)
    made = document(sheet([*above, *below], [table([["年度", "金额"], ["2021", "12.50"]], 300.0)]))
    kinds = ["table" if isinstance(block, Table) else block.text[:4] for block in made.blocks]
    assert kinds == [FIRST[:4], SECOND[:4], "（单位：", "table", "二、资金", FIRST[:4]]
    assert all("12.50" not in text for text in texts(made))


def test_indices_follow_the_reading_order_through_cells() -> None:
    made = document(sheet([*page(wrapped(FIRST)), *page(wrapped(SECOND), top=500.0)], [table([["甲", "乙"]], 300.0)]))
    order = [p.index for b in made.blocks for p in ([b] if isinstance(b, Paragraph) else b.paragraphs)]
    assert order == sorted(order) == list(range(4))


def test_merged_cells_keep_their_spans() -> None:
    made = document(sheet([], [table([["项目名称", "灌区维修", "<"], ["资金", "预算数", "12"], ["^", "执行数", "11"]])]))
    cells = {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in made.tables[0].cells}
    assert cells["灌区维修"] == (0, 1, 1, 2)
    assert cells["资金"] == (1, 0, 2, 1)
    assert grid(made)[2] == ["资金", "执行数", "11"]


def test_a_wrapped_cell_is_one_paragraph() -> None:
    made = document(sheet([], [table([["服务对象/满意度指标", "5,105./24", "受疫情影响，部/分培训延期。"]])]))
    assert grid(made) == [["服务对象满意度指标", "5,105.24", "受疫情影响，部分培训延期。"]]


def test_items_in_a_cell_are_paragraphs() -> None:
    made = document(sheet([], [table([["1.维修渠道；/2.整治山塘。", "目标"]])]))
    assert [p.text for p in made.tables[0].cells[0].paragraphs] == ["1.维修渠道；", "2.整治山塘。"]


HEAD = ["一级指标", "指标名称", "目标值", "得分"]


def test_a_table_over_two_pages_is_one_and_its_repeated_head_is_dropped() -> None:
    first = table([HEAD, ["产出指标", "维修渠道", "12公里", "20"]], 600.0, 1)
    second = table([HEAD, ["效益指标", "灌溉面积", "800亩", "30"]], 100.0, 2)
    made = document(sheet([], [first]), sheet([], [second]))
    assert len(made.tables) == 1
    assert grid(made) == [HEAD, ["产出指标", "维修渠道", "12公里", "20"], ["效益指标", "灌溉面积", "800亩", "30"]]
    assert {page for p in made.tables[0].paragraphs for page in p.pages} == {1, 2}


def test_text_between_parts_two_tables() -> None:
    first, second = table([HEAD], 600.0, 1), table([HEAD], 160.0, 2)
    made = document(sheet([], [first]), sheet([line("附表2", top=100.0, page=2)], [second]))
    assert len(made.tables) == 2


def test_another_form_on_the_next_page_is_another_table() -> None:
    first = table([["项目名称", "灌区维修"], ["主管部门", "水利局"]], 600.0, 1)
    second = table([["项目名称", "山塘整治"], ["主管部门", "水利局"]], 100.0, 2)
    assert len(document(sheet([], [first]), sheet([], [second])).tables) == 2


def test_a_row_cut_by_the_page_break_is_whole_again() -> None:
    first = table([HEAD, ["效益指标", "农田灌溉保证", "80%", "20"]], 600.0, 1)
    second = table([["", "率提高", "", ""], ["", "受益群众人数", "900人", "10"]], 100.0, 2)
    made = document(sheet([], [first]), sheet([], [second]))
    assert grid(made)[1] == ["效益指标", "农田灌溉保证率提高", "80%", "20"]


def test_a_new_row_with_blanks_is_not_the_rest_of_the_one_above() -> None:
    first = table([["资金", "来源", "预算数", "执行数"], ["^", "县级资金", "30", "30"]], 600.0, 1)
    second = table([["", "其他资金", "", ""], ["合计", "<", "30", "30"]], 100.0, 2)
    made = document(sheet([], [first]), sheet([], [second]))
    assert [row[1] for row in grid(made)] == ["来源", "县级资金", "其他资金", "合计"]
    assert grid(made)[2][0] == "资金"


def test_the_head_of_a_block_further_down_is_dropped_where_it_is_repeated() -> None:
    first = table([["项目名称", "灌区维修", "<", "<"], HEAD, ["产出指标", "维修渠道", "12公里", "20"]], 600.0, 1)
    second = table([HEAD, ["效益指标", "灌溉面积", "800亩", "30"]], 100.0, 2)
    made = document(sheet([], [first]), sheet([], [second]))
    assert [row[0] for row in grid(made)] == ["项目名称", "一级指标", "产出指标", "效益指标"]


def test_a_label_over_several_rows_goes_on_after_the_page_break() -> None:
    first = table([HEAD, ["服务对象", "群众满意度", "≥90%", "5"]], 600.0, 1)
    second = table([["满意度指标（10分）", "企业满意度", "≥90%", "5"]], 100.0, 2)
    made = document(sheet([], [first]), sheet([], [second]))
    label = made.tables[0].cells[4]
    assert (label.text, label.row_span) == ("服务对象满意度指标（10分）", 2)
    assert [row[1] for row in grid(made)] == ["指标名称", "群众满意度", "企业满意度"]


def test_another_label_after_the_page_break_is_a_label_of_its_own() -> None:
    first = table([HEAD, ["产出指标", "维修渠道", "12公里", "20"]], 600.0, 1)
    second = table([["效益指标", "灌溉面积", "800亩", "30"]], 100.0, 2)
    assert [row[0] for row in grid(document(sheet([], [first]), sheet([], [second])))] == ["一级指标", "产出指标", "效益指标"]


def test_the_row_a_template_left_is_not_the_rest_of_the_one_above() -> None:
    first = table([HEAD, ["产出指标", "新建公共厕所", "9座", "8"]], 600.0, 1)
    second = table([["", "指标3：", "", ""]], 100.0, 2)
    assert [row[1] for row in grid(document(sheet([], [first]), sheet([], [second])))] == ["指标名称", "新建公共厕所", "指标3："]


def test_a_full_row_beside_labels_that_go_on_is_a_row_of_its_own() -> None:
    first = table([HEAD, ["数量指标", "甲镇路面修复面积", "1840平方米", "1.5"]], 600.0, 1)
    second = table([["", "乙镇日常养护里程", "51.7公里公里", "1.5"]], 100.0, 2)
    assert [row[1] for row in grid(document(sheet([], [first]), sheet([], [second])))] == [
        "指标名称",
        "甲镇路面修复面积",
        "乙镇日常养护里程",
    ]


def test_the_blank_rest_of_a_row_after_the_page_break_is_no_row() -> None:
    first = table([HEAD, ["产出指标", "维修渠道", "12公里", "20"]], 600.0, 1)
    second = table([["", "", "", ""], ["效益指标", "灌溉面积", "800亩", "30"]], 100.0, 2)
    assert [row[0] for row in grid(document(sheet([], [first]), sheet([], [second])))] == ["一级指标", "产出指标", "效益指标"]
