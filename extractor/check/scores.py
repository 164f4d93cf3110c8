"""Checks on the scores that a report gives itself: their range, what they rest on, points lost without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from extractor.check.passages import listed
from extractor.check.rate_shortfall import spent_of
from extractor.check.reasons import passages_of, text_of
from extractor.check.registry import Case, check
from extractor.check.shown import quoted, shown_operand, trimmed, written
from extractor.check.told import Yielded, project_of, spans_of, statements, terms_shown
from extractor.check.verdicts import finding, judged, weight
from extractor.model.document import Span
from extractor.model.facts import Kind, Origin, Project, Section, Stated, StatementKind
from extractor.model.findings import Claim, Finding, Relation, Severity, Verdict
from extractor.model.quantity import HUNDRED, ONE, ZERO
from extractor.model.relations import judge_score_sum

LARGEST_WEIGHT = Decimal(20)
"""The most points that execution carries in the known forms."""
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
    limit = _full_marks(case)
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


def _full_marks(case: Case) -> Decimal | None:
    """The full marks that the report names, 100 where it names none; None where it has points on top."""
    most = HUNDRED
    pattern = case.lexicon.pattern("checks.full_marks")
    for paragraph in case.facts.document.paragraphs.values():
        for match in pattern.finditer(paragraph.text):
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
        )
    },
)
def score_sum_mismatch(case: Case) -> Yielded:
    """
    核什么：正文列出的各项得分相加，是否等于所写总分。
    为什么：总分是自评结论，加错会影响等级。
    怎么判：按总分的位数四舍五入比较；总分高于各项之和的报错，低于的给出警告（可能另有扣分）。以“等”结尾、未列全的不判断。
    依据：算术。
    例：“执行9.4分、产出48分、效益28分、满意度9分，总分96分”，应为94.4分，报错。
    已知误报：部分指标不适用后折算为百分制。
    """
    for statement in statements(case, StatementKind.BREAKDOWN):
        if statement.stated.quantity.unit != "分" or len(statement.operands) < 2 or statement.subject == "open":
            continue
        parts, total = [term.quantity for term in statement.operands], statement.stated.quantity
        judgement = judge_score_sum(parts, total)
        formula = " + ".join(trimmed(part.value) for part in parts) + f" = {trimmed(judgement.expected)}"
        project, spans = project_of(case, statement), spans_of(case, statement)
        claim = judged(
            Relation.SUM,
            "score-sum-mismatch",
            judgement,
            written(total),
            spans,
            project,
            trimmed(judgement.expected),
            formula,
            terms_shown(statement),
        )
        yield claim
        if not judgement.is_consistent:
            severity = weight(judgement, Severity.ERROR)
            yield finding(claim, severity, doubts=statement.doubts, highlight=(statement.stated.span,))


@check(
    "score-without-evidence",
    zh="有得分无指标结果",
    en="A score without indicator results",
    severity=Severity.WARNING,
    norm="财预〔2020〕10号（待核实）：自评得分应以指标完成情况为依据",
    texts={
        "default": (
            "自评{stated}，而指标完成情况部分未提取到任何内容，得分缺少依据。可能是表格或图片在转换中丢失，请核对原件。",
            "A self-score of {stated}, yet nothing was extracted on indicator results. A table or image may have been lost; see the original.",
        )
    },
)
def score_without_evidence(case: Case) -> Iterator[Finding]:
    """
    核什么：给出自评得分的项目，是否写有指标完成情况。
    为什么：没有结果的得分无从复核。
    怎么判：项目部分设有“指标完成情况”一类标题而其下没有内容，且没有任何指标；或项目部分既无此类标题、又无任何指标和数量的，警告一次，
    　　　　措辞为“未提取到”。只在汇总表中列出得分的不查。
    依据：财预〔2020〕10号（待核实）。
    例：“7-3-2、绩效指标完成情况分析”之下空白，自评总分95分，警告。
    已知误报：指标完成情况在未随附的自评表中，或表格在转换中丢失。
    """
    for project in case.facts.projects:
        score = project.self_score
        if score is None or score.origin is not Origin.PROSE or project.indicators or not project.segment.spans:
            continue
        where = _empty_results(case, project)
        if where is None:
            continue
        spans = (*where, *quoted(case.facts.document, score.spans[-1:]))
        arguments = {"stated": written(score.quantity) if score.quantity else score.text}
        yield Finding(
            "score-without-evidence",
            Severity.WARNING,
            spans,
            arguments=arguments,
            project=project.name,
            stated=arguments["stated"],
            doubts=score.doubts,
            highlight=score.spans[:1],
        )


def _empty_results(case: Case, project: Project) -> tuple[Span, ...] | None:
    """The headings on results that have nothing under them; () where there is no such heading and no figure either;
    None where results are told."""
    own = [s for s in case.facts.sections if s.span in project.segment and not s.children]
    results = [s for s in own if _is_on_results(case, s)]
    if results:
        return tuple(s.span for s in results) if all(s.is_empty for s in results) else None
    told = (m for p, start, end in passages_of(case, project) for m in case.facts.mentions_in(Span(p.index, start, end)))
    return None if any(m.kind in (Kind.COUNT, Kind.PERCENT) for m in told) or len(text_of(case, project)) > 400 else ()


def _is_on_results(case: Case, section: Section) -> bool:
    on_funds = any(word in section.title for word in case.lexicon.words("fund_titles"))
    return not on_funds and any(word in section.title for word in case.lexicon.words("result_titles"))


@check(
    "score-deduction-unexplained",
    zh="扣分无说明",
    en="Points lost without a word",
    severity=Severity.INFO,
    norm="自评应说明扣分原因",
    texts={
        "default": (
            "{count} 个项目未得满分，而未见扣分或未完成事项的说明：{list}。",
            "{count} project(s) lose points without naming a shortfall: {list}.",
        )
    },
)
def score_deduction_unexplained(case: Case) -> Iterator[Finding]:
    """
    核什么：得分低于满分的项目，是否说明扣分原因或未完成事项。
    为什么：没有说明的扣分，看不出问题所在。
    怎么判：项目部分没有任何未完成、偏差、扣分、原因类用语，且扣分超过执行率可能扣去的分数的，每份报告汇总提示一次；只有一个项目而
    　　　　报告另有“存在问题”部分的，视为已说明。
    依据：自评报告提纲。
    例：执行率100%、指标均完成，自评95分，未说明扣分，提示。
    已知误报：扣分原因在未随附的自评表中。
    """
    found: list[tuple[Project, Stated]] = []
    for project in case.facts.projects:
        score = project.self_score
        if score is None or score.quantity is None or score.origin is not Origin.PROSE or project.is_total:
            continue
        lost = HUNDRED - score.quantity.value
        if lost > _lost_by_execution(project) and not _is_explained(case, project):
            found.append((project, score))
    if found:
        marks = tuple(span for _, score in found for span in score.spans[:1])
        shown = [f"{project.name}{written(score.quantity)}" for project, score in found if score.quantity]
        arguments = {"count": str(len(found)), "list": listed(shown)}
        spans = quoted(case.facts.document, (score.spans[-1] for _, score in found))
        yield Finding("score-deduction-unexplained", Severity.INFO, spans, arguments=arguments, highlight=marks)


def _lost_by_execution(project: Project) -> Decimal:
    """The most points that money left unspent may cost."""
    spent = spent_of(project)
    if spent is None:
        return ZERO
    return max(ZERO, ONE - spent.rate / HUNDRED) * LARGEST_WEIGHT


def _is_explained(case: Case, project: Project) -> bool:
    text = text_of(case, project)
    if case.lexicon.pattern("checks.reason").search(text) or any(w in text for w in case.lexicon.words("shortfall_words")):
        return True
    if sum(1 for p in case.facts.projects if not p.is_total) > 1:
        return False
    titles = case.lexicon.words("problem_titles_of_scores")
    return any(not s.is_empty and any(word in s.title for word in titles) for s in case.facts.sections)


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
