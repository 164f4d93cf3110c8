"""Checks on what rates are taken of: the base, the range, several rates of one thing, rates without amounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from extractor.check.passages import clause, listed, sentence
from extractor.check.rate_readings import ARRIVED, INITIAL, RateReading, readings
from extractor.check.registry import Case, check
from extractor.check.shown import quoted, written
from extractor.check.stated import is_of_other_period
from extractor.check.verdicts import finding, judged, weight
from extractor.model.document import Span
from extractor.model.facts import Kind, Measure, Origin, Project, Rate
from extractor.model.findings import Claim, Finding, Relation, Severity
from extractor.model.quantity import HUNDRED
from extractor.model.relations import Operand, judge_same

EXECUTION = frozenset({"executed/budget", "executed/budget_initial"})
UNTOLD = frozenset({"no_executed", "no_arrived", "no_budget", "no_source"})
LONGEST_LEAD = 12
"""Characters before a colon that may name what the sentence after it is about: 项目资金到位情况分析：…"""
BOUNDED = frozenset({"executed/budget", "executed/arrived", "arrived/budget", "source"})


@check(
    "rate-denominator-basis",
    zh="比率口径未说明或混用",
    en="The rate fits another base than the usual one",
    severity=Severity.WARNING,
    norm="执行率 = 全年执行数 ÷ 全年（调整后）预算数",
    texts={
        "default": (
            "{label}{stated}只与以{base}为基数的计算相符（{formula}），而未说明口径；通常以全年（调整后）预算数为基数。",
            "{label} {stated} fits only {base_en} as its base ({formula}), which is not said; the usual base is the full-year budget.",
        ),
        "form": (
            "表中{label}{stated}以{base}为基数（{formula}），而该栏应以全年（调整后）预算数为基数。",
            "{label} {stated} in the form is taken of {base_en} ({formula}); the column asks for the full-year budget.",
        ),
    },
    family="rates",
)
def rate_denominator_basis(case: Case) -> Iterator[Finding]:
    """
    核什么：执行率与全年预算数算不拢，却与年初预算数或到位数相符的，是否说明了口径。
    为什么：同一项目用不同基数，执行率可以差几十个百分点。
    怎么判：报告写明基数的不提示；正文未写明的提示；表中基数固定为全年预算数而用了年初数的，警告。
    依据：财预〔2020〕10号（待核实）；自评表栏目“执行率（B/A）”。
    例：年初940万元、调整后816.25万元、支出302.68万元，执行率写32.20%，只与年初数相符，提示口径。
    已知误报：地方规定以年初预算或下达数为基数。
    """
    for reading in readings(case):
        rate, base = reading.rate, reading.base
        if rate.of != "executed/budget" or base is None or reading.judgement is None or reading.is_inconsistent:
            continue
        if reading.is_proper or rate.named_base or _is_usual(case, rate, base.measure):
            continue
        in_form = rate.origin is Origin.FORM
        arguments = {"label": rate.label, "base": _base_name(base.measure), "base_en": base.measure.value.replace("_", " ")}
        claim = reading.claim("rate-execution-recompute", case.facts.document)
        weak = Severity.WARNING if in_form else Severity.INFO
        found = finding(claim, weak, "form" if in_form else "default", arguments, reading.doubts, rate.spans[:1])
        yield replace(found, check="rate-denominator-basis", claims=())  # the claim belongs to the check that recomputes it


def _is_usual(case: Case, rate: Rate, base: Measure) -> bool:
    """资金使用率 is as often taken of what arrived as of what was budgeted."""
    return base is ARRIVED and rate.label.endswith(case.lexicon.words("arrived_base_labels"))


def _base_name(measure: Measure) -> str:
    return {INITIAL: "年初预算数", ARRIVED: "到位资金"}.get(measure, "预算数")


@check(
    "rate-out-of-range",
    zh="比率越界",
    en="Rate beyond its range",
    severity=Severity.WARNING,
    norm="预算执行率、资金到位率一般不超过100%",
    texts={
        "default": (
            "{label}为{stated}，超过100%。执行数、到位数一般不大于预算数，请核对基数或说明原因。",
            "{label} is {stated}, above 100%. What is spent or arrives is at most the budget as a rule; please check the base.",
        )
    },
    family="rates",
)
def rate_out_of_range(case: Case) -> Iterator[Finding]:
    """
    核什么：预算执行率、资金到位率、支付率是否大于100%。
    为什么：超过100%意味着超预算支出，或基数用错。
    怎么判：大于100%的给出警告；写明以年初预算为基数的，以及按数额计算属实、另有专门检查的，不重复提示。指标完成率可以超过100%，不查。
    依据：预算法关于按预算执行的规定（待核实）。
    例：预算执行率112%，警告。
    已知误报：年中追加了预算而仍以年初数为基数。
    """
    for reading in readings(case):
        rate = reading.rate
        if rate.of not in BOUNDED or rate.quantity.value <= HUNDRED or reading.judgement is not None:
            continue
        if rate.of in EXECUTION and rate.named_base:
            continue
        if any(word in rate.label for word in case.lexicon.words("base_initial")):
            continue
        spans = quoted(case.facts.document, rate.spans[-1:])
        stated = written(rate.quantity)
        arguments = {"label": rate.label, "stated": stated}
        yield Finding(
            "rate-out-of-range",
            Severity.WARNING,
            spans,
            arguments=arguments,
            project=reading.project.name,
            stated=stated,
            doubts=rate.doubts,
            highlight=rate.spans[:1],
        )


@check(
    "rate-conflicting-mentions",
    zh="同一比率前后不一致",
    en="One rate is given differently in two places",
    severity=Severity.ERROR,
    norm="同一报告数据应前后一致",
    texts={
        "default": (
            "{label}前后不一致：{mentions}。",
            "{label} is given differently: {mentions}.",
        )
    },
    family="rates",
)
def rate_conflicting_mentions(case: Case) -> Iterator[Claim | Finding]:
    """
    核什么：同一项目、同一口径的比率多处出现时是否一致。
    为什么：前后不一的比率至少有一个是错的。
    怎么判：按较粗的位数比较，80%与79.63%视为一致；都能由数额算出（只是基数不同）的不报；年中数与全年数不比较。
    依据：数据一致性。
    例：前文执行率96.5%，后文执行率95.6%，报错。
    已知误报：不同部分资金各自的执行率。
    """
    groups: dict[tuple[str, str, str | None], list[RateReading]] = defaultdict(list)
    for reading in readings(case):
        if not is_of_other_period(case, reading.rate.spans[0]):
            groups[reading.project.name, reading.rate.of, reading.rate.source].append(reading)
    for members in groups.values():
        told = [m for m in members if m.is_of_the_whole and not m.rate.qualifier]
        whole = [m for m in told if m.reason != "list" and not _stands_beside_a_part(case, m) and not _is_of_years(case, m)]
        if len(whole) > 1:
            yield from _compared(case, whole)


def _is_of_years(case: Case, reading: RateReading) -> bool:
    """项目总预算420万元，分两年安排; 总预算执行进度60.36%: is the rate said to be of the amount that goes over several years?"""
    span = reading.rate.spans[0]
    paragraph = case.facts.document.paragraphs.get(span.paragraph)
    if paragraph is None or all(fact.year in (None, case.facts.year) for fact in reading.project.facts):
        return False
    words = paragraph.text[clause(paragraph, span.start, span.end).start : span.start]
    return any(word in words for word in case.lexicon.words("multiyear_words"))


def _stands_beside_a_part(case: Case, reading: RateReading) -> bool:
    """Is the amount told right before the rate, in its sentence, another than the project's own: 省级资金支出310万元，执行率96%?"""
    span = reading.rate.spans[0]
    paragraph = case.facts.document.paragraphs.get(span.paragraph)
    if paragraph is None:
        return False
    around = sentence(paragraph, span.start, span.end)
    before = [m for m in case.facts.mentions_in(Span(span.paragraph, around.start, span.start)) if m.kind is Kind.MONEY and m.quantity]
    own = {fact.quantity.value for fact in reading.project.amounts.values()}
    return bool(before) and before[-1].quantity is not None and before[-1].quantity.value not in own


