"""The first lines of the table: how many documents and claims, how they came out, how many findings."""

from __future__ import annotations

from rich.text import Text

from extractor.model.report import ClaimCounts, Summary
from extractor.present.canvas import STYLES, Canvas
from extractor.present.words import SEVERITIES, VERDICTS, say
from extractor.present.wrapping import wrap

VERDICT_STYLES = {"consistent": "good", "inconsistent": "error", "not_checkable": ""}


def verdict(summary: Summary, canvas: Canvas) -> list[Text]:
    """One line on documents and claims, one on findings; wrapped where the canvas is narrow."""
    dot = Text.assemble((f" {canvas.glyph('dot')} ", STYLES["dim"]))
    parts = [Text(canvas.either((f"报告 {summary.documents} 份", _plural(summary.documents, "document"))), "bold")]
    parts.append(checked(summary.claims, canvas))
    if summary.partial:
        parts.append(Text(canvas.either((f"部分读取 {summary.partial} 份", f"{summary.partial} partly read")), STYLES["warning"]))
    if summary.failed:
        parts.append(Text(canvas.either((f"未能读取 {summary.failed} 份", f"{summary.failed} unreadable")), STYLES["failed"]))
    second = [_found(summary, canvas)]
    if summary.suppressed:
        suppressed = (f"误报 {summary.suppressed} 条，不计", _plural(summary.suppressed, "false alarm") + " not counted")
        second.append(Text(canvas.either(suppressed)))
    if summary.duplicates:
        second.append(Text(canvas.either((f"其中重复报送 {summary.duplicates} 份", f"{summary.duplicates} handed in twice"))))
    if summary.skipped:
        skipped = (f"{summary.skipped} 个文件不是报告，已略过", _plural(summary.skipped, "other file") + " skipped")
        second.append(Text(canvas.either(skipped)))
    return [line for row in (parts, second) for line in wrap(dot.join(row), canvas.width)]


def checked(claims: ClaimCounts, canvas: Canvas) -> Text:
    """核验 47 处：一致 31，不一致 4，无法核验 12."""
    counts = claims.model_dump()
    total = sum(counts.values())
    if not total:
        return outcome(claims, canvas)
    texts = [_counted(say(VERDICTS, name, canvas.language), count, VERDICT_STYLES[name]) for name, count in counts.items()]
    head = canvas.either((f"核验 {total} 处：", f"{_plural(total, 'claim')} checked: "))
    return Text(head) + _comma(canvas).join(texts)


def outcome(claims: ClaimCounts, canvas: Canvas) -> Text:
    """The verdicts that occur, with their counts: 一致 9，无法核验 3."""
    texts = [Text(f"{say(VERDICTS, name, canvas.language)} {count}") for name, count in claims.model_dump().items() if count]
    return _comma(canvas).join(texts) if texts else Text(canvas.either(("没有可核验的数", "no claims to check")))


def _found(summary: Summary, canvas: Canvas) -> Text:
    found = summary.findings
    counts = (("error", found.error), ("warning", found.warning), ("info", found.info))
    total = sum(count for _, count in counts)
    if not summary.ok + summary.partial:
        return Text(canvas.either(("未读取任何报告，没有结论", "nothing was read, so there is no result")))
    if not total:
        return Text(canvas.either(("未发现疑点", "no findings")), STYLES["good"])
    texts = [_counted(say(SEVERITIES, name, canvas.language), count, name) for name, count in counts]
    return Text(canvas.either((f"疑点 {total} 条：", f"{_plural(total, 'finding')}: "))) + _comma(canvas).join(texts)


def _counted(label: str, count: int, style: str) -> Text:
    """A label with its count, in colour unless the count is 0."""
    return Text(f"{label} {count}", STYLES.get(style, style) if count else "")


def _comma(canvas: Canvas) -> Text:
    return Text(canvas.either(("，", ", ")))


def _plural(count: int, noun: str) -> str:
    """The count with its noun in English.

    >>> _plural(1, "claim"), _plural(2, "claim")
    ('1 claim', '2 claims')
    """
    return f"{count} {noun}{'' if count == 1 else 's'}"
