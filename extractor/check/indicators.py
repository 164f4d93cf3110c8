"""Checks on indicators against their targets: far beyond, short of them, all said to be met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractor.check.form_tables import Places, places_of
from extractor.check.passages import clause, listed, sentence
from extractor.check.reasons import is_explained_at, matches_of
from extractor.check.registry import Case, check
from extractor.check.row_directions import form_directions
from extractor.check.shown import quoted, recomputed, shown_operand, trimmed, written
from extractor.check.targets import FALLING, direction, operator_of
from extractor.check.told import Yielded, is_count
from extractor.check.verdicts import finding, judged
from extractor.model.document import Span
from extractor.model.facts import Doubt, Indicator, Kind, Operator, Origin, Project, Value
from extractor.model.findings import Finding, Relation, Severity
from extractor.model.quantity import HUNDRED, Quantity
from extractor.model.relations import Judgement, Outcome

FLOOR = Decimal(5)
"""A count that exceeds its target by less than this is no sign of a low target: 2 of 1."""
RISING = frozenset({Operator.AT_LEAST, Operator.MORE, Operator.EQUAL})

POINTS = "百分点"
"""A change in percentage points is no share of another."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far an indicator went: in per cent of its target, as stated or computed, and the value that says so."""

    indicator: Indicator
    rate: Decimal
    value: Value

    @property
    def shown(self) -> str:
        name = self.indicator.name or self.indicator.level2
        return f"{name}（{recomputed(self.rate)}）"


def reached(indicator: Indicator) -> Reached | None:
    """Completion as stated, else actual over target where both are figures of one unit and more is better."""
    said, target, actual = indicator.completion, indicator.target, indicator.actual
    if said is not None and said.quantity is not None and said.quantity.unit == "%":
        return Reached(indicator, said.quantity.value, said)
    if target is None or actual is None or target.quantity is None or actual.quantity is None or Doubt.INFERRED in indicator.doubts:
        return None
    operator = operator_of(target)
    if (
        actual.quantity.unit == POINTS
        or target.quantity.unit != actual.quantity.unit
        or not target.quantity.value
        or (operator and operator not in RISING)
    ):
        return None
    return Reached(indicator, actual.quantity.value / target.quantity.value * HUNDRED, actual)


@check(
    "indicator-over-achievement-unexplained",
    zh="超额完成较多未说明（目标偏低）",
    en="Far beyond the target without a reason",
    severity=Severity.WARNING,
    norm="财预〔2020〕10号（待核实）：完成值明显超过目标的应说明原因；指标设置偏低的按比例调减得分",
    texts={
        "default": (
            "{list}，超过目标{limit}%以上而未见原因说明，目标可能设置偏低，建议核实。",
            "{list}: beyond {limit}% over the target and no reason given; the target may have been set low.",
        )
    },
)
def indicator_over_achievement_unexplained(case: Case) -> Iterator[Finding]:
    """
    核什么：完成值超过目标30%以上（可设）的指标，是否说明原因。
    为什么：大幅超额往往说明目标定得过低，或统计口径有误。
    怎么判：写明完成目标的百分比，或实际值÷目标值（“≤”类指标除外）超过130%；计数类超出不足5个的不报；同一句或偏差原因栏说明原因的不报，
    表中没有设原因栏的降为提示。
    每个项目合并为一条。是否扣分由主管部门确定，本项不判断。
    依据：财预〔2020〕10号（待核实）；填报说明中的30%为常用界线。
    例：招聘会完成目标的200%，未说明原因，警告；完成123%的不报。
    已知误报：按需办理、无法预计数量的事项。
    """
    places = places_of(case)
    for project in case.facts.projects:
        found = [r for i in project.indicators if (r := reached(i)) and r.rate > case.settings.over_achievement]
        found = [r for r in found if direction(case, r.indicator)[0] not in FALLING]
        found = list({(r.indicator.name, r.rate): r for r in found if not _is_small(case, r) and not _is_explained(case, r)}.values())
        if found:
            marks = tuple(span for r in found for span in r.value.spans[:1])
            limit = trimmed(case.settings.over_achievement - HUNDRED)
            arguments = {"list": listed([r.shown for r in found]), "limit": limit}
            rows = tuple(span for r in found if r.indicator.origin is Origin.FORM for span in r.indicator.spans)
            yield Finding(
                "indicator-over-achievement-unexplained",
                Severity.WARNING if any(_has_room(places, r) for r in found) else Severity.INFO,
                tuple(dict.fromkeys((*rows, *(span for span in quoted(case.facts.document, marks) if span not in rows)))),
                arguments=arguments,
                project=project.name,
                stated="、".join(r.value.text for r in found),
                doubts=frozenset().union(*(r.indicator.doubts for r in found)),
                highlight=marks,
            )


