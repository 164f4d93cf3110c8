"""Where the text tells of an indicator that a form lists: found by its name, with the figure that follows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from extractor.check.form_rows import rows
from extractor.check.form_tables import Places, flat, places_of
from extractor.check.passages import clause, prose, sentence
from extractor.check.registry import Case
from extractor.check.targets import unit_class
from extractor.check.told import is_count
from extractor.model.document import Paragraph, Span
from extractor.model.facts import Indicator, Kind, Mention, Project, Value
from extractor.model.quantity import Bound, Quantity

SHORTEST = 4
"""Characters of a name, without its tail, that are looked for in the text."""
REACH = 10
LONG_CELL = 10
HEAD_REACH = 2
LONGEST_HEAD = 16
SHORTEST_TURNED = 5
INITIAL = "initial"
PROJECT = "项目"
BEHIND = ("以上", "以内", "以下")
FIGURES = frozenset({Kind.COUNT, Kind.PERCENT, Kind.MONEY, Kind.NUMBER})


@dataclass(frozen=True, slots=True)
class RowFigure:
    """A figure of the text that belongs to a row: which value of the row it tells, the clause, and the figure itself."""

    indicator: Indicator
    value: Value
    expected: Quantity
    role: str  # actual, target
    quantity: Quantity
    span: Span
    figure: Span
    core: str
    is_count: bool
    on_results: bool  # told in a part on what was achieved


def told_rows(case: Case, project: Project) -> Iterator[RowFigure]:
    """Every statement of the text on an indicator of the project's forms."""
    listed = [indicator for form in project.forms for indicator in rows(case, form)]
    cores = {core: indicator for indicator in listed if len(core := name_core(case, indicator.name)) >= SHORTEST}
    cores = {core: i for core, i in cores.items() if not any(core in other[1:] for other in cores)}  # 就业 in 新增就业
    places = places_of(case)
    named = [(words, indicator) for core, indicator in cores.items() for words in (core, *_turned(core, cores))]
    for paragraph, start, end in (*_passages(case, project), *cells_of_prose(case, project)) if cores else ():
        cell = cell_role(case, places, paragraph)
        for core, indicator in named:
            place = paragraph.text.find(core, start, end) if cell != INITIAL else -1
            while place >= 0:
                found = _statement(case, paragraph, place, core, indicator, cell)
                if found is not None:
                    yield found
                place = paragraph.text.find(core, place + len(core), end)


def _turned(core: str, cores: Collection[str]) -> Iterator[str]:
    """The name with its object behind its verb: 辅助器具适配 is 适配辅助器具 in a sentence.

    >>> list(_turned("路灯维修", [])), list(_turned("辅助器具适配", []))
    ([], ['器具适配辅助', '适配辅助器具'])
    """
    for cut in range(2, len(core) - 1) if len(core) >= SHORTEST_TURNED else ():
        words = core[cut:] + core[:cut]
        if min(cut, len(core) - cut) == 2 and not any(words in other or other in words for other in cores):
            yield words


def cell_role(case: Case, places: Places, paragraph: Paragraph) -> str:
    """What a cell of prose tells by the words above or left of it: target, actual, a target since replaced, or nothing known."""
    place = places.at(Span(paragraph.index, 0, 0))
    if place is None:
        return ""
    table, cell = place
    above = [table.grid[row][cell.column] for row in range(cell.row - 1, max(-1, cell.row - 1 - HEAD_REACH), -1)]
    left = [c for c in places.row(Span(paragraph.index, 0, 0)) if c.column < cell.column]
    results = case.lexicon.words("result_words")
    for head in (*above, *reversed(left)):
        text = flat(head)
        if 2 < len(text) <= LONGEST_HEAD and any(word in text for word in results):
            return "actual"
        if 2 < len(text) <= LONGEST_HEAD and "目标" in text:
            beside = [flat(c) for c in table.grid[head.row]] if head else []
            return INITIAL if "年初" in text and any("调整" in other for other in beside) else "target"
    return ""


def name_core(case: Case, name: str) -> str:
    """An indicator's name as text would say it: no marks, no notes in brackets, no 数 or 率 at its end."""
    bare = case.lexicon.pattern("form_checks.name_marks").sub("", name)
    for tail in case.lexicon.words("name_tails_of_counts"):
        if bare.endswith(tail) and len(bare) - len(tail) >= SHORTEST:
            return bare.removesuffix(tail)
    return bare


def _passages(case: Case, project: Project) -> Iterator[tuple[Paragraph, int, int]]:
    """The project's own text, and what names it elsewhere; all of the text where the document has one project only."""
    paragraphs = {p.index: p for p in prose(case.facts.document)}
    own = [s for s in project.segment.spans if s.paragraph in paragraphs]
    if sum(1 for p in case.facts.projects if not p.is_total) == 1:
        yield from ((p, 0, len(p.text)) for p in paragraphs.values())
    else:
        yield from ((paragraphs[s.paragraph], s.start, s.end) for s in own)
        yield from _sentences_naming(case, project, paragraphs.values())


