"""The self-contained page: every finding with its picture, hostile text as text, files that stay small."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import IO

import pytest
from PIL import Image

from extractor.adapters.page_pictures import Picture, png, webp
from extractor.check import CHECKS
from extractor.config import Settings
from extractor.model.report import Decision, Evidence, Finding, Report, SourceFile
from extractor.present.as_html import Html
from extractor.present.files import is_ours
from extractor.present.html import plan
from extractor.present.html.bands import bands
from extractor.present.html.overview import summary_of
from extractor.present.html.store import Store
from extractor.present.sink import Job

CORPUS = Path(__file__).parents[2] / "corpus"


class Kept(io.BytesIO):
    """A file whose content can be looked at after it was closed."""

    def close(self) -> None:
        self.flush()


class Room:
    """A shelf in memory."""

    folder = None
    name = "findings.html"

    def __init__(self) -> None:
        self.files: dict[str, Kept] = {}

    def stream(self) -> IO[bytes]:
        return self.beside(self.name)

    def beside(self, name: str) -> IO[bytes]:
        return self.files.setdefault(name, Kept())

    @contextmanager
    def place(self, name: str | None = None) -> Iterator[Path]:
        raise NotImplementedError
        yield Path()

    def text(self, name: str = "findings.html") -> str:
        return self.files[name].getvalue().decode()


class Tags(HTMLParser):
    """What a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def finding(**changed: object) -> Finding:
    words = Evidence(page=2, locator=None, quote="预算20万元，执行19.87万元", boxes=((2, 72.0, 100.0, 300.0, 112.0),), ocr=False)
    made = Finding(
        id="0123456789ab",
        series="ba9876543210",
        check="rate-execution-recompute",
        title="预算执行率计算有误",
        severity="error",
        project="河堤养护经费",
        message="执行率应为99.35%。",
        stated="99.67%",
        expected="99.35%",
        formula="19.87 ÷ 20 = 99.35%",
        operands=(),
        claims=(),
        doubts=(),
        evidence=(words,),
        highlights=((0, 9, 16),),
        highlight_boxes=((2, 150.0, 100.0, 200.0, 112.0),),
    )
    return made.model_copy(update=changed)


def of(*findings: Finding, path: str = "a.pdf", unit: str | None = "青川区水务站", sha256: str | None = None, **changed: object) -> Report:
    source = SourceFile(path=path, sha256=sha256, media_type="application/pdf", pages=3)
    return Report(source=source, status="ok", unit=unit, year="2019", findings=findings).model_copy(update=changed)


def made(reports: Sequence[Report], language: str = "zh", **job: object) -> Room:
    room = Room()
    work = Job(version="1", settings=Settings(language=language), checks=CHECKS, **job)  # type: ignore[arg-type]
    sink = Html(room.stream(), work, room)  # type: ignore[arg-type]
    for report in reports:
        sink.add(report)
    sink.end(summary_of(sink._store.entries))
    return room


def anchors(text: str) -> list[str]:
    return re.findall(r'<article [^>]*data-id="([^"]+)"', text)


def test_stated_and_recomputed_with_the_difference_and_the_formula() -> None:
    text = made([of(finding())]).text()
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", text) == [("报告所述", "99.67%"), ("复算", "99.35%"), ("相差", "+0.32%")]
    assert "19.87 ÷ 20 = 99.35%" in text
    assert "预算20万元，执行<mark>19.87万元</mark>" in text


