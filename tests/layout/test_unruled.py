"""Tables without upright rules: by the ends of level rules, and by white columns."""

from __future__ import annotations

from dataclasses import replace

from extractor.layout.unruled import boxed_rows, looks_like_a_table, take_unruled
from extractor.model.document import Box
from extractor.model.printed import Boxes, Line, RuledCell, RuledTable

SIZE = 10.0


def line(top: float, *entries: tuple[float, str]) -> Line:
    """A printed line with entries that begin at given places, every character ten points wide."""
    text, boxes = "", []
    for x0, words in entries:
        if text:
            text += " "
            boxes.append((1, boxes[-1][3], top, x0, top + SIZE))
        for place, character in enumerate(words):
            text += character
            boxes.append((1, x0 + SIZE * place, top, x0 + SIZE * (place + 1), top + SIZE))
    return Line(text, 1, Boxes.of(boxes), SIZE)


def rule(y: float, x0: float, x1: float) -> Box:
    return 1, x0, y, x1, y


def cells(lines: list[Line], rules: list[Box]) -> list[list[str]]:
    """The texts of the cells by table, from top to bottom and left to right."""
    _, tables = take_unruled(lines, rules)
    return [["".join(own.text for own in cell.lines) for cell in sorted(t.cells, key=lambda c: (c.box[2], c.box[1]))] for t in tables]


HEAD = line(102, (50, "项目"), (150, "预算"), (250, "执行"))
FIRST = line(122, (50, "清淤"), (150, "120.5"), (250, "118.2"))
SECOND = line(142, (50, "绿化"), (150, "80.0"), (250, "79.1"))
TOTAL = line(162, (50, "合计"), (150, "200.5"), (250, "197.3"))
TEXTS = ["项目", "预算", "执行", "清淤", "120.5", "118.2", "绿化", "80.0", "79.1", "合计", "200.5", "197.3"]


def test_rules_below_every_cell_tell_the_cells() -> None:
    ends = [(40, 140), (140, 240), (240, 340), (340, 360)]
    rules = [rule(y, x0, x1) for y in (98, 118, 138, 158, 178) for x0, x1 in ends]
    found = cells([HEAD, FIRST, SECOND, TOTAL], rules)
    assert [text for text in found[0] if text] == TEXTS


def test_three_full_rules_leave_the_rows_to_the_lines() -> None:
    rules = [rule(98, 40, 340), rule(118, 40, 340), rule(178, 40, 340)]
    assert cells([HEAD, FIRST, SECOND, TOTAL], rules) == [TEXTS]


def test_no_rule_at_all() -> None:
    assert cells([HEAD, FIRST, SECOND, TOTAL], []) == [TEXTS]


def test_a_label_over_two_rows_is_one_cell() -> None:
    rules = [rule(98, 40, 140), rule(98, 140, 240), rule(98, 240, 340), rule(138, 40, 140), rule(118, 140, 240), rule(118, 240, 340)]
    rules += [rule(138, 140, 240), rule(138, 240, 340)]
    lines = [line(102, (150, "数量"), (250, "20个")), line(113, (50, "产出")), line(122, (150, "质量"), (250, "95%"))]
    _, tables = take_unruled(lines, rules)
    tall = next(cell for cell in tables[0].cells if cell.lines and cell.lines[0].text == "产出")
    assert (tall.box[2], tall.box[4]) == (98, 138)


def test_prose_and_a_stroke_under_a_heading_are_no_table() -> None:
    lines = [line(100 + 20 * i, (50, "本年度资金使用符合规定并按合同约定支付")) for i in range(6)]
    assert cells(lines, [rule(95, 50, 400)]) == []


def test_two_signatures_side_by_side_are_no_table() -> None:
    lines = [line(100, (50, "负责人：甲"), (250, "经办人：乙")), line(120, (50, "电话：略"), (250, "日期：略"))]
    assert cells(lines, []) == []


FORM = [
    line(102, (50, "项目名称"), (250, "灌区维修")),
    line(122, (150, "预算数"), (250, "执行数"), (350, "执行率")),
    line(142, (50, "资金"), (150, "120.5"), (250, "118.2"), (350, "98%")),
    line(162, (100, "指标"), (200, "目标"), (280, "完成"), (340, "分值"), (400, "得分")),
    line(182, (100, "渠道"), (200, "9处"), (280, "9处"), (340, "60"), (400, "60")),
    line(202, (30, "产出"), (100, "满意度"), (200, "90%"), (280, "92%"), (340, "40"), (400, "40")),
]
FORM_ROWS = [["项目名称", "灌区维修"], ["预算数", "执行数", "执行率"], ["资金", "120.5", "118.2", "98%"]]
FORM_ROWS += [["指标", "目标", "完成", "分值", "得分"], ["渠道", "9处", "9处", "60", "60"], ["产出", "满意度", "90%", "92%", "40", "40"]]


