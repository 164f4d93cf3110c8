"""The messages between the supervisor and its workers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from extractor.batch.answer import NOTHING, Answer, Kept
from extractor.batch.archives.members import Unpacked
from extractor.config import Settings

Seen = Mapping[int, Path | str]
"""By the number of a page that is a picture, the file in which it lies recognised, or the code of why it could not be."""

READY = "ready"
"""What a worker says first."""

LONG, LONGEST = 100, 5000
"""Files of at most LONG pages are quick to read, those of more than LONGEST lie about their pages: both are read as a whole."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What every worker of a run needs: settings, limits in seconds and megabytes, and the folder that relative paths start from.

    A worker that loses its supervisor removes `scratch`, the folder of the run in which stretches of long files wait, and
    `members`, that of what came out of archives.
    """

    settings: Settings
    timeout: int
    memory: int
    folder: str = ""
    answering: str = ""  # module:function in place of one.outcome(), for tests
    scratch: str = ""
    members: str = ""
    looks: bool = False  # the worker recognises pages that are pictures
    cache: Path | None = None  # where it keeps them


@dataclass(frozen=True, slots=True)
class Whole:
    """Read a file, or make its record from what is `kept`; of a long file only count the pages."""

    path: Path
    kept: Kept = NOTHING
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Read these pages of a long file and write them to a file in the scratch folder."""

    path: Path
    pages: range
    into: Path
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """Join the stretches of a long file; `lost` gives the error code of a missing stretch by its first page, `is_kept` whether to cache."""

    path: Path
    stretches: tuple[Stretch, ...]
    lost: Mapping[int, str] = field(default_factory=dict)
    is_kept: bool = True


@dataclass(frozen=True, slots=True)
class Look:
    """Recognise this page, which is a picture, and write it to a file in the scratch folder."""

    path: Path
    number: int
    into: Path


@dataclass(frozen=True, slots=True)
class Unpack:
    """Take the documents out of an archive, which the result calls `name`, into a folder."""

    path: Path
    into: Path
    name: str


Request = Whole | Stretch | Binding | Look | Unpack


@dataclass(frozen=True, slots=True)
class Long:
    """The file has so many pages that it must be read in stretches."""

    pages: int


def is_long(pages: int) -> bool:
    return LONG < pages <= LONGEST


@dataclass(frozen=True, slots=True)
class Pictured:
    """These pages are pictures and must be recognised first."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """The stretch or the page has been written to the scratch folder."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The reading was ended (timed_out, too_large, crashed), or a stretch or a page could not be read.

    `trace` is the traceback where the program failed on it.
    """

    code: str
    trace: str | None = None


Outcome = Answer | Long | Pictured | Saved | Lost | Unpacked


@dataclass(frozen=True, slots=True)
class Reply:
    """An outcome; after one that `is_last` the worker exits, because the file left it with too much memory."""

    outcome: Outcome
    is_last: bool = False
