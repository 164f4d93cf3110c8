"""Checks on money left unspent: 100% said beside a shortfall, and low execution without a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractor.check.form_rows import notes
from extractor.check.form_tables import Places, flat, places_of
from extractor.check.passages import listed, sentence
from extractor.check.rate_readings import ARRIVED, BUDGET, EXECUTED, RateReading, readings
from extractor.check.reasons import matches_of, reason_for, says
from extractor.check.registry import Case, check
from extractor.check.shown import fact_operand, figure, figures_of, operand, quoted, recomputed
from extractor.check.stated import is_investment, is_of_several_years
from extractor.model.document import Span
from extractor.model.facts import SURE, Doubts, Fact, Indicator, Kind, Project, Value
from extractor.model.findings import Finding, Severity
from extractor.model.quantity import HUNDRED, ZERO
from extractor.model.relations import judge_at_most

SHORTEST_SUBJECT = 2  # 资金 alone is the whole fund
SHORTEST_REASON = 4
HALF = Decimal(50)
"""A completion of 100% beside less than this share of the money spent asks for a word."""


@dataclass(frozen=True, slots=True)
class Spent:
    """How much of a project's money was spent, in per cent, and the amounts that say so."""

    rate: Decimal
    executed: Fact
    base: Fact

    @property
    def formula(self) -> str:
        return f"{figure(self.executed.quantity)} ÷ {figure(self.base.quantity)} = {recomputed(self.rate)}"

    @property
    def doubts(self) -> Doubts:
        return self.executed.doubts | self.base.doubts


def spent_of(project: Project) -> Spent | None:
    """Executed over budget, where both are known, in 元, and the budget is not zero."""
    executed, base = project.amount(EXECUTED), project.amount(BUDGET)
    if executed is None or base is None or not base.quantity.value or {executed.quantity.unit, base.quantity.unit} != {"元"}:
        return None
    return Spent(executed.quantity.value / base.quantity.value * HUNDRED, executed, base)


@check(
    "rate-full-with-shortfall",
    zh="称100%或全部完成但数额不足",
    en="All is said to be paid or done, yet money is left",
    severity=Severity.WARNING,
    norm="自评数据应与资金执行情况相互印证",
    texts={
        "default": (
            "“{claim}”与资金执行不一致：实际支出{executed}，预算{base}（{formula}）。两者口径可能不同，建议核实。{reason}",
            "“{claim}” stands beside {executed} spent of {base} ({formula}). The two may measure different things; worth asking. {reason}",
        ),
        "spent": (
            "“{claim}”，但实际支出{executed}，少于{base}（{formula}）。请核实未支出部分。{reason}",
            "“{claim}”, yet {executed} was spent of {base} ({formula}). Please ask about the rest. {reason}",
        ),
    },
    family="rates",
)
def rate_full_with_shortfall(case: Case) -> Iterator[Finding]:
    """
    核什么：报告称发放率、支付率、任务完成率为100%，或称资金“全部支出”，而实际支出明显少于预算的情况。
    为什么：“全部发放”与“资金未用完”并存，往往说明应发未发、计划不实，或两者口径不同。
    怎么判：实际支出低于预算的90%（可设），而发放、支付类比率为100%的，提示核实，并引用报告自己说明的原因；任务完成率为100%而支出
    不足一半、又无原因说明的，同样提示。称“资金全部支出”而支出小于预算（且小于到位数）的，提示。只作疑点，不作错误。
    执行率本身写成100%而与数额不符的，由rate-execution-recompute报告，不在此重复。
    依据：自评数据真实性要求。
    例：预算540万元、支出430万元（79.63%），却写“工资发放率100%”，提示核实。
    已知误报：按实有人数全部发放，结余系缺编所致（报告写明原因的，会在提示中引用）。
    """
    for project in case.facts.projects:
        spent = spent_of(project)
        if spent is None or project.is_total:
            continue
        if spent.rate < case.settings.low_execution:
            yield from _full_claims(case, project, spent)
        yield from _all_spent(case, project, spent)


def _full_claims(case: Case, project: Project, spent: Spent) -> Iterator[Finding]:
    marks = list(_matches(case, project, "checks.full_payment")) + list(_full_payments(case, project))
    reason = reason_for(case, project)
    if reason is None and spent.rate < HALF:
        marks += _matches(case, project, "checks.full_completion")
    own_rates = [span for rate in project.rates for span in rate.spans]
    marks = [m for m in dict.fromkeys(marks) if not any(m in span or span in m for span in own_rates)]
    if marks:
        yield _shortfall(case, project, spent, marks, reason, "default")


