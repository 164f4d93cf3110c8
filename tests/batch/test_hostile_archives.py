"""Archives that were made to do harm cost one record each; what is good beside it is read."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.batch.archives import members
from extractor.batch.run import check_folder
from extractor.model.report import Run
from tests.batch.archives import (
    FIFO,
    LINK,
    OTHER,
    TEXT,
    Raw,
    attached,
    deep_mail,
    gbk,
    mail,
    many,
    nested,
    of,
    overlapping,
    utf8,
    zipped,
)

ZEROS = b"\0" * (70 << 20)
GOOD = utf8("好.txt")
HEAD = b"To: a@a.example\nMIME-Version: 1.0\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("in", "tmp"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.chdir(tmp_path / "in")
    return tmp_path


def checked(content: bytes, name: str = "a.zip", jobs: int = 0) -> Run:
    Path(name).write_bytes(content)
    return check_folder(name, jobs=jobs)


def told(run: Run) -> list[tuple[str, str | None]]:
    return [(report.source.path, report.error.code if report.error else None) for report in run.reports]


def messages(run: Run) -> list[str]:
    return [report.error.message for report in run.reports if report.error]


HARMFUL = {
    "empty file": (lambda: b"", "empty"),
    "empty": (lambda: zipped(), "no_documents"),
    "folders only": (lambda: zipped(Raw(b"a/", b"", method=0)), "no_documents"),
    "no reports": (lambda: of({"a.md": b"x", "b.bin": b"x"}), "no_documents"),
    "head only": (lambda: b"PK\x03\x04", "broken"),
    "overlapping": (lambda: overlapping(300), "archive_limit"),
    "100,000 members": (lambda: many(100_000), "archive_limit"),
    "25,000 members": (lambda: many(25_000), "archive_limit"),
    "locked": (lambda: zipped(Raw(b"a.txt", flags=1), Raw(b"b.txt", flags=1)), "encrypted"),
    "leads out": (lambda: zipped(Raw(b"../a.txt"), Raw(b"x/../../b.txt"), Raw(b"..\\c.txt")), "unsafe_member"),
    "absolute": (lambda: zipped(Raw(b"/etc/a.txt"), Raw(b"C:\\a.txt"), Raw(b"c:a.txt"), Raw(b"\\\\host\\a.txt")), "unsafe_member"),
    "links": (lambda: zipped(Raw(b"a.txt", b"/etc/passwd", mode=LINK), Raw(b"b.txt", b"", mode=FIFO)), "unsafe_member"),
    "in itself": (lambda: nested(9, 1, of({"a.txt": TEXT})), "archive_limit"),
    "42.zip": (lambda: nested(5, 5, of({"a.txt": TEXT})), "archive_limit"),
    "noise": (lambda: b"PK\x03\x04" + random.Random(1).randbytes(50_000), "broken"),
    "directory of lies": (lambda: zipped(GOOD)[:-12] + b"\xff" * 12, "broken"),
}


@pytest.mark.parametrize(("make", "code"), HARMFUL.values(), ids=HARMFUL)
def test_a_harmful_archive_is_one_record(folder: Path, make: Callable[[], bytes], code: str) -> None:
    assert told(checked(make())) == [("a.zip", code)]
    assert list((folder / "tmp").iterdir()) == []
    assert sorted(os.listdir(folder)) == ["in", "tmp"]


def test_in_a_worker_it_is_the_same() -> None:
    for number, (make, _) in enumerate(HARMFUL.values()):
        Path(f"{number:02}.zip").write_bytes(make())
    run = check_folder(".", jobs=2)
    assert told(run) == [(f"{number:02}.zip", code) for number, (_, code) in enumerate(HARMFUL.values())]


BAD_MEMBERS = {
    "bomb": (Raw(b"z.txt", ZEROS), "archive_limit"),
    "lie about the size": (Raw(b"z.txt", ZEROS, size=10), "archive_limit"),
    "checksum": (Raw(b"z.txt", TEXT, crc=1), "broken"),
    "method": (Raw(b"z.txt", TEXT, method=14), "unsupported"),
    "not deflated": (type("Torn", (Raw,), {"packed": b"\xff" * 20})(b"z.txt"), "broken"),
    "empty": (Raw(b"z.txt", b"", method=0), "empty"),
    "archive": (Raw(b"z.zip", b"PK\x03\x04zzz", method=0), "broken"),
}


@pytest.mark.parametrize(("member", "code"), BAD_MEMBERS.values(), ids=BAD_MEMBERS)
def test_what_is_good_beside_a_bad_member_is_read(member: Raw, code: str) -> None:
    assert told(checked(zipped(member, GOOD))) == [(f"a.zip/{member.name.decode()}", code), ("a.zip/好.txt", None)]


def test_what_is_refused_is_counted_in_one_record() -> None:
    run = checked(zipped(Raw(b"../a.txt"), Raw(b"b.txt", flags=1), Raw(b"c.txt", flags=1), GOOD, Raw(b"d.bin", flags=1)))
    assert told(run) == [("a.zip", "encrypted"), ("a.zip/好.txt", None)]
    assert messages(run) == [
        "2 个文件有密码，无法读取；请提供未加密的版本（b.txt……）；1 个成员是链接或指向压缩包之外，未读取（../a.txt）",
    ]
    assert run.summary.skipped == 1


def test_a_truncated_archive_is_one_record() -> None:
    whole = zipped(*(utf8(f"{number}.txt", TEXT + bytes([65 + number])) for number in range(9)))
    for length in range(4, len(whole), 97):
        assert told(checked(whole[:length])) == [("a.zip", "broken")], length


def test_names_that_command() -> None:
    run = checked(zipped(utf8("a\x1b[31m.txt"), utf8("b\u202etxt.txt"), utf8("c\n.txt"), utf8("con.txt"), utf8("x" * 300 + ".txt")))
    assert [path for path, _ in told(run)] == [
        "a.zip/a_[31m.txt",
        "a.zip/b_txt.txt",
        "a.zip/c_.txt",
        "a.zip/con.txt",
        f"a.zip/{'x' * 300}.txt",
    ]


def test_names_that_collide() -> None:
    """On disk each member has a folder of its own: names that other systems take for one are two."""
    run = checked(zipped(gbk("报告.TXT"), gbk("报告.txt", OTHER), gbk("a/b.txt"), gbk("a.txt", OTHER), gbk("a")))
    assert [path for path, _ in told(run)] == ["a.zip/a.txt", "a.zip/报告.TXT", "a.zip/报告.txt", "a.zip/a/b.txt"]


def test_all_that_comes_out_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members.Budget, "size", 0)
    monkeypatch.setattr("extractor.batch.archives.unpack.Budget", lambda: members.Budget(size=len(TEXT) * 2))
    run = checked(of({f"{number}.txt": TEXT for number in range(5)}))
    assert told(run) == [("a.zip", "archive_limit"), ("a.zip/0.txt", None), ("a.zip/1.txt", None)]


def test_a_bomb_in_archives_in_archives_counts_once() -> None:
    run = checked(of({"b.zip": of({"c.zip": zipped(Raw(b"z.txt", ZEROS), GOOD)}), "x.txt": TEXT}))
    assert told(run) == [("a.zip/b.zip/c.zip/z.txt", "archive_limit"), ("a.zip/b.zip/c.zip/好.txt", None), ("a.zip/x.txt", None)]


def test_an_archive_that_takes_its_worker_down_is_one_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail larger than the memory that a worker may take."""
    Path("a.eml").write_bytes(mail(attached(b"attachment; filename=a.txt", ZEROS * 2)))
    Path("b.zip").write_bytes(of({"b.txt": TEXT}))
    run = check_folder(".", jobs=2, memory=64)
    assert told(run) == [("a.eml", "too_large"), ("b.zip/b.txt", None)]


