"""Checks on the weights of a form: do they make 100, and do the rows under a label make its points?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.check.form_rows import Term, added, cells, execution, figures, forms, rows, terms
from extractor.check.form_tables import Places, flat, places_of
from extractor.check.registry import Case, check
from extractor.check.score_sums import USUAL_EXECUTION
from extractor.check.scores import full_marks
from extractor.check.shown import trimmed, written
from extractor.check.subtotals import subtotals
from extractor.check.told import Yielded
from extractor.check.verdicts import finding, judged, unchecked
from extractor.model.document import Span
from extractor.model.facts import SURE, Doubt, Form, Indicator, Project, WeightGroup
from extractor.model.findings import Finding, Relation, Severity
from extractor.model.quantity import HUNDRED, Quantity
from extractor.model.relations import Judgement
from extractor.model.score_relations import judge_points

LONGEST_LABEL = 24
BLOCKS = ("执行", "成本", "产出", "效益", "满意度")


@check(
    "weight-sum-not-100",
    zh="分值合计不为100",
    en="The weights do not make 100",
    severity=Severity.ERROR,
    norm="财预〔2020〕10号（待核实）：各项指标分值合计100分，其中预算执行率10分",
    texts={
        "default": (
            "各项分值相加与合计不符：{formula}，合计写为{stated}。请核对。",
            "The weights do not make their total: {formula}, while {stated} is stated. Please check.",
        ),
        "not_full": (
            "各项分值相加为{stated}，不是{full}分：{formula}。请核对。",
            "The weights make {stated}, not {full}: {formula}. Please check.",
        ),
    },
    family="scores",
)
def weight_sum_not_100(case: Case) -> Yielded:
    """
    核什么：自评表各项指标的分值（含预算执行率）相加，是否等于合计行，是否为100分。
    为什么：分值不足或超过100，总分就失去可比性。
    怎么判：合并单元格的分值只计一次，“其中”行重复印出的执行分值不重复计。预算执行率可以在合计之内（10+90、20+80），也可以在合计之外。
    印有合计的，相加不等报错；没有印合计、相加不为100的，给出警告。执行率行的分值没有读到而恰差10分或20分的，记为无法核验。
    报告写明满分不是100分的，以其为准。
    依据：财预〔2020〕10号（待核实）；各地自评表“合计100”。
    例：执行10分，指标50、20、10分，合计写100分，实为90分，报错。
    已知误报：表格有一部分在另一份文件中。
    """
    full = full_marks(case)
    places = places_of(case)
    for project, form in forms(case):
        own = terms(rows(case, form), "weight")
        if own and (full or form.total_weight) and _are_all_weighted(rows(case, form)):
            yield from _sum(places, project, form, own, full)


def _are_all_weighted(indicators: list[Indicator]) -> bool:
    """Not where most rows score without points of their own being told: points stand in the name of one or another only."""
    scored = [i for i in indicators if i.score is not None]
    return sum(i.weight is None for i in scored) * 2 <= len(scored)


def _sum(places: Places, project: Project, form: Form, own: list[Term], full: Decimal | None) -> Yielded:
    name = "weight-sum-not-100"
    extra = execution(project, form, "execution_weight", own)
    everything = [extra, *own] if extra else own
    if len(everything) < 2:
        return
    printed = form.total_weight.quantity if form.total_weight else None
    total = printed or Quantity(full or HUNDRED, 0, "分")
    tried = [(judge_points([t.quantity for t in chosen], total), chosen) for chosen in ([everything, own] if extra else [own])]
    judgement, chosen = next((pair for pair in tried if pair[0].is_consistent), tried[0])
    spans = (*cells(places, form.total_weight), *figures(everything))
    stated = written(total) if printed else f"{trimmed(total.value)}分"
    if judgement.is_consistent and not _is_full(total, chosen is own, extra, full):
        if _is_usual_gap(total.value, extra, full):
            yield unchecked(Relation.SUM, name, stated, spans, "no_execution_weight", project.name)
            return
        judgement, message = judge_points([t.quantity for t in everything], Quantity(full or HUNDRED, 0, "分")), "not_full"
    elif not judgement.is_consistent and extra is None and _is_usual_gap(judgement.expected, extra, total.value):
        yield unchecked(Relation.SUM, name, stated, spans, "no_execution_weight", project.name)
        return
    else:
        message = "default" if printed else "not_full"
    yield from _claimed(name, judgement, stated, spans, project, chosen, form, message, trimmed(full or HUNDRED))


def _claimed(
    name: str,
    judgement: Judgement,
    stated: str,
    spans: tuple[Span, ...],
    project: Project,
    chosen: list[Term],
    form: Form,
    message: str,
    full: str,
) -> Yielded:
    shown = [term.shown for term in chosen]
    expected = f"{trimmed(judgement.expected)}分"
    if message == "not_full" and not judgement.is_consistent:
        stated, expected = expected, f"{full}分"  # what the rows make, and what they should
    claim = judged(Relation.SUM, name, judgement, stated, spans, project.name, expected, added(chosen), shown)
    yield claim
    if not judgement.is_consistent:
        doubts = SURE.union(*(i.doubts for i in form.indicators))
        if form.total_weight is None or len(project.forms) > 1:
            doubts |= {Doubt.BASE_UNCERTAIN}  # nothing on the paper says that the rows are all there are
        marks = form.total_weight.spans[:1] if form.total_weight else figures(chosen)
        yield finding(claim, Severity.ERROR, message, {"full": full}, doubts, marks)


def _is_full(total: Quantity, without_execution: bool, extra: Term | None, full: Decimal | None) -> bool:
    """Does the total stand for all points there are, with the execution row inside it or beside it?"""
    if full is None:
        return True
    return total.value == full or (without_execution and extra is not None and total.value + extra.quantity.value == full)


def _is_usual_gap(value: Decimal, extra: Term | None, full: Decimal | None) -> bool:
    return extra is None and (full or HUNDRED) - value in USUAL_EXECUTION


@check(
    "weight-subtotal-mismatch",
    zh="一级指标分值与下级合计不符",
    en="The points of a label are not those of its rows",
    severity=Severity.ERROR,
    norm="上级指标分值 = 下级指标分值之和",
    texts={
        "default": (
            "“{label}”之下各项分值相加为{expected}：{formula}，与标签所写{stated}分不符。请核对。",
            "The rows under “{label}” make {expected} ({formula}), not the {stated} of the label. Please check.",
        ),
        "subtotal": (
            "“{label}”与其各行分值相加不符：{formula}，而小计写为{stated}。请核对。",
            "The points of the rows do not make “{label}”: {formula}, while {stated} is stated. Please check.",
        ),
    },
    family="scores",
)
def weight_subtotal_mismatch(case: Case) -> Yielded:
    """
    核什么：“产出指标（50分）”一类标签写明的分值，是否等于其下各行分值之和（“小计”行是否等于其各行之和）；其下各行没有分值的，是否等于下级标签分值之和。
    为什么：标签与各行不一致，至少有一处分值有误。
    怎么判：标签占有的各行（合并单元格只计一次）相加，不等报错；标签的合并单元格可能被拆散（其后各行左侧空白）而连同其后各行相等的，视为相符。
    写在长句、评分说明中的分值不是标签。
    依据：算术。
    例：“产出指标（60分）”之下各行共40分，报错。
    已知误报：标签写的是另一部分的分值。
    """
    yield from subtotals(case, "weight", "weight-subtotal-mismatch")
    places = places_of(case)
    for project, form in forms(case):
        listed = rows(case, form)
        for group in form.groups:
            if group.weight.quantity is not None and group.weight.spans and _is_label(case, group):
                yield from _group(places, project, form, listed, group, group.weight.quantity)


def _is_label(case: Case, group: WeightGroup) -> bool:
    """The points end a short name: 产出指标（50分）, not a sentence on how points are given."""
    match = case.lexicon.pattern("forms.label_points").search(group.label)
    return match is not None and match.end() == len(group.label) and len(group.label) <= LONGEST_LABEL


def _group(places: Places, project: Project, form: Form, listed: list[Indicator], group: WeightGroup, label: Quantity) -> Yielded:
    members = [i for i in group.indicators if i in listed]
    own = _terms_of(project, form, members, group)
    if not own:
        own = _labels_within(places, form, group)
    if not own:
        return
    judgement = judge_points([term.quantity for term in own], label)
    if not judgement.is_consistent and group.holds_execution and (alone := _terms_of(project, form, members, None)):
        without = judge_points([term.quantity for term in alone], label)
        own, judgement = (alone, without) if without.is_consistent else (own, judgement)  # 绩效指标（90分）, beside the execution row
    within = [] if judgement.is_consistent else _labels_within(places, form, group)
    if within and judge_points([term.quantity for term in within], label).is_consistent:
        own, judgement = within, judge_points([term.quantity for term in within], label)  # what is wrong is wrong one level below
    further = [] if judgement.is_consistent else _further(places, listed, group)
    if further:
        own = [*own, *further]
        judgement = judge_points([term.quantity for term in own], label)
    spans = (group.weight.spans[0], *figures(own))
    name, stated = "weight-subtotal-mismatch", trimmed(label.value)
    expected = trimmed(judgement.expected)
    shown = [term.shown for term in own]
    claim = judged(Relation.SUM, name, judgement, stated, spans, project.name, expected, added(own), shown)
    yield claim
    if not judgement.is_consistent:
        doubts = SURE.union(*(i.doubts for i in group.indicators), {Doubt.PAGE_BREAK} if further else ())
        yield finding(claim, Severity.ERROR, arguments={"label": group.label}, doubts=doubts, highlight=group.weight.spans[:1])


def _terms_of(project: Project, form: Form, indicators: list[Indicator], group: WeightGroup | None) -> list[Term]:
    """The printed weights under a label; nothing where a row has none, for then the sum is not known."""
    if any(i.weight is None for i in indicators):
        return []
    own = terms(indicators, "weight")
    extra = execution(project, form, "execution_weight", own) if group and group.holds_execution else None
    return [extra, *own] if extra else own


def _labels_within(places: Places, form: Form, group: WeightGroup) -> list[Term]:
    """The labels with points one level below: those in the rows of this one, to its right, and not within another of them."""
    place = places.at(group.weight.spans[0])
    if place is None:
        return []
    inside = {p.index for cell in places.beside(group.weight.spans[0]) if cell.column > place[1].column for p in cell.paragraphs}
    nested = [g for g in form.groups if g is not group and g.weight.spans and g.weight.spans[0].paragraph in inside]
    first = min((cell[1].column for g in nested if (cell := places.at(g.weight.spans[0]))), default=0)
    level = [g for g in nested if (cell := places.at(g.weight.spans[0])) and cell[1].column == first]
    return [Term(g.label, g.weight, g.weight.quantity) for g in level if g.weight.quantity] if len(level) > 1 else []


def _further(places: Places, listed: list[Indicator], group: WeightGroup) -> list[Term]:
    """The weights of the rows below whose first column is blank: the label's merged cell was torn, by a page break mostly."""
    below = {cell.span for cell in places.below(group.weight.spans[0]) if cell.paragraphs and flat(cell)}
    return terms([i for i in listed if i.weight is not None and i.weight.spans and i.weight.spans[0] in below], "weight")


