"""The list of units: encodings, headings, what is no list."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.command.expected_units import units_of
from extractor.config import ConfigError


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "单位名称\n\n青川区水务站\r\n# 已撤并\n 白沙镇 \n青川区　水务站\n"),
        ("a.csv", '单位,联系人\n"青川区水务站",李\n白沙镇,王\n'),
    ],
)
def test_names_one_a_line(tmp_path: Path, encoding: str, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    assert units_of(path) == ("青川区水务站", "白沙镇")


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.txt", b"", "names no unit"),
        ("a.txt", b"\n\n", "names no unit"),
        ("a.txt", "单位\n".encode(), "names no unit"),
        ("a.txt", b"\x00\x01", "is no text in UTF-8 or GB18030"),
        ("a.txt", b"\xff\xff\xff", "is no text in UTF-8 or GB18030"),
        ("a.txt", b"a\n" * 3_000_000, "larger than 4 MB"),
        ("a.csv", b"a" * 200_000, "field larger than field limit"),
    ],
)
def test_what_is_no_list(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ConfigError) as raised:
        units_of(path)
    chinese, english = raised.value.texts
    assert str(path) in chinese
    assert told in english


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="单位名单"):
        units_of(tmp_path / "a.txt")
