"""Checks on text that stands twice: within a project, and in two projects."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from extractor.check.nearness import near_pairs
from extractor.check.passages import folded, project_name, projects_by_paragraph, prose, sentences, whole
from extractor.check.registry import Case, check
from extractor.model.document import Paragraph, Span
from extractor.model.facts import Section
from extractor.model.findings import Finding, Severity

SHORTEST_DUPLICATE, SAME = 40, 0.95
SHORTEST_SENTENCE = 30
SHORTEST_COPY, NEAR = 60, 0.9  # no shorter than a duplicate
STOCK = 3
"""Phrases of accounting routine that make a text a routine one."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph as it is compared: without its list number, folded; its figures are compared apart."""

    paragraph: Paragraph
    text: str
    figures: tuple[str, ...]
    project: str | None
    section: Section | None

    @property
    def span(self) -> Span:
        return whole(self.paragraph)


def _passages(case: Case, shortest: int) -> list[Passage]:
    """The paragraphs with at least so many words and figures; gathered once a run."""
    if "passages" not in case.memo:
        case.memo["passages"] = list(_gathered(case))
    return [passage for passage in case.memo["passages"] if len(passage.text) >= shortest]


def _gathered(case: Case) -> Iterator[Passage]:
    sections, projects = case.facts.section_of, projects_by_paragraph(case.facts)
    for paragraph in prose(case.facts.document):
        section = sections.get(paragraph.index)
        if len(paragraph.text) < SHORTEST_DUPLICATE:
            continue
        if section and section.span.paragraph == paragraph.index and not section.run_in:
            continue
        number = case.lexicon.pattern("outline.number").match(paragraph.text)
        text = folded(paragraph.text[number.end() if number else 0 :])
        if len(text) >= SHORTEST_DUPLICATE:
            yield Passage(paragraph, text, _figures(text), projects.get(paragraph.index), section)


def _figures(text: str) -> tuple[str, ...]:
    """The runs of digits in a folded text.

    >>> _figures("资金20.5万元3户")
    ('20.5', '3')
    """
    return tuple(re.findall(r"[\d.]+", text))


def _groups(passages: Sequence[Passage], near: Iterable[tuple[int, int]]) -> Iterator[list[Passage]]:
    """Passages that are near copies of each other, directly or through a third."""
    leader = list(range(len(passages)))

    def led(place: int) -> int:
        while leader[place] != place:
            leader[place] = place = leader[leader[place]]
        return place

    pairs = list(near)
    for i, j in pairs:
        low, high = sorted((led(i), led(j)))
        leader[high] = low
    members: dict[int, list[Passage]] = defaultdict(list)
    for place in sorted({place for pair in pairs for place in pair}):
        members[led(place)].append(passages[place])
    yield from members.values()


@check(
    "duplicate-paragraph",
    zh="段落重复",
    en="Paragraph stands twice",
    severity=Severity.WARNING,
    norm="文字规范",
    family="language",
    texts={
        "default": ("{count} 段文字基本相同，可能是重复粘贴。", "{count} paragraphs are nearly the same; one may be pasted twice."),
        "sentence": ("同一段中有一句话写了两遍。", "A sentence stands twice in this paragraph."),
        "restated": (
            "目标部分的文字原样用作完成情况，没有写实际结果。",
            "The text of the target stands again as the result; no actual result is told.",
        ),
    },
)
def duplicate_paragraph(case: Case) -> Iterator[Finding]:
    """
    核什么：同一项目（或全文不分项目的部分）有没有重复的段落。
    为什么：重复粘贴往往挤掉了应有的内容。
    怎么判：去掉条目编号和标点后四十字以上、相似度不低于95%、其中的数字完全相同，为警告；同一段中
    三十字以上的句子写了两遍也是。目标部分的文字在完成情况中照抄的，为提示。
    依据：文字规范。
    例：第2条与第4条同为“各乡镇配备护河员，负责日常巡查和保洁……”。
    已知误报：有意重申的规定。
    """
    passages = _passages(case, SHORTEST_DUPLICATE)
    figures = Counter(passage.figures for passage in passages)
    among = [place for place, passage in enumerate(passages) if figures[passage.figures] > 1]
    for group in _groups(passages, near_pairs([p.text for p in passages], SAME, partial(_may_be_pasted, passages), among)):
        restated = len(group) == 2 and _restates(case, *group)
        yield Finding(
            "duplicate-paragraph",
            Severity.INFO if restated else Severity.WARNING,
            tuple(p.span for p in group),
            "restated" if restated else "default",
            {"count": str(len(group))},
            project=group[0].project,
        )
    yield from _sentences_pasted_twice(case)


