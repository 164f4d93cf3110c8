"""argparse in Chinese and English: the parser that arguments.py describes."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from rich.table import Table
from rich.text import Text
from rich_argparse import RichHelpFormatter

from extractor.command.arguments import DESCRIPTION, EPILOG, GROUPS, USAGE, Option
from extractor.present.wrapping import wrapped

PREFIX = ("用法：", "Usage: ")
HEADER = 26
"""Cells for the flags of an option; its help stands beside them."""

_ERRORS: Sequence[tuple[str, str]] = (
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (\S+): expected one argument", r"参数 \1 后面要有一个值"),
    (r"argument (\S+): expected at least one argument", r"参数 \1 后面至少要有一个值"),
    (r"argument (\S+): invalid choice: (.+?) \(choose from (.+)\)", r"参数 \1 的值 \2 不可用；可选：\3"),
    (r"argument (\S+): invalid count value: (.+)", r"参数 \1 的值 \2 应为不小于 0 的整数"),
    (r"argument (\S+): ignored explicit argument (.+)", r"参数 \1 不带值，多出了 \2"),
    (r"argument (\S+): (.*)", r"参数 \1：\2"),
)


class Formatter(RichHelpFormatter):
    """Help in one language, in two columns whose width counts Chinese characters as two."""

    group_name_formatter = str
    language = "zh"
    _current_section: Any

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, PREFIX[self.language == "en"])

    def start_section(self, heading: str | None) -> None:
        super().start_section(heading)
        self._current_section.heading = heading  # without the colon of argparse

    def add_text(self, text: Any) -> None:
        if text:
            self.add_renderable(wrapped(Text(text), self._width))

    def add_arguments(self, actions: Iterable[argparse.Action]) -> None:
        grid = Table.grid(padding=(0, 2))
        grid.add_column(width=HEADER, no_wrap=True)
        grid.add_column()
        for action in actions:
            header = Text(", ".join(action.option_strings), "argparse.args")
            if action.nargs != 0:
                header.append((" " if header else "") + str(action.metavar), "argparse.metavar")
            grid.add_row(header, wrapped(Text(action.help or ""), max(self._width - HEADER - 6, 11)))
        if grid.rows:
            self.add_renderable(grid)


class EnglishFormatter(Formatter):
    language = "en"


class Parser(argparse.ArgumentParser):
    """A parser whose messages are all in one language; an error is one line and exit code 2."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._is_english = language == "en"
        super().__init__(
            prog="extract",
            description=DESCRIPTION[self._is_english],
            epilog=EPILOG[self._is_english],
            usage=USAGE[self._is_english],
            formatter_class=EnglishFormatter if self._is_english else Formatter,
            add_help=False,
            allow_abbrev=False,
        )
        for title, options in GROUPS:
            group = self.add_argument_group(title[self._is_english])
            for option in options:
                self._add_option(group, option)

    def _add_option(self, group: argparse._ArgumentGroup, option: Option) -> None:
        settings = dict(option.more)
        if option.metavar:
            settings["metavar"] = option.metavar[self._is_english]
        group.add_argument(*option.flags.split(), help=option.en if self._is_english else option.zh, **settings)

    def error(self, message: str) -> NoReturn:
        """Print what is wrong with the command line and where help is, and exit."""
        if self._is_english:
            self.exit(2, f"extract: {message}; see --help\n")
        self.exit(2, f"extract：{in_chinese(message)}；--help 可看用法\n")


def in_chinese(message: str) -> str:
    """One of argparse's own messages in Chinese.

    >>> in_chinese("unrecognized arguments: --jsn")
    '不认识的参数：--jsn'
    """
    for english, chinese in _ERRORS:
        if re.fullmatch(english, message):
            return re.sub(english, chinese, message)
    return message


def language_of(arguments: Sequence[str]) -> str | None:
    """The language that the arguments ask for, found before they are parsed because help and errors need it.

    >>> language_of(["a.pdf", "--lang", "en"]), language_of(["--lang=zh"]), language_of([])
    ('en', 'zh', None)
    """
    for place, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or "".join(arguments[place + 1 : place + 2])
            return value if value in ("zh", "en") else None
    return None


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The arguments of a run; exits with code 2 for wrong usage, with 0 after --help."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    return Parser(language_of(given) or "zh").parse_args(given)
