"""Long files are read by stretches: the result is that of reading them at once, and a lost stretch costs its own pages."""

from __future__ import annotations

import io
import json
import os
import sys
from itertools import cycle
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extractor.batch.finished import Finished
from extractor.batch.options import Options
from extractor.batch.run import Silent, reports
from extractor.config import Settings

CORPUS = Path(__file__).parents[2] / "corpus"
NO_LIMIT = pytest.mark.skipif(sys.platform == "win32", reason="no memory limit there")
READERS = "tests.batch.readers:by_name"


@pytest.fixture(scope="module")
def volume() -> bytes:
    """120 pages with a sentence each."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for number in range(1, 121):
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(72, 780, f"第{number}段河堤养护预算{number}.50万元，实际使用{number}.00万元。")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.fixture(scope="module")
def mixture(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """120 pages of many reports, of which some lie on their side and one has no size."""
    path = tmp_path_factory.mktemp("volume") / "volume.pdf"
    sources = [pikepdf.open(file) for file in sorted(CORPUS.glob("*.pdf"))[:8]]
    with pikepdf.new() as made:
        for source in cycle(sources):
            made.pages.extend(source.pages)
            if len(made.pages) >= 120:
                break
        del made.pages[120:]
        for number in (7, 54, 103):
            made.pages[number].Rotate = 90
        made.pages[77].MediaBox = pikepdf.Array([0, 0])
        made.save(path, deterministic_id=True)
    return path.read_bytes()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(name: str, content: bytes, watcher: Silent | None = None, **options: Any) -> Finished:
    Path(name).write_bytes(content)
    (finished,) = reports([Path(name)], Settings(), Options(**{"jobs": 2, "timeout": 60, **options}), watcher or Silent())
    return finished


def unread(finished: Finished) -> list[int]:
    return [note["page"] for note in json.loads(finished.json)["notes"] if note["code"] == "unreadable_page"]


def test_the_same_bytes_as_when_read_at_once(folder: Path, mixture: bytes) -> None:
    at_once = run("a.pdf", mixture, jobs=0)
    assert (at_once.status, at_once.pages, unread(at_once)) == ("partial", 120, [78])
    assert run("a.pdf", mixture).json == at_once.json


@pytest.mark.parametrize("way", ["hang", "abort", pytest.param("memory", marks=NO_LIMIT)])
def test_a_stretch_that_is_lost_costs_its_pages(folder: Path, volume: bytes, way: str) -> None:
    part = run(f"{way}-60.pdf", volume, answering=READERS, timeout=6, memory=512)
    assert (part.status, part.pages, unread(part)) == ("partial", 120, [*range(51, 101)])


def test_a_file_of_which_every_stretch_is_lost_fails(folder: Path, volume: bytes) -> None:
    assert run("abort-1-51-101.pdf", volume, answering=READERS).code == "crashed"


def test_the_traceback_of_a_stretch_is_told(folder: Path, volume: bytes) -> None:
    told: list[str | None] = []

    class Ear(Silent):
        def ended(self, finished: Finished, trace: str | None) -> None:
            told.append(trace)

    assert run("raise.pdf", volume, Ear(), answering=READERS).code == "internal_error"
    assert [(trace or "").count("ZeroDivisionError: a stretch") for trace in told] == [3]


def test_what_fails_when_put_together_fails(folder: Path, volume: bytes) -> None:
    assert run("bind.pdf", volume, answering=READERS).code == "crashed"


def test_lost_pages_are_tried_again_on_request_and_under_other_limits(folder: Path, volume: bytes) -> None:
    whole = run("abort-60.pdf", volume, jobs=0)
    part = run("abort-60.pdf", volume, answering=READERS, cache=Path("cache"))
    assert run("abort-60.pdf", volume, cache=Path("cache")).json == part.json
    assert run("abort-60.pdf", volume, cache=Path("cache"), timeout=90).json == whole.json


def test_nothing_is_left_in_the_scratch_folder(folder: Path, volume: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder / "scratch"))
    run("abort-60.pdf", volume, answering=READERS)
    assert os.listdir(folder / "scratch") == []
