"""Completions told in prose: 举办活动62场，完成目标的103.33%, with the target in the sentence or in the section that sets targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from extractor.check.passages import SENTENCE_MARKS, project_name, prose
from extractor.check.registry import Case
from extractor.check.told import statements
from extractor.check.told_shares import FARTHEST, ParagraphFigures, figures_in, texts_with_percents
from extractor.model.facts import Indicator, Mention, Section, Statement, StatementKind, Term

SHORTEST = 2
"""Characters in a row that the names of a target and of its result share at least."""
SURE_NAME = 4
"""Characters in a row that no two targets share by chance."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure that a section on targets sets, and what it counts."""

    name: str
    term: Term
    project: str | None


def told_completions(case: Case) -> Iterator[Statement]:
    """Completions whose result stands before them, those left out that are judged already."""
    known = {s.stated.span for s in statements(case, StatementKind.RATIO)}
    known |= {span for p in case.facts.projects for i in p.indicators if _is_judged(i) and i.completion for span in i.completion.spans[:1]}
    for text in texts_with_percents(case):
        for percent in text.percents:
            found = _completion(case, text, percent) if text.span(percent) not in known else None
            if found:
                yield found


def _goals(case: Case) -> Sequence[Goal]:
    """The goals of the document; gathered once a run, where a completion asks for them."""
    if "goals" not in case.memo:
        case.memo["goals"] = list(_gathered(case))
    found: Sequence[Goal] = case.memo["goals"]
    return found


def _gathered(case: Case) -> Iterator[Goal]:
    """The figures of sections on targets, and those that the words 目标, 计划 stand before."""
    sections = case.facts.section_of
    for paragraph in prose(case.facts.document):
        text = figures_in(case, paragraph)
        sets = _sets_targets(case, sections.get(paragraph.index))
        for count in text.counts:
            if sets or _says(case, text, count) or text.opened_by(count, "told_shares.goal_opening"):
                yield Goal(_object(case, text, count), text.term("target", count), project_name(case.facts, text.span(count)))


def _is_judged(indicator: Indicator) -> bool:
    """Has the indicator a target of the unit of its result?"""
    values = [value.quantity for value in (indicator.target, indicator.actual) if value]
    return len(values) == 2 and None not in values and len({quantity.unit for quantity in values if quantity}) == 1


def _sets_targets(case: Case, section: Section | None) -> bool:
    title = section.title if section else ""
    return any(word in title for word in case.lexicon.words("share_targets")) and not any(
        word in title for word in case.lexicon.words("result_titles")
    )


def _object(case: Case, text: ParagraphFigures, count: Mention) -> str:
    """What a figure counts: the words before it and its unit, without those that name nothing.

    全年举办群众文化活动不少于60场 counts 举办群众文化活动.
    """
    words = text.lead(count)
    for empty in case.lexicon.words("empty_objects"):
        words = words.replace(empty, "")
    return words


def _completion(case: Case, text: ParagraphFigures, percent: Mention) -> Statement | None:
    behind = [c for c in text.counts if c.end <= percent.start and not _stops(text, c.end, percent.start)]
    lead = text.lead(percent)
    of_target = bool(behind) and text.paragraph.text[behind[-1].end : percent.start] == "的" and _says(case, text, behind[-1])
    if not of_target and not case.lexicon.pattern("told_shares.completion").search(lead):
        return None
    targets = [c for c in behind if _says(case, text, c)]
    results = [c for c in behind if c not in targets]
    if not results:
        return None
    result = results[-1]
    assert result.quantity
    if targets:
        near = [t for t in targets if t.quantity and t.quantity.unit == result.quantity.unit]
        return text.statement(result, text.term("target", near[-1]), percent, _object(case, text, result)) if near else None
    return _held_against(case, text, result, percent)


def _held_against(case: Case, text: ParagraphFigures, result: Mention, percent: Mention) -> Statement | None:
    """The completion with the target it fits; else with the only one that has most words in common with the result."""
    assert result.quantity
    name, project = _object(case, text, result), project_name(case.facts, text.span(result))
    fitting = [g for g in _goals(case) if g.project == project and g.term.quantity.unit == result.quantity.unit]
    scored = [(_shared(g.name, name), g) for g in fitting]
    alike = [(shared, g) for shared, g in scored if shared >= SHORTEST]
    told = [(shared, text.statement(result, g.term, percent, name)) for shared, g in alike]
    right = next((s for _, s in told if text.off(s) == 0), None)
    if right or not told:
        return right
    most = max(shared for shared, _ in told)
    best = [s for shared, s in told if shared == most]
    return best[0] if len(best) == 1 and (most >= SURE_NAME or text.off(best[0]) <= FARTHEST) else None


def _shared(goal: str, result: str) -> int:
    """The length of the longest stretch of characters that two names share.

    >>> _shared("规范管理高血压患者", "管理高血压患者")
    7
    """
    return SequenceMatcher(None, goal, result, autojunk=False).find_longest_match().size


def _says(case: Case, text: ParagraphFigures, count: Mention) -> bool:
    return any(mark in text.lead(count) for mark in case.lexicon.words("target_marks"))


def _stops(text: ParagraphFigures, start: int, end: int) -> bool:
    return any(mark in SENTENCE_MARKS for mark in text.paragraph.text[start:end])