def _compared(case: Case, members: list[RateReading]) -> Iterator[Claim | Finding]:
    """The first rate against the others; rates that all follow from the amounts, of whatever base, are no conflict."""
    first, others = members[0], members[1:]
    judgements = [(judge_same(Operand(first.rate.quantity), Operand(m.rate.quantity)), m) for m in others]
    worst, other = max(judgements, key=lambda pair: not pair[0].is_consistent)
    if not worst.is_consistent and all(m.judgement is not None and not m.is_inconsistent for m in (first, other)):
        return
    spans = quoted(case.facts.document, (span for m in members for span in m.rate.spans[-1:]))
    stated, expected = written(other.rate.quantity), written(first.rate.quantity)
    claim = judged(Relation.SAME, "rate-conflicting-mentions", worst, stated, spans, first.project.name, expected)
    yield claim
    if not worst.is_consistent:
        mentions = "、".join(dict.fromkeys(f"{m.rate.label}{written(m.rate.quantity)}" for m in members))
        arguments = {"label": first.rate.label, "mentions": mentions}
        doubts = first.rate.doubts | other.rate.doubts
        marks = tuple(span for m in members for span in m.rate.spans[:1])
        yield finding(claim, weight(worst, Severity.ERROR), arguments=arguments, doubts=doubts, highlight=marks)


