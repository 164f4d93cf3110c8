"""Checks on what is left and what was added: balances and adjustments of the budget."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.check.form_tables import flat, places_of
from extractor.check.reasons import passages_of, text_of
from extractor.check.registry import Case, check
from extractor.check.shown import fact_operand, figure, figures_of, like, quoted, written
from extractor.check.stated import distinct, in_one_sentence, is_of_several_years, whole_statements, words_around
from extractor.check.told import Yielded
from extractor.check.verdicts import finding, judged, unchecked, weight
from extractor.model.facts import SURE, Doubt, Fact, Kind, Measure, Mention, Origin, Project
from extractor.model.findings import Relation, Severity
from extractor.model.relations import Judgement, judge_difference, judge_sum

BUDGET, INITIAL, ARRIVED, EXECUTED = Measure.BUDGET, Measure.BUDGET_INITIAL, Measure.ARRIVED, Measure.EXECUTED


@check(
    "amount-balance-identity",
    zh="结余勾稽不符",
    en="The balance does not follow from the amounts",
    severity=Severity.ERROR,
    norm="结余 = 可用资金 − 支出",
    texts={
        "default": (
            "结余（未支付）写为{stated}，按{formula}重新计算，两者不符。请核对。",
            "{stated} is given as left; recomputed, {formula}. Please check.",
        )
    },
    family="amounts",
)
def amount_balance_identity(case: Case) -> Yielded:
    """
    核什么：预算（或到位）数减支出数，是否等于所写的结余、结转、未支付数。
    为什么：结余勾稽不上，说明三个数中至少有一个有误。
    怎么判：依次以全年预算、到位、年初预算减支出，任何一种与结余相符即认可；多个结余数可以相加。三数不在同一段的，只给警告；报告提到
    收回、上缴、核减而差额可由其解释的，以及剩余数恰为预算减到位数（指标未下达）的，不判断。
    依据：算术。
    例：安排780万元、支出457.37万元、结余332.63万元，应为322.63万元，报错。
    已知误报：结余中含上年结转。
    """
    for project in case.facts.projects:
        executed = project.amount(EXECUTED)
        left = distinct(whole_statements(case, project, Measure.BALANCE))
        wholes = [f for f in (project.amount(m) for m in (BUDGET, ARRIVED, INITIAL)) if f is not None]
        alone = [f for f in left if not any(f is not other and in_one_sentence(case, f, other) for other in left)]
        for balance in alone if len(left) > 1 else ():
            spent, given = (_beside(case, project, balance, *measures) for measures in ((EXECUTED,), (BUDGET, ARRIVED, INITIAL)))
            if len(spent) == 1 and given:
                left = [f for f in left if f is not balance]
                yield from _balance(case, project, spent[0], [balance], given)
        left = [f for f in left if not _is_unarrived(project, f)]
        if executed is not None and left and wholes:
            yield from _balance(case, project, executed, left, wholes)


def _is_unarrived(project: Project, balance: Fact) -> bool:
    """Is what is left the budget that never arrived, and not what was left of it: 预算238.5万元仅到位200万元，剩余38.5万元指标收回?"""
    arrived, budgets = project.amount(ARRIVED), [f for f in (project.amount(BUDGET), project.amount(INITIAL)) if f is not None]
    if arrived is None or balance.origin is not Origin.PROSE or not balance.quantity.value:
        return False
    return any(judge_difference(b.quantity, [arrived.quantity], balance.quantity).is_consistent for b in budgets)


def _beside(case: Case, project: Project, balance: Fact, *measures: Measure) -> list[Fact]:
    """What the balance's own sentence gives of some measures."""
    return [f for m in measures for f in distinct([w for w in whole_statements(case, project, m) if in_one_sentence(case, w, balance)])]