def _sentences_naming(case: Case, project: Project, paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Paragraph, int, int]]:
    """Sentences in a part on no project that name this one, and none of the others."""
    short = {p.name: p.name.removesuffix(PROJECT) for p in case.facts.projects if not p.is_total}
    name = short.get(project.name, "")
    others = [other for full, other in short.items() if full != project.name and other not in name and len(other) >= SHORTEST]
    for paragraph in paragraphs if len(name) >= SHORTEST else ():
        place = paragraph.text.find(name)
        while place >= 0:
            around = sentence(paragraph, place, place + len(name))
            quote = case.facts.document.quote(around)
            owner = case.facts.project_at(around)  # the whole report's own part has no form
            if (owner is None or not owner.forms) and not any(other in quote for other in others):
                yield paragraph, around.start, around.end
            place = paragraph.text.find(name, max(around.end, place + 1))


def cells_of_prose(case: Case, project: Project) -> Iterator[tuple[Paragraph, int, int]]:
    """Prose in cells beside the rows: the goal of the year and what became of it."""
    for form in project.forms:
        own = {span.paragraph for indicator in form.indicators for span in indicator.spans}
        for span in form.spans:
            if span.paragraph not in own and len(span) >= LONG_CELL:
                yield case.facts.document.paragraphs[span.paragraph], span.start, span.end


def _statement(case: Case, paragraph: Paragraph, place: int, core: str, indicator: Indicator, cell: str) -> RowFigure | None:
    after = place + len(core)
    mention = next((m for m in case.facts.mentions.get(paragraph.index, ()) if m.start >= after and m.kind in FIGURES), None)
    if mention is None or mention.quantity is None or mention.start - after > REACH or mention.quantity.upper is not None:
        return None
    gap = paragraph.text[after : mention.start]
    if not case.lexicon.pattern("form_checks.told_gap").fullmatch(gap):
        return None
    around = clause(paragraph, place, mention.end)
    before = paragraph.text[around.start : place]
    beside = f"{before}{gap}"
    if any(word in beside for word in case.lexicon.words("past_cues")):
        return None
    role = "target" if _tells_target(case, paragraph, mention, beside) else cell or "actual"
    on_results = _is_on_results(case, paragraph)
    if role == "actual" and not (on_results or cell) and _agrees(indicator.target, mention.quantity):
        role = "target"  # a cell, or an overview, does not say whether it tells the goal or the result
    value = indicator.target if role == "target" else indicator.actual
    expected = _measured(value, indicator)
    if value is None or expected is None or not value.spans or not _is_one_kind(case, mention.quantity, expected):
        return None
    figure = Span(paragraph.index, mention.start, mention.end)
    counts = is_count(case, expected)
    said = mention.quantity
    if role == "actual" and said.bound is Bound.AT_LEAST and "达" in f"{gap}{paragraph.text[mention.start : mention.end]}":
        said = replace(said, bound=Bound.NONE)  # 达到98.6% of a result is no lower bound
    return RowFigure(indicator, value, expected, role, said, around, figure, core, counts, on_results)


def _measured(value: Value | None, indicator: Indicator) -> Quantity | None:
    """The figure of a value, in the unit of the row's other value where the form has a column for units and it prints none."""
    own = value.quantity if value else None
    other = next((v.quantity for v in (indicator.target, indicator.actual) if v and v is not value and v.quantity), None)
    if own is None or own.unit or other is None or not other.unit:
        return own
    return replace(own, unit=other.unit, multiplier=other.multiplier)


def _tells_target(case: Case, paragraph: Paragraph, mention: Mention, beside: str) -> bool:
    """Is the figure a target: by the words before it, by 以上 behind it, or by the heading it stands under?"""
    behind = paragraph.text[mention.start : mention.end + 2]
    if any(word in beside for word in case.lexicon.words("target_cues")) or any(word in behind for word in BEHIND):
        return True
    section = case.facts.section_of.get(paragraph.index)
    results = case.lexicon.words("result_words")
    return section is not None and "目标" in section.title and not any(word in section.title for word in results)


def _is_on_results(case: Case, paragraph: Paragraph) -> bool:
    """Does the text stand in a part on what was achieved, not on basis or goals?"""
    section = case.facts.section_of.get(paragraph.index)
    while section is not None:
        if any(word in section.title for word in case.lexicon.words("achieved_words")):
            return True
        section = case.facts.sections[section.parent] if section.parent is not None else None
    return False


def _agrees(value: Value | None, quantity: Quantity) -> bool:
    return value is not None and value.quantity is not None and value.quantity.interval.meets(quantity.interval)


def _is_one_kind(case: Case, first: Quantity, second: Quantity) -> bool:
    return first.upper is None and second.upper is None and unit_class(case, first.unit) == unit_class(case, second.unit)
