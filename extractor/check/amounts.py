"""Checks on the amounts of one project: sources against the whole, one figure told twice, use by source against use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractor.check.accounts import accounts_told
from extractor.check.capitals import capitals_beside
from extractor.check.comparable import comparable, is_explained_difference, is_far
from extractor.check.fund_sums import form_fund_sums
from extractor.check.parts import bound_claim, is_of_another_sentence, is_partial, sum_claim
from extractor.check.passages import sentence
from extractor.check.rate_readings import readings
from extractor.check.registry import Case, check
from extractor.check.shown import fact_operand, figures_of, named, operand, quoted, written
from extractor.check.stated import distinct
from extractor.check.told import Yielded, without_asides
from extractor.check.verdicts import finding, judged, weight
from extractor.model.facts import SURE, Doubt, Doubts, Fact, Measure, Origin, Project, Source, Statement, StatementKind
from extractor.model.findings import Claim, Relation, Severity
from extractor.model.relations import Judgement, judge_same, judge_sum, judge_unit_slip

BUDGET, INITIAL, ARRIVED, EXECUTED = Measure.BUDGET, Measure.BUDGET_INITIAL, Measure.ARRIVED, Measure.EXECUTED
MOST_VERSIONS = 2
"""One figure told wrongly has two versions; more of them are figures of several things."""


@check(
    "amount-source-sum",
    zh="资金来源分项合计不等于总额",
    en="Sources of funds do not make the total",
    severity=Severity.ERROR,
    norm="自评表：年度资金总额 = 各来源之和",
    texts={
        "default": (
            "各资金来源（或用途）的{measure}合计与总额不符：{formula}，总额写为{stated}。请核对。",
            "The parts of the {measure_en} do not make the total: {formula}, while {stated} is stated. Please check.",
        )
    },
    family="amounts",
)
def amount_source_sum(case: Case) -> Yielded:
    """
    核什么：预算、到位、支出的各来源（或用途）分项，分别相加是否等于该项总额。
    为什么：来源与总额是恒等关系，不等必有一处有误。
    怎么判：同一口径分别相加；表中各栏（年初、全年、到位、执行各自）不等报错，分项之下再有分项的不重复计；正文中不等给出警告。
    “其中”只列一部分（合计比总额少一成以上，又未说明“由……组成”“包括”）的，只核是否超过总额。允许四舍五入尾差。
    依据：自评表“年度资金总额”与“其中”各行。
    例：资金2,263万元，其中七项相加为2,253万元，警告。
    已知误报：结转资金单列于总额之外；同一资金既按来源又按用途列示。
    """
    yield from form_fund_sums(case)
    for project in case.facts.projects:
        for measure in (BUDGET, ARRIVED, EXECUTED):
            total = project.amount(measure)
            for parts in _lists(project, measure):
                if total is not None and len(parts) > 1:
                    yield from _source_sum(case, project, total, parts)


def _lists(project: Project, measure: Measure) -> list[list[Fact]]:
    """The parts of one measure, those of one paragraph together; spending told by source in prose is another check's."""
    found: dict[tuple[Origin, int], list[Fact]] = {}
    for source in project.sources:
        part = {BUDGET: source.budget, ARRIVED: source.arrived, EXECUTED: source.executed}[measure]
        if part is None or (part.origin is Origin.FORM and project.forms):
            continue  # a form is added up column by column
        if measure is not EXECUTED or part.origin is not Origin.PROSE:
            place = part.spans[0].paragraph if part.spans and part.origin is Origin.PROSE else -1
            found.setdefault((part.origin, place), []).append(part)
    return list(found.values())


