"""Checks on the year that a report is of."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.check.passages import clause, doubts, project_name, prose, sentence
from extractor.check.registry import Case, check
from extractor.check.search import holding
from extractor.check.written_dates import within_title
from extractor.lexicon.packs import Lexicon
from extractor.model.document import Paragraph, Span
from extractor.model.facts import Fact, Measure
from extractor.model.findings import Finding, Severity


@check(
    "year-mismatch",
    family="dates",
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
        "funds": (
            "报告年度为{year}年，此处资金写为{other}年的，请核实是否为笔误。",
            "The report is of {year}; the funds here are said to be those of {other}.",
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
    怎么判：表名、封面年度栏的年份不同于报告年度（一般的表题只看更早的年份）；资金、完成情况等部分写“截至”另一年的年末，或者写成更早年度的预算、支出
    （该年度全文至多出现两次）；正文说对更早年度开展自评。为警告。
    报告年度不是从标题或封面读出的，降为提示。文号、书名号内、背景和概况部分、与上年比较的句子、次年落款不算。
    依据：逻辑核对。
    例：2021年度报告的资金部分写“截至2020年12月31日”。
    已知误报：跨年度项目；正常引用上年末余额。
    """
    year = case.facts.year
    if not year or not year.isdecimal():
        return
    severity = Severity.WARNING if _is_declared(case, year) else Severity.INFO
    titled = set() if case.facts.title_span is None else {case.facts.title_span.paragraph}
    for paragraph in holding(case, "chronology.form_year", "chronology.cutoff", "chronology.year_of_funds", "chronology.evaluated_year"):
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
                    doubts=doubts(paragraph),
                    highlight=(own,),
                )


def _is_declared(case: Case, year: str) -> bool:
    if year in (case.facts.title or ""):
        return True
    pattern = case.lexicon.pattern("chronology.form_year")
    return any((match := pattern.match(p.text)) and match["field"] == year for p in holding(case, "chronology.form_year"))


def _years_in(case: Case, paragraph: Paragraph, year: str) -> Iterator[tuple[str, str, Span]]:
    """The years a paragraph gives for the report: how it gives them, the year, and where."""
    form = case.lexicon.pattern("chronology.form_year").match(paragraph.text)
    if form:
        group = next(name for name in ("bare", "field", "titled", "captioned") if form[name])
        if group != "captioned" or form[group] < year:  # next year's budget may have a table of its own
            yield "form", form[group], Span(paragraph.index, *form.span(group))
        return
    for message, name in (("cutoff", "chronology.cutoff"), ("funds", "chronology.year_of_funds")):
        for match in case.lexicon.pattern(name).finditer(paragraph.text):
            own = Span(paragraph.index, *match.span())
            is_old = match["year"] < year and _is_rare(case, match["year"])
            is_slip = message == "cutoff" or (is_old and not _is_in_turn(case, paragraph, own))
            if is_slip and not within_title(paragraph, own.start) and _tells_of_the_year(case, paragraph, own, year):
                yield message, match["year"], own
    for match in case.lexicon.pattern("chronology.evaluated_year").finditer(paragraph.text):
        own = Span(paragraph.index, *match.span("year"))
        words = case.facts.document.quote(clause(paragraph, match.start(), match.end()))
        recalls = any(cue in words for cue in case.lexicon.words("recalling_cues"))
        if match["year"] < year and not recalls and not within_title(paragraph, own.start):
            yield "evaluated", match["year"], own


def _is_rare(case: Case, year: str) -> bool:
    """Is a year named at most twice, as a slip is? A fund of two years names both often."""
    return sum(p.text.count(f"{year}年") for p in prose(case.facts.document)) <= 2


def _is_in_turn(case: Case, paragraph: Paragraph, own: Span) -> bool:
    """Are the same measures told twice in a part, first of the report's year and then of one before it, to be compared?"""
    around, year, section = sentence(paragraph, own.start, own.end), case.facts.year, case.facts.section_of.get(paragraph.index)
    facts = [f for project in case.facts.projects for f in project.facts if f.spans and f.quantity.value]
    here = {_kind(f) for f in facts if _is_within(f.spans[0], around)}
    part = {paragraph.index, *(p for p, own_section in case.facts.section_of.items() if own_section is section)}
    near = [f for f in facts if f.year in (None, year) and f.spans[0].paragraph in part]
    return bool(here) and here <= {_kind(f) for f in near if not _is_within(f.spans[0], around)}


def _kind(fact: Fact) -> Measure:
    return Measure.BUDGET if fact.measure is Measure.BUDGET_INITIAL else fact.measure


def _is_within(span: Span, outer: Span) -> bool:
    return span.paragraph == outer.paragraph and outer.start <= span.start and span.end <= outer.end


def _tells_of_the_year(case: Case, paragraph: Paragraph, own: Span, year: str) -> bool:
    """Is a date said of the year under review, and not of what was before it?"""
    words, lexicon = case.facts.document.quote(sentence(paragraph, own.start, own.end)), case.lexicon
    rest = lexicon.pattern("citations.title").sub("", words.replace(case.facts.document.quote(own), ""))
    if _is_of_another_year(lexicon, rest, year):
        return False
    section = case.facts.section_of.get(paragraph.index)
    title = section.title if section else ""
    if any(word in title for word in lexicon.words("review_titles")):
        return True
    return not _tells_history(lexicon, title) and any(cue in words for cue in lexicon.words("review_cues"))


def _tells_history(lexicon: Lexicon, title: str) -> bool:
    """Does a title announce what was before the year, and not what was done in it?"""
    return any(w in title for w in lexicon.words("history_titles")) and not any(w in title for w in lexicon.words("review_titles"))


def _is_of_another_year(lexicon: Lexicon, words: str, year: str) -> bool:
    """Does the rest of a sentence name the report's year too, or speak of another year on purpose?"""
    return f"{year}年" in words.replace(" ", "") or any(cue in words for cue in lexicon.words("other_year_cues"))


@check(
    "year-stale",
    family="dates",
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
    例：“热线自开通至今，累计接听3.2万次”。
    已知误报：背景介绍中的累计数。
    """
    sections = case.facts.section_of
    for paragraph in prose(case.facts.document):
        section = sections.get(paragraph.index)
        if section and _tells_history(case.lexicon, section.title):
            continue
        for match in case.lexicon.pattern("chronology.since").finditer(paragraph.text):
            span = sentence(paragraph, match.start(), match.end())
            if any(c.isdecimal() for c in paragraph.text[match.end() : span.end]):
                own = Span(paragraph.index, *match.span())
                arguments = {"written": match.group()}
                project = project_name(case.facts, span)
                yield Finding("year-stale", Severity.INFO, (span,), arguments=arguments, project=project, highlight=(own,))
