"""Is it said why a row lost points, missed its target, or why money was left?"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.check.form_rows import forms, rows
from extractor.check.form_tables import Places, flat, places_of
from extractor.check.passages import everything
from extractor.check.rate_shortfall import spent_of
from extractor.check.registry import Case, check
from extractor.check.row_values import Problem, of_rows
from extractor.check.shown import figures_of, recomputed
from extractor.check.targets import aligned, direction, held
from extractor.check.told import is_count
from extractor.model.document import Cell, Paragraph, Span
from extractor.model.facts import Form, Indicator, Operator, Origin, Project
from extractor.model.findings import Finding, Severity

NAME = "deviation-reason-missing"
BEGINNING = 4
"""So many characters of an indicator's name tell in a note under the form which one it is."""
SHORTEST = 4


@check(
    NAME,
    zh="未达标、扣分未填偏差原因",
    en="Points lost or targets missed without a reason",
    severity=Severity.ERROR,
    norm="自评表填报说明：未完成、扣分的应说明原因；执行率低于90%的需说明原因（四川）",
    texts={
        "default": (
            "{count} 项指标未达标或扣分，而偏差原因一栏空白：{list}。",
            "{count} indicator(s) missed their target or lost points, and the column for reasons is blank: {list}.",
        ),
        "execution": (
            "执行率{rate}，低于{limit}%，而表中原因一栏没有说明。",
            "{rate} was spent, less than {limit}%, and the form's column for reasons is blank.",
        ),
    },
    family="forms",
)
def deviation_reason_missing(case: Case) -> Iterator[Finding]:
    """
    核什么：自评表中未达到目标、得分低于分值的指标，以及偏低的执行率，是否在原因栏说明。
    为什么：不说明原因，偏差就无从改进。
    怎么判：表中设有原因栏的才核；原因栏空白或只写“无”的，每表合并警告一次；其他栏目或正文写到该指标并有原因词的不报，表中另有
    “存在问题”等文字说明原因的降为提示。执行率低于90%（可设）而资金部分的原因栏空白的，给出警告，表上写明“低于90%的需说明原因”的报错。
    依据：自评表填报说明。
    例：满意度目标≥90%，完成86%，得9.56分，原因栏空白，警告。
    已知误报：原因写在合并的单元格或另一份文件中。
    """
    places = places_of(case)
    for project, form in forms(case):
        short = [i for i in rows(case, form) if _is_short(case, i) and not _is_spent_enough(case, project, i)]
        short = [i for i in short if _is_unexplained(case, places, i)]
        found: list[Problem] = [(i, i.actual or i.target) for i in short if not _is_told_elsewhere(case, form, i)]
        severity = Severity.INFO if _explains_itself(case, places, form) else Severity.WARNING
        yield from of_rows(NAME, severity, project, found, _told)
        yield from _execution(case, places, project, form)


def _told(indicator: Indicator) -> str:
    values = "、".join(value.text for value in (indicator.target, indicator.actual) if value)
    points = f"{indicator.score.text}/{indicator.weight.text}分" if indicator.score and indicator.weight else ""
    return f"{indicator.name}（{'，'.join(part for part in (values, points) if part)}）"


def _is_short(case: Case, indicator: Indicator) -> bool:
    """Points lost; or a target missed in a direction that the form prints, where no points are given at all. All points for a
    target that was missed are another check's."""
    score, weight = indicator.score, indicator.weight
    if score and weight and score.quantity and weight.quantity:
        return score.quantity.value < weight.quantity.value
    pair = aligned(case, indicator)
    operator, is_printed = direction(case, indicator)
    if pair is None or not is_printed or operator is Operator.QUALITATIVE:
        return False
    met = held(operator, *pair, is_count(case, pair[1]))
    return met is not None and not met.is_met


def _is_spent_enough(case: Case, project: Project, indicator: Indicator) -> bool:
    """Is the row that of the execution rate, which is asked for a reason only where it is low?"""
    own, row, rate = project.execution_score, indicator.score, indicator.actual
    if own is None or row is None or own.spans != row.spans or rate is None or rate.quantity is None:
        return False
    return rate.quantity.unit == "%" and rate.quantity.value >= case.settings.low_execution


def _is_unexplained(case: Case, places: Places, indicator: Indicator) -> bool:
    """Is there a column for reasons, and nothing in it?"""
    where = next((value.spans[0] for value in (indicator.score, indicator.actual, indicator.weight) if value and value.spans), None)
    cell = places.reason_cell(where) if where else None
    if where is None or cell is None:
        return False
    blank = case.lexicon.words("no_reason")
    return indicator.reason in ("", *blank) and _content(case, cell) in ("", *blank)


def _content(case: Case, cell: Cell) -> str:
    """What a cell for reasons says, without the form's own request to give them."""
    asked = case.lexicon.pattern("form_checks.reason_asked")
    return asked.sub("", flat(cell)).strip("；。;")


def _is_told_elsewhere(case: Case, form: Form, indicator: Indicator) -> bool:
    """Does another cell, or the text, name the indicator and give a reason?"""
    core = indicator.name.rstrip("数率量值")
    if len(core) >= BEGINNING and any(
        core[:BEGINNING] in p.text for p in _reasoning(case) if case.lexicon.pattern("forms.note").search(p.text)
    ):
        return True  # 注：补助发放因信息核对延迟
    if len(core) < SHORTEST or not any(core in p.text for p in _reasoning(case)):
        return False
    own = {span.paragraph for i in form.indicators for span in i.spans}
    return any(core in p.text and p.index not in own for p in _reasoning(case))


def _reasoning(case: Case) -> tuple[Paragraph, ...]:
    """Everything that gives a reason for something; looked for once a run."""
    if "reasoning" not in case.memo:
        pattern = case.lexicon.pattern("checks.reason")
        case.memo["reasoning"] = tuple(p for p in everything(case.facts.document) if pattern.search(p.text))
    found: tuple[Paragraph, ...] = case.memo["reasoning"]
    return found


def _explains_itself(case: Case, places: Places, form: Form) -> bool:
    """A part of the form beside its rows, such as 存在问题, that gives reasons in words."""
    own = {span.paragraph for i in form.indicators for span in i.spans}
    pattern = case.lexicon.pattern("checks.reason")
    quote = case.facts.document.quote
    titles = case.lexicon.words("problem_titles_of_scores")
    return any(
        pattern.search(quote(span)) and any(word in quote(label) for label in places.label(span) for word in titles)
        for span in form.spans
        if span.paragraph not in own
    )


def _execution(case: Case, places: Places, project: Project, form: Form) -> Iterator[Finding]:
    """Low execution, where the fund block has a column for reasons and leaves it blank."""
    spent = spent_of(project)
    if spent is None or spent.rate >= case.settings.low_execution or spent.executed.origin is not Origin.FORM:
        return
    cell = places.reason_cell(spent.executed.spans[0]) if spent.executed.spans else None
    if cell is None or _content(case, cell) not in ("", *case.lexicon.words("no_reason")):
        return
    asked = case.lexicon.pattern("form_checks.reason_asked")
    is_asked = any(asked.search(case.facts.document.quote(span)) for span in form.spans)
    marks = figures_of([spent.executed, spent.base])
    spans: tuple[Span, ...] = tuple(dict.fromkeys((*places.label(marks[0]), *marks)))
    arguments = {"rate": recomputed(spent.rate), "limit": f"{case.settings.low_execution:f}"}
    severity = Severity.ERROR if is_asked else Severity.WARNING
    yield Finding(NAME, severity, spans, "execution", arguments, project=project.name, doubts=spent.doubts, highlight=marks)