def _is_small(case: Case, result: Reached) -> bool:
    target, actual = result.indicator.target, result.indicator.actual
    if target is None or actual is None or target.quantity is None or actual.quantity is None:
        return False
    return is_count(case, actual.quantity) and actual.quantity.value - target.quantity.value < FLOOR


def _has_room(places: Places, result: Reached) -> bool:
    """Is there a place for a reason? Text has it, a form where it prints a column for reasons."""
    spans = result.value.spans
    return result.indicator.origin is not Origin.FORM or bool(spans and places.reason_cell(spans[0]))


def _is_explained(case: Case, result: Reached) -> bool:
    spans, reason = result.value.spans, result.indicator.reason
    if result.indicator.origin is Origin.FORM and reason:
        return reason not in case.lexicon.words("no_reason")
    return bool(spans) and is_explained_at(case, spans[0], result.indicator.reason)


@check(
    "indicator-direction-violated",
    zh="未达标称已完成",
    en="Said to be met, yet short of its target",
    severity=Severity.ERROR,
    norm="完成值应满足指标值的要求",
    texts={
        "default": (
            "“{name}”目标{target}，实际{stated}，未达到目标，而报告称已完成。请核对。",
            "“{name}”: target {target}, actual {stated}; the target is not met, yet it is said to be. Please check.",
        )
    },
)
def indicator_direction_violated(case: Case) -> Yielded:
    """
    核什么：写明目标值和实际值的指标，实际值是否满足目标；不满足时报告是否仍称完成、达到。
    为什么：未达标而称完成，会掩盖绩效问题。
    怎么判：按目标的方向（≥、≤、不少于、不超过）比较；没有写明方向的，按“不少于”理解并降为警告。只有同一句写有“完成”“达到”“达标”
    且没有“未”“基本”等字样时才报告；自评表的行看完成值、原因两栏的文字。
    依据：填报说明。
    例：合格率目标≥95%，“实际91%，达到目标要求”，报告。
    已知误报：目标值为累计数而实际值为当年数。
    """
    for project in case.facts.projects:
        for indicator in project.indicators:
            yield from _held_to_target(case, project, indicator)
    yield from form_directions(case)


def _held_to_target(case: Case, project: Project, indicator: Indicator) -> Yielded:
    target, actual = indicator.target, indicator.actual
    if target is None or actual is None or target.quantity is None or actual.quantity is None or not actual.spans:
        return
    if target.quantity.unit != actual.quantity.unit or indicator.origin is not Origin.PROSE or target.quantity.upper is not None:
        return
    if Doubt.INFERRED in indicator.doubts:
        return  # the target was told elsewhere; whether it is this one's is a guess
    operator = operator_of(target)
    met = _meets(operator, actual.quantity, target.quantity)
    if not met and not _is_said_to_be_met(case, actual, target):
        return
    judgement = Judgement(Outcome.HOLDS if met else Outcome.FAILS, target.quantity.value)
    spans = quoted(case.facts.document, (*actual.spans[:1], *target.spans[:1]))
    operands = [shown_operand("actual", actual.quantity, *actual.spans[:1]), shown_operand("target", target.quantity, *target.spans[:1])]
    formula = f"{written(actual.quantity)} {(operator or Operator.AT_LEAST).value} {written(target.quantity).lstrip('≥≤=><')}"
    name = "indicator-direction-violated"
    claim = judged(Relation.BOUND, name, judgement, actual.text, spans, project.name, target.text, formula if met else None, operands)
    yield claim
    if not met:
        doubts = indicator.doubts | (frozenset() if operator else {Doubt.INFERRED})
        arguments = {"name": indicator.name, "target": target.text}
        yield finding(claim, Severity.ERROR, arguments=arguments, doubts=doubts, highlight=actual.spans[:1])


