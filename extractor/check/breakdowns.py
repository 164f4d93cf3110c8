"""Checks on lists of money: the parts that a sentence tells of an amount, the projects of a report and their total."""

from __future__ import annotations

from dataclasses import replace

from extractor.check.amounts import list_of
from extractor.check.composition import lists_of_earlier_totals
from extractor.check.parts import breakdown, sum_claim
from extractor.check.registry import Case, check
from extractor.check.shown import fact_operand, figures_of, named, quoted
from extractor.check.told import Yielded, statements
from extractor.check.verdicts import finding, unchecked, weight
from extractor.model.document import Span
from extractor.model.facts import SURE, Fact, Kind, Measure, Origin, Project, Statement, StatementKind, Term
from extractor.model.findings import Relation, Severity
from extractor.model.relations import judge_sum

MEASURES = (Measure.BUDGET_INITIAL, Measure.BUDGET, Measure.ARRIVED, Measure.EXECUTED)
"""What the projects of a report are added up in."""


@check(
    "amount-detail-sum",
    zh="支出明细合计不符",
    en="Items of money do not make their total",
    severity=Severity.WARNING,
    norm="明细之和 = 合计",
    texts={
        "default": (
            "所列明细相加与合计不符：{formula}，而合计写为{stated}。请核对。",
            "The items do not make the total: {formula}, while {stated} is stated. Please check.",
        ),
        "bound": (
            "部分大于全体：{part}大于{whole}。请核对。",
            "A part exceeds its whole: {part} of {whole}. Please check.",
        ),
    },
    family="amounts",
)
def amount_detail_sum(case: Case) -> Yielded:
    """
    核什么：“其中”“分别”“包括”之后列出的各项金额，相加是否等于前面（或“合计”之后）的总数。
    为什么：明细与合计不等，说明漏项、错项或合计有误。
    怎么判：允许四舍五入尾差；以“等”结尾的、只列一项的、合计比总数少一成以上又未说明穷尽的，只核是否超过总数。
    依据：算术。
    例：支出89.97万元，其中30万元、30万元、29.90万元，相加为89.90万元，警告。
    已知误报：“其中”之下还有再分的小项。
    """
    listed, totals = _source_figures(case), _total_figures(case)
    for statement in statements(case, StatementKind.BREAKDOWN):
        if statement.stated.quantity.unit != "元" or statement.stated.span in totals:
            continue
        if not all(term.span in listed for term in statement.operands):
            statement = _with_items_before_semicolons(case, statement)
            yield from breakdown(case, statement, "amount-detail-sum", Severity.WARNING)
    for statement in lists_of_earlier_totals(case):
        yield from breakdown(case, statement, "amount-detail-sum", Severity.WARNING)


def _with_items_before_semicolons(case: Case, statement: Statement) -> Statement:
    """A total behind its items with those in front of the semicolons before it too, where they make it together:
    发放甲补贴482万元；发放乙补贴一级294万元、二级239万元，合计1015万元."""
    total, terms = statement.stated, statement.operands
    paragraph = case.facts.document.paragraphs.get(total.span.paragraph)
    if (
        paragraph is None
        or not terms
        or terms[-1].span.start > total.span.start
        or judge_sum([t.quantity for t in terms], total.quantity).is_consistent
    ):
        return statement
    start = paragraph.text.rfind("。", 0, terms[0].span.start) + 1
    before = [
        Term("part", m.quantity, Span(paragraph.index, m.start, m.end))
        for m in case.facts.mentions_in(Span(paragraph.index, start, terms[0].span.start))
        if m.kind is Kind.MONEY and m.quantity and m.quantity.upper is None
    ]
    for first in range(len(before) - 1, -1, -1):
        every = (*before[first:], *terms)
        if judge_sum([t.quantity for t in every], total.quantity).is_consistent:
            return replace(statement, operands=every)
    return statement


def _source_figures(case: Case) -> frozenset[Span]:
    """The figures that amount-source-sum adds up."""
    found: set[Span] = set()
    for project in case.facts.projects:
        for measure in ("budget", "arrived"):
            parts: list[Fact] = [fact for s in project.sources if (fact := getattr(s, measure)) is not None]
            if len(parts) > 1 and list_of(case, parts) is not None:
                found.update(figures_of(parts))
    return frozenset(found)


