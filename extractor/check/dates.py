"""Checks on dates, periods and years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extractor.check.passages import clause, everything, folded, project_name, prose, sections_by_paragraph, sentence
from extractor.check.registry import Case, check
from extractor.check.written_dates import exists, signing_dates, within_title
from extractor.model.document import Paragraph, Span
from extractor.model.facts import SURE, Doubt
from extractor.model.findings import Finding, Severity

LATE_MONTH = 11
"""A report signed from this month of its own year on is early, but may be about a year that is done."""


@check(
    "year-mismatch",
    zh="标题、正文、表格年度不一致",
    en="Years of title, text and form disagree",
    severity=Severity.WARNING,
    norm="逻辑核对",
    texts={
        "form": ("报告年度为{year}年，此处写{other}年。", "The report is of {year}; this says {other}."),
        "cutoff": (
            "报告年度为{year}年，此处数据的截止时间写为{other}年末，请核实是否为笔误。",
            "The report is of {year}; the figures here are said to be as at the end of {other}.",
        ),
        "evaluated": (
            "报告年度为{year}年，此处自评的对象写为{other}年度。",
            "The report is of {year}; here the year evaluated is {other}.",
        ),
    },
)
def year_mismatch(case: Case) -> Iterator[Finding]:
    """
    核什么：标题、封面、表格、正文所写的报告年度是否一致。
    为什么：年度不一致，多半是沿用上年材料未改，数据可能也是旧的。
    怎么判：表名、封面年度栏的年份不同于报告年度；资金、完成情况等部分写“截至”另一年的年末；正文说对更早年度开展自评。为警告。
    报告年度不是从标题或封面读出的，降为提示。文号、书名号内、背景和概况部分、与上年比较的句子、次年落款不算。
    依据：逻辑核对。
    例：2024年度报告的资金部分写“截至2023年12月31日”。
    已知误报：跨年度项目；正常引用上年末余额。
    """
    year = case.facts.year
    if not year or not year.isdecimal():
        return
    severity = Severity.WARNING if _is_declared(case, year) else Severity.INFO
    titled = set() if case.facts.title_span is None else {case.facts.title_span.paragraph}
    for paragraph in everything(case.facts.document):
        for message, other, own in _years_in(case, paragraph, year):
            if other != year and not (message == "form" and paragraph.index in titled):
                span = sentence(paragraph, own.start, own.end)
                yield Finding(
                    "year-mismatch",
                    severity,
                    (span,),
                    message,
                    {"year": year, "other": other},
                    project=project_name(case.facts, span),
                    stated=f"{other}年",
                    expected=f"{year}年",
                    doubts=_doubts(paragraph),
                    highlight=(own,),
                )


def _is_declared(case: Case, year: str) -> bool:
    if year in (case.facts.title or ""):
        return True
    pattern = case.lexicon.pattern("chronology.form_year")
    return any((match := pattern.match(p.text)) and match["field"] == year for p in everything(case.facts.document))


def _years_in(case: Case, paragraph: Paragraph, year: str) -> Iterator[tuple[str, str, Span]]:
    """The years a paragraph gives for the report: how it gives them, the year, and where."""
    form = case.lexicon.pattern("chronology.form_year").match(paragraph.text)
    if form:
        group = next(name for name in ("bare", "field", "titled") if form[name])
        yield "form", form[group], Span(paragraph.index, *form.span(group))
        return
    for match in case.lexicon.pattern("chronology.cutoff").finditer(paragraph.text):
        own = Span(paragraph.index, *match.span())
        if _tells_of_the_year(case, paragraph, own, year):
            yield "cutoff", match["year"], own
    for match in case.lexicon.pattern("chronology.evaluated_year").finditer(paragraph.text):
        own = Span(paragraph.index, *match.span("year"))
        words = paragraph.text[slice(*_bounds(clause(paragraph, match.start(), match.end())))]
        recalls = any(cue in words for cue in case.lexicon.words("recalling_cues"))
        if match["year"] < year and not recalls and not within_title(paragraph, own.start):
            yield "evaluated", match["year"], own


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _tells_of_the_year(case: Case, paragraph: Paragraph, own: Span, year: str) -> bool:
    """Is a cut-off date said of the year under review, and not of what was before it?"""
    words = paragraph.text[slice(*_bounds(sentence(paragraph, own.start, own.end)))]
    lexicon = case.lexicon
    if any(cue in words for cue in lexicon.words("other_year_cues")) or f"{year}年" in words.replace(" ", ""):
        return False
    section = sections_by_paragraph(case.facts).get(paragraph.index)
    title = section.title if section else ""
    if any(word in title for word in lexicon.words("review_titles")):
        return True
    if any(word in title for word in lexicon.words("history_titles")):
        return False
    return any(cue in words for cue in lexicon.words("review_cues"))


def _doubts(paragraph: Paragraph) -> frozenset[Doubt]:
    return frozenset({Doubt.OCR}) if paragraph.ocr else SURE


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
    for paragraph in everything(case.facts.document):
        for match in case.lexicon.pattern("chronology.date").finditer(paragraph.text):
            year, month, day = (int(match[name]) if match[name] else None for name in ("year", "month", "day"))
            if month is None or (year is None and day is None) or exists(year, month, day):
                continue
            span = clause(paragraph, match.start(), match.end())
            yield Finding(
                "date-invalid",
                Severity.ERROR,
                (span,),
                arguments={"written": match.group()},
                project=project_name(case.facts, span),
                stated=match.group(),
                doubts=_doubts(paragraph),
                highlight=(Span(paragraph.index, *match.span()),),
            )


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
    for paragraph in everything(case.facts.document):
        for match in case.lexicon.pattern("chronology.period").finditer(paragraph.text):
            starts, ends = [], []
            for name in ("year", "month", "day"):
                if not match[name] or not match["to_" + name]:
                    break
                starts.append(int(match[name]))
                ends.append(int(match["to_" + name]))
            if ends < starts:
                span = clause(paragraph, match.start(), match.end())
                yield Finding(
                    "period-order",
                    Severity.ERROR,
                    (span,),
                    arguments={"written": match.group()},
                    project=project_name(case.facts, span),
                    stated=match.group(),
                    doubts=_doubts(paragraph),
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
    text = folded("".join(p.text for p in prose(facts.document)))
    if any(folded(cue) in text for cue in case.lexicon.words("mid_year_cues")):
        return
    signed = list(signing_dates(case))
    if not signed or max(day for day, _ in signed) >= date(int(facts.year), 12, 31):
        return
    day, span = max(signed, key=lambda found: found[0])
    severity = Severity.INFO if day >= date(int(facts.year), LATE_MONTH, 1) else Severity.WARNING
    arguments = {"day": day.isoformat(), "year": facts.year}
    yield Finding("report-date-order", severity, (span,), arguments=arguments, stated=day.isoformat(), highlight=(span,))


@check(
    "year-stale",
    zh="非本年度数据",
    en="Figure not of the year",
    severity=Severity.INFO,
    norm="财预〔2020〕10号（待核实）：指标值为年度值",
    texts={"default": ("“{written}”的数据不是本年度的完成数。", "“{written}” tells of more than the year.")},
)
def year_stale(case: Case) -> Iterator[Finding]:
    """
    核什么：指标完成情况用的是不是本年度数据。
    为什么：用历年累计数充当年度完成数，无法与年度目标比较。
    怎么判：带数字的句子中有“自……至今”“建成以来”“历年累计”等，提示。
    依据：年度指标值的含义；财预〔2020〕10号（待核实）。
    例：“公众号自上线至今，关注量已超10000人”。
    已知误报：背景介绍中的累计数。
    """
    sections = sections_by_paragraph(case.facts)
    for paragraph in prose(case.facts.document):
        section = sections.get(paragraph.index)
        if section and any(word in section.title for word in case.lexicon.words("history_titles")):
            continue
        for match in case.lexicon.pattern("chronology.since").finditer(paragraph.text):
            span = sentence(paragraph, match.start(), match.end())
            if any(c.isdecimal() for c in paragraph.text[match.end() : span.end]):
                own = Span(paragraph.index, *match.span())
                arguments = {"written": match.group()}
                project = project_name(case.facts, span)
                yield Finding("year-stale", Severity.INFO, (span,), arguments=arguments, project=project, highlight=(own,))
