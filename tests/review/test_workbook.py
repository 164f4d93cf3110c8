"""Reviewed workbooks as people hand them back: moved about, in either language, damaged, or built to do harm."""

from __future__ import annotations

import os
import re
import struct
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from extractor.config import ConfigError
from extractor.review import guard
from extractor.review.entries import Entry
from extractor.review.workbook import reviewed
from tests.review.books import ENGLISH, HEAD, ID, OTHER, book, row

ENTRY = Entry(ID, "false_alarm", "张三", "2026-03-05", "口径不同", "青川区水务站", "2019")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "底稿.xlsx"


def refused(path: Path) -> tuple[str, str]:
    """Both sentences of the error, which name the file."""
    with pytest.raises(ConfigError) as caught:
        reviewed(path)
    assert all(str(path) in text and "\n" not in text for text in caught.value.texts)
    chinese, english = (text.replace(str(path), "X") for text in caught.value.texts)
    return chinese, english


def test_as_written(path: Path) -> None:
    assert reviewed(book(path, [row(), row(OTHER, None)])).entries == (ENTRY,)


def test_in_english(path: Path) -> None:
    assert reviewed(book(path, [row(verdict="False alarm")], ENGLISH, "Findings")).entries == (ENTRY,)


def test_columns_moved_and_added(path: Path) -> None:
    order = [5, 3, 0, 6, 1, 4, 2]
    head, cells = ["我的备注", *(HEAD[place] for place in order)], ["看过", *(row()[place] for place in order)]
    assert reviewed(book(path, [cells], head)).entries == (ENTRY,)


def test_columns_deleted(path: Path) -> None:
    assert reviewed(book(path, [[ID, "误报"]], ("编号", "复核意见"))).entries == (Entry(ID, "false_alarm"),)


def test_rows_above_between_and_below(path: Path) -> None:
    """A title over the headings, empty rows, the headings once more, remarks under the table."""
    rows = [[], row(), [], HEAD, row(OTHER, "确认"), [None, "合计"]]
    assert [(e.id, e.verdict) for e in reviewed(book(path, rows, above=3)).entries] == [(ID, "false_alarm"), (OTHER, "confirmed")]


def test_a_renamed_sheet(path: Path) -> None:
    assert reviewed(book(path, [row()], sheet="张三复核")).entries == (ENTRY,)


def test_sorted_and_filtered(path: Path) -> None:
    made = xlsxwriter.Workbook(str(path))
    page = made.add_worksheet("疑点")
    for number, cells in enumerate([HEAD, row(OTHER, "确认", None), row(ID, "误报", "2026-03-05")]):
        page.write_row(number, 0, cells)
    page.autofilter(0, 0, 2, 6)
    page.filter_column(3, "x == 误报")
    page.set_row(1, options={"hidden": True})
    made.close()
    assert [entry.id for entry in reviewed(path).entries] == [OTHER, ID]


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 3, 5),
        datetime(2026, 3, 5, 14, 30),
        "2026-3-5",
        "2026/03/05",
        "2026年3月5日",
        "2026.3.5",
        " 2026-03-05 14:30",
        46086,
        "46086",
        "20260305",
    ],
)
def test_dates(path: Path, day: object) -> None:
    assert [entry.date for entry in reviewed(book(path, [row(day=day)])).entries] == ["2026-03-05"]


@pytest.mark.parametrize("day", ["上周三", "3月5日", "2026-13-01", 5, True, "2026-02-30", "99999999"])
def test_what_is_no_date(path: Path, day: object) -> None:
    chinese, english = refused(book(path, [row(OTHER, None), row(day=day)]))
    assert re.fullmatch(r"X 工作表“疑点”第 3 行的复核日期“.+”不是日期；请写成 2026-03-05", chinese)
    assert re.fullmatch(r"X, sheet 疑点, row 3: .+ is no date; write it like 2026-03-05", english)


@pytest.mark.parametrize("word", ["误报", " 误报 ", "误 报", "False Alarm", "FALSE ALARM", "false_alarm"])
def test_words_for_a_false_alarm(path: Path, word: str) -> None:
    assert [entry.verdict for entry in reviewed(book(path, [row(verdict=word)])).entries] == ["false_alarm"]


@pytest.mark.parametrize("word", ["对", "误报？", "x" * 30000, "误\n报\r1", 1, True])
def test_unknown_verdicts(path: Path, word: object) -> None:
    chinese, english = refused(book(path, [row(verdict=word)]))
    assert re.fullmatch(r"X 工作表“疑点”第 2 行的复核意见“.{1,40}”不可用；可用：确认、误报、待核实", chinese)
    assert english.endswith("known are confirmed, false alarm, to be verified")


