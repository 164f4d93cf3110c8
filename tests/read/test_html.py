"""Web pages: equal to the same report as PDF in the manners of several publishing systems; hostile ones give one error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.model.document import Paragraph, Table, Unreadable
from extractor.pipeline import load
from tests.corpus.build import CORPUS
from tests.corpus.source import load as source_of
from tests.corpus.test_producers import told
from tests.read import web

REPORTS = (
    "district-health-2020",
    "agriculture-transfer-2022",
    "form-village-roads-2021",
    "form-county-welfare-2023",
    "department-veterans-2022",
    "projects-summary-2023",
    "report-with-forms-2022",
    "culture-venues-2022",
)


def page(folder: Path, content: str | bytes, name: str = "page.html") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def texts(path: Path) -> list[str]:
    return [block.text if isinstance(block, Paragraph) else "|".join(cell.text for cell in block.cells) for block in load(path).blocks]


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize(
    ("style", "encoding"), [(web.plain, "utf-8"), (web.portal, "gb18030"), (web.word, "utf-16")], ids=["plain", "portal", "word"]
)
def test_a_page_says_what_the_pdf_says(name: str, style: Callable[..., str], encoding: str, tmp_path: Path) -> None:
    assert told(page(tmp_path, style(source_of(name)).encode(encoding))) == told(CORPUS / f"{name}.pdf")


@pytest.mark.parametrize("name", REPORTS[:3])
def test_a_saved_page_says_what_the_pdf_says(name: str, tmp_path: Path) -> None:
    assert told(page(tmp_path, web.saved(source_of(name)), "page.mht")) == told(CORPUS / f"{name}.pdf")


def test_menus_links_and_hidden_words_are_set_aside(tmp_path: Path) -> None:
    document = load(page(tmp_path, web.portal(source_of("culture-venues-2022")).encode("gb18030")))
    said = "".join(p.text for p in document.paragraphs.values())
    assert "预算公开2021年度" in "".join(p.text for p in document.furniture)
    assert "执行率 1%" not in said
    assert "执行50万元" not in said
    assert [note.code for note in document.notes] == ["page_furniture"]


def test_where_a_paragraph_and_a_cell_stand(tmp_path: Path) -> None:
    document = load(page(tmp_path, "<p>甲</p><p> </p><p>乙</p><table><tr><td>预算数<td>执行数<tr><td>100<td>90</table>"))
    assert [(p.text, p.locator, p.page) for p in document.running_text] == [("甲", "段落 1", None), ("乙", "段落 2", None)]
    (table,) = document.tables
    assert [(cell.row, cell.column, cell.text) for cell in table.cells] == [(0, 0, "预算数"), (0, 1, "执行数"), (1, 0, "100"), (1, 1, "90")]


def test_spans_of_cells(tmp_path: Path) -> None:
    document = load(page(tmp_path, "<table><tr><td rowspan=2>甲<td colspan='2'>乙<tr><td>丙<td>丁<tr><td rowspan=9>戊<td>己<td>庚</table>"))
    (table,) = document.tables
    assert [[cell.text if cell else None for cell in row] for row in table.grid] == [
        ["甲", "乙", "乙"],
        ["甲", "丙", "丁"],
        ["戊", "己", "庚"],
    ]


def test_a_table_that_lays_out_the_page_is_none(tmp_path: Path) -> None:
    path = page(tmp_path, "<table><tr><td><p>年初预算100万元。</p><table><tr><td>甲<td>乙<tr><td>1<td>2</table></td></tr></table>")
    assert texts(path) == ["年初预算100万元。", "甲|乙|1|2"]


def test_a_table_inside_a_cell_stands_behind_the_one_that_holds_it(tmp_path: Path) -> None:
    inner = "<table><tr><td>丙<td>丁</table>"
    path = page(tmp_path, f"<table><tr><td>项目<td>预算<td>执行<tr><td>甲{inner}<td>100<td>90</table>")
    assert texts(path) == ["项目|预算|执行|甲|100|90", "丙|丁"]


def test_line_breaks_of_the_source_are_no_spaces(tmp_path: Path) -> None:
    assert texts(page(tmp_path, "<p>全年预算\n   执行数为\n10 万元，\nthe end\nof it<br>第二行</p>")) == [
        "全年预算执行数为10万元，the end of it",
        "第二行",
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("<html><body></body></html>", "no_text"),
        ("<html><script>var a = '预算100万元';</script></html>", "no_text"),
        (b"<html><meta charset=gb2312>" + bytes(range(128, 256)), None),
        ("<table>" + "<tr>" + "<td colspan=1000000>1</td>" * 3, "too_large"),
        ("<table>" + "<tr><td rowspan=100000 colspan=500>1</td><td>2</td></tr>" * 100, "too_large"),
        ('<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><p>&b;&b;</p>', None),
        ("<div>" * 10_000 + "预算100万元", "too_large"),
        ("<table><tr><td>" * 3000 + "预算100万元", "too_large"),
        ("<p>预算100万元" + "<b><i>" * 50_000, "too_large"),
        ("<html>\0\0\0<p>预算\0100万元", None),
    ],
    ids=["empty", "script", "bytes", "wide", "high", "entities", "deep", "nested", "unclosed", "zeros"],
)
def test_hostile_pages(tmp_path: Path, content: str | bytes, code: str | None) -> None:
    try:
        load(page(tmp_path, content))
        found = None
    except Unreadable as problem:
        found = problem.code
    assert found == code


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket, "create_connection", refuse)
    secret = tmp_path / "secret.txt"
    secret.write_text("机密100万元", encoding="utf-8")
    entity = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    assert texts(page(tmp_path, f"{entity}<p>预算&x;元</p><img src='http://127.0.0.1:9/a.png'><iframe src='{secret.as_uri()}'></iframe>"))[
        -1:
    ] == ["预算&x;元"]


def test_a_list_of_a_hundred_thousand_rows(tmp_path: Path) -> None:
    path = page(tmp_path, "<table>" + "<tr><td>甲<td>1</tr>" * 90_000 + "</table>")
    (table,) = load(path).tables
    assert isinstance(table, Table)
    assert table.rows == 90_000
