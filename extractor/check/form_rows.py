"""The rows of a form as checks use them: points counted once, whatever cells were merged, and how they are given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from extractor.check.form_tables import Places, flat
from extractor.check.registry import Case
from extractor.check.shown import shown_operand, trimmed
from extractor.model.document import Paragraph, Span
from extractor.model.facts import Form, Indicator, Project, Stated
from extractor.model.findings import OperandShown
from extractor.model.quantity import Quantity

MOST_TERMS = 12
"""Terms of a sum that are shown one by one."""
EXECUTION = "预算执行"
SHORTEST_NOTE = 20


@dataclass(frozen=True, slots=True)
class Term:
    """Printed points that go into a sum: those of a row, or of the execution row."""

    name: str
    stated: Stated
    quantity: Quantity

    @property
    def shown(self) -> OperandShown:
        return shown_operand(self.name, self.quantity, *self.stated.spans[:1])


def forms(case: Case) -> Iterator[tuple[Project, Form]]:
    return ((project, form) for project in case.facts.projects for form in project.forms)


def rows(case: Case, form: Form) -> list[Indicator]:
    """The indicators of a form, without rows that add up others."""
    subtotals = case.lexicon.words("subtotal_rows")
    return [i for i in form.indicators if i.name not in subtotals]


def terms(indicators: list[Indicator], what: str) -> list[Term]:
    """The weights or the scores of rows; a merged cell counts once, however many rows it covers."""
    found: dict[tuple[Span, ...], Term] = {}
    for indicator in indicators:
        stated: Stated | None = getattr(indicator, what)
        if stated is not None and stated.quantity is not None:
            found.setdefault(stated.spans, Term(indicator.name, stated, stated.quantity))
    return list(found.values())


def execution(project: Project, form: Form, what: str, own: list[Term]) -> Term | None:
    """The points of the execution row, where the indicators do not list it: the form's own, else those of a table beside it."""
    stated: Stated | None = getattr(form, what) or (getattr(project, what) if len(project.forms) <= 1 else None)
    if stated is None or stated.quantity is None or any(stated.spans == term.stated.spans for term in own):
        return None
    return Term(EXECUTION, stated, stated.quantity)


def is_shared(indicators: list[Indicator], stated: Stated) -> bool:
    """Does a merged cell give its points to several rows?"""
    return sum(1 for i in indicators for own in (i.weight, i.score) if own is not None and own.spans == stated.spans) > 1


def added(own: list[Term]) -> str:
    """10 + 50 + 20 + 10 = 90"""
    total = trimmed(sum((term.quantity.value for term in own), Decimal(0)))
    if len(own) > MOST_TERMS:
        few = " + ".join(trimmed(term.quantity.value) for term in own[: MOST_TERMS - 1])
        return f"{few} + … + {trimmed(own[-1].quantity.value)}（共{len(own)}项） = {total}"
    return " + ".join(trimmed(term.quantity.value) for term in own) + f" = {total}"


def figures(own: list[Term]) -> tuple[Span, ...]:
    return tuple(span for term in own for span in term.stated.spans[:1])


def cells(places: Places, stated: Stated | None) -> tuple[Span, ...]:
    """A figure of a form with the words that label its row."""
    return (*places.label(stated.spans[0]), stated.spans[0]) if stated is not None and stated.spans else ()


def is_stepwise(case: Case, places: Places, form: Form, span: Span, execution_row: bool = False) -> bool:
    """Are the points of a row given by steps, so that no proportion tells what was earned? By the settings, by what the row
    itself says of its scoring, or by the notes of the form."""
    if case.settings.scoring != "auto":
        return case.settings.scoring == "stepwise"
    if any(_tells_steps(case, flat(cell)) for cell in places.row(span)):
        return True
    words = case.lexicon.words("execution_words")
    for note in (form.scheme, *notes(case, places, form)):
        if _tells_steps(case, note) and (not execution_row or any(word in note for word in words)):
            return True
    return False


def _tells_steps(case: Case, text: str) -> bool:
    """Does a text tell steps of points? Texts of forms repeat, row by row."""
    place = ("tells steps", text)
    if place not in case.memo:
        case.memo[place] = case.lexicon.pattern("form_checks.steps").search(text) is not None
    answer: bool = case.memo[place]
    return answer


def notes(case: Case, places: Places, form: Form) -> tuple[str, ...]:
    """The words that may tell how a form is scored: cells over its whole width, and running text: all of it beside an only form,
    that up to the next table where there are several."""
    place = ("notes", id(form))  # forms live as long as the case
    if place not in case.memo:
        case.memo[place] = tuple(_notes(case, places, form))
    found: tuple[str, ...] = case.memo[place]
    return found


def _notes(case: Case, places: Places, form: Form) -> Iterator[str]:
    tables = list(places.of_form(form))
    for table in tables:
        yield from (flat(cell) for cell in table.cells if cell.column_span >= table.columns - 1 and len(flat(cell)) > SHORTEST_NOTE)
    if sum(1 for _ in forms(case)) == 1:
        yield from (p.text for p in case.facts.document.running_text)
    elif tables:
        blocks = case.facts.document.blocks
        after = blocks[case.facts.document.place_of[tables[-1].index] + 1 :]
        yield from (block.text for block in takewhile(lambda block: isinstance(block, Paragraph), after) if isinstance(block, Paragraph))