def _all_spent(case: Case, project: Project, spent: Spent) -> Iterator[Finding]:
    arrived = project.amount(ARRIVED)
    base = arrived if arrived is not None and arrived.quantity.value < spent.base.quantity.value else spent.base
    if not base.quantity.value or judge_at_most(operand(base), operand(spent.executed)).is_consistent:
        return
    marks = [m for m in _matches(case, project, "checks.all_spent") if _speaks_of_the_whole(case, m)]
    if marks:
        share = spent.executed.quantity.value / base.quantity.value * HUNDRED
        yield _shortfall(case, project, Spent(share, spent.executed, base), marks, reason_for(case, project), "spent")


def _speaks_of_the_whole(case: Case, span: Span) -> bool:
    """A sentence with an amount of its own may speak of that amount alone."""
    paragraph = case.facts.document.paragraphs[span.paragraph]
    around = sentence(paragraph, span.start, span.end)
    subject = paragraph.text[around.start : span.end].partition("全")[0]
    if len(subject) > SHORTEST_SUBJECT and re.search(re.escape(subject) + r"\d", paragraph.text):
        return False  # 其中直补资金756万元; 直补资金全部发放
    return not any(mention.kind is Kind.MONEY for mention in case.facts.mentions_in(around))


def _matches(case: Case, project: Project, name: str) -> Iterator[Span]:
    return (said.span for said in matches_of(case, project, name))


def _full_payments(case: Case, project: Project) -> Iterator[Span]:
    """Indicators on payment whose actual is 100%: in a form, name and value stand in two cells."""
    words = case.lexicon.words("payment_rate_words")
    for indicator in project.indicators:
        value = _full(indicator)
        if value and any(word in indicator.name for word in words):
            yield value.spans[0]


def _full(indicator: Indicator) -> Value | None:
    value = indicator.actual or indicator.completion
    is_full = value and value.spans and value.quantity and value.quantity.unit == "%" and value.quantity.value == HUNDRED
    return value if is_full else None


def _shortfall(case: Case, project: Project, spent: Spent, marks: list[Span], reason: Span | None, message: str) -> Finding:
    document = case.facts.document
    told = document.quote(reason).rstrip("，。；") if reason else ""
    spans = [*marks, *figures_of([spent.executed, spent.base]), *([reason] if reason else [])]
    arguments = {
        "claim": document.quote(marks[0]),
        "executed": figure(spent.executed.quantity),
        "base": figure(spent.base.quantity),
        "formula": spent.formula,
        "reason": f"报告说明：“{told}”" if told else "",
    }
    return Finding(
        "rate-full-with-shortfall",
        Severity.WARNING,
        quoted(document, spans),
        message,
        arguments,
        project=project.name,
        stated=document.quote(marks[0]),
        expected=recomputed(spent.rate),
        formula=spent.formula,
        operands=(fact_operand(spent.executed), fact_operand(spent.base)),
        doubts=spent.doubts,
        highlight=tuple(marks),
    )


@check(
    "rate-low-execution-unexplained",
    zh="执行率偏低未说明原因",
    en="Low execution without a reason",
    severity=Severity.WARNING,
    norm="自评表填报说明：执行率低于90%的需说明原因（四川等地）",
    texts={
        "default": (
            "{list}：执行率低于{limit}%，未见原因说明。",
            "{list}: less than {limit}% was spent, and no reason is given.",
        )
    },
    family="rates",
)
def rate_low_execution_unexplained(case: Case) -> Iterator[Finding]:
    """
    核什么：预算执行率低于90%（可设）的项目，报告是否说明原因。
    为什么：执行偏低而无说明，绩效目标能否实现存疑。
    怎么判：优先用数额重新计算，没有数额的用所写执行率；项目所在部分，或总体部分谈到资金、进度的语句中出现原因词（由于、因、受…影响、
    结转下年、收回、待验收、质保金等），表后的注、资金行的原因栏或指标行的偏差原因说到原因或资金进度的，即视为已说明。每份报告汇总一次。
    依据：四川省自评表填报说明；其他地区可调整下限。
    例：预算100万元、支出62万元，全文未说明原因，警告。
    已知误报：原因写在随附的表格或另一份文件中。
    """
    found: list[tuple[Project, Decimal, tuple[Span, ...], Doubts]] = []
    told, places = list(readings(case)), places_of(case)
    for project in case.facts.projects:
        low = None if project.is_subtotal else _low(case, project, told)
        if low and not _is_explained(case, places, project):
            found.append((project, *low))
    if not found:
        return
    shown = [f"{project.name}（{recomputed(rate)}）" for project, rate, _, _ in found]
    spans = quoted(case.facts.document, (span for entry in found for span in entry[2]))
    doubts = SURE.union(*(entry[3] for entry in found))
    arguments = {"list": "、".join(shown) if len(shown) < 7 else listed(shown), "limit": f"{case.settings.low_execution:f}"}
    only = found[0][0].name if len(found) == 1 else None
    yield Finding("rate-low-execution-unexplained", Severity.WARNING, spans, arguments=arguments, project=only, doubts=doubts)


