"""Checks on what a report is made of: its parts, and what stands under its headings."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.check.numbering import NESTED_STYLES, OUTLINE_STYLES, ordinal
from extractor.check.passages import everything, listed, opening
from extractor.check.registry import Case, check
from extractor.model.document import Paragraph, Table
from extractor.model.facts import Facts, Kind, Project, Section
from extractor.model.findings import Finding, Severity

REPORTS = frozenset({"narrative", "department", "transfer"})
FEWEST_SECTIONS = 3
"""Headings below which a text is an excerpt or a form, not a report with parts to miss."""
ADVISED = frozenset({"basis", "overview", "problems", "measures"})
"""Parts whose absence many local outlines allow."""


@check(
    "section-missing",
    zh="必要部分缺失",
    en="Core part missing",
    severity=Severity.WARNING,
    norm="财预〔2020〕10号（待核实）；各地自评报告提纲",
    texts={
        "default": (
            "全文（含表格）未提取到以下必要内容：{elements}。可能未写，也可能在未随附的表格或图片中。",
            "Nothing was extracted on: {elements_en}. It may be unwritten, or stand in a table or image that is not here.",
        ),
        "advised": ("全文未见以下内容：{elements}。", "The text says nothing on: {elements_en}."),
        "project": (
            "“{name}”未提取到{elements}，而同一报告的其他项目均有。",
            "Nothing was extracted on {elements_en} for “{name}”, although the other projects have it.",
        ),
    },
)
def section_missing(case: Case) -> Iterator[Finding]:
    """
    核什么：自评报告是否具备依据和组织、项目概况、资金、目标、指标完成、得分等级、问题、措施等必要内容。
    为什么：缺少必要内容的报告无法支撑自评结论。
    怎么判：按内容而不按标题判断。全文（含表格）既无相关用语、也无相关数据，才算缺失；资金、目标、指标完成、得分缺失为警告，
    其余为提示。多项目报告中，其他项目都有资金或得分而某一项目没有的，提示。
    依据：财预〔2020〕10号关于自评内容的要求（待核实）；各地报告提纲。
    例：一份有五个部分的报告，通篇没有任何金额和资金用语，提示“未提取到资金情况”。
    已知误报：内容在图片或未随附的附表中；节选的报告。
    """
    facts = case.facts
    if facts.kind not in REPORTS or len(facts.sections) < FEWEST_SECTIONS:
        return
    text = "".join(p.text for p in everything(facts.document)) + (facts.title or "")
    cues = case.lexicon.groups("core_elements")
    missing = [name for name, words in cues.items() if not any(word in text for word in words) and not _has_figures(facts, name)]
    where = (opening(facts),)
    for message, names in (
        ("default", [n for n in missing if n not in ADVISED]),
        ("advised", [n for n in missing if n in ADVISED]),
    ):
        if names:
            severity = Severity.WARNING if message == "default" else Severity.INFO
            yield Finding("section-missing", severity, where, message, _named(case, names))
    yield from _missing_in_projects(case)


def _has_figures(facts: Facts, element: str) -> bool:
    """Content that stands for an element where its words are missing: an amount for funds, a score for the score."""
    kinds = {"funds": {Kind.MONEY}, "score": {Kind.SCORE, Kind.GRADE}, "results": {Kind.PERCENT}}.get(element, set())
    return any(mention.kind in kinds for mentions in facts.mentions.values() for mention in mentions)


def _named(case: Case, names: list[str]) -> dict[str, str]:
    titles = case.lexicon.groups("core_element_titles")
    return {"elements": "、".join(titles[name][0] for name in names), "elements_en": ", ".join(names)}


def _missing_in_projects(case: Case) -> Iterator[Finding]:
    projects = [p for p in case.facts.projects if not p.is_total and p.spans]
    excused = case.lexicon.words("unevaluated_cues")
    for element, has in (("funds", _has_funds), ("score", _has_score)):
        without = [p for p in projects if not has(p)]
        if len(without) != 1 or len(projects) < 3:
            continue
        project = without[0]
        told = "".join(case.facts.document.quote(span) for span in project.segment.spans)
        if not any(cue in told for cue in excused):
            arguments = {"name": project.name, **_named(case, [element])}
            yield Finding("section-missing", Severity.INFO, project.spans[:1], "project", arguments, project=project.name)


def _has_funds(project: Project) -> bool:
    return bool(project.facts or project.amounts or project.rates or project.sources)


def _has_score(project: Project) -> bool:
    return bool(project.self_score or project.scores or project.grade)


@check(
    "section-empty",
    zh="标题下无内容",
    en="Heading without text",
    severity=Severity.WARNING,
    norm="报告完整性要求",
    texts={
        "default": (
            "{count} 个标题下未提取到内容：{headings}。可能是表格或图片在转换中丢失，请核对原件。",
            "Nothing was extracted under {count} heading(s): {headings}. A table or image may have been lost; see the original.",
        )
    },
)
def section_empty(case: Case) -> Iterator[Finding]:
    """
    核什么：最下级标题之下有没有正文、表格。
    为什么：标题下空白，可能是漏写，也可能是表格、图片在转换中丢失；两种情况都需要看原件。
    怎么判：标题没有下级标题，其后直到下一标题之间没有任何文字和表格，标题行本身也没有接续的文字。全文合为一条。
    标题中没有常见的章节用语、又不是“一、（一）1.2”式标题（可能是被误认的条目），或者过半标题之下都没有内容（多半是提取问题）的，降为提示。
    依据：自评报告完整性要求。
    例：“（二）资金监管情况”之后紧接“（三）资金结余情况”。
    已知误报：内容是图片；单独成册的附件；目录被误认为正文标题。
    """
    facts = case.facts
    empty = [s for s in facts.sections if s.is_empty and not _is_excused(case, s)]
    leaves = [s for s in facts.sections if not s.children]
    sure = [s for s in empty if _is_title(case, s)]
    poorly_read = len(empty) >= 4 and 2 * len(empty) > len(leaves)
    for sections, severity in ((sure, Severity.WARNING), ([s for s in empty if s not in sure], Severity.INFO)):
        if sections:
            spans = tuple(s.span for s in sections)
            quotes = [facts.document.quote(span).strip() for span in spans]
            arguments = {"count": str(len(sections)), "headings": listed(quotes)}
            yield Finding("section-empty", Severity.INFO if poorly_read else severity, spans, arguments=arguments, highlight=spans)


def _is_title(case: Case, section: Section) -> bool:
    """Is a heading surely one: by its words, or by a 一、, （一） or 1.2 among siblings that do have text?"""
    if section.title.rstrip("。：: ").endswith(case.lexicon.words("title_tails")):
        return True
    own = ordinal(section.number, case.lexicon)
    siblings = [s for s in case.facts.sections if s.parent == section.parent and s.level == section.level]
    return own is not None and own.style in OUTLINE_STYLES | NESTED_STYLES | {"chinese_paren"} and any(not s.is_empty for s in siblings)


def _is_excused(case: Case, section: Section) -> bool:
    """An attachment's title, a line of a contents list, or a heading that a table follows."""
    title = section.title.strip()
    if title.startswith(case.lexicon.words("annex_titles")):
        return True
    if any(s.title == section.title and s.number == section.number and not s.is_empty for s in case.facts.sections):
        return True
    blocks = case.facts.document.blocks
    place = next((n for n, b in enumerate(blocks) if isinstance(b, Paragraph) and b.index == section.span.paragraph), None)
    return place is not None and isinstance(next(iter(blocks[place + 1 : place + 2]), None), Table)


