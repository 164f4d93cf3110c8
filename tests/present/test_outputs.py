"""Files and machine formats: what is written, and what is left when writing fails."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest

from extractor.model.report import Report, Summary
from extractor.present.as_csv import Csv, guarded
from extractor.present.as_json import Json
from extractor.present.as_jsonl import JsonLines
from extractor.present.failed import failed
from extractor.present.files import replacing
from extractor.present.printable import printable


def rows(reports: list[Report]) -> list[list[str]]:
    stream = io.BytesIO()
    table = Csv(stream, "zh")
    for report in reports:
        table.add(report)
    table.end(Summary())
    assert stream.getvalue().startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"), newline="")))


def test_csv_has_one_finding_a_row(made: Report) -> None:
    head, first, second = rows([made])
    assert head[14:] == ["复核意见", "复核人", "复核日期", "复核说明", "往年意见", "往年说明"]
    assert head[:14] == [
        "文件",
        "单位",
        "年度",
        "项目",
        "程度",
        "检查",
        "说明",
        "报告所述",
        "复算",
        "算式",
        "页",
        "原文",
        "检查代号",
        "编号",
    ]
    assert first == [
        "corpus/青川.pdf",
        "青川区水务站",
        "2019",
        "河堤养护经费",
        "错误",
        "预算执行率计算有误",
        "所述 99.67%，复算应为 99.35%。",
        "99.67%",
        "99.35%",
        "19.87万元 ÷ 20万元 = 99.35%",
        "3",
        "年初预算20万元，实际使用19.87万元，完成率99.67%。",
        "rate-execution-recompute",
        "f1",
        *[""] * 6,
    ]
    assert second[4] == "提示"


def test_csv_lists_what_could_not_be_read() -> None:
    _, row = rows([failed(Path("锁.pdf"), "encrypted", "文件加了密码", "zh")])
    assert row == ["锁.pdf", "", "", "", "未能读取", "", "文件加了密码", "", "", "", "", "", "encrypted", *[""] * 7]


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "\tx", "\rx"])
def test_csv_cells_are_never_formulas(cell: str) -> None:
    assert guarded(cell) == "'" + printable(cell)


@pytest.mark.parametrize("cell", ["  =1", "\n=1", "\u3000＝1+1", "＋1+1", "－2＋3", "＠SUM", "\ufeff=1", "\u202e\u200b@x", "\x00-x"])
def test_csv_cells_are_no_formulas_behind_what_is_not_seen(cell: str) -> None:
    assert guarded(cell) == "'" + printable(cell)


def test_csv_gives_no_commands_to_a_terminal() -> None:
    assert guarded("a\x1b]8;;x\x07\u202eb\r\nc\x9b") == "a?]8;;x??b\nc?"


@pytest.mark.parametrize("cell", ["99.67%", "-3.2%", "+5", "a=b", ""])
def test_csv_leaves_figures_alone(cell: str) -> None:
    assert guarded(cell) == cell


def test_json_of_no_report_is_an_object() -> None:
    stream = io.BytesIO()
    Json(stream, "1").end(Summary())
    assert json.loads(stream.getvalue())["reports"] == []


def test_json_keeps_the_order_of_reports_and_keys(made: Report) -> None:
    stream = io.BytesIO()
    out = Json(stream, "9.9")
    other = failed(Path("锁.pdf"), "encrypted", "文件加了密码", "zh")
    for report in (other, made):
        out.add(report)
    out.end(Summary(documents=2, ok=1, failed=1))
    printed = json.loads(stream.getvalue())
    assert list(printed) == ["schema_version", "tool", "reports", "summary"]
    assert printed["tool"] == {"name": "extractor", "version": "9.9"}
    assert [report["source"]["path"] for report in printed["reports"]] == ["锁.pdf", "corpus/青川.pdf"]
    assert printed["summary"]["failed"] == 1


def test_json_lines(made: Report) -> None:
    stream = io.BytesIO()
    out = JsonLines(stream)
    out.add(made)
    out.add(made)
    out.end(Summary())
    assert [json.loads(line)["unit"] for line in stream.getvalue().splitlines()] == ["青川区水务站"] * 2


def test_a_file_appears_whole(tmp_path: Path) -> None:
    path = tmp_path / "结果.json"
    with replacing(path) as stream:
        stream.write(b"{}")
        assert not path.exists()
    assert path.read_bytes() == b"{}"
    assert os.listdir(tmp_path) == ["结果.json"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ValueError])
def test_an_interrupted_file_leaves_the_old_one(tmp_path: Path, stop: type[BaseException]) -> None:
    path = tmp_path / "结果.json"
    path.write_bytes(b"old")

    def write_half() -> None:
        with replacing(path) as stream:
            stream.write(b"half")
            raise stop

    with pytest.raises(stop):
        write_half()
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["结果.json"]


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"")
    path.chmod(0o640)
    with replacing(path) as stream:
        stream.write(b"x")
    assert path.stat().st_mode & 0o777 == 0o640


def test_failed_reports_carry_the_digest_of_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"")
    made = failed(path, "empty", "文件是空的", "en")
    assert made.source.sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert made.error
    assert made.error.message == "the file is empty"
    assert failed(tmp_path / "b.pdf", "missing", "文件不存在", "zh").source.sha256 is None


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "out"
    os.mkfifo(pipe)
    handle = os.open(pipe, os.O_RDWR)
    try:
        with replacing(pipe) as stream:
            stream.write(b"{}")
        assert os.read(handle, 10) == b"{}"
    finally:
        os.close(handle)
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]
