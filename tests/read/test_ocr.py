"""Scans and image files: recognised, level and upright, each page once; without the extra, a record that says what to install."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from extractor import extract
from extractor.adapters import pdfium_pages
from extractor.batch.looks import recogniser_of
from extractor.batch.one import answer
from extractor.batch.options import Options
from extractor.batch.run import Silent, reports
from extractor.config import Settings
from extractor.lexicon.packs import default
from extractor.model.recognised import Recognised
from extractor.model.report import Report
from extractor.read import recognise

from ..scanning import Scanner, scanned

CORPUS = Path(__file__).parents[2] / "corpus"
FORM = CORPUS / "form-school-kitchen-2020.pdf"
needs_ocr = pytest.mark.skipif(not recognise.is_installed(), reason="needs the extra: pip install 'jixiao-extractor[ocr]'")


class Kept:
    """A store in memory."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}

    def page(self, key: str) -> bytes | None:
        return self.pages.get(key)

    def keep_page(self, key: str, body: bytes) -> None:
        self.pages[key] = body


def figures(report: Report) -> list[tuple[Any, ...]]:
    """The amounts, scores and points of a report."""
    told = []
    for project in report.projects:
        amounts = (project.budget_initial, project.budget, project.arrived, project.executed, project.self_score)
        told.append((project.name, *(each and each.value for each in amounts)))
        told += [(row.name, row.weight and row.weight.value, row.score and row.score.value) for row in project.indicators]
    return told


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scanned(FORM, tmp_path_factory.mktemp("scan") / "form.pdf", Scanner(150, 0.7, 60, 70))


@pytest.fixture(scope="module")
def read(scan: Path) -> Report:
    return extract(scan)


@pytest.fixture
def strip(tmp_path: Path) -> Callable[..., Path]:
    """The head of a page as a picture of its own."""

    def made(name: str, pages: int = 1, mode: str = "L", **more: Any) -> Path:
        page = next(Scanner(150).pages(CORPUS / "river-works-2023.pdf"))
        picture = page.crop((100, 100, page.width - 100, 520)).convert(mode)
        others = {"save_all": True, "append_images": [picture] * (pages - 1)} if pages > 1 else {}
        picture.save(tmp_path / name, **others, **more)
        return tmp_path / name

    return made


@needs_ocr
def test_a_scanned_form_gives_the_figures_of_the_printed_one(read: Report) -> None:
    assert read.status == "ok"
    assert [(note.code, note.page) for note in read.notes] == [("ocr", 1)]
    assert figures(read) == figures(extract(FORM))


@needs_ocr
def test_what_rests_on_recognition_is_a_warning_at_most_and_says_so(read: Report) -> None:
    evidence = [each for project in read.projects for figure in (project.budget, project.executed) if figure for each in figure.evidence]
    assert evidence
    assert all(each.ocr and each.confidence and "0.5" < each.confidence <= "1" for each in evidence)
    assert [finding.severity for finding in read.findings if finding.severity == "error"] == []
    assert all("ocr" in finding.doubts for finding in read.findings)


@needs_ocr
def test_boxes_stand_where_the_page_shows_the_words(read: Report) -> None:
    """The page lies askew by 0.7 degrees: 5 points at its edges."""
    printed = extract(FORM)
    for project, other in zip(read.projects, printed.projects, strict=True):
        assert project.executed
        assert other.executed
        box, right = project.executed.evidence[0].boxes[0], other.executed.evidence[0].boxes[0]
        assert max(abs(a - b) for a, b in zip(box[1:], _askew(right), strict=True)) < 6


def _askew(box: tuple[int, float, float, float, float]) -> tuple[float, ...]:
    level = Recognised(100, {}, -0.7).on_page(box, 595.3, 841.9)
    return level[1:]


@needs_ocr
@pytest.mark.parametrize("turned", [90, 180, 270])
def test_pages_are_turned_upright(tmp_path: Path, turned: int) -> None:
    page = next(Scanner(150).pages(CORPUS / "river-works-2023.pdf")).crop((0, 0, 1240, 700))
    page.rotate(turned, expand=True).save(tmp_path / "a.png", dpi=(150, 150))
    report = extract(tmp_path / "a.png")
    assert report.year == "2023"
    assert report.status == "ok"


@needs_ocr
@pytest.mark.parametrize(
    ("name", "mode", "media_type"),
    [
        ("a.png", "RGBA", "image/png"),
        ("a.jpg", "RGB", "image/jpeg"),
        ("a.bmp", "1", "image/bmp"),
        ("a.gif", "P", "image/gif"),
        ("a.webp", "RGB", "image/webp"),
    ],
)
def test_picture_files_are_read(strip: Callable[..., Path], name: str, mode: str, media_type: str) -> None:
    report = extract(strip(name, mode=mode))
    assert (report.source.media_type, report.source.pages, report.year) == (media_type, 1, "2023")


