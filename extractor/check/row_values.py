"""Checks on what stands in the cells of indicator rows: targets and actuals left blank, void, or in units that differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from extractor.check.form_rows import forms, rows
from extractor.check.passages import listed
from extractor.check.registry import Case, check
from extractor.check.targets import unit_class
from extractor.check.told import is_count
from extractor.model.facts import SURE, Indicator, Project, Value
from extractor.model.findings import Finding, Severity
from extractor.model.quantity import HUNDRED, ZERO, Quantity

Problem = tuple[Indicator, Value | None]
"""A row and the value in question, where something stands there."""


def of_rows(
    name: str,
    severity: Severity,
    project: Project | None,
    found: Sequence[Problem],
    shown: Callable[[Indicator], str] | None = None,
    message: str = "default",
    **more: str,
) -> Iterator[Finding]:
    """One finding on the rows of a form that share a problem: their names, the values in question, the rows' own cells."""
    if not found:
        return
    marks = tuple(dict.fromkeys(span for i, value in found for span in (value.spans[:1] if value else i.spans[:1])))
    spans = tuple(dict.fromkeys((*(span for i, _ in found for span in i.spans), *marks)))
    say = shown or (lambda indicator: indicator.name)
    arguments = {"count": str(len(found)), "list": listed([say(i) for i, _ in found]), **more}
    doubts = SURE.union(*(i.doubts for i, _ in found))
    own = project.name if project else None
    yield Finding(name, severity, spans, message, arguments, project=own, doubts=doubts, highlight=marks)


def told_values(indicator: Indicator) -> str:
    """合格率（≥95% / 91%）"""
    values = [value.text for value in (indicator.target, indicator.actual) if value]
    return f"{indicator.name}（{' / '.join(values)}）" if values else indicator.name


def is_blank(case: Case, value: Value | None) -> bool:
    return value is None or not value.text.strip() or value.text in case.lexicon.words("blank_values")


def carries_points(indicator: Indicator) -> bool:
    return indicator.weight is not None and indicator.weight.quantity is not None and indicator.weight.quantity.value > ZERO


@check(
    "indicator-target-missing",
    zh="缺年度指标值",
    en="No target in rows that carry points",
    severity=Severity.WARNING,
    norm="赤峰市审计局2023年预算执行审计通报的常见问题：绩效目标不明确",
    texts={
        "default": (
            "{count} 项指标有分值而没有指标值：{list}。没有目标的指标无法考核。",
            "{count} indicator(s) carry points but no target: {list}. They cannot be assessed.",
        )
    },
    family="indicators",
)
def indicator_target_missing(case: Case) -> Iterator[Finding]:
    """
    核什么：自评表中有分值的指标，是否填写了年度指标值。
    为什么：没有目标，完成情况和得分都没有依据。
    怎么判：同表过半的行填有指标值，而某行空白或为“/”“—”的，每表合并警告一次；投诉、事故一类不写目标的即为零，不报。
    依据：审计通报常见问题。
    例：“受益群众满意度”分值10分，指标值空白，警告。
    已知误报：表格转换中丢失了内容。
    """
    for project, form in forms(case):
        own = [i for i in rows(case, form) if carries_points(i)]
        blank = [i for i in own if is_blank(case, i.target) and not _means_none(case, i)]
        if 2 * len(blank) < len(own):
            yield from of_rows("indicator-target-missing", Severity.WARNING, project, [(i, i.target) for i in blank])


def _means_none(case: Case, indicator: Indicator) -> bool:
    """事故 with a target of 无, or none at all: there shall be none."""
    return any(word in indicator.name for word in (*case.lexicon.words("safety_words"), *case.lexicon.words("lower_words")))


