"""What a worker may take: memory, processor time.

Linux refuses memory above RLIMIT_AS, which Python sees as MemoryError and C++ as an abort. macOS ignores that limit: a
thread watches there. Windows has neither: the time limit alone ends a file that grows without end.
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
"""Bytes in use up to which a worker with an ordinary report grows."""

BLOWN = 77
"""Exit code of a worker that took more memory than it may."""


def cap_memory(megabytes: int) -> None:
    """From now on this process may take so many megabytes more."""
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
    """From now on garbage in cycles, of which there is little, is looked for seldom, and never in the program itself: a file
    takes a sixth less time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def give_back() -> None:
    """Return what C's allocator has kept, often more than is in use; a process of usual size is left as it is."""
    if sys.platform != "linux" or _mapped()[1] < _USUAL:
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
    if trim:
        trim(0)


def cap_time(seconds: int) -> None:
    """The next file may take twice the time limit of the processor: the end of a worker whose supervisor was killed."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + 2 * seconds + 5
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def taken() -> int:
    """Bytes of memory that this process has mapped, or has ever used where the system does not tell."""
    return _mapped()[0] if sys.platform == "linux" else peak()


def _mapped() -> tuple[int, int]:
    """Bytes that this process has mapped, and how many of them are in memory; Linux alone tells."""
    size = os.sysconf("SC_PAGE_SIZE")
    mapped, resident, *_ = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return int(mapped) * size, int(resident) * size


def peak() -> int:
    """Bytes that this process has used at most; 0 where the system does not tell."""
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