def rows(lines: list[Line], rules: list[Box]) -> list[list[str]]:
    """The texts of one table's rows, by the height of the cells' middles; blank cells left out."""
    _, (table,) = take_unruled(lines, rules)
    found: dict[float, list[tuple[float, str]]] = {}
    for cell in table.cells:
        if cell.lines:
            found.setdefault(cell.lines[0].top, []).append((cell.box[1], "".join(own.text for own in cell.lines)))
    return [[text for _, text in sorted(found[top])] for top in sorted(found)]


def test_rules_over_the_width_leave_the_columns_of_each_block_to_its_words() -> None:
    assert rows(FORM, [rule(y, 20, 440) for y in (98, 118, 138, 158, 178, 198, 218)]) == FORM_ROWS


def test_a_label_over_rows_is_one_cell_where_the_rules_beside_it_begin_later() -> None:
    rules = [rule(98, 20, 440), rule(118, 20, 440), rule(138, 80, 440), rule(158, 20, 440), rule(178, 20, 440), rule(198, 80, 440)]
    _, (table,) = take_unruled(FORM, [*rules, rule(218, 20, 440)])
    tall = next(cell for cell in table.cells if cell.lines and cell.lines[0].text == "产出")
    assert (tall.box[2], tall.box[4]) == (178, 219)


def test_rules_drawn_column_by_column_do_not_cut_words_over_several_columns() -> None:
    ends = [(20, 90), (90, 180), (180, 260), (260, 330), (330, 390), (390, 440)]
    wide = [line(102 + 20 * i, (50, "名称"), (200, "灌区维修项目补助资金")) for i in range(3)]
    table = [line(162, (50, "年度"), (100, "预算数"), (190, "执行数"), (270, "执行率"), (340, "分值"), (400, "得分"))]
    rules = [rule(y, x0, x1) for y in (98, 118, 138, 158, 178) for x0, x1 in ends]
    assert rows([*wide, *table], rules)[:3] == [["名称", "灌区维修项目补助资金"]] * 3


def test_a_row_whose_upper_rule_stayed_on_the_page_before_belongs_to_the_table() -> None:
    later = [replace(each, page=2, boxes=replace(each.boxes, page=2)) for each in (HEAD, FIRST, SECOND, TOTAL)]
    _, (table,) = take_unruled(later, [(2, 40, y, 340, y) for y in (118, 138, 158, 178)])
    assert [own.text for cell in table.cells for own in cell.lines] == TEXTS


def test_a_section_between_two_tables_parts_them() -> None:
    below = [
        replace(each, boxes=Boxes.of((1, b[1], b[2] + 200, b[3], b[4] + 200) for b in each.boxes)) for each in (HEAD, FIRST, SECOND, TOTAL)
    ]
    text = [line(200, (40, "二、项目支出情况")), line(230, (60, "各乡镇按照实施方案组织施工，工程全部按期完工并通过验收。"))]
    rules = [rule(y + down, 40, 340) for down in (0, 200) for y in (98, 118, 138, 158, 178)]
    rest, tables = take_unruled([HEAD, FIRST, SECOND, TOTAL, *text, *below], rules)
    assert ([each.text[:4] for each in rest], len(tables)) == (["二、项目", "各乡镇按"], 2)


def test_a_head_above_the_first_rule_belongs_to_the_table() -> None:
    ends = [(40, 140), (140, 240), (240, 340)]
    caption = line(82, (50, "填报单位：略"), (200, "单位：万元"), (300, "元"))
    for rules in ([(40, 340)], ends):
        found = cells([caption, HEAD, FIRST, SECOND, TOTAL], [rule(y, *end) for y in (118, 138, 158, 178) for end in rules])
        assert [text for text in found[0] if text] == TEXTS


def test_rules_in_pieces_round_the_head_leave_the_rows_to_the_lines() -> None:
    rules = [rule(y, x0, x0 + 100) for y in (98, 118, 178) for x0 in (40, 140, 240)]
    assert cells([HEAD, FIRST, SECOND, TOTAL], rules) == [TEXTS]


