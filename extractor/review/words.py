"""The messages about decisions, as (Chinese, English) with named fields: errors that end a run, and lines about its result."""

from __future__ import annotations

from typing import Any

from extractor.config import ConfigError
from extractor.model.workpaper import Both

_TEXTS: dict[str, Both] = {
    "no_workbook": ("没有复核底稿 {path}；请核对 --verdicts 的路径", "there is no workbook {path}; check the path given with --verdicts"),
    "no_workbooks": ("{path} 中没有复核底稿（.xlsx）", "there is no workbook (.xlsx) in {path}"),
    "unread": ("无法读取 {path}：{why}", "cannot read {path}: {why}"),
    "too_large": (
        "{path} 过大或压缩异常（{why}），未读取；请用本工具写出的底稿填写后交回",
        "{path} is too large, or compressed beyond reason ({why}), and was not read; hand back the workbook that this tool wrote",
    ),
    "not_workbook": (
        "{path} 不是 Excel 工作簿（.xlsx），或已损坏；请另存为 .xlsx 再交回",
        "{path} is no Excel workbook (.xlsx), or is damaged; save it as .xlsx and hand it back",
    ),
    "old_workbook": (
        "{path} 不是 .xlsx 格式；请在 Excel 或 WPS 中另存为 .xlsx 再交回",
        "{path} is of another kind than .xlsx; save it as .xlsx and hand it back",
    ),
    "locked": ("{path} 加了密码，无法读取；请解除密码后另存", "{path} is locked with a password; remove it and save the workbook again"),
    "no_sheet": (
        "{path} 中没有疑点工作表（须有“编号”和“复核意见”两列）；请用本工具写出的底稿填写后交回",
        "{path} has no sheet of findings (with the columns id and verdict); hand back the workbook that this tool wrote",
    ),
    "bad_verdict": (
        "{path} 工作表“{sheet}”第 {row} 行的复核意见“{value}”不可用；可用：{known}",
        "{path}, sheet {sheet}, row {row}: no such verdict: {value}; known are {known}",
    ),
    "bad_id": (
        "{path} 工作表“{sheet}”第 {row} 行的编号“{value}”不是疑点编号（12 位，0-9、a-f）；请按原底稿改回",
        "{path}, sheet {sheet}, row {row}: {value} is no finding id (12 signs 0-9, a-f); put back that of the workbook as written",
    ),
    "bad_date": (
        "{path} 工作表“{sheet}”第 {row} 行的复核日期“{value}”不是日期；请写成 2026-03-05",
        "{path}, sheet {sheet}, row {row}: {value} is no date; write it like 2026-03-05",
    ),
    "other_workbook": (
        "{path} 中的 {count} 条复核意见与这些报告都对不上（如 {id}），未采用；请核对底稿与报告是否同一批",
        "none of the {count} decisions of {path} is on these reports ({id}, …), nothing was taken; is it the workbook of other reports?",
    ),
    "bad_baseline": (
        "复核意见文件 {path} 不能用：{why}；请改正或换一个文件，未作改动",
        "the baseline {path} cannot be used: {why}; mend it or name another file; it was left alone",
    ),
    "newer_baseline": (
        "复核意见文件 {path} 是更新版本的程序所写（版本 {version}，本程序至多 {known}）；请升级程序，未作改动",
        "the baseline {path} was written by a newer program (version {version}, this one knows {known}); update; it was left alone",
    ),
    "unwritable": ("无法写入复核意见文件 {path}：{why}", "cannot write the baseline {path}: {why}"),
    "no_baseline": (
        "复核意见文件 {path} 尚不存在，本次没有可用的意见",
        "the baseline {path} does not exist yet; there are no decisions to apply",
    ),
    "no_id": (
        "{path} 工作表“{sheet}”第 {row} 行有复核意见而没有编号，未采用",
        "{path}, sheet {sheet}, row {row} has a verdict but no id and was left out",
    ),
    "disagree": (
        "对疑点 {id} 的意见不一致：{first}（{one}）、{second}（{other}）；以 {winner} 为准",
        "decisions on finding {id} disagree: {first} ({one}), {second} ({other}); that of {winner} stands",
    ),
    "bare": (
        "{path} 中有 {count} 条误报没有写明复核人或说明（如 {id}），仍予采用；请补上",
        "{count} false alarms in {path} lack a reviewer or a note ({id}, …); they were taken, please add them",
    ),
    "taken": ("{path}：采用复核意见 {count} 条（{counts}）", "{path}: {count} decisions ({counts})"),
    "unmatched": (
        "{count} 条复核意见所指的疑点不在本次结果中（如 {id}）",
        "{count} decisions are on findings that this run does not have ({id}, …)",
    ),
    "stale_gone": (
        "复核意见已失效：{id}（{verdict}，{what}）所指的疑点不再出现",
        "stale decision: {id} ({verdict}; {what}) is on a finding that no longer occurs",
    ),
    "stale_changed": (
        "复核意见已失效：{id}（{verdict}，{what}）的复算结果已变，须重新复核",
        "stale decision: {id} ({verdict}; {what}): what is recomputed has changed; review it again",
    ),
    "more_stale": (
        "另有 {count} 条失效的复核意见，见 JSON 的 summary.stale",
        "{count} more stale decisions stand in the JSON, summary.stale",
    ),
    "kept": ("复核意见已写入 {path}，共 {count} 条", "decisions written to {path}, {count} in all"),
    "damaged_toml": ("不是有效的 UTF-8 TOML（{why}）", "not valid UTF-8 TOML ({why})"),
    "no_version": ("没有 version = 1", "there is no version = 1"),
    "wrong_value": ("[decision.{id}] 的 {key} 不对", "{key} of [decision.{id}] is wrong"),
    "unknown_key": ("[decision.{id}] 中有未知的 {key}", "[decision.{id}] has an unknown {key}"),
    "entries": ("文件过多", "too many parts"),
    "size": ("解压后过大", "too large when unpacked"),
    "ratio": ("压缩比异常", "the ratio of compression"),
    "cells": ("有内容的单元格延伸过远，请删去远处的内容", "cells with something in them reach too far; empty the far ones"),
    "not_a_file": ("不是文件", "not a file"),
}


def both(key: str, /, **fields: Any) -> Both:
    """The sentence in Chinese and in English; a field that is a pair gives each its own.

    >>> both("too_large", path="a.xlsx", why=both("ratio"))[1][:46]
    'a.xlsx is too large, or compressed beyond reas'
    """
    chinese, english = ({name: _line(v[place] if isinstance(v, tuple) else v) for name, v in fields.items()} for place in (0, 1))
    return _TEXTS[key][0].format(**chinese), _TEXTS[key][1].format(**english)


def _line(value: object) -> str:
    """A message stays on one line, whatever a cell or a file name contains."""
    return "".join(" " if character in "\n\r\t" else character for character in str(value))


def problem(key: str, /, **fields: Any) -> ConfigError:
    """An error that users can mend, in one line."""
    return ConfigError(*both(key, **fields))
