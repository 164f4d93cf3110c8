"""Checks on changes against an earlier figure, and on shares printed without their sign."""

from __future__ import annotations

from extractor.check.money_shares import changes_from_last_year
from extractor.check.passages import listed
from extractor.check.registry import Case, check
from extractor.check.search import all_matches
from extractor.check.shown import figure, like, percent, quoted, recomputed, written
from extractor.check.told import Yielded, counted, is_count, project_of, spans_of, statements, terms_shown
from extractor.check.told_changes import told_changes
from extractor.check.verdicts import finding, judged, weight
from extractor.model.document import Span
from extractor.model.facts import Kind, Statement, StatementKind, Term
from extractor.model.findings import Claim, Finding, Relation, Severity, Verdict
from extractor.model.relations import judge_change, judge_difference

NAME = "rate-yoy-recompute"
REACH = 5
"""Characters before a figure in which a word of change makes it a difference."""


@check(
    NAME,
    zh="同比增减计算有误",
    en="A change does not follow from the figures",
    severity=Severity.ERROR,
    norm="增长率 =（本期数 − 上期数）÷ 上期数",
    texts={
        "default": (
            "增减幅度写为{stated}，按{formula}重新计算，两者不符。请核对。",
            "The change is given as {stated}; recomputed, {formula}. Please check.",
        ),
        "direction": (
            "增减方向与数额相反：本期{current}，上期{previous}，写为{word}{stated}。请核对。",
            "The change of {stated} goes the other way: {current} now, {previous} before. Please check.",
        ),
        "zero_base": (
            "上期数为{previous}，增减幅度{stated}无从计算。请核对。",
            "The earlier figure is {previous}: a change of {stated} cannot be computed. Please check.",
        ),
    },
    family="rates",
)
def rate_yoy_recompute(case: Case) -> Yielded:
    """
    核什么：写明本期、上期两个数的增长率、下降率和增减额。
    为什么：增减幅度常用于说明成效，容易沿用旧数。
    怎么判：（本期 − 上期）÷ 上期；“增长”“下降”与数的方向相反的报告；上期为零的，不存在增长率。百分点不在此列。
    依据：算术。
    例：上年100万元、本年120万元，写作增长25%，应为20%，报告。
    已知误报：同一句中另有第三个数作为基数。
    """
    for statement in (*statements(case, StatementKind.CHANGE), *told_changes(case), *changes_from_last_year(case)):
        if len(statement.operands) != 2:
            continue
        if statement.stated.quantity.unit != "%":
            yield from _difference(case, statement)
        elif not statement.operands[1].quantity.value:
            yield from _of_nothing(case, statement)
        else:
            yield from _rate(case, statement)


def _rate(case: Case, statement: Statement) -> Yielded:
    current, previous = statement.operands
    now, before = counted(case, current), counted(case, previous)
    stated, falls = statement.stated.quantity, statement.direction == "down"
    judgement = judge_change(now, before, stated, falls)
    if not judgement.is_consistent and _is_a_difference(case, previous):
        return  # 比上年减少3.26万元，下降9.85%: the earlier figure itself is not told
    high, low = (previous, current) if falls else (current, previous)
    formula = (
        f"({figure(high.quantity)} − {figure(low.quantity)}) ÷ {figure(previous.quantity)}"
        f" = {recomputed(judgement.expected, stated.decimals)}"
    )
    claim = judged(
        Relation.RATIO,
        NAME,
        judgement,
        written(stated),
        spans_of(case, statement),
        project_of(case, statement),
        percent(judgement.expected, stated),
        formula,
        terms_shown(statement),
    )
    yield claim
    if not judgement.is_consistent:
        turned = judgement.expected < 0 and judge_change(now, before, stated, not falls).is_consistent
        severity, message = weight(judgement, Severity.ERROR), "direction" if turned else "default"
        yield finding(claim, severity, message, _named(statement), statement.doubts, (statement.stated.span,))


def _is_a_difference(case: Case, term: Term) -> bool:
    """Does 增加, 减少 stand right before the figure, so that it is the change and not the earlier figure?"""
    text = case.facts.document.paragraphs[term.span.paragraph].text
    before = text[max(0, term.span.start - REACH) : term.span.start]
    by_word = any(word in before for word in case.lexicon.words("change_words"))
    return by_word or case.lexicon.pattern("told_shares.differs").search(before) is not None


def _named(statement: Statement) -> dict[str, str]:
    current, previous = statement.operands
    word = "下降" if statement.direction == "down" else "增长"
    return {"current": figure(current.quantity), "previous": figure(previous.quantity), "word": word}


def _of_nothing(case: Case, statement: Statement) -> Yielded:
    stated = written(statement.stated.quantity)
    claim = Claim(
        Relation.RATIO,
        NAME,
        stated,
        Verdict.INCONSISTENT,
        spans_of(case, statement),
        project_of(case, statement),
        operands=terms_shown(statement),
    )
    yield finding(claim, Severity.ERROR, "zero_base", _named(statement), statement.doubts, (statement.stated.span,))


def _difference(case: Case, statement: Statement) -> Yielded:
    """An increase told as an amount: 比上年增加20万元."""
    current, previous = (term.quantity for term in statement.operands)
    high, low = (previous, current) if statement.direction == "down" else (current, previous)
    stated = statement.stated.quantity
    judgement = judge_difference(high, [low], stated, counts=is_count(case, stated))
    expected = like(judgement.expected, stated)
    claim = judged(
        Relation.SUM,
        NAME,
        judgement,
        written(stated),
        spans_of(case, statement),
        project_of(case, statement),
        expected,
        f"{figure(high)} − {figure(low)} = {expected}",
        terms_shown(statement),
    )
    yield claim
    if not judgement.is_consistent:
        severity = weight(judgement, Severity.ERROR)
        yield finding(claim, severity, arguments=_named(statement), doubts=statement.doubts, highlight=(statement.stated.span,))


@check(
    "rate-percent-sign-missing",
    zh="百分号缺失",
    en="A share without its per cent sign",
    severity=Severity.INFO,
    norm="数字用法规范",
    texts={
        "default": (
            "占比后的数字似缺百分号：{list}。",
            "Shares seem to lack their per cent sign: {list}.",
        )
    },
    family="rates",
)
def rate_percent_sign_missing(case: Case) -> Yielded:
    """
    核什么：“占比”“占……的”之后的小数是否缺百分号。
    为什么：缺百分号的数容易被误读。
    怎么判：“占比”后紧跟一位到两位小数且后面是标点的，每份报告汇总提示一次；占地、占用等后带单位的不提示。
    依据：数字用法规范。
    例：“人员经费占比76.23，”提示。
    已知误报：以小数表示的比例。
    """
    bare: list[Span] = []
    for paragraph, match in all_matches(case, "checks.unsigned_share"):
        span = Span(paragraph.index, match.start(), match.end())
        if not any(mention.kind is Kind.PERCENT for mention in case.facts.mentions_in(span)):
            bare.append(span)
    if bare:
        document = case.facts.document
        arguments = {"list": listed([document.quote(span) for span in bare])}
        yield Finding("rate-percent-sign-missing", Severity.INFO, quoted(document, bare), arguments=arguments, highlight=tuple(bare))