@check(
    "indicator-actual-missing",
    zh="缺实际完成值或以“完成”代替数值",
    en="No actual value, or a word in its place",
    severity=Severity.WARNING,
    norm="自评应填实际完成值",
    texts={
        "default": (
            "{count} 项指标有数值目标而没有填实际完成值：{list}。",
            "{count} indicator(s) with a target in figures have no actual value: {list}.",
        ),
        "word": (
            "{count} 项指标的目标是数值，实际完成值只写“完成”一类的词：{list}。请补充数值。",
            "{count} indicator(s) with a target in figures say only that they are done: {list}. Please ask for the figures.",
        ),
    },
    family="indicators",
)
def indicator_actual_missing(case: Case) -> Iterator[Finding]:
    """
    核什么：目标为数值的指标，是否填写了数值形式的实际完成值。
    为什么：只写“完成”无法核对是否达到目标，得分也无从复核。
    怎么判：同表其他行填有完成值，而某行空白；或只写“完成”“已完成”“达标”等词的，每表各合并警告一次。时效类指标写“按时完成”的不报；整张表
    都没有完成值的，是未填的模板，不判断。
    依据：自评表填报说明。
    例：目标“≤30万元”，完成值写“完成”，警告。
    已知误报：完成值写在另一栏的说明中。
    """
    words = case.lexicon.words("bare_completion")
    for project, form in forms(case):
        own = rows(case, form)
        measured = [i for i in own if i.target is not None and i.target.quantity is not None and not _is_timed(case, i)]
        blank: list[Problem] = [(i, i.actual) for i in measured if is_blank(case, i.actual) and not _means_zero(i)]
        worded: list[Problem] = [(i, i.actual) for i in measured if i.actual is not None and i.actual.text.rstrip("。") in words]
        if any(not is_blank(case, i.actual) for i in own):
            yield from of_rows("indicator-actual-missing", Severity.WARNING, project, blank)
        yield from of_rows("indicator-actual-missing", Severity.WARNING, project, worded, _told_target, "word")


def _told_target(indicator: Indicator) -> str:
    return f"{indicator.name}（{indicator.target.text}）" if indicator.target else indicator.name


def _is_timed(case: Case, indicator: Indicator) -> bool:
    return any(word in indicator.level2 or word in indicator.name for word in case.lexicon.words("timeliness_words"))


def _means_zero(indicator: Indicator) -> bool:
    """无 as the actual of a target of none."""
    target = indicator.target.quantity if indicator.target else None
    return indicator.actual is not None and indicator.actual.text == "无" and target is not None and not target.value


@check(
    "indicator-void-with-weight",
    zh="空指标占分",
    en="A void indicator carries points",
    severity=Severity.ERROR,
    norm="赤峰市审计局2023年预算执行审计通报的常见问题：设置无内容的指标仍占分值",
    texts={
        "default": (
            "{count} 项指标写为“不涉及”一类而仍有分值：{list}。",
            "{count} indicator(s) say that they do not apply, yet carry points: {list}.",
        )
    },
    family="indicators",
)
def indicator_void_with_weight(case: Case) -> Iterator[Finding]:
    """
    核什么：目标或完成值写“不涉及”“不适用”的指标，是否仍有分值、得分。
    为什么：没有内容的指标占分，等于白送分。
    怎么判：有分值并且得分大于零的报错；有分值而没有得分（可能已另行折算）的，给出警告。“无”“/”不算，见indicator-target-missing。
    依据：审计通报常见问题。
    例：生态效益指标写“不涉及”，分值5分得5分，报错。
    已知误报：无。
    """
    void = case.lexicon.words("void_values")
    for project, form in forms(case):
        own = [i for i in rows(case, form) if carries_points(i)]
        found: list[Problem] = [(i, v) for i in own for v in (i.target, i.actual) if v is not None and v.text in void]
        scored = [p for p in found if p[0].score is not None and p[0].score.quantity and p[0].score.quantity.value > ZERO]
        severity = Severity.ERROR if scored else Severity.WARNING
        by_row = {id(i): (i, value) for i, value in scored or found}
        yield from of_rows("indicator-void-with-weight", severity, project, list(by_row.values()))


