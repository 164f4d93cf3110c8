"""Decisions of auditors as lines of the terminal: on a finding, and the false alarms in a section of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from extractor.model.report import Decision, Finding
from extractor.model.workpaper import VERDICTS
from extractor.present.canvas import STYLES, Canvas, elided, indented, labelled, spread
from extractor.present.wrapping import wrap

REASON_LIMIT = 200
"""Characters of a reason that are shown; the whole of it is in the JSON."""

Suppressed = tuple[str, Finding]
"""The path of a report, and a finding of it."""


def told(decision: Decision, canvas: Canvas, is_proposal: bool = False) -> Text:
    """确认  张三 2026-03-05：与决算一致; what was decided in another year waits to be confirmed."""
    text = Text(canvas.either(VERDICTS[decision.verdict]))
    who = signed(decision)
    text.append(f"  {who}" if who else "", STYLES["dim"])
    if decision.reason:
        reason, _ = elided(" ".join(decision.reason.split()), (), REASON_LIMIT, canvas.glyph("more"))
        text.append(canvas.either(("：", ": ")) + reason)
    if is_proposal:
        year = decision.year or "?"
        text.append(canvas.either((f"（{year} 年度的意见，待确认）", f" (decided for {year}, to be confirmed)")), STYLES["dim"])
    return text


def signed(decision: Decision) -> str:
    """Who decided, and when."""
    return " ".join(filter(None, (decision.reviewer, decision.date)))


def suppressed(findings: Sequence[Suppressed], count: int, canvas: Canvas) -> Iterator[Text]:
    """The false alarms, which are listed but not counted: each with its place, and with who called it one, when and why."""
    if not count:
        return
    yield Text()
    heading = (f"误报 {count} 条（经复核，列而不计）", f"{count} false alarm{'s' * (count != 1)} (reviewed; listed, not counted)")
    yield Text(canvas.either(heading), STYLES["info"])
    for path, finding in findings:
        what = "  ".join(filter(None, (finding.title, finding.stated, finding.project)))
        yield from labelled(Text(f"  {canvas.glyph('dot')} "), Text(what), 4, canvas.width)
        yield from indented(spread(Text(path, STYLES["dim"]), Text(finding.id, STYLES["dim"]), canvas.width - 4), 4)
        if finding.decision:
            yield from indented(wrap(told(finding.decision, canvas), canvas.width - 4), 4)
    if len(findings) < count:
        rest = count - len(findings)
        yield Text("  " + canvas.either((f"另有 {rest} 条", f"and {rest} more")), STYLES["dim"])
