"""The processes of a run of the command, as Linux tells of them in /proc; elsewhere there are none to be seen."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

PAUSE = 0.05


def children(pid: int) -> list[int]:
    """The children of a process, whichever of its threads started them."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text(encoding="ascii").split())
        except OSError:  # it has ended
            continue
    return found


def family(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    for child in children(pid):
        yield from family(child)


def peak(pid: int) -> float:
    """The most memory that a process has had in use so far, in MB."""
    return _megabytes(Path(f"/proc/{pid}/status"), "VmHWM:")


def own_memory(pid: int) -> float:
    """The memory that a process has in use, with its share of what it shares with others (PSS), in MB."""
    return _megabytes(Path(f"/proc/{pid}/smaps_rollup"), "Pss:")


def _megabytes(file: Path, name: str) -> float:
    try:
        lines = file.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:  # it has ended
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(name)), 0.0)


def watched(command: list[str], folder: Path) -> tuple[float, float]:
    """Wall seconds of a command, and the most memory that any of its processes had in use, in MB; 0 where nobody tells."""
    began = time.perf_counter()
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=folder)
    largest = 0.0
    while run.poll() is None:
        largest = max(largest, *map(peak, family(run.pid)))
        time.sleep(PAUSE)
    if run.returncode:
        raise subprocess.CalledProcessError(run.returncode, command)
    return time.perf_counter() - began, largest
