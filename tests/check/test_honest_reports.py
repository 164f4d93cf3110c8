"""Reports with right figures, in many wordings and roundings, stay silent; one figure made wrong is found.

The figures of a report are drawn at random, everything that follows from them is computed, and each is printed at a
precision of its own.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

import pytest

from extractor.check.run import run
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.model.document import Document, Paragraph
from extractor.model.findings import Finding, Severity
from extractor.model.quantity import plain, rounded
from extractor.understand import understand

FAMILIES = frozenset({"amounts", "rates", "scores", "grades", "indicators"})
HONEST = 120

FUNDS = (
    "河道保洁项目年初预算{initial}万元，年中追加{added}万元，全年预算{budget}万元，实际支出{executed}万元，预算执行率{rate}%。",
    "项目全年预算{budget}万元，其中省级补助资金{province}万元、县级财政资金{county}万元。截至12月31日，累计支出{executed}万元，资金使用率{rate}%，结余{left}万元。",
    "{year}年安排预算资金{budget}万元，实际到位{budget}万元，资金到位率100%；实际支出{executed}万元，执行率为{rate}%。",
    "项目资金共计{budget}万元，由省级补助资金{province}万元和县级财政资金{county}万元组成，全部到位，到位率100%。全年实际使用资金{executed}万元，占预算的{rate}%，剩余{left}万元由财政收回。",
    "年度预算{budget}万元，已支付{executed}万元，其中人工费{labour}万元、材料费{material}万元，支出进度{rate}%，未支付的{left}万元为质保金。",
)
RESULTS = (
    "数量指标：清理漂浮物{done}处，年度目标{aim}处；质量指标：验收合格率96.4%，目标值≥95%。",
    "1.清理漂浮物{done}处，其中主河道{main}处、支流{side}处，完成年度目标{aim}处的{completion}%。",
    "数量指标：清理漂浮物{done}处，完成年度目标{aim}处的{completion}%。",
    "走访群众{asked}人，满意的{content}人，满意度{satisfaction}%。社会效益指标：改善沿河环境。",
)
ENDINGS = (
    "项目自评得分{score}分，自评等级为{grade}。执行率偏低的原因是汛期停工。",
    "项目自评得{score}分，等级“{grade}”。因汛期影响，部分款项结转下年支付，扣分主要在时效指标。",
)


@dataclass(frozen=True)
class Figures:
    """The figures of one report as numbers, before they are printed."""

    values: dict[str, Decimal]
    decimals: dict[str, int]

    def printed(self, **wrong: str) -> dict[str, str]:
        shown = {name: plain(rounded(value, self.decimals[name])) for name, value in self.values.items()}
        score = self.values["score"]
        return shown | {"grade": "优" if score >= 90 else "良" if score >= 80 else "中", "year": "2022"} | wrong


def figures(seed: int) -> Figures:
    dice = random.Random(seed)
    initial = Decimal(dice.randint(200, 9_000)) / dice.choice([1, 10])
    added = Decimal(dice.randint(10, 100)) / dice.choice([1, 10])
    budget = initial + added
    executed = (budget * Decimal(dice.randint(7_000, 10_000)) / 10_000).quantize(Decimal("0.0001"))
    aim = Decimal(dice.randint(100, 900))
    done = (aim * Decimal(dice.randint(100, 125)) / 100).quantize(Decimal(1))
    main, asked = (done * Decimal("0.4")).quantize(Decimal(1)), Decimal(dice.randint(80, 300))
    content, labour = (asked * Decimal("0.95")).quantize(Decimal(1)), (executed * Decimal("0.6")).quantize(Decimal("0.0001"))
    province = (budget * Decimal("0.7")).quantize(Decimal("0.1"))
    values = {
        "initial": initial, "added": added, "budget": budget, "executed": executed, "left": budget - executed, "province": province,
        "county": budget - province, "labour": labour, "material": executed - labour, "rate": executed / budget * 100, "aim": aim,
        "done": done, "completion": done / aim * 100, "main": main, "side": done - main, "asked": asked, "content": content,
        "satisfaction": content / asked * 100, "score": Decimal(dice.randint(700, 1_000)) / 10,
    }  # fmt: skip
    money = dice.choice([1, 2, 4]) if dice.random() < 0.7 else 0
    decimals = dict.fromkeys(values, 0) | dict.fromkeys(("initial", "added", "budget", "province", "county", "score"), 1)
    decimals |= dict.fromkeys(("executed", "left", "labour", "material"), max(money, 1))
    decimals |= {name: dice.choice([0, 1, 2]) for name in ("rate", "completion", "satisfaction")}
    return Figures(values, decimals)


def report(seed: int, shown: dict[str, str]) -> list[str]:
    dice = random.Random(seed * 7 + 1)
    lines = ["清水县水利局2022年度河道保洁项目支出绩效自评报告", "一、项目资金情况", dice.choice(FUNDS)]
    lines += ["二、绩效指标完成情况", *dice.sample(RESULTS, 2), "三、自评结论", dice.choice(ENDINGS)]
    return [line.format(**shown) for line in lines]


def findings(lines: list[str]) -> list[Finding]:
    document = Document("report.txt", "", "text/plain", tuple(Paragraph(i, line) for i, line in enumerate(lines)))
    outcome = run(understand(document, default()), CheckSettings(select=FAMILIES), default())
    return [f for f in outcome.findings if f.severity is not Severity.INFO]


def test_honest_reports_stay_silent() -> None:
    accused = {}
    for seed in range(HONEST):
        lines = report(seed, figures(seed).printed())
        found = findings(lines)
        if found:
            accused[seed] = [(f.check, f.formula, f.stated, f.arguments) for f in found], lines
    assert accused == {}


def moved(text: str, step: int) -> str:
    """A figure some units of its last digit away."""
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return plain(value + Decimal(step).scaleb(min(exponent, 0)))


@pytest.mark.parametrize(
    ("name", "step", "where"),
    [
        ("rate", 7, FUNDS),
        ("left", 700, (FUNDS[1], FUNDS[3], FUNDS[4])),
        ("county", 60, (FUNDS[1], FUNDS[3])),
        ("satisfaction", 9, RESULTS[3:]),
        ("side", 4, RESULTS[1:2]),
        ("completion", 9, RESULTS[2:3]),
    ],
)
def test_a_wrong_figure_is_found(name: str, step: int, where: tuple[str, ...]) -> None:
    missed = []
    for seed in range(40):
        own = figures(seed)
        shown = own.printed()
        shown[name] = moved(shown[name], step)
        line = random.Random(seed).choice(where).format(**shown)
        heading = "一、项目资金情况" if where[0] in FUNDS else "一、绩效指标完成情况"
        if not findings(["清水县水利局2022年度河道保洁项目支出绩效自评报告", heading, line]):
            missed.append(line)
    assert missed == []