def _balance(case: Case, project: Project, executed: Fact, left: list[Fact], wholes: list[Fact]) -> Yielded:
    name = "amount-balance-identity"
    tried = [(_left_of(case, project, w, executed, f), w, f) for w in wholes for f in left]
    judgement, whole, balance = min(tried, key=lambda entry: (not entry[0].is_consistent, entry[0].expected < 0))
    facts = [balance, executed, whole]
    spans, stated = quoted(case.facts.document, figures_of(facts)), written(balance.quantity)
    if not judgement.is_consistent:
        added = judge_sum([executed.quantity, *(f.quantity for f in left)], whole.quantity)
        below = executed.quantity.value + balance.quantity.value < whole.quantity.value
        returned = below and not _in_one_row(balance, executed, whole) and _is_returned_beside(case, project, balance, [executed, whole])
        reason = "two_candidates" if len(left) > 1 else "returned" if returned else None
        reason = reason or _no_balance_of_these(case, project, balance, executed, wholes)
        if not below and any(word in text_of(case, project) for word in case.lexicon.groups("measure")["carried_in"]):
            reason = reason or "carried_in"
        if len(left) > 1 and added.is_consistent:
            judgement = Judgement(added.outcome, judgement.expected, added.allowance)
        elif reason:
            yield unchecked(Relation.SUM, name, stated, spans, reason, project.name)
            return
    expected = like(judgement.expected, balance.quantity)
    formula = f"{figure(whole.quantity)} − {figure(executed.quantity)} = {expected}"
    operands = [fact_operand(fact) for fact in facts]
    claim = judged(Relation.SUM, name, judgement, stated, spans, project.name, expected, formula, operands)
    yield claim
    if not judgement.is_consistent:
        doubts = SURE.union(*(fact.doubts for fact in facts))
        if not in_one_sentence(case, balance, executed) and not _same_paragraph(balance, executed):
            doubts |= {Doubt.BASE_UNCERTAIN}
        yield finding(claim, weight(judgement, Severity.ERROR), doubts=doubts, highlight=balance.spans[:1])


def _left_of(case: Case, project: Project, whole: Fact, executed: Fact, balance: Fact) -> Judgement:
    """Is the balance what was spent leaves of the whole? A budget of its own sentence is rounded only if told more finely elsewhere."""
    told = [f.quantity for f in whole_statements(case, project, whole.measure)]
    is_one = whole.measure in (BUDGET, INITIAL) and all(other.value == whole.quantity.value for other in told)
    is_full = is_one and all(f.origin is Origin.PROSE and in_one_sentence(case, f, balance) for f in (whole, executed))
    return judge_difference(whole.quantity, [executed.quantity], balance.quantity, is_told_in_full=is_full)


def _no_balance_of_these(case: Case, project: Project, balance: Fact, executed: Fact, wholes: list[Fact]) -> str | None:
    """Why what is written as left is not what these amounts leave: a part taken back, another account's, of several years."""
    if _is_left_of_another(case, balance, executed) or any(_is_told_apart(case, balance, executed, whole) for whole in wholes):
        return "two_candidates"
    below = all(balance.quantity.value < abs(w.quantity.value - executed.quantity.value) for w in wholes)
    if below and _is_left_of_a_part(case, project, balance, executed):
        return "two_candidates"
    initial = project.amount(INITIAL)
    if initial is not None and any(initial.quantity.value - balance.quantity.value == w.quantity.value for w in wholes):
        return "returned"  # 年初预算450万元，年中收回60万元，调整后预算390万元
    if below and balance.label in case.lexicon.words("taken_back"):
        return "returned"
    if all(balance.quantity.value > w.quantity.value for w in wholes) or is_of_several_years(case, project, wholes[0]):
        return "two_candidates"
    return None


def _is_left_of_another(case: Case, balance: Fact, executed: Fact) -> bool:
    """Is it what was spent leaves of another amount of its paragraph: 审定金额91.37万元，支付88.6万元，剩余2.77万元质保金?"""
    return any(amount - executed.quantity.value == balance.quantity.value for amount in _amounts_beside(case, balance))


