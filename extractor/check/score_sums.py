"""Do the scores of a form make its total?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from extractor.check.form_rows import Term, added, cells, execution, figures, forms, rows, terms
from extractor.check.form_tables import Places, places_of
from extractor.check.registry import Case
from extractor.check.shown import quoted, trimmed, written
from extractor.check.told import Yielded
from extractor.check.verdicts import finding, judged, unchecked, weight
from extractor.model.document import Span
from extractor.model.facts import SURE, Doubt, Form, Indicator, Origin, Project, Stated
from extractor.model.findings import Relation, Severity
from extractor.model.quantity import HUNDRED, TWO, ZERO, Quantity, rounded
from extractor.model.relations import Allowance, Judgement, Outcome
from extractor.model.score_relations import judge_score_sum

NAME = "score-sum-mismatch"
USUAL_EXECUTION = (Decimal(10), Decimal(20))
"""What the execution row carries in the known forms: so much may be missing where that row was not read."""


def form_score_sums(case: Case) -> Yielded:
    """The scores of the rows, the execution row's added, against the total that the form or its conclusion states."""
    places = places_of(case)
    for project, form in forms(case):
        own = terms(rows(case, form), "score")
        for total in (form.total_score or _told_total(project, form), form.head_score):
            if total is not None and total.quantity is not None and own:
                yield from _sum(case, places, project, form, own, total, total.quantity)


def _told_total(project: Project, form: Form) -> Stated | None:
    """自评总分95分 in a cell of the form, where no row prints a total; else what the text around the project's only form says."""
    told = [s for s in project.scores if s.origin is Origin.PROSE]
    inside = next((s for s in told if _is_in(s, form)), None)
    if inside or len(project.forms) > 1 or not told:
        return inside
    return replace(told[0], doubts=told[0].doubts | {Doubt.BASE_UNCERTAIN})


def _is_in(stated: Stated, form: Form) -> bool:
    return any(span.paragraph == own.paragraph for span in stated.spans[:1] for own in form.spans)


def _sum(case: Case, places: Places, project: Project, form: Form, own: list[Term], total: Stated, quantity: Quantity) -> Yielded:
    extra = execution(project, form, "execution_score", own)
    everything = [extra, *own] if extra else own
    spans = (*cells(places, total), *_told_too(case, project, total), *figures(everything))
    open_points = _unscored(project, form, rows(case, form), extra)
    judgement, chosen = judge(everything, quantity), everything
    if not judgement.is_consistent:
        judgement, chosen = _otherwise(case, project, form, everything, own, quantity) or (judgement, chosen)
    gap = quantity.value - judgement.expected
    if not judgement.is_consistent and ZERO < gap <= open_points:
        yield unchecked(Relation.SUM, NAME, written(quantity), spans, "no_score", project.name)
        return
    shown = [term.shown for term in chosen]
    exact = sum((term.quantity.value for term in chosen), ZERO)
    expected = f"{trimmed(judgement.expected if judgement.is_consistent else exact)}分"
    claim = judged(Relation.SUM, NAME, judgement, written(quantity), spans, project.name, expected, added(chosen), shown)
    yield claim
    if not judgement.is_consistent:
        doubts = SURE.union(total.doubts, *(i.doubts for i in form.indicators))
        yield finding(claim, weight(judgement, Severity.ERROR), doubts=doubts, highlight=total.spans[:1])


def judge(own: list[Term], total: Quantity) -> Judgement:
    """Added and rounded to the decimals of the total; where the total shows more decimals than rows that were rounded
    themselves, their half units are allowed."""
    judgement = judge_score_sum([term.quantity for term in own], total)
    coarse = [t.quantity for t in own if 0 < t.quantity.decimals < total.decimals]
    slack = sum((q.step / TWO for q in coarse), ZERO)
    if not judgement.is_consistent and abs(judgement.expected - total.value) <= slack:
        return Judgement(Outcome.BY_ROUNDING, judgement.expected, Allowance.TAIL)
    return judgement


def _otherwise(
    case: Case, project: Project, form: Form, everything: list[Term], own: list[Term], total: Quantity
) -> tuple[Judgement, list[Term]] | None:
    """Other ways to a total: without the execution row where the total of weights leaves it out too, rescaled to 100 where the
    form says so, or weighted where every row is scored out of 100."""
    indicators = rows(case, form)
    weights = terms(indicators, "weight")
    listed = sum((t.quantity.value for t in weights), ZERO)
    printed = form.total_weight.quantity if form.total_weight else None
    if printed and printed.value == listed and len(own) < len(everything) and (judgement := judge(own, total)).is_consistent:
        return judgement, own
    extra = execution(project, form, "execution_weight", weights)
    points = listed + (extra.quantity.value if extra else ZERO)
    sums = []
    if ZERO < points < HUNDRED and any(word in _words(case, form) for word in case.lexicon.words("rescaled_words")):
        sums.append(sum((t.quantity.value for t in everything), ZERO) * HUNDRED / points)
    shares = {i.score.spans: i.weight.quantity.value for i in indicators if i.score and i.weight and i.weight.quantity}
    if all(t.stated.spans in shares for t in own) and sum(t.quantity.value > shares[t.stated.spans] for t in own) * 2 > len(own):
        sums.append(sum((t.quantity.value * shares[t.stated.spans] for t in own), ZERO) / HUNDRED)
    fitting = next((value for each in sums if (value := rounded(each, total.decimals)) == total.value), None)
    return (Judgement(Outcome.HOLDS, fitting), everything) if fitting is not None else None


def _words(case: Case, form: Form) -> str:
    prose = (p.text for p in case.facts.document.running_text)
    return "\n".join([form.scheme, *prose, *(case.facts.document.quote(span) for span in form.spans)])


def _unscored(project: Project, form: Form, indicators: list[Indicator], extra: Term | None) -> Decimal:
    """The points of rows that carry a weight and no score: so much more may have gone into the total than was read."""
    points = sum((i.weight.quantity.value for i in indicators if i.weight and i.weight.quantity and i.score is None), ZERO)
    if extra is None:
        weights = terms(indicators, "weight")
        left_out = execution(project, form, "execution_weight", weights)
        missing = HUNDRED - sum((term.quantity.value for term in weights), ZERO)
        points += left_out.quantity.value if left_out else missing if missing in USUAL_EXECUTION else ZERO
    return points


def _told_too(case: Case, project: Project, total: Stated) -> tuple[Span, ...]:
    """The same total in words: 项目自评总分100分."""
    same = [s for s in project.scores if s.origin is Origin.PROSE and s.quantity and total.quantity]
    same = [s for s in same if s.quantity and total.quantity and s.quantity.value == total.quantity.value]
    return quoted(case.facts.document, (s.spans[-1] for s in same))
