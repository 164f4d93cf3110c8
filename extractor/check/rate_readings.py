"""Every rate of funds held against the amounts it may rest on: which base fits, what was expected, or why none can be tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractor.check.comparable import comparable, shares_of
from extractor.check.fitting import as_claimed, fitting
from extractor.check.other_operands import is_behind_a_part, may_be_of_others
from extractor.check.own_funds import may_have_own_funds, with_own_funds
from extractor.check.passages import sentence
from extractor.check.reasons import says
from extractor.check.registry import Case
from extractor.check.shown import BUDGETS, fact_operand, figure, figures_of, operand, percent, quoted, recomputed, verdict, written
from extractor.check.stated import (
    in_no_sentence,
    in_sentence_of,
    is_investment,
    is_of_other_period,
    is_of_several_years,
    is_one_figure,
    share_sentence,
    speaks_of_the_whole,
)
from extractor.model.document import Document
from extractor.model.facts import Doubt, Doubts, Fact, Measure, Origin, Project, Rate, Source, StatementKind
from extractor.model.findings import Claim, Relation, Verdict
from extractor.model.quantity import HUNDRED
from extractor.model.relations import Judgement, judge_ratio

BUDGET, INITIAL, ARRIVED, EXECUTED = Measure.BUDGET, Measure.BUDGET_INITIAL, Measure.ARRIVED, Measure.EXECUTED
MOST_STATEMENTS = 12
"""More amounts of one measure are amounts of many things: every rate would find a pair of them that fits it."""
PARTS = {
    "executed/budget": (EXECUTED, (BUDGET, INITIAL, ARRIVED)),
    "executed/budget_initial": (EXECUTED, (INITIAL, BUDGET)),
    "executed/arrived": (EXECUTED, (ARRIVED, BUDGET, INITIAL)),
    "arrived/budget": (ARRIVED, (BUDGET, INITIAL)),
}
"""What each kind of rate is a rate of: its numerator, and the bases to try, the proper one first."""


@dataclass(frozen=True, slots=True)
class RateReading:
    """One stated rate with the operands it was held against. `judgement` is None where `reason` says why it was not."""

    project: Project
    rate: Rate
    numerator: Fact | None = None
    base: Fact | None = None
    judgement: Judgement | None = None
    reason: str | None = None
    doubts: Doubts = frozenset()

    @property
    def is_inconsistent(self) -> bool:
        return self.judgement is not None and not self.judgement.is_consistent

    @property
    def is_proper(self) -> bool:
        """Does the base that was used come first among those of its kind?"""
        parts = PARTS.get(self.rate.of)
        return parts is None or self.base is None or self.base.measure is parts[1][0]

    @property
    def is_of_the_whole(self) -> bool:
        """Does it rest on the project's own amounts, not on those of a part told beside it?"""
        own = {fact.quantity.value for fact in self.project.amounts.values()}
        return all(fact is None or fact.quantity.value in own for fact in (self.numerator, self.base))

    @property
    def expected(self) -> str | None:
        return percent(self.judgement.expected, self.rate.quantity) if self.judgement else None

    @property
    def formula(self) -> str | None:
        """19.87万元 ÷ 20万元 = 99.35%"""
        if self.judgement is None or self.numerator is None or self.base is None:
            return None
        result = recomputed(self.judgement.expected, self.rate.quantity.decimals)
        return f"{figure(self.numerator.quantity)} ÷ {figure(self.base.quantity)} = {result}"

    def claim(self, check: str, document: Document) -> Claim:
        facts = [fact for fact in (self.numerator, self.base) if fact is not None]
        return Claim(
            Relation.RATIO,
            check,
            written(self.rate.quantity),
            verdict(self.judgement) if self.judgement else Verdict.NOT_CHECKABLE,
            quoted(document, (*self.rate.spans[-1:], *figures_of(facts))),
            project=self.project.name,
            expected=self.expected,
            formula=self.formula,
            operands=tuple(fact_operand(fact) for fact in facts),
            reason=self.reason,
            allowance=self.judgement.allowance.value if self.judgement and self.judgement.allowance else None,
        )


def readings(case: Case) -> tuple[RateReading, ...]:
    """Every rate of funds of every project, judged; once a run."""
    if "rate readings" not in case.memo:
        case.memo["rate readings"] = tuple(_judged(case))
    found: tuple[RateReading, ...] = case.memo["rate readings"]
    return found


def _judged(case: Case) -> Iterator[RateReading]:
    for project in case.facts.projects:
        for rate in project.rates:
            yield _unless_of_others(case, (_of_source if rate.of == "source" else _of_whole)(case, project, rate))