def _is_told_apart(case: Case, balance: Fact, executed: Fact, whole: Fact) -> bool:
    """Is the rest of what is left told beside it: 结余2.6万元，另有质保金0.6万元?"""
    gap = whole.quantity.value - executed.quantity.value - balance.quantity.value
    return gap > 0 and (gap in _amounts_beside(case, balance) or _says_more_is_left(case, balance))


def _says_more_is_left(case: Case, balance: Fact) -> bool:
    """结余12万元由财政收回，其余结转下年: the balance is a part of what is left, the rest has no figure."""
    paragraph = case.facts.document.paragraphs.get(balance.spans[0].paragraph) if balance.origin is Origin.PROSE else None
    more = case.lexicon.pattern("checks.more_is_left")
    return paragraph is not None and more.match(paragraph.text, balance.spans[0].end) is not None


def _amounts_beside(case: Case, balance: Fact) -> tuple[Decimal, ...]:
    """The amounts that the paragraph of a balance tells."""
    told = case.facts.mentions.get(balance.spans[0].paragraph, ()) if balance.origin is Origin.PROSE else ()
    return tuple(m.quantity.value for m in told if m.kind is Kind.MONEY and m.quantity)


def _is_left_of_a_part(case: Case, project: Project, balance: Fact, executed: Fact) -> bool:
    """Is it what two other amounts of the report leave, those of one part: 东县分得1600万元，支付1515.2万元；东县剩余84.8万元?"""
    if balance.origin is not Origin.PROSE or in_one_sentence(case, balance, executed):
        return False
    told = {m.quantity.value for m in _money_of(case, project) if m.quantity} - {executed.quantity.value}
    return any(value + balance.quantity.value in told for value in told - {balance.quantity.value})


def _money_of(case: Case, project: Project) -> Iterator[Mention]:
    for paragraph, start, end in passages_of(case, project):
        found = case.facts.mentions.get(paragraph.index, ())
        yield from (m for m in found if m.kind is Kind.MONEY and m.quantity and start <= m.start < end)


def _in_one_row(*facts: Fact) -> bool:
    """Columns of a table beside each other leave nothing out."""
    return all(fact.origin is Origin.TABLE for fact in facts)


def _is_returned_beside(case: Case, project: Project, balance: Fact, others: list[Fact]) -> bool:
    """Does the report speak of money given back, other than of the balance itself (剩余7.68万元已由财政收回)?

    Where one sentence tells all the amounts, only its paragraph counts.
    """
    together = all(in_one_sentence(case, balance, other) for other in others)
    paragraph = case.facts.document.paragraphs.get(balance.spans[0].paragraph) if together else None
    text = (paragraph.text if paragraph else text_of(case, project)).replace(words_around(case, balance), "")
    return case.lexicon.pattern("checks.returned").search(text) is not None


def _same_paragraph(first: Fact, second: Fact) -> bool:
    return bool(first.spans and second.spans) and first.spans[0].paragraph == second.spans[0].paragraph


@check(
    "amount-adjustment-identity",
    zh="预算调整勾稽不符",
    en="The adjusted budget does not follow from the adjustment",
    severity=Severity.WARNING,
    norm="年初预算 + 调整 = 全年预算",
    texts={
        "default": (
            "调整后预算写为{stated}，按{formula}重新计算，两者不符。请核对。",
            "The adjusted budget is given as {stated}; recomputed, {formula}. Please check.",
        )
    },
    family="amounts",
)
def amount_adjustment_identity(case: Case) -> Yielded:
    """
    核什么：年初预算加追加（减调减），是否等于调整后（全年）预算。
    为什么：调整数对不上，执行率的基数就不可靠。
    怎么判：写明年初、调整、全年三个数的才核；只有一笔调整的逐笔核对，多笔的相加核对；多笔调整与全年预算不在
    同一句、可能未列全的不判断。
    依据：算术。
    例：年初238.93万元、追加12.96万元，全年写251.98万元，应为251.89万元，警告。
    已知误报：另有未写出的调剂。
    """
    for project in case.facts.projects:
        initial, budget = project.amount(INITIAL), project.amount(BUDGET)
        changes = distinct(whole_statements(case, project, Measure.ADJUSTMENT))
        if initial is None or budget is None or not changes or initial.quantity.value == budget.quantity.value:
            continue
        yield from _adjustment(case, project, initial, budget, changes)


