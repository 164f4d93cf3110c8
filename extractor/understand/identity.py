"""Title, unit and year: whose report this is, and of which year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.lexicon.fold import fold
from extractor.lexicon.packs import Lexicon
from extractor.model.document import Document, Paragraph, Role, Span
from extractor.model.facts import Section

LONGEST_TITLE_LINE = 48
FRONT_LINES = 24
LONGEST_UNIT = 30
HEADLINE = 0.68
"""A line of a title is no smaller than this share of its largest."""


@dataclass(frozen=True, slots=True)
class Identity:
    title: str | None = None
    title_span: Span | None = None
    title_lines: tuple[Paragraph, ...] = ()
    unit: str | None = None
    year: str | None = None
    project_name: str | None = None  # the cover's own field
    project_span: Span | None = None


def identify(document: Document, sections: Sequence[Section], lexicon: Lexicon) -> Identity:
    front = list(_front(document, sections))
    lines = _title_lines(front, lexicon)
    title = "".join(_close_up(p.text) for p in lines) or None
    fields = {name: (value, span) for name, value, span in _fields(front, lexicon)}
    named = next(((v, s) for name, (v, s) in fields.items() if "名称" in name and "项目" in name and v), (None, None))
    year = _year(document, title, fields, lexicon)
    return Identity(
        title=title,
        title_span=Span(lines[0].index, 0, len(lines[0].text)) if lines else None,
        title_lines=tuple(lines),
        unit=_unit(document, lines, fields, lexicon),
        year=year,
        project_name=named[0],
        project_span=named[1],
    )


def _close_up(text: str) -> str:
    return text.replace(" ", "").replace("\u3000", "")


def _front(document: Document, sections: Sequence[Section]) -> Iterator[Paragraph]:
    """The running text before the first heading."""
    first = sections[0].span.paragraph if sections else None
    for count, paragraph in enumerate(document.running_text):
        if paragraph.index == first or count >= FRONT_LINES:
            return
        if paragraph.role is Role.BODY:
            yield paragraph


def _title_lines(front: Sequence[Paragraph], lexicon: Lexicon) -> list[Paragraph]:
    """The run of short lines that names the report, from the unit's line to 报告 and a bracketed project under it."""
    words = lexicon.words("title_words")
    front = _from_title_on([p for p in front if p.text.strip()], words, lexicon)
    key = next((i for i, p in enumerate(front) if _is_title_line(p, lexicon) and any(w in _close_up(p.text) for w in words)), None)
    if key is None:
        return []
    begin = end = key
    while begin > 0 and _is_title_line(front[begin - 1], lexicon) and not _close_up(front[begin - 1].text).startswith("附件"):
        begin -= 1
    ends = lexicon.words("title_ends")
    while end + 1 < len(front) and _is_title_line(front[end + 1], lexicon):
        following = _close_up(front[end + 1].text)
        if _close_up(front[end].text).endswith(ends) and not following.startswith(("（", "(")):
            break
        end += 1
    return list(front[begin : end + 1])


def _from_title_on(front: Sequence[Paragraph], words: Sequence[str], lexicon: Lexicon) -> Sequence[Paragraph]:
    """The lines from the first that is printed as large as a title: what stands at the head of a page is smaller."""
    named = [p.size for p in front if p.size and _is_title_line(p, lexicon) and any(w in _close_up(p.text) for w in words)]
    large = max(named, default=0.0) * HEADLINE
    first = next((i for i, p in enumerate(front) if not p.size or (p.size >= large and _is_title_line(p, lexicon))), 0)
    return front[first:]


def _is_title_line(paragraph: Paragraph, lexicon: Lexicon) -> bool:
    text = _close_up(paragraph.text)
    if not text or len(text) > LONGEST_TITLE_LINE or any(mark in text for mark in "。；，"):
        return False
    return not lexicon.pattern("identity.field").match(paragraph.text) and "：" not in text


def _fields(front: Sequence[Paragraph], lexicon: Lexicon) -> Iterator[tuple[str, str, Span]]:
    """The fields of the cover, several of which may stand on one line: 单位名称：X　　填报日期：Y."""
    pattern, following = lexicon.pattern("identity.field"), lexicon.pattern("identity.next_field")
    money = lexicon.words("money_units")
    for paragraph in front:
        cuts = [0, *(m.start() for m in following.finditer(paragraph.text)), len(paragraph.text)]
        for start, end in pairwise(cuts):
            match = pattern.match(paragraph.text[start:end])
            if match and _close_up(match["value"]) not in money:  # 单位：万元
                first, last = match.span("value")
                yield match["field"], _close_up(match["value"]), Span(paragraph.index, start + first, start + last)


