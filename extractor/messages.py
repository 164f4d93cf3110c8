"""What the command says on stderr, as (Chinese, English) with named fields."""

from __future__ import annotations

from typing import Any

_TEXTS: dict[str, tuple[str, str]] = {
    "error": ("错误：{text}", "error: {text}"),
    "no_paths": ("请给出报告文件或文件夹，如：extract 报告.pdf", "name a report or a folder, like: extract report.pdf"),
    "no_documents": ("文件夹中没有报告：{path}", "no document found in {path}"),
    "missing": ("路径不存在：{path}", "no such path: {path}"),
    "interrupted": ("已中断，未写出结果", "interrupted, nothing was written"),
    "unwritable": ("无法写入 {path}：{why}", "cannot write {path}: {why}"),
    "unwritten": ("结果未能写出：{why}", "the result could not be written: {why}"),
    "refused": ("无法使用路径 {path}：{why}", "the path {path} cannot be used: {why}"),
    "no_stdout": ("标准输出已关闭；请用 -o 指定文件", "stdout is closed; name a file with -o"),
    "no_folder": ("无法写入 {path}：没有文件夹 {folder}", "cannot write {path}: there is no folder {folder}"),
    "output_is_input": ("输出文件 {path} 也是输入文件，未予覆盖", "the output {path} is one of the inputs and was left alone"),
    "not_ours": (
        "{path} 已存在，不是本工具所写，或写出后又改动过（如复核意见），未予覆盖；确要覆盖请加 --force",
        "{path} exists and was not written by this tool, or was changed since, and was left alone; --force overwrites it",
    ),
    "leads_out": (
        "{path} 指向输出文件夹 {folder} 之外，未写入",
        "{path} leads out of the output folder {folder}; nothing was written there",
    ),
    "needs_file": ("格式 {name} 须以 -o 指定文件或文件夹", "format {name} needs -o FILE or FOLDER"),
    "needs_package": (
        '格式 {name} 还需安装 {packages}："{python}" -m pip install {packages}',
        'format {name} needs {packages}: "{python}" -m pip install {packages}',
    ),
    "written": ("结果已写入 {path}", "written to {path}"),
    "unknown_format": ("没有 {name} 这种格式；可用：{known}", "no such format: {name}; known are {known}"),
    "several_formats": ("多个 --format 须配合 -o 文件夹", "several --format values need -o FOLDER"),
    "units_unreadable": ("单位名单 {path} 无法读取：{why}", "the list of units {path} cannot be read: {why}"),
    "units_empty": (
        "单位名单 {path} 中没有单位名称；请每行写一个，或写在 csv 的第一列",
        "the list of units {path} names no unit; write one a line, or in the first column of a csv",
    ),
    "units_not_text": (
        "单位名单 {path} 不是 UTF-8 或 GB18030 文本，或超过 {most} MB；请另存为 UTF-8 的 txt 或 csv",
        "the list of units {path} is no text in UTF-8 or GB18030, or larger than {most} MB; save it as txt or csv in UTF-8",
    ),
    "split_needs_xlsx": ("--split-by 只用于 --format xlsx", "--split-by goes with --format xlsx"),
    "not_a_folder": ("-o {path} 是文件，此处须为文件夹", "-o {path} is a file; a folder is needed here"),
    "unknown_profile": ("设置 checks.{key} 没有 {name} 这一种；可用：{known}", "checks.{key}: no such profile {name}; known are {known}"),
    "unknown_check": ("没有名为 {name} 的检查；--list-checks 可列出全部", "there is no check {name}; --list-checks shows all"),
    "unknown_check_hint": ("没有名为 {name} 的检查；是否想用 {hint}？", "there is no check {name}; did you mean {hint}?"),
    "internal": ("程序出错：{why}；加 --debug 可看详情", "the program failed: {why}; --debug shows where"),
    "cache_damaged": ("缓存已损坏，移作 {path}，现重建", "the cache was damaged and set aside as {path}; it is made anew"),
    "cache_unusable": ("缓存不能用（{path}），本次不用缓存", "the cache cannot be used ({path}); this run does without"),
    "cache_shared": (
        "缓存（{path}）所在的文件夹不属于当前用户或他人可写，本次不用缓存；可 chmod 700 或用 --cache-dir 另指定",
        "the folder of the cache ({path}) is not yours alone to write to; this run does without (chmod 700, or --cache-dir)",
    ),
    "duplicate": ("与 {path} 是同一份报告", "the same report as {path}"),
    "reading": ("读取", "reading"),
    "speed": ("{pages} 页/秒", "{pages} pages/s"),
    "recognised": ("文字识别 {done}/{total} 页", "OCR {done}/{total} pages"),
    "left": ("剩余 {time}", "{time} left"),
}


def both(key: str, /, **fields: Any) -> tuple[str, str]:
    """The sentence in Chinese and in English."""
    chinese, english = _TEXTS[key]
    return chinese.format(**fields), english.format(**fields)


def message(key: str, language: str, /, **fields: Any) -> str:
    """The sentence in the language asked for.

    >>> message("missing", "en", path="a.pdf")
    'no such path: a.pdf'
    """
    return both(key, **fields)[language == "en"]
