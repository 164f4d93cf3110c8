"""Where worker processes come from: on Linux they are forked from a server that has already imported the program."""

from __future__ import annotations

import multiprocessing
import sys
from multiprocessing import forkserver
from multiprocessing.context import BaseContext


def context() -> BaseContext:
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    forking = multiprocessing.get_context("forkserver")
    forking.set_forkserver_preload(["extractor.batch.warm"])
    return forking


def start_early() -> None:
    """Starts the server before the first worker is asked for: it imports the program while the command does so itself."""
    if sys.platform == "linux":
        context()
        forkserver.ensure_running()
