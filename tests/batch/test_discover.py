"""Which files of a folder are documents, and in which order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extractor.batch.discover import DOCUMENTS, discover
from extractor.cli import main
from extractor.command.formats import FORMATS
from extractor.present import workpaper
from extractor.present.files import MARKED, OUTPUT_FILES, OUTPUT_FOLDERS
from extractor.present.html import page


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    documents = ("b/二.pdf", "b/一.TXT", "a.docx", "c.xlsx", "扫描件")
    others = ("README.md", "labels/a.json", ".hidden/x.pdf", "~$a.docx", ".DS_Store")
    for name in documents + others:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-1.7" if name == "扫描件" else b"x")
    return Path("in")


def names(paths: tuple[Path, ...]) -> list[str]:
    return [path.as_posix() for path in paths]


def test_folders_are_walked_in_order(folder: Path) -> None:
    assert names(discover([folder]).documents) == ["in/a.docx", "in/c.xlsx", "in/扫描件", "in/b/一.TXT", "in/b/二.pdf"]


def test_other_types_are_skipped_and_counted(folder: Path) -> None:
    assert names(discover([folder]).skipped) == ["in/README.md", "in/labels/a.json"]


def test_a_file_named_outright_is_a_document(folder: Path) -> None:
    found = discover([folder / "README.md"])
    assert (names(found.documents), found.skipped) == (["in/README.md"], ())


def test_each_file_once_in_the_order_given(folder: Path) -> None:
    found = discover([folder / "b" / "二.pdf", folder / "b"])
    assert names(found.documents) == ["in/b/二.pdf", "in/b/一.TXT"]


def test_missing_paths_are_among_the_documents(folder: Path) -> None:
    found = discover([folder / "没有.pdf", folder / "b"])
    assert names(found.missing) == ["in/没有.pdf"]
    assert names(found.documents)[0] == "in/没有.pdf"


def test_folders_without_documents_are_named(folder: Path) -> None:
    found = discover([folder / "labels", folder / "b"])
    assert names(found.empty) == ["in/labels"]


def test_wildcards_that_the_shell_left_alone(folder: Path) -> None:
    assert names(discover(["in/b/*.pdf"]).documents) == ["in/b/二.pdf"]


def test_hidden_and_temporary_files_are_counted(folder: Path) -> None:
    found = discover([folder])
    assert (found.hidden, found.skipped_count) == (3, 5)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links there")
def test_links_to_folders_are_followed_once_and_circles_end(folder: Path) -> None:
    (folder / "b" / "up").symlink_to("..", target_is_directory=True)
    (folder / "z").symlink_to("b", target_is_directory=True)
    (folder / "other").symlink_to((folder.parent / "elsewhere").absolute(), target_is_directory=True)
    (folder.parent / "elsewhere").mkdir()
    (folder.parent / "elsewhere" / "三.pdf").write_bytes(b"x")
    (folder / "self").symlink_to("self")
    found = names(discover([folder]).documents)
    assert found == ["in/a.docx", "in/c.xlsx", "in/扫描件", "in/b/一.TXT", "in/b/二.pdf", "in/other/三.pdf"]


def test_what_this_tool_wrote_among_the_reports_is_no_report(tmp_path: Path) -> None:
    report = tmp_path / "报告.txt"
    report.write_text("青川区水务站2019年度项目绩效自评报告\n\n年初预算20万元，实际使用19.87万元，预算执行率99.67%。\n", encoding="utf-8")
    run = [str(tmp_path), "--format", "table,html,xlsx,csv,json", "--split-by", "unit", "-o", str(tmp_path), "-q", "--no-cache"]
    assert main(run) == main([name for name in run if name not in ("--split-by", "unit")]) == main(run) == 1
    assert {path.suffix for path in tmp_path.iterdir()} == {".txt", ".html", ".xlsx", ".csv", ".json", ""}
    assert discover([tmp_path]).documents == (report,)


def test_what_was_handed_in_as_something_else_is_no_report(tmp_path: Path) -> None:
    for name in ("报告.xlsx", "复核.xlsx"):
        (tmp_path / name).write_bytes(b"PK")
    found = discover([tmp_path], [tmp_path / "." / "复核.xlsx"])
    assert (found.documents, found.skipped) == ((tmp_path / "报告.xlsx",), (tmp_path / "复核.xlsx",))


@pytest.mark.parametrize("content", [b"", "青川区水务站的报告".encode()])
def test_a_report_is_read_whatever_it_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "findings.txt").write_bytes(content)
    assert discover([tmp_path]).documents == (tmp_path / "findings.txt",)


def test_every_output_that_could_be_read_is_known_again() -> None:
    files = {each.file for each in FORMATS.values() if Path(each.file).suffix in DOCUMENTS}
    assert files == OUTPUT_FILES
    assert {workpaper.FOLDER, page.FOLDER, MARKED} == OUTPUT_FOLDERS
