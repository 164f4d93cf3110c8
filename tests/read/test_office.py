"""Old office files by way of LibreOffice: the same report, no macros, nothing fetched, nothing left running; without it, a clear line."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from extractor.adapters import libreoffice
from extractor.batch.tally import Tally
from extractor.model.document import Unreadable
from extractor.pipeline import extract
from extractor.read import read
from tests.corpus.build import CORPUS
from tests.corpus.source import load as source_of
from tests.corpus.test_producers import told
from tests.corpus.with_word import render

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + "WordDocument".encode("utf-16-le") + bytes(1000)
RTF = rb"{\rtf1\ansi\ansicpg936\uc1 \u39044?\u31639?100\u19975?\u20803?\u12290?\par}"
needs_office = pytest.mark.skipif(libreoffice.office() is None, reason="LibreOffice is not installed")
needs_shell = pytest.mark.skipif(sys.platform == "win32", reason="a program in place of LibreOffice is a shell script")


@needs_office
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("district-health-2020", "doc"),
        ("form-clinic-equipment-2023", "doc"),
        ("department-veterans-2022", "doc"),
        ("projects-summary-2023", "rtf"),
        ("report-with-forms-2022", "odt"),
    ],
)
def test_a_report_says_the_same_as_the_pdf(tmp_path: Path, name: str, kind: str) -> None:
    source = tmp_path / f"{name}.docx"
    source.write_bytes(render(source_of(name)))
    made = tmp_path / f"{name}.{kind}"
    made.write_bytes(libreoffice.converted(source.read_bytes(), ".docx", kind))
    assert told(made) == told(CORPUS / f"{name}.pdf")
    assert [note.code for note in extract(made).notes] == ["converted"]


def test_without_libreoffice_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "office", lambda: None)
    path = tmp_path / "旧.doc"
    path.write_bytes(OLE)
    report = extract(path)
    assert report.status == "failed"
    assert report.error is not None
    assert report.error.code == "needs_libreoffice"
    assert "安装 LibreOffice" in report.error.message


@pytest.mark.parametrize(("flags", "code"), [(0x01, "encrypted"), (0x00, "needs_libreoffice")])
def test_a_locked_file_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: int, code: str) -> None:
    monkeypatch.setattr(libreoffice, "office", lambda: None)
    path = tmp_path / "锁.doc"
    path.write_bytes(OLE[:1024] + b"\xec\xa5\xc1\x00" + bytes(7) + bytes([flags]) + bytes(500) + OLE[1024:])
    with pytest.raises(Unreadable) as problem:
        read(path)
    assert problem.value.code == code


@needs_office
@pytest.mark.parametrize("data", [OLE, OLE[:600] + "WordDocument".encode("utf-16-le") + b"\0\0"], ids=["hollow", "cut"])
def test_a_damaged_file_is_one_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "坏.doc"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as problem:
        read(path)
    assert problem.value.code in {"broken", "no_text"}


LINKED = (
    '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>'
    '<draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char"><draw:image xlink:href="ADDRESS/a.png" '
    'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p></office:text></office:body></office:document>'
)


def calls_for(monkeypatch: pytest.MonkeyPatch, options: tuple[tuple[str, str, str], ...], proxies: tuple[str, ...]) -> list[str]:
    """What is asked of another machine while a file is converted that links to a picture there."""
    libreoffice._profile.cache_clear()
    monkeypatch.setattr(libreoffice, "_OPTIONS", options)
    monkeypatch.setattr(libreoffice, "_PROXIES", proxies)
    calls: list[str] = []
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)

        def listen() -> None:
            while not over.is_set():
                try:
                    with server.accept()[0] as caller:
                        calls.append(caller.recv(100).decode("latin-1").split(" HTTP")[0])
                except TimeoutError:
                    continue

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            libreoffice.converted(LINKED.replace("ADDRESS", f"http://127.0.0.1:{server.getsockname()[1]}").encode(), ".fodt", "docx")
        finally:
            over.set()
            thread.join()
            libreoffice._profile.cache_clear()
    return calls


@needs_office
def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture on another machine stays there; either of the two guards suffices, and without both it would be fetched."""
    options, proxies = libreoffice._OPTIONS, libreoffice._PROXIES
    assert calls_for(monkeypatch, options, proxies) == []
    assert calls_for(monkeypatch, options, ()) == []
    assert calls_for(monkeypatch, (), proxies) == []
    assert "GET /a.png" in calls_for(monkeypatch, (), ())


LASTING = "sleep 600 & echo $! >> {0}; echo $$ >> {0}; wait"


def stand_in(folder: Path, script: str) -> str:
    """A program in place of LibreOffice that starts a child which would run for ever."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


def is_running(number: int) -> bool:
    """Is a process neither gone nor waiting to be reaped?"""
    try:
        return Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(number: int) -> bool:
    """Does a process end within some seconds?"""
    until = time.monotonic() + 10
    while is_running(number) and time.monotonic() < until:
        threading.Event().wait(0.02)
    return not is_running(number)


@needs_shell
def test_what_takes_too_long_is_killed_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    children = tmp_path / "children"
    monkeypatch.setattr(libreoffice, "office", lambda: stand_in(tmp_path, LASTING.format(children)))
    monkeypatch.setattr(libreoffice, "_seconds", 1.0)
    path = tmp_path / "久.rtf"
    path.write_bytes(RTF)
    with pytest.raises(Unreadable) as problem:
        read(path)
    assert problem.value.code == "timed_out"
    assert [gone(int(number)) for number in children.read_text(encoding="ascii").split()] == [True, True]


@needs_shell
def test_a_parent_that_is_killed_takes_it_along(tmp_path: Path) -> None:
    children = tmp_path / "children"
    program = stand_in(tmp_path, LASTING.format(children))
    code = f"from extractor.adapters import libreoffice as l; l.office = lambda: {program!r}; l.converted(b'x', '.doc', 'docx')"
    with subprocess.Popen(
        [sys.executable, "-c", code], env=os.environ | {"TMPDIR": str(tmp_path)}, cwd=Path(__file__).parents[2]
    ) as parent:
        until = time.monotonic() + 30
        while time.monotonic() < until and (not children.exists() or len(children.read_text(encoding="ascii").split()) < 2):
            threading.Event().wait(0.02)
        parent.send_signal(signal.SIGKILL)
    assert [gone(int(number)) for number in children.read_text(encoding="ascii").split()] == [True, True]


@needs_shell
def test_a_worker_with_little_memory_starts_what_needs_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    monkeypatch.setattr(libreoffice, "office", lambda: stand_in(tmp_path, f"ulimit -S -v > {tmp_path}/limit"))
    before = resource.getrlimit(resource.RLIMIT_AS)
    own = 3 << 30
    resource.setrlimit(resource.RLIMIT_AS, (own, before[1]))
    try:
        with pytest.raises(Unreadable):
            libreoffice.converted(b"x", ".doc", "docx")
        assert resource.getrlimit(resource.RLIMIT_AS)[0] == own
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
    assert (tmp_path / "limit").read_text(encoding="ascii").strip() == str((4 << 30) // 1024)


def test_a_run_counts_what_needs_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "office", lambda: None)
    (tmp_path / "一.doc").write_bytes(OLE)
    (tmp_path / "二.rtf").write_bytes(RTF)
    (tmp_path / "三.pdf").write_bytes(b"")
    tally = Tally()
    for path in sorted(tmp_path.iterdir()):
        tally.add(extract(path))
    assert tally.summary.failures == {"empty": 1, "needs_libreoffice": 2}