@pytest.mark.parametrize(("cell", "key"), [(f" {ID.upper()} ", ID), (f"'{ID}", ID), (12345678901, "012345678901")])
def test_ids_that_a_spreadsheet_changed(path: Path, cell: object, key: str) -> None:
    assert [entry.id for entry in reviewed(book(path, [row(cell)])).entries] == [key]  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["1.2E+45", "疑点 3", 1.5])
def test_ids_that_are_none(path: Path, cell: object) -> None:
    assert refused(book(path, [row(cell)]))[0].endswith("请按原底稿改回")  # type: ignore[arg-type]


def test_a_verdict_without_an_id_is_told(path: Path) -> None:
    known = reviewed(book(path, [row(), row("", "误报")]))
    assert known.entries == (ENTRY,)
    assert [chinese.replace(str(path), "X") for chinese, _ in known.told] == ["X 工作表“疑点”第 3 行有复核意见而没有编号，未采用"]


def test_a_false_alarm_without_reason_is_told(path: Path) -> None:
    known = reviewed(book(path, [row(note=None), row(OTHER, "确认", note=None)]))
    assert [entry.reason for entry in known.entries] == [None, None]
    assert [english.replace(str(path), "X") for _, english in known.told] == [
        f"1 false alarms in X lack a reviewer or a note ({ID}, …); they were taken, please add them"
    ]


def test_formulas_and_grouped_numbers(path: Path) -> None:
    """A formula counts by its last result; figures with thousands separators stand beside."""
    made = xlsxwriter.Workbook(str(path))
    page = made.add_worksheet("疑点")
    page.write_row(0, 0, [*HEAD, "差额"])
    page.write_row(1, 0, row(day=None))
    page.write_formula(1, 3, '=IF(1>0,"误报","")', None, "误报")
    page.write_formula(1, 5, "=TODAY()", made.add_format({"num_format": "yyyy-mm-dd"}), 46086)
    page.write_number(1, 7, 1234567.89, made.add_format({"num_format": "#,##0.00"}))
    made.close()
    assert reviewed(path).entries == (ENTRY,)


def test_text_of_a_reviewer_stays_text(path: Path) -> None:
    (entry,) = reviewed(book(path, [row(reviewer=20190001, note="'=HYPERLINK(1)\n第二行")])).entries
    assert (entry.reviewer, entry.reason) == ("20190001", "'=HYPERLINK(1)\n第二行")


def test_numbers_out_of_range(path: Path) -> None:
    """A cell may hold 1e999, which is read as infinite."""
    book(path, [row(note=987654321)])
    with zipfile.ZipFile(path) as archive:
        text = archive.read("xl/worksheets/sheet2.xml")
    with_part(path, "xl/worksheets/sheet2.xml", text.replace(b"987654321", b"1e999"))
    assert [entry.reason for entry in reviewed(path).entries] == ["inf"]


# --- what cannot be used


def test_no_such_file(path: Path) -> None:
    assert refused(path)[0] == "没有复核底稿 X；请核对 --verdicts 的路径"


def test_a_folder(path: Path) -> None:
    path.mkdir()
    assert refused(path)[0] == "无法读取 X：不是文件"


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes there")
def test_a_pipe_is_not_waited_for(path: Path) -> None:
    os.mkfifo(path)
    assert refused(path)[0] == "无法读取 X：不是文件"