def _meets(operator: Operator | None, actual: Quantity, target: Quantity) -> bool:
    low, high = actual.interval.low, actual.interval.high
    if operator in (Operator.AT_MOST, Operator.LESS):
        return low <= target.value
    return high >= target.value


def _is_said_to_be_met(case: Case, actual: Value, target: Value) -> bool:
    """Do the words around the actual, up to the next figure of the sentence, say that the target is met?"""
    own = actual.spans[0]
    paragraph = case.facts.document.paragraphs.get(own.paragraph)
    if paragraph is None:
        return False
    start, end = clause(paragraph, own.start, own.end).start, sentence(paragraph, own.start, own.end).end
    for mention in case.facts.mentions_in(Span(own.paragraph, own.end, end)):
        place = Span(own.paragraph, mention.start, mention.end)
        if mention.kind in (Kind.COUNT, Kind.PERCENT) and place not in target.spans:
            end = mention.start
            break
    return case.lexicon.pattern("checks.said_met").search(paragraph.text, start, end) is not None


@check(
    "claim-overstated",
    zh="“全部/各项超额完成”与分项不符",
    en="“All exceeded” against single results",
    severity=Severity.WARNING,
    norm="结论应与分项结果一致",
    texts={
        "default": (
            "称“{claim}”，而{list}。请核对。",
            "“{claim}” is said, yet {list}. Please check.",
        )
    },
)
def claim_overstated(case: Case) -> Iterator[Finding]:
    """
    核什么：“各项指标全部完成”“超额完成各项指标”等概括，与分项结果是否一致。
    为什么：以偏概全会掩盖未完成的指标。
    怎么判：称全部完成而有指标低于目标的，警告；称全部超额而有指标恰为100%的，提示。写“基本完成”的、写明“除……外”“其余”的不查。
    依据：自评结论应有依据。
    例：称“超额完成各项指标”，而其中两项恰为目标的100%，提示。
    已知误报：“各项”仅指前文列举的几项。
    """
    for project in case.facts.projects:
        results = [r for i in project.indicators if (r := reached(i)) is not None and r.value.spans]
        short = [r for r in results if r.rate < HUNDRED and not _is_share(r)]
        level = [r for r in results if r.rate == HUNDRED and r.indicator.completion is not None]
        for span, exceeds in _universal(case, project):
            wrong, severity = (short, Severity.WARNING) if short else (level if exceeds else [], Severity.INFO)
            if wrong:
                yield _overstated(case, project, span, wrong, severity)
                break


def _is_share(result: Reached) -> bool:
    """A rate within rounding of its target, or a share whose target was not given with a direction, is no shortfall."""
    target = result.indicator.target
    return result.indicator.completion is None and (target is None or operator_of(target) is None)


def _universal(case: Case, project: Project) -> Iterator[tuple[Span, bool]]:
    excepted = case.lexicon.pattern("checks.excepted")
    for said in matches_of(case, project, "checks.universal_claim"):
        text = case.facts.document.paragraphs[said.span.paragraph].text
        if excepted.search(text, said.within.start, said.span.start):
            continue  # 除水质达标率外各项目标均已完成
        yield said.span, any(said.groups[group] for group in ("over", "excess", "more"))


def _overstated(case: Case, project: Project, span: Span, wrong: list[Reached], severity: Severity) -> Finding:
    document = case.facts.document
    marks = (span, *(r.value.spans[0] for r in wrong))
    arguments = {"claim": document.quote(span), "list": listed([r.shown for r in wrong])}
    return Finding(
        "claim-overstated",
        severity,
        quoted(document, marks),
        arguments=arguments,
        project=project.name,
        stated=document.quote(span),
        highlight=marks,
    )
