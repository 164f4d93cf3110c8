"""Points that the text says were taken off, against the score it gives: 共扣4分，自评得分96分."""

from __future__ import annotations

from decimal import Decimal

from extractor.check.passages import prose, sentence
from extractor.check.registry import Case
from extractor.check.shown import quoted, shown_operand, trimmed, written
from extractor.check.told import Yielded
from extractor.check.verdicts import finding, judged
from extractor.model.document import Span
from extractor.model.facts import Doubt, Kind, Mention, Project
from extractor.model.findings import Relation, Severity
from extractor.model.quantity import ZERO
from extractor.model.relations import Judgement, Outcome

NAME = "score-sum-mismatch"
REACH = 8


def deductions_told(case: Case, full: Decimal | None) -> Yielded:
    """Each project's score against the points taken off in its paragraph: all of them where the text says so (共扣4分).

    Points that are only listed may not be all: more of them than the score lacks is a contradiction, fewer are none.
    """
    if full is None:
        return
    for project in case.facts.projects:
        score = project.self_score
        if score is None or score.quantity is None or not score.spans or project.forms:
            continue
        place = score.spans[0].paragraph
        taken = [m for p in prose(case.facts.document) if p.index == place for m in case.facts.mentions.get(place, ())]
        told = [(m, word) for m in taken if m.kind is Kind.SCORE and m.quantity and (word := _taken(case, place, m))]
        whole = [m for m, word in told if word == "all"]
        parts = whole[:1] or [m for m, word in told if word == "some" and m.start < score.spans[0].start]
        if parts:
            yield from _judged(case, project, parts, full, is_all=bool(whole))


def _taken(case: Case, place: int, mention: Mention) -> str:
    """Whether points are said to be taken off: "all" of them, "some" of them, "" where they are given or a rule says when they are."""
    paragraph = case.facts.document.paragraphs[place]
    around = case.facts.document.quote(sentence(paragraph, mention.start, mention.end))
    if any(word in around for word in case.lexicon.words("deduction_rules")):
        return ""
    lead = paragraph.text[max(0, mention.start - REACH) : mention.start]
    match = case.lexicon.pattern("scores.taken_off").search(lead)
    return "" if match is None else "all" if match["all"] else "some"


def _judged(case: Case, project: Project, parts: list[Mention], full: Decimal, *, is_all: bool) -> Yielded:
    score = project.self_score
    assert score
    assert score.quantity
    place = score.spans[0].paragraph
    taken = [part.quantity for part in parts if part.quantity]
    left = full - sum((quantity.value for quantity in taken), ZERO)
    value = score.quantity.value
    fails = left != value if is_all else left < value
    if not is_all and left > value:
        return  # others may have been taken off too
    marks = (score.spans[0], *(Span(place, part.start, part.end) for part in parts))
    judgement = Judgement(Outcome.FAILS if fails else Outcome.HOLDS, left)
    formula = f"{' − '.join([trimmed(full), *(trimmed(quantity.value) for quantity in taken)])} = {trimmed(left)}"
    operands = [shown_operand("deduction", part.quantity, Span(place, part.start, part.end)) for part in parts if part.quantity]
    spans = quoted(case.facts.document, marks)
    claim = judged(Relation.SUM, NAME, judgement, written(score.quantity), spans, project.name, trimmed(left), formula, operands)
    yield claim
    if fails:
        yield finding(claim, Severity.WARNING, "deducted", doubts=score.doubts | {Doubt.INFERRED}, highlight=marks)
