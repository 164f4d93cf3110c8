"""Checks on what scores rest on: results of indicators, and a word about points lost."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.check.passages import listed
from extractor.check.rate_shortfall import spent_of
from extractor.check.reasons import passages_of, text_of
from extractor.check.registry import Case, check
from extractor.check.shown import quoted, written
from extractor.model.document import Span
from extractor.model.facts import Kind, Origin, Project, Section, Stated
from extractor.model.findings import Finding, Severity
from extractor.model.quantity import HUNDRED, ONE, ZERO

LARGEST_WEIGHT = Decimal(20)
"""The most points that execution carries in the known forms."""


@check(
    "score-without-evidence",
    zh="有得分无指标结果",
    en="A score without indicator results",
    severity=Severity.WARNING,
    norm="财预〔2020〕10号（待核实）：自评得分应以指标完成情况为依据",
    family="scores",
    texts={
        "default": (
            "自评{stated}，而指标完成情况部分未提取到任何内容，得分缺少依据。可能是表格或图片在转换中丢失，请核对原件。",
            "A self-score of {stated}, yet nothing was extracted on indicator results. A table or image may be lost; see the original.",
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
    family="scores",
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
