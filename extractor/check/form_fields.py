"""Checks on how a form is filled in: prompts of the template left, fields blank, a total row of zeros."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.check.form_rows import forms, rows
from extractor.check.form_tables import Places, flat, places_of
from extractor.check.passages import everything, listed
from extractor.check.registry import Case, check
from extractor.check.row_values import is_blank
from extractor.lexicon.labels import without
from extractor.model.document import Cell, Span, Table
from extractor.model.facts import Fact, Form, Measure, Origin
from extractor.model.findings import Finding, Severity

FIELDS = ("project", "department", "unit", "grade", "score")


def is_filled(case: Case, form: Form) -> bool:
    """Is it a report, not an empty template? One that states a score or an actual value."""
    return any(i.score is not None or not is_blank(case, i.actual) for i in form.indicators) or form.total_score is not None


@check(
    "form-placeholder-left",
    zh="模板提示语未替换",
    en="Prompts of the template left in place",
    severity=Severity.WARNING,
    norm="自评表应据实填写",
    texts={
        "default": (
            "表中有 {count} 处仍是模板的提示语，没有填写内容：{list}。",
            "{count} cell(s) still hold the template's own prompt: {list}.",
        )
    },
    family="forms",
)
def form_placeholder_left(case: Case) -> Iterator[Finding]:
    """
    核什么：自评表中是否留有“（100字以内）”“××项目”“请填写……”等模板提示语。
    为什么：提示语未替换，说明该项没有填写。
    怎么判：填写处的单元格为提示语的，每表合并警告一次。右侧另有内容的是标签，不算；指标名称中的“≥**人”是上级统一设定的，不算；整表未填的
    模板不查。
    依据：自评表应据实填写。
    例：完成情况一栏写“对照年度目标，说明完成情况（100字以内）”，警告。
    已知误报：表下的填报说明。
    """
    prompt = case.lexicon.pattern("form_checks.prompt")
    places = places_of(case)
    for project, form in forms(case):
        if not is_filled(case, form):
            continue
        names = {i.spans[0] for i in form.indicators if i.spans}
        found = [s for s in form.spans if s not in names and prompt.search(case.facts.document.quote(s).strip())]
        found = [s for s in dict.fromkeys(found) if _is_prompt(case, places, s)]
        if found:
            arguments = {"count": str(len(found)), "list": listed([case.facts.document.quote(s) for s in found])}
            spans = tuple(dict.fromkeys(span for s in found for span in (*places.label(s), s)))
            yield Finding(
                "form-placeholder-left", Severity.WARNING, spans, arguments=arguments, project=project.name, highlight=tuple(found)
            )


def _is_prompt(case: Case, places: Places, span: Span) -> bool:
    """A cell to be filled in: nothing but blanks to its right, and words that ask for something, or a row of signs."""
    text = case.facts.document.quote(span)
    if any(word in text for word in case.lexicon.words("signature_words")):
        return False
    place = places.at(span)
    right = [c for c in places.row(span) if place and c.column > place[1].column and flat(c)]
    if right and "字" in text:
        return False
    asks = any(word in text for word in case.lexicon.words("prompt_verbs"))
    return asks or not any("\u4e00" <= c <= "\u9fff" for c in text[:2])


@check(
    "form-field-missing",
    zh="必填项缺失",
    en="Fields left blank",
    severity=Severity.WARNING,
    norm="自评表应填写完整",
    texts={
        "default": (
            "自评表的下列项目没有填写（未提取到内容）：{list}。",
            "These fields of the form are blank (nothing was extracted): {list}.",
        )
    },
    family="forms",
)
def form_field_missing(case: Case) -> Iterator[Finding]:
    """
    核什么：自评表印有的项目名称、主管部门、实施单位、总分等栏目是否填写。
    为什么：缺少要素的表无法归档、比对。
    怎么判：标签右侧为空的；各行都有得分而总分行没有得分的。项目名称、总分缺失给出警告，其余提示；整表未填的模板不查；表样没有印的栏目不查。
    依据：自评表应填写完整。
    例：“项目名称”右侧空白，警告。
    已知误报：表格转换中丢失了内容。
    """
    places = places_of(case)
    for project, form in forms(case):
        if is_filled(case, form):
            blank = {role: cell for table in places.of_form(form) for role, cell in _blank_fields(case, table, form)}
            total = _unscored_total(case, places, form)
            if total is not None:
                blank["total"] = total
            if blank:
                severity = Severity.WARNING if blank.keys() & {"project", "total"} else Severity.INFO
                marks = tuple(cell.span for cell in blank.values())
                arguments = {"list": listed([flat(cell).rstrip("：:") for cell in blank.values()])}
                yield Finding("form-field-missing", severity, marks, arguments=arguments, project=project.name, highlight=marks)


def _blank_fields(case: Case, table: Table, form: Form) -> Iterator[tuple[str, Cell]]:
    """Labels of the form with a blank cell to their right."""
    own = {span.paragraph for span in form.spans}
    labels = case.lexicon.groups("form_field")
    bare = without(case.lexicon, "forms.header_noise")
    for cell in table.cells:
        right = cell.column + cell.column_span
        if not cell.paragraphs or cell.paragraphs[0].index not in own or right >= table.columns:
            continue
        label = bare(flat(cell))
        role = next((role for role in FIELDS if label in labels[role]), None)
        beside = table.grid[cell.row][right]
        if role and beside is not None and not flat(beside) and not _is_answered(case, table, cell):
            yield role, cell


def _is_answered(case: Case, table: Table, label: Cell) -> bool:
    """Do words that are no label follow in the row, beyond the blank place beside a label?"""
    beyond = table.grid[label.row][label.column + label.column_span :]
    answer = next((flat(other) for other in beyond if other is not None and flat(other)), None)
    bare = without(case.lexicon, "forms.header_noise")(answer or "")
    return answer is not None and not any(bare in words for words in case.lexicon.groups("form_field").values())


def _unscored_total(case: Case, places: Places, form: Form) -> Cell | None:
    """The label of a total row without a score, beneath rows that have theirs."""
    if form.total_score is not None or sum(1 for i in rows(case, form) if i.score is not None) < 2:
        return None
    totals = case.lexicon.words("score_total_rows")
    own = {span.paragraph for span in form.spans}
    for table in places.of_form(form):
        for cell in table.cells:
            if cell.paragraphs and cell.paragraphs[0].index in own and flat(cell) in totals and _follows(places, form, cell):
                return cell
    return None


def _follows(places: Places, form: Form, cell: Cell) -> bool:
    """Does a row stand below all indicators?"""
    last = [place[1].row for i in form.indicators for span in i.spans[:1] if (place := places.at(span))]
    return bool(last) and cell.row > max(last)


@check(
    "form-total-row-zero",
    zh="合计行为零但分项有数",
    en="A total row of zero over parts that are not",
    severity=Severity.ERROR,
    norm="年度资金总额 = 各来源之和",
    texts={
        "default": (
            "资金总额一行为0，而分项不为0：{list}。请核对总额、执行率和得分。",
            "The total of the funds is 0, its parts are not: {list}. Please check total, rate and score.",
        )
    },
    family="forms",
)
def form_total_row_zero(case: Case) -> Iterator[Finding]:
    """
    核什么：资金总额一行为零，而“其中”各行有数。
    为什么：总额漏填会使执行率、执行得分随之为零。
    怎么判：同一栏总额印为0而有分项大于0的，每表报错一次，合并各栏。
    依据：年度资金总额等于各来源之和。
    例：年度资金总额0、0、0，其中本年财政拨款90、89.974万元，报错。
    已知误报：无。
    """
    places = places_of(case)
    for project in case.facts.projects:
        own = [f for f in project.facts if f.origin is Origin.FORM]
        zeros = [f for f in own if f.source is None and not f.quantity.value and _parts(own, f.measure)]
        whole = [f for f in own if f.source is None and f.quantity.value]
        zeros = [f for f in zeros if all(f.measure is not other.measure for other in whole)]
        if zeros:
            parts = [part for zero in zeros for part in _parts(own, zero.measure)]
            marks = tuple(dict.fromkeys(f.spans[0] for f in zeros))
            spans = (*places.label(marks[0]), *marks, *(s for p in parts for s in (*places.label(p.spans[0]), p.spans[0])))
            arguments = {"list": "、".join(dict.fromkeys(f"{p.source}{p.quantity.written}" for p in parts))}
            unique = tuple(dict.fromkeys(spans))
            yield Finding(
                "form-total-row-zero", Severity.ERROR, unique, arguments=arguments, project=project.name, stated="0", highlight=marks
            )


def _parts(facts: list[Fact], measure: Measure) -> list[Fact]:
    return [f for f in facts if f.measure is measure and f.source and f.quantity.value]


@check(
    "form-year-missing",
    zh="缺年度",
    en="A form without a year",
    severity=Severity.INFO,
    norm="自评表应注明年度",
    texts={
        "default": (
            "自评表没有注明年度。",
            "The form names no year.",
        )
    },
    family="forms",
)
def form_year_missing(case: Case) -> Iterator[Finding]:
    """
    核什么：只有自评表的文件，标题或表头是否注明年度。
    为什么：不知年度的表无法与预算、上年比对。
    怎么判：全文没有读出报告年度的，提示一次；有正文的报告由metadata-missing提示。
    依据：自评表表样。
    例：“项目支出绩效自评表”之下没有“（2022年度）”，提示。
    已知误报：年度写在另册的封面上。
    """
    own = next((form for _, form in forms(case) if form.spans), None)
    if own is not None and case.facts.year is None and not case.facts.sections:
        title = next((p for p in everything(case.facts.document)), None)
        span = Span(title.index, 0, len(title.text)) if title else own.spans[0]
        yield Finding("form-year-missing", Severity.INFO, (span,))
