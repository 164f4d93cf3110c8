"""The command line as data: every option with its help in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from extractor.command.formats import listed

Both = tuple[str, str]
"""The same in Chinese and in English."""


@dataclass(frozen=True, slots=True)
class Option:
    """One argument: its flags, its help, the name of its value, and further parameters of argparse."""

    flags: str
    zh: str
    en: str
    metavar: Both | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


def flag(flags: str, zh: str, en: str) -> Option:
    """An option without a value."""
    return Option(flags, zh, en, None, {"action": "store_true"})


def count(text: str) -> int:
    """A whole number, 0 or more; ValueError otherwise.

    >>> count("20")
    20
    """
    if not text.isascii() or not text.isdigit():
        raise ValueError(text)
    return int(text)


FILE, FOLDER, LIST = ("文件", "FILE"), ("文件夹", "FOLDER"), ("名称", "NAMES")
NUMBER, SECONDS = ("数", "N"), ("秒", "SECONDS")
MANY = {"action": "append"}
COUNT = {"type": count}

INPUT = (
    Option(
        "paths",
        "报告文件、压缩包（ZIP）、邮件（EML），或存放这些的文件夹（含其下各级文件夹）",
        "reports, archives (ZIP), mails (EML), or folders of them (with all folders below them)",
        ("路径", "PATH"),
        {"nargs": "*"},
    ),
    Option(
        "--config",
        "配置文件；不给时用第一个路径及其上级文件夹中的 extract.toml",
        "settings; without it the extract.toml at or above the first path",
        FILE,
    ),
    Option(
        "--units",
        "应报单位名单（txt 每行一个，csv 取第一列）；底稿（xlsx）的“覆盖情况”表列出未报的单位",
        "units expected to file (txt: one a line, csv: first column); the working paper (xlsx) lists those that did not",
        FILE,
    ),
    Option("--patterns", "另加自己的模式包；可多次给出", "a pattern pack of your own; may be repeated", FOLDER, MANY),
    Option(
        "--engine",
        "读取 PDF 的引擎：fast（pdfium）、reference（pdfplumber），或 auto（默认：先 fast，它不读的页和文件用 reference）",
        "engine that reads PDF: fast (pdfium), reference (pdfplumber), or auto (default: fast, reference for what it leaves)",
        ("引擎", "ENGINE"),
        {"choices": ("auto", "fast", "reference")},
    ),
    flag("--no-ocr", "不做文字识别（OCR）：扫描页和图像只注明", "no OCR: pages that are pictures are only noted"),
)

OUTPUT = (
    flag("--json", "输出 JSON，同 --format json；表格改到标准错误", "print JSON, as --format json; the table goes to stderr"),
    Option(
        "--format",
        f"{listed()[0]}；多个用逗号隔开，并以 -o 指定文件夹",
        f"{listed()[1]}; several, separated by commas, need -o FOLDER",
        ("格式", "FORMAT"),
        MANY,
    ),
    Option("-o --output", "结果写入此文件或文件夹", "write the result to this file or folder", ("文件|文件夹", "FILE|FOLDER")),
    Option(
        "--split-by",
        "底稿（xlsx）按单位 unit 或年度 year 各成一个文件，写入 workpapers；按单位时网页（html）也分开",
        "one workbook (xlsx) for each unit or year, in the folder workpapers; by unit the page (html) is split too",
        ("unit|year",) * 2,
        {"choices": ("unit", "year")},
    ),
    flag("--force", "覆盖不是本工具所写、或写出后改动过的文件", "overwrite files that others wrote or changed"),
    Option("--limit", "表格至多列出多少条疑点（默认 200）", "at most so many findings in the table (default 200)", NUMBER, COUNT),
    Option("--lang", "语言：zh 中文（默认）、en 英文", "language: zh (default) or en", ("语言", "LANG"), {"choices": ("zh", "en")}),
    flag("-v --verbose", "还列出核验一致的和无法核验的，并说明原因", "also what holds and what could not be checked, and why"),
    flag("-q --quiet", "只输出结果，标准错误上只留出错信息", "the result only; nothing but errors on stderr"),
    flag("--debug", "出错时显示详细的调用过程", "show tracebacks"),
)

CHECKING = (
    Option("--select", "只做这些检查（名称或类别，用逗号隔开）", "only these checks (names or families, comma-separated)", LIST, MANY),
    Option("--ignore", "不做这些检查", "not these checks", LIST, MANY),
    Option(
        "--fail-on",
        "从哪一程度的疑点起以 1 退出：error（默认）、warning、never",
        "exit with 1 from this severity on: error (default), warning, never",
        ("程度", "LEVEL"),
        {"choices": ("error", "warning", "never")},
    ),
    Option(
        "--verdicts",
        "复核过的底稿（xlsx）：误报照列而不计数；可多次给出",
        "a reviewed workbook (xlsx): false alarms are listed but not counted; may be repeated",
        FILE,
        MANY,
    ),
    Option(
        "--baseline",
        "复核意见文件（TOML），适用于本次；--verdicts 的意见并入其中",
        "file of decisions (TOML) to apply; those of --verdicts are added to it",
        FILE,
    ),
)

RUNNING = (
    Option(
        "--jobs",
        "同时读取多少份文件（默认同处理器核数；0 不另起进程，也不设时限）",
        "files read at once (default: cores; 0: in this process, without limits)",
        NUMBER,
        COUNT,
    ),
    Option("--timeout", "每份文件的时限（默认 120 秒）", "time limit for a file (default 120 s)", SECONDS, COUNT),
    Option("--memory", "每份文件可用的内存（默认 1024 MB）", "memory a file may take, in MB (default 1024)", NUMBER, COUNT),
    flag("--no-cache", "不用缓存，全部重做", "without the cache: read everything anew"),
    Option("--cache-dir", "缓存文件夹（默认在系统的缓存目录中）", "folder of the cache (default: where the system keeps caches)", FOLDER),
    flag("--retry-failed", "上次未能读取的重做，其余取自缓存", "read anew what failed last time, the rest from the cache"),
)

ABOUT = (
    Option("--explain", "说明一项检查：查什么、依据、如何判断", "what a check looks for, why, and when it errs", ("名称", "NAME")),
    flag("--list-checks", "列出全部检查", "list all checks"),
    flag("--schema", "输出 JSON 的结构定义（JSON Schema）", "print the JSON Schema of the output"),
    flag(
        "--doctor",
        "列出已装和未装的组件、缺少的影响和安装命令",
        "list what is installed, what is missing, what that costs, how to install it",
    ),
    flag("--version", "显示版本", "show the version"),
    Option("-h --help", "显示本说明", "show this help", None, {"action": "help"}),
)

GROUPS: tuple[tuple[Both, tuple[Option, ...]], ...] = (
    (("输入", "Input"), INPUT),
    (("输出", "Output"), OUTPUT),
    (("核验", "Checking"), CHECKING),
    (("运行", "Running"), RUNNING),
    (("其他", "About"), ABOUT),
)

USAGE = ("extract 路径… [选项]", "extract PATH… [options]")

DESCRIPTION = (
    "读取绩效自评报告，复算其中的数，列出对不上的地方：出处、原文、算式。",
    "Reads budget-performance self-evaluation reports, re-derives their figures and shows what does not hold: "
    "where, in which words, by which arithmetic.",
)

EPILOG = (
    "退出码：0 无疑点；1 有疑点；2 用法、配置或路径有误；3 有文件未能读取，或没有找到文件；130 中断。",
    "Exit codes: 0 nothing found; 1 findings; 2 wrong usage, settings or path; 3 a file could not be read, or none was found; "
    "130 interrupted.",
)
