"""What many small files cost: seconds and peak memory of the supervisor, a second run from the cache, the first progress.

    python -m benchmarks.batch [--counts 300,1000,3000] [--jobs N] [--like FILE] [--write docs/batch.md]

Every file differs from the others in its figures; --like takes copies of a file of yours instead, each told apart by bytes
behind its end. The start-up of the interpreter (a run over one known file) is taken off both runs before they are compared;
it and the second run are the best of three.
"""

from __future__ import annotations

import argparse
import os
import select
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXT = """{place}水务站{year}年度项目绩效自评报告

一、项目基本情况
项目名称：第{number}段河堤养护经费
二、资金情况
年初预算{budget}万元，实际使用{spent}.87万元，预算执行率{rate}%。
三、自评结论
经综合评价，本项目自评得分{score}分，评价等级为“优”。
"""
INTRO = """# Many files

Written by `python -m benchmarks.batch --counts {counts} --write docs/batch.md`: {what}, {jobs} workers;
load of the machine at the end {load}. Seconds are by the clock. The peak is that of the supervisor. The second run, over the
files unchanged, and the start-up, a run over one known file, are the best of three; `first : second` is without start-up.
"""
PROGRAM = """
import sys
from extractor.cli import main
code = main(sys.argv[1:])
try:
    peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
except OSError:
    peak = 0
print(peak)
"""


def filled(folder: Path, count: int, like: Path | None) -> Path:
    """A folder of so many files, a thousand in each folder below it."""
    for number in range(count):
        file = folder / f"{number // 1000:02}" / f"{number:05}{like.suffix if like else '.txt'}"
        file.parent.mkdir(parents=True, exist_ok=True)
        if like:
            file.write_bytes(like.read_bytes() + b"\n%% %d\n" % number)
        else:
            budget = 20 + number % 500
            text = TEXT.format(place="杉湾区", year=2019 + number % 5, number=number, budget=budget, spent=budget - 1, rate=99, score=95)
            file.write_text(text, encoding="utf-8")
    return folder


def ran(folder: Path, cache: Path, jobs: int) -> tuple[float, float, int]:
    """Seconds, peak memory of the supervisor in MB, and lines of the result."""
    result = cache / "result.jsonl"
    arguments = [str(folder), "--format", "jsonl", "-q", "-o", str(result), "--cache-dir", str(cache), f"--jobs={jobs}"]
    result.unlink(missing_ok=True)  # some systems write a file out at once that takes the place of another
    began = time.perf_counter()
    run = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, cwd=ROOT, check=True)
    seconds = time.perf_counter() - began
    with result.open("rb") as stream:
        return seconds, int(run.stdout) / 1024, sum(1 for _ in stream)


def first_progress(folder: Path, cache: Path) -> float:
    """Seconds from the start of the command to the first sign of life on a terminal."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "extractor", str(folder), "--format", "jsonl", "-o", str(cache / "x.jsonl"), "--cache-dir", str(cache)]
    began = time.perf_counter()
    run = subprocess.Popen(command, stderr=theirs, stdout=subprocess.DEVNULL, cwd=ROOT)
    shown = b""
    try:
        while b"0/" not in shown:
            if not select.select([ours], [], [], 60)[0]:
                raise TimeoutError("no progress within a minute")
            shown += os.read(ours, 4096)
        seconds = time.perf_counter() - began
    finally:
        run.kill()
        run.wait()
        os.close(ours)
        os.close(theirs)
    return seconds


def measure(count: int, jobs: int, like: Path | None) -> str:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        folder = filled(place / "in", count, like)
        one = filled(place / "one", 1, like)
        cache, other = place / "cache", place / "other"
        cache.mkdir()
        other.mkdir()
        progress = first_progress(folder, other) if os.name != "nt" else 0.0
        first, peak, lines = ran(folder, cache, jobs)
        ran(one, cache, jobs)
        start = min(ran(one, cache, jobs)[0] for _ in range(3))
        second, _, again = min(ran(folder, cache, jobs) for _ in range(3))
        if (lines, again) != (count, count):
            raise AssertionError(f"{count} files, but {lines} and {again} records")
    known = second - start
    ratio = f"{(first - start) / known:.0f}" if known > 0.01 else "?"  # too few files to be told from start-up
    row = (count, f"{first:.1f}", f"{1000 * first / count:.1f}", f"{peak:.0f}", f"{second:.2f}", f"{start:.2f}")
    return "| " + " | ".join(map(str, (*row, ratio, f"{progress:.2f}"))) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", default="300,1000,3000")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--like", type=Path)
    parser.add_argument("--write", type=Path, help="a Markdown file for the result")
    options = parser.parse_args()
    lines = ["| files | first run, s | ms a file | peak, MB | second run, s | start-up, s | first : second | first progress, s |"]
    lines.append("|---|---|---|---|---|---|---|---|")
    print("\n".join(lines))
    for count in map(int, options.counts.split(",")):
        lines.append(measure(count, options.jobs, options.like))
        print(lines[-1], flush=True)
    if options.write:
        load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
        what = f"copies of {options.like.name}" if options.like else "small texts, each with figures of its own"
        intro = INTRO.format(counts=options.counts, what=what, jobs=options.jobs, load=load)
        options.write.write_text("\n".join([intro, *lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
