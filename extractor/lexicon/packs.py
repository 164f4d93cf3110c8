"""Pattern packs: Chinese surface forms as data, expanded strictly at load and compiled at first use.

The built-in packs are the TOML files of `extractor.patterns` (the folder patterns/ of a checkout); users add folders
of their own. The format is described in patterns/README.md.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import regex

from extractor.lexicon.pack_file import CounterExample, Example, PackError, PackFile, PatternRecord, longest_first, parse

T = TypeVar("T")

__all__ = ["CounterExample", "Example", "Lexicon", "PackError", "PatternRecord", "default", "load"]

USER_TIME_LIMIT = 2.0
"""Seconds that one search with a user's pattern may take; built-in patterns are tested and searched without a limit."""

MISSPELT = 0.85
"""How like a known name an unknown one is that was hardly meant as a new one."""

_BREAK = r"\n{0,2}"
_REFERENCE = regex.compile(r"\\[pPNxX]\{[^}]*\}|\\.|\{([^{}]*)\}")
_QUANTIFIER = regex.compile(r"\d+(?:,\d*)?\Z|,\d+\Z")


class Lexicon:
    """All packs of a run: vocabularies by name, and patterns compiled when they are first asked for."""

    def __init__(self, built_in: Iterable[PackFile], extra: Iterable[PackFile] = ()) -> None:
        self._words: dict[str, tuple[str, ...]] = {}
        self._groups: dict[str, dict[str, tuple[str, ...]]] = {}
        self._group_of: dict[str, dict[str, str]] = {}
        self._fragments: dict[str, tuple[str, PackFile]] = {}
        self._records: dict[str, PatternRecord] = {}
        self._files: dict[str, PackFile] = {}
        self._compiled: dict[str, regex.Pattern[str]] = {}
        for file in built_in:
            self._add(file, may_extend=False)
        extra = list(extra)
        for file in extra:
            self._check_names(file)
        mine = [file for file in extra if self._add(file, may_extend=True)]
        self.user_patterns: tuple[str, ...] = tuple(r.name for file in mine for r in file.patterns)
        self._check_references()
        for name in self.user_patterns:
            self._check_examples(self._records[name])

    @property
    def patterns(self) -> Mapping[str, PatternRecord]:
        """Every pattern by name, as written in its file."""
        return MappingProxyType(self._records)

    @property
    def vocabularies(self) -> Mapping[str, tuple[str, ...]]:
        """Every plain vocabulary by name."""
        return MappingProxyType(self._words)

    @property
    def grouped(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Every grouped vocabulary by name."""
        return MappingProxyType(self._groups)

    def words(self, name: str) -> tuple[str, ...]:
        """A vocabulary, longest word first; KeyError with the nearest name where there is none."""
        return _known(self._words, name, "vocabulary")

    def groups(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """A grouped vocabulary: group to words, longest first, in the order of the file."""
        return _known(self._groups, name, "grouped vocabulary")

    def group_of(self, name: str, word: str) -> str | None:
        """The group that a word of a grouped vocabulary belongs to (the first one that lists it)."""
        if name not in self._group_of:
            found: dict[str, str] = {}
            for group, words in self.groups(name).items():
                for each in words:
                    found.setdefault(each, group)
            self._group_of[name] = found
        return self._group_of[name].get(word)

    def source(self, name: str) -> str:
        """The expanded regular expression of a pattern."""
        record = _known(self._records, name, "pattern")
        return self._expand(record.regex, self._files[record.file], record.line, ())

    def expand(self, text: str) -> str:
        """A regular expression with every reference replaced, as in a pack; for patterns composed in code."""
        return self._expand(text, PackFile("", text, {}, {}, {}, ()), 1, ())

    def pattern(self, name: str) -> regex.Pattern[str]:
        """A pattern, compiled; PackError where its regular expression is broken."""
        if name not in self._compiled:
            record = _known(self._records, name, "pattern")
            try:
                self._compiled[name] = regex.compile(self.source(name))
            except regex.error as error:
                raise self._files[record.file].error(
                    f"模式 {name} 的正则有误（{error}）", "有效的正则表达式", "regex", record.line
                ) from None
        return self._compiled[name]

    def _add(self, file: PackFile, may_extend: bool) -> bool:
        for name, words in file.words.items():
            if name in self._words and not may_extend:
                raise file.error(f"词表 {name} 已在别的文件中定义", "另取名称", f"{name} ")
            self._words[name] = longest_first((*self._words.get(name, ()), *words))
        for name, groups in file.groups.items():
            if name in self._groups and not may_extend:
                raise file.error(f"分组词表 {name} 已在别的文件中定义", "另取名称", f"groups.{name}")
            own = self._groups.setdefault(name, {})
            for group, words in groups.items():
                own[group] = longest_first((*own.get(group, ()), *words))
        for name, text in file.fragments.items():
            if name in self._fragments:
                raise file.error(f"片段 {name} 已有定义", "另取名称", f"{name} ")
            self._fragments[name] = (text, file)
        for record in file.patterns:
            if record.name in self._records:
                raise file.error(f"模式 {record.name} 已有定义", "另取名称", record.name, record.line)
            self._records[record.name] = record
        self._files[file.file] = file
        return True

    def _check_names(self, file: PackFile) -> None:
        """Words added to a name that is almost a known one, and that nothing in the file refers to, would be lost in silence."""
        for known, own in (
            (set(self._words), file.words.keys()),
            (set(self._groups), file.groups.keys()),
            *((set(self._groups[name]), groups.keys()) for name, groups in file.groups.items() if name in self._groups),
        ):
            for name in own - known:
                meant = nearest(name, known, MISSPELT)
                if meant and f"{name}}}" not in file.source:
                    raise file.error(f"没有名为 {name} 的词表", f"{meant}，或文件中有模式引用它", name)

    def _check_references(self) -> None:
        for name, (text, file) in self._fragments.items():
            self._expand(text, file, 1, (name,))
        for name in self._records:
            self.source(name)

    def _check_examples(self, record: PatternRecord) -> None:
        file, pattern = self._files[record.file], self.pattern(record.name)
        for example in record.examples:
            if not matches(pattern, example):
                raise file.error(f"模式 {record.name} 与其例子不符", f"匹配出“{example.match}”", f'"{example.text}"', record.line)
        for counter in record.counter:
            if pattern.search(counter.text, timeout=USER_TIME_LIMIT):
                raise file.error(f"模式 {record.name} 匹配了反例", f"不匹配（{counter.reason}）", f'"{counter.text}"', record.line)

    def _expand(self, text: str, file: PackFile, line: int, within: tuple[str, ...]) -> str:
        def replace(match: regex.Match[str]) -> str:
            inner = match.group(1)
            if inner is None or _QUANTIFIER.match(inner):
                return match.group()
            return "(?:" + self._reference(inner, file, line, within) + ")"

        return _REFERENCE.sub(replace, text)

    def _reference(self, inner: str, file: PackFile, line: int, within: tuple[str, ...]) -> str:
        what, _, name = inner.rpartition(":")
        if what:
            words = self._vocabulary(what, name)
            if not words:
                raise file.error(f"未知的词表 {{{inner}}}", self._hint(what, name), f"{{{inner}}}", line)
            return alternation(words, _BREAK if what == "wrapped" else "")
        if name in within:
            raise file.error(f"片段 {{{name}}} 引用了自己", "不循环的引用", f"{{{name}}}", line)
        if name not in self._fragments:
            raise file.error(f"未知的片段 {{{name}}}", self._hint(what, name), f"{{{name}}}", line)
        text, home = self._fragments[name]
        return self._expand(text, home, 1 if home is not file else line, (*within, name))

    def _vocabulary(self, what: str, name: str) -> tuple[str, ...]:
        """The words behind {words:NAME}, {groups:NAME}, {group:NAME.GROUP} or {wrapped:NAME}; empty where there are none."""
        if what == "words" or (what == "wrapped" and name in self._words):
            return self._words.get(name, ())
        if what in ("groups", "wrapped"):
            return longest_first([word for words in self._groups.get(name, {}).values() for word in words])
        if what == "group":
            table, _, group = name.partition(".")
            return self._groups.get(table, {}).get(group, ())
        return ()

    def _hint(self, what: str, name: str) -> str:
        known = {
            "": list(self._fragments),
            "words": list(self._words),
            "groups": list(self._groups),
            "wrapped": [*self._words, *self._groups],
            "group": [f"{table}.{group}" for table, groups in self._groups.items() for group in groups],
        }
        if what not in known:
            return "{片段}、{words:词表}、{groups:分组词表}、{group:分组词表.组} 或 {wrapped:词表}"
        hint = nearest(name, known[what])
        return f"已定义的名称，例如 {{{what + ':' if what else ''}{hint}}}" if hint else "已定义的名称"


def alternation(words: Sequence[str], joint: str = "") -> str:
    """A regular expression for any of the words, the longest first, with `joint` between their characters.

    Words that begin alike stand together, so that a search looks at each first character once.

    >>> alternation(["元", "万元", "万", "亩"])
    '万(?:元)?|[元亩]'
    """
    by_first: dict[str, list[str]] = {}
    for word in longest_first(tuple(words)):
        by_first.setdefault(word[0], []).append(word)
    singles = [first for first, own in by_first.items() if own == [first]]
    parts = []
    for first, own in by_first.items():
        if own != [first]:
            rests = "|".join(joint.join(map(regex.escape, word[1:])) for word in own if len(word) > 1)
            rest = f"{joint}(?:{rests})" if joint else rests
            parts.append(f"{regex.escape(first)}(?:{rest}){'?' if first in own else ''}")
    if singles:
        parts.append("[" + "".join(map(regex.escape, singles)) + "]" if len(singles) > 1 else regex.escape(singles[0]))
    if len(parts) > 8:  # one look at the first character spares a look at every part
        parts[0] = f"(?=[{''.join(map(regex.escape, by_first))}])(?:{parts[0]}"
        parts[-1] += ")"
    return "|".join(parts)


def matches(pattern: regex.Pattern[str], example: Example) -> bool:
    """Does a pattern find in the example's text what it states, with the groups it states?"""
    for match in pattern.finditer(example.text, timeout=USER_TIME_LIMIT):
        named = match.groupdict()
        if match.group() == example.match and all(named.get(key) == value for key, value in example.groups.items()):
            return True
    return False


def nearest(name: str, known: Iterable[str], least: float = 0.6) -> str:
    """The known name most like a misspelt one, or "".

    >>> nearest("amout", ["unit", "amount"])
    'amount'
    """
    return next(iter(difflib.get_close_matches(name, list(known), 1, least)), "")


def _known(table: Mapping[str, T], name: str, what: str) -> T:
    if name not in table:
        raise KeyError(f"no {what} {name}; nearest: {nearest(name, table) or 'none'}")
    return table[name]


def _built_in() -> Traversable:
    try:
        return files("extractor.patterns")
    except ModuleNotFoundError:  # a checkout: the folder stands beside the package
        return Path(__file__).parents[2] / "patterns"


def _read(folder: Traversable, label: str) -> list[PackFile]:
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    pack = []
    for entry in found:
        file = f"{label}/{entry.name}"
        try:
            pack.append(parse(file, entry.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            raise PackError(file, 1, "", "文件编码有误", "UTF-8") from None
    return pack


def load(extra: Sequence[Path] = ()) -> Lexicon:
    """The built-in packs, then the folders given; raises PackError for a pack that cannot be used.

    A folder may add words to known vocabularies, and fragments and patterns under new names.
    """
    added: list[PackFile] = []
    for folder in extra:
        if not folder.is_dir():
            raise PackError(str(folder), 0, "", "模式目录不存在", "含 .toml 文件的目录")
        own = _read(folder, str(folder))
        if not own:
            raise PackError(str(folder), 0, "", "目录中没有模式文件", "至少一个 .toml 文件")
        added += own
    return Lexicon(_read(_built_in(), "patterns"), added)


@lru_cache(maxsize=1)
def default() -> Lexicon:
    """The built-in packs, loaded once."""
    return load()