def _sentences_pasted_twice(case: Case) -> Iterator[Finding]:
    """A long sentence that stands twice in one paragraph."""
    for paragraph in prose(case.facts.document):
        seen: dict[str, Span] = {}
        long = [span for span in sentences(paragraph) if len(span) >= SHORTEST_SENTENCE]
        for span in long if len(long) > 1 else ():
            text = folded(case.facts.document.quote(span))
            if len(text) >= SHORTEST_SENTENCE and text in seen:
                spans = (seen[text], span)
                yield Finding(
                    "duplicate-paragraph", Severity.WARNING, spans, "sentence", project=project_name(case.facts, span), highlight=(span,)
                )
            seen.setdefault(text, span)


def _may_be_pasted(passages: Sequence[Passage], i: int, j: int) -> bool:
    """Have two passages the same figures, and are they not of two projects?"""
    return passages[i].figures == passages[j].figures and not _in_two_projects(passages[i], passages[j])


def _may_be_copied(passages: Sequence[Passage], i: int, j: int) -> bool:
    return _in_two_projects(passages[i], passages[j])


def _in_two_projects(first: Passage, second: Passage) -> bool:
    return first.project != second.project and None not in (first.project, second.project)


def _restates(case: Case, first: Passage, second: Passage) -> bool:
    """Is the first text a target and the second its result, by the titles they stand under?"""
    targets, results = case.lexicon.words("target_titles"), case.lexicon.words("result_section_titles")
    title, other = (p.section.title if p.section else "" for p in (first, second))
    is_target = any(word in title for word in targets) and not any(word in title for word in results)
    return is_target and any(word in other for word in results)


@check(
    "copied-text-between-projects",
    zh="项目间照搬",
    en="Text copied between projects",
    severity=Severity.WARNING,
    norm="审计、抽查中的常见意见",
    family="names",
    texts={
        "default": (
            "“{first}”与“{second}”的这段文字基本相同，可能是照搬。",
            "“{first}” and “{second}” have nearly the same text here; one may be copied from the other.",
        ),
        "routine": (
            "{count} 个项目使用了基本相同的文字。",
            "{count} projects use nearly the same text.",
        ),
        "residue": (
            "“{second}”的这段文字写着“{first}”的名称，且与其相应部分基本相同，可能是照搬未改。",
            "The text of “{second}” names “{first}” and is nearly the same as its own; it may be copied unchanged.",
        ),
    },
)
def copied_text_between_projects(case: Case) -> Iterator[Finding]:
    """
    核什么：不同项目的说明是否照搬同一段文字。
    为什么：照搬的文字说明不了本项目的情况，有的还留着别的项目的名称、数字。
    怎么判：不同项目的段落六十字以上、相似度不低于90%。数字也相同的为警告；残留另一项目名称的为警告；只是财务制度套话、数字各不相同、
    三个以上项目共用的，为提示。
    依据：审计和抽查中的常见意见。
    例：养老项目的效益说明原样出现在路灯项目中。
    已知误报：本来就相同的政策依据、管理制度。
    """
    passages = _passages(case, SHORTEST_COPY)
    named = [place for place, passage in enumerate(passages) if passage.project is not None]
    among = named if len({passages[place].project for place in named}) > 1 else []
    for group in _groups(passages, near_pairs([p.text for p in passages], NEAR, partial(_may_be_copied, passages), among)):
        message, severity = _weighed(case, group)
        first, second = group[0].project or "", group[-1].project or ""
        if message == "residue" and folded(first) not in group[-1].text:
            first, second = second, first
        arguments = {"first": first, "second": second, "count": str(len({p.project for p in group}))}
        yield Finding("copied-text-between-projects", severity, tuple(p.span for p in group), message, arguments, project=group[-1].project)


def _weighed(case: Case, group: Sequence[Passage]) -> tuple[str, Severity]:
    projects = list(dict.fromkeys(p.project or "" for p in group))
    if len(projects) == 2 and any(_names_other(passage, projects) for passage in group):
        return "residue", Severity.WARNING
    routine = sum(phrase in group[0].paragraph.text for phrase in case.lexicon.words("stock_phrases")) >= STOCK
    if routine or len(projects) > 2 or len({p.figures for p in group}) > 1:
        return "routine", Severity.INFO
    return "default", Severity.WARNING


def _names_other(passage: Passage, projects: Sequence[str]) -> bool:
    """Does a passage name another project and not its own?"""
    own = folded(passage.project or "")
    others = [folded(name) for name in projects if name != passage.project]
    return own not in passage.text and any(len(name) >= 4 and name in passage.text for name in others)
