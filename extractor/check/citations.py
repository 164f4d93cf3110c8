"""Checks on document numbers: their form, their years, and whether number and title go together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import combinations

from extractor.check.nearness import similarity
from extractor.check.passages import SHORTEST, clause, doubts, folded, project_name
from extractor.check.registry import Case, check
from extractor.model.document import Paragraph, Span
from extractor.model.facts import DocumentNumber, Facts
from extractor.model.findings import Finding, Severity

STANDARD = "〔〕"
TITLE_REACH = 6
MOST_VERSIONS = 12  # more titles under one number are no slips of the pen
"""Characters that may stand between a title's closing mark and its number: ）（ and a space or two."""


@check(
    "docno-malformed",
    zh="文号格式错误",
    en="Malformed document number",
    severity=Severity.ERROR,
    norm="GB/T 9704（待核实）：发文字号由机关代字、年份、序号组成",
    texts={
        "fused": (
            "文号“{written}”的年份与序号连写，无法区分；规范写法形如“〔2017〕12号”，请核对原文件。",
            "In “{written}” year and serial run together; the usual form is 〔2017〕12号. Check the document itself.",
        ),
        "misplaced": (
            "文号“{written}”的括号位置有误；规范写法是括号只括年份，如“〔2017〕12号”。",
            "In “{written}” the brackets do not enclose the year alone, as in 〔2017〕12号.",
        ),
        "bracket": ("文号“{written}”的年份括号不成对。", "In “{written}” the brackets around the year do not pair."),
        "no_number_sign": ("文号“{written}”缺少“号”字。", "The number “{written}” lacks its 号."),
        "year": ("文号“{written}”的年份不是四位年份。", "The year in “{written}” is not a year of four digits."),
    },
)
def docno_malformed(case: Case) -> Iterator[Finding]:
    """
    核什么：引用的文号是否由机关代字、四位年份（加括号）、序号和“号”组成。
    为什么：文号写错，依据就无法查证。
    怎么判：年份与序号连写、括号括错位置为错误；括号不成对、缺“号”为警告。跨行、跨页断开的先拼接再判断；正好断在段落边缘、无法确认的为提示。
    依据：GB/T 9704 党政机关公文格式（待核实）。
    例：“某财绩[2018560号]”年份与序号连写。
    已知误报：“令第N号”“第N号公告”和早年“国发N号”等写法不在此列。
    """
    facts = case.facts
    for number in facts.document_numbers:
        if not number.problem:
            continue
        paragraph = facts.document.paragraphs[number.span.paragraph]
        message, severity = _weighed(number)
        if _is_cut_off(paragraph, number.span) and message != "fused":
            severity = Severity.INFO
        yield Finding(
            "docno-malformed",
            severity,
            (clause(paragraph, number.span.start, number.span.end),),
            message,
            {"written": number.written},
            project=project_name(facts, number.span),
            stated=number.written,
            doubts=doubts(paragraph),
            highlight=(number.span,),
        )


def _weighed(number: DocumentNumber) -> tuple[str, Severity]:
    written = number.written
    if number.problem == "fused":
        inner = written[min((n for n, c in enumerate(written) if c.isdecimal()), default=0) : written.rfind("号")].strip()
        return "fused" if inner.isdecimal() else "misplaced", Severity.ERROR
    if number.problem == "bracket":
        opened = max(written.find(c) for c in "〔［[【（(﹝")
        closed = max(written.find(c) for c in "〕］]】）)﹞")
        misplaced = 0 <= opened < closed and not written[opened + 1 : closed].strip().isdecimal()
        return ("misplaced", Severity.ERROR) if misplaced else ("bracket", Severity.WARNING)
    return number.problem or "year", Severity.WARNING


def _is_cut_off(paragraph: Paragraph, span: Span) -> bool:
    """Does the number touch the edge of its paragraph, so that the rest may stand elsewhere?"""
    return not paragraph.text[: span.start].strip() or not paragraph.text[span.end :].strip()


