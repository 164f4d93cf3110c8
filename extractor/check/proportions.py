"""Checks on rates told with their own operands: completion of indicators, satisfaction, shares of one whole."""

from __future__ import annotations

from extractor.check.money_shares import money_shares
from extractor.check.passages import sentence
from extractor.check.registry import Case, check
from extractor.check.shown import figure, percent, quoted, recomputed, shown_operand, written
from extractor.check.told import Yielded, counted, is_count, project_of, spans_of, statements, terms_shown
from extractor.check.told_completions import told_completions
from extractor.check.told_shares import aimed, base, is_far, told_shares
from extractor.check.verdicts import finding, judged, unchecked, weight
from extractor.model.facts import Doubt, Indicator, Operator, Origin, Project, Statement, StatementKind, Value
from extractor.model.findings import Relation, Severity
from extractor.model.quantity import HUNDRED, Quantity
from extractor.model.relations import Judgement, Operand, Outcome, judge_ratio, judge_shares


@check(
    "rate-indicator-recompute",
    zh="指标完成率有误",
    en="A rate does not follow from its own figures",
    severity=Severity.ERROR,
    norm="完成率 = 实际完成值 ÷ 目标值；满意度 = 满意人数 ÷ 有效调查人数",
    texts={
        "default": (
            "“{name}”写为{stated}，按{formula}重新计算，两者不符。请核对。",
            "“{name}” is given as {stated}; recomputed, {formula}. Please check.",
        )
    },
    family="rates",
)
def rate_indicator_recompute(case: Case) -> Yielded:
    """
    核什么：写明了目标值、实际值（或人数）的完成率、合格率、满意度等，是否计算正确。
    为什么：指标完成率直接决定指标得分。
    怎么判：同一指标的实际值 ÷ 目标值，或同一段中写明的部分 ÷ 全体；目标写在绩效目标部分的，按单位和名称对应。单位不同的不比较，与重算相差
    30个百分点以上的视为另有基数。按所写位数四舍五入比较。
    依据：算术；自评表填报说明。
    例：走访110人、满意104人，满意度写作96.55%，应为94.55%，报错。
    已知误报：“人”与“人次”混用；目标值写在另一处。
    """
    for statement in (*statements(case, StatementKind.RATIO), *told_shares(case), *told_completions(case), *money_shares(case)):
        if len(statement.operands) == 2:
            yield from _ratio_statement(case, statement)
    for project in case.facts.projects:
        for indicator in project.indicators:
            yield from _completion(case, project, indicator)


def _ratio_statement(case: Case, statement: Statement) -> Yielded:
    part, whole = statement.operands
    spans, stated = spans_of(case, statement), written(statement.stated.quantity)
    if not whole.quantity.value:
        yield unchecked(Relation.RATIO, "rate-indicator-recompute", stated, spans, "zero_base", project_of(case, statement))
        return
    judgement = judge_ratio(counted(case, part), base(case, whole), statement.stated.quantity)
    if not judgement.is_consistent and is_far(statement, judgement.expected):
        yield unchecked(Relation.RATIO, "rate-indicator-recompute", stated, spans, "two_candidates", project_of(case, statement))
        return
    claim = judged(
        Relation.RATIO,
        "rate-indicator-recompute",
        judgement,
        stated,
        spans,
        project_of(case, statement),
        percent(judgement.expected, statement.stated.quantity),
        _quotient(part.quantity, whole.quantity, judgement, statement.stated.quantity),
        terms_shown(statement),
    )
    yield claim
    if not judgement.is_consistent:
        name = statement.subject or case.facts.document.quote(spans[0])
        severity = weight(judgement, Severity.ERROR)
        yield finding(claim, severity, arguments={"name": name}, doubts=statement.doubts, highlight=(statement.stated.span,))


def _completion(case: Case, project: Project, indicator: Indicator) -> Yielded:
    """The stated completion of an indicator against its actual over its target."""
    said, target, actual = indicator.completion, indicator.target, indicator.actual
    if said is None or said.quantity is None or said.quantity.unit != "%":
        return
    document, stated = case.facts.document, written(said.quantity)
    values = [v for v in (said, actual, target) if v]
    spans = quoted(document, (span for v in values for span in v.spans[:1]))
    name = "rate-indicator-recompute"
    if target is None or target.quantity is None or actual is None or actual.quantity is None:
        missing = "no_target" if target is None or target.quantity is None else "no_actual"
        yield unchecked(Relation.RATIO, name, stated, spans, missing, project.name)
        return
    if target.quantity.unit != actual.quantity.unit or not target.quantity.value:
        yield unchecked(Relation.RATIO, name, stated, spans, "unit_unknown" if target.quantity.value else "zero_base", project.name)
        return
    goal = aimed(target.quantity)
    tops = [actual.quantity, *_other_counts(case, said, target)]
    tried = [(judge_ratio(Operand(top, is_count=is_count(case, top)), goal, said.quantity), top) for top in tops]
    judgement, top = next((entry for entry in tried if entry[0].is_consistent), tried[0])
    is_ceiling = target.operator is Operator.AT_MOST
    if is_ceiling and not judgement.is_consistent and _is_kept_by(actual.quantity, target.quantity, said.quantity):
        yield judged(Relation.RATIO, name, Judgement(Outcome.HOLDS, said.quantity.value), stated, spans, project.name, stated)
        return
    operands = [shown_operand("actual", top, *actual.spans[:1]), shown_operand("target", target.quantity, *target.spans[:1])]
    formula = _quotient(top, target.quantity, judgement, said.quantity)
    shown = percent(judgement.expected, said.quantity)
    claim = judged(Relation.RATIO, name, judgement, stated, spans, project.name, shown, formula, operands)
    yield claim
    if not judgement.is_consistent:
        severity, doubts = weight(judgement, Severity.ERROR), indicator.doubts
        if is_ceiling or (len(spans) > 1 and indicator.origin is Origin.PROSE):  # a target told elsewhere may be another one's
            doubts |= {Doubt.INFERRED}
        yield finding(claim, severity, arguments={"name": indicator.name}, doubts=doubts, highlight=said.spans[:1])


