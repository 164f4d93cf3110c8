"""Which files of a folder are documents, and in which order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extractor.batch.discover import discover


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
