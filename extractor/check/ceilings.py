"""Checks on what may not exceed what: spending and the budget, arrivals and the budget, a year and many years."""

from __future__ import annotations

from extractor.check.own_funds import is_within_investment
from extractor.check.reasons import says
from extractor.check.registry import Case, check
from extractor.check.shown import fact_operand, figure, figures_of, operand, quoted, written
from extractor.check.stated import is_cumulative, is_investment, is_multiyear
from extractor.check.told import Yielded
from extractor.check.verdicts import finding, judged, unchecked, weight
from extractor.model.facts import Fact, Measure, Origin, Project
from extractor.model.findings import Finding, Relation, Severity
from extractor.model.quantity import HUNDRED
from extractor.model.relations import judge_at_most

BUDGET, INITIAL, ARRIVED, EXECUTED = Measure.BUDGET, Measure.BUDGET_INITIAL, Measure.ARRIVED, Measure.EXECUTED


@check(
    "amount-executed-exceeds-available",
    zh="执行数大于可用预算",
    en="More was spent than was available",
    severity=Severity.ERROR,
    norm="预算法：支出以经批准的预算为依据（待核实）",
    texts={
        "default": (
            "支出{stated}大于{base_name}{base}，超出部分的资金来源未见说明。请核对。",
            "{stated} was spent of a {base_en} of {base}; where the rest came from is not said. Please check.",
        )
    },
    family="amounts",
)
def amount_executed_exceeds_available(case: Case) -> Yielded:
    """
    核什么：支出数是否大于全年（调整后）预算数；只有年初预算的，与年初预算比较。
    为什么：超预算支出需有追加、结转等依据，否则数据有误。
    怎么判：大于全年（调整后）预算数报错；只写年初预算或未写明口径的，给出警告。报告提到结转、追加、调整、自筹等其他资金的降一级，
    只有年初预算的不再提示。
    依据：预算法（待核实）。
    例：全年预算数120万元、执行数128.5万元，无其他资金说明，报错。
    已知误报：使用上年结转资金而未写明。
    """
    for project in case.facts.projects:
        executed, budget = project.amount(EXECUTED), project.amount(BUDGET)
        if executed is None or budget is None or {executed.quantity.unit, budget.quantity.unit} != {"元"}:
            continue
        if executed.quantity.value < budget.quantity.value * HUNDRED:
            yield from _exceeds(case, project, executed, budget)


def _exceeds(case: Case, project: Project, executed: Fact, budget: Fact) -> Yielded:
    name = "amount-executed-exceeds-available"
    judgement = judge_at_most(operand(executed), operand(budget))
    spans = quoted(case.facts.document, figures_of([executed, budget]))
    stated, operands = written(executed.quantity), [fact_operand(executed), fact_operand(budget)]
    excused = not judgement.is_consistent and says(case, project, "carried_words")
    is_full_year = _is_full_year(case, project, budget)
    of_other_funds = not judgement.is_consistent and not is_full_year and is_within_investment(case, project, executed, budget)
    other_years = [f for f in project.facts if f.measure is BUDGET and f.year not in (None, case.facts.year)]
    of_other_funds |= any(f.quantity.value >= executed.quantity.value for f in other_years)  # 下达860万元，分两年使用
    if not judgement.is_consistent and (is_cumulative(case, executed) or of_other_funds or (excused and not is_full_year)):
        yield unchecked(Relation.BOUND, name, stated, spans, "other_funds", project.name)
        return
    formula = f"{figure(executed.quantity)} ≤ {figure(budget.quantity)}" if judgement.is_consistent else None
    claim = judged(Relation.BOUND, name, judgement, stated, spans, project.name, written(budget.quantity), formula, operands)
    yield claim
    if not judgement.is_consistent:
        most = Severity.ERROR if is_full_year and not excused else Severity.WARNING
        arguments = {
            "base": figure(budget.quantity),
            "base_name": "全年预算" if is_full_year else "预算",
            "base_en": "full-year budget" if is_full_year else "budget",
        }
        doubts = executed.doubts | budget.doubts
        yield finding(claim, weight(judgement, most), "default", arguments, doubts, executed.spans[:1])


def _is_full_year(case: Case, project: Project, budget: Fact) -> bool:
    """Is the budget said to be that of the full year, after adjustment?"""
    adjusted = case.lexicon.groups("measure").get("budget_adjusted", ())
    has_both = project.amount(INITIAL) is not None and budget.label != project.amounts[INITIAL].label
    return budget.label in adjusted or (budget.origin is Origin.FORM and has_both)


