"""Files of the result: nothing of others is overwritten, nothing is written outside the folder, names are safe."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extractor.command.shelf import FileShelf, Rack
from extractor.config import ConfigError
from extractor.present.files import is_ours, safe_name


def shelf(folder: Path, is_forced: bool = False, file: str | None = None) -> tuple[FileShelf, Rack]:
    rack = Rack([], is_forced)
    return FileShelf(rack, folder / file if file else None, folder), rack


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("报告：一.pdf", "报告：一.pdf"),
        ("a<b>c|d.pdf", "a_b_c_d.pdf"),
        ("NUL.txt", "_NUL.txt"),
        ("line\nfeed\x1b[31m", "line_feed_[31m"),
        ("尾点. ", "尾点"),
        ("", "_"),
        ("x" * 200 + ".pdf", "x" * 76 + ".pdf"),
    ],
)
def test_a_name_made_of_a_title(text: str, expected: str) -> None:
    assert safe_name(text) == expected


@pytest.mark.parametrize(
    ("content", "ours"),
    [
        (b"", True),
        (b'{"schema_version":"1.0","tool":', True),
        (b'{"source":{"path":"a.pdf"', True),
        ("\ufeff文件,单位,年度,项目".encode(), True),
        (b"x" * 9000 + b"jixiao-extractor:output\n", True),
        (b"%PDF-1.7 ... %%EOF\n%jixiao-extractor:output\n", True),
        (b"%PDF-1.7 ... %%EOF\n%jixiao-extractor:output\n9 0 obj a note of somebody ... %%EOF\n", False),
        (b"notes of somebody", False),
        (b"x" * 9000 + b"jixiao-extractor:output" + b"x" * 9000, False),
    ],
)
def test_what_this_tool_wrote(tmp_path: Path, content: bytes, ours: bool) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert is_ours(path) is ours


def test_the_file_of_another_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"a workbook that an auditor filled in")
    with pytest.raises(ConfigError, match="--force"):
        shelf(tmp_path, file="a.xlsx")
    made, rack = shelf(tmp_path, is_forced=True, file="a.xlsx")
    with rack.stack:
        made.stream().write(b"new")
    assert (tmp_path / "a.xlsx").read_bytes() == b"new"


def test_names_in_a_folder_are_unique_whatever_their_case(tmp_path: Path) -> None:
    made, rack = shelf(tmp_path)
    with rack.stack:
        for name in ("marked/A.pdf", "marked/a.pdf", "marked/A.pdf"):
            made.beside(name).write(name.encode())
    assert sorted(path.name for path in (tmp_path / "marked").iterdir()) == ["A.pdf", "A~3.pdf", "a~2.pdf"]


def test_a_run_that_fails_leaves_no_file(tmp_path: Path) -> None:
    made, rack = shelf(tmp_path, file="a.json")
    stream = made.stream()
    stream.write(b"half")
    rack.stack.__exit__(RuntimeError, RuntimeError(), None)
    assert list(tmp_path.iterdir()) == []


def test_a_library_that_opens_files_itself(tmp_path: Path) -> None:
    made, rack = shelf(tmp_path, file="a.duckdb")
    with rack.stack:
        with made.place() as path:
            path.write_bytes(b"tables")
        assert not (tmp_path / "a.duckdb").exists()
    assert (tmp_path / "a.duckdb").read_bytes() == b"tables"


def test_finished_files_keep_nothing_open(tmp_path: Path) -> None:
    made, rack = shelf(tmp_path)
    opened = len(os.listdir("/dev/fd"))
    with rack.stack:
        for number in range(20):
            with made.place(f"marked/{number}.pdf") as path:
                path.write_bytes(b"copy")
        assert len(os.listdir("/dev/fd")) == opened
        assert list((tmp_path / "marked").glob("*.pdf")) == []
    assert len(list((tmp_path / "marked").glob("*.pdf"))) == 20 == len(list((tmp_path / "marked").iterdir()))


def test_a_run_that_fails_leaves_no_finished_file(tmp_path: Path) -> None:
    made, rack = shelf(tmp_path)
    (tmp_path / "b.pdf").write_bytes(b"jixiao-extractor:output, the old one")
    for name in ("a.pdf", "b.pdf"):
        with made.place(name) as path:
            path.write_bytes(b"new")
    rack.stack.__exit__(RuntimeError, RuntimeError(), None)
    assert [path.name for path in tmp_path.iterdir()] == ["b.pdf"]
    assert (tmp_path / "b.pdf").read_bytes() == b"jixiao-extractor:output, the old one"


def test_a_folder_that_is_a_link_to_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "marked").symlink_to(tmp_path / "elsewhere")
    made, _ = shelf(tmp_path / "out")
    with pytest.raises(ConfigError, match="之外"):
        made.beside("marked/a.pdf")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_full_disk_leaves_no_file_at_all(tmp_path: Path) -> None:
    _, rack = shelf(tmp_path)
    rack.open(Path("/dev/full")).write(b"what the disk does not take")
    rack.open(tmp_path / "a.json").write(b"what it takes")
    rack.stack.callback(rack.flush)
    with pytest.raises(OSError, match="No space left"):
        rack.stack.close()
    assert list(tmp_path.iterdir()) == []


def test_a_name_as_long_as_the_system_takes(tmp_path: Path) -> None:
    name = "长" * 83 + ".json"
    made, rack = shelf(tmp_path, file=name)
    with rack.stack:
        made.stream().write(b"{}")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_folder_for_further_files_is_checked_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "tables").write_bytes(b"notes of somebody")
    made, _ = shelf(tmp_path)
    with pytest.raises(ConfigError, match="tables"):
        made.expect("tables")
    made.expect("marked")
    assert not (tmp_path / "marked").exists()


def test_a_folder_that_cannot_be_written_is_told_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(ConfigError, match="Permission denied"):
        shelf(tmp_path, file="a.xlsx")
    made, _ = shelf(tmp_path)
    with pytest.raises(ConfigError, match="Permission denied"):
        made.expect("marked")


def test_a_device_needs_no_room_beside_it() -> None:
    _, rack = shelf(Path("/dev"))
    made = FileShelf(rack, Path("/dev/null"), Path("/dev"))
    before = set(os.listdir("/dev"))
    with rack.stack, made.place() as path:
        assert set(os.listdir("/dev")) == before
        path.write_bytes(b"tables")
