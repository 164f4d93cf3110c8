"""Wrapped lines become the paragraphs that were typed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.model.printed import Boxes
from tests.layout.printed import EM, LEFT, PER_LINE, RIGHT, document, line, page, sheet, texts, wrapped

PROSE = "全县组织实施农田水利设施维修养护、山塘整治和灌区节水改造等工作，资金由县级统筹安排并按照工程进度分期拨付到位，"
FIRST = "各乡镇按照实施方案组织施工，县水利部门逐月调度工程进度并开展现场检查，发现的问题均已督促整改到位。"
SECOND = "项目验收由县级主管部门牵头，邀请专家和受益群众代表参加，验收结论在政府网站公示七天，公示期间没有收到异议。"


def paragraphs(*pages: list[str], pitch: float = 25.0) -> list[str]:
    return texts(document(*(sheet(page(rows, number, pitch=pitch)) for number, rows in enumerate(pages, 1))))


def full_line(end: str) -> str:
    """The first line of a paragraph, indented, filled up to the margin so that it ends with these words."""
    ems = sum(2 if char >= "\u2e80" or char in "“”" else 1 for char in end) / 2
    return "　　" + PROSE[: int(PER_LINE - 2 - ems)] + end


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("支出98", "5万元，其余结转下年使用。", "支出985万元"),
        ("支出5,105.", "24万元，其余结转。", "支出5,105.24万元"),
        ("执行率97.9", "0%，符合要求。", "97.90%"),
        ("安排资金120", "万元，用于渠道清淤。", "120万元"),
        ("安排资金120万", "元，用于渠道清淤。", "120万元"),
        ("见松财农〔2021", "〕69号文件要求。", "松财农〔2021〕69号"),
        ("见松财农〔2021〕", "69号文件要求。", "松财农〔2021〕69号"),
        ("详见《灌区维修项目", "支出绩效自评表》。", "《灌区维修项目支出绩效自评表》"),
        ("实施“清水入", "田”工程。", "“清水入田”"),
        ("共完成（含上年）12", "）项工程的验收。", "12）项"),
    ],
)
@pytest.mark.parametrize("over_page", [False, True], ids=["line", "page"])
def test_what_a_line_or_a_page_breaks_is_whole_again(before: str, after: str, whole: str, over_page: bool) -> None:
    first = full_line(before)
    rest = [after, *wrapped(FIRST), *wrapped(SECOND)]
    top = [*wrapped(FIRST), *wrapped(SECOND)]
    found = paragraphs([*top, first], rest) if over_page else paragraphs([*top, first, *rest])
    assert found[2] == first.strip("　") + after
    assert whole in found[2]
    assert found[3:] == [FIRST, SECOND]


def test_indent_begins_a_paragraph_even_without_a_full_stop() -> None:
    without = FIRST.rstrip("。")
    assert paragraphs([*wrapped(without), *wrapped(SECOND), *wrapped(FIRST)]) == [without, SECOND, FIRST]


def test_headings_are_not_glued_to_the_text_under_them() -> None:
    rows = ["　　一、基本情况", "　　（一）项目概况", *wrapped(FIRST), "　　1.资金情况", *wrapped(SECOND)]
    assert paragraphs(rows) == ["一、基本情况", "（一）项目概况", FIRST, "1.资金情况", SECOND]


def test_headings_at_the_margin_stand_alone() -> None:
    rows = [*wrapped(FIRST), "一、基本情况", *wrapped(SECOND), "二、资金情况", *wrapped(FIRST)]
    assert paragraphs(rows) == [FIRST, "一、基本情况", SECOND, "二、资金情况", FIRST]


def test_a_number_in_brackets_at_the_start_of_a_wrapped_line_begins_nothing() -> None:
    long = "下一步措施：（1）做好项目前期论证和入库储备等基础工作；（2）建立月调度制度；（3）加强资金监管。"
    rows = wrapped(long)
    assert rows[1].startswith("（2）")
    assert paragraphs([*wrapped(FIRST), *rows, *wrapped(SECOND)]) == [FIRST, long, SECOND]


def test_a_wide_gap_parts_paragraphs_without_indents() -> None:
    lines = [*page(wrapped(FIRST, 0)), *page(wrapped(SECOND, 0), top=220.0), *page(wrapped(FIRST, 0), top=330.0)]
    assert texts(document(sheet(lines))) == [FIRST, SECOND, FIRST]


def test_wide_spacing_of_all_lines_parts_nothing() -> None:
    assert paragraphs([*wrapped(FIRST), *wrapped(SECOND)], pitch=42.0) == [FIRST, SECOND]


def test_a_short_line_ends_a_paragraph_without_indents() -> None:
    rows = [*wrapped(FIRST, 0), *wrapped(SECOND, 0), *wrapped(FIRST, 0), *wrapped(SECOND, 0)]
    assert paragraphs(rows) == [FIRST, SECOND, FIRST, SECOND]


def test_a_change_of_size_parts_paragraphs() -> None:
    assert paragraphs(["#^松岭县灌区维修项目", *wrapped(FIRST), *wrapped(SECOND)])[:2] == ["松岭县灌区维修项目", FIRST]


def test_a_title_that_fills_its_line_goes_on() -> None:
    rows = ["#^松岭县水利和湖泊局二〇二一年度灌区维修养护", "#^绩效自评报告", *wrapped(FIRST), *wrapped(SECOND)]
    assert paragraphs(rows)[0] == "松岭县水利和湖泊局二〇二一年度灌区维修养护绩效自评报告"


def test_a_title_of_two_typed_lines_stays_two() -> None:
    assert paragraphs(["#^松岭县水利局", "#^绩效自评报告", *wrapped(FIRST), *wrapped(SECOND)])[:2] == ["松岭县水利局", "绩效自评报告"]


def test_a_page_break_after_a_finished_paragraph_joins_nothing() -> None:
    assert paragraphs([*wrapped(FIRST)], ["二、资金情况", *wrapped(SECOND)]) == [FIRST, "二、资金情况", SECOND]


def test_latin_words_of_two_lines_keep_a_space_and_chinese_gets_none() -> None:
    rows = ["　　系统采用开源软件，运行环境为国产服务器操作系统 Open", "Harmony 平台，数据存放在本地机房。"]
    joined = paragraphs([*wrapped(FIRST), *rows, *wrapped(SECOND)])[1]
    assert joined == "系统采用开源软件，运行环境为国产服务器操作系统Open Harmony平台，数据存放在本地机房。"


def test_a_line_of_spread_letters_stands_alone() -> None:
    spread = "　".join("部门绩效自评情况")
    lines = [*page([*wrapped(FIRST), *wrapped(SECOND)]), line(spread, 80.0, 270.0), line("单位：万元", 80.0, 295.0)]
    assert texts(document(sheet(lines)))[-2:] == ["部门绩效自评情况", "单位：万元"]


def test_thirteen_pages_hold_their_order() -> None:
    pages = [[*wrapped(FIRST), f"　　{number}.第{number}处工程", *wrapped(SECOND)] for number in range(1, 14)]
    expected = [text for number in range(1, 14) for text in (FIRST, f"{number}.第{number}处工程", SECOND)]
    made = document(*(sheet(page(rows, number)) for number, rows in enumerate(pages, 1)))
    assert texts(made) == expected
    assert [paragraph.index for paragraph in made.running_text] == list(range(39))
    assert len(made.pages) == 13


def test_parts_of_a_file_with_other_margins_keep_their_own() -> None:
    rows = [*wrapped(FIRST), *wrapped(SECOND), *wrapped(FIRST)]
    moved = [line(made.text, made.x0 + 30.0, made.top, made.size, 2) for made in page(rows, 2)]
    assert texts(document(sheet(page(rows)), sheet(moved))) == [FIRST, SECOND, FIRST] * 2


def test_items_that_hang_go_on_under_their_text() -> None:
    rows = [
        *wrapped(FIRST),
        *wrapped(SECOND),
        "1.全县组织实施农田水利设施维修养护和山塘整治以及灌区节水改造",
        "　其他工作。",
        *wrapped(FIRST),
    ]
    assert paragraphs(rows)[2] == "1.全县组织实施农田水利设施维修养护和山塘整治以及灌区节水改造其他工作。"


def test_short_lines_of_a_cover_stay_apart() -> None:
    assert paragraphs(["项目名称：灌区维修费", "主管部门：松岭县水利局", "评价年度：二〇二一年"]) == [
        "项目名称：灌区维修费",
        "主管部门：松岭县水利局",
        "评价年度：二〇二一年",
    ]


def test_paragraphs_tell_their_indent_size_and_place() -> None:
    made = document(sheet(page(["#^自评报告", *wrapped(FIRST), *wrapped(SECOND)]))).running_text
    assert (made[0].centered, made[0].size, made[0].page) == (True, 20.0, 1)
    assert (made[1].centered, made[1].size, made[1].indent) == (False, 14.0, 28.0)
    assert made[1].glyphs is not None
    assert made[1].glyphs.box(28) == (1, 80.0, 170.0, 94.0, 184.0)


def test_digits_stay_together_even_where_a_line_ends_early() -> None:
    rows = ["　　全县组织实施农田水利设施维修养护，支出1,234.5", "6万元。", *wrapped(FIRST), *wrapped(SECOND)]
    assert paragraphs(rows)[0] == "全县组织实施农田水利设施维修养护，支出1,234.56万元。"


def test_a_spread_line_is_never_full() -> None:
    first, last = page(wrapped(FIRST)), page([*wrapped(SECOND), *wrapped(FIRST)], top=300.0)
    spread = line("附部门整体绩效自评表", LEFT, 200.0)
    boxes = Boxes.of((1, LEFT + n * 45.0, 200.0, LEFT + n * 45.0 + EM, 214.0) for n in range(len(spread.text)))
    lines = [*first, replace(spread, boxes=boxes), line("见后页", LEFT, 225.0), *last]
    assert texts(document(sheet(lines)))[1:3] == ["附部门整体绩效自评表", "见后页"]


def test_a_justified_line_goes_on() -> None:
    rows = page([*wrapped(FIRST), *wrapped(SECOND)])
    stretched = line(FIRST[PER_LINE - 2 : 2 * PER_LINE - 8], LEFT, rows[1].top)
    step = (RIGHT - LEFT - EM) / (len(stretched.text) - 1)
    boxes = Boxes.of((1, LEFT + n * step, stretched.top, LEFT + n * step + EM, stretched.bottom) for n in range(len(stretched.text)))
    end = line("《青石县关于加强灌区管理的意见》要求，问题均已整改到位。", LEFT, 170.0)
    rows = [rows[0], replace(stretched, boxes=boxes), end, *page(wrapped(SECOND), top=195.0)]
    assert texts(document(sheet(rows)))[0] == rows[0].text + stretched.text + end.text


def test_two_headings_at_the_margin_after_a_full_last_line() -> None:
    full = FIRST[: 2 * PER_LINE - 3].ljust(2 * PER_LINE - 3, "好") + "。"
    rows = [*wrapped(full), "二、资金情况", "（一）资金到位情况", *wrapped(FIRST), *wrapped(full), *wrapped(SECOND)]
    assert paragraphs(rows) == [full, "二、资金情况", "（一）资金到位情况", FIRST, full, SECOND]


def test_headings_that_fill_their_line_stand_alone() -> None:
    heading = "一、绩效目标完成情况和自评工作组织实施情况以及结论说明"
    assert len(heading) == PER_LINE - 3
    rows = [heading, "（一）产出指标", *wrapped(FIRST), "二、资金情况", *wrapped(SECOND), "（一）效益指标", *wrapped(FIRST)]
    assert paragraphs(rows)[:3] == [heading, "（一）产出指标", FIRST]
    full = heading + "和要求"
    assert paragraphs([*wrapped(FIRST), full, *wrapped(SECOND), "二、资金情况", *wrapped(FIRST)])[:3] == [FIRST, full, SECOND]


def test_the_unit_over_a_table_stands_alone() -> None:
    full = PROSE[:PER_LINE].replace("，", "和")
    assert paragraphs([*wrapped(FIRST), *wrapped(SECOND), "　　" + full[:28], "（单位：万元）"])[-2:] == [full[:28], "（单位：万元）"]


def test_a_heading_at_the_margin_after_a_full_last_line() -> None:
    full = FIRST[: 2 * PER_LINE - 3] + "。"
    rows = [
        *wrapped(FIRST),
        "一、基本情况",
        *wrapped(SECOND),
        *wrapped(full.ljust(2 * PER_LINE - 2, "好")[:-1] + "。"),
        "二、资金情况",
        *wrapped(FIRST),
    ]
    assert "二、资金情况" in paragraphs(rows)


def test_a_dotted_number_without_a_space_begins_a_heading_where_a_sentence_ended() -> None:
    full = FIRST[: 2 * PER_LINE - 3] + "。"
    rows = [row for n in "123" for row in (f"3.{n}绩效情况", *wrapped(full.ljust(2 * PER_LINE - 2, "好")[:-1] + "。"))]
    assert paragraphs(rows)[::2] == ["3.1绩效情况", "3.2绩效情况", "3.3绩效情况"]
    parted = PROSE[: PER_LINE - 2] + "3.2改版后的台账，保护耕地面积共计有两千余亩，合计达到" + "9.4万亩。"
    assert paragraphs(["3.1绩效情况", *wrapped(FIRST), "3.2绩效情况", *wrapped(SECOND), *wrapped(parted)])[-1] == parted


def test_first_lines_may_stand_out_to_the_left() -> None:
    hanging = [row if row.startswith("　") else "　　" + row for text in (FIRST, SECOND) * 2 for row in wrapped(text, 0, 28)]
    rows = [row.replace("　", "") if row.strip("　") in (FIRST[:28], SECOND[:28]) else row for row in hanging]
    assert paragraphs(rows) == [FIRST, SECOND] * 2


def test_paragraphs_set_in_under_headings_at_the_margin() -> None:
    def inset(text: str) -> list[str]:
        return ["　　" + row for row in wrapped(text, 2, 28)]

    rows = [row for n in "一二三" for row in (f"{n}、情况", *inset(FIRST), *inset(SECOND))]
    assert paragraphs(rows) == [text for n in "一二三" for text in (f"{n}、情况", FIRST, SECOND)]


def test_a_gap_parts_paragraphs_whose_last_line_is_full() -> None:
    full = (FIRST * 2)[: 2 * PER_LINE]
    lines = [each for n in range(4) for each in page(wrapped(full, 0), top=100.0 + n * 62.0)]
    assert texts(document(sheet(lines))) == [full] * 4


def test_a_number_of_a_wrapped_line_begins_nothing_where_gaps_part_paragraphs() -> None:
    text = "下一步措施：" + PROSE[: PER_LINE - 8] + "。；"[:1] + "制（2）建立月调度制度并加强监管；"
    rows = wrapped(text, 0)
    assert rows[1].startswith("（2）")
    lines = [each for n in range(4) for each in page(rows, top=100.0 + n * 70.0)]
    assert texts(document(sheet(lines))) == [text] * 4


def test_bold_tells_something_only_where_not_all_is_bold() -> None:
    plain = page([*wrapped(FIRST), *wrapped(SECOND)])
    heading = replace(line("一、基本情况", LEFT + 2 * EM, 90.0), bold=True)
    assert [p.bold for p in document(sheet([heading, *plain])).running_text] == [True, False, False]
    bold = [replace(each, bold=True) for each in [heading, *plain]]
    assert [p.bold for p in document(sheet(bold)).running_text] == [False, False, False]


def test_a_hyphen_of_the_printer_goes_and_one_of_the_author_stays() -> None:
    rows = [*wrapped(FIRST), "　　系统采用开源软件，运行环境为国产服务器操作系统inter-", "net平台。", *wrapped(SECOND)]
    assert "系统internet平台" in paragraphs(rows)[1]
    rows = [*wrapped(FIRST), "　　系统采用开源软件，运行环境为国产服务器操作系统型号A-", "100平台。", *wrapped(SECOND)]
    assert "型号A-100平台" in paragraphs(rows)[1]


REPORT = ["一、基本情况", FIRST, "1.资金到位98.5万元，到位率100%。", SECOND, "（二）执行情况", FIRST + SECOND, PROSE + "支出1,234.56万元。"]


@given(per_line=st.integers(18, 30), per_page=st.integers(3, 20))
def test_where_lines_and_pages_break_changes_nothing(per_line: int, per_page: int) -> None:
    rows = [row for text in REPORT * 3 for row in wrapped(text, per_line=per_line)]
    pages = [rows[start : start + per_page] for start in range(0, len(rows), per_page)]
    assert paragraphs(*pages) == REPORT * 3
