"""The results of earlier runs: documents, reports, finished answers and recognised pages, in one SQLite file that many runs may share.

All layers hold compressed bytes with a checksum, so that damage is noticed. Rows of other versions of the program are dropped.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from stat import S_IWGRP, S_IWOTH
from typing import Literal

from extractor.batch.keys import tool

_TABLES = """
CREATE TABLE IF NOT EXISTS tool (name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents (key TEXT PRIMARY KEY, body BLOB NOT NULL, code TEXT, limits TEXT);
CREATE TABLE IF NOT EXISTS reports (key TEXT PRIMARY KEY, body BLOB NOT NULL, code TEXT, limits TEXT);
CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, body BLOB NOT NULL, code TEXT, limits TEXT);
CREATE TABLE IF NOT EXISTS pages (key TEXT PRIMARY KEY, body BLOB NOT NULL, code TEXT, limits TEXT);
"""
NAME = "results-3.sqlite"
"""The number is that of the tables: another one, another file."""

Layer = Literal["documents", "reports", "answers", "pages"]
Row = tuple[Layer, str, bytes | None, str | None]
"""Where it is kept, its key, its content (None: there is none) and why the file failed."""

Tell = Callable[[str, Path], None]
"""Is told what happened to the cache, as a key of messages.py, and which file it is about."""


def default_folder() -> Path:
    """The folder for caches that the platform provides."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "jixiao-extractor"


class Cache:
    """The cache never makes a run fail: a damaged file is set aside and created anew; without a usable folder the run goes on uncached."""

    def __init__(self, folder: Path, tell: Tell) -> None:
        self._file, self._tell = folder / NAME, tell
        self._base: sqlite3.Connection | None = None
        self._is_off = False
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if _is_open_to_others(folder):
                self._give_up("cache_shared")
        except OSError:
            self._give_up()
        self._guarded(lambda base: None)

    def close(self) -> None:
        if self._base:
            self._base.close()
            self._base = None

    def row(self, layer: Layer, key: str) -> tuple[bytes, str | None, str | None] | None:
        """The content, the error code of a file that failed, and the limits that it failed under."""
        found: list[tuple[bytes, str | None, str | None]] = []

        def look(base: sqlite3.Connection) -> None:
            found.extend(base.execute(f"SELECT body, code, limits FROM {layer} WHERE key = ?", (key,)).fetchall())

        self._guarded(look)
        return found[0] if found else None

    def document(self, key: str) -> bytes | None:
        row = self.row("documents", key)
        return row[0] if row else None

    def page(self, key: str) -> bytes | None:
        """A recognised page, by the hash of its picture."""
        row = self.row("pages", key)
        return row[0] if row else None

    def keep_page(self, key: str, body: bytes) -> None:
        self.keep("", [("pages", key, body, None)])

    def keep(self, limits: str, rows: Iterable[Row]) -> None:
        """Store everything on one file in one transaction."""
        given = [row for row in rows if row[2] is not None]

        def put(base: sqlite3.Connection) -> None:
            base.execute("BEGIN IMMEDIATE").close()
            for layer, key, body, code in given:
                base.execute(f"INSERT OR REPLACE INTO {layer} VALUES (?, ?, ?, ?)", (key, body, code, limits)).close()
            base.execute("COMMIT").close()

        self._guarded(put)

    def damaged(self) -> None:
        """Set the file aside, because a row was read back damaged."""
        self.close()
        aside = self._file.with_suffix(".damaged")
        try:
            for ending in ("", "-wal", "-shm"):
                file = Path(f"{self._file}{ending}")
                if file.exists():
                    os.replace(file, f"{aside}{ending}")
        except OSError:
            self._give_up()
            return
        self._tell("cache_damaged", aside)

    def _guarded(self, action: Callable[[sqlite3.Connection], None]) -> None:
        """Act on the database; if it is damaged, on a new one; if none can be opened, do nothing."""
        for _ in range(2):
            if self._is_off:
                return
            try:
                if self._base is None:
                    self._base = _opened(self._file)
                action(self._base)
                return
            except (sqlite3.OperationalError, OSError):  # locked for too long, a full disk, a folder that cannot be written to
                self._give_up()
                return
            except sqlite3.DatabaseError:
                self.damaged()

    def _give_up(self, why: str = "cache_unusable") -> None:
        self.close()
        self._is_off = True
        self._tell(why, self._file)


def _is_open_to_others(folder: Path) -> bool:
    """Could another user have written to the folder? Its pickles can run code. On Windows, profiles are private."""
    if sys.platform == "win32":
        return False
    facts = folder.stat()
    return facts.st_uid != os.geteuid() or bool(facts.st_mode & (S_IWGRP | S_IWOTH))


def _opened(file: Path) -> sqlite3.Connection:
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))  # the texts of reports are private
    base = sqlite3.connect(file, timeout=60, isolation_level=None)
    try:
        base.execute("PRAGMA journal_mode = WAL").close()
        base.execute("PRAGMA synchronous = NORMAL").close()
        if base.execute("PRAGMA user_version").fetchone()[0] == 0 or _of_another_tool(base):
            _made_anew(base)
    except BaseException:
        base.close()
        raise
    return base


def _of_another_tool(base: sqlite3.Connection) -> bool:
    row = base.execute("SELECT name FROM tool").fetchone()
    return row is None or row[0] != tool()


def _made_anew(base: sqlite3.Connection) -> None:
    """Empty tables; where several runs start at once, only the first clears them."""
    base.execute("BEGIN IMMEDIATE").close()
    for statement in _TABLES.strip().splitlines():
        base.execute(statement).close()
    if _of_another_tool(base):
        for table in ("tool", "documents", "reports", "answers", "pages"):
            base.execute(f"DELETE FROM {table}").close()
        base.execute("INSERT INTO tool VALUES (?)", (tool(),)).close()
    base.execute("PRAGMA user_version = 1").close()
    base.execute("COMMIT").close()
