"""Checks on the points for spending: rate times weight, and the most that a total can be beside a rate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractor.check.form_rows import Term, cells, execution, forms, is_stepwise, rows, terms
from extractor.check.form_tables import Places, places_of
from extractor.check.rate_shortfall import spent_of
from extractor.check.registry import Case, check
from extractor.check.scores import full_marks
from extractor.check.search import all_matches
from extractor.check.shown import approximately, quoted, recomputed, shown_operand, trimmed, written
from extractor.check.told import Yielded
from extractor.check.verdicts import finding, judged, unchecked
from extractor.model.document import Span
from extractor.model.facts import Doubts, Form, Project, Rate
from extractor.model.findings import Relation, Severity
from extractor.model.quantity import HUNDRED, ONE, ZERO, rounded
from extractor.model.relations import Allowance, Judgement, Outcome
from extractor.model.score_relations import judge_score

NO_RATE = Decimal(1000)
"""Amounts that make so many per cent are not of one unit; a printed rate is then the only base."""
EXECUTION_RATES = frozenset({"executed/budget", "executed/budget_initial", "executed/arrived"})


@dataclass(frozen=True, slots=True)
class Base:
    """A rate that the points may rest on: as printed or recomputed, in per cent, with the most it can stand for."""

    rate: Decimal
    most: Decimal
    shown: str
    spans: tuple[Span, ...]
    doubts: Doubts


def bases(project: Project) -> list[Base]:
    """The printed execution rates of the whole fund, and the one recomputed from its amounts."""
    found = [_printed(rate) for rate in project.rates if rate.of in EXECUTION_RATES and rate.source is None]
    spent = spent_of(project)
    if spent is not None and not (found and spent.rate > NO_RATE):
        spans = (*spent.executed.spans[:1], *spent.base.spans[:1])
        found.append(Base(spent.rate, spent.rate, recomputed(spent.rate), spans, spent.doubts))
    return found


def _printed(rate: Rate) -> Base:
    return Base(rate.quantity.value, rate.quantity.interval.high, written(rate.quantity), rate.spans[:1], rate.doubts)


@check(
    "score-execution-formula",
    zh="预算执行得分与执行率不符",
    en="The points for spending do not follow from the rate",
    severity=Severity.ERROR,
    norm="预算执行得分 = 预算执行率 × 分值，不超过分值",
    texts={
        "default": (
            "预算执行得{stated}，按{formula}，最多应得{expected}分。请核对。",
            "The execution row scores {stated}; by {formula}, at most {expected} are earned. Please check.",
        )
    },
    family="scores",
)
def score_execution_formula(case: Case) -> Yielded:
    """
    核什么：自评表预算执行一行的得分，是否高于“执行率×分值”（不超过分值）。
    为什么：执行得分由执行率直接算出，多得即为虚高。
    怎么判：执行率以印出的、按数额重新计算的两者中较高的为准，按得分所写位数四舍五入比较；得分低的不报。表中写明按档、按扣分步长计分的，
    或设定为分档计分的，不重新计算，记为无法核验。
    依据：自评表填报说明（湖北“20分×执行率”，四川“权重×执行率”）。
    例：执行率49.88%（印作50%）、分值10，得5分不报；得10分报错。
    已知误报：当地按档计分而表中没有写明。
    """
    places = places_of(case)
    for project in case.facts.projects:
        for form in project.forms or (Form(),):  # a row of a summary table may give the points too
            score = execution(project, form, "execution_score", terms(rows(case, form), "score"))
            if score is not None:
                yield from _execution(case, places, project, form, score)


def _execution(case: Case, places: Places, project: Project, form: Form, score: Term) -> Yielded:
    name, stated = "score-execution-formula", written(score.quantity)
    weight = execution(project, form, "execution_weight", terms(rows(case, form), "weight")) or _labelled(form)
    found = bases(project)
    reason = "no_execution_weight" if weight is None else None if found else "no_operands"
    if reason is None and is_stepwise(case, places, form, score.stated.spans[0], execution_row=True):
        reason = "stepwise"
    own = cells(places, score.stated)
    if weight is None or reason:
        yield unchecked(Relation.PRODUCT, name, stated, own, reason or "", project.name)
        return
    best = max(found, key=lambda base: base.rate)
    share = min(ONE, best.rate / HUNDRED)
    judgement = judge_score([share * weight.quantity.value], score.quantity)
    most = judge_score([min(ONE, max(base.most for base in found) / HUNDRED) * weight.quantity.value], score.quantity)
    if not judgement.is_consistent and most.is_consistent:
        judgement = Judgement(Outcome.BY_ROUNDING, judgement.expected, Allowance.TAIL)
    expected = trimmed(judgement.expected)
    result = approximately(share * weight.quantity.value, judgement.expected)
    capped = "（以分值为限）" if best.rate > HUNDRED else ""
    formula = f"{best.shown} × {trimmed(weight.quantity.value)} = {result}{capped}"
    spans = tuple(dict.fromkeys((*own, *quoted(case.facts.document, best.spans), *weight.stated.spans[:1])))
    operands = [shown_operand("score", score.quantity, *score.stated.spans[:1]), weight.shown]
    claim = judged(Relation.PRODUCT, name, judgement, stated, spans, project.name, expected, formula, operands)
    yield claim
    if not judgement.is_consistent:
        yield finding(claim, Severity.ERROR, doubts=best.doubts | score.stated.doubts, highlight=score.stated.spans[:1])


def _labelled(form: Form) -> Term | None:
    """预算执行情况（10分）: the label tells what the row below leaves out."""
    group = next((g for g in form.groups if g.holds_execution and not g.indicators and g.weight.quantity), None)
    return Term(group.label, group.weight, group.weight.quantity) if group and group.weight.quantity else None


@check(
    "score-above-upper-bound",
    zh="总分高于理论上限",
    en="A total beyond what the rate of spending allows",
    severity=Severity.ERROR,
    norm="总分 ≤ 100 − 执行分值 ×（1 − 执行率）",
    texts={
        "default": (
            "自评{stated}，而执行率为{rate}，按执行率占{weight}分计，总分最多{expected}分。请核对执行得分。",
            "A self-score of {stated} beside a rate of {rate}: with {weight} points for spending, {expected} is the most. Please check.",
        )
    },
    family="scores",
)
def score_above_upper_bound(case: Case) -> Yielded:
    """
    核什么：没有列出预算执行得分的项目，自评总分是否高于其余各项全部满分时的上限。
    为什么：执行率不足而总分照给满分，说明执行一项没有按率计分。
    怎么判：上限 = 100 − 执行分值×（1 − 执行率）；分值未知的按设定（默认10分）。报告写明“执行率×分值”的报错，其余只作提示，因为有的地方
    按档计分。已列出执行得分的，由其他检查核对。
    依据：由执行得分公式推出。
    例：执行率79.63%，自评100分，上限97.96分，提示。
    已知误报：执行率达到某一比例即得满分的地方。
    """
    bare = [project for project in case.facts.projects if _has_total_only(project)]
    if not bare or case.settings.scoring == "stepwise" or full_marks(case) != HUNDRED:
        return
    if any(all_matches(case, "form_checks.steps")):
        return
    is_stated = any(all_matches(case, "form_checks.proportional_execution"))
    for project in bare:
        yield from _bound(case, project, is_stated)


def _has_total_only(project: Project) -> bool:
    """Is a total score told, and none for the execution?"""
    listed = project.execution_score or any(form.execution_score for form in project.forms)
    return project.self_score is not None and not listed and not project.is_total


def _bound(case: Case, project: Project, is_stated: bool) -> Yielded:
    score, found = project.self_score, bases(project)
    if score is None or score.quantity is None or not found:
        return
    best = max(found, key=lambda base: base.most)
    printed = project.execution_weight.quantity if project.execution_weight else None
    points = printed.value if printed else case.settings.execution_weight
    exact = HUNDRED - points * max(ZERO, ONE - best.most / HUNDRED)
    bound = rounded(exact, score.quantity.decimals)
    judgement = Judgement(Outcome.HOLDS if score.quantity.value <= bound else Outcome.FAILS, bound)
    expected = trimmed(bound)
    formula = f"100 − {trimmed(points)} × (1 − {best.shown}) = {approximately(exact, bound)}"
    spans = quoted(case.facts.document, (*score.spans[-1:], *best.spans))
    operands = [shown_operand("score", score.quantity, *score.spans[:1])]
    name, stated = "score-above-upper-bound", written(score.quantity)
    claim = judged(Relation.BOUND, name, judgement, stated, spans, project.name, expected, formula, operands)
    yield claim
    if not judgement.is_consistent:
        severity = Severity.ERROR if is_stated and printed else Severity.INFO
        arguments = {"rate": best.shown, "weight": trimmed(points)}
        yield finding(claim, severity, arguments=arguments, doubts=best.doubts | score.doubts, highlight=score.spans[:1])


def _is_swapped(own: list[tuple[Decimal, Decimal]]) -> bool:
    """Do most rows score beyond their weight? Then every row is scored out of 100, or the columns were read the wrong way round."""
    return len(own) > 2 and 2 * sum(1 for score, weight in own if score > weight) > len(own)


@check(
    "score-row-exceeds-weight",
    zh="得分大于分值",
    en="A row scores more than its weight",
    severity=Severity.ERROR,
    norm="得分不得突破权重（湖北等地填报说明）",
    texts={
        "default": (
            "“{name}”分值{expected}，得分{stated}，得分大于分值。请核对。",
            "“{name}” scores {stated} of {expected}. Please check.",
        )
    },
    family="scores",
)
def score_row_exceeds_weight(case: Case) -> Yielded:
    """
    核什么：自评表各行（含预算执行）的得分是否在0与分值之间。
    为什么：得分大于分值，总分必然虚高。
    怎么判：得分大于分值或为负数的报错；过半的行都大于分值的，说明各行按百分制打分或列次读反，不判断。分值为几行共用的合并单元格的不判断。
    依据：填报说明“不得突破权重”。
    例：分值3分、得分4分，报错。
    已知误报：设有加分的指标。
    """
    places = places_of(case)
    for project, form in forms(case):
        pairs = list(_pairs(case, project, form))
        if _is_swapped([(score.quantity.value, weight.quantity.value) for score, weight, _ in pairs]):
            continue
        for score, weight, words in pairs:
            wrong = score.quantity.value > weight.quantity.value or score.quantity.value < ZERO
            judgement = Judgement(Outcome.FAILS if wrong else Outcome.HOLDS, weight.quantity.value)
            expected, stated = trimmed(weight.quantity.value), trimmed(score.quantity.value)
            spans = words or (*cells(places, weight.stated), *score.stated.spans[:1])
            formula = f"0 ≤ {stated} ≤ {expected}" if not wrong else None
            shown = [score.shown, weight.shown]
            name = "score-row-exceeds-weight"
            claim = judged(Relation.BOUND, name, judgement, stated, spans, project.name, expected, formula, shown)
            yield claim
            if wrong:
                yield finding(claim, Severity.ERROR, arguments={"name": score.name}, highlight=score.stated.spans[:1])


def _pairs(case: Case, project: Project, form: Form) -> Iterator[tuple[Term, Term, tuple[Span, ...]]]:
    """Score and weight of each row that has both, and the row's words."""
    listed = rows(case, form)
    shared = [i.weight.spans for i in listed if i.weight]
    for indicator in listed:
        score, weight = indicator.score, indicator.weight
        if score and weight and score.quantity and weight.quantity and shared.count(weight.spans) == 1:
            yield Term(indicator.name, score, score.quantity), Term(indicator.name, weight, weight.quantity), indicator.spans
    own = execution(project, form, "execution_score", terms(listed, "score"))
    limit = execution(project, form, "execution_weight", terms(listed, "weight"))
    if own and limit:
        yield own, limit, ()
