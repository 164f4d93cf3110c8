"""What supervisor and workers say to each other."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.batch.answer import Answer
from extractor.config import Settings

READY = "ready"
"""What a worker says first."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What every worker of a run is told: settings, limits in seconds and megabytes, and the folder that paths start from."""

    settings: Settings
    timeout: int
    memory: int
    folder: str = ""
    answering: str = ""  # module:function in place of answer(), for tests of the cage


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; after the last one the worker is gone, because the file left it too large."""

    answer: Answer
    is_last: bool = False