@check(
    "amount-arrived-exceeds-budget",
    zh="到位数大于预算数",
    en="More arrived than was budgeted",
    severity=Severity.WARNING,
    norm="到位资金一般不大于预算（计划）数",
    texts={
        "default": (
            "到位资金{stated}大于预算{base}，未见追加等说明。请核对。",
            "{stated} arrived of a budget of {base}, and no addition is mentioned. Please check.",
        )
    },
    family="amounts",
)
def amount_arrived_exceeds_budget(case: Case) -> Yielded:
    """
    核什么：实际到位数是否大于预算数。
    为什么：到位多于预算而无说明，可能混入其他资金或数据有误。
    怎么判：到位数大于全年预算数的，警告；报告提到追加、结转、自筹等的，不提示。
    依据：各地自评表填报说明。
    例：预算80万元、到位86万元，无追加说明，警告。
    已知误报：年中追加而未写明。
    """
    name = "amount-arrived-exceeds-budget"
    for project in case.facts.projects:
        arrived, budget = project.amount(ARRIVED), project.amount(BUDGET)
        if arrived is None or budget is None or {arrived.quantity.unit, budget.quantity.unit} != {"元"}:
            continue
        judgement = judge_at_most(operand(arrived), operand(budget))
        spans = quoted(case.facts.document, figures_of([arrived, budget]))
        stated = written(arrived.quantity)
        excused = says(case, project, "carried_words") or is_cumulative(case, arrived)
        if not judgement.is_consistent and (excused or is_within_investment(case, project, arrived, budget)):
            yield unchecked(Relation.BOUND, name, stated, spans, "other_funds", project.name)
            continue
        operands = [fact_operand(arrived), fact_operand(budget)]
        formula = f"{figure(arrived.quantity)} ≤ {figure(budget.quantity)}" if judgement.is_consistent else None
        claim = judged(Relation.BOUND, name, judgement, stated, spans, project.name, written(budget.quantity), formula, operands)
        yield claim
        if not judgement.is_consistent:
            doubts = arrived.doubts | budget.doubts
            yield finding(claim, Severity.WARNING, "default", {"base": figure(budget.quantity)}, doubts, arrived.spans[:1])


@check(
    "amount-annual-vs-multiyear",
    zh="年度数与累计数混用",
    en="A figure of many years beside one of the year",
    severity=Severity.WARNING,
    norm="绩效自评以年度数据为准",
    texts={
        "default": (
            "支出{executed}似为累计数，而预算{budget}为年度数，口径不同，不宜相比。请核对。",
            "{executed} spent seems to be a total over several years, beside a yearly budget of {budget}. Please check.",
        )
    },
    family="amounts",
)
def amount_annual_vs_multiyear(case: Case) -> Yielded:
    """
    核什么：是否把跨年累计支出与当年预算放在一起计算。
    为什么：口径不同的数相除，执行率没有意义。
    怎么判：支出一句写有“累计”“开工以来”“合同”等，且大于当年预算的，警告；小于预算的不判断。
    依据：自评以预算年度为周期。
    例：2023年预算300万元，开工以来累计支出820万元，警告。
    已知误报：当年内的“累计支出”恰因追加而超过预算。
    """
    for project in case.facts.projects:
        executed, budget = project.amount(EXECUTED), project.amount(BUDGET)
        if executed is None or budget is None or not is_cumulative(case, executed) or is_cumulative(case, budget):
            continue
        if judge_at_most(operand(executed), operand(budget)).is_consistent or not budget.quantity.value:
            continue
        if any(_may_hold(case, f, executed) for f in project.facts):
            continue
        spans = quoted(case.facts.document, figures_of([executed, budget]))
        arguments = {"executed": figure(executed.quantity), "budget": figure(budget.quantity)}
        yield Finding(
            "amount-annual-vs-multiyear",
            Severity.WARNING,
            spans,
            arguments=arguments,
            project=project.name,
            stated=written(executed.quantity),
            doubts=executed.doubts | budget.doubts,
            highlight=executed.spans[:1],
        )


def _may_hold(case: Case, fact: Fact, executed: Fact) -> bool:
    """中央4,860万元，省级1,620万元，合计7,452万元: is a larger amount of the year told, of which 累计支出7,302.96万元 may be?"""
    is_larger = fact.measure is BUDGET and fact.quantity.value >= executed.quantity.value and fact.year in (None, case.facts.year)
    return is_larger and not is_investment(case, fact) and not is_multiyear(case, fact)
