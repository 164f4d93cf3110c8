"""The names of the marked-up copies, fixed before the run so that other outputs can link to them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from extractor.present.files import MARKED, Names, safe_name

LONGEST = 180
"""Bytes of a name before its ending, so that a temporary name beside it stays under the 255 of file systems."""


def marked_names(documents: Mapping[str, Path]) -> dict[str, str]:
    """A name in the folder of all outputs for each PDF, by the name that its report shows; no two differ in case alone."""
    names: dict[str, str] = {}
    given = Names()
    for shown, path in documents.items():
        if not _is_pdf(path):
            continue
        stem = _short(safe_name(f"{Path(shown).stem}.pdf").removesuffix(".pdf"))
        names[shown] = f"{MARKED}/{given.unique(stem, '.pdf')}"
    return names


def _short(stem: str) -> str:
    """The beginning of a name that is too long.

    >>> len(_short("绩" * 80).encode()), _short("年报 . ")
    (180, '年报')
    """
    return stem.encode("utf-8", "replace")[:LONGEST].decode("utf-8", "ignore").rstrip(" .") or "_"


def _is_pdf(path: Path) -> bool:
    """Is a file a PDF, by its name, else by its first bytes?"""
    if path.suffix.lower() == ".pdf":
        return True
    try:
        if not path.is_file():  # a pipe would wait for its writer
            return False
        with path.open("rb") as stream:
            return b"%PDF" in stream.read(1024)
    except OSError:
        return False
