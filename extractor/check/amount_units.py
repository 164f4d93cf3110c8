"""Checks on units of money: amounts that look as if their unit were wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from extractor.check.passages import everything
from extractor.check.rate_readings import readings
from extractor.check.registry import Case, check
from extractor.check.shown import figure, figures_of, quoted, written
from extractor.check.slipped_units import is_mended
from extractor.check.stated import whole_statements
from extractor.model.document import Paragraph, Span
from extractor.model.facts import Doubt, Fact, Indicator, Kind, Measure, Mention, Project
from extractor.model.findings import Finding, Severity
from extractor.model.quantity import HUNDRED, rounded
from extractor.model.relations import judge_unit_slip

SUSPECT = (Decimal(500), Decimal(13_000))
"""Spending over budget, in either direction, at a ratio that a slip of 10⁴ would turn into 5% to 130%."""
NEAR = 12
"""Characters between an indicator's name and the amount told of it."""
TEN_THOUSAND = Decimal(10**4)
TIMES = {2: "百倍", 3: "千倍", 4: "万倍", 8: "亿倍"}


@check(
    "amount-unit-suspect",
    zh="金额单位疑误",
    en="An amount whose unit looks wrong",
    severity=Severity.WARNING,
    norm="金额单位应与上下文一致",
    texts={
        "default": (
            "{first}与{second}相差{times}，疑为单位之误。请核对。",
            "{first} and {second} differ by a factor of 10 to the power {power}, as if a unit were wrong. Please check.",
        ),
        "between": (
            "支出{first}与预算{second}相差悬殊，疑为单位之误。请核对。",
            "{first} spent beside a budget of {second}: a unit may be wrong. Please check.",
        ),
        "indicator": (
            "“{name}”在正文为{first}，在指标中为{second}，数字相同而单位不同。请核对。",
            "“{name}” is {first} in the text and {second} among the indicators: same digits, another unit. Please check.",
        ),
    },
    family="amounts",
)
def amount_unit_suspect(case: Case) -> Iterator[Finding]:
    """
    核什么：同一金额两处相差恰为百倍、千倍、万倍、亿倍，或支出与预算相差近万倍，或正文与指标数字相同而单位不同。
    为什么：元、万元、亿元混淆会使金额差出几个数量级。
    怎么判：同一口径的两处数额之比在10的2、3、4、8次方上下1%以内；支出与预算之比约为万倍、没有相符的执行率，且单位写法不同、支出远大于预算，或差一万倍后恰与
    所写执行率相符。由此引起的执行率、合计不符，并入本条。
    只作疑点，不作金额错误。
    依据：数据一致性。
    例：正文“支出43万元”，另处“支出43元”，警告。
    已知误报：执行率极低的项目（有相符的执行率时不报）。
    """
    agreed = {id(r.project) for r in readings(case) if r.judgement is not None and r.judgement.is_consistent and not is_mended(r.numerator)}
    told: list[Finding] = []
    for project in sorted(case.facts.projects, key=lambda project: project.is_total):  # a total follows from its rows
        for measure in Measure:
            yield from _slips(project, whole_statements(case, project, measure), case)
        if id(project) not in agreed and not (project.is_total and told):  # a rate that fits speaks for the amounts
            told = [*told, *_between_measures(case, project)]
        for indicator in project.indicators:
            yield from _indicator_slips(case, project, indicator)
    yield from told


def _slips(project: Project, facts: list[Fact], case: Case) -> Iterator[Finding]:
    first = facts[0] if facts else None
    for other in facts[1:]:
        assert first is not None
        power = judge_unit_slip(first.quantity.value, other.quantity.value)
        if power:
            arguments = {"first": figure(first.quantity), "second": figure(other.quantity), "times": TIMES[power], "power": str(power)}
            yield _suspect(case, project, "default", arguments, [first, other])
            return


