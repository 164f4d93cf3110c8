"""Checks on how targets are set: costs that may only rise, deadlines, limits too wide, one row that carries everything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from extractor.check.form_rows import forms, rows
from extractor.check.registry import Case, check
from extractor.check.row_values import Problem, of_rows, told_values
from extractor.check.shown import trimmed
from extractor.check.targets import FALLING, RISING, aligned, is_cost, operator_of
from extractor.check.written_dates import exists
from extractor.model.facts import Indicator, Value
from extractor.model.findings import Finding, Severity
from extractor.model.quantity import TWO, ZERO

HEAVY = Decimal(50)


@check(
    "indicator-cost-direction",
    zh="成本指标方向错误",
    en="A cost that may only rise",
    severity=Severity.WARNING,
    norm="抽查复核常见问题：成本指标用“≥”，花得越多得分越高",
    texts={
        "default": (
            "{count} 项成本指标的目标写为“≥”，支出越多越算完成：{list}。请核对方向。",
            "{count} cost indicator(s) have a lower limit as target, so that spending more scores better: {list}.",
        )
    },
    family="indicators",
)
def indicator_cost_direction(case: Case) -> Iterator[Finding]:
    """
    核什么：成本指标的目标是否写成“≥”“不低于”。
    为什么：成本应控制在限额之内，方向写反，花得越多得分越高。
    怎么判：归在成本指标、或名称为成本、费用，目标为金额并印有“≥”的，警告。补助标准、投入、节约额等以多为好的不报。
    依据：抽查复核常见问题。
    例：成本指标“活动费用≥17.4万元”，警告。
    已知误报：最低保障性支出。
    """
    costs = case.lexicon.words("cost_words")
    paid = case.lexicon.words("paid_standards")
    for project, form in forms(case):
        own = [i for i in rows(case, form) if i.target and i.target.quantity and i.target.quantity.unit == "元"]
        own = [i for i in own if i.target and operator_of(i.target) in RISING and not any(word in i.name for word in paid)]
        found: list[Problem] = [(i, i.target) for i in own if is_cost(i) or any(word in i.name for word in costs)]
        yield from of_rows("indicator-cost-direction", Severity.WARNING, project, found, told_values)


@check(
    "indicator-date-after-deadline",
    zh="时效晚于计划或年末",
    en="Done after the deadline",
    severity=Severity.WARNING,
    norm="时效指标应在计划时间内完成",
    texts={
        "default": (
            "{count} 项时效指标的实际完成时间晚于目标：{list}。请核对得分。",
            "{count} indicator(s) were done after their deadline: {list}. Please check their points.",
        )
    },
    family="indicators",
)
def indicator_date_after_deadline(case: Case) -> Iterator[Finding]:
    """
    核什么：时效指标的实际完成日期是否晚于目标日期，没有目标日期的是否晚于年末。
    为什么：逾期完成而按期得分，时效指标就失去作用。
    怎么判：目标、完成值中都能读出日期的比较，只写月份的按最宽处理（目标为月末、完成为月初）；目标没有日期而完成日期在报告年度之后的，
    也警告；已扣分并说明原因的不报。每表合并一次。
    依据：时效指标的定义。
    例：目标2022年11月底前，完成2022年12月20日，警告。
    已知误报：计划经批准调整而目标未改。
    """
    for project, form in forms(case):
        found: list[Problem] = [(i, i.actual) for i in rows(case, form) if _is_late(case, i) and not _is_owned(case, i)]
        yield from of_rows("indicator-date-after-deadline", Severity.WARNING, project, found, told_values)


def _is_owned(case: Case, indicator: Indicator) -> bool:
    """Points were taken off for it, and it is said why."""
    score, weight = indicator.score, indicator.weight
    if not (score and weight and score.quantity and weight.quantity) or score.quantity.value >= weight.quantity.value:
        return False
    return indicator.reason not in ("", *case.lexicon.words("no_reason"))


def _is_late(case: Case, indicator: Indicator) -> bool:
    words = case.lexicon.words("timeliness_words")
    if indicator.actual is None or not any(word in indicator.level2 or word in indicator.name for word in words):
        return False
    year = int(case.facts.year) if case.facts.year and case.facts.year.isdigit() else None
    due = _date(case, indicator.target, year, late=True)
    done = _date(case, indicator.actual, year if due is None or year is None else due.year if due.year > year else year, late=False)
    if done is None:
        return False
    if due is None and year is not None and not _has_date(case, indicator.target):
        return done > date(year, 12, 31)
    return due is not None and done > due


def _has_date(case: Case, value: Value | None) -> bool:
    return value is not None and case.lexicon.pattern("form_checks.date").search(value.text) is not None


def _date(case: Case, value: Value | None, year: int | None, late: bool) -> date | None:
    """The last date of a cell, of the report's year unless it says another; a month alone begins or ends it."""
    matches = list(case.lexicon.pattern("form_checks.date").finditer(value.text)) if value is not None else []
    if not matches:
        return None
    match = matches[-1]
    own = int(match["year"]) if match["year"] else next((int(m["year"]) for m in matches if m["year"]), year)
    month = int(match["month"])
    if own is None or not exists(own, month, None):
        return None
    if match["day"]:
        return date(own, month, int(match["day"])) if exists(own, month, int(match["day"])) else None
    last = next(day for day in range(31, 27, -1) if exists(own, month, day))
    return date(own, month, last if late or match["end"] else 1)