def _is_explained(case: Case, places: Places, project: Project) -> bool:
    """Is a reason given in the text, in the row of the amounts, in the notes of the form or in its rows?"""
    if reason_for(case, project) or _is_reasoned(case, places, project):
        return True
    pattern = case.lexicon.pattern("checks.reason")
    if any(pattern.search(note) for form in project.forms for note in notes(case, places, form)):
        return True
    words, blank = case.lexicon.words("fund_reason_words"), case.lexicon.words("no_reason")
    told = (i.reason for i in project.indicators if len(i.reason) >= SHORTEST_REASON and i.reason not in blank)
    return any(pattern.search(reason) or any(word in reason for word in words) for reason in told)


def _is_reasoned(case: Case, places: Places, project: Project) -> bool:
    """Does the row of the amounts have a cell for reasons, with words in it?"""
    spent = spent_of(project)
    cell = places.reason_cell(spent.executed.spans[0]) if spent and spent.executed.spans else None
    words = case.lexicon.pattern("form_checks.reason_asked").sub("", flat(cell)).strip("；。;")
    return len(words) >= SHORTEST_REASON and words not in case.lexicon.words("no_reason")


def _low(case: Case, project: Project, told: list[RateReading]) -> tuple[Decimal, tuple[Span, ...], Doubts] | None:
    """The share spent, where it is below the limit, and where it can be read."""
    spent = spent_of(project)
    of_years = spent is not None and is_of_several_years(case, project, spent.base)
    if spent is not None and (of_years or (is_investment(case, spent.base) and _is_given_less(project, spent.base))):
        return None
    if spent is not None:
        where = figures_of([spent.executed, spent.base])
        if _is_told_as_enough(case, project, told):
            return None
        return (spent.rate, where, spent.doubts) if spent.rate < case.settings.low_execution else None
    stated = [r for r in told if r.project is project and _is_execution(r)]
    lowest = min(stated, key=lambda r: r.rate.quantity.value, default=None)
    if lowest is None or max(r.rate.quantity.value for r in stated) >= case.settings.low_execution:
        return None
    return lowest.rate.quantity.value, lowest.rate.spans[:1], lowest.rate.doubts


def _is_told_as_enough(case: Case, project: Project, told: list[RateReading]) -> bool:
    """财政资金到位23,120万元，支出20,808万元，执行率90% beside 社会资本: does a rate that is not low follow
    from a budget that is told, or may it follow from what the public gave?"""
    limit = case.settings.low_execution
    own = [r for r in told if r.project is project and _is_execution(r) and not r.is_inconsistent and r.rate.quantity.value >= limit]
    return any(r.judgement is not None and r.is_proper and not r.rate.qualifier for r in own) or (
        bool(own) and says(case, project, "own_funds")
    )


def _is_given_less(project: Project, investment: Fact) -> bool:
    """省财政厅下达3,600万元，项目总投资5,000万元: what was given is told beside an investment that it does not make."""
    given = [s.budget.quantity.value for s in project.sources if s.budget]
    arrived = project.amount(ARRIVED)
    is_less = arrived is not None and arrived.quantity.value < investment.quantity.value
    return is_less or (bool(given) and sum(given, ZERO) < investment.quantity.value)


def _is_execution(reading: RateReading) -> bool:
    return reading.rate.of in ("executed/budget", "executed/budget_initial")
