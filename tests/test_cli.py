"""The command: streams, exit codes, formats, and one clear line for every bad input."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractor.cli import main

ROOT = Path(__file__).parents[1]

WRONG = """青川区水务站2019年度项目绩效自评报告

一、项目基本情况
项目名称：河堤养护经费
二、资金情况
年初预算20万元，实际使用19.87万元，预算执行率99.67%。
"""
RIGHT = WRONG.replace("99.67", "99.35")


@dataclass
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Extract = Callable[..., Ran]


@pytest.fixture
def extract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Extract:
    """Runs the command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: str) -> Ran:
        code = main(arguments)
        captured = capsysbinary.readouterr()
        return Ran(code, captured.out.decode(), captured.err.decode())

    return run


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    (tmp_path / "错.txt").write_text(WRONG, encoding="utf-8")
    return "错.txt"


@pytest.fixture
def right(tmp_path: Path) -> str:
    (tmp_path / "对.txt").write_text(RIGHT, encoding="utf-8")
    return "对.txt"


def errors(report: dict[str, Any]) -> list[str]:
    return [finding["check"] for finding in report["findings"] if finding["severity"] == "error"]


# --- streams and exit codes


def test_the_table_is_the_result(extract: Extract, wrong: str) -> None:
    ran = extract(wrong)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith("报告 1 份 · 核验 ")
    assert "× 错误  预算执行率计算有误" in ran.out


def test_json_on_stdout_leaves_the_table_on_stderr(extract: Extract, wrong: str) -> None:
    ran = extract(wrong, "--json")
    assert errors(ran.json["reports"][0]) == ["rate-execution-recompute"]
    assert "× 错误  预算执行率计算有误" in ran.err
    assert ran.code == 1


def test_quiet_leaves_the_result_alone(extract: Extract, wrong: str) -> None:
    assert extract(wrong, "--json", "-q").err == ""
    assert extract(wrong, "-q").out.startswith("报告 1 份")


def test_nothing_wrong_is_exit_code_0(extract: Extract, right: str) -> None:
    ran = extract(right, "--json")
    assert (ran.code, errors(ran.json["reports"][0])) == (0, [])


@pytest.mark.parametrize(("level", "code"), [("error", 1), ("warning", 1), ("never", 0)])
def test_fail_on(extract: Extract, wrong: str, level: str, code: int) -> None:
    assert extract(wrong, "--fail-on", level).code == code


def test_the_same_input_gives_the_same_bytes(extract: Extract, wrong: str, right: str) -> None:
    first, second = extract(".", "--json"), extract(".", "--json", "--jobs", "4", "--no-cache")
    assert first.out == second.out
    assert [report["source"]["path"] for report in first.json["reports"]] == [right, wrong]


