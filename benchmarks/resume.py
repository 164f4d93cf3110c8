"""Kills runs at random moments, then resumes: every file must have one record, equal to the undisturbed run's.

    python -m benchmarks.resume [--files 200] [--kills 20] [--seed 1]

Twice the supervisor is killed, then a worker of the run that resumes, which goes on to its end; and so on. A run that was over
before it could be killed does not count: another one begins with an empty cache. Linux only (workers are found in /proc).
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks._processes import children

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


def worker_of(run: subprocess.Popen[bytes]) -> int | None:
    """A worker, waited for as long as the run has none; they are the children of the fork server. None once the run is over."""
    while run.poll() is None:
        workers = [worker for child in children(run.pid) for worker in children(child)]
        if workers:
            return workers[-1]
        time.sleep(0.01)
    return None


def is_killed(folder: Path, cache: Path, seconds: float, takes_worker: bool) -> bool:
    """Start a run and kill it, or one of its workers, after so many seconds; was there still something to kill?"""
    run = subprocess.Popen(command(folder, cache), cwd=ROOT, stdout=subprocess.DEVNULL)
    time.sleep(seconds)
    victim = worker_of(run) if takes_worker else run.pid
    try:
        if victim is None or run.poll() is not None:
            return False
        os.kill(victim, signal.SIGKILL)
    except ProcessLookupError:  # the worker has just ended with its run
        return False
    finally:
        run.wait()
    return takes_worker or run.returncode < 0


def emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


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
        cache = emptied(place / "cache")
        missed = 0
        for number in range(options.kills):
            takes_worker = number % 3 == 2
            while not is_killed(folder, cache, dice.uniform(0.2, whole / 2), takes_worker):
                missed += 1
                emptied(cache)
            if not takes_worker and number < options.kills - 1:
                continue
            if not takes_worker:
                subprocess.run(command(folder, cache), cwd=ROOT, check=True)
            if (cache / "result.jsonl").read_bytes() != expected:
                raise AssertionError(f"after kill {number + 1} the result differs (seed {options.seed})")
            emptied(cache)
    workers = options.kills // 3
    print(f"{options.files} files; the supervisor killed {options.kills - workers} times, a worker {workers} times", end="")
    print(f" ({missed} runs were over too soon and do not count).")
    print(f"After every last resume all records were those of the undisturbed run ({whole:.1f} s).")


if __name__ == "__main__":
    main()
