"""The workbook that an auditor fills in and hands back: its sheet of findings, headings and verdicts, each as (Chinese, English).

What writes the workbook and what reads it back both take the words from here.
"""

from __future__ import annotations

from collections.abc import Mapping

Both = tuple[str, str]
"""The same words in Chinese and in English."""

FINDINGS: Both = ("疑点", "Findings")
"""The sheet with one finding a row."""

ID: Both = ("编号", "id")
SERIES: Both = ("跨年编号", "series")
VERDICT: Both = ("复核意见", "verdict")
REVIEWER: Both = ("复核人", "reviewer")
DATE: Both = ("复核日期", "reviewed on")
NOTE: Both = ("复核说明", "note")

UNIT: Both = ("单位", "unit")
YEAR: Both = ("年度", "year")
PROJECT: Both = ("项目", "project")
CHECK: Both = ("检查代号", "check name")
FILE: Both = ("文件", "file")

NO_UNIT: Both = ("（未识别单位）", "(unit not known)")
"""Stands for the unit of a report that names none."""

VERDICTS: Mapping[str, Both] = {
    "confirmed": ("确认", "confirmed"),
    "false_alarm": ("误报", "false alarm"),
    "open": ("待核实", "to be verified"),
}
"""The choices of the drop-down, by `Decision.verdict`."""
