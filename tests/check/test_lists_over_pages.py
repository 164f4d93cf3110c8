"""A list of projects that pages part, some rows of it lost: totals of some rows only accuse nobody; whole lists are still added up."""

from __future__ import annotations

from tests.check.test_summary_tables import found

HEAD = "序号 | 项目名称 | 年初预算数 | 全年预算数 | 执行数 | 执行率\n"
FIRST = """2023年度项目支出绩效自评情况汇总表
单位：万元
{head}1 | 渠道清淤 | 20.00 | 20.00 | 19.00 | 95.00%
2 | 泵站检修 | 30.00 | 30.00 | 28.50 | 95.00%
 | 小计 | 50.00 | 50.00 | {sub} | {rate}
3 | 水质监测 | 10.00 | 10.00 | 9.60 | 96.00%
"""
SECOND = """续表
单位：万元
{head}{lost}5 | 堤防加固 | 40.00 | 40.00 | 38.00 | 95.00%
 | 小计 | 65.00 | 65.00 | 62.00 | 95.38%
 | 合计 | 115.00 | 115.00 | {total} | {all}
"""
LOST = "4 | 河长巡查 | 15.00 | 15.00 | 14.40 | 96.00%\n"


def text(lost: str = "", sub: str = "47.50", rate: str = "95.00%", total: str = "109.50", share: str = "95.22%") -> str:
    return FIRST.format(head=HEAD, sub=sub, rate=rate) + SECOND.format(head=HEAD, lost=lost, total=total, all=share)


def test_a_list_that_lost_a_row_between_pages_accuses_nobody() -> None:
    assert found(text()) == []


def test_a_whole_list_over_two_pages_stays_silent() -> None:
    assert found(text(LOST)) == []


def test_a_wrong_total_of_a_whole_list_over_two_pages_is_found() -> None:
    told = found(text(LOST, total="105.90", share="92.09%"))
    assert "amount-project-total-vs-summary" in [f.check for f in told]


def test_a_wrong_subtotal_is_found_although_a_later_row_was_lost() -> None:
    told = found(text(sub="45.70", rate="91.40%"))
    assert [(f.check, f.stated) for f in told] == [("amount-detail-sum", "45.70万元")]
