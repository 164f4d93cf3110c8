"""The check on brackets and title marks without a partner."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.check.pairing import Lone, lone_brackets, without_partners_nearby
from extractor.check.passages import project_name, prose, sentence
from extractor.check.registry import Case, check
from extractor.model.document import Paragraph, Span
from extractor.model.findings import Finding, Severity


@check(
    "bracket-unbalanced",
    zh="括号、书名号不配对",
    en="Bracket without a partner",
    severity=Severity.WARNING,
    norm="GB/T 15834（待核实）：括号、书名号成对使用",
    family="citations",
    texts={
        "unclosed": ("“{mark}”没有对应的右半边（{context}）。", "“{mark}” is never closed ({context})."),
        "unopened": ("“{mark}”没有对应的左半边（{context}）。", "“{mark}” closes nothing ({context})."),
    },
)
def bracket_unbalanced(case: Case) -> Iterator[Finding]:
    """
    核什么：圆括号、方括号、书名号是否成对。
    为什么：引用中缺半边括号，文件名和文号的起止就不清楚。
    怎么判：跨行、跨页的文字先拼接；缺的半边在随后两段里出现的不报；“1）”之类条目编号不报。在引用文件处为警告，其他为提示。
    全角半角、不同样式的括号混用视为成对。文号内部的括号由文号格式检查负责。
    依据：GB/T 15834 标点符号用法（待核实）。
    例：“《某办法》（某水发[2016]31号、《某细则》（某水办[2018]5号）”第一个圆括号没有闭合。
    已知误报：表情、算式、跨多段的引文。
    """
    openers = {c: kind for kind, characters in case.lexicon.groups("bracket_openers").items() for c in characters}
    closers = {c: kind for kind, characters in case.lexicon.groups("bracket_closers").items() for c in characters}
    paragraphs = list(prose(case.facts.document))
    lone: list[Lone] = []
    for number, paragraph in enumerate(paragraphs):
        found = list(lone_brackets(paragraph.text, openers, closers, number))
        if any(not bracket.opens for bracket in found):
            markers = {match.end() - 1 for match in case.lexicon.pattern("citations.list_marker").finditer(paragraph.text)}
            found = [bracket for bracket in found if bracket.opens or bracket.place not in markers]
        lone += found
    for bracket in without_partners_nearby(lone):
        paragraph = paragraphs[bracket.text]
        if not _is_in_faulty_number(case, paragraph, bracket.place):
            yield _finding(case, paragraph, bracket)


def _is_in_faulty_number(case: Case, paragraph: Paragraph, place: int) -> bool:
    own = Span(paragraph.index, place, place + 1)
    return any(number.problem and own in number.span for number in case.facts.document_numbers)


def _finding(case: Case, paragraph: Paragraph, bracket: Lone) -> Finding:
    own = Span(paragraph.index, bracket.place, bracket.place + 1)
    around = sentence(paragraph, own.start, own.end)
    return Finding(
        "bracket-unbalanced",
        Severity.WARNING if bracket.kind == "title" or _is_in_citation(case, paragraph, bracket) else Severity.INFO,
        (around,),
        "unclosed" if bracket.opens else "unopened",
        {"mark": paragraph.text[own.start], "context": _context(paragraph.text, own.start)},
        project=project_name(case.facts, own),
        highlight=(own,),
    )


def _is_in_citation(case: Case, paragraph: Paragraph, bracket: Lone) -> bool:
    """Does the bracket stand directly at a title or a document number?"""
    before, after = paragraph.text[: bracket.place].rstrip(), paragraph.text[bracket.place + 1 :]
    if bracket.opens:
        inner = bracket.place + 1 + len(after) - len(after.lstrip())
        starts = {n.span.start for n in case.facts.document_numbers if n.span.paragraph == paragraph.index}
        return before.endswith("》") or inner in starts
    ends = {n.span.end for n in case.facts.document_numbers if n.span.paragraph == paragraph.index}
    return len(before) in ends


def _context(text: str, place: int, reach: int = 12) -> str:
    start, end = max(0, place - reach), min(len(text), place + reach + 1)
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")
