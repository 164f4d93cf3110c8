"""The baseline file: what is written is read again, what is no baseline is refused and left alone."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.review.baseline import read, text_of
from extractor.review.entries import Entry
from extractor.review.merge import merged
from extractor.review.workbook import Reviewed
from tests.review.books import ID, OTHER, book, row
from tests.review.editing import Extract

ENTRY = Entry(
    ID, "false_alarm", "张三", "2026-03-05", "口径不同", "青川区水务站", "2019", "河堤养护经费", "a-check", "93%", "95%", "0" * 12, "a.txt"
)
HEAD = "version = 1\n"


def test_as_people_read_it() -> None:
    assert text_of([Entry(OTHER, "open"), replace(ENTRY, file=None, series=None)]).splitlines()[3:] == [
        "version = 1",
        "",
        f"[decision.{OTHER}]",
        'verdict = "open"',
        "",
        f"[decision.{ID}]",
        'verdict = "false_alarm"',
        'reviewer = "张三"',
        'date = "2026-03-05"',
        'reason = "口径不同"',
        'unit = "青川区水务站"',
        'year = "2019"',
        'project = "河堤养护经费"',
        'check = "a-check"',
        'stated = "93%"',
        'expected = "95%"',
    ]


def test_the_order_does_not_depend_on_that_of_the_entries() -> None:
    others = [replace(ENTRY, id=f"{n:012x}", unit=unit) for n in range(3) for unit in ("乙", "甲", None)]
    assert text_of(others) == text_of(reversed(others))


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text())
def test_any_text_comes_back(reason: str, project: str) -> None:
    text = text_of([replace(ENTRY, reason=reason, project=project)])
    (said,) = tomllib.loads(text.encode().decode())["decision"].values()
    assert said["reason"] == reason
    assert said["project"] == project.encode("utf-8", "replace").decode()


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "意见.toml"
    path.write_text(text_of([ENTRY, Entry(OTHER, "open")]), encoding="utf-8")
    assert read(path) == {ID: ENTRY, OTHER: Entry(OTHER, "open")}


def test_edited_by_hand(tmp_path: Path) -> None:
    """With a byte order mark, a date that is no text, the Chinese word, Windows line ends."""
    path = tmp_path / "意见.toml"
    path.write_bytes(f'\ufeff{HEAD}[decision.{ID}]\r\nverdict = "误报"\r\ndate = 2026-03-05\r\n'.encode())
    assert read(path) == {ID: Entry(ID, "false_alarm", date="2026-03-05")}


def test_no_file_and_an_empty_one_hold_nothing(tmp_path: Path) -> None:
    (tmp_path / "空.toml").touch()
    assert (read(tmp_path / "空.toml"), read(tmp_path / "无.toml")) == ({}, {})


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("version = ", "不是有效的 UTF-8 TOML（.+）"),
        ('language = "zh"', "没有 version = 1"),
        ("version = true", "没有 version = 1"),
        (HEAD + "language = 1", r"\[decision.…\] 中有未知的 .*language.*"),
        (HEAD + "decision = 1", r"\[decision.…\] 中有未知的 decision"),
        (HEAD + '[decision.abc]\nverdict = "open"', r"\[decision.abc\] 的 id 不对"),
        (HEAD + f"[decision]\n{ID} = 1", rf"\[decision.{ID}\] 的 id 不对"),
        (HEAD + f"[decision.{ID}]", rf"\[decision.{ID}\] 的 verdict 不对"),
        (HEAD + f'[decision.{ID}]\nverdict = "对"', rf"\[decision.{ID}\] 的 verdict 不对"),
        (HEAD + f'[decision.{ID}]\nverdict = "open"\ndate = "昨天"', rf"\[decision.{ID}\] 的 date 不对"),
        (HEAD + f'[decision.{ID}]\nverdict = "open"\nreviewer = 1', rf"\[decision.{ID}\] 的 reviewer 不对"),
        (HEAD + f'[decision.{ID}]\nverdict = "open"\nreviewr = "x"', rf"\[decision.{ID}\] 中有未知的 reviewr"),
        (HEAD + f'[decision.{ID}]\nverdict = "open"\n[decision.{ID}]', "不是有效的 UTF-8 TOML（.+）"),
        (HEAD + "x = " + "[" * 100_000, "不是有效的 UTF-8 TOML（.+）"),
    ],
)
def test_a_damaged_baseline_is_left_alone(extract: Extract, text: str, why: str) -> None:
    Path("意见.toml").write_text(text, encoding="utf-8")
    book(Path("底稿.xlsx"), [row()])
    ran = extract("--json", "--verdicts", "底稿.xlsx", "--baseline", "意见.toml", "-o", "结果.json")
    assert (ran.code, ran.out) == (2, "")
    assert re.fullmatch(f"错误：复核意见文件 意见.toml 不能用：{why}；请改正或换一个文件，未作改动\n", ran.err)
    assert Path("意见.toml").read_text(encoding="utf-8") == text
    assert not Path("结果.json").exists()


def test_a_baseline_of_a_newer_program(extract: Extract) -> None:
    Path("意见.toml").write_text("version = 2\n[new]\n", encoding="utf-8")
    ran = extract("--baseline", "意见.toml", "--lang", "en")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "error: the baseline 意见.toml was written by a newer program (version 2, this one knows 1); update; it was left alone\n"
    )


def test_a_file_of_another_kind_is_left_alone(extract: Extract) -> None:
    Path("意见.toml").write_bytes(b"\xff\xfe\x00")
    assert extract("--baseline", "意见.toml").code == 2
    assert Path("意见.toml").read_bytes() == b"\xff\xfe\x00"


@pytest.mark.parametrize(("name", "why"), [("无/意见.toml", "No such file or directory"), (".", "Is a directory")])
def test_a_baseline_that_cannot_be_written_stops_the_run_at_once(extract: Extract, name: str, why: str) -> None:
    book(Path("底稿.xlsx"), [row()])
    ran = extract("--verdicts", "底稿.xlsx", "--baseline", name)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"错误：无法写入复核意见文件 {name}：{why}") or ran.err == f"错误：无法读取 {name}：不是文件\n"


def test_a_baseline_that_is_not_there_yet_is_told(extract: Extract) -> None:
    ran = extract("--baseline", "意见.toml")
    assert (ran.code, ran.err) == (1, "复核意见文件 意见.toml 尚不存在，本次没有可用的意见\n")
    assert os.listdir() == ["报告.txt"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_stays_a_link(extract: Extract) -> None:
    Path("别处").mkdir()
    Path("意见.toml").symlink_to("别处/意见.toml")
    found = extract("--json", "-q").errors
    book(Path("底稿.xlsx"), [row(found["93%"]["id"])])
    extract("-q", "--verdicts", "底稿.xlsx", "--baseline", "意见.toml")
    assert Path("意见.toml").is_symlink()
    assert list(read(Path("别处/意见.toml"))) == [found["93%"]["id"]]


# --- which decision stands


def told(*lines: tuple[str, str]) -> list[str]:
    return [chinese for chinese, _ in lines]


A, B, KEPT = Path("甲.xlsx"), Path("乙.xlsx"), Path("意见.toml")


@pytest.mark.parametrize(
    ("first", "second", "winner"),
    [
        ("2026-03-05", "2026-03-06", "乙"),
        ("2026-03-06", "2026-03-05", "甲"),
        ("2026-03-05", "2026-03-05", "乙"),
        (None, None, "乙"),
        ("2026-03-05", None, "甲"),
        (None, "2026-03-05", "乙"),
    ],
)
def test_two_workbooks_disagree(first: str | None, second: str | None, winner: str) -> None:
    one, other = replace(ENTRY, date=first), replace(ENTRY, verdict="confirmed", date=second)
    known = merged(None, {}, [Reviewed(A, (one,)), Reviewed(B, (other,))])
    assert known.entries == {ID: one if winner == "甲" else other}
    assert told(*known.told) == [f"对疑点 {ID} 的意见不一致：甲.xlsx（误报）、乙.xlsx（确认）；以 {winner}.xlsx 为准"]


def test_two_workbooks_agree() -> None:
    later = replace(ENTRY, date="2026-03-06", reviewer="李四")
    known = merged(None, {}, [Reviewed(A, (ENTRY,)), Reviewed(B, (later,))])
    assert (known.entries, known.told) == ({ID: later}, ())


@pytest.mark.parametrize(("day", "stands"), [("2026-03-04", False), ("2026-03-05", True), ("2026-03-06", True), (None, True)])
def test_a_workbook_against_the_baseline(day: str | None, stands: bool) -> None:
    fed = Entry(ID, "open", "李四", day)
    known = merged(KEPT, {ID: ENTRY}, [Reviewed(A, (fed,))])
    expected = replace(ENTRY, verdict="open", reviewer="李四", date=day, reason=None) if stands else ENTRY
    assert (known.entries[ID], known.fresh) == (expected, frozenset({ID} if stands else ()))
    assert len(known.told) == (not stands)


def test_the_same_decision_again_is_no_news() -> None:
    """Not even where the workbook was written before what is recomputed changed."""
    known = merged(KEPT, {ID: ENTRY}, [Reviewed(A, (replace(ENTRY, expected=None, file=None),))])
    assert (known.entries, known.fresh) == ({ID: ENTRY}, frozenset())