@check(
    "problems-section-thin",
    zh="问题与建议空泛",
    en="Problems section says little",
    severity=Severity.INFO,
    norm="财预〔2020〕10号（待核实）",
    texts={
        "none": ("“{title}”部分只写“{answer}”。", "The section “{title}” only says “{answer}”."),
        "measures_only": (
            "“{title}”部分只有措施，没有写存在的问题。",
            "The section “{title}” lists measures only and names no problem.",
        ),
    },
)
def problems_section_thin(case: Case) -> Iterator[Finding]:
    """
    核什么：存在问题部分是否写了问题。
    为什么：只写“无”或者只列措施，看不出自评是否触及实际问题。
    怎么判：标题含“问题、不足、困难”的部分，全文只有“无、暂无”等，或者没有任何表示问题的用语、各段又都以“加强、
    完善”等措施用语开头，提示。
    依据：审计和抽查中的常见意见；财预〔2020〕10号关于分析问题的要求（待核实）。
    例：标题为“经验、问题和建议”，下列五条都是措施。
    已知误报：确无问题；问题用其他说法表述。
    """
    facts, lexicon = case.facts, case.lexicon
    titles, cues, void = (lexicon.words(name) for name in ("problem_titles", "problem_cues", "void_answers"))
    for place, section in enumerate(facts.sections):
        if not any(word in section.title for word in titles) or any(word in section.title for word in lexicon.words("remark_titles")):
            continue
        if _within_titled(facts, section, titles):
            continue
        text = _text_under(facts, place)
        bare = text.strip().strip("。；;.").removeprefix("：").strip()
        if not bare:
            continue
        if bare in void:
            yield Finding("problems-section-thin", Severity.INFO, (section.span,), "none", {"title": section.title, "answer": bare})
        elif not any(cue in text for cue in cues) and _is_all_measures(case, place):
            yield Finding("problems-section-thin", Severity.INFO, (section.span,), "measures_only", {"title": section.title})


def _is_all_measures(case: Case, place: int) -> bool:
    """Does every paragraph under a section begin by telling what will be done?"""
    openings, number = case.lexicon.words("measure_openings"), case.lexicon.pattern("outline.number")
    texts = [case.facts.document.paragraphs[index].text.strip() for index in _paragraphs_under(case.facts, place)]
    bare = [text[match.end() :] if (match := number.match(text)) else text for text in texts]
    return bool(bare) and all(text.startswith(openings) for text in bare)


def _paragraphs_under(facts: Facts, place: int) -> Iterator[int]:
    section = facts.sections[place]
    yield from section.paragraphs
    for child in section.children:
        yield facts.sections[child].span.paragraph
        yield from _paragraphs_under(facts, child)


def _within_titled(facts: Facts, section: Section, titles: tuple[str, ...]) -> bool:
    return section.parent is not None and any(word in facts.sections[section.parent].title for word in titles)


def _text_under(facts: Facts, place: int) -> str:
    """The text of a section and its subsections, the titles of these included."""
    section = facts.sections[place]
    own = facts.document.quote(section.run_in) if section.run_in else ""
    own += "".join(facts.document.paragraphs[index].text for index in section.paragraphs)
    return own + "".join(facts.sections[child].title + _text_under(facts, child) for child in section.children)
