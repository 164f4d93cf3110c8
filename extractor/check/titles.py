"""Checks on the titles of cited documents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extractor.check.nearness import similarity
from extractor.check.passages import clause, folded, project_name
from extractor.check.registry import Case, check
from extractor.check.search import all_matches
from extractor.check.written_dates import signing_dates
from extractor.model.document import Paragraph, Span
from extractor.model.facts import DocumentNumber
from extractor.model.findings import Finding, Severity

SHORTEST_KNOWN = 9
"""Characters of a known title below which a near match says little."""
NEAR = 0.85


def _titles(case: Case) -> Iterator[tuple[Paragraph, str, Span]]:
    """Every 《title》 of the document, without its marks."""
    for paragraph, match in all_matches(case, "citations.title"):
        yield paragraph, match.group("title"), Span(paragraph.index, *match.span("title"))


@check(
    "docno-year-vs-title",
    zh="文号年份与题名年份矛盾",
    en="Number's year against title's year",
    severity=Severity.INFO,
    norm="逻辑核对",
    family="citations",
    texts={
        "default": (
            "文件名中的年份 {title_year} 比文号“{written}”的年份晚一年以上。",
            "The title speaks of {title_year}, more than a year after the number “{written}”.",
        )
    },
)
def docno_year_vs_title(case: Case) -> Iterator[Finding]:
    """
    核什么：文件名里的年份与文号年份是否合理。
    为什么：相差过大，多半有一处写错。
    怎么判：文件名中的最早年份大于文号年份加一，提示。规划、计划类文件不报。
    依据：逻辑核对。
    例：《关于做好2022年绩效自评的通知》（某财〔2019〕3号）。
    已知误报：多年期规划、提前下达的文件。
    """
    facts = case.facts
    for number in facts.document_numbers:
        years = [int(m.group("year")) for m in case.lexicon.pattern("citations.title_year").finditer(number.title)]
        planned = any(word in number.title for word in case.lexicon.words("multi_year_titles"))
        if not years or planned or not number.year.isdecimal() or min(years) <= int(number.year) + 1:
            continue
        paragraph = facts.document.paragraphs[number.span.paragraph]
        span = clause(paragraph, number.span.start, number.span.end)
        arguments = {"title_year": str(min(years)), "written": number.written}
        project = project_name(facts, span)
        yield Finding("docno-year-vs-title", Severity.INFO, (span,), arguments=arguments, project=project, highlight=(number.span,))


@check(
    "citation-repealed",
    zh="引用已废止文件",
    en="Repealed document cited",
    severity=Severity.INFO,
    norm="各文件的废止条款（日期待核实）",
    family="citations",
    texts={
        "default": (
            "《{title}》已于 {day} 废止，由{replacement}取代。",
            "《{title}》 was repealed on {day}; {replacement} took its place.",
        )
    },
)
def citation_repealed(case: Case) -> Iterator[Finding]:
    """
    核什么：引用的文件在报告撰写时是否已经废止。
    为什么：依据失效，结论的依据就要重新核对。
    怎么判：按文件名或文号对照已知的废止清单；报告落款日期晚于废止日期，或者（没有落款时）报告年度整年都在废止之后，提示。
    依据：清单中的废止日期凭记录整理，引用前应核实。
    例：2021年度报告引用《财政支出绩效评价管理暂行办法》。
    已知误报：叙述历史沿革；未写日期的报告。
    """
    days = {title: date.fromisoformat(words[0]) for title, words in case.lexicon.groups("repealed_on").items()}
    written = _written_after(case)
    if written is None:
        return
    reported: set[str] = set()
    for title, span in _cited(case):
        if title in reported or written <= days[title]:
            continue
        reported.add(title)
        replacement = case.lexicon.groups("replaced_by")[title][0]
        arguments = {"title": title, "day": days[title].isoformat(), "replacement": replacement}
        passage = clause(case.facts.document.paragraphs[span.paragraph], span.start, span.end)
        yield Finding("citation-repealed", Severity.INFO, (passage,), arguments=arguments, highlight=(span,))


def _written_after(case: Case) -> date | None:
    """The day the report was signed, or the last day of its year: it cannot have been written before."""
    signed = [day for day, _ in signing_dates(case)]
    if signed:
        return max(signed)
    year = case.facts.year
    return date(int(year), 12, 31) if year and year.isdecimal() and 1990 < int(year) < 2100 else None


def _cited(case: Case) -> Iterator[tuple[str, Span]]:
    """Known repealed documents where the report cites them, by title or by number."""
    by_title = {folded(title): title for title in case.lexicon.groups("repealed_on")}
    by_number = {folded(n): title for title, numbers in case.lexicon.groups("repealed_numbers").items() for n in numbers}
    for _, title, span in _titles(case):
        if folded(title) in by_title:
            yield by_title[folded(title)], span
    for number in case.facts.document_numbers:
        if folded(_standard(number)) in by_number:
            yield by_number[folded(_standard(number))], number.span


def _standard(number: DocumentNumber) -> str:
    return f"{number.issuer}〔{number.year}〕{number.serial}号"


@check(
    "citation-title-mismatch",
    zh="文件名称有误",
    en="Title probably mistyped",
    severity=Severity.INFO,
    norm="所引文件的正式名称",
    family="citations",
    texts={
        "default": ("《{title}》与已知文件《{known}》仅有个别字不同，请核对。", "《{title}》 differs slightly from 《{known}》."),
        "provisional": ("《{title}》中的“{word}”可能是“试行”之误。", "“{word}” in 《{title}》 is probably a slip for 试行."),
    },
)
def citation_title_mismatch(case: Case) -> Iterator[Finding]:
    """
    核什么：引用的文件名是否与正式名称一致。
    为什么：名称写错不便查证。
    怎么判：与常用文件名单中的名称高度相近、但不相同也不互相包含，且开头两字相同；或者把“试行”写成“实行”等。提示。
    依据：所引文件的正式名称。
    例：“《党政机关厉行节约反浪费条例》”应为“厉行节约反对浪费条例”。
    已知误报：地方制定的同类文件；正式简称。
    """
    known = {folded(title): title for title in case.lexicon.words("known_titles")}
    slip = case.lexicon.pattern("citations.provisional_slip")
    for paragraph, title, span in _titles(case):
        near = None if folded(title) in known else _near_title(folded(title), known)
        word = slip.search(paragraph.text, span.start, span.end + 1)
        if near:
            message, arguments = "default", {"title": title, "known": near}
        elif word:
            message, arguments = "provisional", {"title": title, "word": word.group("word")}
        else:
            continue
        project = project_name(case.facts, span)
        yield Finding("citation-title-mismatch", Severity.INFO, (span,), message, arguments, project=project, highlight=(span,))


def _near_title(title: str, known: dict[str, str]) -> str | None:
    for other, written in known.items():
        if min(len(title), len(other)) < SHORTEST_KNOWN or title[:2] != other[:2] or title in other or other in title:
            continue
        if abs(len(title) - len(other)) <= 3 and similarity(title, other) >= NEAR:
            return written
    return None


@check(
    "citation-separator-missing",
    zh="引用之间缺顿号",
    en="No separator between citations",
    severity=Severity.INFO,
    norm="GB/T 15834（待核实）",
    family="citations",
    texts={"default": ("两个引用之间缺少顿号或逗号。", "Two citations follow each other without a separator.")},
    on_by_default=False,
)
def citation_separator_missing(case: Case) -> Iterator[Finding]:
    """
    核什么：并列引用多个文件时中间有没有分隔。
    为什么：只是书写规范。
    怎么判：前一文件的文号括注之后直接是下一文件的书名号，提示。默认关闭。
    依据：GB/T 15834 标点符号用法（待核实）。
    例：“（某财〔2020〕1号）《某意见》（某政〔2020〕2号）”。
    已知误报：书名号连用之间可不用顿号的新规定。
    """
    for paragraph, match in all_matches(case, "citations.unseparated", running=True):
        own = Span(paragraph.index, match.start(), match.end())
        span = clause(paragraph, match.start(), match.end())
        yield Finding("citation-separator-missing", Severity.INFO, (span,), highlight=(own,))
