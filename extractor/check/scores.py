"""Checks on the scores that a report gives itself: their range, their sum, one score for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from extractor.check.deductions import deductions_told
from extractor.check.registry import Case, check
from extractor.check.score_lists import told_scores
from extractor.check.score_sums import form_score_sums
from extractor.check.search import may_match
from extractor.check.shown import quoted, shown_operand, trimmed, written
from extractor.check.subtotals import subtotals
from extractor.check.told import Yielded
from extractor.check.verdicts import finding, judged, weight
from extractor.model.findings import Claim, Finding, Relation, Severity, Verdict
from extractor.model.quantity import HUNDRED, ZERO
from extractor.model.score_relations import judge_score_sum

FEWEST_PROJECTS = 5
UNIFORM = Decimal("0.7")


@check(
    "score-out-of-range",
    zh="总分超出0-100",
    en="A total beyond 0 to 100",
    severity=Severity.ERROR,
    norm="财预〔2020〕10号（待核实）：满分100分",
    texts={
        "default": (
            "自评得分{stated}超出0至100分的范围。请核对。",
            "A self-score of {stated} lies outside 0 to 100. Please check.",
        )
    },
)
def score_out_of_range(case: Case) -> Yielded:
    """
    核什么：自评总分是否在0至100分之间。
    为什么：自评实行百分制，超出即为录入或加总错误。
    怎么判：大于100或小于0的报错；报告写明满分不是100分、或设有附加分的，不判断上限。
    依据：财预〔2020〕10号（待核实）。
    例：自评总分105分，未设附加分，报错。
    已知误报：附加分写在另一份文件中。
    """
    limit = full_marks(case)
    for project in case.facts.projects:
        score = project.self_score
        if score is None or score.quantity is None:
            continue
        wrong = score.quantity.value < ZERO or (limit is not None and score.quantity.value > limit)
        claim = Claim(
            Relation.BOUND,
            "score-out-of-range",
            written(score.quantity),
            Verdict.INCONSISTENT if wrong else Verdict.CONSISTENT,
            quoted(case.facts.document, score.spans[-1:]),
            project.name,
            formula=f"0 ≤ {trimmed(score.quantity.value)} ≤ {trimmed(limit)}" if limit is not None and not wrong else None,
            operands=(shown_operand("score", score.quantity, *score.spans[:1]),),
        )
        yield claim
        if wrong:
            yield finding(claim, Severity.ERROR, doubts=score.doubts, highlight=score.spans[:1])


def full_marks(case: Case) -> Decimal | None:
    """The full marks that the report names, 100 where it names none; None where it has points on top. Read once a run."""
    if "full marks" not in case.memo:
        case.memo["full marks"] = _full_marks(case)
    most: Decimal | None = case.memo["full marks"]
    return most


def _full_marks(case: Case) -> Decimal | None:
    most = HUNDRED
    pattern, paragraphs = case.lexicon.pattern("checks.full_marks"), case.facts.document.paragraphs
    for index in may_match(case, "checks.full_marks"):
        for match in pattern.finditer(paragraphs[index].text):
            if match["extra"]:
                return None
            if match["points"] and Decimal(match["points"]) > most:
                most = Decimal(match["points"])
    return most


@check(
    "score-sum-mismatch",
    zh="各项得分之和不等于总分",
    en="The scores do not add up to the total",
    severity=Severity.ERROR,
    norm="总分由各项得分汇总（待核实）",
    texts={
        "default": (
            "各项得分相加与总分不符：{formula}，总分写为{stated}。请核对。",
            "The scores do not make the total: {formula}, while {stated} is stated. Please check.",
        ),
        "deducted": (
            "所写扣分与得分不符：{formula}，得分写为{stated}。请核对。",
            "The points taken off do not leave the score: {formula}, while {stated} is stated. Please check.",
        ),
        "subtotal": (
            "“{label}”与其各行得分相加不符：{formula}，而小计写为{stated}。请核对。",
            "The scores of the rows do not make “{label}”: {formula}, while {stated} is stated. Please check.",
        ),
    },
)
def score_sum_mismatch(case: Case) -> Yielded:
    """
    核什么：正文列出的各项得分、自评表各行得分（含预算执行得分）相加，是否等于所写总分；表中“小计”是否等于其各行之和。
    为什么：总分是自评结论，加错会影响等级。
    怎么判：一句话中先列出至少两项得分、再写总分（或先写总分，“其中”列出各项）的才核；按总分的位数四舍五入比较。总分高于各项之和的报告，
    低于的可能另有扣分，给出警告；中间另有“其中”、写有扣分的不判断。自评表中合并单元格的得分只计一次，“其中”行重复印出的执行得分
    不重复计；有分值而未见得分的行使总分无法复算时，记为无法核验。
    正文与得分同段写有扣分的：写明共扣若干分的，满分减扣分应等于得分；逐项列出的，扣分之和不应多于所失的分；均为警告。
    依据：算术。
    例：“执行9.4分、产出48分、效益28分、满意度9分，总分96分”，应为94.4分，报错。
    已知误报：部分指标不适用后折算为百分制，而报告没有写明折算。
    """
    yield from form_score_sums(case)
    yield from subtotals(case, "score", "score-sum-mismatch")
    yield from deductions_told(case, full_marks(case))
    for parts, total in told_scores(case):
        assert total.quantity is not None
        quantities = [part.quantity for part in parts if part.quantity is not None]
        judgement = judge_score_sum(quantities, total.quantity)
        expected = trimmed(judgement.expected)
        project = case.facts.project_at(total.spans[0])
        marks = tuple(stated.spans[0] for stated in (total, *parts))
        claim = judged(
            Relation.SUM,
            "score-sum-mismatch",
            judgement,
            written(total.quantity),
            quoted(case.facts.document, marks),
            project.name if project else None,
            expected,
            " + ".join(trimmed(quantity.value) for quantity in quantities) + f" = {expected}",
            [shown_operand("part", part.quantity, *part.spans) for part in parts if part.quantity is not None],
        )
        yield claim
        if not judgement.is_consistent:
            yield finding(claim, weight(judgement, Severity.ERROR), doubts=total.doubts, highlight=marks)


@check(
    "score-uniform-across-projects",
    zh="各项目得分雷同",
    en="Most projects score the same",
    severity=Severity.INFO,
    norm="自评应如实反映差异",
    texts={
        "default": (
            "{count} 个项目中 {same} 个自评{score}，得分雷同，建议关注评分是否从实。",
            "{same} of {count} projects score {score}; worth asking how they were scored.",
        )
    },
)
def score_uniform_across_projects(case: Case) -> Iterator[Finding]:
    """
    核什么：多个项目的自评得分是否大多相同。
    为什么：雷同的得分往往没有逐项打分。
    怎么判：五个及以上项目，七成以上得分相同（或全部满分）的，提示一次。
    依据：自评抽查常见问题。
    例：十个项目均为100分，提示。
    已知误报：同类小项目确实完成情况相同。
    """
    scores = [(p, p.self_score) for p in case.facts.projects if p.self_score and p.self_score.quantity and not p.is_total]
    if len(scores) < FEWEST_PROJECTS:
        return
    counts = Counter(score.quantity.value for _, score in scores if score.quantity)
    value, same = counts.most_common(1)[0]
    if same < UNIFORM * len(scores):
        return
    alike = [score for _, score in scores if score.quantity and score.quantity.value == value]
    marks = tuple(score.spans[0] for score in alike if score.spans)
    arguments = {"count": str(len(scores)), "same": str(same), "score": f"{trimmed(value)}分"}
    spans = quoted(case.facts.document, marks[:2])
    yield Finding("score-uniform-across-projects", Severity.INFO, spans, arguments=arguments, highlight=marks[:2])
