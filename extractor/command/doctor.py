"""`extract --doctor`: what is there, what is missing, what that costs and how it is installed. Nothing of it is imported or run."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.text import Text

from extractor import __version__
from extractor.adapters.libreoffice import Office, installed
from extractor.batch.cache import NAME, default_folder
from extractor.batch.options import MEMORY, PICTURE_MEMORY
from extractor.present.canvas import STYLES, Canvas, labelled
from extractor.present.printable import printable

BROKEN = 1
"""Exit code where the core itself lacks something."""
LABEL = 16

Both = tuple[str, str]

CORE = {
    "pdfplumber>=0.11": "pdfplumber",
    "pypdfium2>=5": "pypdfium2",
    "pikepdf>=9": "pikepdf",
    "lxml>=5": "lxml",
    "pypdf>=6": "pypdf",
    "jieba>=0.42.1": "jieba",
    "regex>=2024.4": "regex",
    "pydantic>=2.7": "pydantic",
    "rich>=13.7": "rich",
    "rich-argparse>=1.5": "rich_argparse",
    "XlsxWriter>=3.2": "xlsxwriter",
    "Jinja2>=3.1": "jinja2",
    "MarkupSafe>=2.1": "markupsafe",
    "Pillow>=10": "PIL",
    "python-calamine>=0.3": "python_calamine",
    "xlrd>=2.0.1": "xlrd",
}
"""What the package requires, each with the module that shows it is there."""

EXTRAS: dict[str, dict[str, str]] = {
    "office": {},
    "ocr": {"rapidocr>=3.10,<4": "rapidocr", "onnxruntime>=1.20": "onnxruntime", "numpy>=1.26": "numpy"},
    "ofd": {},
    "data": {"pyarrow>=17": "pyarrow", "duckdb>=1.1": "duckdb"},
}
"""The same for the extras; one without packages needs nothing but the core."""

USES: dict[str, Both] = {
    "core": ("PDF、Word、Excel、网页、文本、压缩包、邮件；各种输出", "PDF, Word, Excel, web pages, text, archives, mails; all outputs"),
    "office": ("Word、Excel，随核心安装", "Word and Excel; comes with the core"),
    "ocr": ("扫描件和图像的文字识别（OCR）", "scans and pictures (OCR)"),
    "ofd": ("OFD，随核心安装", "OFD; comes with the core"),
    "data": ("输出 parquet、duckdb", "the outputs parquet and duckdb"),
}
COSTS: dict[str, Both] = {
    "core": ("程序不能工作", "the program does not work"),
    "office": ("不能读取部分 Office 文件", "some office files cannot be read"),
    "ocr": ("扫描页和图像不能识读，只注明 no_text", "pages that are pictures are not read, only noted (no_text)"),
    "ofd": ("不能读取 OFD", "OFD cannot be read"),
    "data": ("不能输出 parquet、duckdb", "no output as parquet or duckdb"),
}
OFFICE: Both = ("doc、wps、rtf、odt 等旧版和其他 Office 文件", "old and foreign office files: doc, wps, rtf, odt and others")
NO_OFFICE: Both = (
    "缺；doc、wps、rtf、odt 等不能读取，各记一条 needs_libreoffice",
    "missing: doc, wps, rtf, odt and others are not read; each is a record needs_libreoffice",
)
PARTS: tuple[tuple[str, Both], ...] = (
    ("writer", ("文字（doc、wps、rtf、odt）", "Writer (doc, wps, rtf, odt)")),
    ("calc", ("表格（ods、xlsb、Excel 2003 XML）", "Calc (ods, xlsb, Excel 2003 XML)")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing: its sign (good, failed, info), its name, what is to be told, and the command that installs it."""

    sign: str
    name: Both
    text: Both
    command: str = ""


def doctor(options: Namespace, language: str) -> int:
    """Print what is there and what is not; 0 where the core is whole."""
    console = Console()
    has_colour = bool(console.color_system) and not console.no_color
    canvas = Canvas(console.width, has_colour, console.encoding, language)
    for row in rows(Path(options.cache_dir) if options.cache_dir else default_folder()):
        head = Text.assemble((canvas.glyph(row.sign), STYLES[row.sign]), " ", canvas.either(row.name))
        lines = labelled(head, Text(printable(canvas.either(row.text))), LABEL, console.width)
        # a command is copied: it is never broken into lines
        for line in [*lines, *([Text(" " * LABEL + row.command)] if row.command else [])]:
            console.print(line, no_wrap=True, overflow="ignore", crop=False, highlight=False)
    return BROKEN if missing(CORE) else 0


def rows(cache: Path) -> Iterator[Row]:
    python = f"{platform.python_version()} ({sys.executable or '?'})"
    yield Row("good", ("程序", "program"), (f"extract {__version__}，Python {python}", f"extract {__version__}, Python {python}"))
    yield _packages("core", ("核心", "core"), CORE)
    for name, packages in EXTRAS.items():
        yield _packages(name, (f"[{name}]", f"[{name}]"), packages)
    yield _office(installed())
    yield Row("info", ("字体", "fonts"), ("不需要", "none needed"))
    yield _cache(cache)
    yield _room()
    yield _memory()


