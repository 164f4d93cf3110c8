"""Workers are started early only where they are needed for sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import cli
from extractor.command.parser import parse


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["{}", "--no-cache"], True),
        (["{}"], False),
        (["{}", "--no-cache", "--jobs", "0"], False),
        (["{}/report.txt", "--no-cache"], False),
        (["{}/report.txt", "{}/more.txt", "--no-cache"], True),
        (["{}/missing.pdf", "--no-cache"], False),
    ],
)
def test_what_a_cache_or_the_command_itself_may_answer_starts_none(arguments: list[str], expected: bool, tmp_path: Path) -> None:
    for name in ("report.txt", "more.txt"):
        (tmp_path / name).write_text("自评得分95分。", encoding="utf-8")
    options = parse([argument.format(tmp_path) for argument in arguments])
    assert cli._needs_workers(options) is expected
