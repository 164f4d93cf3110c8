"""Do the sources of a form's fund block make its total, column by column?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from extractor.check.form_tables import Places, flat, places_of
from extractor.check.parts import bound_claim, sum_claim
from extractor.check.registry import Case
from extractor.check.shown import MEASURE_NAMES, fact_operand, figures_of, named, quoted
from extractor.check.told import Yielded
from extractor.check.verdicts import finding, weight
from extractor.model.document import Cell
from extractor.model.facts import SURE, Fact, Form, Origin, Project
from extractor.model.findings import Severity
from extractor.model.quantity import ZERO, Bound, Quantity
from extractor.model.relations import Judgement, judge_sum

NAME = "amount-source-sum"
WITHIN = "其中"
NEAR = 5
"""Another order of parts misses its total by less than one part in so many, else it is none."""


class Added:
    """What stretches of a list of figures add up to: spares most trials of long lists."""

    def __init__(self, figures: Sequence[Quantity]) -> None:
        self._sums = list(accumulate((figure.value for figure in figures), initial=ZERO))
        self._steps = list(accumulate((figure.step for figure in figures), initial=ZERO))
        self._are_plain = all(map(_is_plain, figures))

    def may_make(self, total: Quantity, start: int, end: int) -> bool:
        """May the figures [start, end) make a total, every one of them rounded by half of its last digit?"""
        gap = abs(self._sums[end] - self._sums[start] - total.value)
        return not self._are_plain or not _is_plain(total) or gap * 2 <= self._steps[end] - self._steps[start] + total.step


def _is_plain(figure: Quantity) -> bool:
    return figure.bound is Bound.NONE and figure.upper is None


def form_fund_sums(case: Case) -> Yielded:
    """Every total of a fund block with the parts printed under it, or beside it."""
    places = places_of(case)
    for project in case.facts.projects:
        for form in project.forms:
            for total, parts in _columns(project, form):
                if total.quantity.value and parts:
                    yield from _sum(case, places, project, total, parts)


def _columns(project: Project, form: Form) -> Iterator[tuple[Fact, list[Fact]]]:
    """Each total with its parts: those of its own column, or of the columns beside it where the header is nested."""
    where = {span.paragraph for span in form.spans}
    own = [f for f in project.facts if f.origin is Origin.FORM and f.spans and f.spans[0].paragraph in where]
    for total in (f for f in own if f.source is None and f.measure in MEASURE_NAMES):
        parts = [f for f in own if f.source and f.measure is total.measure]
        column = [f for f in parts if f.label == total.label]
        shared = any(f is not total and f.source is None and f.measure is total.measure for f in own)
        yield total, column or ([] if shared else parts)


def _sum(case: Case, places: Places, project: Project, total: Fact, parts: list[Fact]) -> Yielded:
    judgement, chosen = _best(total, parts)
    for own in _without_asides(case, places, parts) if not judgement.is_consistent else ():
        if 1 < len(own) < len(parts) and (told := _best(total, own))[0].is_consistent:
            judgement, chosen = told
            break
    quantities, operands = [f.quantity for f in chosen], tuple(fact_operand(f, f.source or "part") for f in chosen)
    cells = tuple(dict.fromkeys(span for f in (total, *chosen) for span in (*places.label(f.spans[0]), *f.spans[:1])))
    spans = tuple(dict.fromkeys((*cells, *quoted(case.facts.document, figures_of([total])))))
    falls_short = judgement.expected < total.quantity.value
    if not judgement.is_consistent and falls_short and len(chosen) == 1 and _printed_parts(case, places, total) < 2:
        yield bound_claim(NAME, quantities, total.quantity, spans, project.name, operands)
        return
    claim = sum_claim(NAME, judgement, quantities, total.quantity, spans, project.name, operands)
    yield claim
    if not judgement.is_consistent:
        doubts = SURE.union(total.doubts, *(f.doubts for f in chosen))
        yield finding(
            claim, weight(judgement, Severity.ERROR), arguments=named(total.measure), doubts=doubts, highlight=figures_of([total, *chosen])
        )


def _without_asides(case: Case, places: Places, parts: list[Fact]) -> Iterator[list[Fact]]:
    """The parts without rows on what of them was spent on something (其中：项目支出), or the kinds of spending without their own parts."""
    kinds = case.lexicon.words("spending_parts")
    led = [_is_led(places, part) for part in parts]
    yield [f for place, f in enumerate(parts) if not place or not (led[place] or f.source in kinds)]
    yield [f for place, f in enumerate(parts) if not place or not led[place]]
    yield [f for f in parts if f.source in kinds]


def _is_led(places: Places, part: Fact) -> bool:
    place = places.at(part.spans[0])
    return place is not None and _label(place[0].grid[place[1].row], place[1].column).startswith(WITHIN)


def _best(total: Fact, parts: list[Fact]) -> tuple[Judgement, list[Fact]]:
    """All parts; where they do not make the total, those left when the parts of a part are not counted twice (财政资金, of it
    一般公共预算 and 政府性基金)."""
    first = judge_sum([f.quantity for f in parts], total.quantity)
    if first.is_consistent:
        return first, parts
    added = Added([f.quantity for f in parts])
    for place, whole in enumerate(parts):
        for end in range(place + 2, len(parts) + 1):
            if not added.may_make(whole.quantity, place + 1, end):
                continue
            inner, left = parts[place + 1 : end], [*parts[: place + 1], *parts[end:]]
            if judge_sum([f.quantity for f in inner], whole.quantity).is_consistent:
                judgement = judge_sum([f.quantity for f in left], total.quantity)
                if judgement.is_consistent:
                    return judgement, left
    return _by_another_order(total, parts, added) or (first, parts)


def _by_another_order(total: Fact, parts: list[Fact], added: Added) -> tuple[Judgement, list[Fact]] | None:
    """The parts of one order where the total is parted in two, one after the other: by where money comes from, by what it is spent on.

    Where one order makes the total, the other is what is judged.
    """
    for end in range(2, len(parts) - 1):
        if not (added.may_make(total.quantity, 0, end) or added.may_make(total.quantity, end, len(parts))):
            continue
        orders = parts[:end], parts[end:]
        told = [judge_sum([f.quantity for f in order], total.quantity) for order in orders]
        if told[0].is_consistent and told[1].is_consistent:
            return told[0], orders[0]
        failed = next((i for i in (0, 1) if told[1 - i].is_consistent and not told[i].is_consistent), None)
        if failed is not None and abs(told[failed].expected - total.quantity.value) * NEAR < abs(total.quantity.value):
            return told[failed], orders[failed]
    return None


def _printed_parts(case: Case, places: Places, total: Fact) -> int:
    """How many rows for sources the form prints under its total, filled in or blank."""
    place = places.at(total.spans[0])
    if place is None:
        return 0
    table, cell = place
    leads = case.lexicon.words("fund_part_leads")
    count = 0
    for row in range(cell.row + cell.row_span, table.rows):
        label = _label(table.grid[row], cell.column)
        if not label.startswith(leads):
            break
        count += 1
    return count


def _label(cells: tuple[Cell | None, ...], column: int) -> str:
    """The last words left of a column."""
    texts = [flat(cell) for cell in cells[:column] if cell is not None]
    return next((text for text in reversed(texts) if any("\u4e00" <= c <= "\u9fff" for c in text)), "")
