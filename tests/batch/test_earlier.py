"""What is kept of earlier runs: it answers the same question, no other, and its loss costs time alone."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractor.batch import one
from extractor.batch.cache import NAME
from extractor.batch.finished import Finished
from extractor.batch.options import Options
from extractor.batch.run import Silent, reports
from extractor.config import CheckSettings, Settings

ROOT = Path(__file__).parents[2]
TEXT = "杉湾区水务站2019年度项目绩效自评报告\n\n一、资金情况\n年初预算20万元，实际使用19.87万元，预算执行率99.67%。\n"


class Ear(Silent):
    """A watcher who remembers what was told."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def told(self, key: str, path: Path) -> None:
        self.heard.append(key)


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were really read."""
    monkeypatch.chdir(tmp_path)
    names: list[str] = []
    real = one.load

    def noted(path: Path, *rest: str) -> Any:
        names.append(path.name)
        return real(path, *rest)

    monkeypatch.setattr(one, "load", noted)
    for name in ("a.txt", "b.txt"):
        Path(name).write_text(TEXT.replace("杉湾", f"杉湾{name[0]}"), encoding="utf-8")
    return names


def run(
    names: Sequence[str] = ("a.txt", "b.txt"), settings: Settings | None = None, ear: Silent | None = None, **options: Any
) -> list[bytes]:
    given = Options(cache=Path("cache"), **options)
    return [each.json for each in reports([Path(name) for name in names], settings or Settings(), given, ear or Silent())]


def test_an_unchanged_file_is_not_read_again(read: list[str]) -> None:
    first = run()
    assert run() == first
    assert read == ["a.txt", "b.txt"]


def test_what_is_known_up_to_a_changed_file_and_behind_it_is_told_in_order(read: list[str]) -> None:
    names = ["a.txt", "b.txt", "c.txt", "d.txt"]
    for name in names[2:]:
        Path(name).write_text(TEXT.replace("杉湾", f"杉湾{name[0]}"), encoding="utf-8")
    first = run(names, jobs=1)
    Path("b.txt").write_text(TEXT.replace("99.67", "99.35"), encoding="utf-8")
    again = run(names, jobs=1)
    assert [again[place] == first[place] for place in range(4)] == [True, False, True, True]
    assert [json.loads(each)["source"]["path"] for each in again] == names


def test_a_changed_file_is_read_again(read: list[str]) -> None:
    run()
    Path("b.txt").write_text(TEXT.replace("99.67", "99.35"), encoding="utf-8")
    again = run()
    assert read == ["a.txt", "b.txt", "b.txt"]
    assert [finding for finding in json.loads(again[1])["findings"] if finding["severity"] == "error"] == []


def test_the_same_file_in_another_folder_is_known_under_its_new_path(read: list[str]) -> None:
    (known,) = run(["a.txt"])
    Path("in").mkdir()
    Path("a.txt").rename("in/a.txt")
    (moved,) = run(["in/a.txt"])
    assert read == ["a.txt"]
    assert json.loads(moved) == json.loads(known) | {"source": json.loads(known)["source"] | {"path": "in/a.txt"}}


@pytest.mark.parametrize(
    "other",
    [
        Settings(language="en"),
        Settings(checks=CheckSettings(select=frozenset({"rates"}))),
        Settings(checks=CheckSettings(ignore=frozenset({"rate-execution-recompute"}))),
    ],
    ids=["language", "select", "ignore"],
)
def test_other_checks_or_another_language_are_answered_from_the_report_kept(
    read: list[str], other: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("c.pdf").write_bytes(b"%PDF-1.7\nbroken")
    names = ["a.txt", "b.txt", "c.pdf"]
    expected = [each.json for each in reports([Path(name) for name in names], other, Options(), Silent())]
    run(names)
    monkeypatch.setattr(one, "load", None)
    monkeypatch.setattr(one, "assess", None)
    assert run(names, settings=other) == expected


def test_other_settings_of_the_checks_are_answered_from_the_document_kept(read: list[str]) -> None:
    run()
    other = Settings(checks=CheckSettings(low_execution=Decimal(100)))
    kept = run(settings=other)
    assert read == ["a.txt", "b.txt"]
    assert kept == [each.json for each in reports([Path("a.txt"), Path("b.txt")], other, Options(), Silent())]


def test_what_shapes_the_output_alone_asks_nothing_new(read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    first = run()
    monkeypatch.setattr(one, "answer", None)
    assert run(settings=replace(Settings(), fail_on="never", limit=3)) == first


def test_failures_are_kept_and_retried_on_request(read: list[str]) -> None:
    Path("c.pdf").write_bytes(b"%PDF-1.7\nbroken")
    names = ["a.txt", "c.pdf"]
    first = run(names)
    assert run(names) == first
    assert read == ["a.txt", "c.pdf"]
    assert run(names, retry_failed=True) == first
    assert read == ["a.txt", "c.pdf", "c.pdf"]


def test_a_file_that_took_too_long_is_tried_again_under_other_limits(read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    noted = one.load

    def slow(*_: object) -> Any:
        raise TimeoutError

    monkeypatch.setattr(one, "load", slow)
    (late,) = run(["a.txt"], timeout=5)
    assert json.loads(late)["error"]["code"] == "timed_out"
    monkeypatch.setattr(one, "load", noted)
    assert run(["a.txt"], timeout=5) == [late]
    (done,) = run(["a.txt"], timeout=50)
    assert json.loads(done)["status"] == "ok"


def zeros_in_the_middle(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:4096] + bytes(len(data) - 4096))


def no_database(file: Path) -> None:
    file.write_bytes(b"no database at all" * 1000)


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def other_bytes_in_a_row(file: Path) -> None:
    with sqlite3.connect(file) as base:
        base.execute("UPDATE answers SET body = x'00112233'")
    base.close()


@pytest.mark.parametrize("harm", [zeros_in_the_middle, no_database, cut_short, other_bytes_in_a_row])
def test_a_damaged_cache_is_set_aside_and_made_anew(read: list[str], harm: Any) -> None:
    first, ear = run(), Ear()
    harm(Path("cache") / NAME)
    assert run(ear=ear) == first
    assert ear.heard == ["cache_damaged"]
    assert Path("cache", NAME).with_suffix(".damaged").exists()
    del read[:]
    assert run() == first
    assert read == []


def test_a_damaged_document_is_read_again(read: list[str]) -> None:
    first = run()
    with sqlite3.connect(Path("cache") / NAME) as base:
        base.execute("UPDATE documents SET body = x'00112233'")
        base.execute("DELETE FROM answers")
    base.close()
    assert run() == first


def test_a_cache_that_cannot_be_made_is_done_without(read: list[str]) -> None:
    Path("cache").write_text("a file where the folder should be", encoding="utf-8")
    ear = Ear()
    assert len(run(ear=ear)) == 2
    assert ear.heard == ["cache_unusable"]


@pytest.mark.skipif(os.name == "nt", reason="profiles are kept apart there")
@pytest.mark.parametrize("mode", [0o770, 0o703, 0o777])
def test_a_folder_that_others_may_write_to_is_refused(read: list[str], mode: int) -> None:
    Path("cache").mkdir()
    Path("cache").chmod(mode)
    ear = Ear()
    assert len(run(ear=ear)) == 2
    assert (ear.heard, list(Path("cache").iterdir())) == (["cache_shared"], [])


@pytest.mark.skipif(os.name == "nt", reason="profiles are kept apart there")
def test_what_is_kept_is_its_owners_alone(read: list[str]) -> None:
    before = os.umask(0)
    try:
        run()
    finally:
        os.umask(before)
    assert [oct(path.stat().st_mode & 0o777) for path in (Path("cache"), Path("cache") / NAME)] == ["0o700", "0o600"]


def command(*more: str) -> list[str]:
    return [sys.executable, "-m", "extractor", "in", "--format", "jsonl", "-q", "--cache-dir", "shared", *more]


def made(count: int) -> None:
    Path("in").mkdir()
    for number in range(count):
        Path(f"in/{number:03}.txt").write_text(TEXT.replace("19.87", f"{number}.87"), encoding="utf-8")


def test_concurrent_runs_share_a_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made(40)
    runs = [subprocess.Popen(command("--jobs=1"), stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    results = [run.communicate() for run in runs]
    assert [err for _, err in results] == [b"", b"", b""]
    alone = [each.json for each in reports(sorted(Path("in").iterdir()), Settings(), Options(), Silent())]
    assert [out.splitlines() for out, _ in results] == [alone] * 3


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of other systems")
@pytest.mark.parametrize("after", [1, 7, 23])
def test_a_killed_run_resumes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    monkeypatch.chdir(tmp_path)
    made(30)
    with subprocess.Popen(command("--jobs=2"), stdout=subprocess.PIPE) as run:
        assert run.stdout
        for _ in range(after):
            run.stdout.readline()
        run.kill()
    alone = [each.json for each in reports(sorted(Path("in").iterdir()), Settings(), Options(), Silent())]
    done = kept()
    assert done >= after
    again = subprocess.run(command("--jobs=2"), capture_output=True)
    assert again.stdout.splitlines() == alone
    assert kept() == 30


def kept() -> int:
    with sqlite3.connect(Path("shared") / NAME) as base:
        (count,) = base.execute("SELECT count(*) FROM reports").fetchone()
    base.close()
    return int(count)


def test_rows_of_another_version_are_dropped(read: list[str]) -> None:
    run()
    with sqlite3.connect(Path("cache") / NAME) as base:
        base.execute("UPDATE tool SET name = 'older'")
    base.close()
    run()
    assert read == ["a.txt", "b.txt", "a.txt", "b.txt"]


def test_finished_files_survive_packing() -> None:
    from extractor.batch.finished import pack, unpack
    from extractor.present.failed import failed

    finished = Finished.of(failed(Path('引"号\\\n.pdf'), "broken", "坏", "zh"))
    assert json.loads(finished.json)["source"]["path"] == '引"号\\\n.pdf'
    assert unpack(pack(finished), finished.path) == finished
    assert finished.json == finished.report.model_dump_json().encode()
