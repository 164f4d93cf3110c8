"""The two READMEs say the same, and what they say works."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections import Counter
from dataclasses import fields
from pathlib import Path

import pytest

from extractor import config
from extractor.check import CHECKS
from extractor.command.parser import parse
from extractor.lexicon.packs import load
from extractor.pipeline import extract

ROOT = Path(__file__).parents[1]
ENGLISH, CHINESE = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(text: str, language: str = "") -> list[str]:
    """The code blocks of a language, without comments."""
    return [re.sub(r"\s*# .*", "", code) for name, code in BLOCK.findall(text) if name == language]


def prose(text: str) -> str:
    return BLOCK.sub("", text)


@pytest.mark.parametrize("language", ["", "toml", "python"])
def test_the_same_commands_and_settings(language: str) -> None:
    assert blocks(ENGLISH, language)
    assert blocks(ENGLISH, language) == blocks(CHINESE, language)


def test_the_same_headings() -> None:
    english, chinese = (re.findall(r"^(#+) ", prose(text), re.MULTILINE) for text in (ENGLISH, CHINESE))
    assert english == chinese


def test_the_same_figures() -> None:
    english, chinese = (Counter(re.findall(r"\d+(?:\.\d+)?", prose(text))) for text in (ENGLISH, CHINESE))
    assert english == chinese


def test_the_same_rows_of_tables() -> None:
    english, chinese = (re.findall(r"^\|", text, re.MULTILINE) for text in (ENGLISH, CHINESE))
    assert len(english) == len(chinese) > 30


@pytest.mark.parametrize("command", [line for code in blocks(ENGLISH) for line in code.splitlines() if line.startswith("extract ")])
def test_every_command_is_understood(command: str) -> None:
    assert parse(shlex.split(command)[1:])


def test_three_queries_with_their_results() -> None:
    """tests/present/test_every_format.py runs them over the corpus."""
    assert blocks(ENGLISH, "sql") == blocks(CHINESE, "sql")
    for text in (ENGLISH, CHINESE):
        assert len(re.findall(r"^```sql\n(?:(?!```).*\n)+```\n\n\| ", text, re.MULTILINE)) == len(blocks(text, "sql")) == 3


def test_the_python_shown_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    report = (ROOT / "corpus" / "district-civil-affairs-2021.pdf").read_bytes()
    (tmp_path / "报告文件夹").mkdir()
    for path in ("报告.pdf", "报告文件夹/a.pdf", "报告文件夹/b.pdf"):
        (tmp_path / path).write_bytes(report)
    monkeypatch.chdir(tmp_path)
    for code in blocks(ENGLISH, "python"):
        exec(compile(code, "README.md", "exec"), {"__name__": "shown"})
    assert "预算执行率" in capsys.readouterr().out


def test_every_target_of_make_exists() -> None:
    named = set(re.findall(r"^make (\w+)", "\n".join(blocks(ENGLISH)), re.MULTILINE))
    assert named == {"demo", "test", "check", "docs", "bench"}
    assert named <= set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_every_link_leads_somewhere(text: str) -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_family_is_named() -> None:
    table = prose(ENGLISH).partition("| Family |")[2].partition("\n\n")[0]
    named = {name for cell in re.findall(r"^\| ([a-z, ]+) \|", table, re.MULTILINE) for name in cell.split(", ")}
    assert named == {record.family for record in CHECKS}


def test_the_settings_are_all_there_are() -> None:
    shown = tomllib.loads(blocks(ENGLISH, "toml")[0])
    assert list(shown.pop("checks")) == [f.name for f in fields(config.CheckSettings)]
    assert list(shown) == [f.name for f in fields(config.Settings) if f.name != "checks"]


def test_the_settings_shown_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "extract.toml").write_text(blocks(ENGLISH, "toml")[0], encoding="utf-8")
    assert config.load(tmp_path).checks.ignore == {"language"}


def test_the_pattern_shown_changes_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "own.toml").write_text(blocks(ENGLISH, "toml")[1], encoding="utf-8")
    report = tmp_path / "a.txt"
    text = "一、项目基本情况\n项目名称：河堤养护经费\n年初预算20万元，核销数19.87万元，执行率99.67%。\n"
    report.write_text(text, encoding="utf-8")
    assert extract(report).projects[0].executed is None
    executed = extract(report, lexicon=load([tmp_path / "own"])).projects[0].executed
    assert executed
    assert executed.value == "198700"
