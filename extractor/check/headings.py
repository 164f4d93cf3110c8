"""The check on how headings are numbered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from extractor.check.numbering import ARABIC_STYLES, NESTED_STYLES, OUTLINE_STYLES, Break, Ordinal, breaks, ordinal, spellings
from extractor.check.passages import listed
from extractor.check.registry import Case, check
from extractor.model.document import Span
from extractor.model.facts import Facts, Section
from extractor.model.findings import Finding, Severity

Numbered = tuple[Section, Ordinal]


@check(
    "heading-numbering",
    zh="标题编号跳号、重复或缺级",
    en="Headings misnumbered",
    severity=Severity.WARNING,
    norm="GB/T 9704（待核实）：结构层次序数",
    family="structure",
    texts={
        "gap": ("{before}之后直接是{after}，缺少{missing}。", "{after} follows {before}; {missing} is missing."),
        "repeated": ("标题编号重复：{before}与{after}。", "A heading number occurs twice: {before} and {after}."),
        "backward": ("标题编号次序颠倒：{before}之后是{after}。", "{after} comes after {before}."),
        "oddities": (
            "{count} 处下级标题编号不连续或不从 1 开始：{headings}。",
            "{count} lower heading(s) are out of sequence or do not start at 1: {headings}.",
        ),
        "missing_parent": (
            "以下标题没有上一级标题：{headings}。",
            "These headings have no heading of the level above: {headings}.",
        ),
    },
)
def heading_numbering(case: Case) -> Iterator[Finding]:
    """
    核什么：同级标题的编号是否连续，多级编号是否有上级标题。
    为什么：跳号往往是删掉了一部分内容，或者是从别的材料拼接而来。
    怎么判：同一上级之下、同一写法的标题依次比较。主体结构（第一部分、一、（一）、2.3 等带章节题名的编号）中间跳号、重复或倒序
    为警告，前提是缺的编号在两个标题之间的文字中也没有出现；其他（条目、不从一开始、多级编号缺上级）全文合并为提示。编号回到一视为另起一列。
    依据：公文结构层次序数“一、（一）1.（1）”的用法。
    例：“二、……四、……”之间没有“三、”；“5-3-2”之下从“3、”开始。
    已知误报：几种编号并用；标题是图片；“1.2019年”是第 1 条而不是编号 1.2019。
    """
    facts = case.facts
    oddities: list[Section] = []
    orphans = {section.span: own for section, own in _orphans(case)}
    absent = {(own.style, own.parts[:-1]) for own in orphans.values()}
    for siblings in _sequences(case):
        for place, kind in breaks([own for _, own in siblings]):
            section, own = siblings[place]
            if kind is Break.GAP and _is_filled(case.facts, siblings, place):
                continue
            if kind is not Break.LATE_START and _is_clear(case, siblings, place, kind):
                yield _broken(case, siblings, place, kind)
            elif (own.style, (*own.parts[:-1], own.last - 1)) not in absent:  # else told once, as a missing parent
                oddities.append(section)
    for message, sections in (("oddities", oddities), ("missing_parent", [s for s in facts.sections if s.span in orphans])):
        if sections:
            spans = tuple(s.span for s in sections)
            arguments = {"count": str(len(sections)), "headings": listed([facts.document.quote(s).strip() for s in spans])}
            yield Finding("heading-numbering", Severity.INFO, spans, message, arguments, highlight=_numbers(sections))


def _sequences(case: Case) -> Iterator[Sequence[Numbered]]:
    """Headings whose numbers should follow each other: one parent and one style, or one prefix of a 1-3-2."""
    groups: dict[tuple[object, ...], list[Numbered]] = defaultdict(list)
    for section in case.facts.sections:
        own = ordinal(section.number, case.lexicon) if section.number else None
        if own:
            nested = own.style in NESTED_STYLES
            groups[(own.style, own.parts[:-1]) if nested else (own.style, section.parent)].append((section, own))
    yield from groups.values()


def _missing(siblings: Sequence[Numbered], place: int) -> range:
    return range(siblings[place - 1][1].last + 1, siblings[place][1].last)


def _is_filled(facts: Facts, siblings: Sequence[Numbered], place: int) -> bool:
    """Is every missing number printed between the two headings, in text not taken as a heading, or a heading further on?"""
    (before, own), (after, _) = siblings[place - 1 : place + 1]
    between = range(before.span.paragraph, after.span.paragraph)
    text = "\n".join(facts.document.paragraphs[index].text for index in between if index in facts.document.paragraphs)
    later = {number.last for _, number in siblings[place:]}
    return all(n in later or any(_stands_in(text, form) for form in spellings(own, n)) for n in _missing(siblings, place))


def _stands_in(text: str, number: str) -> bool:
    """Is a section number printed in a text, and not as a part of another figure?

    >>> _stands_in("见2.3本级配套", "2.3"), _stands_in("共12.35万元", "2.3"), _stands_in("九十五点三，", "三，")
    (True, False, False)
    """
    place = text.find(number)
    while place >= 0:
        before, after = text[max(0, place - 1) : place], text[place + len(number) : place + len(number) + 1]
        within_word = number[0].isalpha() and number[0] != "第" and before.isalpha()  # 九十五点三，
        if not within_word and not any(c.isdecimal() or c in "-." for c in before + after):
            return True
        place = text.find(number, place + 1)
    return False


def _is_clear(case: Case, siblings: Sequence[Numbered], place: int, kind: Break) -> bool:
    """Is the break among the headings that carry the report?"""
    (before, first), (after, second) = siblings[place - 1 : place + 1]
    if (kind is Break.REPEATED and before.title == after.title) or (kind is Break.BACKWARD and first.style not in OUTLINE_STYLES):
        return False
    return _carries_outline(case, before, first) and _carries_outline(case, after, second)


def _broken(case: Case, siblings: Sequence[Numbered], place: int, kind: Break) -> Finding:
    (before, first), (after, _) = siblings[place - 1 : place + 1]
    quote = case.facts.document.quote
    arguments = {"before": f"“{quote(before.span).strip()}”", "after": f"“{quote(after.span).strip()}”"}
    if kind is Break.GAP:
        arguments["missing"] = "、".join(f"“{spellings(first, number)[0]}”" for number in _missing(siblings, place))
    spans, numbers = (before.span, after.span), _numbers((before, after))
    return Finding("heading-numbering", Severity.WARNING, spans, str(kind), arguments, highlight=numbers)


def _carries_outline(case: Case, section: Section, own: Ordinal) -> bool:
    """Is the heading one of the outline by its number's style, or by a number with a section's title behind it?"""
    if own.style in OUTLINE_STYLES:
        return True
    if own.style == "chinese_paren" and section.run_in is None:
        return True
    title = section.title.rstrip("。：: ")
    titled = title.endswith(case.lexicon.words("title_tails")) or title.startswith(case.lexicon.words("project_lead_ins"))
    return titled and (own.style == "chinese_paren" or own.style in ARABIC_STYLES | NESTED_STYLES)


def _orphans(case: Case) -> Iterator[Numbered]:
    """Headings such as 1-1-2 where there is no 1-1."""
    numbers = [(s, ordinal(s.number, case.lexicon)) for s in case.facts.sections if s.number]
    known = {(own.style, own.parts) for _, own in numbers if own}
    for section, own in numbers:
        if own and own.style in NESTED_STYLES and len(own.parts) > 2 and (own.style, own.parts[:-1]) not in known:
            yield section, own


def _numbers(sections: Sequence[Section]) -> tuple[Span, ...]:
    return tuple(Span(s.span.paragraph, s.span.start, s.span.start + len(s.number)) for s in sections)
