"""The interface of outputs: they get the reports one by one, facts about the run, and a shelf for their files."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

from extractor.config import Settings
from extractor.model.findings import CheckRecord
from extractor.model.report import Report, Summary


class Sink(Protocol):
    """One output of a run: takes the reports one by one, then the counts over all of them."""

    def add(self, report: Report) -> None: ...
    def end(self, summary: Summary) -> None: ...


class Shelf(Protocol):
    """Where one format writes. Every file gets its name when the run succeeds; until then the old one stays."""

    @property
    def folder(self) -> Path | None:
        """The folder of the files; None on stdout."""

    @property
    def name(self) -> str:
        """Of the format's own file, empty on stdout."""

    def expect(self, name: str) -> None:
        """Checks before the work that further files can be written in a folder of this name; it is not made yet."""

    def stream(self) -> IO[bytes]:
        """The file of the format, or stdout."""

    def beside(self, name: str) -> IO[bytes]:
        """A further file in the folder: the name is made safe and unique; `/` separates folders."""

    def place(self, name: str | None = None) -> AbstractContextManager[Path]:
        """A path for a library that opens files itself; what stands there when the block ends becomes the file `name`,
        or that of the format where there is no name."""


@dataclass(frozen=True)
class Job:
    """What the outputs of a run share.

    `originals` gives the file behind each `Report.source.path`; for what came out of an archive, `members` gives a temporary
    copy and the archive. `marked` gives the name of each marked-up copy, relative to the output folder: that output is made
    first, and removes the names of copies that it could not make. `units` are those expected to file, `checks` all that exist,
    in their order. `shared` holds what several outputs make together.
    """

    version: str
    settings: Settings = field(default_factory=Settings)
    is_verbose: bool = False
    formats: frozenset[str] = frozenset()
    originals: Mapping[str, Path] = field(default_factory=dict)
    members: Mapping[str, tuple[Path, Path]] = field(default_factory=dict)
    marked: MutableMapping[str, str] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    split_by: str | None = None
    is_forced: bool = False
    checks: tuple[CheckRecord, ...] = ()
    shared: MutableMapping[str, object] = field(default_factory=dict)

    def source(self, path: str) -> Path | None:
        """Where the bytes of a document lie during the run."""
        return self.originals.get(path) or self.members.get(path, (None, None))[0]

    @property
    def language(self) -> str:
        return self.settings.language