@check(
    "rate-unverifiable",
    zh="比率缺少分子或分母",
    en="Rates without the amounts to check them",
    severity=Severity.INFO,
    norm="自评数据应可复核",
    texts={
        "default": (
            "{count} 处比率未写出相应数额，无法复核：{list}。",
            "{count} rate(s) come without the amounts they rest on and cannot be checked: {list}.",
        )
    },
    family="rates",
)
def rate_unverifiable(case: Case) -> Iterator[Finding]:
    """
    核什么：只写比率、没有写出执行数（或预算数）的情况。
    为什么：没有数额的100%无法复核。
    怎么判：每份报告汇总提示一次，列出涉及的项目。
    依据：自评数据真实性要求。
    例：“资金需求79万元……资金使用率达到100%”，未写实际支出，提示。
    已知误报：数额在未随附的自评表中。
    """
    missing = [r for r in readings(case) if r.judgement is None and r.reason in UNTOLD]
    if not missing:
        return
    by_project: dict[str, list[RateReading]] = defaultdict(list)
    for reading in missing:
        by_project[reading.project.name].append(reading)
    spans = tuple(span for group in by_project.values() for span in quoted(case.facts.document, group[0].rate.spans[-1:]))
    shown = [f"{name}：{group[0].rate.label}{written(group[0].rate.quantity)}" for name, group in by_project.items()]
    arguments = {"count": str(len(missing)), "list": listed(shown)}
    marks = tuple(group[0].rate.spans[0] for group in by_project.values())
    only = next(iter(by_project)) if len(by_project) == 1 else None
    yield Finding("rate-unverifiable", Severity.INFO, spans, arguments=arguments, project=only, highlight=marks)


@check(
    "rate-name-context",
    zh="比率名称与段落不符",
    en="A rate of another kind than its paragraph",
    severity=Severity.INFO,
    norm="资金到位、资金执行应分别说明",
    texts={
        "default": (
            "到位情况的段落只写了{label}等使用类比率，未写到位数或到位率（共 {count} 处）。",
            "{count} paragraph(s) on arrivals give a rate of spending ({label}) and no arrival.",
        )
    },
    family="rates",
)
def rate_name_context(case: Case) -> Iterator[Finding]:
    """
    核什么：“资金到位情况”的段落是否用使用率、执行率代替了到位率。
    为什么：到位与使用是两个环节，混写后到位情况无从判断。
    怎么判：标明为到位情况的段落只有使用类比率、没有到位数额的，每份报告提示一次。
    依据：自评报告提纲。
    例：“项目资金到位情况分析：……资金使用率达到100%”，提示。
    已知误报：各地对使用率、执行率、到位率的叫法不同。
    """
    found: list[tuple[Project, Rate]] = []
    for project in case.facts.projects:
        if project.amount(ARRIVED) is None and not any(r.of == "arrived/budget" for r in project.rates):
            found += [(project, r) for r in project.rates if r.of == "executed/budget" and _is_in_arrivals(case, r)]
    if found:
        spans: tuple[Span, ...] = tuple(span for _, rate in found for span in quoted(case.facts.document, rate.spans[-1:]))
        arguments = {"label": found[0][1].label, "count": str(len(found))}
        yield Finding("rate-name-context", Severity.INFO, spans, arguments=arguments, highlight=tuple(r.spans[0] for _, r in found))


def _is_in_arrivals(case: Case, rate: Rate) -> bool:
    if rate.context == "arrived":
        return True
    paragraph = case.facts.document.paragraphs.get(rate.spans[0].paragraph) if rate.spans else None
    if paragraph is None:
        return False
    head, colon, _ = paragraph.text[: rate.spans[0].start].rpartition("：")
    return bool(colon) and any(word in head[-LONGEST_LEAD:] for word in case.lexicon.words("arrival_titles"))