def _between_measures(case: Case, project: Project) -> Iterator[Finding]:
    executed, budget = project.amount(Measure.EXECUTED), project.amount(Measure.BUDGET)
    if executed is None or budget is None or not executed.quantity.value or not budget.quantity.value:
        return
    ratio = executed.quantity.value / budget.quantity.value
    off = max(ratio, 1 / ratio)
    units_differ = executed.quantity.multiplier != budget.quantity.multiplier
    is_apart = units_differ or ratio > 1 or _fits_in_ten_thousand(project, ratio)
    if SUSPECT[0] <= off <= SUSPECT[1] and is_apart:
        arguments = {"first": figure(executed.quantity), "second": figure(budget.quantity)}
        yield _suspect(case, project, "between", arguments, [executed, budget])


def _fits_in_ten_thousand(project: Project, ratio: Decimal) -> bool:
    """Does the printed rate follow where one of the amounts is taken in 元 under a header of 万元: 357000.00, 42.00 and 85%?"""
    printed = [r.quantity for r in project.rates if r.of == "executed/budget" and r.source is None]
    shares = [ratio * HUNDRED / TEN_THOUSAND, ratio * HUNDRED * TEN_THOUSAND]
    return any(rounded(share, rate.decimals) == rate.value for rate in printed for share in shares)


def _suspect(case: Case, project: Project, message: str, arguments: dict[str, str], facts: list[Fact]) -> Finding:
    return Finding(
        "amount-unit-suspect",
        Severity.WARNING,
        quoted(case.facts.document, figures_of(facts)),
        message,
        arguments,
        project=project.name,
        stated=written(facts[-1].quantity) if message == "default" else arguments["first"],
        expected=written(facts[0].quantity) if message == "default" else None,
        doubts=frozenset({Doubt.INFERRED}),
        highlight=figures_of(facts),
    )


def _indicator_slips(case: Case, project: Project, indicator: Indicator) -> Iterator[Finding]:
    actual = indicator.actual
    if actual is None or actual.quantity is None or actual.quantity.unit != "元" or len(indicator.name) < 3:
        return
    for paragraph, mention in _money_by_digits(case).get(actual.quantity.digits, ()):
        at = paragraph.text.find(indicator.name)
        span = Span(paragraph.index, mention.start, mention.end)
        if at >= 0 and span not in actual.spans and _is_slip(mention, indicator, at + len(indicator.name)):
            assert mention.quantity is not None
            arguments = {"name": indicator.name, "first": figure(mention.quantity), "second": figure(actual.quantity)}
            yield Finding(
                "amount-unit-suspect",
                Severity.WARNING,
                quoted(case.facts.document, (span, *actual.spans[:1])),
                "indicator",
                arguments,
                project=project.name,
                stated=written(mention.quantity),
                expected=written(actual.quantity),
                doubts=frozenset({Doubt.INFERRED}),
                highlight=(span, *actual.spans[:1]),
            )


def _money_by_digits(case: Case) -> Mapping[Decimal, Sequence[tuple[Paragraph, Mention]]]:
    """The amounts of the document by their digits, in reading order."""
    if "money by digits" not in case.memo:
        made: dict[Decimal, list[tuple[Paragraph, Mention]]] = defaultdict(list)
        for paragraph in everything(case.facts.document):
            for mention in case.facts.mentions.get(paragraph.index, ()):
                if mention.kind is Kind.MONEY and mention.quantity is not None:
                    made[mention.quantity.digits].append((paragraph, mention))
        case.memo["money by digits"] = dict(made)
    found: Mapping[Decimal, Sequence[tuple[Paragraph, Mention]]] = case.memo["money by digits"]
    return found


def _is_slip(mention: Mention, indicator: Indicator, after: int) -> bool:
    figures, actual = mention.quantity, indicator.actual.quantity if indicator.actual else None
    if figures is None or actual is None or not after <= mention.start <= after + NEAR:
        return False
    return judge_unit_slip(figures.value, actual.value) is not None
