"""Rates of execution in the words of a form, against its own rows of funds."""

from __future__ import annotations

import pytest

from extractor.check.run import run
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.model.findings import Finding, Severity
from extractor.understand import understand
from tests.check.pages import document

FORM = """山塘清淤经费自评表（2022年度）

项目名称 | 山塘清淤经费 | < | <
资金情况（万元） | 全年预算数（A） | 全年执行数（B） | 执行率（B/A）
年度资金总额 | 200.00 | 184.60 | 92.30%
其中：省级财政资金 | 120.00 | 112.80 | 94.00%
地方资金 | 80.00 | 71.80 | 89.75%
一级指标 | 三级指标 | 年度指标值 | 实际完成值
产出指标 | 清淤山塘口数 | ≥9口 | 9口
{label} | {words} | < | <
"""
TOLD = {
    "the whole's": ("未完成原因分析", "2022年预算执行率为93.20%，主要是尾款未到支付节点。", "93.20%", "92.30%"),
    "the project's": ("存在问题", "支付进度偏慢。本项目资金执行率仅95.3%，需加快支付。", "95.3%", "92.30%"),
    "a source's": ("资金管理情况", "资金分配科学，地方资金执行率98.75%，未发现挪用。", "98.75%", "89.75%"),
    "a source's by its level": ("资金管理情况", "拨付及时，其中省级资金执行率49%，未发现截留。", None, None),
    "a source's, told short": ("资金管理情况", "拨付及时，省级资金执行率49.00%，未发现截留。", "49.00%", "94.00%"),
}
SILENT = {
    "the same": "预算执行率为92.30%，尾款未到支付节点。",
    "the same, rounded": "预算执行率为92.3%，约为全年计划。",
    "of the year before": "2021年预算执行率为88.50%，本年有所提高。",
    "of the half-year": "截至6月底预算执行率为45.20%，进度正常。",
    "what is aimed at": "下一年力争预算执行率达到98%。",
    "a lower bound": "要求预算执行率达到95%以上。",
    "of part of a source": "省级财政资金中设备购置执行率78%，其余按期支付。",
    "of something else": "政府采购执行率86.40%，合同履约正常。",
    "told right elsewhere": "预算执行率92.30%。按进度口径预算执行率为90%。",
    "a source's own": "地方资金执行率89.75%，拨付及时。",
}


def found(words: str, label: str = "资金管理情况") -> list[Finding]:
    settings = CheckSettings(select=frozenset({"text-form-mismatch"}))
    return list(run(understand(document(FORM.format(label=label, words=words)), default()), settings, default()).findings)


@pytest.mark.parametrize("case", TOLD)
def test_a_rate_in_words_is_held_against_the_row_it_speaks_of(case: str) -> None:
    label, words, stated, row = TOLD[case]
    told = found(words, label)
    assert [(f.severity, f.stated, f.expected) for f in told] == ([(Severity.WARNING, stated, row)] if stated else [])


@pytest.mark.parametrize("case", SILENT)
def test_other_rates_accuse_nobody(case: str) -> None:
    assert found(SILENT[case]) == []
