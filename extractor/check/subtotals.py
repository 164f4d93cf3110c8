"""Do the rows 小计 of a form add up the rows above them, or below?"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.check.form_rows import Term, added, cells, execution, figures, forms, rows, terms
from extractor.check.form_tables import Places, places_of
from extractor.check.registry import Case
from extractor.check.score_sums import judge
from extractor.check.shown import trimmed
from extractor.check.told import Yielded
from extractor.check.verdicts import finding, judged
from extractor.model.facts import SURE, Form, Indicator, Project, Stated
from extractor.model.findings import Relation, Severity
from extractor.model.relations import Judgement
from extractor.model.score_relations import judge_points


def subtotals(case: Case, what: str, name: str) -> Yielded:
    """The weights or the scores of the rows between two subtotals against the one that adds them up."""
    places = places_of(case)
    for project, form in forms(case):
        for place, subtotal in enumerate(form.subtotals):
            stated: Stated | None = getattr(subtotal, what)
            if stated is not None and stated.quantity is not None:
                yield from _one(case, places, project, form, place, stated, what, name)


def _one(case: Case, places: Places, project: Project, form: Form, place: int, stated: Stated, what: str, name: str) -> Yielded:
    assert stated.quantity is not None
    tried: list[tuple[Judgement, list[Term]]] = []
    for own in _candidates(case, project, form, place, what):
        quantities = [term.quantity for term in own]
        judgement = judge(own, stated.quantity) if what == "score" else judge_points(quantities, stated.quantity)
        tried.append((judgement, own))
    if not tried:
        return
    judgement, own = next((pair for pair in tried if pair[0].is_consistent), tried[0])
    spans = (*cells(places, stated), *figures(own))
    shown, expected = [term.shown for term in own], trimmed(judgement.expected)
    claim = judged(Relation.SUM, name, judgement, trimmed(stated.quantity.value), spans, project.name, expected, added(own), shown)
    yield claim
    if not judgement.is_consistent:
        doubts = SURE.union(stated.doubts, *(i.doubts for i in form.indicators))
        arguments = {"label": form.subtotals[place].label}
        yield finding(claim, Severity.ERROR, "subtotal", arguments, doubts=doubts, highlight=stated.spans[:1])


def _candidates(case: Case, project: Project, form: Form, place: int, what: str) -> Iterator[list[Term]]:
    """The rows since the subtotal before, with and without those of the execution row; else the rows up to the next one.

    Nothing where a row has no points, for then the sum is not known.
    """
    bounds = [0, *(s.place for s in form.subtotals), len(form.indicators)]
    for begin, end in ((bounds[place], bounds[place + 1]), (bounds[place + 1], bounds[place + 2])):
        between: list[Indicator] = [i for i in rows(case, form) if i in form.indicators[begin:end]]
        if any(getattr(i, what) is None for i in between):
            return
        if not between:
            continue
        own = terms(between, what)
        yield own
        extra = execution(project, form, f"execution_{what}", own)
        if extra is not None and begin == 0:
            yield [extra, *own]
