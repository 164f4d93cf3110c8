"""Plain text is read as pages on a grid, and laid out like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.layout import arrange
from extractor.model.document import Document, Unreadable
from extractor.read import read

LONG = "各乡镇按照实施方案组织施工，县水利部门逐月调度工程进度并开展现场检查，发现的问题均已督促整改到位，验收合格。"
OTHER = "项目验收由县级主管部门牵头，邀请专家和受益群众代表参加，验收结论在政府网站公示七天，没有收到异议。"


def document(folder: Path, content: str | bytes, name: str = "report.txt") -> Document:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return arrange(read(path))


def texts(made: Document) -> list[str]:
    return [paragraph.text for paragraph in made.running_text]


def hard_wrapped(text: str, first: int = 18, per_line: int = 20) -> list[str]:
    rest = text[first:]
    return [text[:first], *(rest[i : i + per_line] for i in range(0, len(rest), per_line))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    made = document(tmp_path, "一、基本情况\n项目资金20万元，执行率100%。\n".encode(encoding))
    assert texts(made) == ["一、基本情况", "项目资金20万元，执行率100%。"]
    assert made.media_type == "text/plain"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends(tmp_path: Path, newline: str) -> None:
    assert texts(document(tmp_path, newline.join(["一、基本情况", "项目完成。", ""]))) == ["一、基本情况", "项目完成。"]


def test_each_line_of_an_unwrapped_text_is_a_paragraph(tmp_path: Path) -> None:
    rows = ["一、基本情况", LONG + OTHER, "二、资金情况", OTHER, LONG]
    made = document(tmp_path, "\n".join(rows))
    assert texts(made) == rows
    assert [p.locator for p in made.running_text] == ["第1行", "第2行", "第3行", "第4行", "第5行"]
    assert [p.page for p in made.running_text] == [None] * 5


def test_wrapped_lines_are_joined_where_indents_were_lost(tmp_path: Path) -> None:
    rows = ["一、基本情况", *hard_wrapped(LONG), "二、资金情况", *hard_wrapped(OTHER), "三、结论", *hard_wrapped(LONG)]
    assert texts(document(tmp_path, "\n".join(rows))) == ["一、基本情况", LONG, "二、资金情况", OTHER, "三、结论", LONG]


def test_indents_tell_paragraphs(tmp_path: Path) -> None:
    rows = [f"　　{row}" if place == 0 else row for text in (LONG, OTHER, LONG) for place, row in enumerate(hard_wrapped(text))]
    made = document(tmp_path, "\n".join(rows))
    assert texts(made) == [LONG, OTHER, LONG]
    assert made.running_text[0].indent == 24.0


def test_a_form_feed_begins_a_page(tmp_path: Path) -> None:
    made = document(tmp_path, "一、基本情况\n\f二、资金情况\n")
    assert [(p.text, p.page) for p in made.running_text] == [("一、基本情况", 1), ("二、资金情况", 2)]
    assert [page.number for page in made.pages] == [1, 2]


def test_an_exported_pdf_tells_its_pages_by_one_space(tmp_path: Path) -> None:
    rows = hard_wrapped(LONG)
    pages = [["一、基本情况", *rows[:2]], [*rows[2:], "二、资金情况", *hard_wrapped(OTHER)]]
    content = "".join(f"{' ' if place == 0 else ''}{row}\n\n" for page in pages for place, row in enumerate(page))
    content = content.replace("\n\n ", "\n ")
    made = document(tmp_path, content)
    assert texts(made) == ["一、基本情况", LONG, "二、资金情况", OTHER]
    assert [p.pages for p in made.running_text] == [(1,), (1, 2), (2,), (2,)]
    assert made.running_text[2].locator == f"第{content.split(chr(10)).index('二、资金情况') + 1}行"


def test_the_boxes_of_a_text_are_empty(tmp_path: Path) -> None:
    (paragraph,) = document(tmp_path, "一、基本情况\f").running_text
    assert paragraph.glyphs is not None
    assert paragraph.glyphs.lines(0, 3) == []


def test_a_type_is_told_by_content(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        document(tmp_path, "一、基本情况", "report.pdf")
    assert caught.value.code == "not_a_pdf"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\n", "no_text"),
        (b"PK\x03\x04\x00\x00", "archive"),
        (bytes(range(256)) * 4, "unsupported"),
        (b"\n<html><p>", "no_text"),
    ],
    ids=["empty", "blank", "zip", "binary", "html"],
)
def test_what_is_no_text(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        document(tmp_path, content)
    assert caught.value.code == code
    assert "report.txt" in caught.value.message


def test_what_is_no_file(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.txt", "missing"), (tmp_path, "not_a_file")):
        with pytest.raises(Unreadable) as caught:
            read(path)
        assert caught.value.code == code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_of_mainland_texts(tmp_path: Path, encoding: str) -> None:
    text = "一、项目资金\n全年预算数100万元，执行数95.5万元，预算执行率95.50%。\n"
    assert [p.text for p in document(tmp_path, text.encode(encoding)).prose] == text.split("\n")[:2]


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "utf-16-le"])
def test_encodings_of_texts_in_traditional_characters(tmp_path: Path, encoding: str) -> None:
    text = "一、計畫經費\n本年度預算數100萬元，執行數95.5萬元，執行率95.50%。\n"
    assert [p.text for p in document(tmp_path, text.encode(encoding)).prose] == text.split("\n")[:2]