def form_unit(fields: Sequence[Mapping[str, tuple[str, Span]]], lexicon: Lexicon) -> str | None:
    """The unit that the forms of a document name: the one that carries out, else the one above it; None where they name several."""
    noise, money = lexicon.pattern("identity.unit_noise"), lexicon.words("money_units")
    for role in ("unit", "department"):
        several = lexicon.pattern("identity.several_units")
        raw = (_close_up(own[role][0]) for own in fields if role in own)
        told = {noise.sub("", value) for value in raw if not several.match(value)}
        names = {name for name in told if name not in money and _is_unit(name)}
        if len(names) == 1:
            return next(iter(names))
    return None


def _is_unit(name: str) -> bool:
    """Is it a name, not a ministry's at the head of a transfer, nor words of another field or column (项目数)?"""
    if not 3 <= len(name) <= LONGEST_UNIT or any(mark in name for mark in "。；，：、0123456789□"):
        return False
    return not name.endswith(("部", "数"))


def _year(document: Document, title: str | None, fields: dict[str, tuple[str, Span]], lexicon: Lexicon) -> str | None:
    pattern = lexicon.pattern("identity.year")
    found = pattern.search(fold(title or "", lexicon))
    if found:
        return str(found["year"])
    for name, (value, _) in fields.items():
        if name.endswith("年度") and value[:4].isdigit():
            return fold(value[:4], lexicon)
    votes: Counter[str] = Counter()
    for paragraph in document.paragraphs.values():
        votes.update(m["year"] for m in lexicon.pattern("identity.report_year").finditer(fold(_close_up(paragraph.text), lexicon)))
    if not votes:
        for paragraph in document.running_text:
            votes.update(m["year"] for m in pattern.finditer(fold(_close_up(paragraph.text), lexicon)))
    return max(votes, key=lambda year: (votes[year], year)) if votes else None


def _unit(document: Document, title: Sequence[Paragraph], fields: dict[str, tuple[str, Span]], lexicon: Lexicon) -> str | None:
    for name, (value, _) in fields.items():
        if ("单位" in name or "部门" in name) and value:
            return _without_day(value, lexicon)
    tails = lexicon.words("unit_tails")
    text = "".join(_close_up(p.text) for p in title)
    year = lexicon.pattern("identity.year").search(fold(text, lexicon))
    head = text[: year.start()].removesuffix("关于").removeprefix("关于") if year else ""
    if head.endswith(tails):
        return head
    behind = lexicon.pattern("identity.unit_after_year").match(text[year.end() :]) if year else None
    if behind and behind["unit"].endswith(tails):
        return str(behind["unit"])
    for paragraph in title:
        line = _close_up(paragraph.text)
        line = line[1:-1] if line[:1] in "（(" and line[-1:] in "）)" else line
        if line.endswith(tails) and len(line) >= 4:
            return line
    below = _line_below(document, title)
    if below and 4 <= len(below) <= LONGEST_UNIT and below.endswith(tails) and not any(mark in below for mark in "。；，：、0123456789"):
        return below
    return _signature(document, tails) or _before_the_project(text[year.end() :] if year and not head else text, lexicon)


def _without_day(value: str, lexicon: Lexicon) -> str:
    """某县统计局2024年2月28日: a unit whose day follows right behind its name."""
    year = lexicon.pattern("identity.year").search(value)
    return value[: year.start()] if year and value[: year.start()].endswith(lexicon.words("unit_tails")) else value


def _line_below(document: Document, title: Sequence[Paragraph]) -> str:
    """The line of text right below the title, where it has not ended in a colon as the one who is written to does."""
    lines = [p for p in document.running_text if p.role is Role.BODY and p.text.strip()]
    place = next((i for i, p in enumerate(lines) if title and p.index == title[-1].index), len(lines))
    return _close_up(lines[place + 1].text) if place + 1 < len(lines) else ""


def _before_the_project(words: str, lexicon: Lexicon) -> str | None:
    """The unit that a title names right before the project: 某市水务局河道清淤项目绩效自评报告."""
    match = lexicon.pattern("identity.unit_before_project").match(words.removeprefix("关于"))
    return match["unit"] if match else None


def _signature(document: Document, tails: tuple[str, ...]) -> str | None:
    """The unit's name alone on one of the last lines, above the date."""
    last = [p for p in document.running_text if p.role is Role.BODY][-3:]
    for paragraph in reversed(last):
        line = _close_up(paragraph.text)
        if 4 <= len(line) <= 30 and line.endswith(tails) and not any(mark in line for mark in "。；，：、"):
            return line
    return None
