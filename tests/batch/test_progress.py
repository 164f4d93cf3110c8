"""What people see of a run while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.batch import progress
from extractor.batch.finished import Finished
from extractor.batch.progress import Lines, Live, Quiet, watching
from extractor.present.failed import failed

READ = replace(Finished.of(failed(Path("a.pdf"), "broken", "坏", "zh")), status="ok", error=None, pages=10)
LOCKED = Finished.of(failed(Path("b.pdf"), "encrypted", "锁", "zh"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets the time."""
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])

    def at(seconds: float) -> None:
        now[0] = 100.0 + seconds

    return at


def test_a_line_every_few_seconds(clock: Callable[[float], None], capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(6, "zh")
    clock(1)
    lines.ended(READ, None)
    lines.ended(LOCKED, None)
    assert capsys.readouterr().err == ""
    clock(5)
    lines.tick([(Path("快.pdf"), 104.0), (Path("in/慢.pdf"), 101.0)])
    lines.tick([])
    assert capsys.readouterr().err == "2/6  2.0 页/秒  剩余 0:10  有密码 1  慢.pdf 4 s\n"


def test_lines_in_english(clock: Callable[[float], None], capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(4, "en")
    clock(5)
    lines.ended(LOCKED, None)
    assert capsys.readouterr().err == "1/4  0.0 pages/s  0:15 left  locked 1\n"


def test_a_live_display_says_the_same(clock: Callable[[float], None], capsys: pytest.CaptureFixture[str]) -> None:
    live = Live(6, "zh")
    live.ended(READ, None)
    clock(5)
    live.ended(LOCKED, None)
    live.close()
    assert (live.done, live.failed(), live.speed(), live.left()) == (2, "有密码 1", "2.0 页/秒", "剩余 0:10")


@pytest.mark.parametrize(("total", "quiet", "kind"), [(9, False, Lines), (9, True, Quiet), (1, False, Quiet)])
def test_who_watches(total: int, quiet: bool, kind: type, capsys: pytest.CaptureFixture[str]) -> None:
    with watching(total, "zh", quiet, False) as watcher:
        assert type(watcher) is kind


def test_quiet_says_nothing_but_what_went_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    watcher = Quiet(2, "zh")
    watcher.ended(LOCKED, "Traceback …")
    watcher.tick([])
    assert capsys.readouterr().err == ""
    watcher.told("cache_damaged", Path("c.damaged"))
    assert capsys.readouterr().err == "缓存已损坏，移作 c.damaged，现重建\n"


def test_tracebacks_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    Quiet(2, "zh", shows_traces=True).ended(LOCKED, "Traceback …")
    assert capsys.readouterr().err == "b.pdf\nTraceback …\n"