def _adjustment(case: Case, project: Project, initial: Fact, budget: Fact, changes: list[Fact]) -> Yielded:
    name = "amount-adjustment-identity"
    choices = [[change] for change in changes] + ([changes] if len(changes) > 1 else [])
    tried = [(judge_sum([initial.quantity, *(f.quantity for f in chosen)], budget.quantity), chosen) for chosen in choices]
    judgement, chosen = next((entry for entry in tried if entry[0].is_consistent), tried[-1])
    facts = [budget, initial, *chosen]
    spans, stated = quoted(case.facts.document, figures_of(facts)), written(budget.quantity)
    all_told = all(in_one_sentence(case, fact, budget) for fact in (initial, *changes))
    if not judgement.is_consistent and _is_met_with(case, initial, budget, changes):
        yield unchecked(Relation.SUM, name, stated, spans, "returned", project.name)
        return
    if not judgement.is_consistent and len(changes) > 1 and not all_told:
        yield unchecked(Relation.SUM, name, stated, spans, "two_candidates", project.name)
        return
    expected = like(judgement.expected, budget.quantity)
    formula = figure(initial.quantity) + "".join(_signed(fact) for fact in chosen) + f" = {expected}"
    operands = [fact_operand(fact) for fact in facts]
    claim = judged(Relation.SUM, name, judgement, stated, spans, project.name, expected, formula, operands)
    yield claim
    if not judgement.is_consistent:
        doubts = SURE.union(*(fact.doubts for fact in facts))
        yield finding(claim, weight(judgement, Severity.WARNING), doubts=doubts, highlight=budget.spans[:1])


def _is_met_with(case: Case, initial: Fact, budget: Fact, changes: list[Fact]) -> bool:
    """Do the changes make the budget together with other money of their paragraph: 追加96.52万元，收回结余34.18万元?"""
    if budget.origin is not Origin.PROSE:
        return _is_met_in_its_row(case, initial, budget, changes)
    told = case.facts.mentions.get(budget.spans[0].paragraph, ())
    used = {f.quantity.value for f in (initial, budget)} | {abs(f.quantity.value) for f in changes}
    others = [m.quantity.value for m in told if m.kind is Kind.MONEY and m.quantity and m.quantity.value not in used]
    gap = budget.quantity.value - initial.quantity.value - sum((f.quantity.value for f in changes), Decimal(0))
    return any(abs(gap) == other for other in others)


def _is_met_in_its_row(case: Case, initial: Fact, budget: Fact, changes: list[Fact]) -> bool:
    """年初预算 280 | 上年结转 22.45 | 年中追加 10 | 全年预算 312.45: does another column of the row make up the difference?"""
    number = case.lexicon.pattern("tables.number")
    found = (number.match(flat(cell)) for cell in places_of(case).row(budget.spans[0]))
    figures = {Decimal(m["number"].replace(",", "").replace("，", "").replace("－", "-")) for m in found if m}
    gap = budget.quantity.value - initial.quantity.value - sum((f.quantity.value for f in changes), Decimal(0))
    others = figures - {f.quantity.digits for f in (initial, budget, *changes)}
    return any(abs(other) * budget.quantity.multiplier == abs(gap) for other in others)


def _signed(fact: Fact) -> str:
    shown = figure(fact.quantity)
    return f" − {shown.removeprefix('-')}" if fact.quantity.value < Decimal(0) else f" + {shown}"
