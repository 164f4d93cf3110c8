"""Which files of the paths given are documents."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path

from extractor.present.files import OUTPUT_FILES, OUTPUT_FOLDERS, is_ours
from extractor.read.kinds import KINDS

NO_REPORTS = frozenset({".md", ".csv", ".tsv", ".log", ".xml", ".gif", ".webp"})
"""Types that can be read but are no reports where they lie in a folder."""

DOCUMENTS = frozenset(suffix for kind in KINDS for suffix in kind.suffixes) - NO_REPORTS | {".ceb"}
"""Endings of documents. Those that no reader takes get a failed record, so that none is overlooked."""

JUNK = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True, slots=True)
class Found:
    """Documents in the order of the paths given, folders sorted; paths that do not exist are among them.

    `skipped` are files of types that are no document, `hidden` counts hidden and temporary files and folders, `empty` are
    the folders in which no document was found.
    """

    documents: tuple[Path, ...] = ()
    skipped: tuple[Path, ...] = ()
    missing: tuple[Path, ...] = ()
    empty: tuple[Path, ...] = ()
    hidden: int = 0

    @property
    def skipped_count(self) -> int:
        return len(self.skipped) + self.hidden


def discover(paths: Iterable[str | Path], others: Iterable[Path] = ()) -> Found:
    """Every document under the paths, each once. A file named outright is a document whatever its type.

    `others` are files that were handed in as something else, such as reviewed workbooks: in a folder they are no documents.
    """
    apart = {path.resolve() for path in others}
    documents: dict[Path, None] = {}
    skipped: dict[Path, None] = {}
    missing, empty, hidden = [], [], 0
    for path in _expanded(paths):
        if not path.is_dir():
            documents[path] = None
            missing += [] if path.exists() else [path]
            continue
        walk = Walk()
        found = list(walk.files(path))
        hidden += walk.hidden
        own = {file: None for file in found if is_document(file) and not is_output(file) and not (apart and file.resolve() in apart)}
        documents |= own
        skipped |= dict.fromkeys(file for file in found if file not in own)
        empty += [] if own else [path]
    return Found(tuple(documents), tuple(skipped), tuple(missing), tuple(empty), hidden)


def _expanded(paths: Iterable[str | Path]) -> Iterator[Path]:
    """The paths, with wildcards resolved where the shell left them alone, as on Windows."""
    for path in paths:
        named = Path(path)
        matches = sorted(glob(str(path))) if has_magic(str(path)) and not named.exists() else []
        yield from map(Path, matches) if matches else [named]


class Walk:
    """A walk through folders and the links to folders, each real folder once, so that no circle of links has an end to miss."""

    def __init__(self) -> None:
        self.hidden = 0
        self._seen: set[tuple[int, int]] = set()

    def files(self, folder: Path) -> Iterator[Path]:
        """The files below a folder, sorted, without hidden and temporary ones; a folder that cannot be opened stands for itself."""
        try:
            facts = folder.stat()
            if (facts.st_dev, facts.st_ino) in self._seen:
                return
            self._seen.add((facts.st_dev, facts.st_ino))
            with os.scandir(folder) as entries:
                every = sorted((entry.name, _is_folder(entry)) for entry in entries)
        except OSError:
            yield folder
            return
        self.hidden += sum(is_hidden(name) for name, _ in every)
        shown = [(folder / name, is_folder) for name, is_folder in every if not is_hidden(name)]
        yield from (path for path, is_folder in shown if not is_folder)
        for path, is_folder in shown:
            yield from self.files(path) if is_folder else ()


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def is_hidden(name: str) -> bool:
    """Is a name one that people do not see: hidden, a lock file of Office, a system's own?

    >>> is_hidden(".DS_Store"), is_hidden("~$报告.docx"), is_hidden("报告.pdf")
    (True, True, False)
    """
    return name.startswith((".", "~$")) or name.lower() in JUNK or name.lower().endswith((".tmp", ".part"))


def is_document(path: Path) -> bool:
    """Is the file of a type that reports are filed in? Without a known type its first bytes tell a PDF."""
    suffix = path.suffix.lower()
    if suffix in DOCUMENTS or path.is_dir():
        return True
    return not suffix and _begins_as_pdf(path)


def is_output(path: Path) -> bool:
    """Is the file one that this tool wrote, as its name and its content say?"""
    try:
        is_named = path.name in OUTPUT_FILES or path.parent.name in OUTPUT_FOLDERS
        return is_named and path.is_file() and path.stat().st_size > 0 and is_ours(path)
    except OSError:
        return False


def _begins_as_pdf(path: Path) -> bool:
    try:
        if not path.is_file():  # a pipe would wait for its writer
            return False
        with path.open("rb") as stream:
            return b"%PDF-" in stream.read(1024)
    except OSError:
        return False
