"""Formulas of findings as trees over cells: read, proved, written for a spreadsheet."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.model.report import Claim, Finding, Operand
from extractor.present.arithmetic import working
from extractor.present.shown_figures import read
from extractor.present.workpaper.workings import written

Figures = list[tuple[str, str, str]]


def finding(stated: str, expected: str | None, formula: str | None, operands: Figures, claims: tuple[str, ...] = ()) -> Finding:
    return Finding(
        id="f",
        series="s",
        check="c",
        title="",
        severity="error",
        project=None,
        message="",
        stated=stated,
        expected=expected,
        formula=formula,
        operands=tuple(Operand(role=role, value=value, unit=unit, evidence=()) for role, value, unit in operands),
        claims=claims,
        doubts=(),
        evidence=(),
        highlights=(),
    )


def claim(relation: str) -> Claim:
    empty = {"project": None, "expected": None, "formula": None, "reason": None, "allowance": None}
    return Claim.model_validate(
        {"id": "k", "relation": relation, "check": "c", "verdict": "inconsistent", "stated": "1", "operands": (), "evidence": (), **empty}
    )


MONEY = [("executed", "4300000", "元"), ("budget", "5400000", "元")]


@pytest.mark.parametrize(
    ("stated", "expected", "formula", "operands", "text"),
    [
        ("100%", "79.63%", "430万元 ÷ 540万元 = 79.63%", MONEY, "(D5/D6)"),
        ("86%", "85%", "100% − 15% = 85%", [("part", "15", "%")], "(D6-D5)"),
        (
            "12.6%",
            "13.6%",
            "(1420人 − 1250人) ÷ 1250人 = 13.6%",
            [("current", "1420", "人"), ("previous", "1250", "人")],
            "((D5-D6)/D6)",
        ),
        ("5", "4", "1 + 1 + … + 1（共4项） = 4", [("part", "1", "分")] * 4, "SUM(D5:D8)"),
        ("10", "8.54", "3.5‰ ÷ 4.1‰ × 10 = 8.54", [("a", "0.35", "%"), ("b", "0.41", "%"), ("w", "10", "分")], "((D5/D6)*D7)"),
        ("9", "10", "83% ≥ 80% → 10", [("t", "80", "%"), ("a", "83", "%"), ("w", "10", "分")], 'IF(D6>=D5,D7,"")'),
        ("优", "良", "88.5 ≥ 80 → 良", [("score", "88.5", "分")], 'IF(D5>=D6,D7,"")'),
        ("95分", "99.4分", "100 − 10 × (1 − 93.82%) = 99.38 ≈ 99.4", [], "(D5-(D6*(D7-D8)))"),
        (
            "1,450万元",
            "1430万元",
            "1200万元 + 350万元 − 120万元 = 1430万元",
            [("i", "12000000", "元"), ("a", "3500000", "元"), ("a", "-1200000", "元")],
            "((D5+D6)-(D8-D7))",
        ),
    ],
)
def test_a_formula_over_its_operands(stated: str, expected: str, formula: str, operands: Figures, text: str) -> None:
    found = working(finding(stated, expected, formula, operands), {})
    assert found is not None
    assert written(found.tree, "D", 5) == text


def test_a_figure_held_against_another() -> None:
    found = working(finding("338.10万元", "331.80万元", None, [("executed", "3318000", "元"), ("executed", "3381000", "元")]), {})
    assert found is not None
    assert written(found.tree, "D", 2) == "D2"


@pytest.mark.parametrize(
    ("expected", "formula"),
    [
        (None, "430万元 ÷ 540万元 = 79.63%"),
        ("81%", "430万元 ÷ 540万元 = 79.63%"),  # what is shown does not follow
        ("79.63%", '=HYPERLINK("http://x.example")'),
        ("79.63%", "430万元 ÷ 0 = 79.63%"),
        ("79.63%", "(" * 500),
        ("79.63%", "÷ × + ( )"),
        ("1e9", "9" * 400 + "亿元 ÷ 1 = 5"),
    ],
)
def test_what_gives_no_live_formula(expected: str | None, formula: str) -> None:
    assert working(finding("80%", expected, formula, [("part", "7", "个")], ("k",)), {"k": claim("sum")}) is None


def test_figures_too_large_for_a_spreadsheet_stay_words() -> None:
    huge = "9" * 40
    assert working(finding("1元", f"{huge}元", None, [("budget", huge, "元")]), {}) is None


@pytest.mark.parametrize(
    ("text", "cell", "unit"),
    [
        ("2,680万元", "2680", "万元"),
        ("99.67%", "0.9967", "%"),
        ("3.5‰", "3.5", "‰"),
        ("4.27亿元", "4.27", "亿元"),
        ("2.5千元", "2.5", "千元"),
        ("工资发放率100.00%", "1", "%"),
        ("≥10项", "10", "项"),
        ("−3.2%", "-0.032", "%"),
        ("3.36万亩", "3.36", "万亩"),
        ("12千克", "12", "千克"),
    ],
)
def test_a_figure_as_shown(text: str, cell: str, unit: str) -> None:
    figure = read(text)
    assert figure is not None
    assert (figure.cell, figure.unit) == (Decimal(cell), unit)


@pytest.mark.parametrize("text", ["优", "", "2022年11月31日", "200%、150%", "桐财农［2022 15号］", "1" * 100])
def test_what_is_no_single_figure(text: str) -> None:
    assert read(text) is None
