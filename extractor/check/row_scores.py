"""Checks on the points of single indicators: in proportion to the target, within the band of a level."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extractor.check.form_rows import forms, is_shared, is_stepwise, rows
from extractor.check.form_tables import Places, places_of
from extractor.check.registry import Case, check
from extractor.check.shown import shown_operand, trimmed, written
from extractor.check.targets import FALLING, Met, aligned, direction, held, is_lower_better, is_unit_presumed
from extractor.check.told import Yielded, is_count
from extractor.check.verdicts import finding, judged, unchecked
from extractor.lexicon.packs import nearest
from extractor.model.facts import Doubt, Doubts, Form, Indicator, Operator, Project
from extractor.model.findings import Relation, Severity
from extractor.model.quantity import HUNDRED, ZERO, Bound, Quantity, rounded
from extractor.model.relations import Allowance, Judgement, Outcome
from extractor.model.score_relations import judge_score


@dataclass(frozen=True, slots=True)
class Scored:
    """A row whose four figures are all there: target, actual, weight and score."""

    indicator: Indicator
    target: Quantity
    actual: Quantity
    weight: Quantity
    score: Quantity


@check(
    "score-indicator-formula",
    zh="定量指标得分与完成值不符（含未达标得满分）",
    en="Points that the actual value does not earn",
    severity=Severity.ERROR,
    norm="财预〔2020〕10号（待核实）：未达到指标值的，按完成值与指标值的比例记分；各项得分不突破分值",
    texts={
        "default": (
            "“{name}”目标{target}，实际{actual}，按比例应得{expected}分（{formula}），得分写为{stated}。请核对。",
            "“{name}”: target {target}, actual {actual}; in proportion {expected} points ({formula}), yet {stated} are given. "
            "Please check.",
        ),
        "full": (
            "“{name}”目标{target}，实际{actual}，未达到目标而得满分{stated}分（{formula}）。请核对。",
            "“{name}”: target {target}, actual {actual}; the target is missed, yet all {stated} points are given ({formula}). "
            "Please check.",
        ),
    },
    family="scores",
)
def score_indicator_formula(case: Case) -> Yielded:
    """
    核什么：定量指标的得分是否高于按完成值应得的分数，包括未达到目标而得满分。
    为什么：未达标得满分、多得分，总分就不能反映完成情况。
    怎么判：“≥”类按 完成值÷目标值×分值，“≤”类按 目标值÷完成值×分值，以分值为限，按得分所写位数四舍五入比较；只有得分高于应得分才报告，
    低的不报。“=”类、没有写明方向而按名称推断的、原因栏说明了原因的，最高给出警告；未达标而得满分的，按该列得分所用的小数位数比较，
    差额在四舍五入之内的给出警告。
    日期、文字目标、单位不同、有正有负的不核；写明按档、按步长扣分的不重新计算。
    依据：财预〔2020〕10号（待核实）；湖北填报说明（完成值÷目标值，反向指标为目标值÷完成值，不突破分值）。
    例：目标≥95%，完成88.75%，分值10得10分，应为9.34分，报错；目标≤5300元，实际5830元得满分，报错。
    已知误报：当地另有评分标准而表中没有写明。
    """
    places = places_of(case)
    for project, form in forms(case):
        for indicator in rows(case, form):
            yield from _row(case, places, project, form, indicator)


def _row(case: Case, places: Places, project: Project, form: Form, indicator: Indicator) -> Yielded:
    score = indicator.score
    if score is None or score.quantity is None or indicator.target is None or indicator.actual is None:
        return
    row, reason = _scored(case, places, form, indicator)
    operator, _ = direction(case, indicator)
    if operator is Operator.QUALITATIVE and not reason:
        return
    if operator is Operator.EQUAL and is_lower_better(case, indicator):
        operator = Operator.AT_MOST
    met = held(operator, row.target, row.actual, is_count(case, row.actual)) if row else None
    if row is None or met is None:
        stated = written(score.quantity)
        yield unchecked(Relation.PRODUCT, "score-indicator-formula", stated, indicator.spans, reason or "no_proportion", project.name)
        return
    yield from _judged(case, project, row, met, operator, _decimals(form))


def _scored(case: Case, places: Places, form: Form, indicator: Indicator) -> tuple[Scored | None, str]:
    """The row with its figures, or why its score cannot be derived."""
    target, actual, weight, score = indicator.target, indicator.actual, indicator.weight, indicator.score
    if target is None or actual is None or target.quantity is None or actual.quantity is None:
        return None, "no_figures"
    pair = aligned(case, indicator)
    if weight is None or weight.quantity is None or score is None or score.quantity is None:
        return None, "no_weight"
    if is_shared(list(form.indicators), weight) or is_shared(list(form.indicators), score):
        return None, "shared_points"
    if pair is None:
        return None, "unit_unknown"
    timed = target.quantity.unit in case.lexicon.groups("time_units")["time"]
    if timed and not direction(case, indicator)[1]:
        return None, "time"
    if is_stepwise(case, places, form, score.spans[0]):
        return None, "stepwise"
    return Scored(indicator, *pair, weight.quantity, score.quantity), ""


def _decimals(form: Form) -> int:
    """The decimals that a form gives its points with, where it does."""
    shown = [i.score.quantity.decimals for i in form.indicators if i.score and i.score.quantity and i.score.quantity.value % 1]
    return max(shown, default=0)


def _judged(case: Case, project: Project, row: Scored, met: Met, operator: Operator, decimals: int) -> Yielded:
    name, indicator = "score-indicator-formula", row.indicator
    judgement = _judgement(row, met)
    is_full = not met.is_met and row.score.value >= row.weight.value
    exact = met.share * row.weight.value if met.share is not None else ZERO
    if is_full and judgement.is_consistent:
        # all points for a target that was missed, however slightly: 10 in a column of 9.32 and 9.5 is no 9.58 rounded, nor may an
        # actual of 90% have been any that makes 10 of it
        most = met.most * row.weight.value if met.most is not None else exact
        is_beyond = met.most is not None and rounded(max(exact, most), decimals) < row.weight.value
        judgement = Judgement(Outcome.FAILS if is_beyond else Outcome.WEAK, judgement.expected)
    expected = trimmed(rounded(exact, max(2, row.score.decimals)))
    formula = _formula(row, met, operator, expected)
    operands = [
        shown_operand("target", row.target, *(indicator.target.spans[:1] if indicator.target else ())),
        shown_operand("actual", row.actual, *(indicator.actual.spans[:1] if indicator.actual else ())),
        shown_operand("weight", row.weight, *(indicator.weight.spans[:1] if indicator.weight else ())),
    ]
    spans = indicator.spans
    claim = judged(Relation.PRODUCT, name, judgement, trimmed(row.score.value), spans, project.name, expected, formula, operands)
    yield claim
    if not judgement.is_consistent:
        only_full = is_full and judgement.outcome is Outcome.WEAK
        doubts = _doubts(case, row)
        severity = Severity.INFO if only_full and doubts else Severity.WARNING if only_full else _severity(case, row, judgement, operator)
        arguments = {
            "name": indicator.name,
            "target": indicator.target.text if indicator.target else "",
            "actual": indicator.actual.text if indicator.actual else "",
        }
        marks = indicator.score.spans[:1] if indicator.score else ()
        yield finding(claim, severity, "full" if is_full else "default", arguments, doubts, marks)


def _judgement(row: Scored, met: Met) -> Judgement:
    """Against the share earned; a score that the rounding of the actual explains is let pass."""
    if met.share is None or met.most is None:
        return Judgement(Outcome.WEAK if row.score.value > ZERO else Outcome.HOLDS, ZERO)
    judgement = judge_score([met.share * row.weight.value], row.score)
    if not judgement.is_consistent and judge_score([met.most * row.weight.value], row.score).is_consistent:
        return Judgement(Outcome.BY_ROUNDING, judgement.expected, Allowance.TAIL)
    return judgement


def _formula(row: Scored, met: Met, operator: Operator, expected: str) -> str:
    """88.75% ÷ 95% × 10 = 9.34; 96% ≥ 90%, so all of the points."""
    actual, target, weight = _bare(row.actual), _bare(row.target), trimmed(row.weight.value)
    if met.is_met:
        sign = operator.value if operator is not Operator.EQUAL else "="
        return f"{actual} {sign} {target} → {weight}"
    if met.share is None:
        return f"{target} → 0"
    first, second = (target, actual) if operator in FALLING else (actual, target)
    return f"{first} ÷ {second} × {weight} = {expected}"


def _bare(quantity: Quantity) -> str:
    """The figure with its unit, without the sign before it."""
    return written(quantity).lstrip("≥≤≧≦<>=＝＞＜═")


def _severity(case: Case, row: Scored, judgement: Judgement, operator: Operator) -> Severity:
    """An error only where the direction is printed, the figures are bare and no reason is given."""
    told = row.indicator.reason not in ("", *case.lexicon.words("no_reason"))
    is_vague = row.actual.bound is not Bound.NONE or operator is Operator.EQUAL
    return Severity.WARNING if told or is_vague or judgement.outcome is Outcome.WEAK else Severity.ERROR


def _doubts(case: Case, row: Scored) -> Doubts:
    is_printed = direction(case, row.indicator)[1] and not is_unit_presumed(row.indicator)
    return row.indicator.doubts | (frozenset() if is_printed else {Doubt.INFERRED})


@check(
    "score-qualitative-band",
    zh="定性指标得分与档次不符",
    en="Points beyond the band of a level",
    severity=Severity.WARNING,
    norm="财预〔2020〕10号（待核实）：达成、部分达成、未达成分别按100%-80%、80%-60%、60%-0%记分（湖北为80%-50%、50%-0%）",
    texts={
        "default": (
            "“{name}”为“{level}”，得{stated}分，占分值{weight}的{share}，高于该档上限{limit}%。请核对。",
            "“{name}” is “{level}” and scores {stated} of {weight} ({share}), beyond the {limit}% of that level. Please check.",
        )
    },
    family="scores",
)
def score_qualitative_band(case: Case) -> Yielded:
    """
    核什么：写明“达成”“部分达成”“未达成”的定性指标，得分占分值的比例是否高于该档的上限。
    为什么：部分达成而得高分，定性指标就失去约束。
    怎么判：按设定的分档（默认100-80、80-60、60-0；湖北50为界）取该档上限，高于上限的给出警告，低的不报。没有用这些档次用语的不判断。
    依据：财预〔2020〕10号（待核实）；湖北填报说明。
    例：“部分达成年度指标并具有一定效果”，分值10得9.5分，警告。
    已知误报：当地另有分档。
    """
    limits = _limits(case)
    for project, form in forms(case):
        for indicator in rows(case, form):
            level = _level(case, indicator)
            weight, score = indicator.weight, indicator.score
            if level and weight and score and weight.quantity and score.quantity and weight.quantity.value:
                yield from _band(project, indicator, limits[level], weight.quantity, score.quantity)


def _band(project: Project, indicator: Indicator, limit: Decimal, weight: Quantity, score: Quantity) -> Yielded:
    share = score.value / weight.value * HUNDRED
    judgement = Judgement(Outcome.FAILS if share > limit else Outcome.HOLDS, rounded(limit * weight.value / HUNDRED, 2))
    expected, stated = trimmed(judgement.expected), trimmed(score.value)
    formula = f"{trimmed(weight.value)} × {trimmed(limit)}% = {expected}"
    name = "score-qualitative-band"
    shown = [shown_operand("weight", weight), shown_operand("score", score)]
    claim = judged(Relation.BAND, name, judgement, stated, indicator.spans, project.name, expected, formula, shown)
    yield claim
    if not judgement.is_consistent:
        arguments = {
            "name": indicator.name,
            "level": indicator.actual.text if indicator.actual else "",
            "weight": trimmed(weight.value),
            "share": f"{trimmed(rounded(share, 1))}%",
            "limit": trimmed(limit),
        }
        marks = indicator.score.spans[:1] if indicator.score else ()
        yield finding(claim, Severity.WARNING, arguments=arguments, doubts=indicator.doubts, highlight=marks)


def _limits(case: Case) -> dict[str, Decimal]:
    """The highest share of each level in the profile of the settings; ValueError for a profile that no pack knows."""
    profiles = case.lexicon.groups("qualitative_band")
    name = case.settings.qualitative_profile
    if name not in profiles:
        hint = nearest(name, sorted(profiles))
        raise ValueError(f"没有名为 {name} 的定性分档" + (f"，是否指 {hint}？" if hint else f"；可用的有：{'、'.join(profiles)}"))
    return {level: Decimal(share) for level, share in (band.split("≤") for band in profiles[name])}


def _level(case: Case, indicator: Indicator) -> str | None:
    """The level that the actual is told in, the most telling words first."""
    text = indicator.actual.text if indicator.actual else ""
    levels = case.lexicon.groups("level_words")
    return next((level for level in ("none", "part", "full") if text in levels[level] or text.startswith(levels[level])), None)