MAILS = {
    "no attachments": (lambda: mail(), "no_documents"),
    "head only": (lambda: HEAD, "no_documents"),
    "3,000 parts in parts": (lambda: deep_mail(3000), "archive_limit"),
    "25,000 parts": (lambda: mail(*[b"Content-Type: text/x-a\n\n"] * 25_000), "archive_limit"),
    "sealed": (lambda: HEAD + b"Content-Type: application/pkcs7-mime\n\nabc", "encrypted"),
    "winmail.dat": (lambda: mail(attached(b"attachment; filename=winmail.dat", b"x", b"application/ms-tnef")), "needs_unpacking"),
    "noise": (
        lambda: b"To: a@a.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed\n\n" + random.Random(2).randbytes(9000),
        "broken",
    ),
}


@pytest.mark.parametrize(("make", "code"), MAILS.values(), ids=MAILS)
def test_a_harmful_mail_is_one_record(make: Callable[[], bytes], code: str) -> None:
    assert told(checked(make(), "a.eml")) == [("a.eml", code)]


def test_a_truncated_mail_says_so() -> None:
    whole = mail(attached(b"attachment; filename=a.txt"), attached(b"attachment; filename=b.txt", OTHER))
    cut = whole[: whole.index(b"filename=b.txt") + 100]
    run = checked(cut, "a.eml")
    assert [path for path, _ in told(run)] == ["a.eml", "a.eml/a.txt", "a.eml/b.txt"]
    assert messages(run)[0] == "邮件不完整，附件可能有缺；请重新获取"


@pytest.mark.parametrize("text", ["<" * 2_000_000, "<style" * 400_000])
def test_a_text_of_opened_tags_has_an_end(text: str) -> None:
    """To look for the end of each anew would take hours."""
    assert told(checked(mail(attached(b"attachment; filename=a.txt"), text=text), "a.eml")) == [("a.eml/a.txt", None)]


def test_thousands_of_members_of_one_name_are_told_apart() -> None:
    run = checked(zipped(*(utf8("a.txt", b"") for _ in range(members.ENTRIES // 4))))
    assert [path for path, _ in told(run)][-1] == f"a.zip/a~{members.ENTRIES // 4}.txt"


def test_nested_mails_have_an_end() -> None:
    content = mail(attached(b"attachment; filename=a.txt"))
    for number in range(50):
        content = mail(b"Content-Type: message/rfc822\nContent-Disposition: attachment\n\n" + content, mark=b"b%d" % number)
    assert [code for _, code in told(checked(content, "a.eml"))] == ["archive_limit"]


def test_names_of_attachments_lead_nowhere(folder: Path) -> None:
    run = checked(mail(attached(b'attachment; filename="../../a.txt"'), attached(b'attachment; filename="/b.txt"')), "a.eml")
    assert [path for path, _ in told(run)] == ["a.eml/a.txt", "a.eml/b.txt"]
    assert sorted(os.listdir(folder)) == ["in", "tmp"]
