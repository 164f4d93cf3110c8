"""Forms that are right, in several layouts and precisions, stay silent; one figure made wrong is found at its place."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pytest

from extractor.check.run import run
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.model.findings import Finding, Severity
from extractor.model.quantity import plain, rounded
from extractor.understand import understand
from tests.check.pages import document

FAMILIES = frozenset({"amounts", "forms", "grades", "indicators", "rates", "scores"})
HONEST = 200
NAMES = {
    "产出指标": (
        ("数量指标", "清淤沟渠长度", "公里", "≥"),
        ("质量指标", "工程验收合格率", "%", "≥"),
        ("成本指标", "每公里清淤费用", "元", "≤"),
    ),
    "效益指标": (("社会效益指标", "保护农田面积", "亩", "≥"), ("生态效益指标", "汛期内涝起数", "起", "≤")),
    "满意度指标": (("服务对象满意度指标", "受益农户满意度", "%", "≥"),),
}
SHARES = ((50, 30, 10), (40, 40, 10), (60, 20, 10))


@dataclass(frozen=True)
class Row:
    """One indicator as printed."""

    level1: str
    level2: str
    name: str
    target: str
    actual: str
    weight: str
    score: str
    reason: str


@dataclass(frozen=True)
class Printed:
    """A form as printed."""

    budget: str
    executed: str
    parts: tuple[tuple[str, str], tuple[str, str]]
    rate: str
    weight: str
    score: str
    rows: tuple[Row, ...]
    total: str
    labels: dict[str, str] = field(default_factory=dict)
    order: str = "weight last"


def shown(value: Decimal, decimals: int) -> str:
    return plain(rounded(value, decimals))


def form(seed: int) -> Printed:
    dice = random.Random(seed)
    places, cents = dice.choice([1, 2]), dice.choice([1, 2, 4])
    budget = Decimal(dice.randint(300, 9000)) / 10
    executed = (budget * Decimal(dice.randint(9000, 10000)) / 10000).quantize(Decimal(1).scaleb(-cents))
    own, spent = (budget * Decimal("0.7")).quantize(Decimal("0.1")), (executed * Decimal("0.6")).quantize(Decimal(1).scaleb(-cents))
    parts = ((plain(own), plain(spent)), (plain(budget - own), plain(executed - spent)))
    rate = executed / budget * 100
    rows = tuple(row for level, points in zip(NAMES, dice.choice(SHARES), strict=True) for row in level_rows(dice, level, points, places))
    score = shown(rate / 10, places)
    total = sum((Decimal(row.score) for row in rows), Decimal(score))
    labels = {level: shown(sum((Decimal(r.weight) for r in rows if r.level1 == level), Decimal(0)), 0) for level in NAMES}
    order = dice.choice(["weight last", "weight first"])
    with_labels = labels if dice.random() < 0.5 else {}
    return Printed(shown(budget, 1), plain(executed), parts, f"{shown(rate, 2)}%", "10", score, rows, plain(total), with_labels, order)


def level_rows(dice: random.Random, level: str, points: int, places: int) -> list[Row]:
    kinds = NAMES[level]
    weights = [points // len(kinds)] * len(kinds)
    weights[0] += points - sum(weights)
    found = []
    for (level2, name, unit, sign), weight in zip(kinds, weights, strict=True):
        target = 95 if unit == "%" else dice.randint(20, 400)
        met = dice.random() < 0.7
        share = Decimal(dice.randint(100, 104 if unit == "%" else 120) if met else dice.randint(80, 99)) / 100
        actual = rounded(target * share if sign == "≥" else target / share, 1)
        ratio = min(Decimal(1), actual / target if sign == "≥" else target / actual)
        reason = "" if ratio == 1 else "因汛期提前，部分渠段未能进场"
        values = (f"{sign}{target}{unit}", f"{plain(actual)}{unit}", str(weight), shown(ratio * weight, places))
        row = Row(level, level2, name, *values, reason)
        found.append(row)
    return found


def text(own: Printed) -> str:
    first = own.order == "weight first"
    columns = ["一级指标", "二级指标", "三级指标", *(["分值"] if first else []), "年度指标值", "实际完成值"]
    columns += [*([] if first else ["分值"]), "得分", "偏差原因分析及改进措施"]
    lines = ["项目支出绩效自评表", "（2022年度）", "单位：万元", "项目名称 | 沟渠清淤经费"]
    lines.append("资金情况 | | 全年预算数（A） | 全年执行数（B） | 分值 | 执行率（B/A） | 得分")
    lines.append(f"^ | 年度资金总额 | {own.budget} | {own.executed} | {own.weight} | {own.rate} | {own.score}")
    for label, (budget, executed) in zip(("其中：当年财政拨款", "上年结转资金"), own.parts, strict=True):
        lines.append(f"^ | {label} | {budget} | {executed} | | |")
    lines.append(" | ".join(columns))
    above = ""
    for row in own.rows:
        level = f"{row.level1}（{own.labels[row.level1]}分）" if own.labels else row.level1
        cells = ["^" if row.level1 == above else level, row.level2, row.name, *([row.weight] if first else []), row.target, row.actual]
        lines.append(" | ".join([*cells, *([] if first else [row.weight]), row.score, row.reason]))
        above = row.level1
    blanks = " | < | < | 100 | | | " if first else " | < | < | < | < | 100 | "
    lines.append(f"总分{blanks}{own.total} |")
    return "\n".join(lines)


def findings(own: Printed) -> list[Finding]:
    outcome = run(understand(document(text(own)), default()), CheckSettings(select=FAMILIES), default())
    return [f for f in outcome.findings if f.severity is not Severity.INFO]


def test_honest_forms_stay_silent() -> None:
    accused = {}
    for seed in range(HONEST):
        own = form(seed)
        found = findings(own)
        if found:
            accused[seed] = [(f.check, f.formula, f.stated, f.arguments) for f in found], text(own)
    assert accused == {}


def test_every_claim_of_an_honest_form_holds() -> None:
    outcome = run(understand(document(text(form(3))), default()), CheckSettings(select=FAMILIES), default())
    checks = {c.check for c in outcome.claims if c.verdict == "consistent"}
    assert {"weight-sum-not-100", "score-sum-mismatch", "score-execution-formula", "score-indicator-formula"} <= checks
    assert {c.verdict.value for c in outcome.claims} <= {"consistent", "not_checkable"}


def more(figure: str, by: str) -> str:
    return plain(Decimal(figure) + Decimal(by))


def with_row(own: Printed, place: int, **changes: str) -> Printed:
    rows = list(own.rows)
    rows[place] = replace(rows[place], **changes)
    return replace(own, rows=tuple(rows))


def wrong(own: Printed, what: str) -> tuple[Printed, str]:
    """The form with one figure wrong, and the figure as it now stands."""
    first = own.rows[0]
    match what:
        case "weight":
            figure = more(first.weight, "3")
            return with_row(own, 0, weight=figure), figure
        case "score":
            figure = more(first.score, "1.5")
            return with_row(own, 0, score=figure), figure
        case "total":
            figure = more(own.total, "-2")
            return replace(own, total=figure), figure
        case "execution score":
            figure = more(own.score, "0.7")
            return replace(own, score=figure), figure
        case "part":
            figure = more(own.parts[1][1], "2")
            return replace(own, parts=(own.parts[0], (own.parts[1][0], figure))), figure
        case "rate":
            figure = more(own.rate.removesuffix("%"), "-1.3") + "%"
            return replace(own, rate=figure), figure
        case _:
            raise ValueError(what)


@pytest.mark.parametrize("what", ["weight", "score", "total", "execution score", "part", "rate"])
def test_a_wrong_figure_is_found(what: str) -> None:
    missed = []
    for seed in range(25):
        own, figure = wrong(form(seed), what)
        facts = understand(document(text(own)), default())
        outcome = run(facts, CheckSettings(select=FAMILIES), default())
        quoted = {facts.document.quote(span) for f in outcome.findings if f.severity is not Severity.INFO for span in f.spans}
        if figure not in quoted:
            missed.append((figure, text(own)))
    assert missed == []
