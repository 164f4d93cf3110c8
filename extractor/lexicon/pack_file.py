"""One TOML file of a pattern pack, read strictly: every part remembers the line it stands on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

NAME = re.compile(r"[a-z][a-z0-9_.-]*\Z")
_TABLES = {"words", "groups", "fragments", "pattern"}
_PATTERN_KEYS = {"name", "kind", "title", "regex", "cue", "examples", "counter"}


class PackError(Exception):
    """A pattern pack that cannot be used: which file, which line, the line itself, and what was expected there."""

    def __init__(self, file: str, number: int, line: str, problem: str, expected: str) -> None:
        self.file, self.number, self.line = file, number, line.strip()
        self.problem, self.expected = problem, expected
        super().__init__(f"{file}:{number}: {problem}；应为：{expected}\n    {self.line}")


@dataclass(frozen=True, slots=True)
class Example:
    """A text, what of it the pattern matches, and named groups it must yield."""

    text: str
    match: str
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CounterExample:
    """A text that the pattern must not match, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class PatternRecord:
    """A named pattern as written in its file; `kind` is a mention kind, or None for a pattern asked for by name.

    Every text that the pattern matches holds one of its `cues`; without any, nothing is known of what it matches.
    """

    name: str
    kind: str | None
    title: str
    regex: str
    examples: tuple[Example, ...]
    counter: tuple[CounterExample, ...]
    file: str
    line: int
    cues: tuple[str, ...] = ()


@dataclass(frozen=True)
class PackFile:
    """The parts of one file. `source` is its text, to quote the line of an error."""

    file: str
    source: str
    words: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, Mapping[str, tuple[str, ...]]]
    fragments: Mapping[str, str]
    patterns: tuple[PatternRecord, ...]

    def error(self, problem: str, expected: str, needle: str = "", after: int = 1) -> PackError:
        """An error at the first line from `after` on that holds `needle`."""
        return located(self.file, self.source, problem, expected, needle, after)


def located(file: str, source: str, problem: str, expected: str, needle: str, after: int = 1) -> PackError:
    lines = source.splitlines() or [""]
    number = next((n for n in range(after, len(lines) + 1) if needle in lines[n - 1]), min(after, len(lines)))
    return PackError(file, number, lines[number - 1], problem, expected)


def parse(file: str, source: str) -> PackFile:
    """Read one file of a pack; raises PackError for anything that is not in the format."""
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        number = int(found.group(1)) if found else len(source.splitlines())
        raise located(file, source, f"不是有效的 TOML（{error}）", "TOML 语法，正则写在单引号内", "", number) from None
    for key in data.keys() - _TABLES:
        raise located(file, source, f"未知的部分 {key}", "[words]、[groups.名]、[fragments] 或 [[pattern]]", key)
    reader = _Reader(file, source)
    return PackFile(
        file,
        source,
        {name: reader.words(name, value) for name, value in reader.table(data, "words").items()},
        {
            name: {group: reader.words(f"{name}.{group}", words) for group, words in reader.table(data["groups"], name).items()}
            for name in reader.table(data, "groups")
        },
        {name: reader.string(name, value) for name, value in reader.table(data, "fragments").items()},
        tuple(reader.patterns(data.get("pattern", []))),
    )


@dataclass(frozen=True)
class _Reader:
    file: str
    source: str

    def fail(self, problem: str, expected: str, needle: str, after: int = 1) -> PackError:
        return located(self.file, self.source, problem, expected, needle, after)

    def table(self, data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        table = data.get(name, {})
        if not isinstance(table, dict):
            raise self.fail(f"{name} 不是表", f"[{name}]", name)
        for key in table:
            if name in _TABLES and not NAME.match(key):
                raise self.fail(f"名称 {key} 不合格式", "小写英文字母、数字、下划线", key)
        return table

    def words(self, name: str, value: Any) -> tuple[str, ...]:
        key = name.rsplit(".", 1)[-1]
        if not isinstance(value, list) or not value or not all(isinstance(word, str) and word for word in value):
            raise self.fail(f"词表 {name} 不是非空字符串的列表", f'{key} = ["词", "词"]', key)
        if len(set(value)) < len(value):
            twice = next(word for word in value if value.count(word) > 1)
            raise self.fail(f"词表 {name} 中 {twice} 重复", "每个词只写一次", key)
        return longest_first(value)

    def string(self, name: str, value: Any) -> str:
        if not isinstance(value, str) or not value:
            raise self.fail(f"片段 {name} 不是字符串", f"{name} = '正则'", name)
        return value

    def patterns(self, entries: Any) -> Iterator[PatternRecord]:
        lines = [n for n, line in enumerate(self.source.splitlines(), 1) if line.strip().startswith("[[pattern]]")]
        if not isinstance(entries, list):
            raise self.fail("pattern 不是模式的列表", "[[pattern]]", "pattern")
        for place, entry in enumerate(entries):
            yield self.pattern(entry, lines[place] if place < len(lines) else 1)

    def pattern(self, entry: Any, line: int) -> PatternRecord:
        for key in ("name", "title", "regex"):
            if not isinstance(entry.get(key), str) or not entry[key]:
                raise self.fail(f"模式缺少 {key}", f'{key} = "…"', "[[pattern]]", line)
        name = entry["name"]
        for key in entry.keys() - _PATTERN_KEYS:
            raise self.fail(f"模式 {name} 有未知的键 {key}", "、".join(sorted(_PATTERN_KEYS)), key, line)
        if not NAME.match(name):
            raise self.fail(f"名称 {name} 不合格式", "小写英文字母、数字、下划线", name, line)
        for key, form in (("examples", '[{text = "…", match = "…"}]'), ("counter", '[{text = "…", reason = "…"}]')):
            if not entry.get(key) or not isinstance(entry[key], list):
                raise self.fail(f"模式 {name} 缺少{'例子' if key == 'examples' else '反例'}", f"{key} = {form}", "name", line)
        try:
            examples = tuple(Example(**example) for example in entry["examples"])
            counter = tuple(CounterExample(**example) for example in entry["counter"])
        except TypeError:
            raise self.fail(f"模式 {name} 的例子不合格式", "{text, match, groups} 或 {text, reason}", "examples", line) from None
        cues = self.words(f"{name}.cue", entry["cue"]) if "cue" in entry else ()
        for example in examples:
            if cues and not any(cue in example.text for cue in cues):
                raise self.fail(f"模式 {name} 的例子中没有提示词", "、".join(cues), f'"{example.text}"', line)
        return PatternRecord(name, entry.get("kind"), entry["title"], entry["regex"], examples, counter, self.file, line, cues)


def longest_first(words: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Longer words before shorter ones, so that an alternation takes the longest; equals keep their order.

    >>> longest_first(["元", "万元", "亿"])
    ('万元', '元', '亿')
    """
    return tuple(sorted(dict.fromkeys(words), key=len, reverse=True))