def test_summary(extract: Extract, wrong: str, right: str, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("x", encoding="utf-8")
    summary = extract(".", "--json").json["summary"]
    assert {name: summary[name] for name in ("documents", "ok", "partial", "failed", "skipped")} == {
        "documents": 2,
        "ok": 2,
        "partial": 0,
        "failed": 0,
        "skipped": 1,
    }
    assert summary["findings"]["error"] == 1
    assert summary["claims"]["inconsistent"] == 1


def test_flags_of_later_work_are_accepted(extract: Extract, right: str) -> None:
    later = ["--jobs=2", "--timeout=9", "--memory=512", "--no-cache", "--cache-dir=c", "--engine=auto"]
    more = ["--retry-failed"]
    assert extract(right, *later, *more).code == 0


# --- formats and files


def test_json_lines(extract: Extract, wrong: str, right: str) -> None:
    lines = extract(wrong, right, "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["source"]["path"] for line in lines] == [wrong, right]


def test_csv(extract: Extract, wrong: str) -> None:
    out = extract(wrong, "--format", "csv", "--select", "rate-execution-recompute").out
    assert out.startswith("\ufeff文件,")
    assert [row[12] for row in csv.reader(io.StringIO(out))] == ["检查代号", "rate-execution-recompute"]


def test_output_to_a_file(extract: Extract, wrong: str) -> None:
    ran = extract(wrong, "--json", "-o", "结果.json")
    assert (ran.code, ran.out) == (1, "")
    assert "结果已写入 结果.json" in ran.err
    assert json.loads(Path("结果.json").read_text(encoding="utf-8"))["summary"]["documents"] == 1


def test_several_formats_into_a_folder(extract: Extract, wrong: str) -> None:
    ran = extract(wrong, "--format", "json,jsonl", "--format", "csv,table", "-o", "new/out")
    assert ran.code == 1
    assert sorted(os.listdir("new/out")) == ["findings.csv", "findings.txt", "report.json", "report.jsonl"]
    assert "× 错误  预算执行率计算有误" in Path("new/out/findings.txt").read_text(encoding="utf-8")


def test_a_table_in_a_file_has_no_colour(extract: Extract, wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    extract(wrong, "-o", "表.txt")
    assert "\x1b" not in Path("表.txt").read_text(encoding="utf-8")


def test_several_formats_need_a_folder(extract: Extract, wrong: str) -> None:
    ran = extract(wrong, "--json", "--format", "csv")
    assert (ran.code, ran.err) == (2, "错误：多个 --format 须配合 -o 文件夹\n")


# --- bad input: a clear line, the right code, a record, and the others untouched


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("空.pdf", b"", "empty", "文件为空"),
        ("假.pdf", "这不是 PDF".encode(), "not_a_pdf", "内容不是 PDF"),
        ("坏.pdf", b"%PDF-1.7\nbroken", "broken", "PDF 已损坏"),
        ("表.docx", b"PK\x03\x04", "broken", "不完整或已损坏"),
    ],
)
def test_a_file_that_cannot_be_read(extract: Extract, right: str, name: str, content: bytes, code: str, said: str) -> None:
    Path(name).write_bytes(content)
    ran = extract(".", "--json")
    by_path = {report["source"]["path"]: report for report in ran.json["reports"]}
    assert (ran.code, by_path[name]["status"], by_path[name]["error"]["code"]) == (3, "failed", code)
    assert by_path[right]["status"] == "ok"
    assert said in ran.err


def test_a_locked_pdf(extract: Extract, right: str) -> None:
    page = Canvas("锁.pdf", encrypt=StandardEncryption("secret"))
    page.drawString(72, 700, "100")
    page.save()
    ran = extract(".", "--json")
    assert (ran.code, [r["error"] and r["error"]["code"] for r in ran.json["reports"]]) == (3, [None, "encrypted"])
    assert "密码" in ran.err


def test_a_pdf_without_text_says_that_it_needs_ocr(extract: Extract, right: str) -> None:
    page = Canvas("扫描.pdf")
    page.drawImage(ImageReader(Image.new("L", (400, 600), 200)), 0, 0, 595, 842)
    page.save()
    ran = extract(".", "--json", "--no-ocr")
    assert (ran.code, [r["error"] and r["error"]["code"] for r in ran.json["reports"]]) == (3, [None, "no_text"])
    assert "OCR" in ran.err


def test_a_bad_file_is_told_on_stderr_where_no_table_is(extract: Extract) -> None:
    Path("空.pdf").write_bytes(b"")
    assert extract("空.pdf", "--json", "-q").err.startswith("错误：空.pdf: 文件为空")


def test_a_missing_path(extract: Extract, right: str) -> None:
    ran = extract("没有.pdf", right, "--json")
    assert ran.code == 2
    assert ran.err.startswith("错误：路径不存在：没有.pdf\n")
    assert [(r["status"], r["error"] and r["error"]["code"]) for r in ran.json["reports"]] == [("failed", "missing"), ("ok", None)]


def test_an_empty_folder(extract: Extract) -> None:
    Path("空").mkdir()
    ran = extract("空", "--json")
    assert (ran.code, ran.json["reports"]) == (3, [])
    assert ran.err.startswith("错误：文件夹中没有报告：空\n")


def test_a_report_without_project(extract: Extract) -> None:
    Path("a.txt").write_text("今年天气很好。\n", encoding="utf-8")
    ran = extract("a.txt", "--json")
    assert (ran.code, ran.json["reports"][0]["status"]) == (0, "ok")
    assert ran.json["summary"]["claims"] == {"consistent": 0, "inconsistent": 0, "not_checkable": 0}


def test_a_failure_of_the_program_is_one_record(extract: Extract, right: str, wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.batch import one

    real = one.load

    def fragile(path: Path, *rest: str) -> Any:
        if path.name == wrong:
            raise RecursionError("deep")
        return real(path, *rest)

    monkeypatch.setattr(one, "load", fragile)
    ran = extract(".", "--json", "--jobs=0", "--no-cache")
    assert ran.code == 3
    assert [(r["status"], r["error"] and r["error"]["code"]) for r in ran.json["reports"]] == [("ok", None), ("failed", "internal_error")]
    assert "Traceback" not in ran.err
    assert "RecursionError: deep" in extract(".", "--debug", "--jobs=0", "--no-cache").err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "请给出报告文件或文件夹"),
        (["a", "--jsn"], "不认识的参数：--jsn"),
        (["a", "--engine", "x"], "参数 --engine 的值 'x' 不可用"),
        (["a", "--limit", "x"], "参数 --limit 的值 'x' 应为不小于 0 的整数"),
        (["a", "--config"], "参数 --config 后面要有一个值"),
        (["a", "--json=1"], "参数 --json 不带值，多出了 '1'"),
        (["a", "--format", "xml"], "没有 xml 这种格式；可用：table, json, jsonl, csv"),
        (["a", "--select", "rate-executon-recompute"], "是否想用 rate-execution-recompute？"),
        (["a", "--config", "no.toml"], "配置文件不存在：no.toml"),
        (["a", "--patterns", "no"], "模式目录不存在"),
        (["a", "--json", "-o", "no/x.json"], "无法写入 no/x.json：没有文件夹 no"),
        (["--explain", "rate-executon"], "没有名为 rate-executon 的检查"),
        (["a", "--jsn", "--lang", "en"], "unrecognized arguments: --jsn"),
        (["--lang", "en"], "name a report or a folder"),
    ],
)
def test_wrong_usage_is_one_line(extract: Extract, arguments: list[str], said: str) -> None:
    ran = extract(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_debug_shows_where_and_keeps_the_exit_code(extract: Extract) -> None:
    ran = extract("a", "--config", "no.toml", "--debug")
    assert ran.code == 2
    assert ran.err.startswith("Traceback ")
    assert ran.err.endswith("错误：配置文件不存在：no.toml\n")


def test_an_unknown_setting(extract: Extract, right: str) -> None:
    Path("extract.toml").write_text("limt = 3", encoding="utf-8")
    ran = extract(right)
    assert (ran.code, ran.out) == (2, "")
    assert "有未知的设置 limt；是否想写 limit？" in ran.err


def test_an_unknown_profile(extract: Extract, right: str) -> None:
    Path("extract.toml").write_text('[checks]\ngrade_profile = "x"', encoding="utf-8")
    ran = extract(right)
    assert ran.code == 2
    assert ran.err.startswith("错误：设置 checks.grade_profile 没有 x 这一种；可用：central, ")


@pytest.mark.parametrize(
    ("regex", "example", "said"),
    [("(", "[{ text = 'x', match = 'x' }]", "正则"), ("x", "[]", "例")],
    ids=["broken regex", "no example"],
)
def test_a_broken_pattern_pack(extract: Extract, right: str, regex: str, example: str, said: str) -> None:
    Path("own").mkdir()
    pack = f"[[pattern]]\nname = 'own-one'\ntitle = '自定'\nregex = '{regex}'\nexamples = {example}\n"
    pack += "counter = [{ text = 'y', reason = 'z' }]\n"
    Path("own/own.toml").write_text(pack, encoding="utf-8")
    ran = extract(right, "--patterns", "own")
    assert (ran.code, ran.out) == (2, "")
    assert "own.toml" in ran.err
    assert said in ran.err


def test_an_unwritable_folder(extract: Extract, right: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    ran = extract(right, "--json", "-o", "x.json")
    assert (ran.code, ran.out, ran.err) == (2, "", "错误：无法写入 x.json：Permission denied\n")


@pytest.mark.parametrize(
    "arguments", [("--json", "-o", "x" * 300), ("--format", "json,csv", "-o", "x" * 300 + "/"), ("--verdicts", "x" * 300)]
)
def test_a_path_that_the_system_refuses(extract: Extract, right: str, arguments: tuple[str, ...]) -> None:
    ran = extract(right, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err in (f"错误：无法{words}{'x' * 300}：File name too long\n" for words in ("使用路径 ", "写入 "))


def test_a_table_in_a_file_holds_every_finding(extract: Extract, tmp_path: Path) -> None:
    Path("a.txt").write_text(WRONG, encoding="utf-8")
    extract("a.txt", "--format", "table", "-o", "t.txt", "--limit", "0", "-q")
    assert "--limit" not in Path("t.txt").read_text(encoding="utf-8")
    assert "--limit 1" in extract("a.txt", "--limit", "0").out


def test_an_output_that_is_a_folder_of_another_kind(extract: Extract, right: str) -> None:
    Path("file").write_text("x", encoding="utf-8")
    ran = extract(right, "--format", "json,csv", "-o", "file")
    assert (ran.code, ran.err) == (2, "错误：-o file 是文件，此处须为文件夹\n")


def test_an_output_never_replaces_an_input(extract: Extract, right: str) -> None:
    ran = extract(right, "--json", "-o", right)
    assert (ran.code, ran.err) == (2, f"错误：输出文件 {right} 也是输入文件，未予覆盖\n")
    assert Path(right).read_text(encoding="utf-8") == RIGHT


WAITS = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background of a shell inherits it ignored
import extractor.batch.one as one
from extractor.cli import main

def wait(*_):
    print("reading", flush=True)
    sys.stdin.read()

one.load = wait
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="interrupts are sent in another way there")
@pytest.mark.parametrize("output", ["r.json", "results/of/may/"])
def test_ctrl_c_leaves_no_half_written_file(tmp_path: Path, output: str) -> None:
    command = [sys.executable, "-c", WAITS, str(tmp_path / "a.txt"), "--json", "-o", f"{tmp_path}/{output}"]
    (tmp_path / "a.txt").write_text(RIGHT, encoding="utf-8")
    run = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    assert run.stdout
    assert run.stdout.readline() == b"reading\n"
    assert len(os.listdir(tmp_path)) == 2
    run.send_signal(signal.SIGINT)
    _, err = run.communicate()
    assert (run.returncode, err.decode()) == (130, "错误：已中断，未写出结果\n")
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_reader_that_goes_away(tmp_path: Path) -> None:
    """`extract … | head` ends quietly."""
    (tmp_path / "a.txt").write_text(WRONG, encoding="utf-8")
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "extractor", str(tmp_path / "a.txt"), "--json", "-q"]
    run = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, cwd=ROOT)
    os.close(write)
    assert run.stderr == b""


