"""One small document with its facts, claims and findings, made by hand."""

from __future__ import annotations

from array import array
from decimal import Decimal

import pytest

from extractor.model.document import Document, Page, Paragraph, Span
from extractor.model.facts import DocumentNumber, Fact, Facts, Indicator, Measure, Project, Rate, Section, Source, Stated, Value
from extractor.model.findings import CheckRecord, Claim, Finding, OperandShown, Relation, Severity, Verdict
from extractor.model.glyphs import Glyphs
from extractor.model.quantity import Quantity
from extractor.model.report import Report
from extractor.present.contract import report

HEADING = "1.2、资金情况"
FUNDS = "年初预算20万元，实际使用19.87万元，完成率99.67%。"
SCORE = "自评总分95分，等级为优。依据青财〔2019〕7号。"


def glyphs(text: str, page: int, top: float) -> Glyphs:
    """Characters ten points wide, eight to a line."""
    x0 = array("f", (72.0 + 10 * (place % 8) for place in range(len(text))))
    x1 = array("f", (x + 10 for x in x0))
    return Glyphs(x0, x1, tuple((8 * row, page, top + 20 * row, top + 10 + 20 * row) for row in range(-(-len(text) // 8))))


def span(text: str, part: str, paragraph: int) -> Span:
    start = text.index(part)
    return Span(paragraph, start, start + len(part))


@pytest.fixture
def document() -> Document:
    texts = (HEADING, FUNDS, SCORE)
    pages = (3, 3, 4)
    blocks = tuple(
        Paragraph(number, text, glyphs(text, page, 100.0 + 100 * number))
        for number, (text, page) in enumerate(zip(texts, pages, strict=True))
    )
    return Document("corpus/青川.pdf", "ab" * 32, "application/pdf", blocks, pages=tuple(Page(n, 595, 842) for n in range(1, 5)))


@pytest.fixture
def facts(document: Document) -> Facts:
    budget = Fact(Measure.BUDGET, amount("20", 0, "20万元"), (span(FUNDS, "20万元", 1), span(FUNDS, "年初预算20万元", 1)))
    executed = Fact(Measure.EXECUTED, amount("19.87", 2, "19.87万元"), (span(FUNDS, "19.87万元", 1),))
    rate = Rate("完成率", "executed/budget", percent("99.67", 2, "99.67%"), (span(FUNDS, "完成率99.67%", 1),))
    score = Stated("95分", (span(SCORE, "95分", 2),), Quantity(Decimal(95), 0, "分", written="95分"))
    done = Value("50场", (span(SCORE, "95分", 2),), Quantity(Decimal(50), 0, "场", written="50场"))
    project = Project(
        "河堤养护经费",
        (span(HEADING, "资金情况", 0),),
        amounts={Measure.BUDGET: budget, Measure.EXECUTED: executed},
        sources=(Source("区级", budget=budget),),
        rates=(rate,),
        self_score=score,
        grade=Stated("优", (span(SCORE, "优", 2),)),
        indicators=(Indicator("巡查次数", "产出指标", "数量指标", target=None, actual=done),),
    )
    return Facts(
        document,
        title="青川区水务站项目绩效自评报告",
        unit="青川区水务站",
        year="2019",
        sections=(Section("1.2", "资金情况", 2, span(HEADING, HEADING, 0), paragraphs=(1, 2)),),
        projects=(project,),
        document_numbers=(DocumentNumber("青财〔2019〕7号", span(SCORE, "青财〔2019〕7号", 2), "青财", "2019", "7"),),
    )


def amount(digits: str, decimals: int, written: str) -> Quantity:
    return Quantity(Decimal(digits), decimals, "元", Decimal(10000), written=written)


def percent(digits: str, decimals: int, written: str) -> Quantity:
    return Quantity(Decimal(digits), decimals, "%", written=written)


@pytest.fixture
def claims() -> tuple[Claim, ...]:
    wrong = Claim(
        Relation.RATIO,
        "rate-execution-recompute",
        "99.67%",
        Verdict.INCONSISTENT,
        (span(FUNDS, "完成率99.67%", 1),),
        project="河堤养护经费",
        expected="99.35%",
        formula="19.87万元 ÷ 20万元 = 99.35%",
        operands=(OperandShown("executed", "198700", "元", (span(FUNDS, "19.87万元", 1),)),),
        id="c1",
    )
    grade = (span(SCORE, "优", 2),)
    right = Claim(Relation.BAND, "grade-score-mismatch", "优", Verdict.CONSISTENT, grade, "河堤养护经费", formula="95分 → 优", id="c2")
    open_ = Claim(Relation.RATIO, "rate-execution-recompute", "100%", Verdict.NOT_CHECKABLE, (), reason="no_executed", id="c3")
    return wrong, right, open_


@pytest.fixture
def findings(claims: tuple[Claim, ...]) -> tuple[Finding, ...]:
    rate = Finding(
        "rate-execution-recompute",
        Severity.ERROR,
        (span(FUNDS, FUNDS, 1),),
        arguments={"stated": "99.67%", "expected": "99.35%"},
        project="河堤养护经费",
        stated="99.67%",
        expected="99.35%",
        formula="19.87万元 ÷ 20万元 = 99.35%",
        operands=claims[0].operands,
        claims=claims[:1],
        highlight=(span(FUNDS, "99.67%", 1),),
        id="f1",
        series="s1",
    )
    score = Finding("score-deduction-unexplained", Severity.INFO, (span(SCORE, "自评总分95分", 2),), id="f2", series="s2")
    return rate, score


@pytest.fixture
def checks() -> tuple[CheckRecord, ...]:
    def nothing(case: object) -> tuple[()]:
        return ()

    texts = {"default": ("所述 {stated}，复算应为 {expected}。", "Stated {stated}, recomputed {expected}.")}
    lost = {"default": ("得分低于满分，未说明扣分原因。", "Points are lost without a reason.")}
    return (
        CheckRecord("rate-execution-recompute", "rates", "预算执行率计算有误", "Execution rate", Severity.ERROR, "", texts, "", nothing),
        CheckRecord("score-deduction-unexplained", "scores", "扣分无说明", "Lost points unexplained", Severity.INFO, "", lost, "", nothing),
    )


@pytest.fixture
def made(facts: Facts, claims: tuple[Claim, ...], findings: tuple[Finding, ...], checks: tuple[CheckRecord, ...]) -> Report:
    return report(facts, claims, findings, checks, "zh")
