"""The workbook: every finding once, figures as numbers, text as text, the same bytes each time."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from extractor.adapters.xlsxwriter import Column
from extractor.command.shelf import FileShelf, Rack
from extractor.config import Settings
from extractor.model import workpaper as words
from extractor.model.findings import CheckRecord
from extractor.model.report import Decision, Report, Summary
from extractor.present.failed import failed
from extractor.present.files import is_ours
from extractor.present.sink import Job
from extractor.present.workpaper import sink
from extractor.present.workpaper.look import TEXT, WRAP, height

SHEETS = ["汇总", "疑点", "复算", "全部核对", "不可核及原因", "未能读取", "覆盖情况", "项目一览", "指标一览", "检查说明", "运行信息"]
ENGLISH = ["Summary", "Findings", "Workings", "All claims", "Not checkable", "Unreadable", "Coverage"]


def written(folder: Path, *reports: Report, **job: Any) -> Path:
    """The workbook of these reports."""
    rack = Rack([], is_forced=True)
    with rack.stack:
        made = sink(Job(version="9.9", **job), FileShelf(rack, folder / "workpaper.xlsx", folder))
        for report in reports:
            made.add(report)
        made.end(Summary())
    return folder / "workpaper.xlsx"


def rows(path: Path, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def records(path: Path, sheet: str = "疑点") -> list[dict[str, Any]]:
    heads, *body = rows(path, sheet)
    return [dict(zip(heads, row, strict=True)) for row in body]


def test_the_sheets(tmp_path: Path, made: Report) -> None:
    assert CalamineWorkbook.from_path(str(written(tmp_path, made))).sheet_names == SHEETS


def test_the_sheets_in_english(tmp_path: Path, made: Report) -> None:
    path = written(tmp_path, made, settings=Settings(language="en"))
    assert CalamineWorkbook.from_path(str(path)).sheet_names[:7] == ENGLISH
    assert [record["id"] for record in records(path, "Findings")] == ["f1", "f2"]


def test_a_finding_is_a_row(tmp_path: Path, made: Report) -> None:
    first, second = records(written(tmp_path, made))
    assert first == {
        "编号": "f1",
        "程度": "错误",
        "单位": "青川区水务站",
        "项目": "河堤养护经费",
        "检查": "预算执行率计算有误",
        "说明": "所述 99.67%，复算应为 99.35%。",
        "报告所述": 0.9967,
        "复算": 0.9935,
        "差额": 0.0032,
        "算式": "19.87万元 ÷ 20万元 = 99.35%",
        "舍入口径": "各数按末位四舍五入的区间计；复算值取 2 位小数",
        "原文": "年初预算20万元，实际使用19.87万元，完成率99.67%。",
        "文件": "corpus/青川.pdf",
        "页": "3",
        "出处": "",
        "复核意见": "",
        "复核人": "",
        "复核日期": "",
        "复核说明": "",
        "往年处理（待确认）": "",
        "存疑": "",
        "年度": "2019",
        "检查代号": "rate-execution-recompute",
        "跨年编号": "s1",
    }
    assert second["编号"] == "f2"
    assert second["报告所述"] == second["复算"] == second["差额"] == ""


def test_the_figures_behind_a_recomputed_one(tmp_path: Path, made: Report) -> None:
    assert [(row["编号"], row["项"], row["数值"], row["单位"]) for row in records(written(tmp_path, made), "复算")] == [
        ("f1", "执行数", 198700, "元"),
        ("f1", "算式中的数", 200000, "元"),
    ]


def test_what_an_auditor_decided_stands_in_the_row(tmp_path: Path, made: Report) -> None:
    first, second = made.findings
    decided = Decision(verdict="false_alarm", reviewer="李审", date="2026-03-02", reason="另有追加预算")
    before = Decision(verdict="confirmed", reviewer="王审", date="2025-02-01", reason=None)
    changed = (first.model_copy(update={"decision": decided}), second.model_copy(update={"proposal": before}))
    path = written(tmp_path, made.model_copy(update={"findings": changed}))
    one, two = records(path)
    assert [str(one[heading[0]]) for heading in (words.ID, words.SERIES, words.VERDICT, words.REVIEWER, words.DATE, words.NOTE)] == [
        "f1",
        "s1",
        "误报",
        "李审",
        "2026-03-02",
        "另有追加预算",
    ]
    assert two["往年处理（待确认）"] == "确认 · 王审 · 2025-02-01"
    assert two["复核意见"] == ""
    assert rows(path, "汇总")[5][:8] == ["青川区水务站", 1, 0, 0, 1, 1, 1, 1]


def test_the_same_bytes_each_time(tmp_path: Path, made: Report) -> None:
    (tmp_path / "again").mkdir()
    assert written(tmp_path, made).read_bytes() == written(tmp_path / "again", made).read_bytes()


def test_the_workbook_is_known_as_ours(tmp_path: Path, made: Report) -> None:
    assert is_ours(written(tmp_path, made))


def test_files_that_were_not_read(tmp_path: Path, made: Report) -> None:
    path = written(tmp_path, made, failed(Path("锁.pdf"), "encrypted", "文件加了密码", "zh"))
    assert [row[:6] for row in rows(path, "未能读取")[1:]] == [["锁.pdf", "", "未能读取", "有密码", "", "文件加了密码"]]


def test_units_that_filed_nothing(tmp_path: Path, made: Report) -> None:
    locked = failed(Path("石桥镇 锁.pdf"), "encrypted", "文件加了密码", "zh")
    path = written(tmp_path, made, locked, units=("白沙镇", "青川区 水务站", "石桥镇"))
    assert [row[:4] for row in rows(path, "覆盖情况")[1:]] == [
        ["白沙镇", "未报", 0, 0],
        ["青川区 水务站", "已报", 1, 0],
        ["石桥镇", "已报，未能读取", 1, 1],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2", "@SUM(A1)", "\tx", "http://x.example/", "<r><t>x</t></r>", "_x0041_", "a\x00\ud800b"])
@pytest.mark.parametrize("split_by", [None, "year"])
def test_text_stays_text(tmp_path: Path, made: Report, text: str, split_by: str | None) -> None:
    if split_by and "\ud800" in text:
        pytest.skip("reports of a run come from JSON, which holds no lone surrogates")
    first, second = made.findings
    report = made.model_copy(update={"unit": text, "findings": (first.model_copy(update={"project": text, "message": text}), second)})
    written(tmp_path, report, split_by=split_by)
    record = records(next(path for path in tmp_path.rglob("*.xlsx") if not path.name.startswith("_")))[0]
    shown = text.replace("\x00", " ").replace("\ud800", " ")
    assert record["说明"].strip() == record["项目"].strip() == record["单位"].strip() == shown.strip()


def test_codes_stay_text(tmp_path: Path, made: Report) -> None:
    project = made.projects[0].model_copy(update={"code": "0012345678901234567"})
    path = written(tmp_path, made.model_copy(update={"projects": (project,)}))
    assert records(path, "项目一览")[0]["项目编码"] == "0012345678901234567"


def test_a_project_with_its_amounts(tmp_path: Path, made: Report) -> None:
    row = records(written(tmp_path, made), "项目一览")[0]
    shown = ["年初预算（元）", "全年预算（元）", "执行（元）", "执行率（复算）", "执行率（所述）", "自评得分", "等级"]
    assert [row[each] for each in shown] == ["", 200000, 198700, float(Decimal("0.9935")), 0.9967, 95, "优"]


def test_a_quote_that_is_too_long_is_cut(tmp_path: Path, made: Report) -> None:
    first, second = made.findings
    long = first.evidence[0].model_copy(update={"quote": "长" * 100_000})
    report = made.model_copy(update={"findings": (first.model_copy(update={"evidence": (long,), "highlights": ((0, 5, 9),)}), second)})
    assert len(records(written(tmp_path, report))[0]["原文"]) == 32_001


def test_checks_are_explained(tmp_path: Path, made: Report, checks: tuple[CheckRecord, ...]) -> None:
    names = [row[:2] for row in rows(written(tmp_path, made, checks=checks), "检查说明")[1:]]
    assert names == [["rate-execution-recompute", "预算执行率计算有误"], ["score-deduction-unexplained", "扣分无说明"]]


def links(path: Path) -> set[str]:
    with ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith(".rels")]
        return {each for name in names for each in re.findall(r'Target="([^"]+)" TargetMode="External"', archive.read(name).decode())}


def test_links_lead_to_the_marked_copy_or_the_original(tmp_path: Path, made: Report) -> None:
    path = "corpus/青川.pdf"
    originals = {path: tmp_path.parent / "报告 #1" / "青川.pdf"}
    assert links(written(tmp_path, made, originals=originals)) == {"..\\报告%20%231\\青川.pdf"}
    assert links(written(tmp_path, made, originals=originals, marked={path: "marked/青川.pdf"})) == {"marked\\青川.pdf"}


def test_links_from_the_workbook_of_a_unit(tmp_path: Path, made: Report) -> None:
    originals = {"corpus/青川.pdf": tmp_path / "报告" / "1:青川.pdf"}
    written(tmp_path, made, split_by="unit", originals=originals)
    assert links(tmp_path / "workpapers" / "青川区水务站.xlsx") == {"..\\报告\\1%3A青川.pdf"}


def test_a_name_of_one_letter_is_no_drive(tmp_path: Path, made: Report) -> None:
    assert links(written(tmp_path, made, originals={"corpus/青川.pdf": tmp_path / "a"})) == {"a"}


def test_a_row_is_as_high_as_the_cells_that_wrap() -> None:
    columns = [Column("", 20, WRAP), Column("", 8, TEXT)]
    assert height(["短", "not wrapped " * 9], columns) == height(["短", "x"], columns) == 18
    assert height(["四十个字" * 10, "x"], columns) == 5 + 13 * 5


def test_what_is_printed_ends_with_the_note(tmp_path: Path, made: Report) -> None:
    path = written(tmp_path, made)
    assert rows(path, "疑点")[0][15:17] == ["复核说明", "出处"]
    with ZipFile(path) as archive:
        book, sheet = (archive.read(f"xl/{name}.xml").decode() for name in ("workbook", "worksheets/sheet2"))
    names = dict(re.findall(r'<definedName name="_xlnm.Print_(\w+)" localSheetId="1">([^<]+)<', book))
    setup = re.findall(r"<pageSetup [^>]+>", sheet)
    assert names == {"Area": "疑点!$A$1:$P$3", "Titles": "疑点!$1:$1"}
    assert setup == ['<pageSetup paperSize="8" fitToHeight="0" orientation="landscape"/>']


def test_a_path_with_control_characters_is_no_link(tmp_path: Path, made: Report) -> None:
    assert links(written(tmp_path, made, marked={"corpus/青川.pdf": "marked/a\nb.pdf"})) == set()


def test_a_workbook_for_each_unit(tmp_path: Path, made: Report) -> None:
    rack = Rack([], is_forced=False)
    other = made.model_copy(update={"unit": "../../白沙镇"})
    again = made.model_copy(update={"unit": "青川区 水务站"})
    with rack.stack:
        split = sink(
            Job(version="1", split_by="unit", units=("石桥镇", "白沙镇"), marked={"corpus/青川.pdf": "marked/青川.pdf"}),
            FileShelf(rack, None, tmp_path),
        )
        for report in (made, other, again):
            split.add(report)
        split.end(Summary())
    files = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.xlsx"))
    assert files == ["workpapers/.._.._白沙镇.xlsx", "workpapers/_覆盖情况.xlsx", "workpapers/青川区水务站.xlsx"]
    assert [record["编号"] for record in records(tmp_path / files[2])] == ["f1", "f2", "f1", "f2"]
    assert [row[:3] for row in rows(tmp_path / files[2], "覆盖情况")[1:]] == [["青川区水务站", "已报（未给名单）", 2]]
    assert [row[1] for row in rows(tmp_path / files[1], "覆盖情况")[1:]] == ["未报", "未报", "已报，不在名单", "已报，不在名单"]
    assert links(tmp_path / files[2]) == {"..\\marked\\青川.pdf"}


def test_marking_a_false_alarm_changes_the_counts(tmp_path: Path, made: Report) -> None:
    with ZipFile(written(tmp_path, made)) as archive:
        summary = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>COUNTIFS('疑点'!$C$2:$C$3,$A6,'疑点'!$B$2:$B$3,\"错误\",'疑点'!$M$2:$M$3,\"&lt;&gt;误报\")</f><v>1</v>" in summary


def test_a_name_with_wildcards_is_counted_as_it_stands(tmp_path: Path, made: Report) -> None:
    with ZipFile(written(tmp_path, made.model_copy(update={"unit": "水务*"}))) as archive:
        assert 'SUBSTITUTE($A6,"~","~~")' in archive.read("xl/worksheets/sheet1.xml").decode()


def test_the_drop_down(tmp_path: Path, made: Report) -> None:
    with ZipFile(written(tmp_path, made)) as archive:
        assert '<formula1>"确认,误报,待核实"</formula1>' in archive.read("xl/worksheets/sheet2.xml").decode()


def test_figures_in_question_are_set_off(tmp_path: Path, made: Report) -> None:
    with ZipFile(written(tmp_path, made)) as archive:
        runs = re.findall(r"<r><rPr>(.*?)</rPr><t[^>]*>([^<]*)</t></r>", archive.read("xl/worksheets/sheet2.xml").decode())
    assert [(text, "<b/>" in look) for look, text in runs] == [
        ("年初预算20万元，实际使用19.87万元，完成率", False),
        ("99.67%", True),
        ("。", False),
    ]


@pytest.mark.parametrize("value", ["9" * 120, "1E+400", "-1E+400"])
def test_a_number_beyond_all_reckoning_is_text(tmp_path: Path, made: Report, value: str) -> None:
    project = made.projects[0]
    assert project.budget is not None
    huge = project.model_copy(update={"budget": project.budget.model_copy(update={"value": value})})
    path = written(tmp_path, made.model_copy(update={"projects": (huge,)}))
    assert Decimal(records(path, "项目一览")[0]["全年预算（元）"]) == Decimal(value)


def test_hostile_units_get_no_number_format(tmp_path: Path, made: Report) -> None:
    first, second = made.findings
    wrong = first.model_copy(update={"stated": '5"&CMD', "expected": '4"&CMD', "formula": None, "claims": ()})
    path = written(tmp_path, made.model_copy(update={"findings": (wrong, second)}))
    assert [records(path)[0][each] for each in ("报告所述", "复算", "差额")] == [5, 4, 1]
    with ZipFile(path) as archive:
        assert "CMD" not in archive.read("xl/styles.xml").decode()


def test_units_that_formulas_cannot_tell_apart_have_one_row(made: Report, tmp_path: Path) -> None:
    units = [made.model_copy(update={"unit": name}) for name in ("ABC水务站", "abc水务站", "ABC\u202e水务站")]
    found = rows(written(tmp_path, *units), "汇总")
    assert [row[:6] for row in found[5:7]] == [["ABC水务站", 2, 2, 0, 2, 4], ["ABC 水务站", 1, 1, 0, 1, 2]]
