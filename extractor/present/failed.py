"""The record of a file that could not be read: no input is ever missing from the result."""

from __future__ import annotations

import hashlib
import mimetypes
from pathlib import Path

from extractor.model.report import Error, Report, SourceFile
from extractor.present.words import ERRORS


def failed(path: Path, code: str, message: str, language: str) -> Report:
    """A failed report; in English the code's general text stands for the reader's Chinese message.

    A message that opens with the file's name loses it: the record names the file already.
    """
    text = ERRORS[code][1] if language == "en" and code in ERRORS else message
    for name in (str(path), path.name):
        text = text.removeprefix(f"{name}：")
    return Report(
        source=SourceFile(path=shown(path), sha256=_digest(path), media_type=mimetypes.guess_type(path.name)[0], pages=None),
        status="failed",
        error=Error(code=code, message=text),
    )


def shown(path: Path) -> str:
    """The path as valid Unicode text, whatever bytes the file system allows in names.

    >>> shown(Path("corpus") / "a.pdf")
    'corpus/a.pdf'
    """
    return path.as_posix().encode("utf-8", "replace").decode()


def _digest(path: Path) -> str | None:
    try:
        if not path.is_file():  # a pipe would wait for its writer
            return None
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
