"""How statements settle into one figure a measure: the rules of one place, so that prose and form agree on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from extractor.lexicon.holding import any_word
from extractor.lexicon.packs import Lexicon
from extractor.model.facts import Doubt, Fact, Measure, Origin, Source

# How explicit the words beside a figure are; the most explicit statement of the whole amount stands.
EXPLICIT = {"budget_adjusted": 3, "budget_initial": 3, "budget": 2, "arrived": 2, "executed": 2, "balance": 2, "budget_weak": 1}


def settle(facts: Sequence[Fact], year: str | None, lexicon: Lexicon) -> dict[Measure, Fact]:
    """The settled figure of each measure.

    A form's total stands over a table's and a table's over prose; of several prose statements the first of the whole
    amount under the most explicit label. Only 年初 given, and nothing 追加: it is the budget too. A single part is the whole.
    """
    narrow = lexicon.words("account_sections")
    own = [f for f in facts if f.year in (None, year) and f.qualifier not in narrow]
    settled: dict[Measure, Fact] = {}
    for measure in Measure:
        every = [f for f in own if f.measure is measure and f.source is None]
        whole = [f for f in every if not f.qualifier] or every
        if measure is Measure.ARRIVED:
            whole = [f for f in whole if f.quantity.value or f.origin is not Origin.PROSE]
        chosen = _best(whole, lexicon) or _only_part(own, measure, lexicon)
        if chosen and chosen.origin is Origin.FORM and not chosen.quantity.value:
            chosen = _sum_of_parts(own, measure) or chosen
        if chosen:
            settled[measure] = _doubted(chosen, whole, lexicon) if measure is Measure.BUDGET else chosen
    raised = any(f.measure is Measure.ADJUSTMENT and f.quantity.value and not (f.source or f.qualifier) for f in own)
    if Measure.BUDGET_INITIAL in settled and Measure.BUDGET not in settled and not raised:
        settled[Measure.BUDGET] = replace(settled[Measure.BUDGET_INITIAL], measure=Measure.BUDGET)
    return settled


def _best(facts: Sequence[Fact], lexicon: Lexicon) -> Fact | None:
    if not facts:
        return None
    rank = {Origin.FORM: 2, Origin.TABLE: 1, Origin.PROSE: 0}

    running, invests = lexicon.words("running_totals"), any_word(lexicon, "whole_investments")

    def explicitness(fact: Fact) -> tuple[int, int, bool]:
        """累计支出 stands back where the year's own spending is told too, 总投资 where the year's own budget is."""
        of_years = fact.label.startswith(running) or invests(fact.label) is not None
        return rank[fact.origin], EXPLICIT.get(lexicon.group_of("measure", fact.label) or "", 0), not of_years

    return max(facts, key=explicitness)  # the first of equals


def _doubted(chosen: Fact, whole: Sequence[Fact], lexicon: Lexicon) -> Fact:
    """A budget told in prose is doubted beside another one, and where it is an investment over years."""
    if chosen.origin is not Origin.PROSE:
        return chosen
    doubts = chosen.doubts
    if any(f.quantity.value != chosen.quantity.value and not f.quantity.interval.meets(chosen.quantity.interval) for f in whole):
        doubts |= {Doubt.TWO_CANDIDATES}
    if any(word in chosen.label for word in lexicon.words("investments")):
        doubts |= {Doubt.BASE_UNCERTAIN}
    return replace(chosen, doubts=doubts)


def _sum_of_parts(facts: Sequence[Fact], measure: Measure) -> Fact | None:
    """A form's total row of 0 over filled parts says nothing: the parts do, where they share a unit."""
    parts = [f for f in facts if f.measure is measure and f.source and f.origin is Origin.FORM and f.quantity.value]
    if not parts or len({f.quantity.multiplier for f in parts}) > 1:
        return None
    total = sum((f.quantity.digits for f in parts), parts[0].quantity.digits * 0)
    decimals = max(f.quantity.decimals for f in parts)
    quantity = replace(parts[0].quantity, digits=total, decimals=decimals, written="+".join(f.quantity.written for f in parts))
    return replace(parts[0], quantity=quantity, source=None, spans=tuple(s for f in parts for s in f.spans))


def _only_part(facts: Sequence[Fact], measure: Measure, lexicon: Lexicon) -> Fact | None:
    """区级财政预算资金20万 and no other part: the fund is that part. One source's arrivals beside several are no whole."""
    parts = [f for f in facts if f.measure is measure and f.source]
    alike = parts if measure in (Measure.BUDGET, Measure.BUDGET_INITIAL) else [f for f in facts if f.source]
    fillers = lexicon.words("source_fillers")
    if measure is Measure.BUDGET and len(parts) > 2 and parts[0].quantity.value == sum(f.quantity.value for f in parts[1:]):
        return replace(parts[0], source=None)  # 市级财政安排620万元，其中消费券500万元、展销120万元
    if measure is Measure.BALANCE or len({f.source for f in parts}) != 1 or len({_telling(f.source or "", fillers) for f in alike}) > 1:
        return None
    return replace(parts[0], source=None)


def sources(facts: Iterable[Fact], lexicon: Lexicon) -> tuple[Source, ...]:
    """The printed parts of the fund, in order of first appearance; 区级 and 区级财政预算资金 are one."""
    fillers = lexicon.words("source_fillers")
    labels: dict[str, str] = {}
    parts: dict[str, dict[Measure, Fact]] = {}
    for fact in facts:
        if not fact.source or fact.measure in (Measure.BALANCE, Measure.ADJUSTMENT):
            continue
        key = _telling(fact.source, fillers)
        labels.setdefault(key, fact.source)
        parts.setdefault(key, {}).setdefault(fact.measure, fact)
    return tuple(_source(label, parts[key]) for key, label in labels.items())


def _source(label: str, parts: Mapping[Measure, Fact]) -> Source:
    return Source(
        label, parts.get(Measure.BUDGET) or parts.get(Measure.BUDGET_INITIAL), parts.get(Measure.ARRIVED), parts.get(Measure.EXECUTED)
    )


def source_named(name: str | None, parts: Sequence[Source], lexicon: Lexicon) -> str | None:
    """The label of the source that a name is of: 自筹资金 is the 单位自筹 told before."""
    fillers = lexicon.words("source_fillers")
    return next((s.label for s in parts if name and _telling(s.label, fillers) == _telling(name, fillers)), name)


def _telling(label: str, fillers: Sequence[str]) -> str:
    """A source's label without the words that every source has; the label itself where nothing else is left."""
    key = label
    for filler in fillers:
        key = key.replace(filler, "")
    return key or label


def all_arrived(budget: Fact | None, said: Fact) -> Fact | None:
    """资金全部到位: what was budgeted has arrived; the figure is the budget's, the words are the statement's."""
    if budget is None:
        return None
    return replace(
        budget,
        measure=Measure.ARRIVED,
        spans=(*budget.spans[:1], *said.spans),
        label=said.label,
        source=None,
        doubts=budget.doubts | {Doubt.INFERRED},
    )