@check(
    "indicator-single-heavy-weight",
    zh="单一指标权重过大",
    en="One indicator carries most of the points",
    severity=Severity.INFO,
    norm="审计通报常见问题：指标权重设置不合理",
    texts={
        "default": (
            "{count} 项指标的分值超过{limit}分：{list}。单一指标过重，难以全面反映绩效。",
            "{count} indicator(s) carry more than {limit} points: {list}.",
        )
    },
    family="indicators",
)
def indicator_single_heavy_weight(case: Case) -> Iterator[Finding]:
    """
    核什么：是否有一项指标的分值超过50分。
    为什么：一项定胜负，其余指标形同虚设。
    怎么判：单项分值大于50分的，每表提示一次。
    依据：审计通报常见问题。
    例：“≤30万元”一项占90分，提示。
    已知误报：人员工资类项目。
    """
    for project, form in forms(case):
        own = [i for i in rows(case, form) if i.weight and i.weight.quantity and i.weight.quantity.value > HEAVY]
        found: list[Problem] = [(i, None) for i in own]
        yield from of_rows("indicator-single-heavy-weight", Severity.INFO, project, found, _weighted, limit=trimmed(HEAVY))


def _weighted(indicator: Indicator) -> str:
    return f"{indicator.name}{indicator.weight.text}分" if indicator.weight else indicator.name


@check(
    "indicator-target-too-loose",
    zh="目标过宽",
    en="A limit set far too wide",
    severity=Severity.INFO,
    norm="审计通报常见问题：目标设置偏低",
    texts={
        "default": (
            "{count} 项“不超过”类指标的完成值不到目标的一半，目标可能过宽：{list}。",
            "{count} upper limit(s) were used by less than half; the targets may be too wide: {list}.",
        )
    },
    family="indicators",
)
def indicator_target_too_loose(case: Case) -> Iterator[Finding]:
    """
    核什么：“≤”类指标的实际值是否不到限额的一半。
    为什么：限额过宽，等于没有约束。
    怎么判：印有“≤”、实际值大于零而小于限额50%的，每表提示一次；安全、投诉类越低越好的不查。
    依据：审计通报常见问题。
    例：成本≤3.5万元，实际1.04万元，提示。
    已知误报：按上限设定的安全指标。
    """
    safe = case.lexicon.words("safety_words")
    for project, form in forms(case):
        own = [i for i in rows(case, form) if not any(word in i.name for word in safe)]
        found: list[Problem] = [(i, i.actual) for i in own if _is_far_below(case, i)]
        yield from of_rows("indicator-target-too-loose", Severity.INFO, project, found, told_values)


def _is_far_below(case: Case, indicator: Indicator) -> bool:
    pair = aligned(case, indicator)
    if pair is None or indicator.target is None or operator_of(indicator.target) not in FALLING:
        return False
    return ZERO < pair[1].value < pair[0].value / TWO
