"""Checks that recompute rates of funds: execution, arrival, payment, by source of funds, and rates of nothing."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.check.rate_readings import RateReading, readings
from extractor.check.registry import Case, check
from extractor.check.shown import figure, quoted, written
from extractor.check.verdicts import finding, unchecked, weight
from extractor.model.document import Span
from extractor.model.facts import Kind, Measure
from extractor.model.findings import Claim, Finding, Relation, Severity, Verdict
from extractor.model.quantity import Bound, Interval
from extractor.model.relations import Allowance, Outcome

WRONG = (
    "报告称{label}{stated}，按所列数额重新计算，{formula}，两者不符。请核对数额和口径。",
    "The report says {label} {stated}; recomputed from its amounts, {formula}. Please check the amounts and the base.",
)
ROUNDED = {
    "full": (
        "{label}写为{stated}，按{formula}，尚未达到100%，四舍五入后才成立。",
        "{label} is given as {stated}; recomputed, {formula}: full only after rounding.",
    ),
    "truncated": (
        "{label}写为{stated}，按{formula}，系舍去尾数所得。",
        "{label} is given as {stated}; recomputed, {formula}: the digits were cut off, not rounded.",
    ),
    "tail": (
        "{label}写为{stated}，按所列数额{formula}，只有把数额看作四舍五入后的数才相符（尾差）。",
        "{label} is given as {stated}; recomputed, {formula}: right only if the amounts were rounded.",
    ),
}
ALLOWED = {Allowance.FULL_BY_ROUNDING: "full", Allowance.TRUNCATED: "truncated", Allowance.TAIL: "tail"}
ASIDE = 12
"""Characters behind a rate in which a bracket tells it more precisely."""
CHECK_OF = {
    "executed/budget": "rate-execution-recompute",
    "executed/budget_initial": "rate-execution-recompute",
    "arrived/budget": "rate-arrival-recompute",
    "executed/arrived": "rate-payment-recompute",
    "source": "rate-source-recompute",
}


def recompute(case: Case, name: str, severity: Severity) -> Iterator[Claim | Finding]:
    """The claims of one check, and a finding for each that fails or holds only by rounding."""
    for reading in readings(case):
        if CHECK_OF.get(reading.rate.of) != name or reading.reason == "zero_base":
            continue
        claim = reading.claim(name, case.facts.document)
        yield claim
        if reading.judgement is not None:
            yield from _finding(case, reading, claim, severity)


def _finding(case: Case, reading: RateReading, claim: Claim, severity: Severity) -> Iterator[Finding]:
    judgement = reading.judgement
    assert judgement is not None
    if judgement.outcome is Outcome.HOLDS or judgement.allowance is Allowance.BOUND_WORD:
        return
    if judgement.allowance is Allowance.FULL_BY_ROUNDING and _tells_the_gap(case, reading):
        return
    message = ALLOWED[judgement.allowance or Allowance.TAIL] if judgement.is_consistent else "default"
    label = {"label": reading.rate.label}
    yield finding(claim, weight(judgement, severity), message, label, reading.doubts, reading.rate.spans[:1])


@check(
    "rate-execution-recompute",
    zh="预算执行率计算有误",
    en="Execution rate does not follow from the amounts",
    severity=Severity.ERROR,
    norm="财预〔2020〕10号（待核实）；各地自评表填报说明：执行率 = 全年执行数 ÷ 全年（调整后）预算数",
    texts={"default": WRONG, **ROUNDED},
    family="rates",
)
def rate_execution_recompute(case: Case) -> Iterator[Claim | Finding]:
    """
    核什么：报告所称的预算执行率、使用率、支出进度等，是否等于执行数除以预算数。
    为什么：执行率是自评得分的直接依据，算错会连带影响得分。
    怎么判：执行数 ÷ 全年（调整后）预算数；报告写明以年初预算或到位资金为基数的，按所写基数。按所写位数比较，数额按四舍五入的
    区间理解，任何一种理解都不成立才报错。只有舍去尾数、四舍五入后才成立的，仅提示。
    依据：财预〔2020〕10号（待核实）；自评表填报说明。
    例：预算20万元、支出19.87万元，称完成率99.67%，应为99.35%，报错；430万元÷540万元写作80%，不报。
    已知误报：正文另有未写出的调整预算；执行率针对的是项目的一部分。
    """
    yield from recompute(case, "rate-execution-recompute", Severity.ERROR)


@check(
    "rate-arrival-recompute",
    zh="资金到位率计算有误",
    en="Arrival rate does not follow from the amounts",
    severity=Severity.ERROR,
    norm="资金到位率 = 实际到位资金 ÷ 计划投入（预算）资金",
    texts={"default": WRONG, **ROUNDED},
    family="rates",
)
def rate_arrival_recompute(case: Case) -> Iterator[Claim | Finding]:
    """
    核什么：报告所称的资金到位率是否等于实际到位数除以预算（计划）数。
    为什么：到位率失实会掩盖资金拨付不足。
    怎么判：实际到位数 ÷ 全年预算数，或 ÷ 年初预算数，任何一种相符即认可；均不相符才报错。
    依据：各地自评表填报说明。
    例：计划投入100万元、实际到位86万元，称到位率90%，应为86%，报错。
    已知误报：以“下达数”为基数而预算数另有其数。
    """
    yield from recompute(case, "rate-arrival-recompute", Severity.ERROR)


@check(
    "rate-payment-recompute",
    zh="资金支付率计算有误",
    en="Payment rate does not follow from the amounts",
    severity=Severity.WARNING,
    norm="资金支付率 = 实际支付 ÷ 到位资金（各地基数不一）",
    texts={"default": WRONG, **ROUNDED},
    family="rates",
)
def rate_payment_recompute(case: Case) -> Iterator[Claim | Finding]:
    """
    核什么：报告所称的资金支付率是否等于支付数除以到位数。
    为什么：支付率与执行率并列出现时，容易混用基数。
    怎么判：支付数 ÷ 到位数，不符时再试预算数；均不相符的给出警告，因为各地基数不一。
    依据：各地自评表填报说明。
    例：到位80万元、支付60万元，称支付率80%，应为75%，警告。
    已知误报：以“完成投资额”为基数的支付率。
    """
    yield from recompute(case, "rate-payment-recompute", Severity.WARNING)


@check(
    "rate-source-recompute",
    zh="分来源执行率有误",
    en="Rate of a source of funds does not follow from its amounts",
    severity=Severity.ERROR,
    norm="自评表“其中”各行执行率 = 该行执行数 ÷ 该行预算数",
    texts={"default": WRONG, **ROUNDED},
    family="rates",
)
def rate_source_recompute(case: Case) -> Iterator[Claim | Finding]:
    """
    核什么：各资金来源（中央、省级、配套等）的执行率、到位率是否与该来源的数额相符。
    为什么：分来源的数据常由不同口径拼成，容易与总数脱节。
    怎么判：该来源执行数 ÷ 该来源预算数，不符时再试到位数；均不相符报错。
    依据：自评表“其中”各行。
    例：省级资金120万元、支出90万元，称执行率80%，应为75%，报错。
    已知误报：同名来源分多批下达，只写出其中一批的数额。
    """
    yield from recompute(case, "rate-source-recompute", Severity.ERROR)


def _tells_the_gap(case: Case, reading: RateReading) -> bool:
    """近100%（99.998%）: the report does not hide what rounding made of its rate."""
    own = reading.rate.spans[0]
    paragraph = case.facts.document.paragraphs.get(own.paragraph)
    if paragraph is None or reading.judgement is None:
        return False
    near = case.facts.mentions_in(Span(own.paragraph, own.end, min(len(paragraph.text), own.end + ASIDE)))
    told = any(
        m.kind is Kind.PERCENT
        and m.quantity
        and m.quantity.interval.meets(Interval(reading.judgement.expected, reading.judgement.expected))
        for m in near
    )
    return told or reading.rate.quantity.bound is Bound.APPROX


def _was_raised(reading: RateReading) -> bool:
    """Is the zero the budget at the start of the year of a project that was given money later: 年初预算0万元，年中追加23.5万元?"""
    base = reading.base
    added = any(fact.measure is Measure.ADJUSTMENT and fact.quantity.value > 0 for fact in reading.project.facts)
    return added and base is not None and base.measure is Measure.BUDGET_INITIAL


@check(
    "rate-zero-denominator",
    zh="分母为零仍给出比率",
    en="A rate of a zero base",
    severity=Severity.ERROR,
    norm="比率的分母为零时无意义",
    texts={
        "default": (
            "{label}写为{stated}，但其基数为{base}，比率无从计算。请核对基数。",
            "{label} is given as {stated}, but its base is {base}: there is no such rate. Please check the base.",
        )
    },
    family="rates",
)
def rate_zero_denominator(case: Case) -> Iterator[Claim | Finding]:
    """
    核什么：基数（预算数、到位数）为零时，是否仍写出不为零的比率。
    为什么：基数为零时比率不存在，多为漏填基数或套用模板所致。
    怎么判：所有可用的基数都为零，而比率不是0、空白或“—”的，报错；基数为零、比率也为0的不报。
    依据：算术。
    例：年初预算0元、全年预算0元，支出3.36万元，称执行率100%，报错。
    已知误报：基数因单位未识别而读成零。
    """
    for reading in readings(case):
        if reading.reason != "zero_base" or reading.base is None:
            continue
        spans = quoted(case.facts.document, (*reading.rate.spans[-1:], *reading.base.spans[:1]))
        stated = written(reading.rate.quantity)
        if not reading.rate.quantity.value or _was_raised(reading):
            yield unchecked(Relation.RATIO, "rate-zero-denominator", stated, spans, "zero_base", reading.project.name)
            continue
        claim = Claim(Relation.RATIO, "rate-zero-denominator", stated, Verdict.INCONSISTENT, spans, reading.project.name)
        arguments = {"label": reading.rate.label, "base": figure(reading.base.quantity)}
        doubts = reading.rate.doubts | reading.base.doubts
        yield finding(claim, Severity.ERROR, arguments=arguments, doubts=doubts, highlight=reading.rate.spans[:1])