def _source_sum(case: Case, project: Project, total: Fact, parts: list[Fact]) -> Yielded:
    in_form = all(part.origin is not Origin.PROSE for part in parts)
    told = list_of(case, parts)
    if told is not None:  # the sentence's own total and its own parts
        listed = {term.span for term in told.operands}
        parts = [part for part in parts if part.spans and part.spans[0] in listed]
        total = replace(total, quantity=told.stated.quantity, spans=(told.stated.span,))
    exhaustive = in_form or (told is not None and told.exhaustive)
    quantities = [part.quantity for part in parts]
    judgement = judge_sum(quantities, total.quantity)
    spans = quoted(case.facts.document, figures_of([total, *parts]))
    operands = tuple(fact_operand(part, "part") for part in parts)
    is_open = told is not None and told.subject == "open"
    if told is not None and not judgement.is_consistent and (is_of_another_sentence(case, told) or _makes_its_total(told)):
        return
    if not judgement.is_consistent and is_partial(judgement, total.quantity, len(parts), exhaustive, is_open):
        yield bound_claim("amount-source-sum", quantities, total.quantity, spans, project.name, operands)
        return
    claim = sum_claim("amount-source-sum", judgement, quantities, total.quantity, spans, project.name, operands)
    yield claim
    if not judgement.is_consistent:
        severity = weight(judgement, Severity.ERROR if in_form else Severity.WARNING)
        facts = [total, *parts]
        yield finding(claim, severity, arguments=named(total.measure), doubts=_doubts(facts), highlight=figures_of(facts))


def _makes_its_total(told: Statement) -> bool:
    """中央3,120万元，省级860万元，共计3,980万元: do the parts that a sentence lists, whether known as sources or not, make its total?"""
    return judge_sum([term.quantity for term in told.operands], told.stated.quantity).is_consistent


def list_of(case: Case, parts: list[Fact]) -> Statement | None:
    """The sentence's own breakdown that lists these parts."""
    places = {span for part in parts for span in part.spans[:1]}
    for statement in case.facts.statements:
        if statement.kind is StatementKind.BREAKDOWN and places & {term.span for term in statement.operands}:
            return without_asides(case, statement)
    return None


def _doubts(facts: list[Fact]) -> Doubts:
    return SURE.union(*(fact.doubts for fact in facts))


@check(
    "amount-conflicting-mentions",
    zh="同一金额前后不一致",
    en="One amount is given differently in two places",
    severity=Severity.ERROR,
    norm="同一报告数据应前后一致",
    texts={
        "default": (
            "{measure}前后不一致：{mentions}。请核对哪一处正确。",
            "The {measure_en} is given differently: {mentions}. Please ask which is right.",
        ),
        "source": (
            "“{source}”的{measure}前后不一致：{mentions}。请核对哪一处正确。",
            "The {measure_en} of “{source}” is given differently: {mentions}. Please ask which is right.",
        ),
        "account": (
            "“{source}”在正文与表格中不一致：{mentions}。请核对哪一处正确。",
            "“{source}” differs between the text and the table: {mentions}. Please ask which is right.",
        ),
        "capitals": (
            "金额的小写与大写不一致：{mentions}。请核对哪一处正确。",
            "An amount in figures and the same in capitals differ: {mentions}. Please ask which is right.",
        ),
    },
    family="amounts",
)
def amount_conflicting_mentions(case: Case) -> Yielded:
    """
    核什么：同一项目的年初预算、全年预算、到位、支出（以及同一来源的各数）在正文、表格各处是否一致。
    为什么：同一个数出现两个值，至少有一处有误，并可能影响执行率。
    怎么判：按较粗的位数比较，79.6万元与79.63万元视为一致；年中数、累计数、上年数不与全年数比较；几处之和等于另一处的视为分项。
    两位小数仅末位差一的，视为誊写误差，不报；有三个及以上不同数的视为各分项的数，不报。相差恰为百倍、千倍、万倍的，由amount-unit-suspect报告。
    依据：数据一致性。
    收支表中只有一个数的项目（收入总计、年末结转和结余等），与正文中同名的数比较。
    两处都在正文的，可能一处说的是部分、另一账户或另一时间，为警告；正文与表格不一的为错误。相差四倍以上的不视为同一数。
    例：正文“实际到位309.15万元”，表中合计309.20万元，报错。
    已知误报：正文所述为项目的一部分，而未写明。
    """
    yield from capitals_beside(case)
    yield from accounts_told(case)
    for project in case.facts.projects:
        for measure in (INITIAL, BUDGET, ARRIVED, EXECUTED):
            stated = comparable(case, project, measure)
            if len(stated) > 1 and len(distinct(stated)) <= MOST_VERSIONS:
                yield from _compared(case, project, stated, None)
        for source in project.sources:
            for measure in (BUDGET, ARRIVED, EXECUTED):
                told = [f for f in project.facts if _is_of(f, source, measure) and f.year in (None, case.facts.year)]
                for stated in _by_extent(case, told):
                    yield from _compared(case, project, stated, source)


