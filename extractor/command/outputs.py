"""Where the result goes: each format to stdout, a file or a folder, and the table to stderr beside them."""

from __future__ import annotations

import io
import os
import sys
from argparse import Namespace
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console

from extractor.batch.finished import Finished
from extractor.command.formats import FORMATS
from extractor.command.shelf import FileShelf, Rack
from extractor.config import ConfigError
from extractor.messages import both, message
from extractor.model.report import Summary
from extractor.present.as_json import Json
from extractor.present.as_jsonl import JsonLines
from extractor.present.files import MARK
from extractor.present.printable import tell
from extractor.present.sink import Job, Sink
from extractor.present.terminal import Terminal, View

FILE_WIDTH = 100
"""Columns of a table that is written to a file."""

EVERY = sys.maxsize
"""Findings in a table that is written to a file: `--limit` is for what runs over a screen."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a format is written: its file, and the folder for further ones, which may have to be made; stdout if it has neither."""

    file: Path | None = None
    folder: Path | None = None
    is_folder_made: bool = False


def formats_of(options: Namespace) -> tuple[str, ...]:
    """The formats asked for, each once; the table where none is."""
    named = [name.strip() for value in options.format or () for name in value.split(",")] + (["json"] if options.json else [])
    for name in named:
        if name not in FORMATS:
            raise ConfigError(*both("unknown_format", name=name, known=", ".join(FORMATS)))
    formats = tuple(dict.fromkeys(named)) or ("table",)
    if len(formats) > 1 and not options.output:
        raise ConfigError(*both("several_formats"))
    for name in formats:
        if missing := [package for package in FORMATS[name].needs if find_spec(package) is None]:
            raise ConfigError(*both("needs_package", name=name, packages=" ".join(missing), python=sys.executable or "python"))
        if not options.output and not FORMATS[name].on_stdout:
            raise ConfigError(*both("needs_file", name=name))
    return formats


def destinations(output: str | None, formats: Sequence[str], is_split: bool = False) -> dict[str, Destination]:
    """The file of each format: the one named, or one in the folder named, which is to be made where there is none."""
    if not output:
        return {}
    path = Path(output)
    is_one = len(formats) == 1 and not is_split and not FORMATS[formats[0]].fills_folder
    if is_one and not path.is_dir() and not output.endswith(("/", os.sep)):
        return {formats[0]: Destination(path, path.parent)}
    if path.exists() and not path.is_dir():
        raise ConfigError(*both("not_a_folder", path=path))
    return {name: Destination(None if FORMATS[name].fills_folder else path / FORMATS[name].file, path, True) for name in formats}


class Outputs:
    """Opens every output before the work, so that a path that cannot be written fails at once; closes them after it."""

    def __init__(self, places: dict[str, Destination], inputs: Collection[Path], job: Job, names: Sequence[str], is_quiet: bool) -> None:
        self._names, self._places, self._job, self._is_quiet = names, places, job, is_quiet
        self._rack = Rack(inputs, job.is_forced)
        self._sinks: list[Sink] = []
        self._has_table = not is_quiet or ("table" in names and "table" not in places)

    def __enter__(self) -> Outputs:
        with self._rack.stack as stack:
            stack.push(self._rack.tidy)
            for folder in {place.folder for place in self._places.values() if place.folder and place.is_folder_made}:
                self._rack.make(folder)
            self._sinks = [self._sink(name, self._places.get(name, Destination())) for name in sorted(self._names, key=_order)]
            if self._has_table and ("table" not in self._names or "table" in self._places):
                self._sinks.append(Terminal(Console(stderr=True), self._view))
            self._rack.stack = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None:
            self._rack.stack.callback(self._rack.flush)
        self._rack.stack.__exit__(kind, *rest)  # type: ignore[arg-type]
        if kind is None and not self._is_quiet:
            for path in self._shown():
                tell(message("written", self._job.language, path=path))

    def add(self, finished: Finished) -> None:
        if finished.error and not self._has_table:
            tell(message("error", self._job.language, text=f"{finished.path}: {finished.error[1]}"))
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

    @property
    def _view(self) -> View:
        return View(self._job.language, self._job.settings.limit, self._job.is_verbose)

    def _sink(self, name: str, place: Destination) -> Sink:
        shelf = FileShelf(self._rack, place.file, place.folder)
        if name == "table" and place.file:
            return TableFile(io.TextIOWrapper(shelf.stream(), "utf-8", newline="\n"), self._view)
        if name == "table":
            return Terminal(Console(), self._view)
        made: Sink = import_module(FORMATS[name].module).sink(self._job, shelf)
        return made

    def _shown(self) -> list[Path]:
        """The files written; where many are in one folder, the folder."""
        mains = {place.file or place.folder for place in self._places.values()}
        folders = dict.fromkeys(path.parent for path in self._rack.written if path not in mains)
        return [path for path in self._rack.written if path in mains] + list(folders)


def _order(name: str) -> bool:
    """Marked-up copies are made first: other outputs link to those that could be made."""
    return name != "pdf"


class TableFile(Terminal):
    """The table as a text file, with every finding and its id."""

    def __init__(self, stream: io.TextIOWrapper, view: View) -> None:
        super().__init__(Console(file=stream, width=FILE_WIDTH, color_system=None), replace(view, has_ids=True, limit=EVERY))
        self._stream = stream

    def end(self, summary: Summary) -> None:
        super().end(summary)
        self._stream.write(f"\n{MARK.decode()}\n")
        self._stream.flush()