def missing(packages: dict[str, str]) -> list[str]:
    """The requirements that are not there."""
    return [requirement for requirement, module in packages.items() if find_spec(module) is None]


def _packages(key: str, name: Both, packages: dict[str, str]) -> Row:
    lacking = missing(packages)
    if lacking:
        names = ", ".join(map(_bare, lacking))
        told = f"缺 {names}；{COSTS[key][0]}", f"missing {names}: {COSTS[key][1]}"
        return Row("failed", name, told, _pip(lacking))
    shown = list(packages)[:6]
    versions = ", ".join(f"{_bare(each)} {_version(each)}" for each in shown) + ("…" if len(packages) > len(shown) else "")
    return Row("good", name, (f"{USES[key][0]}{f'（{versions}）' * bool(versions)}", f"{USES[key][1]}{f' ({versions})' * bool(versions)}"))


def _pip(requirements: Sequence[str]) -> str:
    return " ".join([f'"{sys.executable or "python"}" -m pip install', *(f'"{each}"' for each in requirements)])


def _bare(requirement: str) -> str:
    """The name of a requirement without its versions.

    >>> _bare("rapidocr>=3.10,<4")
    'rapidocr'
    """
    return requirement.partition(">")[0]


def _version(requirement: str) -> str:
    try:
        return metadata.version(_bare(requirement))
    except metadata.PackageNotFoundError:
        return "?"


def _office(office: Office | None) -> Row:
    name = "LibreOffice", "LibreOffice"
    if office is None:
        return Row("failed", name, NO_OFFICE, _install("libreoffice-writer libreoffice-calc"))
    where = f"{office.version or '?'} ({office.program})"
    if office.parts is None:
        return Row("good", name, (f"{where}；{OFFICE[0]}", f"{where}: {OFFICE[1]}"))
    there = [words for part, words in PARTS if part in office.parts]
    absent = [(part, words) for part, words in PARTS if part not in office.parts]
    text = f"{where}：{'、'.join(words[0] for words in there)}", f"{where}: {', '.join(words[1] for words in there)}"
    if not absent:
        return Row("good", name, text)
    lack = f"；缺 {'、'.join(words[0] for _, words in absent)}", f"; missing {', '.join(words[1] for _, words in absent)}"
    return Row("failed", name, (text[0] + lack[0], text[1] + lack[1]), _install(" ".join(f"libreoffice-{part}" for part, _ in absent)))


def _install(packages: str) -> str:
    if sys.platform == "darwin":
        return "brew install --cask libreoffice"
    return "winget install TheDocumentFoundation.LibreOffice" if sys.platform == "win32" else f"apt install {packages}"


def _cache(folder: Path) -> Row:
    files = [Path(f"{folder / NAME}{ending}") for ending in ("", "-wal", "-shm")]
    size = sum(file.stat().st_size for file in files if file.is_file())
    if not size:
        return Row("info", ("缓存", "cache"), (f"{folder}（还没有内容）", f"{folder} (nothing in it yet)"))
    told = f"{size / (1 << 20):.1f} MB"
    return Row("info", ("缓存", "cache"), (f"{folder}，{told}；可随时删除", f"{folder}, {told}; may be deleted at any time"))


def _room() -> Row:
    folder = tempfile.gettempdir()
    free = f"{shutil.disk_usage(folder).free / (1 << 30):.1f} GB"
    told = f"{folder}，空余 {free}（压缩包至多用一半）", f"{folder}, {free} free (an archive takes half of it at most)"
    return Row("info", ("临时文件夹", "temporary"), told)


def _memory() -> Row:
    each = (
        f"每份文件至多 {MEMORY} MB（--memory），识别一页至多 {PICTURE_MEMORY} MB",
        (f"a file takes {MEMORY} MB at most (--memory), the recognition of a page {PICTURE_MEMORY} MB"),
    )
    if sys.platform == "win32":
        kept = "本系统不能限制内存，只有 --timeout 有效", "this system has no limit of memory; --timeout alone ends a file"
        return Row("info", ("内存", "memory"), (f"{each[0]}；{kept[0]}", f"{each[1]}; {kept[1]}"))
    kept = ("由系统限制", "kept by the system") if sys.platform == "linux" else ("由程序监视", "watched by the program")
    total = f"{_total() / (1 << 30):.1f} GB"
    return Row("info", ("内存", "memory"), (f"{each[0]}，{kept[0]}；本机共 {total}", f"{each[1]}, {kept[1]}; {total} in all"))


def _total() -> int:
    """Bytes of memory that this machine has, or that its container may take."""
    every = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    for file in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            told = Path(file).read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            continue
        every += [int(told)] if told.isdigit() else []
    return min(every)
