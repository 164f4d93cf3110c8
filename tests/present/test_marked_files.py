"""Files that are odd: encrypted, packed, damaged, with notes and bookmarks of their own; names and texts that are hostile."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, OutlineItem

from extractor import extract
from extractor.model.report import Decision
from extractor.present.marked_names import marked_names
from extractor.present.marked_notes import note
from tests.present.marked_pdf import bookmarks, highlights, marked

REPORT = Path(__file__).parents[2] / "corpus" / "agriculture-transfer-2022.pdf"
IDS = ["a100293af926", "88e32a1c2d2a", "984d9f553b5a", "3361d39ebfde"]
"""The findings of the report in the order of its marks: by page, the gravest last."""


def saved(target: Path, edit: Callable[[pikepdf.Pdf], object] = lambda file: None, **how: object) -> Path:
    with pikepdf.open(REPORT) as file:
        edit(file)
        file.save(target, **how)
    return target


def sound(path: Path) -> pikepdf.Pdf:
    """The file, which qpdf finds nothing wrong with."""
    file = pikepdf.open(path)
    assert file.check_pdf_syntax() == []
    return file


PACKED = {
    "cross-references in a stream": {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    "cross-references in a table": {"object_stream_mode": pikepdf.ObjectStreamMode.disable},
    "linearized": {"linearize": True},
    "RC4, 40 bits": {"encryption": pikepdf.Encryption(owner="o", user="", R=2, aes=False, metadata=False)},
    "RC4, 128 bits": {"encryption": pikepdf.Encryption(owner="o", user="", R=3, aes=False, metadata=False)},
    "AES, 128 bits": {"encryption": pikepdf.Encryption(owner="o", user="", R=4)},
    "AES, 256 bits": {"encryption": pikepdf.Encryption(owner="o", user="", R=6)},
}


@pytest.mark.parametrize("name", PACKED)
def test_files_packed_in_other_ways(tmp_path: Path, name: str) -> None:
    original = saved(tmp_path / "a.pdf", **PACKED[name])
    copy = marked(extract(original), tmp_path, original)
    assert copy.read_bytes().startswith(original.read_bytes())
    assert [mark.name for mark in highlights(copy)] == IDS
    assert next(highlights(copy)).contents.startswith("提示 · 必要部分缺失\n全文未见以下内容：")
    assert [title for _, title, _ in bookmarks(copy)][:2] == ["疑点", "错误 · 文号格式错误：桐财农［2022 15号］（第3页）"]
    with sound(copy) as file:
        assert file.is_encrypted == name.startswith(("RC4", "AES"))
        assert str(file.pages[2].Annots[0].Contents).splitlines()[0] == "警告 · 资金来源分项合计不等于总额"
        assert b"/Over gs" in file.pages[2].Annots[0].AP.N.read_bytes()


def test_a_damaged_file_is_marked_as_mended(tmp_path: Path) -> None:
    original = tmp_path / "a.pdf"
    data = REPORT.read_bytes()
    original.write_bytes(data[: data.rindex(b"xref") - 40])
    report = extract(original)
    copy = marked(report, tmp_path, original)
    assert sorted(mark.name for mark in highlights(copy)) == sorted(finding.id for finding in report.findings)
    sound(copy).close()


def test_what_is_only_odd_is_kept_as_it_is(tmp_path: Path) -> None:
    """An entry given twice is against the rules, but the file need not be written anew for that."""
    original = saved(tmp_path / "a.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = original.read_bytes()
    assert data.count(b"/Lang (en-US)") == 1
    original.write_bytes(data.replace(b"/Lang (en-US)", b"/La 1/La 2    "[:13]))
    copy = marked(extract(original), tmp_path, original)
    assert copy.read_bytes().startswith(original.read_bytes())
    assert [mark.name for mark in highlights(copy)] == IDS


def test_a_file_with_a_password_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    original = saved(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    report = extract(REPORT).model_copy(update={"source": extract(REPORT).source.model_copy(update={"path": "a.pdf", "sha256": None})})
    assert not marked(report, tmp_path, original).exists()
    assert capsys.readouterr().err == "未能标注：a.pdf（文件已损坏或有打开密码）；其疑点见其他结果\n"


def test_rubbish_before_the_file(tmp_path: Path) -> None:
    original = tmp_path / "a.pdf"
    original.write_bytes(b"\r\n\r\n" + REPORT.read_bytes())
    copy = marked(extract(original), tmp_path, original)
    assert [mark.name for mark in highlights(copy)] == IDS
    sound(copy).close()


def test_notes_and_bookmarks_of_the_file_are_kept(tmp_path: Path) -> None:
    def edit(file: pikepdf.Pdf) -> None:
        stamp = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([1, 2, 3, 4]), Contents="已阅")
        file.pages[2].Annots = file.make_indirect(Array([file.make_indirect(stamp)]))
        with file.open_outline() as outline:
            chapter = OutlineItem("一、概况", 0)
            chapter.children.append(OutlineItem("（一）资金", 1))
            chapter.is_closed = False
            outline.root.extend([chapter, OutlineItem("二、结论", 2)])
        file.Root.PageMode = Name.FullScreen

    original = saved(tmp_path / "a.pdf", edit)
    copy = marked(extract(original), tmp_path, original)
    levels = [(level, title[:5]) for level, title, _ in bookmarks(copy)]
    ours = [(0, "疑点"), (1, "错误 · "), (1, "警告 · "), (1, "警告 · "), (1, "提示 · ")]
    assert levels == [*ours, (0, "一、概况"), (1, "（一）资金"), (0, "二、结论")]
    with sound(copy) as file:
        assert str(file.pages[2].Annots[0].Contents) == "已阅"
        assert [str(each.Subtype) for each in file.pages[2].Annots] == ["/Text"] + ["/Highlight", "/Popup"] * 3
        assert (file.Root.Outlines.Count, file.Root.PageMode) == (8, "/FullScreen")


def test_names_that_are_not_unicode_stay_as_they_are(tmp_path: Path) -> None:
    """A font named in GBK in the page's own object, as Chinese programs write it: the content asks for it by these bytes."""
    original = tmp_path / "a.pdf"
    with pikepdf.open(REPORT) as file:
        file.pages[2].obj["/Mark"] = pikepdf.Object.parse(b"<</#CB#CE#CC#E5 1/F#20#23 2 /S (\\316\\322)/T (\\\\)>>")
        file.pages[2].obj["/Word"] = file.make_indirect(pikepdf.String("a word of its own"))
        file.save(original, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    copy = marked(extract(original), tmp_path, original).read_bytes()
    assert re.search(rb"/Word \d+ 0 R[/>]", copy)
    assert b"/Mark<</F#20#23 2/S<ced2>/T<5c>/#CB#CE#CC#E5 1>>" in copy


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    report = extract(REPORT)
    first, second = (marked(report, tmp_path / name, REPORT).read_bytes() for name in ("a", "b") if not (tmp_path / name).mkdir())
    assert first == second


def test_a_file_that_cannot_be_marked_is_told_and_nothing_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    original = saved(tmp_path / "a.pdf")
    report = extract(original)
    original.write_bytes(b"%PDF-1.4 something else by now")
    copy = marked(report, tmp_path, original)
    err = capsys.readouterr().err
    assert (err.count("\n"), err.startswith(f"未能标注：{original}（"), copy.exists()) == (1, True, False)
    assert list((tmp_path / "marked").iterdir()) == []


def test_what_others_changed_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = extract(REPORT)
    copy = marked(report, tmp_path, REPORT)
    with copy.open("ab") as stream:
        stream.write(b"a note of an auditor, saved behind\n")
    marked(report, tmp_path, REPORT)
    assert "--force" in capsys.readouterr().err
    assert copy.read_bytes().endswith(b"saved behind\n")


def test_false_alarms_are_marked_as_such(tmp_path: Path) -> None:
    report = extract(REPORT)
    decided = Decision(verdict="false_alarm", reviewer="王某", date="2024-05-01", reason="另有批复")
    first, *others = report.findings
    findings = (first.model_copy(update={"decision": decided}), *others)
    copy = marked(report.model_copy(update={"findings": findings}), tmp_path, REPORT)
    mark = next(mark for mark in highlights(copy) if mark.name == first.id)
    assert mark.contents.splitlines()[0] == "误报 · 文号格式错误"
    assert "处理：误报（王某，2024-05-01）：另有批复" in mark.contents
    assert bookmarks(copy)[1][1] == "误报 · 文号格式错误：桐财农［2022 15号］（第3页）"


def test_notes_in_english(tmp_path: Path) -> None:
    report = extract(REPORT)
    copy = marked(report, tmp_path, REPORT, "en")
    assert bookmarks(copy)[0][1] == "Findings"
    assert "\nid: a100293af926" in next(highlights(copy)).contents


def test_hostile_words_are_only_shown(tmp_path: Path) -> None:
    report = extract(REPORT)
    evil = ")>> endobj \x1b\x00\x07(" + "\ud800" + "\u202e" + "长" * 100_000
    finding = report.findings[0].model_copy(update={"title": evil, "message": evil, "stated": evil, "project": evil, "formula": evil})
    copy = marked(report.model_copy(update={"findings": (finding,)}), tmp_path, REPORT)
    (mark,) = highlights(copy)
    assert len(mark.contents) < 9000
    assert mark.contents.endswith("检查：docno-malformed\n编号：3361d39ebfde")
    assert not {"\x1b", "\x00", "\x07"} & set(mark.contents)
    assert mark.contents == note(finding, "zh")
    sound(copy).close()


def test_a_note_names_all_there_is_to_know() -> None:
    finding = extract(REPORT).findings[1]
    assert note(finding, "zh").splitlines() == [
        "警告 · 资金来源分项合计不等于总额",
        "各资金来源（或用途）的预算合计与总额不符：1900万元 + 560万元 + 200万元 = 2660万元，总额写为2,680万元。请核对。",
        "项目：中央财政农业生产发展资金",
        "报告所述：2,680万元",
        "复算：2660万元",
        "算式：1900万元 + 560万元 + 200万元 = 2660万元",
        "检查：amount-source-sum",
        "编号：88e32a1c2d2a",
    ]


def test_a_finding_that_lies_on_no_words_is_a_note_in_the_margin(tmp_path: Path) -> None:
    report = extract(REPORT)
    first, *others = report.findings
    bare = first.model_copy(update={"evidence": (), "highlights": (), "highlight_boxes": ()})
    copy = marked(report.model_copy(update={"findings": (bare, *others)}), tmp_path, REPORT)
    with sound(copy) as file:
        note_ = next(each for each in file.pages[0].Annots if str(each.get("/NM", "")) == first.id)
        assert (str(note_.Subtype), str(note_.Contents).splitlines()[-1]) == ("/Text", f"编号：{first.id}")
    assert [mark.name for mark in highlights(copy)] == IDS[:3]
    assert bookmarks(copy)[1] == (1, "错误 · 文号格式错误：桐财农［2022 15号］（第1页）", 1)


def test_names_of_copies(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "无后缀").write_bytes(b"%PDF-1.7")
    (tmp_path / "文.txt").write_bytes("正文".encode())
    paths = [
        tmp_path / name for name in ("甲.pdf", "b/甲.PDF", "b/甲~2.pdf", "无后缀", "文.txt", "没有.docx", "con.pdf", "长" * 80 + ".pdf")
    ]
    names = marked_names({str(path): path for path in paths})
    assert list(names.values()) == [
        "marked/甲.pdf",
        "marked/甲~2.pdf",
        "marked/甲~2~2.pdf",
        "marked/无后缀.pdf",
        "marked/_con.pdf",
        f"marked/{'长' * 60}.pdf",
    ]
    assert list(names) == [str(paths[place]) for place in (0, 1, 2, 3, 6, 7)]


def test_every_viewer_draws_the_marks(tmp_path: Path) -> None:
    """Where a mark lies the paper is coloured and the print stays black."""
    copy = marked(extract(REPORT), tmp_path, REPORT)
    document = pypdfium2.PdfDocument(copy)
    image = document[2].render(scale=2).to_pil().convert("RGB").crop((220, 365, 1040, 391))  # the first line of a quote
    document.close()
    colours = {colour for _, colour in image.getcolors(1 << 20)}
    assert (255, 219, 214) in colours
    assert min(map(sum, colours)) < 30
    assert (255, 255, 255) not in colours
