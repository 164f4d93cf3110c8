"""What people see: no commands to the terminal, and a report read in part is never shown as clean."""

from __future__ import annotations

import csv
import io

import pytest
from rich.console import Console

from extractor.model.report import ClaimCounts, FindingCounts, Note, Report, SourceFile, Summary
from extractor.present.as_csv import Csv
from extractor.present.printable import printable
from extractor.present.terminal import Terminal, View

NOTE = Note(code="no_text_page", page=2, message="第 2 页没有文字层（扫描图像），需要文字识别（OCR）")


def report(path: str, status: str = "ok", notes: tuple[Note, ...] = ()) -> Report:
    return Report.model_validate({"source": SourceFile(path=path, sha256=None, media_type=None, pages=3), "status": status, "notes": notes})


def table(*reports: Report) -> str:
    stream = io.StringIO()
    terminal = Terminal(Console(file=stream, width=100, color_system=None), View())
    for one in reports:
        terminal.add(one)
    terminal.end(Summary(documents=len(reports), ok=len(reports), partial=0, failed=0, findings=FindingCounts(), claims=ClaimCounts()))
    return stream.getvalue()


@pytest.mark.parametrize("command", ["\x1b]0;title\x07", "\x1b[2J", "\x9b31m", "\u202e"])
def test_a_file_name_gives_the_terminal_no_command(command: str) -> None:
    shown = table(report(f"a{command}b.txt"))
    assert not set(command) & set("\x1b\x07\x9b\u202e") & set(shown)
    assert "?" in shown
    assert len(printable(command)) == len(command)


def test_a_report_read_in_part_is_not_among_the_clean_ones() -> None:
    shown = table(report("whole.pdf"), report("part.pdf", "partial", (NOTE,)))
    clean = shown.split("未发现疑点 1 份")[1]
    assert "whole.pdf" in clean
    assert "part.pdf" not in clean
    assert NOTE.message in shown


def test_a_report_read_in_part_has_a_row() -> None:
    stream = io.BytesIO()
    sheet = Csv(stream, "zh")
    sheet.add(report("part.pdf", "partial", (NOTE,)))
    rows = list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"))))
    assert rows[1][0] == "part.pdf"
    assert rows[1][4] == "部分读取"
    assert rows[1][6] == NOTE.message
    assert rows[1][12] == "no_text_page"
    assert len(rows[1]) == len(rows[0])
