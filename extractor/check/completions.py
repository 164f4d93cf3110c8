"""Checks on how far indicators went: beside money that was not spent, and by rates that no whole target gives."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from extractor.check.passages import listed
from extractor.check.rate_shortfall import spent_of
from extractor.check.reasons import reason_for, says
from extractor.check.registry import Case, check
from extractor.check.row_values import Problem, of_rows, told_values
from extractor.check.shown import figures_of, quoted, recomputed
from extractor.check.targets import FALLING, aligned, direction
from extractor.check.told import is_count
from extractor.model.facts import Indicator
from extractor.model.findings import Finding, Severity
from extractor.model.quantity import HUNDRED, ONE, ZERO, Quantity, plain, rounded

UNUSED = Decimal(20)
"""Per cent of the money spent below which finished output asks for a word."""


@check(
    "indicator-implied-target-nonintegral",
    zh="反推目标不合理",
    en="No whole target gives this completion",
    severity=Severity.INFO,
    norm="完成率 = 实际值 ÷ 目标值，计数类目标应为整数",
    texts={
        "default": (
            "{count} 项指标按完成值和完成率反推的目标不是整数：{list}。请核对完成率。",
            "{count} indicator(s) imply a target that is no whole number: {list}. Please check the rate.",
        )
    },
    family="indicators",
)
def indicator_implied_target_nonintegral(case: Case) -> Iterator[Finding]:
    """
    核什么：只写完成值和完成率、没有写目标的计数类指标，反推的目标是否存在整数。
    为什么：人数、件数的目标不可能是小数，没有整数解说明完成率有误。
    怎么判：按完成率所写位数的区间反推，区间内没有整数的，每个项目提示一次。
    依据：算术。
    例：完成7户、完成率123%，目标应在5.67至5.71户之间，没有整数，提示。
    已知误报：目标为平均数。
    """
    for project in case.facts.projects:
        found: list[Problem] = [(i, i.completion) for i in (*project.indicators, *project.told) if _has_no_target(case, i)]
        yield from of_rows("indicator-implied-target-nonintegral", Severity.INFO, project, found, _implied)


def _has_no_target(case: Case, indicator: Indicator) -> bool:
    said, actual = indicator.completion, indicator.actual
    if said is None or actual is None or said.quantity is None or actual.quantity is None:
        return False
    if indicator.target is not None and indicator.target.quantity is not None:
        return False
    if said.quantity.unit != "%" or not is_count(case, actual.quantity) or not actual.quantity.value or said.quantity.interval.low <= ZERO:
        return False
    low, high = _range(actual.quantity, said.quantity)
    return low.to_integral_value(ROUND_CEILING) > high.to_integral_value(ROUND_FLOOR)


def _range(actual: Quantity, said: Quantity) -> tuple[Decimal, Decimal]:
    return actual.value * HUNDRED / said.interval.high, actual.value * HUNDRED / said.interval.low


def _implied(indicator: Indicator) -> str:
    actual, said = indicator.actual, indicator.completion
    if actual is None or actual.quantity is None or said is None or said.quantity is None:
        return indicator.name
    low, high = (plain(rounded(value, 2)) for value in _range(actual.quantity, said.quantity))
    return f"{indicator.name}{actual.text}、{said.text}（目标应在{low}至{high}{actual.quantity.unit}）"


@check(
    "indicator-output-without-money",
    zh="资金未用但产出已完成",
    en="Output is done, yet the money was not spent",
    severity=Severity.WARNING,
    norm="抽查复核常见问题：产出与资金使用不匹配",
    texts={
        "default": (
            "执行率仅{rate}，而数量指标已全部完成：{list}。请核实产出是否由本项目资金形成。",
            "Only {rate} was spent, yet the quantities are all reached: {list}. Please ask what paid for them.",
        )
    },
    family="indicators",
)
def indicator_output_without_money(case: Case) -> Iterator[Finding]:
    """
    核什么：资金执行率不到20%的项目，数量指标是否已全部完成。
    为什么：钱没有花，产出却完成了，产出可能不属于本项目。
    怎么判：执行率按数额计算低于20%，数量指标的实际值均不低于目标（或完成率不低于100%），而全文没有结转、垫付、次年支付等说明的，警告一次。
    依据：抽查复核常见问题。
    例：预算132.81万元只支出0.1万元（0.08%），服务748人（目标100人），警告。
    已知误报：先建后补、实物投入而未说明。
    """
    for project in case.facts.projects:
        spent = spent_of(project)
        if spent is None or spent.rate >= UNUSED or project.is_total:
            continue
        own = [i for i in project.indicators if "数量" in i.level2 and (i.actual or i.completion)]
        if not own or not all(_is_reached(case, i) for i in own):
            continue
        if reason_for(case, project) or says(case, project, "carried_payment"):
            continue
        marks = tuple(value.spans[0] for i in own if (value := i.actual or i.completion) and value.spans)
        spans = (*figures_of([spent.executed, spent.base]), *(span for i in own for span in i.spans))
        arguments = {"rate": recomputed(spent.rate), "list": listed([told_values(i) for i in own])}
        yield Finding(
            "indicator-output-without-money",
            Severity.WARNING,
            tuple(dict.fromkeys((*quoted(case.facts.document, spans), *marks))),
            arguments=arguments,
            project=project.name,
            doubts=spent.doubts,
            highlight=marks,
        )


def _is_reached(case: Case, indicator: Indicator) -> bool:
    said, pair = indicator.completion, aligned(case, indicator)
    if said is not None and said.quantity is not None and said.quantity.unit == "%":
        return said.quantity.value >= HUNDRED
    if pair is None or direction(case, indicator)[0] in FALLING:
        return False
    return ONE <= pair[0].value <= pair[1].value