def _unless_of_others(case: Case, reading: RateReading) -> RateReading:
    """A rate of the whole that fails, yet may be one of other amounts, is not checkable."""
    judgement = reading.judgement
    if judgement is None or judgement.is_consistent or reading.rate.origin is not Origin.PROSE:
        return reading
    if judgement.expected > HUNDRED and may_have_own_funds(case, reading.project, reading.base):
        return _with_own_funds(case, reading)
    if _was_adjusted(reading):
        return replace(reading, judgement=None, reason="no_budget")
    if _is_of_a_narrower_account(case, reading):
        return replace(reading, judgement=None, reason="two_candidates")
    of_part = reading.rate.qualifier or _tells_of_a_part(case, reading)
    if of_part and (is_behind_a_part(case, reading.rate, (reading.numerator, reading.base)) or not _rests_on_its_sentence(case, reading)):
        return replace(reading, judgement=None, reason="two_candidates")  # a part's rate beside the whole's amounts
    if reading.rate.of not in ("executed/budget", "arrived/budget", "executed/arrived") or reading.rate.named_base:
        return reading
    if not may_be_of_others(case, reading.project, reading.rate, judgement.expected, reading.numerator):
        return reading
    return replace(reading, judgement=None, reason="two_candidates")


def _with_own_funds(case: Case, reading: RateReading) -> RateReading:
    """More was spent than the base: of it and the unit's own funds together, or of something that is not told."""
    top, added = reading.numerator, with_own_funds(case, reading.project, reading.base)
    judgement = judge_ratio(operand(top), operand(added), as_claimed(reading.rate)) if top and added else None
    fits = judgement is not None and judgement.is_consistent
    return replace(reading, base=added, judgement=judgement) if fits else replace(reading, judgement=None, reason="other_funds")


def _was_adjusted(reading: RateReading) -> bool:
    """Is the only base the budget at the start of a year in which money came or went: 年初预算90万元，年中追加10万元?"""
    is_initial = reading.base is not None and reading.base.measure is INITIAL and reading.rate.of == "executed/budget"
    return is_initial and any(fact.measure is Measure.ADJUSTMENT and fact.quantity.value for fact in reading.project.facts)


def _is_of_a_narrower_account(case: Case, reading: RateReading) -> bool:
    """Is the rate one of 政府采购, 公务接待费, and the amounts it was held against are told before that word, or elsewhere?"""
    span, word = reading.rate.spans[0], reading.rate.qualifier
    named = next((w for w in case.lexicon.words("narrow_accounts") if w in word), "")
    place = case.facts.document.paragraphs[span.paragraph].text.rfind(named, 0, span.start) if named else -1
    figures = [fact.spans[0] for fact in (reading.numerator, reading.base) if fact is not None and fact.spans]
    return place >= 0 and not all(f.paragraph == span.paragraph and place <= f.start < span.start for f in figures)


def _rests_on_its_sentence(case: Case, reading: RateReading) -> bool:
    return all(f is not None and share_sentence(case.facts.document, f, reading.rate) for f in (reading.numerator, reading.base))


def _tells_of_a_part(case: Case, reading: RateReading) -> bool:
    """Does the rate's own sentence tell the spending of something narrower: 安装调试支出72万元，执行率90%?"""
    if reading.rate.of not in PARTS:
        return False
    near = in_sentence_of(case, reading.project, PARTS[reading.rate.of][0], reading.rate)
    return bool(near) and all(fact.qualifier and not speaks_of_the_whole(case, reading.project, fact) for fact in near)


def _of_whole(case: Case, project: Project, rate: Rate) -> RateReading:
    if rate.of not in PARTS:
        return RateReading(project, rate, reason="unknown_base")
    measure, bases = PARTS[rate.of]
    if not (numerators := _statements(case, project, measure, rate)):
        return RateReading(project, rate, reason=f"no_{measure.value}", base=project.amount(bases[0]))
    denominators = [fact for base in bases for fact in _statements(case, project, base, rate)]
    if rate.named_base or rate.of == "executed/budget_initial":
        denominators = [fact for fact in denominators if fact.measure is bases[0]] or denominators
    if not denominators:
        return RateReading(project, rate, numerators[0], reason="no_arrived" if bases[0] is ARRIVED else "no_budget")
    return _best(case, project, rate, numerators, denominators)


def _of_source(case: Case, project: Project, rate: Rate) -> RateReading:
    source = next((s for s in project.sources if s.label == rate.source), None) or next(
        (s for s in project.sources if rate.source and (s.label.startswith(rate.source) or rate.source.startswith(s.label))), None
    )
    if source is None:
        return RateReading(project, rate, reason="no_source")
    top, bases = _source_parts(case, source, rate)
    if top is None:
        return RateReading(project, rate, reason="no_executed", base=next(iter(bases), None))
    if not bases:
        return RateReading(project, rate, top, reason="no_budget")
    return _best(case, project, rate, [top], bases)


def _source_parts(case: Case, source: Source, rate: Rate) -> tuple[Fact | None, list[Fact]]:
    arrivals = case.lexicon.groups("rate_label").get("arrived", ())
    if rate.label in arrivals or rate.context == "arrived":
        return source.arrived, [fact for fact in (source.budget,) if fact]
    return source.executed or _spent_beside(case, rate), [fact for fact in (source.budget, source.arrived) if fact]