@check(
    "form-weight-template",
    zh="分值结构与常用表样不同",
    en="Weights unlike those of the known forms",
    severity=Severity.INFO,
    norm="财预〔2020〕10号（待核实）：预算执行率10、产出50、效益30、满意度10",
    texts={
        "default": (
            "分值结构为{stated}，与常用表样不同，仅供参考。",
            "The points are split {stated}, unlike the known forms. For information only.",
        )
    },
    family="forms",
    on_by_default=False,
)
def form_weight_template(case: Case) -> Iterator[Finding]:
    """
    核什么：预算执行、成本、产出、效益、满意度各部分的分值，是否为常用表样的结构。
    为什么：自定结构可能弱化某一类指标。
    怎么判：一级指标齐全、合计100分的才比较；与已知结构都不同的提示。默认不开启，因为文件规定的分值是“原则上”。
    依据：财预〔2020〕10号（待核实）；各地表样。
    例：执行10、产出80、效益10，没有满意度，提示。
    已知误报：各地另有规定的结构。
    """
    known = set(case.lexicon.groups("weight_template")["known"])
    for project, form in forms(case):
        own = terms(rows(case, form), "weight")
        extra = execution(project, form, "execution_weight", own)
        parts = [_level(rows(case, form), word) for word in ("成本", "产出", "效益", "满意")]
        values = [extra.quantity.value if extra else Decimal(0), *parts]
        shape = "/".join(trimmed(value) for value in values)
        if extra is None or sum(values) != HUNDRED or shape in known or len(form.indicators) < 2:
            continue
        shown = "、".join(f"{name}{trimmed(value)}" for name, value in zip(BLOCKS, values, strict=True) if value)
        marks = figures([extra])
        yield Finding("form-weight-template", Severity.INFO, marks, arguments={"stated": shown}, project=project.name, highlight=marks)


def _level(indicators: list[Indicator], word: str) -> Decimal:
    own = [i for i in indicators if word in i.level1 or (word == "满意" and word in i.level2)]
    own = [i for i in own if word == "满意" or "满意" not in i.level2]
    return sum((term.quantity.value for term in terms(own, "weight")), Decimal(0))
