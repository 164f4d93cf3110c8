"""Settings of a run: built in, then extract.toml, then --config, then flags."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

FILE_NAME = "extract.toml"
FAIL_ON = ("error", "warning", "never")
LANGUAGES = ("zh", "en")
SCORING = ("auto", "proportional", "stepwise")
ENGINES = ("auto", "fast", "reference")
CHOICES = {"fail_on": FAIL_ON, "language": LANGUAGES, "engine": ENGINES, "checks.scoring": SCORING}


class ConfigError(Exception):
    """A setting that cannot be used; the message names the file, the key and what is expected, as (Chinese, English)."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(chinese)
        self.texts = (chinese, english)


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What an auditor may set about the checks. Percentages are plain numbers: 90 means 90%."""

    low_execution: Decimal = Decimal(90)  # below it a reason is expected
    over_achievement: Decimal = Decimal(130)  # above it a reason is expected
    grade_profile: str = "central"  # the bands in force where the report states none
    execution_weight: Decimal = Decimal(10)  # assumed where the form shows none
    scoring: str = "auto"  # auto (as the form's notes say), proportional, or stepwise (then not recomputed)
    qualitative_profile: str = "central"  # the share of its points that a level of a qualitative result may have
    select: frozenset[str] = frozenset()  # empty: every check that is on by default
    ignore: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Settings:
    checks: CheckSettings = field(default_factory=CheckSettings)
    fail_on: str = "error"
    language: str = "zh"
    limit: int = 200
    patterns: tuple[str, ...] = ()
    ocr: bool = True  # recognise pages that are pictures, where the extra is installed
    engine: str = "auto"  # what reads PDF: fast (pdfium), reference (pdfplumber), auto (fast, reference where that falls short)
    baseline: str = ""  # the file of the decisions of auditors; empty: none


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like a misspelt one.

    >>> nearest("low_exection", ["low_execution", "limit"])
    'low_execution'
    """
    return next(iter(difflib.get_close_matches(name, list(known), 1)), None)


def load(start: Path, explicit: Path | None = None) -> Settings:
    """The built-in settings, over them the nearest extract.toml from `start` upwards, over it the file given.

    Raises ConfigError for a file that cannot be read, an unknown key or a value of the wrong kind.
    """
    settings = Settings()
    for file in (find(start), explicit):
        if file is not None:
            settings = _merged(settings, file)
    return settings


def find(start: Path) -> Path | None:
    """The extract.toml beside `start` or in the nearest folder above it."""
    here = start.absolute()
    folders = (here, *here.parents) if here.is_dir() else here.parents
    return next((folder / FILE_NAME for folder in folders if (folder / FILE_NAME).is_file()), None)


def _merged(settings: Settings, file: Path) -> Settings:
    table = _read(file)
    checks = table.pop("checks", {})
    if not isinstance(checks, dict):
        raise _wrong(file, "checks", "表 [checks]", "a table [checks]")
    changes = _changes(file, table, settings, "")
    if "patterns" in changes:
        changes["patterns"] = tuple(str(file.parent / folder) for folder in changes["patterns"])
    if changes.get("baseline"):
        changes["baseline"] = str(file.parent / changes["baseline"])
    return replace(settings, **changes, checks=replace(settings.checks, **_changes(file, checks, settings.checks, "checks.")))


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except FileNotFoundError:
        raise ConfigError(f"配置文件不存在：{file}", f"no such config file: {file}") from None
    except OSError as error:
        why = error.strerror
        raise ConfigError(f"配置文件无法读取：{file}（{why}）", f"cannot read the config file {file}: {why}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"配置文件 {file} 不是有效的 UTF-8 TOML：{error}", f"{file} is not valid UTF-8 TOML: {error}") from None


def _changes(file: Path, table: Mapping[str, Any], settings: Settings | CheckSettings, prefix: str) -> dict[str, Any]:
    known = [name for name in settings.__dataclass_fields__ if name != "checks"]
    changes = {}
    for key, value in table.items():
        if key not in known:
            raise _unknown(file, prefix, key, known)
        changes[key] = _converted(file, prefix + key, value, getattr(settings, key))
    return changes


def _unknown(file: Path, prefix: str, key: str, known: Iterable[str]) -> ConfigError:
    hint = nearest(key, known)
    chinese = f"配置文件 {file} 中有未知的设置 {prefix}{key}"
    english = f"unknown setting {prefix}{key} in {file}"
    if hint:
        return ConfigError(f"{chinese}；是否想写 {prefix}{hint}？", f"{english}; did you mean {prefix}{hint}?")
    return ConfigError(f"{chinese}；可用的有：{'、'.join(known)}", f"{english}; known are: {', '.join(known)}")


def _converted(file: Path, key: str, value: Any, default: Any) -> Any:
    """The value in the type of the default; lists become tuples or sets, whole and decimal numbers Decimals."""
    choices = CHOICES.get(key)
    if choices and value not in choices:
        raise _wrong(file, key, "、".join(choices) + " 之一", "one of " + ", ".join(choices))
    if isinstance(default, tuple | frozenset):
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise _wrong(file, key, '字符串列表，如 ["…"]', 'a list of strings, like ["…"]')
        return type(default)(value)
    if isinstance(default, str):
        if not isinstance(value, str):
            raise _wrong(file, key, "字符串", "a string")
        return value
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise _wrong(file, key, " true 或 false", "true or false")
        return value
    number = int if isinstance(default, int) else int | Decimal
    if isinstance(value, bool) or not isinstance(value, number) or value < 0:
        raise _wrong(file, key, "不小于 0 的数", "a number, 0 or more")
    return Decimal(value) if isinstance(default, Decimal) else value


def _wrong(file: Path, key: str, chinese: str, english: str) -> ConfigError:
    return ConfigError(f"配置文件 {file} 的 {key} 应为{chinese}", f"{key} in {file} must be {english}")