@needs_ocr
def test_a_tiff_has_pages_and_equal_pictures_are_recognised_once(strip: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.adapters import recognition

    seen = []
    real = recognition.recognised
    monkeypatch.setattr(recognition, "recognised", lambda *args: seen.append(args[1]) or real(*args))
    data = strip("a.tif", 3).read_bytes()
    look = recognise.recogniser(Kept())
    assert look
    assert [page.number for page in look(data, [1, 2, 3]).values()] == [1, 2, 3]
    assert seen == [1]


@needs_ocr
@pytest.mark.parametrize("jobs", [0, 1])
def test_a_scan_amid_text_is_recognised_alone_and_kept(scan: Path, tmp_path: Path, jobs: int) -> None:
    mixed = tmp_path / "mixed.pdf"
    with pikepdf.open(CORPUS / "form-forest-patrol-2022.pdf") as text, pikepdf.open(scan) as picture:
        text.pages.extend(picture.pages)
        text.save(mixed)
    ear = Ear()
    cold = [each.report for each in reports([mixed], Settings(), Options(jobs=jobs, cache=tmp_path / "cache"), ear)]
    assert [(note.code, note.page) for note in cold[0].notes] == [("ocr", 2)]
    assert {each.ocr for project in cold[0].projects[:1] for each in (project.budget.evidence if project.budget else ())} == {False}
    assert ear.most == ((1, 1) if jobs else (0, 0))
    with pikepdf.open(mixed) as again:
        again.save(tmp_path / "again.pdf", static_id=True)
    warm = [each.report for each in reports([tmp_path / "again.pdf"], Settings(), Options(jobs=jobs, cache=tmp_path / "cache"), Silent())]
    assert figures(warm[0]) == figures(cold[0])


def _stamped(words: str, is_unseen: bool, covers: bool) -> bytes:
    """A picture with words upon it, or behind it."""
    stream = io.BytesIO()
    page = canvas.Canvas(stream, pagesize=(595, 842))
    size = (595, 842) if covers else (200, 100)
    page.drawImage(ImageReader(Image.new("L", (600, 850), 240)), 0, 0, *size)
    text = page.beginText(50, 700)
    text.setTextRenderMode(3 if is_unseen else 0)
    text.textLines(words)
    page.drawText(text)
    page.save()
    return stream.getvalue()


LONG = "so many words that they are the page itself\n" * 4


@pytest.mark.parametrize(
    ("words", "is_unseen", "covers", "is_scan"),
    [(LONG, True, True, True), (LONG, False, True, False), ("- 3 -", False, True, True), ("- 3 -", False, False, False)],
    ids=["words behind", "words upon", "stamp", "small picture"],
)
def test_a_picture_with_a_stamp_or_with_words_behind_it_is_a_scan(words: str, is_unseen: bool, covers: bool, is_scan: bool) -> None:
    (page,) = pdfium_pages.pages(_stamped(words, is_unseen, covers))
    assert not isinstance(page, str)
    assert page.is_scan == is_scan


class Ear(Silent):
    """Remembers how many pages were recognised."""

    most = (0, 0)

    def looked(self, done: int, total: int) -> None:
        self.most = max(self.most, (done, total))


def test_without_the_extra_the_record_says_what_to_install(scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognise, "is_installed", lambda: False)
    report = extract(scan)
    assert report.status == "failed"
    assert report.error
    assert report.error.code == "no_text"
    assert "pip install 'jixiao-extractor[ocr]'" in report.error.message


def test_recognition_can_be_left_out(scan: Path) -> None:
    report = extract(scan, Settings(ocr=False))
    assert report.error
    assert report.error.code == "no_text"


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def _blank() -> bytes:
    stream = io.BytesIO()
    Image.new("L", (1240, 1754), 250).save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\n", "broken"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "broken"),
        (b"II*\x00" + b"\xff" * 40, "broken"),
        (b"GIF89a", "broken"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "broken"),
        (b"BM" + bytes(60), "broken"),
        (_png(60_000, 60_000), "too_large"),
        (b"", "empty"),
        (b"nothing but words", "no_text"),
    ],
    ids=["png", "jpeg", "tiff", "gif", "webp", "bmp", "bomb", "empty", "text"],
)
def test_damaged_pictures_are_one_record(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(content)
    report = extract(path)
    assert (report.error.code if report.error else "no_text") == code


@needs_ocr
@pytest.mark.parametrize("content", [_blank(), _png(1, 1), _png(3000, 4)], ids=["blank", "one dot", "a line"])
def test_pictures_without_words_are_one_record(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(content)
    report = extract(path)
    assert report.status == "failed"
    assert report.error
    assert report.error.code in ("no_text", "broken")


@needs_ocr
def test_letters_taken_for_digits_are_put_right_within_numbers_alone() -> None:
    from extractor.adapters.mended_letters import mended
    from extractor.adapters.rapidocr import Letter

    def put_right(text: str) -> str:
        return "".join(letter.text for letter in mended([Letter(char, 0.5, 0.9) for char in text]))

    assert put_right("支出1O5.2l2万元") == "支出105.212万元"
    assert put_right("完成64。8％,其中") == "完成64.8％，其中"
    assert put_right("执行率96,44%") == "执行率96.44%"
    assert put_right("共1,200%") == "共1,200%"
    assert put_right("OK") == "OK"
    assert put_right("3号楼B座") == "3号楼B座"
    assert put_right("鄂财[2021]35号") == "鄂财〔2021〕35号"


@needs_ocr
def test_rules_are_found_and_the_ring_of_a_seal_is_none() -> None:
    import cv2
    import numpy

    from extractor.adapters import ruling, vision

    page = numpy.full((600, 600), 255, numpy.uint8)
    for place in (100, 200, 300):
        cv2.line(page, (50, place), (550, place), 0, 2)
    for place in (50, 300, 550):
        cv2.line(page, (place, 100), (place, 300), 0, 2)
    cv2.circle(page, (420, 420), 110, 90, 4)
    edges, clean = vision.rules(page, 0.36)
    (table,) = ruling.cells(edges)
    assert len(table) == 4
    assert (len(edges.level), len(edges.upright)) == (3, 3)
    assert clean[150, 50] == 255


@needs_ocr
def test_a_page_whose_recognition_was_ended_is_noted(scan: Path) -> None:
    given = answer(scan, Settings(), default(), recogniser=recogniser_of(Settings(), {1: "timed_out"}))
    report = given.finished.report
    assert report.status == "failed"
    assert report.error
    assert "超时" in report.error.message
