"""Runs all benchmarks one after the other, or those named, and tells how long each took.

    python -m benchmarks [NAME …]

What needs a library that is not installed is left out and said so; a benchmark that fails does not keep the others from
running, and makes the exit code 1.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
MISSING = re.compile(r"^ModuleNotFoundError: No module named '([^']+)'$", re.MULTILINE)


def names() -> list[str]:
    """The benchmarks that there are; modules with an underscore are parts of them."""
    return sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))


def problem(command: Sequence[str]) -> tuple[str, bool]:
    """Why a benchmark gave no result, empty where it did; and whether that is a failure. Its result is printed meanwhile."""
    run = subprocess.run(command, cwd=HERE.parent, stderr=subprocess.PIPE, encoding="utf-8", errors="replace")
    missing = MISSING.findall(run.stderr)
    if run.returncode and missing:
        return f"left out, {missing[-1]} is not installed", False
    sys.stderr.write(run.stderr)
    return (f"failed, exit code {run.returncode}", True) if run.returncode else ("", False)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names()))
    wanted = parser.parse_args().names or names()
    if unknown := set(wanted) - set(names()):
        parser.error(f"no benchmark is named {', '.join(sorted(unknown))}")
    told, has_failed, began = [], False, time.perf_counter()
    for name in wanted:
        print(f"== {name}", flush=True)
        start = time.perf_counter()
        why, is_failure = problem([sys.executable, "-m", f"benchmarks.{name}"])
        has_failed |= is_failure
        told.append(f"{name:16} {time.perf_counter() - start:6.0f} s  {why}".rstrip())
        print(flush=True)
    print("\n".join([*told, f"{'together':16} {time.perf_counter() - began:6.0f} s"]))
    return int(has_failed)


if __name__ == "__main__":
    sys.exit(main())
