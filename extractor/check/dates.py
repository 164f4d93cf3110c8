"""Checks on dates and periods."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from extractor.check.passages import clause, doubts, folded, project_name, prose
from extractor.check.registry import Case, check
from extractor.check.search import all_matches
from extractor.check.written_dates import exists, signing_dates
from extractor.model.document import Paragraph, Span
from extractor.model.findings import Finding, Severity

LATE_MONTH = 11
"""A report signed from this month of its own year on is early, but may be about a year that is done."""


@check(
    "date-invalid",
    zh="日期不存在",
    en="No such date",
    severity=Severity.ERROR,
    norm="公历",
    texts={"default": ("日期“{written}”不存在。", "There is no date “{written}”.")},
)
def date_invalid(case: Case) -> Iterator[Finding]:
    """
    核什么：年月日是否存在。
    为什么：不存在的日期必是笔误，相关的时效结论无从核对。
    怎么判：月份不在1至12之间（写明年份或日子的），或日子超出当月天数，为错误。没有写年份的2月29日不报。
    依据：公历。
    例：“2021年2月30日”“9月31日”。
    已知误报：“13个月”等期限不在此列。
    """
    for paragraph, match in all_matches(case, "chronology.date"):
        year, month, day = (int(match[name]) if match[name] else None for name in ("year", "month", "day"))
        if month is None or (year is None and day is None) or exists(year, month, day):
            continue
        yield _slip(case, "date-invalid", paragraph, match)


@check(
    "period-order",
    zh="起止时间颠倒",
    en="Period ends before it starts",
    severity=Severity.ERROR,
    norm="逻辑核对",
    texts={"default": ("“{written}”的结束时间早于开始时间。", "“{written}” ends before it starts.")},
)
def period_order(case: Case) -> Iterator[Finding]:
    """
    核什么：写明年份的起止时间，结束是否晚于开始。
    为什么：起止颠倒必有一处写错。
    怎么判：起止都写明年份，按写到的最细一级比较，结束早于开始为错误。只写月份的（如“11月至3月”）可能跨年，不报。
    依据：逻辑核对。
    例：“2020年5月至2019年3月”。
    已知误报：把两个并列年份误读为起止。
    """
    for paragraph, match in all_matches(case, "chronology.period"):
        starts, ends = [], []
        for name in ("year", "month", "day"):
            if not match[name] or not match["to_" + name]:
                break
            starts.append(int(match[name]))
            ends.append(int(match["to_" + name]))
        if ends < starts:
            yield _slip(case, "period-order", paragraph, match)


def _slip(case: Case, check_name: str, paragraph: Paragraph, match: Any) -> Finding:
    """A date or a period that cannot be, as it is written."""
    span = clause(paragraph, match.start(), match.end())
    return Finding(
        check_name,
        Severity.ERROR,
        (span,),
        arguments={"written": match.group()},
        project=project_name(case.facts, span),
        stated=match.group(),
        doubts=doubts(paragraph),
        highlight=(Span(paragraph.index, *match.span()),),
    )


@check(
    "report-date-order",
    zh="报告日期早于年度结束",
    en="Report signed before its year was over",
    severity=Severity.WARNING,
    norm="逻辑核对：年度自评在年度终了后进行",
    texts={
        "default": (
            "落款日期{day}早于{year}年年底，年度数据可能不完整。",
            "The report is signed {day}, before the end of {year}; the year's figures may be incomplete.",
        )
    },
)
def report_date_order(case: Case) -> Iterator[Finding]:
    """
    核什么：报告的落款或填报日期是否在报告年度结束之后。
    为什么：年度未结束就完成自评，全年数据从何而来需要说明。
    怎么判：单独成行或带“填报日期”字样的日期早于报告年度12月31日，为警告；在当年11月以后的为提示；全文说明是半年、中期自评的不报。
    依据：逻辑核对。
    例：2022年度报告落款2022年6月3日。
    已知误报：年中自评；批复、成立日期单独成行。
    """
    facts = case.facts
    if not facts.year or not facts.year.isdecimal():
        return
    signed = list(signing_dates(case))
    if not signed or max(day for day, _ in signed) >= date(int(facts.year), 12, 31):
        return
    text = folded("".join(p.text for p in prose(facts.document)))
    if any(folded(cue) in text for cue in case.lexicon.words("mid_year_cues")):
        return
    day, span = max(signed, key=lambda found: found[0])
    severity = Severity.INFO if day >= date(int(facts.year), LATE_MONTH, 1) else Severity.WARNING
    arguments = {"day": day.isoformat(), "year": facts.year}
    yield Finding("report-date-order", severity, (span,), arguments=arguments, stated=day.isoformat(), highlight=(span,))
