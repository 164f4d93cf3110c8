"""Settings: where they are found, which wins, and what is said of a wrong one."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from extractor.config import ConfigError, Settings, find, load


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_built_in(tmp_path: Path) -> None:
    assert load(tmp_path) == Settings()


def test_the_nearest_file_above_counts(tmp_path: Path) -> None:
    write(tmp_path / "extract.toml", "limit = 1")
    near = write(tmp_path / "a" / "extract.toml", "limit = 2")
    report = write(tmp_path / "a" / "b" / "x.pdf", "")
    assert find(report) == near
    assert load(report).limit == 2


def test_the_file_named_wins_over_the_file_found(tmp_path: Path) -> None:
    write(tmp_path / "extract.toml", 'limit = 1\nfail_on = "never"\n[checks]\nlow_execution = 80')
    named = write(tmp_path / "own.toml", "limit = 3\n[checks]\nover_achievement = 150.5")
    settings = load(tmp_path, named)
    assert (settings.limit, settings.fail_on) == (3, "never")
    assert (settings.checks.low_execution, settings.checks.over_achievement) == (Decimal(80), Decimal("150.5"))


def test_lists(tmp_path: Path) -> None:
    write(tmp_path / "extract.toml", 'patterns = ["own"]\n[checks]\nignore = ["rates", "unit-style"]')
    settings = load(tmp_path)
    assert settings.patterns == (str(tmp_path / "own"),)
    assert settings.checks.ignore == {"rates", "unit-style"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("limt = 1", "有未知的设置 limt；是否想写 limit？"),
        ("[checks]\nlow_exection = 1", "有未知的设置 checks.low_exection；是否想写 checks.low_execution？"),
        ("zzz = 1", "有未知的设置 zzz；可用的有：fail_on、language、limit、patterns"),
        ('limit = "1"', "的 limit 应为不小于 0 的数"),
        ("limit = true", "的 limit 应为不小于 0 的数"),
        ("limit = 1.5", "的 limit 应为不小于 0 的数"),
        ('fail_on = "eror"', "的 fail_on 应为error、warning、never 之一"),
        ('[checks]\nscoring = "x"', "的 checks.scoring 应为auto、proportional、stepwise 之一"),
        ('[checks]\nselect = "rates"', '的 checks.select 应为字符串列表，如 ["…"]'),
        ("checks = 1", "的 checks 应为表 [checks]"),
        ("limit = ", "不是有效的 UTF-8 TOML"),
    ],
)
def test_wrong_settings_are_told(tmp_path: Path, text: str, said: str) -> None:
    file = write(tmp_path / "extract.toml", text)
    with pytest.raises(ConfigError) as wrong:
        load(tmp_path)
    assert said in str(wrong.value)
    assert str(file) in str(wrong.value)


def test_a_file_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as wrong:
        load(tmp_path, tmp_path / "no.toml")
    assert wrong.value.texts == (f"配置文件不存在：{tmp_path / 'no.toml'}", f"no such config file: {tmp_path / 'no.toml'}")


def test_a_switch_is_true_or_false(tmp_path: Path) -> None:
    file = tmp_path / "extract.toml"
    file.write_text("ocr = false", encoding="utf-8")
    assert load(tmp_path).ocr is False
    file.write_text("ocr = 1", encoding="utf-8")
    with pytest.raises(ConfigError, match="true"):
        load(tmp_path)
