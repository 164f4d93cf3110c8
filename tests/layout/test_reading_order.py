"""Two columns and footnotes are read in the order in which they were meant."""

from __future__ import annotations

from extractor.model.document import Role
from extractor.model.printed import Boxes, Line
from tests.layout.printed import LEFT, document, line, page, sheet, table, texts, wrapped

FIRST = "各乡镇按照实施方案组织施工，县水利部门逐月调度工程进度并开展现场检查，发现的问题均已督促整改到位。"
SECOND = "项目验收由县级主管部门牵头，邀请专家和受益群众代表参加，验收结论在政府网站公示七天，公示期间没有收到异议。"


def column(text: str, x0: float, top: float) -> list[Line]:
    rows = wrapped(text, 2, 14)
    made = []
    for place, row in enumerate(rows):
        indent = len(row) - len(row.lstrip("　"))
        made.append(line(row.lstrip("　"), x0 + indent * 14.0, top + place * 25.0))
    return made


def side_by_side(left: list[Line], right: list[Line]) -> list[Line]:
    """Rows that run over both columns, as a reader without columns hands them out."""
    rows = []
    for mine, other in zip(left, right, strict=True):
        space = (1, mine.x1, mine.top, other.x0, mine.bottom)
        rows.append(Line(f"{mine.text} {other.text}", 1, Boxes.of((*mine.boxes, space, *other.boxes)), mine.size))
    return rows


def test_two_columns_are_read_one_after_the_other() -> None:
    left = column(FIRST + SECOND, LEFT, 150.0)
    right = column(SECOND + FIRST, 310.0, 150.0)
    made = document(sheet([line("松岭县灌区维修项目绩效自评报告", 150.0, 100.0, 18.0), *side_by_side(left, right)]))
    assert texts(made) == ["松岭县灌区维修项目绩效自评报告", FIRST + SECOND, SECOND + FIRST]


def test_a_mark_that_hangs_over_the_edge_of_a_column_joins_no_columns() -> None:
    left = [line(row, LEFT, 150.0 + 25.0 * n) for n, row in enumerate(wrapped(FIRST.rstrip("。") * 3, 0, 14))]
    right = [line(each.text, 297.0, each.top) for each in left]
    hanging = left[3].text[:14] + "，"
    left[3] = line(hanging, LEFT, left[3].top)
    rows = side_by_side(left, right)
    touching = rows[3].text.replace("， ", "，")
    rows[3] = Line(touching, 1, Boxes.of((*left[3].boxes, *right[3].boxes)), rows[3].size)
    made = texts(document(sheet(rows)))
    assert not any(touching in text for text in made)
    assert hanging in made[0]


def test_the_last_line_of_a_column_may_hang_over_its_edge() -> None:
    left, right = column(FIRST + SECOND, LEFT, 150.0), column(SECOND + FIRST, 297.0, 150.0)
    hanging = line(FIRST[:14] + "：", LEFT, left[-1].top + 25.0)
    over = Line(hanging.text, 1, Boxes.of((*hanging.boxes[:-1], (1, 276.0, hanging.top, 300.0, hanging.bottom))), hanging.size)
    made = texts(document(sheet([*side_by_side(left, right), over])))
    assert made[-1] == SECOND + FIRST
    assert any(text.endswith(over.text) for text in made[:-1])


def two_columns() -> list[Line]:
    left, right = column(FIRST + SECOND, LEFT, 150.0), column(SECOND + FIRST, 310.0, 150.0)
    return side_by_side(left, right)


def test_a_last_page_may_fill_only_its_left_column() -> None:
    rest = [line(each.text, each.x0, each.top, page=2) for each in column(FIRST[:26], LEFT, 150.0)]
    assert texts(document(sheet(two_columns()), sheet(rest))) == [FIRST + SECOND, SECOND + FIRST, FIRST[:26]]


def test_a_table_in_the_left_column_comes_before_the_right_column() -> None:
    made = document(sheet(two_columns(), [table([["年度", "金额"]], 400.0)]))
    assert [type(block).__name__ for block in made.blocks] == ["Paragraph", "Table", "Paragraph"]


def test_entries_side_by_side_are_no_columns() -> None:
    tops = [150.0 + 25.0 * n for n in range(8)]
    left = [line(f"项目{n}：工程", LEFT, top) for n, top in enumerate(tops)]
    right = [line(f"金额：{n}万元", 350.0, top) for n, top in enumerate(tops)]
    assert texts(document(sheet(side_by_side(left, right)))) == [f"项目{n}：工程 金额：{n}万元" for n in range(8)]


def test_a_gap_in_a_few_rows_makes_no_columns() -> None:
    tops = (80.0, 100.0, 120.0)
    rows = side_by_side([line("填报单位：松岭局", top=top) for top in tops], [line("日期：五月", 310.0, top) for top in tops])
    made = document(sheet([*rows, *page([*wrapped(FIRST), *wrapped(SECOND)], top=150.0)]))
    assert texts(made) == ["填报单位：松岭局 日期：五月"] * 3 + [FIRST, SECOND]


def test_footnotes_follow_the_body_of_their_page() -> None:
    rows = [*wrapped(FIRST), *wrapped(SECOND)[:1]]
    note = [line("①含上年结转资金。", LEFT, 700.0, 9.0), line("②按到位数计算。", LEFT, 714.0, 9.0)]
    rule = (1, LEFT, 690.0, LEFT + 140.0, 690.0)
    following = page([*wrapped(SECOND)[1:], *wrapped(FIRST)], 2)
    made = document(sheet([*page(rows), *note], rules=[rule]), sheet(following))
    assert texts(made) == [FIRST, SECOND, "①含上年结转资金。", "②按到位数计算。", FIRST]
    assert [p.role for p in made.running_text] == [Role.BODY, Role.BODY, Role.FOOTNOTE, Role.FOOTNOTE, Role.BODY]


def test_small_print_under_the_text_without_a_mark_is_no_footnote() -> None:
    made = document(sheet([*page([*wrapped(FIRST), *wrapped(SECOND)]), line("数据来源于年终决算。", LEFT, 700.0, 9.0)]))
    assert made.running_text[-1].role is Role.BODY


def test_a_small_mark_right_under_the_text_is_no_footnote() -> None:
    rows = page([*wrapped(FIRST), *wrapped(SECOND)])
    made = document(sheet([*rows, line("①含上年结转资金。", LEFT, rows[-1].bottom + 5.0, 9.0)]))
    assert made.running_text[-1].role is Role.BODY
