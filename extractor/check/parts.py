"""Checks on parts and wholes: counts told with their parts, parts that exceed their whole."""

from __future__ import annotations

from dataclasses import replace

from extractor.check.enumerations import totals_behind_items
from extractor.check.passages import sentence
from extractor.check.registry import Case, check
from extractor.check.shown import figure, like, written
from extractor.check.told import Yielded, counted, is_count, project_of, spans_of, statements, terms_shown, without_asides
from extractor.check.verdicts import finding, judged, weight
from extractor.model.document import Span
from extractor.model.facts import Statement, StatementKind
from extractor.model.findings import Claim, OperandShown, Relation, Severity
from extractor.model.quantity import ZERO, Quantity
from extractor.model.relations import Judgement, Outcome, judge_at_most, judge_sum

LEAD = 8
"""Characters before a figure that may say that it is planned."""
_NEAR_ENOUGH = 20
"""Parts told in the next sentence are off by one part in so many of their total at most."""


@check(
    "rate-part-whole",
    zh="分项大于总项或分项之和不符",
    en="Parts do not make the whole, or exceed it",
    severity=Severity.ERROR,
    norm="部分不大于整体；各部分之和等于整体",
    texts={
        "default": (
            "分项合计与总数不符：{formula}，而总数写为{stated}。请核对。",
            "The parts do not make the total: {formula}, while {stated} is stated. Please check.",
        ),
        "bound": (
            "部分大于全体：{part}大于{whole}。请核对。",
            "A part exceeds its whole: {part} of {whole}. Please check.",
        ),
    },
    family="rates",
)
def rate_part_whole(case: Case) -> Yielded:
    """
    核什么：数量的分项与总数（“300名，其中中级246人、高级54人”），以及部分与全体（“110人中满意104人”）。
    为什么：分项与总数对不上，说明统计口径或录入有误。
    怎么判：同一单位的分项相加；件、人等整数必须相等，公里、亩等按所写位数允许尾差。“其中”只列一部分的（合计小于总数且差额超过一成），不判断。
    依据：算术。
    例：改造小区22个写作“合计23个”，分别为1个和21个，报告。
    已知误报：分项有重叠；“其中”之下还有再分的小项。
    """
    for statement in statements(case, StatementKind.BREAKDOWN):
        if statement.stated.quantity.unit not in ("元", "分"):
            yield from breakdown(case, statement, "rate-part-whole", Severity.ERROR)
    for statement in totals_behind_items(case):
        yield from breakdown(case, statement, "rate-part-whole", Severity.WARNING)
    for statement in statements(case, StatementKind.RATIO):
        if len(statement.operands) == 2:
            yield from _part_of_whole(case, statement)


def breakdown(case: Case, statement: Statement, name: str, most: Severity) -> Yielded:
    """Do the parts of a list make its total? A list that need not be complete is judged only where it nearly is."""
    statement = _ending_where_it_adds_up(without_asides(case, statement), is_count(case, statement.stated.quantity))
    statement = _with_its_own_total(case, statement)
    parts, total = [term.quantity for term in statement.operands], statement.stated.quantity
    spans, project = spans_of(case, statement), project_of(case, statement)
    judgement = judge_sum(parts, total, counts=is_count(case, total))
    if not judgement.is_consistent and is_of_another_sentence(case, statement):
        return
    if not judgement.is_consistent and is_partial(judgement, total, len(parts), statement.exhaustive, statement.subject == "open"):
        yield bound_claim(name, parts, total, spans, project, terms_shown(statement))
        return
    if len(parts) == 1:  # one item of a list claims only to be no more than the whole
        yield from _exceeding(case, statement, name, spans, project)
        return
    claim = sum_claim(name, judgement, parts, total, spans, project, terms_shown(statement))
    yield claim
    if not judgement.is_consistent:
        severity = weight(judgement, most if statement.exhaustive else min(most, Severity.WARNING))
        marks = (statement.stated.span, *(term.span for term in statement.operands))
        yield finding(claim, severity, doubts=statement.doubts, highlight=marks)


def is_of_another_sentence(case: Case, statement: Statement) -> bool:
    """Do parts begin a sentence of their own, with other money between them and a total that they are not near?

    预算958.90万元，支出891.78万元，结转67.12万元。其中人员经费400万元…: what they are parts of is not told.
    """
    total, first = statement.stated.span, min((term.span for term in statement.operands), key=lambda span: span.start)
    paragraph = case.facts.document.paragraphs.get(total.paragraph)
    if paragraph is None or first.paragraph != total.paragraph or first.start < total.end:
        return False
    told = [m.quantity for m in case.facts.mentions_in(Span(total.paragraph, total.end, first.start)) if m.quantity]
    others = [quantity for quantity in told if quantity.unit == statement.stated.quantity.unit]
    if not others or "。" not in paragraph.text[total.end : first.start]:
        return False
    parts, whole = [term.quantity for term in statement.operands], statement.stated.quantity.value
    off = abs(sum((part.value for part in parts), ZERO) - whole)
    return off * _NEAR_ENOUGH > whole or any(judge_sum(parts, other).is_consistent for other in others)