def _total_figures(case: Case) -> frozenset[Span]:
    """The totals that amount-project-total-vs-summary holds against the projects."""
    wholes = [p.amounts for p in case.facts.projects if p.is_total and not p.is_subtotal]
    return frozenset(fact.spans[0] for amounts in wholes for measure, fact in amounts.items() if measure in MEASURES and fact.spans)


@check(
    "amount-project-total-vs-summary",
    zh="项目合计与部门汇总不符",
    en="The projects do not make the total",
    severity=Severity.WARNING,
    norm="各项目之和 = 汇总数",
    texts={
        "default": (
            "{count} 个项目的{measure}相加与合计不符：{formula}，合计写为{stated}。请核对。",
            "The {measure_en} of {count} projects do not make the total: {formula}, while {stated} is stated. Please check.",
        )
    },
    family="amounts",
)
def amount_project_total_vs_summary(case: Case) -> Yielded:
    """
    核什么：各项目的年初预算、预算、到位、支出分别相加，是否等于汇总表或正文的合计。
    为什么：合计与明细不等，说明漏列项目或数据有误。
    怎么判：每个项目都有该数时才核；允许四舍五入尾差。
    依据：算术。
    例：五个项目到位数相加309.20万元，合计行写309.15万元，警告。
    已知误报：项目合并列示；合计含未列出的项目。
    """
    totals = [p for p in case.facts.projects if p.is_total and not p.is_subtotal]
    parts = [p for p in case.facts.projects if not (p.is_total or p.is_department)]
    if len(totals) != 1 or len(parts) < 2:
        return
    for measure in MEASURES:
        total = totals[0].amount(measure)
        if total is not None:
            yield from _total(case, totals[0], total, parts)


def _members(total: Fact, projects: list[Project]) -> list[Fact | None]:
    """What each project that a list tells is given there, where the total is a list's and others have forms alone; else what each is given.

    A workbook may hold forms of projects beside the table that adds up others.
    """
    rows = [[f for f in p.facts if f.source is None and f.origin is Origin.TABLE] for p in projects]
    listed = [row for row in rows if row]
    if total.origin is Origin.TABLE and 1 < len(listed) < len(projects):
        return [next((f for f in row if f.measure is total.measure), None) for row in listed]
    return [p.amount(total.measure) for p in projects]


def _are_some(case: Case, total: Fact, listed: int) -> bool:
    """全年项目支出3,680万元。项目共9个: does the paragraph of the total speak of more projects than are told one by one?"""
    paragraph = case.facts.document.paragraphs.get(total.spans[0].paragraph) if total.spans else None
    if paragraph is None or total.origin is not Origin.PROSE:
        return False
    counts = {int(m["count"]) for m in case.lexicon.pattern("naming.project_count").finditer(paragraph.text)}
    return listed not in counts and any(count > listed for count in counts)


def _total(case: Case, whole: Project, total: Fact, projects: list[Project]) -> Yielded:
    name = "amount-project-total-vs-summary"
    members = _members(total, projects)
    parts = [fact for fact in members if fact is not None]
    if len(parts) < len(members) or _are_some(case, total, len(parts)):
        spans = quoted(case.facts.document, figures_of([total]))
        yield unchecked(Relation.SUM, name, total.quantity.written, spans, "partial_list", whole.name)
        return
    judgement = judge_sum([part.quantity for part in parts], total.quantity)
    spans = quoted(case.facts.document, figures_of([total, *parts]))
    operands = tuple(fact_operand(part, "part") for part in parts)
    claim = sum_claim(name, judgement, [part.quantity for part in parts], total.quantity, spans, whole.name, operands)
    yield claim
    if not judgement.is_consistent:
        arguments = {"count": str(len(parts)), **named(total.measure)}
        doubts = SURE.union(total.doubts, *(part.doubts for part in parts))
        yield finding(claim, weight(judgement, Severity.WARNING), arguments=arguments, doubts=doubts, highlight=figures_of([total]))
