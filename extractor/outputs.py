"""Where the result goes: each format to stdout, a file or a folder, and the table to stderr beside them."""

from __future__ import annotations

import io
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Protocol

from rich.console import Console

from extractor import __version__
from extractor.arguments import FORMATS
from extractor.batch.finished import Finished
from extractor.config import ConfigError
from extractor.messages import both, message
from extractor.model.report import Report, Summary
from extractor.present.as_csv import Csv
from extractor.present.as_json import Json, JsonLines
from extractor.present.files import replacing
from extractor.present.printable import printable
from extractor.present.terminal import Terminal, View

NAMES = {"table": "findings.txt", "json": "report.json", "jsonl": "report.jsonl", "csv": "findings.csv"}
"""What the formats are called in a folder."""

FILE_WIDTH = 100
"""Columns of a table that is written to a file."""


class Sink(Protocol):
    """One output of a run: takes the reports one by one, then the counts over all of them."""

    def add(self, report: Report) -> None: ...
    def end(self, summary: Summary) -> None: ...


def formats_of(options: Namespace) -> tuple[str, ...]:
    """The formats asked for, each once; the table where none is."""
    named = [name.strip() for value in options.format or () for name in value.split(",")] + (["json"] if options.json else [])
    for name in named:
        if name not in FORMATS:
            raise ConfigError(*both("unknown_format", name=name, known=", ".join(FORMATS)))
    formats = tuple(dict.fromkeys(named)) or ("table",)
    if len(formats) > 1 and not options.output:
        raise ConfigError(*both("several_formats"))
    return formats


def destinations(output: str | None, formats: Sequence[str]) -> dict[str, Path]:
    """The file of each format: the one named, or one in the folder named, which is made where there is none."""
    if not output:
        return {}
    path = Path(output)
    if len(formats) == 1 and not path.is_dir() and not output.endswith(("/", os.sep)):
        return {formats[0]: path}
    if path.exists() and not path.is_dir():
        raise ConfigError(*both("not_a_folder", path=path))
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(*both("unwritable", path=path, why=error.strerror)) from None
    return {name: path / NAMES[name] for name in formats}


class Outputs:
    """Opens every output before the work, so that a path that cannot be written fails at once; closes them after it."""

    def __init__(self, formats: Sequence[str], files: dict[str, Path], inputs: Collection[Path], view: View, is_quiet: bool) -> None:
        self._formats, self._files, self._view, self._is_quiet = formats, files, view, is_quiet
        self._inputs = inputs
        self._stack = ExitStack()
        self._sinks: list[Sink] = []
        self._has_table = not is_quiet or ("table" in formats and "table" not in files)

    def __enter__(self) -> Outputs:
        with self._stack:
            self._sinks = [self._sink(name, self._files.get(name)) for name in self._formats]
            if self._has_table and ("table" not in self._formats or "table" in self._files):
                self._sinks.append(Terminal(Console(stderr=True), self._view))
            self._stack = self._stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self._stack.__exit__(kind, *rest)  # type: ignore[arg-type]
        if kind is None and not self._is_quiet:
            for path in self._files.values():
                tell(message("written", self._view.language, path=path))

    def add(self, finished: Finished) -> None:
        if finished.error and not self._has_table:
            tell(message("error", self._view.language, text=f"{finished.path}: {finished.error[1]}"))
        readers = [sink for sink in self._sinks if not isinstance(sink, Json | JsonLines)]
        report = finished.report if readers else None
        for sink in self._sinks:
            if isinstance(sink, Json | JsonLines):
                sink.add_json(finished.json)
            elif report:
                sink.add(report)

    def end(self, summary: Summary) -> None:
        for sink in self._sinks:
            sink.end(summary)
        if sys.stdout:
            sys.stdout.flush()

    def _sink(self, name: str, path: Path | None) -> Sink:
        if path is None and sys.stdout is None:
            raise ConfigError(*both("no_stdout"))
        if name == "table":
            return Terminal(self._page(path) if path else Console(), self._view)
        makers: dict[str, Callable[[IO[bytes]], Sink]] = {
            "json": lambda stream: Json(stream, __version__),
            "jsonl": JsonLines,
            "csv": lambda stream: Csv(stream, self._view.language),
        }
        return makers[name](self._file(path) if path else sys.stdout.buffer)

    def _page(self, path: Path) -> Console:
        text = io.TextIOWrapper(self._file(path), "utf-8", newline="\n", write_through=True)
        return Console(file=text, width=FILE_WIDTH, color_system=None)

    def _file(self, path: Path) -> IO[bytes]:
        if path.exists() and any(_is_same(each, there) for there in [path.stat()] for each in self._inputs):
            raise ConfigError(*both("output_is_input", path=path))
        if not path.parent.is_dir():
            raise ConfigError(*both("no_folder", path=path, folder=path.parent))
        try:
            return self._stack.enter_context(replacing(path))
        except OSError as error:
            raise ConfigError(*both("unwritable", path=path, why=error.strerror)) from None


def _is_same(path: Path, other: os.stat_result) -> bool:
    try:
        return os.path.samestat(os.stat(path), other)
    except (OSError, ValueError):  # a path that does not exist
        return False


def tell(text: str) -> None:
    print(printable(text), file=sys.stderr)  # noqa: T201