@check(
    "indicator-unit-mismatch",
    zh="指标值与完成值单位不一",
    en="Target and actual in different units",
    severity=Severity.WARNING,
    norm="指标值与完成值应可比较",
    texts={
        "default": (
            "{count} 项指标的指标值与完成值单位不同，无法比较：{list}。",
            "{count} indicator(s) give target and actual in different units: {list}.",
        )
    },
    family="indicators",
)
def indicator_unit_mismatch(case: Case) -> Iterator[Finding]:
    """
    核什么：同一指标的指标值与实际完成值是否用同一单位。
    为什么：单位不同就无法判断是否完成。
    怎么判：一为百分比、一为数量，一为金额、一为数量，或“人”与“人次”的，警告；其余单位不同只作提示。户与家、个与处、次与场等视为同类。
    依据：可比性要求。
    例：目标“≥200人”，完成“84%”，警告。
    已知误报：完成值另有换算。
    """
    for project, form in forms(case):
        found: list[Problem] = []
        is_plain = False
        for indicator in rows(case, form):
            pair = _pair(indicator)
            if pair and _differ(case, *pair):
                found.append((indicator, indicator.actual))
                is_plain = is_plain or _is_plain(case, *pair)
        severity = Severity.WARNING if is_plain else Severity.INFO
        yield from of_rows("indicator-unit-mismatch", severity, project, found, told_values)


def _pair(indicator: Indicator) -> tuple[Quantity, Quantity] | None:
    target, actual = indicator.target, indicator.actual
    if target is None or actual is None or target.quantity is None or actual.quantity is None:
        return None
    return target.quantity, actual.quantity


def _differ(case: Case, target: Quantity, actual: Quantity) -> bool:
    units = {unit_class(case, target.unit), unit_class(case, actual.unit)}
    return len(units) == 2 and "" not in units


def _is_plain(case: Case, target: Quantity, actual: Quantity) -> bool:
    """A share against a number, money against a number, people against visits."""
    kinds = {q.unit if q.unit in ("%", "元", "人次") else "count" if is_count(case, q) else "" for q in (target, actual)}
    return len(kinds) == 2 and "" not in kinds


@check(
    "indicator-percent-notation",
    zh="百分比写法",
    en="Percentages in an odd notation",
    severity=Severity.WARNING,
    norm="指标值应书写规范",
    texts={
        "default": (
            "{count} 项指标的百分比写法不规范（如“100百分比”“>100%”）：{list}。",
            "{count} indicator(s) write percentages in an odd way: {list}.",
        ),
        "beyond": (
            "{count} 项比例类指标的目标大于100%，不可能达到：{list}。",
            "{count} indicator(s) that are shares have a target beyond 100%: {list}.",
        ),
    },
    family="indicators",
)
def indicator_percent_notation(case: Case) -> Iterator[Finding]:
    """
    核什么：指标值的百分比是否写作“100百分比”“>100%”；合格率、覆盖率、满意度等比例的目标是否大于100%。
    为什么：写法不规范易生歧义；比例不可能超过100%。
    怎么判：写法问题每表提示一次；比例类指标目标大于100%的，警告。完成率、增长率可以超过100%，不查。
    依据：书写规范。
    例：“≥100百分比”，提示；“合格率≥110%”，警告。
    已知误报：名称带“率”而实为倍数的指标。
    """
    odd = case.lexicon.pattern("form_checks.percent_words")
    shares = case.lexicon.words("share_names")
    for project, form in forms(case):
        own = [(i, i.target) for i in rows(case, form) if i.target is not None]
        beyond: list[Problem] = [(i, v) for i, v in own if v.quantity and _exceeds(v.quantity) and i.name.endswith(shares)]
        written: list[Problem] = [(i, v) for i, v in own if odd.search(v.text) and (i, v) not in beyond]
        yield from of_rows("indicator-percent-notation", Severity.WARNING, project, beyond, _told_target, "beyond")
        yield from of_rows("indicator-percent-notation", Severity.INFO, project, written, _told_target)


def _exceeds(quantity: Quantity) -> bool:
    return quantity.unit == "%" and quantity.value > HUNDRED