def _by_extent(case: Case, told: list[Fact]) -> list[list[Fact]]:
    """A source's part of the whole investment, and its amounts of the year: 总投资3860万元，其中中央2000万元 … 本年下达中央800万元."""
    words = case.lexicon.words("whole_investments")
    of_whole = [f for f in told if any(word in _sentence_of(case, f) for word in words)]
    return [own for own in (of_whole, [f for f in told if f not in of_whole]) if len(own) > 1]


def _sentence_of(case: Case, fact: Fact) -> str:
    paragraph = case.facts.document.paragraphs.get(fact.spans[0].paragraph) if fact.spans and fact.origin is Origin.PROSE else None
    return case.facts.document.quote(sentence(paragraph, fact.spans[0].start, fact.spans[0].end)) if paragraph else ""


def _is_of(fact: Fact, source: Source, measure: Measure) -> bool:
    """Labels that share their beginning are one source: 区级, 区级预算资金."""
    if fact.measure is not measure or not fact.source:
        return False
    return fact.source.startswith(source.label) or source.label.startswith(fact.source)


def _compared(case: Case, project: Project, stated: list[Fact], source: Source | None) -> Yielded:
    first, others = stated[0], [f for f in stated[1:] if not is_explained_difference(case, project, stated[0], f)]
    pairs = [(judge_same(operand(first), operand(other)), other) for other in others]
    pairs = [(j, o) for j, o in pairs if j.is_consistent or judge_unit_slip(first.quantity.value, o.quantity.value) is None]
    pairs = [(j, o) for j, o in pairs if j.is_consistent or not is_far(first.quantity, o.quantity)]
    if not pairs:
        return
    worst, other = max(pairs, key=lambda pair: not pair[0].is_consistent)
    claim = _same_claim(case, project, worst, first, other, [o for _, o in pairs])
    yield claim
    if worst.is_consistent:
        return
    told = [first, *(o for j, o in pairs if not j.is_consistent)]
    mentions = "、".join(dict.fromkeys(written(fact.quantity) for fact in told))
    arguments = {**named(first.measure), "mentions": mentions, "source": source.label if source else ""}
    doubts = first.doubts | other.doubts | _weakly_named(case, told)
    if first.origin is other.origin is Origin.PROSE:
        doubts |= {Doubt.TWO_CANDIDATES}  # one of two sentences may speak of a part, of another account or of another time
    message = "source" if source else "default"
    marks = figures_of(told)
    yield finding(claim, weight(worst, Severity.ERROR), message, arguments, doubts, marks, quoted(case.facts.document, marks))


def _same_claim(case: Case, project: Project, judgement: Judgement, first: Fact, other: Fact, others: list[Fact]) -> Claim:
    spans = quoted(case.facts.document, figures_of([first, *others]))
    expected = written(first.quantity)
    operands = [fact_operand(fact) for fact in (first, *others)]
    return judged(
        Relation.SAME,
        "amount-conflicting-mentions",
        judgement,
        written(other.quantity),
        spans,
        project.name,
        expected,
        operands=operands,
    )


