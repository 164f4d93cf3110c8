"""Kills runs at random moments, then resumes: every file must have one record, equal to the undisturbed run's.

    python -m benchmarks.resume [--files 200] [--kills 20] [--seed 1]

Every second time a worker is killed instead of the supervisor; such a run goes on. Linux only (workers are found in /proc).
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXT = "杉湾区水务站2021年度项目绩效自评报告\n\n一、资金情况\n年初预算{budget}万元，实际使用{spent}.87万元，预算执行率99.67%。\n"


def filled(folder: Path, count: int) -> Path:
    """A folder of so many texts, each with figures of its own."""
    folder.mkdir()
    for number in range(count):
        text = TEXT.format(budget=number + 20, spent=number + 19)
        (folder / f"{number:05}.txt").write_text(text * (1 + number % 7), encoding="utf-8")
    return folder


def command(folder: Path, cache: Path) -> list[str]:
    given = [
        str(folder),
        "--format",
        "jsonl",
        "-q",
        "--fail-on",
        "never",
        "-o",
        str(cache / "result.jsonl"),
        "--cache-dir",
        str(cache),
        "--jobs=2",
    ]
    return [sys.executable, "-m", "extractor", *given]


def descendants(pid: int) -> list[int]:
    """The processes below a process, the youngest generation last."""
    found: list[int] = []
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split():
        found += [int(child), *descendants(int(child))]
    return found


def disturbed(folder: Path, cache: Path, seconds: float, takes_worker: bool) -> str:
    """Start a run and kill it, or the last of its workers, after so many seconds; what was killed."""
    run = subprocess.Popen(command(folder, cache), cwd=ROOT, stdout=subprocess.DEVNULL)
    time.sleep(seconds)
    victim = run.pid
    if takes_worker:
        try:
            victim = (descendants(run.pid) or [run.pid])[-1]
        except OSError:
            return "nothing, the run was over"
    if run.poll() is None:
        os.kill(victim, signal.SIGKILL)
    run.wait()
    return "a worker" if victim != run.pid else "the supervisor" if run.returncode < 0 else "nothing, the run was over"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        folder = filled(place / "in", options.files)
        calm = place / "calm"
        calm.mkdir()
        began = time.perf_counter()
        subprocess.run(command(folder, calm), cwd=ROOT, check=True)
        whole = time.perf_counter() - began
        expected = (calm / "result.jsonl").read_bytes()
        killed: dict[str, int] = {}
        for number in range(options.kills):
            cache = place / f"cache-{number // 5}"  # five kills on one cache, each resuming the run before
            cache.mkdir(exist_ok=True)
            what = disturbed(folder, cache, dice.uniform(0.2, whole / 4), number % 2 == 1)
            killed[what] = killed.get(what, 0) + 1
            if number % 5 == 4 or number == options.kills - 1:
                subprocess.run(command(folder, cache), cwd=ROOT, check=True)
                if (cache / "result.jsonl").read_bytes() != expected:
                    raise AssertionError(f"after kill {number + 1} the result differs (seed {options.seed})")
    told = ", ".join(f"{what} {times} times" for what, times in killed.items())
    print(f"{options.files} files, killed: {told}; after the last resume every record as in the undisturbed run ({whole:.1f} s)")


if __name__ == "__main__":
    main()
