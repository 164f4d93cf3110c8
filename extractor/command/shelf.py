"""Where the formats write their files: under temporary names until the run succeeds, never over files of other programs."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from extractor.config import ConfigError
from extractor.messages import both
from extractor.present.files import Names, beside, is_ours, renaming, replacing, safe_name


class Rack:
    """The output files of a run: checks which may be overwritten, and lists those written."""

    def __init__(self, inputs: Collection[Path], is_forced: bool) -> None:
        self._inputs, self._is_forced = inputs, is_forced
        self._names = Names()
        self._streams: list[IO[bytes]] = []
        self._made: list[Path] = []
        self.stack = ExitStack()
        self.written: list[Path] = []

    @cached_property
    def _identities(self) -> frozenset[tuple[int, int] | None]:
        """Those of the inputs, looked up once."""
        return frozenset(map(_identity, self._inputs)) - {None}

    def open(self, path: Path) -> IO[bytes]:
        """A stream that becomes the file when the run succeeds. ConfigError if the file must not or cannot be written."""
        self.check(path)
        try:
            stream = self.stack.enter_context(replacing(path))
        except OSError as error:
            raise ConfigError(*both("unwritable", path=path, why=error.strerror)) from None
        self._streams.append(stream)
        self.written.append(path)
        return stream

    def flush(self) -> None:
        """Writes out what is still in memory. Done before the first file gets its name, so that a full disk leaves none."""
        for stream in self._streams:
            if not stream.closed:
                stream.flush()

    def keep(self, made: Path, path: Path) -> None:
        """Takes a finished file, which gets its name when the run succeeds; it is not held open until then."""
        try:
            self.stack.enter_context(renaming(made, path))
        except OSError as error:
            raise ConfigError(*both("unwritable", path=path, why=error.strerror)) from None
        self.written.append(path)

    def check(self, path: Path) -> None:
        """ConfigError if the path is an input, a file of another program, or one that was changed since it was written."""
        if not path.parent.is_dir():
            raise ConfigError(*both("no_folder", path=path, folder=path.parent))
        if _identity(path) in self._identities:
            raise ConfigError(*both("output_is_input", path=path))
        if path.is_file() and not self._is_forced and not is_ours(path):
            raise ConfigError(*both("not_ours", path=path))
        if beside(path) and not os.access(path.parent, os.W_OK):
            raise _unwritable(path, path.parent)

    def check_folder(self, folder: Path, within: Path) -> None:
        """ConfigError if the folder, which need not exist yet, could not be made or written, or leads out."""
        if os.path.lexists(folder):
            self.make(folder, within)
        if not os.access(folder if folder.exists() else within, os.W_OK):
            raise _unwritable(folder, folder if folder.exists() else within)

    def make(self, folder: Path, within: Path | None = None) -> None:
        """Creates the folder if it does not exist; ConfigError for a link that leads out of the output folder."""
        missing = [path for path in (folder, *folder.parents) if not os.path.lexists(path)]
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(*both("unwritable", path=folder, why=error.strerror)) from None
        finally:
            self._made += reversed(missing)
        if within is not None and not folder.resolve().is_relative_to(within.resolve()):
            raise ConfigError(*both("leads_out", path=folder, folder=within))

    def tidy(self, kind: type[BaseException] | None, *_: object) -> None:
        """Removes what a run that failed or was interrupted made and left empty."""
        for folder in reversed(self._made) if kind else ():
            with suppress(OSError):  # something lies in it, or it could not be made
                folder.rmdir()

    def unique(self, folder: Path, name: str) -> Path:
        """A path in the folder that this run has not used yet; folders in its name are created."""
        parts = [safe_name(part) for part in name.split("/")]
        parent = folder.joinpath(*parts[:-1])
        self.make(parent, folder)
        stem, suffix = os.path.splitext(parts[-1])
        return Path(self._names.unique(str(parent / stem), suffix))


class FileShelf:
    """The shelf of a format that writes to a file, or to further files in its folder."""

    def __init__(self, rack: Rack, path: Path | None, folder: Path | None) -> None:
        self._rack, self._path, self._folder = rack, path, folder
        if path is not None:
            rack.check(path)

    @property
    def folder(self) -> Path | None:
        return self._folder

    @property
    def name(self) -> str:
        return self._path.name if self._path else ""

    def expect(self, name: str) -> None:
        assert self._folder is not None
        self._rack.check_folder(self._folder / name, self._folder)

    def stream(self) -> IO[bytes]:
        if self._path is not None:
            return self._rack.open(self._path)
        if sys.stdout is None:
            raise ConfigError(*both("no_stdout"))
        return sys.stdout.buffer

    def beside(self, name: str) -> IO[bytes]:
        assert self._folder is not None
        return self._rack.open(self._rack.unique(self._folder, name))

    @contextmanager
    def place(self, name: str | None = None) -> Iterator[Path]:
        """A path whose file becomes `name`, or the file of the format where no name is given."""
        assert self._folder is not None
        path = self._rack.unique(self._folder, name) if name else self._path
        assert path is not None
        self._rack.check(path)
        try:
            folder = TemporaryDirectory(prefix=".extract-", dir=beside(path), ignore_cleanup_errors=True)
        except OSError as error:
            raise ConfigError(*both("unwritable", path=path, why=error.strerror)) from None
        with folder as room:
            made = Path(room) / path.name
            yield made
            self._rack.keep(made, path)


def _unwritable(path: Path, folder: Path) -> ConfigError:
    """Says why nothing can be written in the folder."""
    is_read_only = hasattr(os, "statvfs") and bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    return ConfigError(*both("unwritable", path=path, why=os.strerror(errno.EROFS if is_read_only else errno.EACCES)))


def _identity(path: Path) -> tuple[int, int] | None:
    """What a file is by whatever name it is reached; None where there is none."""
    try:
        facts = path.stat()
    except (OSError, ValueError):
        return None
    return facts.st_dev, facts.st_ino
