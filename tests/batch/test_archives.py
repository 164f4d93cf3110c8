"""Reports in ZIP files and mails are read as if they lay in a folder of that name."""

from __future__ import annotations

import json
import re
import tempfile
from email.message import EmailMessage
from pathlib import Path
from zipfile import ZipFile

import pytest

from extractor.batch.archives.contents import Contents, unpacked
from extractor.batch.archives.unpack import unpack
from extractor.batch.discover import discover
from extractor.batch.options import Options
from extractor.batch.run import check_folder
from extractor.cli import main
from extractor.config import Settings
from extractor.model.report import Report, Run
from extractor.pipeline import extract
from tests.batch.archives import OTHER, TEXT, Raw, attached, gbk, mail, of, utf8, with_unicode_path, zipped

ROOT = Path(__file__).parents[2]
PDF = (ROOT / "corpus" / "district-civil-affairs-2021.pdf").read_bytes()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder; what is taken out of archives lies in `tmp` beside it."""
    for name in ("in", "tmp"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.chdir(tmp_path / "in")
    return tmp_path / "in"


def checked(content: bytes, name: str = "年报.zip", jobs: int = 0) -> Run:
    Path(name).write_bytes(content)
    return check_folder(name, jobs=jobs)


def paths(run: Run) -> list[str]:
    return [report.source.path for report in run.reports]


def told(run: Run) -> list[tuple[str, str | None]]:
    return [(report.source.path, report.error.code if report.error else None) for report in run.reports]


def said(report: Report) -> dict[str, object]:
    """What a report says, but where it lies and which other says the same."""
    made = report.model_dump(mode="json")
    del made["source"]["path"]
    made["notes"] = [note for note in made["notes"] if note["code"] != "duplicate"]
    return made


def test_an_archive_is_read_like_the_folder_it_was_made_of(folder: Path) -> None:
    files = {"二.txt": TEXT, "一.TXT": OTHER, "b/甲.pdf": PDF, "b/c/d.md": b"x", "a/乙.txt": TEXT, ".x.txt": TEXT, "~$甲.docx": b""}
    for name, data in files.items():
        path = Path("年报.d", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    unpacked, archived = check_folder("年报.d"), checked(of(files), jobs=2)
    assert [path.replace("年报.d", "年报.zip") for path in paths(unpacked)] == paths(archived)
    assert list(map(said, unpacked.reports)) == list(map(said, archived.reports))
    assert unpacked.summary == archived.summary
    assert (archived.summary.documents, archived.summary.skipped, archived.summary.duplicates) == (4, 3, 1)


@pytest.mark.parametrize("jobs", [0, 2])
def test_archives_in_a_folder_stand_where_they_lie(folder: Path, jobs: int) -> None:
    Path("c.txt").write_bytes(TEXT)
    Path("a.txt").write_bytes(TEXT)
    Path("b.zip").write_bytes(of({"一.txt": TEXT, "里.zip": of({"x/二.txt": TEXT})}))
    run = check_folder(".", jobs=jobs)
    assert paths(run) == ["a.txt", "b.zip/一.txt", "b.zip/里.zip/x/二.txt", "c.txt"]
    assert [note.message for report in run.reports for note in report.notes] == ["与 a.txt 是同一份报告"] * 3


def test_names_of_chinese_windows(folder: Path) -> None:
    """The second byte of 誠 and of 乗 is a backslash."""
    run = checked(zipped(gbk("区级/绩效自评.txt"), gbk("誠.txt"), gbk("乗/镕.txt"), gbk("说明\\报告.txt")))
    assert paths(run) == ["年报.zip/誠.txt", "年报.zip/乗/镕.txt", "年报.zip/区级/绩效自评.txt", "年报.zip/说明/报告.txt"]


def test_names_in_utf8_that_do_not_say_so(folder: Path) -> None:
    assert paths(checked(zipped(*(Raw(name.encode()) for name in ("报告.txt", "a.txt"))))) == [
        "年报.zip/a.txt",
        "年报.zip/报告.txt",
    ]


def test_names_of_info_zip(folder: Path) -> None:
    assert paths(checked(zipped(with_unicode_path("报告.txt"), gbk("二.txt")))) == ["年报.zip/二.txt", "年报.zip/报告.txt"]


def test_what_the_mac_adds_is_no_report(folder: Path) -> None:
    run = checked(of({"报告.txt": TEXT, "__MACOSX/._报告.txt": b"x", "__MACOSX/a/b.pdf": b"x", ".DS_Store": b"x"}))
    assert (paths(run), run.summary.skipped) == (["年报.zip/报告.txt"], 3)


def test_members_of_one_name_are_all_read(folder: Path) -> None:
    run = checked(zipped(utf8("报告.txt"), utf8("报告.txt", OTHER), utf8("报告.txt", TEXT)))
    assert paths(run) == ["年报.zip/报告.txt", "年报.zip/报告~2.txt", "年报.zip/报告~3.txt"]


def test_office_files_are_no_archives(folder: Path) -> None:
    run = checked(of({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "a.docx")
    assert paths(run) == ["a.docx"]


def test_open_documents_are_no_archives(folder: Path) -> None:
    files = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>", "META-INF/manifest.xml": b"<x/>"}
    assert paths(checked(of(files), "a.odt")) == ["a.odt"]


@pytest.mark.parametrize("name", ["a.zip", "a.pdf"])
def test_an_archive_that_begins_with_a_pdf_is_one(folder: Path, name: str) -> None:
    assert paths(checked(zipped(Raw(b"1.pdf", PDF, method=0), Raw(b"2.pdf", PDF, method=0)), name)) == [f"{name}/1.pdf", f"{name}/2.pdf"]


def test_an_archive_of_office_files_is_one(folder: Path) -> None:
    """A Word file that is stored, not packed, shows its own names in the archive."""
    word = of({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
    raw = Raw(b"word/a.docx", word, method=0)
    assert paths(checked(zipped(raw))) == ["年报.zip/word/a.docx"]
    assert extract("年报.zip").error.code == "archive"  # type: ignore[union-attr]


def test_the_type_is_told_by_the_content(folder: Path) -> None:
    assert paths(checked(of({"一.txt": TEXT}), "年报.pdf")) == ["年报.pdf/一.txt"]
    assert [note.code for note in checked(of({"一.txt": TEXT}), "年报.pdf").reports[0].notes] == ["extension_mismatch"]
    assert paths(checked(TEXT, "b.zip")) == ["b.zip"]
    assert checked(of({"[Content_Types].xml": b"<x/>", "word/a": b""}), "c.zip").reports[0].notes == ()


@pytest.mark.parametrize(("name", "head"), [("a.rar", b"Rar!\x1a\x07"), ("a.7z", b"7z\xbc\xaf\x27\x1c")])
def test_other_archives_say_what_to_do(folder: Path, name: str, head: bytes) -> None:
    (report,) = checked(head + b"x" * 99, name).reports
    assert report.error
    assert report.error.code == "needs_unpacking"
    assert "先解压，或改存为 ZIP" in report.error.message


def test_extract_says_what_takes_archives(folder: Path) -> None:
    for name, content in (("a.zip", of({"a.txt": TEXT})), ("a.eml", mail(attached(b'attachment; filename="a.txt"')))):
        Path(name).write_bytes(content)
        error = extract(name).error
        assert error
        assert (error.code, "check_folder()" in error.message) == ("archive", True)


ATTACHED = {
    "rfc2231": b"attachment; filename*=UTF-8''%E6%8A%A5%E5%91%8A.txt",
    "rfc2231-gb2312": b"attachment; filename*=gb2312''%B1%A8%B8%E6.txt",
    "rfc2231-parts": b"attachment;\n filename*0*=UTF-8''%E6%8A%A5;\n filename*1*=%E5%91%8A.txt",
    "rfc2047": b'attachment; filename="=?utf-8?B?5oql5ZGKLnR4dA==?="',
    "rfc2047-gbk-quoted": b'attachment; filename="=?GBK?Q?=B1=A8=B8=E6=2Etxt?="',
    "rfc2047-in-words": b'attachment;\n filename="=?gb2312?B?sag=?=\n =?gb2312?B?uOYudHh0?="',
    "gbk": b'attachment; filename="' + "报告.txt".encode("gbk") + b'"',
    "utf8": b'attachment; filename="' + "报告.txt".encode() + b'"',
}


@pytest.mark.parametrize("disposition", ATTACHED.values(), ids=ATTACHED)
def test_names_of_attachments(folder: Path, disposition: bytes) -> None:
    assert told(checked(mail(attached(disposition)), "信.eml")) == [("信.eml/报告.txt", None)]


def test_the_name_may_stand_with_the_type(folder: Path) -> None:
    part = attached(b"attachment", kind=b'text/plain; name="=?gbk?B?sai45i50eHQ=?="')
    assert paths(checked(mail(part), "信.eml")) == ["信.eml/报告.txt"]


def test_attachments_without_a_name(folder: Path) -> None:
    run = checked(mail(attached(b"attachment", PDF, b"application/pdf"), attached(b"attachment", PDF)), "信.eml")
    assert paths(run) == ["信.eml/附件1.pdf", "信.eml/附件2"]


def test_a_mail_with_its_attachments(folder: Path) -> None:
    """As the standard library writes it: an archive, a forwarded mail, a logo drawn in the text, a calendar."""
    inner, outer = EmailMessage(), EmailMessage()
    inner["Subject"], inner["To"] = "转发：自评", "b@b.example"
    inner.set_content("见附件")
    inner.add_attachment(OTHER, maintype="text", subtype="plain", filename="乙.txt")
    outer["From"], outer["To"], outer["Subject"] = "a@a.example", "b@b.example", "年报"
    outer.set_content("<p>请查收<img src='cid:l'></p>", subtype="html")
    outer.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<l>")
    outer.add_attachment(TEXT, maintype="text", subtype="plain", filename="甲.txt")
    outer.add_attachment(of({"丙.txt": TEXT}), maintype="application", subtype="zip", filename="里.zip")
    outer.add_attachment(inner)
    outer.add_attachment(b"BEGIN", maintype="text", subtype="calendar", filename="会.ics")
    run = checked(outer.as_bytes(), "信.eml", jobs=2)
    assert paths(run) == ["信.eml/甲.txt", "信.eml/里.zip/丙.txt", "信.eml/转发：自评.eml/乙.txt"]
    assert run.summary.skipped == 2


def test_a_long_mail_is_noted(folder: Path) -> None:
    run = checked(mail(attached(b"attachment; filename=a.txt"), attached(b"attachment; filename=b.txt"), text="自评" * 200), "信.eml")
    assert [[note.code for note in report.notes] for report in run.reports] == [["mail_body"], ["duplicate"]]


def test_a_mail_in_an_archive_and_an_archive_in_a_mail(folder: Path) -> None:
    letter = mail(attached(b"attachment; filename=b.zip", of({"c.txt": TEXT})))
    assert paths(checked(of({"a.eml": letter}))) == ["年报.zip/a.eml/b.zip/c.txt"]


def test_saved_web_pages_are_no_mails(folder: Path) -> None:
    page = b"MIME-Version: 1.0\nSubject: x\nContent-Type: text/html; charset=utf-8\n\n<html><body><p>" + TEXT + b"</p></body></html>"
    assert told(checked(page, "a.mht")) == [("a.mht", None)]


@pytest.mark.parametrize("jobs", [0, 1])
def test_the_cache_knows_members_by_their_content(folder: Path, jobs: int) -> None:
    Path("a.zip").write_bytes(of({"一.txt": TEXT, "二.pdf": PDF}))
    first = check_folder("a.zip", jobs=jobs, cache="../cache")
    Path("a.zip").rename("b.zip")
    second = check_folder("b.zip", jobs=jobs, cache="../cache")
    assert list(map(said, first.reports)) == list(map(said, second.reports))
    assert paths(second) == ["b.zip/一.txt", "b.zip/二.pdf"]


def test_nothing_is_left_behind(folder: Path) -> None:
    checked(of({"一.txt": TEXT, "二.zip": of({"三.txt": TEXT})}), jobs=2)
    assert list((folder.parent / "tmp").iterdir()) == []


def test_nothing_is_left_behind_when_a_run_is_interrupted(folder: Path) -> None:
    Path("a.zip").write_bytes(of({"一.txt": TEXT}))

    def stop(contents: Contents) -> None:
        assert contents.documents[0].read_bytes() == TEXT
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), unpacked(discover(["a.zip"]), Settings(), Options()) as contents:
        stop(contents)
    assert list((folder.parent / "tmp").iterdir()) == []


@pytest.mark.parametrize("jobs", [0, 1])
def test_nothing_is_left_behind_when_unpacking_is_interrupted(folder: Path, jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("extractor.batch.one.unpacked", interrupted)
    monkeypatch.setattr("extractor.batch.pool.Pool.wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        checked(of({"一.txt": TEXT}), jobs=jobs)
    assert list((folder.parent / "tmp").iterdir()) == []


def test_a_second_worker_begins_anew(folder: Path) -> None:
    path = Path("a.zip").absolute()
    path.write_bytes(of({"一.txt": TEXT, "二.txt": OTHER}))
    assert unpack(path, folder / "out", "a.zip") == unpack(path, folder / "out", "a.zip")


def test_the_command_says_what_check_folder_says(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    run = checked(of({"一.txt": TEXT, "x.md": b"x", "里.zip": b"PK\x05\x06"}))
    assert main(["年报.zip", "--json", "-q", "--no-cache"]) == 3
    assert json.loads(capsysbinary.readouterr().out) == json.loads(run.model_dump_json())
    assert told(run) == [("年报.zip/一.txt", None), ("年报.zip/里.zip", "broken")]


def test_the_archive_is_never_overwritten(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.zip").write_bytes(of({"一.txt": TEXT}))
    assert main(["a.zip", "--json", "-o", "a.zip", "--force"]) == 2
    assert "也是输入文件" in capsys.readouterr().err


def test_marked_copies_pictures_and_links_of_members(folder: Path) -> None:
    Path("a.zip").write_bytes(of({"x/甲.pdf": PDF, "乙.txt": TEXT}))
    assert main(["a.zip", "--format", "pdf,html,xlsx,csv", "-o", "out", "-q", "--no-cache"]) == 1
    assert [path.name for path in Path("out/marked").iterdir()] == ["甲.pdf"]
    assert Path("out/marked/甲.pdf").read_bytes().startswith(b"%PDF")
    page = Path("out/findings.html").read_text(encoding="utf-8")
    assert "a.zip/x/甲.pdf" in page
    assert "UklGR" in page  # a picture of the page, as WEBP
    assert "a.zip/x/甲.pdf" in Path("out/findings.csv").read_text(encoding="utf-8-sig")


def test_links_lead_to_the_archive(folder: Path) -> None:
    Path("a.zip").write_bytes(of({"乙.txt": TEXT}))
    assert main(["a.zip", "--format", "xlsx", "-o", "out.xlsx", "-q", "--no-cache"]) == 1
    with ZipFile("out.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.endswith(".rels")]
    assert {each for text in sheets for each in re.findall(r'Target="([^"]+)" TargetMode="External"', text)} == {"a.zip"}
