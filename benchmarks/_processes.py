"""The processes of a run of the command, as Linux tells of them in /proc; elsewhere there are none to be seen."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

PAUSE = 0.05


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except OSError:  # it has ended
        return []


def peaks(pid: int) -> dict[int, float]:
    """The most memory that a process and each of those below it has had in use so far, in MB."""
    found = {pid: _peak(pid)}
    for child in children(pid):
        found |= peaks(child)
    return found


def _peak(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def watched(command: list[str], folder: Path) -> tuple[float, float]:
    """Wall seconds of a command, and the most memory that any of its processes had in use, in MB; 0 where nobody tells."""
    began = time.perf_counter()
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=folder)
    largest = 0.0
    while run.poll() is None:
        largest = max(largest, *peaks(run.pid).values())
        time.sleep(PAUSE)
    if run.returncode:
        raise subprocess.CalledProcessError(run.returncode, command)
    return time.perf_counter() - began, largest