def _weakly_named(case: Case, facts: list[Fact]) -> Doubts:
    """资金 or 经费 alone may speak of less, or more, than the budget."""
    weak = case.lexicon.groups("measure").get("budget_weak", ())
    is_weak = any(f.origin is Origin.PROSE and f.label in weak for f in facts)
    return frozenset({Doubt.BASE_UNCERTAIN}) if is_weak else SURE


@check(
    "amount-source-usage-contradiction",
    zh="分来源使用额与使用率、总支出矛盾",
    en="Use by source contradicts the rates of use or the total spent",
    severity=Severity.ERROR,
    norm="各来源支出之和 = 总支出；来源使用率 = 该来源支出 ÷ 该来源预算",
    texts={
        "default": (
            "各来源使用额合计{expected}（{formula}），而项目实际支出写为{stated}{rates}。使用额、使用率与总支出不能同时成立，"
            "“使用”之后写的可能是预算额。请核对。",
            "Use by source adds up to {expected} ({formula}), while {stated} is given as spent{rates}. Both cannot hold; the amounts "
            "after “使用” may be the budget. Please check.",
        )
    },
    family="amounts",
)
def amount_source_usage_contradiction(case: Case) -> Yielded:
    """
    核什么：正文分来源写出的使用额，与该来源的使用率、与项目总支出是否相互矛盾。
    为什么：使用额等于预算额而使用率只有八成，两者必有一误；各来源使用额之和应等于总支出。
    怎么判：各来源使用额相加与总支出比较；同时核对每个来源 使用额÷预算额 是否等于所写使用率。两类矛盾合并为一条，引用全部有关语句。
    依据：算术。
    例：区级340万元、市级200万元均写“使用率80%”，合计使用540万元，而项目实际支出430万元，报错。
    已知误报：“使用”之后写的是预算安排数（会在提示中说明）。
    """
    for project in case.facts.projects:
        executed = project.amount(EXECUTED)
        used = [s.executed for s in project.sources if s.executed is not None and s.executed.origin is Origin.PROSE]
        if executed is None or len(used) < 2 or executed.source is not None:
            continue
        yield from _usage(case, project, executed, used)


def _usage(case: Case, project: Project, executed: Fact, used: list[Fact]) -> Yielded:
    quantities = [fact.quantity for fact in used]
    judgement = judge_sum(quantities, executed.quantity)
    budgets = [source.budget.quantity for source in project.sources if source.budget is not None and source.executed is not None]
    whole = project.amount(BUDGET)
    all_named = len(budgets) > 1 and whole is not None and judge_sum(budgets, whole.quantity).is_consistent
    document, operands = case.facts.document, tuple(fact_operand(fact, "part") for fact in used)
    spans = quoted(document, figures_of([*used, executed]))
    name = "amount-source-usage-contradiction"
    if not judgement.is_consistent and is_partial(judgement, executed.quantity, len(used), exhaustive=all_named):
        yield bound_claim(name, quantities, executed.quantity, spans, project.name, operands)
        return
    claim = sum_claim(name, judgement, quantities, executed.quantity, spans, project.name, operands)
    yield claim
    if not judgement.is_consistent:
        wrong = list(_wrong_rates(case, project))
        rates = f"，{'、'.join(wrong)}" if wrong else ""
        facts = [*used, executed]
        severity = weight(judgement, Severity.ERROR)
        yield finding(claim, severity, arguments={"rates": rates}, doubts=_doubts(facts), highlight=figures_of(facts))


def _wrong_rates(case: Case, project: Project) -> Iterator[str]:
    """区级使用率80%（应为100%）"""
    for reading in readings(case):
        if reading.project is project and reading.rate.of == "source" and reading.is_inconsistent:
            yield f"{reading.rate.source}{reading.rate.label}写为{written(reading.rate.quantity)}（按所列数额为{reading.expected}）"
