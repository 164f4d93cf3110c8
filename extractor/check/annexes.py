"""Checks on the annexes that a report refers to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from extractor.check.passages import clause, folded, listed, prose
from extractor.check.registry import Case, check
from extractor.check.search import all_matches
from extractor.model.document import Paragraph, Span
from extractor.model.findings import Finding, Severity

LONGEST_HEAD = 60
"""Characters of a line that may be the title of a form."""

Reference = tuple[str, str, Paragraph, Span]
"""Title, annex number, paragraph, and where the reference stands."""


def _references(case: Case) -> Iterator[Reference]:
    for paragraph, match in all_matches(case, "naming.annex_reference", running=True):
        yield match["title"], match["number"], paragraph, Span(paragraph.index, *match.span())


@check(
    "annex-number-reuse",
    zh="附件号重复",
    en="Annex number used twice",
    severity=Severity.INFO,
    norm="公文附件编号",
    family="names",
    texts={
        "default": (
            "{count} 个不同的附表都编为“附件{number}”：{titles}。",
            "{count} different forms are all annex {number}: {titles}.",
        )
    },
)
def annex_number_reuse(case: Case) -> Iterator[Finding]:
    """
    核什么：不同的附件是否用了同一个编号。
    为什么：编号重复，读者找不到对应的表。
    怎么判：书名号中的表名之后括注附件号，同一号对应两个以上不同表名，提示。报告自身作为附件的编号不算。
    依据：公文附件编号的一般要求。
    例：六张自评表都写作“附件一”。
    已知误报：各表合订为一个附件。
    """
    by_number: dict[str, dict[str, Reference]] = defaultdict(dict)
    for reference in _references(case):
        if reference[1]:
            by_number[reference[1]].setdefault(folded(reference[0]), reference)
    for number, references in by_number.items():
        if len(references) > 1:
            spans = tuple(clause(paragraph, own.start, own.end) for _, _, paragraph, own in references.values())
            titles = listed([title for title, *_ in references.values()])
            highlight = tuple(own for *_, own in references.values())
            arguments = {"count": str(len(references)), "number": number, "titles": titles}
            yield Finding("annex-number-reuse", Severity.INFO, spans, arguments=arguments, highlight=highlight)


@check(
    "annex-cited-missing",
    zh="引用的附件未附",
    en="Annex cited but not supplied",
    severity=Severity.INFO,
    norm="报告完整性要求",
    family="names",
    texts={
        "default": (
            "文中引用的 {count} 个附表不在本文件中（可能另册报送）：{titles}。",
            "{count} form(s) cited are not in this file (they may be filed apart): {titles}.",
        )
    },
)
def annex_cited_missing(case: Case) -> Iterator[Finding]:
    """
    核什么：文中说“详见附件”的表是否在本文件内。
    为什么：缺表则文字与表格无法互相核对。
    怎么判：文件中没有该表的标题行、没有“附件N”标题行、也没有任何表格，合为一条提示，措辞为“不在本文件中”。
    依据：自评报告完整性要求。
    例：“详见《某项目支出绩效自评表》（附件一）”，文件到正文为止。
    已知误报：附表另册报送。
    """
    document = case.facts.document
    if document.tables:
        return
    references = list(_references(case))
    lines = list(_form_lines(case)) if references else []
    missing = {folded(r[0]): r for r in references if not _is_supplied(r, lines)}
    if missing:
        spans = tuple(clause(paragraph, own.start, own.end) for _, _, paragraph, own in missing.values())
        arguments = {"count": str(len(missing)), "titles": listed([title for title, *_ in missing.values()])}
        yield Finding("annex-cited-missing", Severity.INFO, spans, arguments=arguments, highlight=tuple(r[3] for r in missing.values()))


def _form_lines(case: Case) -> Iterator[tuple[int, str, str | None]]:
    """Short lines that may head a form: their paragraph, their words, and the annex number they begin with."""
    heading = case.lexicon.pattern("naming.annex_heading")
    for paragraph in prose(case.facts.document):
        if len(paragraph.text) <= LONGEST_HEAD:
            match = heading.match(paragraph.text)
            yield paragraph.index, folded(paragraph.text), match["number"] if match else None


def _is_supplied(reference: Reference, lines: list[tuple[int, str, str | None]]) -> bool:
    """Does a line behind the reference carry the form's title, or the annex's number as a heading?"""
    title, number, citing, _ = reference
    words = folded(title)
    return any(index > citing.index and (own == number or text.endswith(words)) for index, text, own in lines)