def test_a_file_that_is_gone_costs_its_picture_alone(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    reports = [of(finding(), sha256="1"), of(finding(id="b" * 12), path="broken.pdf", sha256="2")]
    text = made(reports, originals={"a.pdf": tmp_path / "gone.pdf", "broken.pdf": broken}).text()
    assert anchors(text) == ["0123456789ab", "b" * 12]
    assert "<image" not in text


def test_pictures_of_the_pages_with_boxes_on_them() -> None:
    from extractor import extract

    path = CORPUS / "rural-buses-2022.pdf"
    report = extract(path)
    text = made([report], originals={report.source.path: path}).text()
    used = set(re.findall(r'data-picture="(p\d+)"', text))
    pictures = dict(re.findall(r'<script type="image/webp" id="(p\d+)">([\w+/=]+)</script>', text))
    assert used == set(pictures) == {f"p{number}" for number in range(len({e.page for f in report.findings for e in f.evidence}))}
    assert {base64.b64decode(data)[8:12] for data in pictures.values()} == {b"WEBP"}
    assert anchors(text) == [each.id for each in report.findings]
    first = report.findings[0].evidence[0].boxes[0]
    assert f'<rect class="passage" x="{first[1] - 1:.1f}"'.replace(".0", "") in text.replace(".0", "")


HOSTILE = "</script><script>alert(1)</script>\" onclick='x' <img src=x onerror=alert(1)> {{ 7*7 }} \x1b[31m \u202e \x00"


def test_hostile_text_is_text() -> None:
    quote = Evidence(page=None, locator=HOSTILE, quote=HOSTILE * 1000, boxes=(), ocr=False)
    decision = Decision(verdict="false_alarm", reviewer=HOSTILE, date="2024-01-02", reason=HOSTILE)
    bad = finding(
        id='"><i>', project=HOSTILE, message=HOSTILE, stated=HOSTILE, formula=HOSTILE, evidence=(quote,), title=HOSTILE, decision=decision
    )
    room = made([of(bad, path=HOSTILE, unit=HOSTILE, title=HOSTILE)])
    text = room.text()
    assert text.count("<script") == text.count("</script>") == 1
    parsed = Tags()
    parsed.feed(text)
    assert parsed.tags & {"img", "i", "iframe"} == set()
    assert [name for name in parsed.attributes if name.startswith("on") or name == "style"] == []
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", text)
    assert "{{ 7*7 }}" in text
    assert len(text) < 200_000


def test_words_around_a_quote_of_a_file_without_pages() -> None:
    words = Evidence(page=None, locator="第3行", quote="自评95分", boxes=(), ocr=False)
    text = made([of(finding(evidence=(words,), highlights=((0, 2, 5),), surroundings=((0, "…项目<b>", "，等级为优"),)))]).text()
    assert '<span class="around">…项目&lt;b&gt;</span>自评<mark>95分</mark><span class="around">，等级为优</span>' in text


def test_only_the_hashed_style_and_script_may_run() -> None:
    text = made([of(finding())]).text()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    (style,), (script,) = re.findall(r"<style>(.*?)</style>", text, re.S), re.findall(r"<script>(.*?)</script>", text, re.S)
    told = [base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in (style, script)]
    assert policy.replace("&#39;", "'") == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{told[0]}'; script-src 'sha256-{told[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert re.findall(r' style="|https?://', text) == []


def test_a_false_alarm_is_shown_and_not_counted() -> None:
    decision = Decision(verdict="false_alarm", reviewer="李", date="2024-01-02", reason="另有批复")
    text = made([of(finding(decision=decision), finding(id="c" * 12))]).text()
    assert anchors(text) == ["0123456789ab", "c" * 12]
    assert "误报 · 李 · 2024-01-02<br>另有批复" in text
    assert "疑点 1 条：错误 1" in text


def test_what_could_not_be_read_is_told_above_the_findings(tmp_path: Path) -> None:
    from extractor.present.failed import failed

    text = made([failed(tmp_path / "b.pdf", "broken", "文件已损坏", "zh"), of(finding())]).text()
    assert text.index("未能读取 1 份") < text.index("文件已损坏") < text.index("<article")


def test_english() -> None:
    text = made([of(finding())], language="en").text()
    assert '<html lang="en">' in text
    assert re.findall(r"<dt>(.*?)</dt>", text) == ["stated", "recomputed", "difference"]


def test_two_reports_with_the_same_finding_keep_apart() -> None:
    text = made([of(finding()), of(finding(), path="b.pdf")]).text()
    assert re.findall(r'<article [^>]*id="(f-[^"]+)"', text) == ["f-0123456789ab", "f-0123456789ab-2"]


def test_many_pages_give_an_index_and_a_file_a_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "PAGES", 2)
    reports = [of(finding(id=f"{n:012d}"), path=f"{n}.pdf", unit=("甲/局", "乙局")[n % 2], sha256=str(n)) for n in range(4)]
    room = made(reports)
    assert sorted(room.files) == ["findings.html", "findings/001-甲_局.html", "findings/002-乙局.html"]
    assert sorted(anchors(room.text())) == [f"{n:012d}" for n in range(4)]
    assert anchors(room.text("findings/001-甲_局.html")) == ["000000000000", "000000000002"]
    assert 'href="findings/001-%E7%94%B2_%E5%B1%80.html#f-000000000002"' in room.text()
    assert 'href="../findings.html"' in room.text("findings/002-乙局.html")


def test_a_file_takes_no_more_pictures_than_it_may(tmp_path: Path) -> None:
    store = Store(tmp_path)
    many = [
        finding(id=f"{n:012d}", evidence=(finding().evidence[0].model_copy(update={"boxes": ((n, 1.0, 1.0, 9.0, 9.0),)}),))
        for n in range(9)
    ]
    entry = store.add(of(*many, sha256="1"))
    store.close()
    answers = {"1": {n: Picture(595, 842, "", plan.BYTES // 4) for n in range(9)}}
    found = plan.parts([entry], answers)
    assert [[(each.start, each.stop) for each in part.slices] for part in found] == [[(0, 4)], [(4, 8)], [(8, 9)]]
    assert all(part.size <= plan.BYTES for part in found)


def test_a_long_run_packs_its_pictures_in_haste() -> None:
    image = Image.linear_gradient("L")
    packed = [Image.open(io.BytesIO(pack(image))).convert("L") for pack in (webp, png)]
    assert packed[0].tobytes() == packed[1].tobytes()
    assert (packed[0].getpixel((0, 0)), packed[0].getpixel((0, 128)), packed[0].getpixel((0, 255))) == (0, 136, 255)


def test_both_sides_of_a_conflict_get_a_band_each() -> None:
    passages = ((1, 72.0, 100.0, 300.0, 112.0), (1, 72.0, 120.0, 200.0, 132.0), (1, 72.0, 600.0, 300.0, 612.0), (2, 0.0, 0.0, 9.0, 9.0))
    found = bands(1, Picture(595.0, 842.0, "", 0), passages, ((1, 80.0, 100.0, 90.0, 112.0),))
    assert [band.view.as_view for band in found] == ["6 70 360 92", "6 564 360 84"]
    assert [len(band.passages) for band in found] == [3, 3]
    assert [box.x for box in found[0].figures] == ["78.5"]


def test_the_file_is_known_as_ours(tmp_path: Path) -> None:
    path = tmp_path / "findings.html"
    path.write_bytes(made([of(finding())]).files["findings.html"].getvalue())
    assert is_ours(path)


def test_no_findings_at_all() -> None:
    text = made([of()]).text()
    assert "未发现疑点" in text
    assert anchors(text) == []
