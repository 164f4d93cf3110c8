"""Checks on a report's particulars, and on how well its text was read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from extractor.check.passages import everything, opening, prose
from extractor.check.registry import Case, check
from extractor.check.tables_unread import tables_unread
from extractor.model.findings import Finding, Severity


@check(
    "metadata-missing",
    zh="缺标题/单位/年度",
    en="Title, unit or year missing",
    family="structure",
    severity=Severity.INFO,
    norm="公文格式要求",
    texts={"default": ("未识别出{missing}。", "Not found: {missing_en}.")},
)
def metadata_missing(case: Case) -> Iterator[Finding]:
    """
    核什么：报告有没有标题、单位名称和年度。
    为什么：缺少这些要素的文件难以归档和比对。
    怎么判：全文（含表头、封面）未识别出的要素，合为一条提示。
    依据：公文格式的一般要求。
    例：文件从“附件2”直接进入“一、自评工作开展情况”。
    已知误报：文件为节选；标题是图片。
    """
    facts = case.facts
    if facts.kind == "form" or (facts.document.tables and not facts.sections):  # a form has fields of its own
        return
    named = ((facts.title, "标题", "title"), (facts.unit, "单位名称", "unit"), (facts.year, "年度", "year"))
    missing = [(zh, en) for value, zh, en in named if not value]
    unit_line = case.lexicon.pattern("structure.unit_line")
    if any(zh == "单位名称" for zh, _ in missing) and any(unit_line.search(p.text) for p in everything(facts.document)):
        missing.remove(("单位名称", "unit"))
    if missing and facts.document.paragraphs:
        arguments = {"missing": "、".join(zh for zh, _ in missing), "missing_en": ", ".join(en for _, en in missing)}
        yield Finding("metadata-missing", Severity.INFO, (opening(facts),), arguments=arguments)


@check(
    "extraction-quality",
    zh="提取质量不足",
    en="Poor text extraction",
    family="structure",
    severity=Severity.WARNING,
    norm="工具自检",
    texts={
        "garbled": (
            "约 {share}% 的字符无法识别，提取的文字不可靠；本文件的其他疑点请先核对原件。",
            "About {share}% of the characters are unreadable; check the original before any other point.",
        ),
        "sparse": (
            "{pages} 页中只提取到 {characters} 个字符，可能有扫描页；本文件的其他疑点请先核对原件。",
            "Only {characters} characters on {pages} pages; some may be scans. Check the original before any other point.",
        ),
        "scattered": (
            "提取的文字大多为单字断行，顺序不可靠；本文件的其他疑点请先核对原件。",
            "Most of the text came out as single characters on lines of their own; check the original before any other point.",
        ),
        "table": (
            "以“{heads}”开头的表格列有金额，但未能读出，表中数据未核对，请对照原件。",
            "The table that begins with “{heads}” holds amounts that could not be read; they were not checked. See the original.",
        ),
    },
)
def extraction_quality(case: Case) -> Iterator[Finding]:
    """
    核什么：文字提取是否可靠。
    为什么：扫描件、乱码文件提取不全，据此得出的疑点不可信。
    怎么判：乱码字符超过百分之二，或者三页以上文件平均每页不足六十字，或者半数以上段落只有一个字。出现这些情形时，其他疑点最高为警告。
    列有金额而没有读出任何数的表格，逐表提示。
    依据：工具自检，不涉及报告本身的对错。
    例：二十页的扫描件只提取出页码。
    已知误报：以图片为主的报告；封面较多的短文件。
    """
    document = case.facts.document
    texts = [p.text.strip() for p in everything(document)]
    every = "".join(texts)
    garbled = sum(every.count(c) for c in set(every) if c == "\ufffd" or unicodedata.category(c) in ("Co", "Cn"))
    total = len(every)
    single = sum(1 for p in prose(document) if len(p.text.strip()) == 1)
    message, arguments = "", {}
    if total and 50 * garbled > total:
        message, arguments = "garbled", {"share": str(round(100 * garbled / total))}
    elif len(document.pages) >= 3 and total < 60 * len(document.pages):
        message, arguments = "sparse", {"pages": str(len(document.pages)), "characters": str(total)}
    elif single >= 20 and 2 * single > sum(1 for _ in prose(document)):
        message = "scattered"
    if message and texts:
        yield Finding("extraction-quality", Severity.WARNING, (opening(case.facts),), message, arguments)
    yield from tables_unread(case)
