"""The baseline: decisions in a TOML file that people read, compare and keep under version control."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from extractor.review.entries import ID, Entry, day_of, verdict_of
from extractor.review.words import both, problem

VERSION = 1
LONGEST = 64 << 20
HEAD = f"""\
# 审计人员对疑点的复核意见，由 extract --verdicts 写入，可手工改动：
# false_alarm 误报（照列而不计数）、confirmed 确认、open 待核实。
# Decisions of auditors on findings, written by extract --verdicts; may be edited by hand.
version = {VERSION}
"""
KEYS = tuple(field.name for field in fields(Entry))[1:]


def read(path: Path) -> dict[str, Entry]:
    """The entries of a file by id; none where the file is empty or does not exist. ConfigError for a file that is no baseline."""
    if not path.exists():
        return {}
    try:
        if not path.is_file():
            raise problem("unread", path=path, why=both("not_a_file"))
        with path.open("rb") as stream:
            content = stream.read(LONGEST + 1)
    except OSError as error:
        raise problem("unread", path=path, why=error.strerror) from None
    if len(content) > LONGEST:
        raise problem("bad_baseline", path=path, why=both("size"))
    try:
        table = tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise problem("bad_baseline", path=path, why=both("damaged_toml", why=error)) from None
    return _entries(path, table) if table else {}


def _entries(path: Path, table: Mapping[str, Any]) -> dict[str, Entry]:
    version = table.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise problem("bad_baseline", path=path, why=both("no_version"))
    if version > VERSION:
        raise problem("newer_baseline", path=path, version=version, known=VERSION)
    decisions = table.get("decision", {})
    if not isinstance(decisions, dict) or table.keys() - {"version", "decision"}:
        raise problem("bad_baseline", path=path, why=both("unknown_key", id="…", key=", ".join(sorted(table.keys() - {"version"}))))
    return {key: _entry(path, key, said) for key, said in decisions.items()}


def _entry(path: Path, key: str, said: object) -> Entry:
    def wrong(name: str, which: str = "wrong_value") -> Exception:
        return problem("bad_baseline", path=path, why=both(which, id=key[:40], key=name))

    if not ID.fullmatch(key) or not isinstance(said, dict):
        raise wrong("id")
    for name, value in said.items():
        if name not in KEYS:
            raise wrong(name[:40], "unknown_key")
        if name != "date" and not isinstance(value, str):
            raise wrong(name)
    verdict = verdict_of(said.get("verdict", ""))
    if verdict is None:
        raise wrong("verdict")
    try:
        day = day_of(said.get("date", ""))
    except ValueError:
        raise wrong("date") from None
    return Entry(**{**said, "id": key, "verdict": verdict, "date": day})


def text_of(entries: Iterable[Entry]) -> str:
    """The content of the file; its order does not depend on when an entry was added."""
    return HEAD + "".join(map(_section, sorted(entries, key=lambda entry: entry.order)))


def _section(entry: Entry) -> str:
    told = ((name, getattr(entry, name)) for name in KEYS)
    return f"\n[decision.{entry.id}]\n" + "".join(f"{name} = {_quoted(value)}\n" for name, value in told if value is not None)


def _quoted(text: str) -> str:
    r"""A TOML string: escaped as in JSON, with U+007F, which JSON leaves as it is; lone surrogates are replaced.

    >>> _quoted('甲"乙\n\x7f')
    '"甲\\"乙\\n\\u007f"'
    """
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007f")


def must_be_writable(path: Path) -> None:
    """Checks before any work is done that the file can be written; ConfigError otherwise."""
    if not path.parent.is_dir() or path.is_dir() or not os.access(path.parent, os.W_OK):
        raise problem("unwritable", path=path, why=os.strerror(2 if not path.parent.is_dir() else 21 if path.is_dir() else 13))