@check(
    "docno-bracket-style",
    zh="文号括号不规范",
    en="Unusual brackets in document numbers",
    severity=Severity.INFO,
    norm="GB/T 9704（待核实）：年份用六角括号〔〕",
    texts={
        "default": (
            "{count} 处文号的年份没有使用六角括号〔〕（{styles}）。",
            "{count} document number(s) do not put the year in 〔〕 ({styles}).",
        )
    },
)
def docno_bracket_style(case: Case) -> Iterator[Finding]:
    """
    核什么：文号年份所用的括号是不是六角括号〔〕。
    为什么：只是书写规范，不影响查证。
    怎么判：成对但不是〔〕的，全文合为一条提示。
    依据：GB/T 9704（待核实）。
    例：“某政发[2016]31号”。
    已知误报：复制粘贴、字体转换造成的括号变化。
    """
    styled = [(n, _style(n.written)) for n in case.facts.document_numbers if not n.problem]
    odd = [(number, style) for number, style in styled if len(style) == 2 and style != STANDARD]
    if odd:
        counts = Counter(style for _, style in odd)
        spans = tuple(number.span for number, _ in odd)
        arguments = {"count": str(len(odd)), "styles": "，".join(f"{style} {n}" for style, n in counts.most_common())}
        yield Finding("docno-bracket-style", Severity.INFO, spans, arguments=arguments)


def _style(written: str) -> str:
    return "".join(c for c in written if c in "〔〕［］[]【】（）()﹝﹞")[:2]


@check(
    "docno-future-year",
    zh="文号年份晚于报告",
    en="Document number later than the report",
    severity=Severity.WARNING,
    norm="逻辑核对",
    texts={
        "default": (
            "文号“{written}”的年份比报告年度（{year}年）晚一年以上。",
            "“{written}” is dated more than a year after the report's year, {year}.",
        )
    },
)
def docno_future_year(case: Case) -> Iterator[Finding]:
    """
    核什么：引用文件的年份是否晚于报告可能的撰写时间。
    为什么：引用尚未印发的文件，多半是年份写错或套用了别的材料。
    怎么判：文号年份大于报告年度加一（自评在次年进行）为警告。半数以上文号都晚于报告年度的，多半是报告年度识别有误，不报。
    依据：逻辑核对。
    例：2019年度报告引用“某财发〔2022〕3号”。
    已知误报：多年后补报的自评。
    """
    facts = case.facts
    numbers = [n for n in facts.document_numbers if n.year.isdecimal() and len(n.year) == 4]
    if not facts.year or not facts.year.isdecimal():
        return
    late = [n for n in numbers if int(n.year) > int(facts.year) + 1]
    if 2 * len(late) >= max(len(numbers), 2):
        return
    for number in late:
        yield _about(facts, "docno-future-year", Severity.WARNING, number, {"written": number.written, "year": facts.year})


def _about(facts: Facts, check: str, severity: Severity, number: DocumentNumber, arguments: dict[str, str]) -> Finding:
    paragraph = facts.document.paragraphs[number.span.paragraph]
    span = number.span if len(number.span) >= SHORTEST else clause(paragraph, number.span.start, number.span.end)
    return Finding(check, severity, (span,), arguments=arguments, project=project_name(facts, span), highlight=(number.span,))


@check(
    "docno-conflict",
    zh="同文不同号/同号不同文",
    en="One number for two documents, or two for one",
    severity=Severity.WARNING,
    norm="逻辑核对",
    texts={
        "titles": (
            "同一文号“{number}”对应两个不同的文件名：《{first}》与《{second}》。",
            "The number “{number}” stands beside two titles: 《{first}》 and 《{second}》.",
        ),
        "numbers": (
            "同一文件《{title}》对应两个文号：“{first}”与“{second}”。",
            "《{title}》 stands beside two numbers: “{first}” and “{second}”.",
        ),
    },
)
def docno_conflict(case: Case) -> Iterator[Finding]:
    """
    核什么：同一文号前后的文件名、同一文件前后的文号是否一致。
    为什么：两者必有一处写错。
    怎么判：文件名紧挨文号、且两个名称既不互相包含也不相近，为警告；同名同年同机关而序号不同的，可能是分批下达，为提示。
    依据：逻辑核对。
    例：前文《甲办法》（某财〔2020〕3号），后文《乙通知》（某财〔2020〕3号）。
    已知误报：文件的简称、转发件与原件。
    """
    facts = case.facts
    titled = [n for n in facts.document_numbers if not n.problem and n.issuer and _is_beside_title(facts, n)]
    for first, second in _pairs(titled, by=_key, apart=lambda number: folded(number.title)):
        if _are_different(folded(first.title), folded(second.title)):
            arguments = {"number": first.written, "first": first.title, "second": second.title}
            yield _pair(facts, Severity.WARNING, "titles", first, second, arguments)
    for first, second in _pairs(titled, by=lambda number: (folded(number.title), *_key(number)[:2]), apart=_key):
        if len(folded(first.title)) >= 12:
            arguments = {"title": first.title, "first": first.written, "second": second.written}
            yield _pair(facts, Severity.INFO, "numbers", first, second, arguments)