WRAPPED = [
    line(102, (50, "项目"), (150, "预算"), (250, "完成时间"), (350, "得分"), (450, "等级")),
    line(122, (250, "2023年11")),
    line(128, (50, "清淤"), (150, "120.5"), (350, "98.5"), (450, "优")),
    line(134, (250, "月2日")),
    line(154, (50, "渠道两岸"), (250, "2023年12")),
    line(160, (150, "80.0"), (350, "9.5"), (450, "良")),
    line(166, (50, "绿化"), (250, "月1日")),
    line(186, (50, "合计"), (150, "200.5"), (350, "97.0"), (450, "优")),
]
WRAPPED_ROWS = [
    ["项目", "预算", "完成时间", "得分", "等级"],
    ["清淤", "120.5", "2023年11月2日", "98.5", "优"],
    ["渠道两岸绿化", "80.0", "2023年12月1日", "9.5", "良"],
    ["合计", "200.5", "97.0", "优"],
]


def whole_rows(lines: list[Line], rules: list[Box]) -> list[list[str]]:
    """The texts of one table's rows, by the tops of the cells; blank cells left out."""
    _, (table,) = take_unruled(lines, rules)
    found: dict[float, list[tuple[float, str]]] = {}
    for cell in table.cells:
        found.setdefault(cell.box[2], []).append((cell.box[1], "".join(own.text for own in cell.lines)))
    return [[text for _, text in sorted(found[top]) if text] for top in sorted(found)]


def test_wrapped_cells_without_any_rule_stay_whole() -> None:
    assert whole_rows(WRAPPED, []) == WRAPPED_ROWS


def test_wrapped_cells_below_a_ruled_head_stay_whole() -> None:
    assert whole_rows(WRAPPED, [rule(y, 40, 500) for y in (98, 116, 200)]) == WRAPPED_ROWS


def test_rows_with_a_ground_of_their_own_are_no_table_of_one_column() -> None:
    boxes = [(1, 40.0, top - 4.0, 400.0, top + 16.0) for top in (102, 122, 142, 162)]
    striped = RuledTable((1, 40, 98, 400, 178), tuple(RuledCell(b, (x,)) for b, x in zip(boxes, (HEAD, FIRST, SECOND, TOTAL), strict=True)))
    notes = [line(102 + 20 * i, (50, "本年度资金使用符合规定")) for i in range(4)]
    framed = RuledTable((1, 40, 98, 400, 178), tuple(RuledCell(b, (x,)) for b, x in zip(boxes, notes, strict=True)))
    assert (boxed_rows(striped), boxed_rows(framed)) == (True, False)


def test_rows_of_figures_left_as_text_look_like_a_table_and_prose_does_not() -> None:
    figures = [line(100 + 20 * i, (50, "12.50"), (150, "118.20"), (250, "98%"), (350, "9.8")) for i in range(4)]
    words = [line(100 + 20 * i, (50, "负责人"), (150, "经办人"), (250, "审核人"), (350, "日期")) for i in range(4)]
    assert (looks_like_a_table(figures), looks_like_a_table(figures[:3]), looks_like_a_table(words)) == (True, False, False)


def _two_tables(caption: str, second: list[tuple[int, int]]) -> list[list[str]]:
    """Two tables with rules below every cell, one below the other, and a line between them."""
    first = [(40, 140), (140, 240), (240, 340), (340, 360)]
    lines = [HEAD, FIRST, SECOND, TOTAL, line(190, (120, caption))]
    lines += [replace(own, boxes=Boxes.of((b[0], b[1], b[2] + 110, b[3], b[4] + 110) for b in own.boxes)) for own in lines[:4]]
    rules = [rule(y, *ends) for y in (98, 118, 138, 158, 178) for ends in first]
    rules += [rule(y + 110, *ends) for y in (98, 118, 138, 158, 178) for ends in second]
    return [[text for text in found if text] for found in cells(lines, rules)]


OTHER_COLUMNS = [(40, 148), (148, 246), (246, 346), (346, 360)]


def test_a_caption_with_its_unit_parts_two_tables_of_other_columns() -> None:
    assert _two_tables("三公经费表 单位：万元", OTHER_COLUMNS) == [TEXTS, TEXTS]


def test_a_row_across_one_table_does_not_part_it() -> None:
    assert len(_two_tables("其他资金说明", OTHER_COLUMNS)) == 1
    assert len(_two_tables("三公经费表 单位：万元", [(40, 140), (140, 240), (240, 340), (340, 360)])) == 1
