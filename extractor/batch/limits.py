"""The limits of a worker: memory and processor time.

Linux refuses memory above RLIMIT_AS, which Python raises as MemoryError and C++ libraries abort on. macOS ignores that limit, so
a thread watches there. Windows has neither: only the time limit ends a file whose memory keeps growing.
"""

from __future__ import annotations

import ctypes
import gc
import os
import sys
import threading
from pathlib import Path

MEGABYTE = 1 << 20
_USUAL = 80 * MEGABYTE
"""A worker that reads ordinary reports stays below so many bytes."""

BLOWN = 77
"""Exit code of a worker that exceeded its memory limit."""


def cap_memory(megabytes: int) -> None:
    """Limit this process to so many megabytes more than it has now."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (taken() + megabytes * MEGABYTE, resource.RLIM_INFINITY))
    else:
        limit = peak() + megabytes * MEGABYTE
        threading.Thread(target=_watch, args=(limit,), daemon=True).start()


def collect_seldom() -> None:
    """Run the cycle collector rarely, since there is little cyclic garbage, and never over the program itself: this saves a sixth of
    the time of a file."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def give_back() -> None:
    """Return free memory of the C allocator to the system; a process of ordinary size is left as it is."""
    if sys.platform != "linux" or _mapped()[1] < _USUAL:
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
    if trim:
        trim(0)


def cap_time(seconds: int) -> None:
    """Limit the processor time of the next file to twice the time limit: this ends a worker whose supervisor was killed."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + 2 * seconds + 5
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def taken() -> int:
    """Bytes of memory that this process has mapped; where the system does not say, the most it has used."""
    return _mapped()[0] if sys.platform == "linux" else peak()


def _mapped() -> tuple[int, int]:
    """Bytes that this process has mapped, and how many of them are resident; on Linux only."""
    size = os.sysconf("SC_PAGE_SIZE")
    mapped, resident, *_ = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return int(mapped) * size, int(resident) * size


def peak() -> int:
    """The most bytes that this process has used; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _watch(limit: int) -> None:
    pause = threading.Event()
    while not pause.wait(0.2):
        if peak() > limit:
            os._exit(BLOWN)
