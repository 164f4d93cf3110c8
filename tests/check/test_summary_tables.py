"""Right lists of projects and tables of accounts stay silent in every layout; a wrong figure is told once, at its place."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from extractor.check.run import run
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.model.findings import Finding, Severity
from extractor.understand import understand
from tests.check.pages import document

FAMILIES = ("amount-", "rate-")
HONEST = 60
SILENT = frozenset({"rate-low-execution-unexplained"})
NAMES = ("渠道清淤", "泵站检修", "水质监测", "河长巡查", "堤防加固", "闸门更换", "灌区改造", "节水宣传")


def found(text: str) -> list[Finding]:
    outcome = run(understand(document(text), default()), CheckSettings(), default())
    return [f for f in outcome.findings if f.severity > Severity.INFO and f.check.startswith(FAMILIES) and f.check not in SILENT]


def money(value: Decimal) -> str:
    return f"{value:,.2f}"


class List:
    """A list of projects with right figures: heads, parts behind 其中, and subtotals drawn at random."""

    def __init__(self, seed: int) -> None:
        dice = random.Random(seed)
        self.heads, self.subtotals, self.parts = dice.choice(["grouped", "flat"]), dice.choice(["", "above", "below"]), dice.random() < 0.5
        self.rows: list[tuple[str, str, list[Decimal]]] = []
        total = [Decimal(0)] * 5
        names, start = dice.sample(NAMES, 6), 0
        for group in (3, 3) if self.subtotals else (6,):
            own = [self._project(dice) for _ in range(group)]
            rows = [
                row
                for i, (name, each) in enumerate(zip(names[start : start + group], own, strict=True))
                for row in self._told(i, name, each)
            ]
            sums = [sum(column, Decimal(0)) for column in zip(*own, strict=True)]
            subtotal = [("", "小计", sums)] if self.subtotals else []
            self.rows += [*subtotal, *rows] if self.subtotals == "above" else [*rows, *subtotal]
            total, start = [a + b for a, b in zip(total, sums, strict=True)], start + group
        self.rows.append(("", "合计", total))

    @staticmethod
    def _project(dice: random.Random) -> list[Decimal]:
        last, initial, change = (Decimal(dice.randint(low, 90_000)) / 100 for low in (500, 2_000, 100))
        change = change if dice.random() < 0.5 else -min(change, initial / 2).quantize(Decimal("0.01"))
        executed = ((initial + change) * dice.randint(910, 1000) / 1000).quantize(Decimal("0.01"))
        return [last, initial, change, initial + change, executed]

    def _told(self, place: int, name: str, figures: list[Decimal]) -> list[tuple[str, str, list[Decimal]]]:
        first = [(figure / 3).quantize(Decimal("0.01")) for figure in figures]
        rest = [whole - part for whole, part in zip(figures, first, strict=True)]
        parts = [("", "其中：一期工程", first), ("", "二期工程", rest)] if self.parts and place == 1 else []
        return [(str(place + 1), name, figures), *parts]

    def printed(self) -> str:
        if self.heads == "grouped":
            head = [
                "序号 | 项目名称 | 上年执行数 | 2023年预算 | < | < | 全年执行数 | 执行率(%)",
                "^ | ^ | ^ | 年初数 | 调整数 | 全年数 | ^ | ^",
            ]
        else:
            head = ["序号 | 项目名称 | 2022年支出数 | 年初预算数 | 预算调整数 | 全年预算数 | 支出数 | 执行率(%)"]
        body = [" | ".join([n, name, *map(money, f), f"{f[4] / f[3] * 100:.2f}"]) for n, name, f in self.rows]
        return "\n".join(["2023年度项目支出绩效自评情况汇总表", "单位：万元", *head, *body])


@pytest.mark.parametrize("seed", range(HONEST))
def test_right_lists_stay_silent(seed: int) -> None:
    assert [(f.check, f.message, f.arguments, f.stated) for f in found(List(seed).printed())] == []


@pytest.mark.parametrize("seed", range(HONEST))
@pytest.mark.parametrize("column", [1, 3, 4])
def test_a_wrong_total_of_a_list_is_found_once(seed: int, column: int) -> None:
    table = List(seed)
    table.rows[-1][2][column] += Decimal("9.00") if column != 1 else Decimal("8.00")
    wrong = {f.check for f in found(table.printed())}
    assert wrong & {"amount-detail-sum", "amount-project-total-vs-summary", "amount-adjustment-identity"}


@pytest.mark.parametrize("row", ["2 | 泵站检修 | 42.00 | 357000.00 | 85.00%", "2 | 泵站检修 | 42.00 | 420,000 | 100%"])
def test_yuan_in_a_column_of_ten_thousands_is_told_once(row: str) -> None:
    head = ["2023年度项目支出绩效自评情况汇总表", "单位：万元", "序号 | 项目名称 | 预算数 | 执行数 | 执行率"]
    spent = "35.70" if "357" in row else "42.00"
    total = Decimal("19.00") + Decimal(spent)
    rows = ["1 | 渠道清淤 | 20.00 | 19.00 | 95.00%", row, f" | 合计 | 62.00 | {total} | {total / 62 * 100:.2f}%"]
    assert [(f.check, f.project) for f in found("\n".join([*head, *rows]))] == [("amount-unit-suspect", "泵站检修")]


ACCOUNTS = """
柏川县水利局2023年度部门整体支出绩效自评报告
表1 收入支出情况表 单位：万元
项目 | 行次 | 2022年决算数 | 2023年决算数 | 增减额 | 增减率
一、本年收入合计 | 1 | 846.20 | {income} | 75.55 | {rate}
财政拨款收入 | 2 | 790.00 | 843.50 | 53.50 | 6.77%
事业收入 | 3 | 42.20 | 58.25 | 16.05 | 38.03%
其他收入 | 4 | 14.00 | 20.00 | 6.00 | 42.86%
二、本年支出合计 | 5 | 832.65 | 902.31 | 69.66 | 8.37%
基本支出 | 6 | 120.15 | 168.40 | {more} | 40.16%
项目支出 | 7 | 712.50 | {projects} | 21.41 | 3.00%
三、年初结转和结余 | 8 | 30.12 | 43.67 | 13.55 | 44.99%
四、年末结转和结余 | 9 | 43.67 | 63.11 | 19.44 | 44.52%
"""
RIGHT = {"income": "921.75", "rate": "8.93%", "more": "48.25", "projects": "733.91"}


def test_right_accounts_of_two_years_stay_silent() -> None:
    assert found(ACCOUNTS.format(**RIGHT)) == []


@pytest.mark.parametrize(
    ("field", "wrong", "check"),
    [("rate", "9.83%", "rate-yoy-recompute"), ("more", "84.25", "rate-yoy-recompute"), ("projects", "743.91", "amount-detail-sum")],
)
def test_a_wrong_figure_of_accounts_is_found(field: str, wrong: str, check: str) -> None:
    assert check in [f.check for f in found(ACCOUNTS.format(**RIGHT | {field: wrong}))]


ARRIVED_LATE = {
    "说明：部分项目县级资金未足额到位，缺口列入下一年预算。": False,
    "说明：上级资金下达较晚，支付顺延。": False,
    "说明：支出进度按实际支出除以预算安排计算。": True,
}


@pytest.mark.parametrize("note", ARRIVED_LATE)
def test_money_that_came_late_explains_a_low_execution_in_a_list(note: str) -> None:
    text = f"""渠系项目资金使用情况表（2023年度）

单位：万元

序号 | 项目名称 | 预算数 | 到位资金 | 实际支出 | 支出进度
1 | 渠系配套改造项目 | 50.00 | 45.00 | 41.00 | 82.00%
2 | 水库除险加固项目 | 50.00 | 50.00 | 48.00 | 96.00%
{note}"""
    settings = CheckSettings(select=frozenset({"rate-low-execution-unexplained"}))
    assert bool(run(understand(document(text), default()), settings, default()).findings) is ARRIVED_LATE[note]
