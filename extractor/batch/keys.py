"""The cache keys of results: digests of everything that a result depends on, and of nothing else."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG

import extractor
from extractor.config import CheckSettings, Settings

AT_ONCE = 1 << 18
"""Bytes of a file that is read in one go: a buffer would take longer than its content."""


@lru_cache(maxsize=1)
def tool() -> str:
    """A digest of this program: its version and the name, size and date of its files, so that a changed checkout gets other keys."""
    package = Path(extractor.__file__).parent
    folders = [package, *(folder for folder in [package.parent / "patterns"] if folder.is_dir())]
    return digest(extractor.__version__, *(mark for folder in folders for mark in sorted(_marks(folder))))


def _marks(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.suffix in (".py", ".toml"):
            facts = path.stat()
            yield f"{path.relative_to(folder).as_posix()} {facts.st_size} {facts.st_mtime_ns}"


def document_key(sha256: str, path: Path, engine: str) -> str:
    """What a document depends on: the content, the reader (told by content and ending), the engine, the program."""
    return digest("document", tool(), sha256, path.suffix.lower(), engine)


def report_key(sha256: str, path: Path, engine: str, asked: str) -> str:
    """What a report depends on as well: the file's name (it enters finding ids where no unit is named), the patterns and settings."""
    return digest("report", tool(), sha256, path.name, engine, asked)


def answer_key(report: str, telling: str) -> str:
    """What the finished record depends on besides the report: the checks selected and the language."""
    return digest("answer", report, telling)


def asked(settings: Settings) -> str:
    """A digest of the patterns and of the settings of the checks."""
    packs = (file for folder in settings.patterns for file in sorted(Path(folder).rglob("*.toml")))
    contents = (f"{file.name} {content_hash(file)}" for file in packs)
    return digest(*_values(replace(settings.checks, select=frozenset(), ignore=frozenset())), *contents)


def telling(settings: Settings) -> str:
    """A digest of what is reported: the checks selected and the language. Settings that only shape the output are left out."""
    return digest(settings.language, *sorted(settings.checks.select), "but", *sorted(settings.checks.ignore))


def _values(checks: CheckSettings) -> Iterable[str]:
    for field in fields(checks):
        value = getattr(checks, field.name)
        yield f"{field.name}={sorted(value) if isinstance(value, frozenset) else value}"


def content_hash(path: Path) -> str | None:
    """The SHA-256 of a file's content; None if it is not a regular file (a pipe would never end) or cannot be read."""
    try:
        facts = os.stat(path)
        if not S_ISREG(facts.st_mode):
            return None
        with open(path, "rb", buffering=0) as stream:
            if facts.st_size <= AT_ONCE:
                return hashlib.sha256(stream.read()).hexdigest()
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return None


def digest(*parts: str) -> str:
    """A digest of the parts, in 32 hex characters."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]