@pytest.mark.parametrize("content", [b"", b"id,verdict\n", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"%PDF-1.7"])
def test_not_a_workbook(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert refused(path)[0] == "X 不是 Excel 工作簿（.xlsx），或已损坏；请另存为 .xlsx 再交回"


def test_a_workbook_cut_short(path: Path) -> None:
    content = book(path, [row()]).read_bytes()
    path.write_bytes(content[: len(content) // 2])
    assert "已损坏" in refused(path)[0]


def test_a_locked_workbook(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le"))
    assert refused(path)[0] == "X 加了密码，无法读取；请解除密码后另存"


def test_an_old_workbook(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000))
    assert refused(path)[0] == "X 不是 .xlsx 格式；请在 Excel 或 WPS 中另存为 .xlsx 再交回"


@pytest.mark.parametrize("name", ["xl/workbook.bin", "content.xml"])
def test_other_kinds_of_workbooks(path: Path, name: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "x")
    assert "另存为 .xlsx" in refused(path)[0]


def test_no_sheet_of_findings(path: Path) -> None:
    assert refused(book(path, [["x"]], ("编号", "单位")))[0].startswith("X 中没有疑点工作表（须有“编号”和“复核意见”两列）")


def with_part(path: Path, name: str, content: bytes, method: int = zipfile.ZIP_DEFLATED) -> Path:
    """The workbook with a part more, or another one."""
    with zipfile.ZipFile(path) as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
    with zipfile.ZipFile(path, "w", method) as archive:
        for each, text in {**parts, name: content}.items():
            archive.writestr(each, text)
    return path


def sheet_with(path: Path, cells: bytes) -> Path:
    with zipfile.ZipFile(book(path, [row()])) as archive:
        text = archive.read("xl/worksheets/sheet2.xml")
    return with_part(path, "xl/worksheets/sheet2.xml", text.replace(b"</sheetData>", cells + b"</sheetData>"))


def test_a_zip_bomb_by_ratio(path: Path) -> None:
    book(path, [row()])
    assert refused(with_part(path, "xl/bomb.xml", bytes(8 << 20)))[0].startswith("X 过大或压缩异常（压缩比异常），未读取；")


def test_a_zip_bomb_by_size(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "TOTAL", 100_000)
    assert "（解压后过大）" in refused(with_part(book(path, [row()]), "xl/big.xml", os.urandom(100_000)))[0]


def test_too_many_parts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "ENTRIES", 10)
    assert "（文件过多）" in refused(book(path, [row()]))[0]


def test_a_large_file_is_not_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "FILE", 1000)
    assert "（解压后过大）" in refused(book(path, [row()]))[0]


def test_a_part_that_holds_more_than_it_declares(path: Path) -> None:
    """The sizes in both heads of a part say 10 bytes; its stream gives eight megabytes."""
    content = with_part(book(path, [row()]), "xl/bomb.xml", bytes(8 << 20)).read_bytes()
    path.write_bytes(content.replace(struct.pack("<I", 8 << 20), struct.pack("<I", 10)))
    assert "已损坏" in refused(path)[0]


def test_a_part_that_is_there_twice(path: Path) -> None:
    book(path, [row()])
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "已损坏" in refused(path)[0]


@pytest.mark.parametrize(
    "cells",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b"<row r='1048576'><c s='1' r='XFD1048576'><v>1</v></c></row>",
        b'<x:row r="1048576" ><x:c t="n" r="AAA1048576" ><x:v>1</x:v></x:c></x:row>',
        b'<row r="1048576">' + b"<c><v>1</v></c>" * 20 + b"</row>",
    ],
)
def test_cells_that_reach_too_far(path: Path, cells: bytes) -> None:
    """The parser makes every cell up to the last one."""
    assert "（有内容的单元格延伸过远，请删去远处的内容）" in refused(sheet_with(path, cells))[0]


@pytest.mark.parametrize(
    "cells",
    [
        b'<row r="0"><c r="A0"><v>1</v></c></row>',
        b'<row r="4294967296"><c><v>1</v></c></row>',
        b'<row r="9"><c s=">" r="A4294967296"><v>1</v></c></row>',
        b'<row r="9"><c r="ZZZ9"><v>1</v></c></row>',
        b'<row r="9"><c r="a9"><v>1</v></c></row>',
        b'<row r="9"><c r="A9" r="B9"><v>1</v></c></row>',
    ],
)
def test_cells_in_places_that_there_are_not(path: Path, cells: bytes) -> None:
    """The parser would ask for the memory of a sheet that large, and end the program."""
    assert "已损坏" in refused(sheet_with(path, cells))[0]


def test_formats_without_values_reach_as_far_as_they_like(path: Path) -> None:
    assert reviewed(sheet_with(path, b'<row r="1048576"><c r="XFD1048576" s="1"/></row>')).entries == (ENTRY,)


def test_pictures_are_left_out(path: Path) -> None:
    assert reviewed(with_part(book(path, [row()]), "xl/media/image1.png", os.urandom(1000))).entries == (ENTRY,)


@pytest.mark.parametrize("text", [b"", b"<worksheet", b"\xff\xfe", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'])
def test_damaged_parts(path: Path, text: bytes) -> None:
    for name in ("xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/workbook.xml"):
        assert refused(with_part(book(path, [row()]), name, text))
