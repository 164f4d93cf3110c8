"""How a run works, as against what it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

TIMEOUT, MEMORY = 120, 1024
PICTURE_MEMORY = 4096
"""Megabytes that the recognition of a page may take besides its models; memory that is mapped and never used counts."""


@dataclass(frozen=True, slots=True)
class Options:
    """Workers (0: none, all in this process and without limits), seconds and megabytes that a file may take, the cache.

    `answering` names a function (module:function) that takes the place of the pipeline: for tests of the cage.
    """

    jobs: int = 0
    timeout: int = TIMEOUT
    memory: int = MEMORY
    cache: Path | None = None
    retry_failed: bool = False
    answering: str = ""
