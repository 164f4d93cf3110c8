"""The table, line by line, at the widths and in the encodings that people have."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from extractor.batch.tally import Tally
from extractor.model.report import Decision, Finding, Report
from extractor.present.canvas import Canvas
from extractor.present.failed import failed
from extractor.present.terminal import Terminal, View

LOCKED = failed(Path("corpus/锁.pdf"), "encrypted", "文件加了密码，请先解除密码", "zh")


PLAIN = View()


def shown(reports: list[Report], view: View = PLAIN, width: int = 80, encoding: str = "utf-8", **console: bool) -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding, newline="\n")
    tally = Tally()
    terminal = Terminal(Console(file=stream, width=width, **console), view)
    for report in reports:
        tally.add(report)
        terminal.add(report)
    terminal.end(tally.summary)
    stream.flush()
    return stream.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]


def decided(made: Report, place: int, **decision: str) -> Report:
    """The same report with a decision on one of its findings."""
    kept = {"verdict": "false_alarm", "reviewer": "张三", "date": "2026-03-05", "reason": "口径不同", **decision}
    findings = list(made.findings)
    findings[place] = findings[place].model_copy(update={"decision": Decision.model_validate(kept)})
    return made.model_copy(update={"findings": tuple(findings)})


def test_false_alarms_have_a_section_of_their_own(made: Report) -> None:
    assert shown([decided(decided(made, 0), 1, reason="\n" + "长" * 300)]).splitlines() == [
        "报告 1 份 · 核验 3 处：一致 1，不一致 1，无法核验 1",
        "未发现疑点 · 误报 2 条，不计",
        "",
        "误报 2 条（经复核，列而不计）",
        "  · 预算执行率计算有误  99.67%  河堤养护经费",
        "    corpus/青川.pdf                                                           f1",
        "    误报  张三 2026-03-05：口径不同",
        "  · 扣分无说明",
        "    corpus/青川.pdf                                                           f2",
        "    误报  张三 2026-03-05：" + "长" * 26,
        *["    " + "长" * 38] * 4,
        "    " + "长" * 22 + "…",
    ]


def test_ids_where_they_are_wanted(made: Report) -> None:
    lines = shown([made], View(has_ids=True)).splitlines()
    assert "  × 错误  预算执行率计算有误                                           第3页  f1" in lines
    assert "  · 提示  扣分无说明                                                   第4页  f2" in lines


def test_false_alarms_in_english_beyond_the_limit(made: Report) -> None:
    lines = shown([decided(decided(made, 0), 1)], View("en", 1)).splitlines()
    assert lines[1] == "no findings · 2 false alarms not counted"
    assert lines[-1] == "  and 1 more"


def test_at_80_columns(made: Report) -> None:
    assert shown([made, LOCKED]).splitlines() == [
        "报告 2 份 · 核验 3 处：一致 1，不一致 1，无法核验 1 · 未能读取 1 份",
        "疑点 2 条：错误 1，警告 0，提示 1",
        "",
        "corpus/青川.pdf                                                             4 页",
        "青川区水务站项目绩效自评报告 · 2019 年度",
        "核验 3 处：一致 1，不一致 1，无法核验 1",
        "─" * 80,
        "",
        "河堤养护经费",
        "",
        "  × 错误  预算执行率计算有误                                               第3页",
        "    所述 99.67%，复算应为 99.35%。",
        "    所述  99.67%",
        "    复算  99.35%",
        "    算式  19.87万元 ÷ 20万元 = 99.35%",
        "    原文  年初预算20万元，实际使用19.87万元，完成率【99.67%】。",
        "",
        "提示 1 条",
        "",
        "  · 提示  扣分无说明                                                       第4页",
        "    得分低于满分，未说明扣分原因。",
        "    原文  自评总分95分",
        "",
        "未能读取 1 份",
        "  ■ corpus/锁.pdf",
        "    文件加了密码，请先解除密码",
    ]


def test_wide_screens_show_the_quote_beside_the_arithmetic(made: Report) -> None:
    lines = shown([made], width=160).splitlines()
    assert "    所述 99.67%，复算应为 99.35%。" + " " * 42 + "原文  年初预算20万元，实际使用19.87万元，完成率【99.67%】。" in lines


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 80, 119, 120, 160])
def test_no_line_is_wider_than_the_screen(made: Report, width: int, language: str) -> None:
    lines = shown([made, LOCKED], View(language, verbose=True), width).splitlines()
    assert [line for line in lines if cell_len(line) > width] == []


def test_colour_marks_the_figure_in_question(made: Report) -> None:
    text = shown([made], force_terminal=True)
    assert "\x1b[1;30;43m99.67%\x1b[0m" in text
    assert "【" not in text


def test_no_colour_without_a_terminal(made: Report) -> None:
    assert "\x1b" not in shown([made])


def test_no_color_is_honoured(made: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    text = shown([made], force_terminal=True)
    assert "【99.67%】" in text
    assert "\x1b[1;30;43m" not in text


def test_gbk_consoles_have_every_glyph(made: Report) -> None:
    text = shown([made, LOCKED], View(verbose=True), encoding="gbk")
    assert "× 错误" in text
    assert "√ 等级" in text
    assert "-" * 80 in text
    assert "─" not in text


def test_glyphs_have_stand_ins() -> None:
    plain = Canvas(80, False, "ascii", "en")
    names = ("error", "warning", "info", "failed", "good", "more")
    assert [plain.glyph(name) for name in names] == ["x", "!", "-", "#", "v", "..."]


def test_verbose_adds_what_holds_and_what_could_not_be_checked(made: Report) -> None:
    lines = shown([made], View(verbose=True)).splitlines()
    assert lines[lines.index("一致 1 处") :] == [
        "一致 1 处",
        "  河堤养护经费",
        "    √ 等级  优  95分 → 优                                                  第4页",
        "",
        "无法核验 1 处",
        "    ? 比率  100%  报告未给出执行数",
    ]
    assert "一致 1 处" not in shown([made]).splitlines()


def test_notes_come_after_the_errors_of_every_project(made: Report) -> None:
    error, note = made.findings
    text = shown([made.model_copy(update={"findings": (note, error.model_copy(update={"project": None}), error)})])
    assert [line for line in text.splitlines() if line in ("全文", "河堤养护经费", "提示 1 条")] == ["全文", "河堤养护经费", "提示 1 条"]


def test_a_quote_that_is_all_figure_is_not_marked(made: Report) -> None:
    finding = made.findings[0]
    evidence = finding.evidence[0].model_copy(update={"quote": "99.67%。"})
    finding = finding.model_copy(update={"evidence": (evidence,), "highlights": ((0, 0, 6),)})
    assert "    原文  99.67%。" in shown([made.model_copy(update={"findings": (finding,)})]).splitlines()


def test_the_limit_keeps_the_worst(made: Report) -> None:
    text = shown([made], View(limit=1))
    assert "预算执行率计算有误" in text
    assert "扣分无说明" not in text
    assert text.splitlines()[-1] == "另有 1 条疑点未列出；--limit 2 可全部列出"


def test_the_worst_document_comes_first(made: Report) -> None:
    mild = made.model_copy(update={"findings": made.findings[1:], "source": made.source.model_copy(update={"path": "a.pdf"})})
    text = shown([mild, made])
    assert text.index("corpus/青川.pdf") < text.index("a.pdf")


def test_a_report_without_findings_is_named(made: Report) -> None:
    text = shown([made.model_copy(update={"findings": ()})])
    assert text.splitlines()[1:] == [
        "未发现疑点",
        "",
        "未发现疑点 1 份",
        "  √ corpus/青川.pdf                                 一致 1，不一致 1，无法核验 1",
    ]


def test_a_long_path_leaves_the_counts_to_the_next_line(made: Report) -> None:
    source = made.source.model_copy(update={"path": "reports/" + "x" * 60 + ".pdf"})
    text = shown([made.model_copy(update={"findings": (), "source": source})])
    assert text.splitlines()[-2:] == [f"  √ {source.path}", " " * 52 + "一致 1，不一致 1，无法核验 1"]


def test_silence_is_not_a_pass() -> None:
    """A run that read nothing does not say that nothing was found."""
    assert shown([LOCKED]).splitlines()[:2] == ["报告 1 份 · 没有可核验的数 · 未能读取 1 份", "未读取任何报告，没有结论"]


def test_in_english(made: Report) -> None:
    lines = shown([made, LOCKED], View("en")).splitlines()
    assert lines[:2] == [
        "2 documents · 3 claims checked: consistent 1, inconsistent 1, not checkable 1 ·",
        "1 unreadable",
    ]
    assert "    recomputed  99.35%" in lines


def test_long_quotes_are_cut_around_the_figure(made: Report) -> None:
    long = "甲" * 200 + "99.67%" + "乙" * 200
    finding: Finding = made.findings[0]
    evidence = finding.evidence[0].model_copy(update={"quote": long})
    finding = finding.model_copy(update={"evidence": (evidence,), "highlights": ((0, 200, 206),)})
    text = shown([made.model_copy(update={"findings": (finding,)})])
    assert "【99.67%】" in text.replace("\n          ", "")
    assert (text.count("甲"), text.count("乙")) == (57, 57)
