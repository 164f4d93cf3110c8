"""What repeats or only finds its way is set aside, and kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractor.model.document import Role
from tests.layout.printed import aside, document, line, page, sheet, table, texts, wrapped

FIRST = "各乡镇按照实施方案组织施工，县水利部门逐月调度工程进度并开展现场检查，发现的问题均已督促整改到位。"
SECOND = "项目验收由县级主管部门牵头，邀请专家和受益群众代表参加，验收结论在政府网站公示七天，公示期间没有收到异议。"
ROWS = [*wrapped(FIRST), *wrapped(SECOND)]


STYLES = ["{}", "-{}-", "- {} -", "—{}—", "— {} —", "·{}·", "第{}页", "第 {} 页 共3页", "共3页 第{}页", "{}/3", "松岭县水利局 第{}页"]


@pytest.mark.parametrize("style", STYLES)
def test_page_numbers_are_set_aside(style: str) -> None:
    pages = [sheet([*page(ROWS, n), line(style.format(n), 280.0, 790.0, 9.0, n)]) for n in (1, 2, 3)]
    made = document(*pages)
    assert texts(made) == [FIRST, SECOND] * 3
    assert [text.replace(" ", "") for text in aside(made, Role.PAGE_NUMBER)] == [style.format(n).replace(" ", "") for n in (1, 2, 3)]


def test_a_page_number_does_not_cut_a_paragraph_in_two() -> None:
    rows = [*ROWS, *wrapped(FIRST)[:1]]
    first = sheet([*page(rows), line("1", 280.0, 790.0, 9.0)])
    second = sheet([*page([*wrapped(FIRST)[1:], *ROWS], 2), line("2", 280.0, 790.0, 9.0, 2)])
    assert texts(document(first, second)) == [FIRST, SECOND, FIRST, FIRST, SECOND]


def test_a_figure_in_the_text_is_no_page_number() -> None:
    made = document(sheet(page([*ROWS, "　　12"])), sheet(page(ROWS, 2)))
    assert texts(made)[2] == "12"
    assert not made.furniture


def test_running_headers_are_set_aside() -> None:
    pages = [sheet([line("松岭县灌区维修项目绩效自评报告", 200.0, 40.0, 9.0, n), *page(ROWS, n)]) for n in (1, 2, 3)]
    made = document(*pages)
    assert texts(made) == [FIRST, SECOND] * 3
    assert aside(made, Role.HEADER) == ["松岭县灌区维修项目绩效自评报告"] * 3


def test_the_count_in_a_footer_may_grow_by_a_digit() -> None:
    pages = [sheet([*page(ROWS, n), line(f"report.html 见 {n}/12 处", 80.0, 790.0, 9.0, n)]) for n in (8, 9, 10, 11)]
    assert len(aside(document(*pages), Role.FOOTER)) == 4


def test_the_title_that_every_form_of_a_file_bears_stays() -> None:
    pages = [sheet([line("项目支出绩效自评表", 200.0, 80.0, 20.0, n)], [table([["项目名称", f"工程{n}"]], 120.0, n)]) for n in (1, 2)]
    assert texts(document(*pages)) == ["项目支出绩效自评表"] * 2


@pytest.mark.parametrize("leader", ["....................", "……………………", "·················", " "])
def test_contents_lists_are_set_aside(leader: str) -> None:
    entries = [f"　　一、基本情况{leader}1", f"　　二、资金使用情况{leader}2", f"　　三、自评结论{leader}3"]
    if leader == " ":
        entries = [entry.replace(" ", "　　") for entry in entries]
    made = document(sheet(page(["^目　录", *entries])), sheet(page(["　　一、基本情况", *ROWS], 2)))
    assert texts(made) == ["一、基本情况", FIRST, SECOND]
    assert len(aside(made, Role.CONTENTS)) == 4


def test_the_text_of_a_seal_is_set_aside() -> None:
    seal = replace(line("松岭县水利局", 350.0, 200.0), slanted=True)
    made = document(sheet([*page(ROWS), seal]))
    assert texts(made) == [FIRST, SECOND]
    assert aside(made, Role.SEAL) == ["松岭县水利局"]


def test_page_numbers_that_count_on_are_told_deep_in_the_page() -> None:
    pages = [sheet([line(f"第{n}页 共3页", 250.0, 700.0, 9.0, n)], [table([[f"第{n}村", "12"]], 600.0, n)]) for n in (1, 2, 3)]
    made = document(*pages)
    assert aside(made, Role.PAGE_NUMBER) == ["第1页 共3页", "第2页 共3页", "第3页 共3页"]
    assert len(made.tables) == 1


def test_figures_deep_in_the_page_that_do_not_count_on_stay() -> None:
    pages = [sheet([line(text, 250.0, 700.0, 9.0, n)], [table([["合计"]], 600.0, n)]) for n, text in ((1, "12"), (2, "8"))]
    assert texts(document(*pages)) == ["12", "8"]


def test_a_running_header_in_small_letters_may_stand_deeper() -> None:
    pages = [sheet([line("灌区维修绩效自评", 200.0, 110.0, 9.0, n), *page(ROWS, n, top=150.0)]) for n in (1, 2, 3)]
    assert aside(document(*pages), Role.HEADER) == ["灌区维修绩效自评"] * 3