def _pairs(
    numbers: Sequence[DocumentNumber], by: Callable[[DocumentNumber], Hashable], apart: Callable[[DocumentNumber], Hashable]
) -> Iterator[tuple[DocumentNumber, DocumentNumber]]:
    """The pairs that share one thing and differ in another, each kind cited once: no list of citations is compared all with all."""
    groups: dict[Hashable, dict[Hashable, DocumentNumber]] = {}
    for number in numbers:
        groups.setdefault(by(number), {}).setdefault(apart(number), number)
    for group in groups.values():
        yield from combinations(list(group.values())[:MOST_VERSIONS], 2)


def _are_different(one: str, two: str) -> bool:
    return min(len(one), len(two)) >= 8 and one not in two and two not in one and similarity(one, two) < 0.5


def _key(number: DocumentNumber) -> tuple[str, str, str]:
    return folded(number.issuer), number.year, number.serial.lstrip("0")


def _is_beside_title(facts: Facts, number: DocumentNumber) -> bool:
    """Does the number follow its title's closing mark directly: 《…》（甲财〔2020〕1号）?"""
    before = facts.document.paragraphs[number.span.paragraph].text[: number.span.start][-TITLE_REACH:]
    return bool(number.title) and "》" in before and not any(c.isalnum() for c in before.rpartition("》")[2])


def _pair(
    facts: Facts, severity: Severity, message: str, first: DocumentNumber, second: DocumentNumber, arguments: dict[str, str]
) -> Finding:
    spans = tuple(clause(facts.document.paragraphs[n.span.paragraph], n.span.start, n.span.end) for n in (first, second))
    return Finding("docno-conflict", severity, tuple(dict.fromkeys(spans)), message, arguments, highlight=(first.span, second.span))


@check(
    "docno-duplicate-citation",
    zh="同一文件重复引用",
    en="Document cited twice",
    severity=Severity.INFO,
    norm="文字规范",
    texts={"default": ("同一段中重复引用“{written}”。", "“{written}” is cited twice in one paragraph.")},
)
def docno_duplicate_citation(case: Case) -> Iterator[Finding]:
    """
    核什么：同一段的依据清单里是否两次列出同一文件。
    为什么：多为复制时遗留。
    怎么判：同一段内同一文号连同文件名出现两次以上，提示。后文再次提及不算。
    依据：文字规范。
    例：依据清单中《某办法》（某财〔2020〕3号）列了两遍。
    已知误报：分别引用同一文件的不同条款。
    """
    facts = case.facts
    places: dict[tuple[int, tuple[str, str, str]], list[DocumentNumber]] = defaultdict(list)
    for number in facts.document_numbers:
        if not number.problem and number.serial and _is_beside_title(facts, number):
            places[number.span.paragraph, _key(number)].append(number)
    for numbers in places.values():
        if len(numbers) > 1:
            spans = _distinct_clauses(facts, numbers)
            highlight = tuple(n.span for n in numbers)
            arguments = {"written": numbers[0].written}
            yield Finding("docno-duplicate-citation", Severity.INFO, spans, arguments=arguments, highlight=highlight)


def _distinct_clauses(facts: Facts, numbers: Sequence[DocumentNumber]) -> tuple[Span, ...]:
    found = (clause(facts.document.paragraphs[n.span.paragraph], n.span.start, n.span.end) for n in numbers)
    return tuple(dict.fromkeys(found))


@check(
    "docno-without-title",
    zh="只有文号无文件名",
    en="Number cited without its title",
    severity=Severity.INFO,
    norm="文字规范",
    texts={"default": ("引用“{written}”没有写文件名。", "“{written}” is cited without a title.")},
    on_by_default=False,
)
def docno_without_title(case: Case) -> Iterator[Finding]:
    """
    核什么：首次引用文件时有没有写文件名。
    为什么：只有文号不便查证。
    怎么判：全文任何一处都没有与文件名相邻的文号，提示。默认关闭。
    依据：文字规范。
    例：“根据某政办〔2016〕7号文件”。
    已知误报：后文的简略引用。
    """
    facts = case.facts
    titled = {_key(n) for n in facts.document_numbers if n.title}
    seen: set[tuple[str, str, str]] = set()
    for number in facts.document_numbers:
        if not number.problem and _key(number) not in titled | seen:
            seen.add(_key(number))
            yield _about(facts, "docno-without-title", Severity.INFO, number, {"written": number.written})
