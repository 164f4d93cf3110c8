"""Indicators against their targets, and the words they are told in."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.check import indicator_wording, indicators, proportions
from extractor.model.facts import Indicator, Operator, Value
from extractor.model.findings import Severity, Verdict
from tests.check.facts_builder import Told, of_check

E, W, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
TEXT = "送戏下乡目标{target}，实际{actual}。"


def held(target: str, actual: str, unit: str, operator: Operator | None = None, after: str = "") -> tuple[Told, Indicator]:
    text = TEXT.format(target=target, actual=actual).rstrip("。") + after + "。"
    told = Told(text)
    aim = told.value(f"目标{target}", target, unit, operator)
    reached = told.value(f"实际{actual}", actual, unit)
    return told, Indicator("送戏下乡", level2="数量指标", target=aim, actual=reached, spans=(told.span(text),))


@pytest.mark.parametrize(
    ("target", "actual", "unit", "operator", "after", "flagged"),
    [
        ("100场", "131场", "场", None, "", True),
        ("100场", "130场", "场", None, "", False),
        ("100场", "131场", "场", None, "，因新增两个乡镇", False),
        ("1场", "3场", "场", None, "", False),  # two more are nothing
        ("3%", "1%", "%", Operator.AT_MOST, "", False),
        ("3%", "5%", "%", Operator.AT_MOST, "", False),
        ("50%", "95%", "%", Operator.AT_LEAST, "", True),
    ],
)
def test_far_beyond_the_target(target: str, actual: str, unit: str, operator: Operator | None, after: str, flagged: bool) -> None:
    told, indicator = held(target, actual, unit, operator, after)
    _, findings = of_check(indicators.indicator_over_achievement_unexplained, told.facts(told.project(indicators=[indicator])))
    assert [f.severity for f in findings] == ([W] if flagged else [])


def completed(told: Told, name: str, stated: str) -> Indicator:
    passage = f"{name}完成目标的{stated}"
    return Indicator(name, level2="质量指标", completion=told.value(passage, stated, "%"), spans=(told.span(passage),))


def test_what_is_beyond_is_told_in_one_finding() -> None:
    told = Told("招聘会完成目标的200%；培训完成目标的123%；帮扶完成目标的150%。")
    own = [completed(told, "招聘会", "200%"), completed(told, "培训", "123%"), completed(told, "帮扶", "150%")]
    _, findings = of_check(indicators.indicator_over_achievement_unexplained, told.facts(told.project(indicators=own)))
    assert [told.document.quote(s) for f in findings for s in f.highlight] == ["200%", "150%"]


@pytest.mark.parametrize(
    ("target", "actual", "operator", "after", "severities"),
    [
        ("95%", "91%", Operator.AT_LEAST, "达到目标要求", [E]),
        ("95%", "91%", None, "达到目标要求", [W]),
        ("95%", "91%", Operator.AT_LEAST, "未达到目标要求", []),
        ("95%", "96%", Operator.AT_LEAST, "达到目标要求", []),
        ("95%", "95%", Operator.AT_LEAST, "达到目标要求", []),
        ("3.5%", "1.04%", Operator.AT_MOST, "达到目标要求", []),
        ("3.5%", "4.04%", Operator.AT_MOST, "达到目标要求", [E]),
    ],
)
def test_said_to_be_met(target: str, actual: str, operator: Operator | None, after: str, severities: list[Severity]) -> None:
    told, indicator = held(target, actual, "%", operator, after)
    _, findings = of_check(indicators.indicator_direction_violated, told.facts(told.project(indicators=[indicator])))
    assert [f.severity for f in findings] == severities


@pytest.mark.parametrize(
    ("claim", "stated", "severities"),
    [
        ("超额完成各项指标", "100%", [INFO]),
        ("超额完成各项指标", "101%", []),
        ("超额完成各项指标", "82%", [W]),
        ("各项指标均已完成", "100%", []),
        ("各项指标均已完成", "82%", [W]),
        ("各项指标基本完成", "82%", []),
    ],
)
def test_all_said_to_be_done(claim: str, stated: str, severities: list[Severity]) -> None:
    told = Told(f"{claim}；招聘会完成目标的{stated}。")
    own = [completed(told, "招聘会", stated)]
    _, findings = of_check(indicators.claim_overstated, told.facts(told.project(indicators=own)))
    assert [f.severity for f in findings] == severities


@pytest.mark.parametrize(
    ("stated", "verdict"), [("84%", Verdict.CONSISTENT), ("84.00%", Verdict.CONSISTENT), ("86%", Verdict.INCONSISTENT)]
)
def test_completion_follows_from_target_and_actual(stated: str, verdict: Verdict) -> None:
    told = Told(f"协管员目标100人，实际84人，完成率{stated}。")
    indicator = Indicator(
        "协管员",
        target=told.value("目标100人", "100人", "人"),
        actual=told.value("实际84人", "84人", "人"),
        completion=told.value(f"完成率{stated}", stated, "%"),
    )
    claims, findings = of_check(proportions.rate_indicator_recompute, told.facts(told.project(indicators=[indicator])))
    assert [(c.verdict, c.formula) for c in claims] == [(verdict, "84人 ÷ 100人 = 84%")]
    assert len(findings) == (verdict is Verdict.INCONSISTENT)


def test_a_completion_without_its_figures_is_not_checkable() -> None:
    told = Told("招聘会完成目标的120%。")
    claims, _ = of_check(proportions.rate_indicator_recompute, told.facts(told.project(indicators=[completed(told, "招聘会", "120%")])))
    assert [(c.verdict, c.reason) for c in claims] == [(Verdict.NOT_CHECKABLE, "no_target")]


@pytest.mark.parametrize(
    ("text", "level", "vague"),
    [
        ("全年", "时效指标", True),
        ("及时有效", "时效指标", True),
        ("2022年11月底前", "时效指标", False),
        ("按月足额拨付到户", "时效指标", False),
        ("全年", "可持续影响指标", False),
    ],
)
def test_values_that_no_one_can_assess(text: str, level: str, vague: bool) -> None:
    told = Told(f"{level}：{text}。")
    span = told.span(text)
    indicator = Indicator("", level2=level, actual=Value(text, (span,)), spans=(span,))
    _, findings = of_check(indicator_wording.indicator_not_measurable, told.facts(told.project(indicators=[indicator])))
    assert bool(findings) is vague


def test_over_achievement_has_a_setting() -> None:
    told = Told("招聘会完成目标的140%。")
    facts = told.facts(told.project(indicators=[completed(told, "招聘会", "140%")]))
    _, strict = of_check(indicators.indicator_over_achievement_unexplained, facts)
    _, lenient = of_check(indicators.indicator_over_achievement_unexplained, facts, over_achievement=Decimal(150))
    assert (len(strict), len(lenient)) == (1, 0)