def _is_kept_by(actual: Quantity, ceiling: Quantity, said: Quantity) -> bool:
    """Is it what staying under a ceiling is told as, too: ceiling ÷ actual, 100 %, or 100 % and what was saved?

    >>> from decimal import Decimal
    >>> actual, ceiling = Quantity(Decimal("4.38"), 2, "万元"), Quantity(Decimal("4.5"), 1, "万元")
    >>> [_is_kept_by(actual, ceiling, Quantity(Decimal(rate), 2, "%")) for rate in ("102.74", "102.67", "104.00")]
    [True, True, False]
    """
    if not actual.value:
        return False
    if said.value == HUNDRED and actual.value <= ceiling.value:
        return True  # all of what was asked for
    turned = judge_ratio(Operand(ceiling, is_budget=True), Operand(actual, is_budget=True), said).is_consistent
    saved = HUNDRED + (ceiling.value - actual.value) / ceiling.value * HUNDRED
    return turned or abs(saved - said.value) <= said.step / 2


def _other_counts(case: Case, said: Value, target: Value) -> list[Quantity]:
    """The figures of the sentence in the target's unit: 669处，其中支流401处，完成目标597处的112% is said of the 669."""
    paragraph = case.facts.document.paragraphs.get(said.spans[0].paragraph) if said.spans else None
    if paragraph is None or target.quantity is None:
        return []
    span = sentence(paragraph, said.spans[0].start, said.spans[0].end)
    before = [m for m in case.facts.mentions_in(span) if m.quantity and m.start < said.spans[0].start]
    own = {(own.start, own.end) for own in target.spans if own.paragraph == span.paragraph}
    return [m.quantity for m in before if m.quantity and m.quantity.unit == target.quantity.unit and (m.start, m.end) not in own]


def _quotient(top: Quantity, base: Quantity, judgement: Judgement, stated: Quantity) -> str:
    return f"{figure(top)} ÷ {figure(base)} = {recomputed(judgement.expected, stated.decimals)}"


@check(
    "rate-share-sum",
    zh="占比合计不为100%",
    en="Shares do not make 100%",
    severity=Severity.WARNING,
    norm="同一整体各部分占比之和为100%",
    texts={
        "default": (
            "所列占比合计{expected}（{formula}），不为100%。请核对是否遗漏或有误。",
            "The shares listed make {expected} ({formula}), not 100%. One may be missing or wrong.",
        )
    },
    family="rates",
)
def rate_share_sum(case: Case) -> Yielded:
    """
    核什么：一句话中“分别占”某一整体的各项占比，合计是否为100%。
    为什么：合计不为100%说明有遗漏、重复或算错。
    怎么判：各项按所写位数四舍五入，允许相应尾差；只列出一部分的（没有说明穷尽，且合计小于100%）不判断。
    依据：算术。
    例：“产出、效益、满意度权重分别占50%、30%、30%”，合计110%，警告。
    已知误报：同一句中两个整体的占比。
    """
    for statement in statements(case, StatementKind.SHARES):
        shares = [term.quantity for term in statement.operands]
        stated = "、".join(written(share) for share in shares)
        spans = spans_of(case, statement)
        judgement = judge_shares(shares)
        if not judgement.is_consistent and not statement.exhaustive and judgement.expected < HUNDRED:
            yield unchecked(Relation.SUM, "rate-share-sum", stated, spans, "partial_list", project_of(case, statement))
            continue
        expected = recomputed(judgement.expected)
        formula = " + ".join(figure(share) for share in shares) + f" = {expected}"
        project = project_of(case, statement)
        claim = judged(Relation.SUM, "rate-share-sum", judgement, stated, spans, project, expected, formula, terms_shown(statement))
        yield claim
        if not judgement.is_consistent:
            marks = tuple(term.span for term in statement.operands)
            yield finding(claim, Severity.WARNING, doubts=statement.doubts, highlight=marks)
