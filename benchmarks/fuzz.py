"""Runs the command over mutations of the corpus: flipped bytes, cuts, swapped objects. Each must be one record.

python -m benchmarks.fuzz [--count 500] [--seed 1] [--timeout 20] [--ocr] [--keep FOLDER]

Many have lost their text and show pages alone; those are read by OCR, which takes most of the time, only with --ocr.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
OBJECT = re.compile(rb"\d+ 0 obj\b.*?\bendobj", re.DOTALL)


def flipped(data: bytes, dice: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(dice.choice((1, 10, 100, 1000))):
        out[dice.randrange(len(out))] = dice.randrange(256)
    return bytes(out)


def cut(data: bytes, dice: random.Random) -> bytes:
    start, end = sorted(dice.sample(range(len(data)), 2))
    return data[:start] if dice.random() < 0.5 else data[:start] + data[end:]


def swapped(data: bytes, dice: random.Random) -> bytes:
    """Two objects with each other's content."""
    objects = list(OBJECT.finditer(data))
    if len(objects) < 2:
        return cut(data, dice)
    one, other = sorted(dice.sample(objects, 2), key=lambda each: each.start())
    first, second = (each.group().partition(b" 0 obj") for each in (one, other))
    parts = (data[: one.start()], first[0], b" 0 obj", second[2], data[one.end() : other.start()])
    return b"".join((*parts, second[0], b" 0 obj", first[2], data[other.end() :]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--timeout", type=int, default=20)
    parser.add_argument("--ocr", action="store_true", help="read pages that are left without text by OCR")
    parser.add_argument("--keep", type=Path, help="write the mutations here and leave them")
    options = parser.parse_args()
    dice = random.Random(options.seed)
    sources = [path.read_bytes() for path in sorted((ROOT / "corpus").glob("*.pdf"))]
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name)
        folder.mkdir(exist_ok=True, parents=True)
        for number in range(options.count):
            mutate = dice.choice((flipped, cut, swapped))
            (folder / f"{number:05}-{mutate.__name__}.pdf").write_bytes(mutate(dice.choice(sources), dice))
        began = time.perf_counter()
        command = [sys.executable, "-m", "extractor", str(folder), "--format", "jsonl", "-q", "--no-cache", f"--timeout={options.timeout}"]
        command += [] if options.ocr else ["--no-ocr"]
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT)
        seconds = time.perf_counter() - began
        reports = [json.loads(line) for line in run.stdout.splitlines()]
    outcomes = Counter(report["error"]["code"] if report["error"] else report["status"] for report in reports)
    print(f"{options.count} mutations, {len(reports)} records, exit code {run.returncode}, {seconds:.0f} s: {dict(outcomes.most_common())}")
    for report in reports:
        if report["error"] and report["error"]["code"] in ("internal_error", "crashed", "timed_out", "too_large"):
            print(f"  {report['error']['code']}: {Path(report['source']['path']).name} {report['error']['message']}")
    if len({report["source"]["path"] for report in reports}) != options.count or run.returncode not in (1, 3):
        raise AssertionError("not one record for each file")


if __name__ == "__main__":
    main()
