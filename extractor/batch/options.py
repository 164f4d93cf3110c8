"""How a run works, as opposed to what it checks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

TIMEOUT, MEMORY = 120, 1024
PICTURE_MEMORY = 4096
"""Megabytes that the recognition of a page may take besides its models; memory that is mapped and never used counts."""


@dataclass(frozen=True, slots=True)
class Options:
    """The number of workers (0: all in this process, without limits), the limits of a file in seconds and megabytes, the cache.

    `answering` names a function (module:function) that replaces the pipeline, in tests of the worker pool.
    """

    jobs: int = 0
    timeout: int = TIMEOUT
    memory: int = MEMORY
    cache: Path | None = None
    retry_failed: bool = False
    answering: str = ""