def _ending_where_it_adds_up(statement: Statement, counts: bool) -> Statement:
    """The statement without figures that follow its list: 669处，其中主河道268处、支流401处，完成目标597处的112%."""
    for end in range(len(statement.operands), 1, -1):
        operands = statement.operands[:end]
        if judge_sum([term.quantity for term in operands], statement.stated.quantity, counts).is_consistent:
            return replace(statement, operands=operands)
    return statement


def _with_its_own_total(case: Case, statement: Statement) -> Statement:
    """The statement with the figure of its sentence that the parts make, if there is one: 126项（目标120项），其中…"""
    span = statement.stated.span
    paragraph = case.facts.document.paragraphs.get(span.paragraph)
    own, counts = statement.stated.quantity, is_count(case, statement.stated.quantity)
    parts = [term.quantity for term in statement.operands]
    if paragraph is None or judge_sum(parts, own, counts).is_consistent:
        return statement
    listed = {term.span for term in statement.operands}
    for mention in case.facts.mentions_in(sentence(paragraph, span.start, span.end)):
        place, total = Span(span.paragraph, mention.start, mention.end), mention.quantity
        if total is None or total.unit != own.unit or place in listed:
            continue
        if judge_sum(parts, total, counts).outcome is Outcome.HOLDS:
            return replace(statement, stated=replace(statement.stated, quantity=total, span=place))
    return statement


def is_partial(judgement: Judgement, total: Quantity, parts: int, exhaustive: bool, is_open: bool = False) -> bool:
    """May the list leave something out? Yes where it ends in 等, has one item, or falls short of the total by over a tenth
    without saying that it is complete."""
    falls_short = judgement.expected < total.value
    if is_open or parts < 2:
        return falls_short
    return falls_short and not exhaustive and judgement.expected * 10 < total.value * 9


def sum_claim(
    name: str,
    judgement: Judgement,
    parts: list[Quantity],
    total: Quantity,
    spans: tuple[Span, ...],
    project: str | None,
    operands: tuple[OperandShown, ...],
) -> Claim:
    """200万元 + 340万元 = 540万元"""
    decimals = max(term.decimals for term in (*parts, total) if term.multiplier == total.multiplier)
    expected = like(judgement.expected, total, decimals)
    formula = " + ".join(figure(part) for part in parts) + f" = {expected}"
    return judged(Relation.SUM, name, judgement, written(total), spans, project, expected, formula, operands)


def bound_claim(
    name: str,
    parts: list[Quantity],
    total: Quantity,
    spans: tuple[Span, ...],
    project: str | None,
    operands: tuple[OperandShown, ...],
) -> Claim:
    """An incomplete list claims only that its items are no more than the whole: 11场 ≤ 50场."""
    holds = Judgement(Outcome.HOLDS, total.value)
    formula = " + ".join(figure(part) for part in parts) + f" ≤ {figure(total)}"
    return judged(Relation.BOUND, name, holds, written(total), spans, project, formula=formula, operands=operands)


def _exceeding(case: Case, statement: Statement, name: str, spans: tuple[Span, ...], project: str | None) -> Yielded:
    part, whole = statement.operands[0], statement.stated
    judgement = judge_at_most(counted(case, part), counted(case, whole))
    stated = written(part.quantity)
    claim = judged(Relation.BOUND, name, judgement, stated, spans, project, figure(whole.quantity), operands=terms_shown(statement))
    yield claim
    if not judgement.is_consistent:
        arguments = {"part": figure(part.quantity), "whole": figure(whole.quantity)}
        yield finding(claim, Severity.WARNING, "bound", arguments, statement.doubts, (part.span, whole.span))


def _part_of_whole(case: Case, statement: Statement) -> Yielded:
    """A share's part against its whole; the share itself is another check's claim."""
    part, whole = statement.operands
    if _may_be_exceeded(case, whole.span):
        return
    if not judge_at_most(counted(case, part), counted(case, whole)).is_consistent:
        turned = Statement(statement.kind, (part,), whole, statement.project, doubts=statement.doubts)
        yield from _exceeding(case, turned, "rate-part-whole", spans_of(case, statement), project_of(case, statement))


def _may_be_exceeded(case: Case, whole: Span) -> bool:
    """Is the figure a plan, or another year's: 实施168公里，占计划160公里的105%?"""
    paragraph = case.facts.document.paragraphs.get(whole.paragraph)
    lead = paragraph.text[max(0, whole.start - LEAD) : whole.start] if paragraph else ""
    return any(word in lead for word in case.lexicon.words("exceedable_bases"))