def _spent_beside(case: Case, rate: Rate) -> Fact | None:
    """What a source's rate is told right behind, where that is a part of the spending: 省级资金支出286.45万元，执行率95.48%."""
    paragraph = case.facts.document.paragraphs.get(rate.spans[0].paragraph)
    around = sentence(paragraph, rate.spans[0].start, rate.spans[0].end) if paragraph else None
    for statement in case.facts.statements if around else ():
        if statement.kind is StatementKind.BREAKDOWN and statement.stated.quantity.unit == "元" and statement.stated.role == EXECUTED:
            before = [t for t in statement.operands if around and t.span in around and t.span.start < rate.spans[0].start]
            if before:
                return Fact(EXECUTED, before[-1].quantity, (before[-1].span,), before[-1].role, rate.source)
    return None


def _statements(case: Case, project: Project, measure: Measure, rate: Rate) -> list[Fact]:
    """The distinct statements of a measure that a rate may rest on: those in its own sentence first, then the settled one, then the
    rest, last what the parts of a total make where the total itself is wrong."""
    settled = project.amount(measure)
    near = in_sentence_of(case, project, measure, rate)
    near.sort(key=lambda fact: is_investment(case, fact))
    found: list[Fact] = []
    for fact in (*near, *([settled] if settled else []), *in_no_sentence(case, project, measure)):
        if len(found) < MOST_STATEMENTS and all(known.quantity.value != fact.quantity.value for known in found):
            found.append(fact)
    return found


def _best(case: Case, project: Project, rate: Rate, numerators: list[Fact], bases: list[Fact]) -> RateReading:
    """The first pair that makes the rate right; else the proper pair, with the rate it would make."""
    tops = [top for top in numerators if top.quantity.unit == "元"]
    usable = [base for base in bases if base.quantity.unit == "元" and base.quantity.value]
    if not (tops and usable):
        zero = all(not base.quantity.value for base in bases)
        return RateReading(project, rate, numerators[0], bases[0], reason="zero_base" if zero else "unit_unknown")
    top, base, judgement = fitting(case, tops, usable, as_claimed(rate), bases[0].measure)
    if judgement.is_consistent:
        return RateReading(project, rate, top, base, judgement, doubts=rate.doubts | top.doubts | base.doubts)
    told = next(own for own in tops if own.spans == top.spans)
    reason = _excuse(case, project, rate, told, base)
    if reason:
        return RateReading(project, rate, reason=reason)
    doubts = rate.doubts | top.doubts | base.doubts | _uncertain_base(case, project, rate, base)
    return RateReading(project, rate, top, base, judgement, doubts=doubts)


def _excuse(case: Case, project: Project, rate: Rate, top: Fact, base: Fact) -> str | None:
    """Why a rate that fits no amounts accuses nobody: it is one of a list, of another period, or of amounts that are not
    certain, because its sentence has none and the project's part tells several."""
    paragraph = case.facts.document.paragraphs.get(rate.spans[0].paragraph)
    if paragraph and case.lexicon.pattern("checks.more_rates").match(paragraph.text, rate.spans[0].end):
        return "list"
    if is_of_other_period(case, rate.spans[0]):
        return "other_period"
    if rate.of == "source":
        return None
    arrivals_of_parts = project.amount(ARRIVED) is None and any(source.arrived for source in project.sources)
    if arrivals_of_parts and rate.label.endswith(case.lexicon.words("arrived_base_labels")):
        return "no_arrived"  # 使用率 may be of what arrived, of which only some is told
    if is_of_several_years(case, project, base):
        return "two_candidates"
    for fact in (top, base):
        if not _is_certain(case, project, rate, fact):
            return "two_candidates"
    return None


def _is_certain(case: Case, project: Project, rate: Rate, fact: Fact) -> bool:
    """Is the amount told in the rate's own sentence, once, or is it the only one of its measure?"""
    near = in_sentence_of(case, project, fact.measure, rate)
    is_near = any(f.quantity.value == fact.quantity.value for f in near)
    if not is_near and fact.origin is not Origin.FORM and fact.quantity.value in shares_of(project, fact.measure):
        return False  # the figure of a part stands for the whole
    told = near if is_near else comparable(case, project, fact.measure)
    if not is_investment(case, fact):
        told = [f for f in told if not is_investment(case, f)]
    return is_one_figure(told) or fact.origin is not Origin.PROSE


def _uncertain_base(case: Case, project: Project, rate: Rate, base: Fact) -> Doubts:
    """A budget that was adjusted, as the text says, without the adjusted figure being told: the base is not certain."""
    has_full_year = any(f.measure is BUDGET for f in project.facts)
    if base.measure in BUDGETS and not has_full_year and not rate.named_base and says(case, project, "adjustment_words"):
        return frozenset({Doubt.BASE_UNCERTAIN})
    return frozenset()
