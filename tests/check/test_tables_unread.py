"""A table of money that could not be read is said; one that was read, and tables of other things, are not."""

from __future__ import annotations

import pytest

from extractor.check.run import run
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.understand import understand
from tests.check.pages import document

TITLE = "柏川县水利局2023年度项目支出绩效自评报告\n项目资金情况 单位：万元\n"
STRANGE = """{head}
1 | 渠道清淤 | 12.00 | 8.00 | 3.00 | 5.00 | 22.10 | 优
2 | 泵站检修 | 10.00 | 4.00 | 6.00 | 2.00 | 20.30 | 良
3 | 水质监测 | 30.00 | 9.00 | 1.00 | 8.00 | 41.50 | 优
"""
UNKNOWN = "序 | 东岭 | 省款 | 市款 | 县款 | 乡款 | 已支付金额 | 考评"
KNOWN = "序号 | 项目名称 | 年初预算数 | 调整数 | 到位资金 | 结余 | 支出数 | 等级"


def unread(text: str) -> list[str]:
    outcome = run(understand(document(text), default()), CheckSettings(), default())
    return [f.message for f in outcome.findings if f.check == "extraction-quality"]


def test_a_table_of_money_that_gave_nothing_is_said() -> None:
    assert len(unread(TITLE + STRANGE.format(head=UNKNOWN))) == 1


@pytest.mark.parametrize(
    "table",
    [
        STRANGE.format(head=KNOWN),
        "姓名 | 工龄 | 系数\n甲 | 3.00 | 1.20\n乙 | 4.00 | 1.30\n丙 | 5.00 | 1.40\n",
        "项目名称 | 资金来源\n渠道清淤 | 县级\n泵站检修 | 省级\n水质监测 | 省级\n",
    ],
)
def test_tables_that_were_read_or_tell_no_money_are_not(table: str) -> None:
    assert unread(TITLE + table) == []
