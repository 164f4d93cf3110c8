"""Points with what could be had behind them: 9.5（满分10）."""

from __future__ import annotations

import pytest

from extractor.lexicon.packs import default
from extractor.model.facts import Project, Stated
from extractor.understand import understand
from tests.check.pages import document

FORM = """项目支出绩效自评表（2023年度）
项目名称 | 山塘清淤 | < | < | <
资金情况（万元） | 预算数（A） | 执行数（B） | 执行率（B/A） | {head}
年度财政资金总额 | 200.00 | 190.00 | 95.00% | {cell}
一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分
产出指标 | 清淤山塘口数 | ≥9口 | 9口 | {row}
总分 | < | < | < | {total}
"""
CELLS = {
    "in brackets": ("得分", "9.5（满分10）", "10", "9.5"),
    "in brackets, with its unit": ("得分", "9.5分（满分10分）", "10", "9.5"),
    "called a total": ("得分", "9.5分（总分10分）", "10", "9.5"),
    "behind a stroke": ("得分", "19分/20分", "20", "19"),
    "in the head": ("得分（满分20分）", "19", "20", "19"),
    "not told": ("得分", "9.5", None, "9.5"),
}


def project(head: str, cell: str, row: str = "90", total: str = "99.5") -> Project:
    return understand(document(FORM.format(head=head, cell=cell, row=row, total=total)), default()).projects[0]


def text(stated: Stated | None) -> str | None:
    return stated.text if stated else None


@pytest.mark.parametrize("case", CELLS)
def test_the_points_of_execution(case: str) -> None:
    head, cell, weight, score = CELLS[case]
    read = project(head, cell)
    assert (text(read.execution_weight), text(read.execution_score), text(read.self_score)) == (weight, score, "99.5")


def test_rows_and_totals_too() -> None:
    read = project("得分", "9.5（满分10）", "88（满分90）", "97.5分（满分100分）")
    assert [(text(i.weight), text(i.score)) for i in read.indicators] == [("90", "88")]
    assert text(read.self_score) == "97.5"


def test_in_sentences_the_full_points_are_no_score() -> None:
    told = "山塘清淤项目绩效自评报告（2023年度）\n一、自评结论\n项目自评得分95分（总分100分）。预算执行得分9.5分（总分10分）。"
    assert text(understand(document(told), default()).projects[0].self_score) == "95分"
