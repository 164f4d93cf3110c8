"""Tables of accounts and of shares: a broken sum is told where the table's own order says which rows are added, right ones are silent."""

from __future__ import annotations

import pytest

from tests.check.test_summary_tables import found

TITLE = "柏川县水利局2023年度部门整体支出绩效自评报告\n"
SIDES = (
    TITLE
    + """表1 收入支出决算表 单位：万元
收入 | < | 支出 | <
项目 | 决算数 | 项目 | 决算数
一、财政拨款收入 | {grant} | 一、基本支出 | {basic}
二、事业收入 | 48.60 | 其中：人员经费 | {staff}
三、其他收入 | {other} | 公用经费 | 61.20
 | | 二、项目支出 | 402.90
本年收入合计 | 731.25 | 本年支出合计 | 740.50
年初结转和结余 | 52.30 | 年末结转和结余 | {left}
总计 | {total} | 总计 | 783.55
"""
)
SIDES_RIGHT = {"grant": "670.45", "basic": "337.60", "staff": "276.40", "other": "12.20", "left": "43.05", "total": "783.55"}
SHARES = (
    TITLE
    + """表2 支出功能分类表 单位：万元
{head}
{code}农林水支出 | {water} | 75.44%
{code}社会保障和就业支出 | 98.20 | {share}
{code}住房保障支出 | 83.70 | 11.30%
{code}合计 | {total} | 100.00%
"""
)
SHARES_RIGHT = {"head": "支出科目 | 支出数 | 占比", "code": "", "water": "558.60", "share": "13.26%", "total": "740.50"}
TOTAL_FIRST = (
    TITLE
    + """表3 收入支出表 单位：万元
项目 | 2022年决算数 | 2023年决算数
本年收入合计 | 655.10 | 731.25
财政拨款收入 | 655.10 | 682.65
其他收入 | 0.00 | 48.60
本年支出合计 | 648.30 | 740.50
人员支出 | 248.30 | 337.60
专项支出 | 380.00 | 392.90
"""
)
WITHIN = (
    TITLE
    + """表4 收入表 单位：万元
项目 | 决算数 | 备注
财政拨款收入 | 670.45 |
政府性基金收入 | 40.00 |
其他收入 | 12.20 |
事业收入 | 48.60 |
本年收入合计 | 731.25 |
"""
)


def test_right_accounts_stay_silent() -> None:
    assert found(SIDES.format(**SIDES_RIGHT)) == []


@pytest.mark.parametrize(
    ("field", "wrong", "told"),
    [
        ("grant", "607.45", "607.45万元 + 48.60万元 + 12.20万元 = 668.25万元"),
        ("other", "21.20", "670.45万元 + 48.60万元 + 21.20万元 = 740.25万元"),
        ("staff", "267.40", "267.40万元 + 61.20万元 = 328.60万元"),
        ("left", "34.05", "740.50万元 + 34.05万元 = 774.55万元"),
        ("total", "738.55", "731.25万元 + 52.30万元 = 783.55万元"),
    ],
)
def test_one_wrong_figure_does_not_hide_the_sum(field: str, wrong: str, told: str) -> None:
    assert [f.arguments["formula"] for f in found(SIDES.format(**SIDES_RIGHT | {field: wrong}))] == [told]


@pytest.mark.parametrize("coded", [False, True])
def test_right_shares_of_a_total_stay_silent(coded: bool) -> None:
    layout = {"head": "科目编码 | 科目名称 | 支出数 | 占比", "code": "2 | "} if coded else {}
    assert found(SHARES.format(**SHARES_RIGHT | layout)) == []


def test_a_wrong_total_of_shares_is_told_by_its_parts() -> None:
    told = found(SHARES.format(**SHARES_RIGHT | {"total": "704.50"}))
    assert [(f.check, f.stated) for f in told] == [("amount-detail-sum", "704.50万元")]


def test_a_wrong_share_is_told() -> None:
    told = found(SHARES.format(**SHARES_RIGHT | {"share": "16.23%"}))
    assert [(f.check, f.stated, f.expected) for f in told] == [("rate-indicator-recompute", "16.23%", "13.26%")]


@pytest.mark.parametrize("text", [TOTAL_FIRST, WITHIN])
def test_rows_that_need_not_be_added_accuse_nobody(text: str) -> None:
    """人员支出 and 专项支出 are not told to be all of it; 政府性基金收入 is a part of 财政拨款收入."""
    assert found(text) == []
