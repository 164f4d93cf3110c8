"""Checks of the text against the forms: scores, grades and indicators told in both, projects that have only one of them."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.check.form_rows import cells
from extractor.check.form_tables import Places, places_of
from extractor.check.grade_scales import canonical
from extractor.check.passages import listed
from extractor.check.registry import Case, check
from extractor.check.shown import figure as shown_figure
from extractor.check.shown import quoted, shown_operand, written
from extractor.check.told import Yielded
from extractor.check.told_rates import ToldRate, told_rates
from extractor.check.told_rows import RowFigure, cells_of_prose, told_rows
from extractor.check.verdicts import finding, judged, weight
from extractor.model.document import Span
from extractor.model.facts import Kind, Origin, Project, Stated
from extractor.model.findings import Claim, Finding, Relation, Severity, Verdict
from extractor.model.relations import Judgement, Operand, Outcome, judge_same

NAME = "text-form-mismatch"
STRONG = 6
"""Characters of a name that can hardly be found in the text by chance."""


@check(
    NAME,
    zh="正文与自评表数据不一致",
    en="Text and form give different figures",
    severity=Severity.ERROR,
    norm="正文与自评表数据应一致",
    texts={
        "score": (
            "正文自评得分{stated}，自评表为{expected}，两处不一致。请核对。",
            "The text gives a self-score of {stated}, the form one of {expected}. Please check.",
        ),
        "actual": (
            "“{name}”正文写为{stated}，自评表完成值为{expected}，两处不一致。请核对。",
            "“{name}” is {stated} in the text, and {expected} in the form. Please check.",
        ),
        "unit": (
            "表中文字写为{stated}，资金栏为{expected}，数字相同而单位不同。请核对单位。",
            "The words of the form give {stated}, its fund block {expected}: the same digits in another unit. Please check the unit.",
        ),
        "rate": (
            "表中文字写执行率为{stated}，资金栏为{expected}，两处不一致。请核对。",
            "The words of the form give an execution rate of {stated}, its fund block one of {expected}. Please check.",
        ),
        "source_rate": (
            "表中文字写{name}执行率为{stated}，资金栏为{expected}，两处不一致。请核对。",
            "The words of the form give an execution rate of {stated} for {name}, its fund block one of {expected}. Please check.",
        ),
        "target": (
            "“{name}”的目标正文写为{stated}，自评表为{expected}，两处不一致。请核对。",
            "The target of “{name}” is {stated} in the text, and {expected} in the form. Please check.",
        ),
    },
    family="forms",
)
def text_form_mismatch(case: Case) -> Yielded:
    """
    核什么：同一项目的自评得分、指标目标值和完成值，在正文和自评表中是否一致（金额、比率前后不一由另外的检查报告）。
    为什么：正文与表不一，至少一处有误。
    怎么判：按项目、按指标名称配对，不按先后次序；正文中出现指标名称（去掉“率”“数”等词尾，至少四个字），其后紧接同一单位的数的才比较，写有
    目标、计划、以上、不少于等字样的与目标值比较，其余与完成值比较；写有上年、同比、累计、其中的不比较。按较粗的位数比较。名称六个字以上、写在完成情况部分的
    完成值报错，其余给出警告；正文另有一处相符的不报。
    依据：数据一致性。
    表中文字写的金额与资金栏数字相同而单位不同的，也给出警告；表中文字写的执行率与资金栏同一行（总额或该来源）的执行率不同、按任何口径都算不出的，
    也给出警告。
    例：正文“固定资产投资增长9.6%”，表中“固定资产投资增长率”完成9.1%，报告。
    已知误报：正文写的是该指标的一部分而没有说明。
    """
    places = places_of(case)
    for project in case.facts.projects:
        yield from _scores(case, places, project)
        yield from _units(case, project)
        yield from _rates(case, places, project)
        by_row: dict[tuple[Span, ...], list[RowFigure]] = {}
        for told in told_rows(case, project):
            by_row.setdefault((*told.indicator.spans[:1], told.value.spans[0]), []).append(told)
        for statements in by_row.values():
            yield from _row(case, project, statements)


def _scores(case: Case, places: Places, project: Project) -> Yielded:
    form = next((s for s in project.scores if s.origin in (Origin.FORM, Origin.TABLE) and s.quantity), None)
    told = [s for s in project.scores if s.origin is Origin.PROSE and s.quantity and not _is_header(case, s)]
    if form is None or form.quantity is None or not told:
        return
    judged_by = [(judge_same(Operand(form.quantity), Operand(s.quantity)), s) for s in told if s.quantity]
    judgement, other = next((pair for pair in judged_by if pair[0].is_consistent), judged_by[0])
    if other.quantity is None:
        return
    spans = tuple(dict.fromkeys((*quoted(case.facts.document, other.spans[-1:]), *cells(places, form))))
    operands = [shown_operand("form", form.quantity, *form.spans[:1])]
    shown = written(form.quantity)
    claim = judged(Relation.SAME, NAME, judgement, written(other.quantity), spans, project.name, shown, operands=operands)
    yield claim
    if not judgement.is_consistent:
        marks = (*other.spans[:1], *form.spans[:1])
        yield finding(claim, weight(judgement, Severity.ERROR), "score", doubts=other.doubts | form.doubts, highlight=marks)


def _is_header(case: Case, stated: Stated) -> bool:
    """得分（20分×执行率） tells how points are given."""
    span = stated.spans[0]
    text = case.facts.document.paragraphs[span.paragraph].text
    return text[span.end : span.end + 1] in ("×", "x", "X", "*")


def _units(case: Case, project: Project) -> Yielded:
    """Money in the words of a form whose digits are those of the fund block, in another unit."""
    funds = [f for f in project.facts if f.origin is Origin.FORM and f.source is None and f.quantity.value and f.spans]
    for paragraph, start, end in cells_of_prose(case, project):
        for mention in case.facts.mentions_in(Span(paragraph.index, start, end)):
            quantity = mention.quantity
            fund = next((f for f in funds if quantity and f.quantity.digits == quantity.digits), None)
            if mention.kind is not Kind.MONEY or quantity is None or fund is None or quantity.multiplier == fund.quantity.multiplier:
                continue
            figure = Span(paragraph.index, mention.start, mention.end)
            spans = tuple(dict.fromkeys((*quoted(case.facts.document, (figure,)), *fund.spans[:1])))
            judgement = Judgement(Outcome.WEAK, fund.quantity.value)
            operands = [shown_operand(fund.measure, fund.quantity, *fund.spans[:1])]
            shown = shown_figure(fund.quantity)
            claim = judged(Relation.SAME, NAME, judgement, written(quantity), spans, project.name, shown, operands=operands)
            yield finding(claim, Severity.WARNING, "unit", doubts=fund.doubts, highlight=(figure, *fund.spans[:1]))


def _rates(case: Case, places: Places, project: Project) -> Yielded:
    """Rates of execution in the words of a form against its rows of funds; one that the words tell right anywhere is right."""
    by_row: dict[Span, list[ToldRate]] = {}
    for told in told_rates(case, places, project):
        by_row.setdefault(told.row.spans[0], []).append(told)
    for statements in by_row.values():
        told = next((t for t in statements if t.judgement.is_consistent), statements[0])
        spans = tuple(dict.fromkeys((*quoted(case.facts.document, (told.span,)), *places.label(told.row.spans[0]), told.row.spans[0])))
        operands = [shown_operand("form", told.row.quantity, told.row.spans[0])]
        stated, shown = written(told.quantity), written(told.row.quantity)
        claim = judged(Relation.SAME, NAME, told.judgement, stated, spans, project.name, shown, operands=operands)
        yield claim
        if not told.judgement.is_consistent:
            severity, source = weight(told.judgement, Severity.WARNING), told.row.source
            marks = (told.figure, told.row.spans[0])
            yield finding(claim, severity, "source_rate" if source else "rate", {"name": source or ""}, told.row.doubts, marks)


def _row(case: Case, project: Project, statements: list[RowFigure]) -> Yielded:
    """The statements of one value: a mismatch only where the text says it right nowhere."""
    tried = [(_same(told), told) for told in statements]
    judgement, told = next((pair for pair in tried if pair[0].is_consistent), tried[0])
    spans = tuple(dict.fromkeys((*quoted(case.facts.document, (told.span,)), *told.indicator.spans[:1], *told.value.spans[:1])))
    operands = [shown_operand("form", told.expected, *told.value.spans[:1])]
    claim = judged(Relation.SAME, NAME, judgement, written(told.quantity), spans, project.name, told.value.text, operands=operands)
    yield claim
    if not judgement.is_consistent:
        is_strong = len(told.core) >= STRONG and told.role == "actual" and told.on_results
        severity = weight(judgement, Severity.ERROR if is_strong else Severity.WARNING)
        marks = (told.figure, *told.value.spans[:1])
        yield finding(claim, severity, told.role, {"name": told.indicator.name}, told.indicator.doubts, marks)


def _same(told: RowFigure) -> Judgement:
    first, second = (Operand(quantity, is_count=told.is_count) for quantity in (told.expected, told.quantity))
    return judge_same(first, second)


@check(
    "grade-text-form-mismatch",
    zh="正文等级与表不符",
    en="Text and form give different grades",
    severity=Severity.ERROR,
    norm="正文与自评表结论应一致",
    texts={
        "default": (
            "正文等级为“{stated}”，自评表为“{expected}”，两处不一致。请核对。",
            "The text gives the grade {stated}, the form {expected}. Please check.",
        )
    },
    family="forms",
)
def grade_text_form_mismatch(case: Case) -> Yielded:
    """
    核什么：同一项目的自评等级，在正文和自评表（或汇总表）中是否一致。
    为什么：等级是自评结论，前后不一则结论不可用。
    怎么判：优秀与优、良好与良视为同义；不同即报错。正文另有一处相符的不报。
    依据：数据一致性。
    例：正文“自评等级为优”，表中“良”，报错。
    已知误报：正文写的是另一年度或另一单位的等级。
    """
    places = places_of(case)
    for project in case.facts.projects:
        form = next((g for g in project.grades if g.origin in (Origin.FORM, Origin.TABLE)), None)
        told = [g for g in project.grades if g.origin is Origin.PROSE and canonical(case.lexicon, g.text)]
        label = canonical(case.lexicon, form.text) if form else None
        if form is None or label is None or not told:
            continue
        other = next((g for g in told if canonical(case.lexicon, g.text) == label), told[0])
        is_same = canonical(case.lexicon, other.text) == label
        verdict = Verdict.CONSISTENT if is_same else Verdict.INCONSISTENT
        spans = tuple(dict.fromkeys((*quoted(case.facts.document, other.spans[-1:]), *cells(places, form))))
        claim = Claim(Relation.SAME, "grade-text-form-mismatch", other.text, verdict, spans, project.name, form.text)
        yield claim
        if not is_same:
            marks = (*other.spans[:1], *form.spans[:1])
            yield finding(claim, Severity.ERROR, doubts=other.doubts | form.doubts, highlight=marks)


@check(
    "project-form-missing",
    zh="正文项目无表或有表无正文",
    en="Projects with text and no form, or a form and no text",
    severity=Severity.WARNING,
    norm="各项目应有自评报告和自评表",
    texts={
        "no_form": (
            "其他项目都附有自评表，下列项目有正文而未见表：{list}。",
            "Other projects have their forms; these are told of in the text and have none: {list}.",
        ),
        "no_text": (
            "其他项目在正文中都有说明，下列项目有自评表而正文未提及：{list}。",
            "Other projects are told of in the text; these have a form and are not: {list}.",
        ),
    },
    family="forms",
)
def project_form_missing(case: Case) -> Iterator[Finding]:
    """
    核什么：正文分项目说明、又附有各项目自评表的文件，两边的项目是否一一对应。
    为什么：缺表或缺正文，该项目就无从核对。
    怎么判：至少两个项目既有正文又有表，且这样的项目过半时才核；有正文无表的、有表而正文未提名称的，各警告一次。
    依据：自评报告完整性要求。
    例：正文五个项目，只附四张表，警告并列出缺表的项目。
    已知误报：该项目的表另册报送。
    """
    own = [p for p in case.facts.projects if not (p.is_total or p.is_department)]
    with_form = [p for p in own if p.forms]
    with_text = [p for p in own if _has_text(p)]
    both = [p for p in with_form if p in with_text]
    if len(both) < 2:
        return
    text = "\n".join(p.text for p in case.facts.document.running_text)
    if 2 * len(both) > len(with_text):
        yield from _lacking("no_form", [p for p in with_text if not p.forms])
    if 2 * len(both) > len(with_form):
        yield from _lacking("no_text", [p for p in with_form if p not in with_text and p.name not in text])


def _has_text(project: Project) -> bool:
    """Does a part of the text, beside its forms, speak of the project?"""
    own = {span for form in project.forms for span in (*form.spans, *form.notes)}
    return any(span not in own for span in project.segment.spans)


def _lacking(message: str, projects: list[Project]) -> Iterator[Finding]:
    if projects:
        marks = tuple(dict.fromkeys(span for p in projects for span in (p.spans or tuple(n.span for n in p.names))[:1]))
        arguments = {"list": listed([p.name for p in projects])}
        only = projects[0].name if len(projects) == 1 else None
        yield Finding("project-form-missing", Severity.WARNING, marks, message, arguments, project=only, highlight=marks)
