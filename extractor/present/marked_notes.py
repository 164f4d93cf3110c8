"""The texts of the notes and bookmarks in a marked-up PDF."""

from __future__ import annotations

import unicodedata

from extractor.model.report import Decision, Finding
from extractor.model.workpaper import VERDICTS
from extractor.present.words import DOUBTS, SEVERITIES, Texts, say

LONGEST_NOTE, LONGEST_TITLE = 4000, 160

LABELS: Texts = {
    "project": ("项目", "project"),
    "stated": ("报告所述", "stated"),
    "expected": ("复算", "recomputed"),
    "formula": ("算式", "formula"),
    "doubts": ("存疑", "in doubt"),
    "check": ("检查", "check"),
    "id": ("编号", "id"),
    "decision": ("处理", "decision"),
    "proposal": ("其他年度对同一问题的处理（待确认）", "decided on the same point in another year (to be confirmed)"),
}

REFUSALS: Texts = {
    "changed": ("读取后文件又改动过", "the file was changed after it was read"),
    "damaged": ("文件已损坏，修复后页数仍不符", "the file is damaged, and has other pages when mended"),
    "locked": ("文件已损坏或有打开密码", "the file is damaged or locked"),
}
"""Why a file cannot be marked."""


def headline(finding: Finding, page: int, language: str) -> str:
    """错误 · 预算执行率计算有误：99.67% → 99.35%（第3页）"""
    figures = " → ".join(part for part in (finding.stated, finding.expected) if part)
    colon, place = (": ", f" (p. {page})") if language == "en" else ("：", f"（第{page}页）")
    title = f"{_kind(finding, language)} · {finding.title}" + (f"{colon}{figures}" if figures else "")
    return _short(clean(title).replace("\n", " "), LONGEST_TITLE) + place


def note(finding: Finding, language: str) -> str:
    """The check and its sentence, the figures, and the id under which every other output has the finding."""
    rows = {
        "project": finding.project,
        "stated": finding.stated,
        "expected": finding.expected,
        "formula": finding.formula,
        "doubts": ("; " if language == "en" else "；").join(say(DOUBTS, doubt, language) for doubt in finding.doubts),
        "decision": _decided(finding.decision, language),
        "proposal": _decided(finding.proposal, language),
        "check": finding.check,
        "id": finding.id,
    }
    head = f"{_kind(finding, language)} · {finding.title}\n{finding.message}"
    colon = ": " if language == "en" else "："
    lines = [_short(f"{say(LABELS, key, language)}{colon}{clean(text)}", 1000) for key, text in rows.items() if text]
    tail = "\n".join(lines)
    return f"{_short(clean(head), LONGEST_NOTE - len(tail))}\n{tail}"


def unmarked(path: str, why: str | None, language: str) -> str:
    """One line for stderr."""
    why = say(REFUSALS, (why or "?").partition("\n")[0][:200], language)
    if language == "en":
        return f"not marked: {path} ({why}); the other outputs have its findings"
    return f"未能标注：{path}（{why}）；其疑点见其他结果"


def _kind(finding: Finding, language: str) -> str:
    """The severity, or the word for a false alarm."""
    if finding.is_suppressed:
        return say(VERDICTS, "false_alarm", language)
    return say(SEVERITIES, finding.severity, language)


def _decided(decision: Decision | None, language: str) -> str:
    """误报（王某，2024-05-01）：理由"""
    if decision is None:
        return ""
    who = [part for part in (decision.reviewer, decision.date) if part]
    left, comma, right, colon = (" (", ", ", ")", ": ") if language == "en" else ("（", "，", "）", "：")
    made = say(VERDICTS, decision.verdict, language) + (f"{left}{comma.join(who)}{right}" if who else "")
    return f"{made}{colon}{decision.reason}" if decision.reason else made


def clean(text: str) -> str:
    """Text without control characters: in a PDF string, U+001B would begin a language code.

    >>> clean("甲\\x1b乙\\r\\n丙")
    '甲 乙 \\n丙'
    """
    return "".join(each if each == "\n" or unicodedata.category(each) not in ("Cc", "Cs") else " " for each in text)


def _short(text: str, longest: int) -> str:
    """The text, cut where it is too long.

    >>> _short("一二三四五", 3)
    '一二…'
    """
    return text if len(text) <= longest else text[: max(0, longest - 1)] + "…"