# --- languages, encodings, help


def test_a_gbk_console(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WRONG + "满意度≥90%✓，㎡\n", encoding="utf-8")
    command = [sys.executable, "-m", "extractor", str(tmp_path / "a.txt"), "-v"]
    run = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "gbk"}, cwd=ROOT)
    assert (run.returncode, run.stderr) == (1, b"")
    assert "× 错误  预算执行率计算有误" in run.stdout.decode("gbk")


def test_json_is_utf8_whatever_the_console(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WRONG, encoding="utf-8")
    command = [sys.executable, "-m", "extractor", str(tmp_path / "a.txt"), "--json"]
    run = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "gbk"}, cwd=ROOT)
    assert json.loads(run.stdout.decode())["reports"][0]["year"] == "2019"


def test_english(extract: Extract, wrong: str) -> None:
    ran = extract(wrong, "--lang", "en")
    assert ran.out.startswith("1 document · ")
    assert "  × error  " in ran.out


def test_the_settings_file_sets_the_language(extract: Extract, wrong: str) -> None:
    Path("extract.toml").write_text('language = "en"', encoding="utf-8")
    assert extract(wrong).out.startswith("1 document · ")


def test_help_in_both_languages(extract: Extract) -> None:
    chinese, english = extract("--help"), extract("--help", "--lang", "en")
    assert (chinese.code, english.code) == (0, 0)
    assert chinese.out.startswith("用法：extract 路径… [选项]\n")
    assert english.out.startswith("Usage: extract PATH… [options]\n")
    assert [word for word in ("usage", "positional", "show this") if word in chinese.out.lower()] == []
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in english.out)


def test_help_needs_no_heavy_import() -> None:
    """What keeps `extract --help` under 0.2 s."""
    program = "import sys; sys.argv = ['extract', '--help']\nfrom extractor.cli import main; main()\nprint(*sys.modules, file=sys.stderr)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=ROOT, check=True)
    loaded = set(run.stderr.decode().split())
    assert loaded & {"pydantic", "pdfplumber", "pdfminer", "jieba", "regex", "extractor.pipeline", "extractor.check"} == set()


def test_version_schema_list_explain(extract: Extract) -> None:
    assert extract("--version").out == "extract 0.1.0\n"
    assert extract("--schema").json["properties"]["schema_version"]["default"] == "1.0"
    assert "rate-execution-recompute" in extract("--list-checks").out
    explained = extract("--explain", "rate-execution-recompute")
    assert explained.out.startswith("rate-execution-recompute  预算执行率计算有误  错误\n")
