"""Checks on how indicators are worded and filed: targets told as results, values no one can assess, categories."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.check.passages import listed, sentence
from extractor.check.reasons import text_of
from extractor.check.registry import Case, check
from extractor.check.shown import quoted
from extractor.check.told import is_count
from extractor.model.document import Span
from extractor.model.facts import Indicator, Kind, Origin, Project
from extractor.model.findings import Finding, Severity

QUANTITY, QUALITY, TIMELINESS, COST = "数量指标", "质量指标", "时效指标", "成本指标"
"""Category names as `understand` normalises them."""
KINDS = {"benefit": "效益指标", "satisfaction": "满意度指标"}


@check(
    "indicator-actual-is-target-phrase",
    zh="以目标语代替结果",
    en="A target told as a result",
    severity=Severity.WARNING,
    norm="完成值应为实际结果",
    texts={
        "default": (
            "“{list}”是目标的说法，不是实际结果，请核对实际完成值和依据。",
            "“{list}” is the wording of a target, not a result. Please ask for the actual value and its basis.",
        )
    },
    family="indicators",
)
def indicator_actual_is_target_phrase(case: Case) -> Iterator[Finding]:
    """
    核什么：指标完成情况是否用“至少”“力争”“预计”“拟”等目标语代替实际结果。
    为什么：目标语不能证明完成。
    怎么判：完成情况一句中，“至少、力争、预计、有望、拟”之后直接写数的，警告；目标部分、以及写明“目标值”的不查。
    依据：自评应填实际完成值。
    例：“至少90%的住户能够满意”，警告。
    已知误报：引用目标值而未写“目标”二字。
    """
    pattern = case.lexicon.pattern("checks.target_phrase")
    document = case.facts.document
    for project in case.facts.projects:
        found: list[Span] = []
        for indicator in project.indicators:
            if indicator.origin is not Origin.PROSE:
                continue
            targets = indicator.target.spans if indicator.target else ()
            for span in indicator.spans:
                paragraph = document.paragraphs.get(span.paragraph)
                for match in pattern.finditer(paragraph.text, span.start, span.end) if paragraph else ():
                    own = Span(span.paragraph, match.start(), match.end())
                    if not any(target in own for target in targets):
                        found.append(own)
        found = list(dict.fromkeys(found))
        if found:
            shown = "”“".join(document.quote(span) for span in found)
            spans = quoted(document, found)
            yield Finding(
                "indicator-actual-is-target-phrase",
                Severity.WARNING,
                spans,
                arguments={"list": shown},
                project=project.name,
                stated=document.quote(found[0]),
                highlight=tuple(found),
            )


@check(
    "indicator-not-measurable",
    zh="指标不可考核",
    en="Indicators that no one can assess",
    severity=Severity.INFO,
    norm="赤峰市审计局2023年预算执行审计通报的常见问题：绩效指标不可考核",
    texts={
        "default": (
            "{count} 处指标没有可考核的内容：{list}。",
            "{count} indicator(s) hold nothing that could be assessed: {list}.",
        )
    },
    family="indicators",
)
def indicator_not_measurable(case: Case) -> Iterator[Finding]:
    """
    核什么：时效、数量、质量指标是否只有“全年”“及时”“明显提升”等说法，没有数值、日期或可判定的状态。
    为什么：不可考核的指标无法核实，也无法扣分。
    怎么判：产出类指标的目标和完成值都没有数字，且只由上述词语组成的，每份报告汇总提示一次；效益类定性指标不查。
    依据：审计通报常见问题。
    例：“时效指标：全年。”提示。
    已知误报：附有评分标准的定性指标。
    """
    document = case.facts.document
    found: list[tuple[Indicator, Span]] = []
    for project in case.facts.projects:
        own = (i for i in project.indicators if i.level2 in (QUANTITY, QUALITY, TIMELINESS) and i.spans)
        found += [(indicator, indicator.spans[0]) for indicator in own if _is_vague(case, indicator)]
    if found:
        marks = tuple(span for _, span in found)
        shown = [f"{indicator.level2}：{document.quote(span).strip('。；， ')}" for indicator, span in found]
        arguments = {"count": str(len(found)), "list": listed(shown)}
        yield Finding("indicator-not-measurable", Severity.INFO, quoted(document, marks), arguments=arguments, highlight=marks)


def _is_vague(case: Case, indicator: Indicator) -> bool:
    values = [v for v in (indicator.target, indicator.actual, indicator.completion) if v is not None]
    if not values or any(v.quantity is not None or any(c.isdigit() for c in v.text) for v in values):
        return False
    words = case.lexicon.words("vague_values")
    for value in values:
        left = value.text
        for word in words:
            left = left.replace(word, "")
        if len(left.strip("，。；、的了为内完成 ")) > 1:
            return False
    return True


@check(
    "indicator-category-mismatch",
    zh="指标归类不当",
    en="Indicators under the wrong heading",
    severity=Severity.INFO,
    norm="财预〔2015〕88号：产出指标分为数量、质量、时效、成本",
    texts={
        "default": (
            "{count} 处指标归类可能不当：{list}。",
            "{count} indicator(s) may stand under the wrong heading: {list}.",
        )
    },
    family="indicators",
)
def indicator_category_mismatch(case: Case) -> Iterator[Finding]:
    """
    核什么：数量指标下是否为比率，质量指标下是否为数量的完成比例或单纯的计数。
    为什么：归类不当会使某一类指标名存实亡。
    怎么判：按指标的单位和写法判断，每份报告汇总提示一次；覆盖率、参保率等常作数量指标的不提示。
    依据：财预〔2015〕88号。
    例：质量指标下写“培训完成目标的108%”，提示。
    已知误报：各地对覆盖率等的归类不同。
    """
    document = case.facts.document
    found: list[tuple[Indicator, Span]] = []
    for project in case.facts.projects:
        found += [(i, i.spans[0]) for i in project.indicators if i.spans and _is_misplaced(case, i)]
    if found:
        marks = tuple(span for _, span in found)
        shown = [f"{indicator.level2}：{_short(document.quote(span))}" for indicator, span in found]
        arguments = {"count": str(len(found)), "list": listed(shown)}
        yield Finding("indicator-category-mismatch", Severity.INFO, quoted(document, marks), arguments=arguments, highlight=marks)


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"


def _is_misplaced(case: Case, indicator: Indicator) -> bool:
    value = indicator.actual or indicator.completion
    quantity = value.quantity if value else None
    if quantity is None or indicator.origin is not Origin.PROSE:
        return False
    if indicator.level2 == QUANTITY:
        words = (*case.lexicon.words("rate_like_quantities"), *case.lexicon.groups("rate_label")["completion"])
        usual = any(word in indicator.name for word in words)
        return quantity.unit == "%" and indicator.completion is None and not usual
    if indicator.level2 != QUALITY:
        return False
    return indicator.completion is not None or (is_count(case, quantity) and not _stands_beside_a_rate(case, indicator))


def _stands_beside_a_rate(case: Case, indicator: Indicator) -> bool:
    """A count is the base of a rate where its sentence has one: 应结业120人，实际结业113人，结业率94.17%."""
    span = indicator.spans[0]
    whole = sentence(case.facts.document.paragraphs[span.paragraph], span.start, span.end)
    return any(mention.kind is Kind.PERCENT for mention in case.facts.mentions_in(whole))


@check(
    "indicator-missing-category",
    zh="缺少指标类别",
    en="A kind of indicator is missing",
    severity=Severity.INFO,
    norm="财预〔2020〕10号（待核实）：产出、效益、满意度指标",
    texts={
        "default": (
            "{list}。",
            "Kinds of indicators that were not found: {list_en}.",
        )
    },
    family="indicators",
)
def indicator_missing_category(case: Case) -> Iterator[Finding]:
    """
    核什么：写有分类指标的项目，是否缺少效益指标或满意度指标。
    为什么：只有产出没有效益，无法说明项目效果。
    怎么判：项目写有产出类指标，而其所在部分通篇没有效益、影响、满意等字样的，每份报告汇总提示一次；人员、运转类项目可以没有。
    依据：财预〔2020〕10号（待核实）。
    例：某项目只写数量、时效指标，提示缺少效益和满意度指标。
    已知误报：效益写在总体部分或随附的表中。
    """
    found: list[tuple[Project, list[str]]] = []
    for project in case.facts.projects:
        if any(i.level2 in (QUANTITY, QUALITY, TIMELINESS, COST) for i in project.indicators):
            missing = _missing(case, project)
            if missing:
                found.append((project, missing))
    if found:
        first = [next(i.spans[0] for i in p.indicators if i.spans) for p, _ in found if any(i.spans for i in p.indicators)]
        shown = "；".join(f"{project.name}未见{'、'.join(KINDS[kind] for kind in missing)}" for project, missing in found)
        arguments = {"list": shown, "list_en": "; ".join(f"{project.name}: {', '.join(missing)}" for project, missing in found)}
        only = found[0][0].name if len(found) == 1 else None
        spans = quoted(case.facts.document, first)
        yield Finding("indicator-missing-category", Severity.INFO, spans, arguments=arguments, project=only)


def _missing(case: Case, project: Project) -> list[str]:
    text = text_of(case, project)
    missing = []
    if not any(word in text for word in case.lexicon.words("benefit_words")):
        missing.append("benefit")
    if not any(word in text for word in case.lexicon.words("satisfaction_words")):
        missing.append("satisfaction")
    return missing
