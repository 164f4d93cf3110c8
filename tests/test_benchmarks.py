"""All benchmarks are run by one command: what cannot run here is told, and never keeps the others from running."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import names, problem


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        ("pass", ("", False)),
        ("import no_such_library.part", ("left out, no_such_library is not installed", False)),
        ("raise SystemExit(1)", ("failed, exit code 1", True)),
        ("raise OSError('no such program')", ("failed, exit code 1", True)),
        ("import sys; print('ModuleNotFoundError: no', file=sys.stderr)", ("", False)),
    ],
)
def test_what_is_told_of_a_benchmark(program: str, expected: tuple[str, bool]) -> None:
    assert problem([sys.executable, "-c", program]) == expected


def test_every_script_is_a_benchmark_unless_it_is_a_part_of_one() -> None:
    found = names()
    assert {"batch", "fault_injection", "figures", "fuzz", "resume", "speed"} <= set(found)
    assert not [name for name in found if name.startswith("_")]
    for name in found:
        text = (Path(__file__).parents[1] / "benchmarks" / f"{name}.py").read_text(encoding="utf-8")
        assert f"python -m benchmarks.{name}" in text
        assert 'if __name__ == "__main__":' in text
