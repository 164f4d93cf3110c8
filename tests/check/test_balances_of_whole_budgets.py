"""A budget in whole 万元 beside amounts with decimals is no rounded figure: 160 − 156.8 leaves 3.2, not 2.6."""

from __future__ import annotations

import pytest

from extractor.check.run import run
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.model.findings import Severity
from extractor.understand import understand
from tests.check.pages import document

NAME = "amount-balance-identity"
HEAD = "云岭县水务局2023年度山塘清淤项目绩效自评报告\n一、资金情况\n"
WRONG = [
    ("项目预算160万元，实际支出156.8万元，结余2.6万元，预算执行率98%。", "2.6万元", "3.2万元"),
    ("2023年安排预算资金85万元，实际支出79.46万元，剩余6.04万元未支付。", "6.04万元", "5.54万元"),
    ("年初预算320万元，全年执行301.5万元，结余资金18.1万元。", "18.1万元", "18.5万元"),
]
SILENT = {
    "right": "项目预算160万元，实际支出156.8万元，结余3.2万元。",
    "a rounded balance": "项目预算160万元，实际支出156.8万元，结余3万元。",
    "rounded spending": "项目预算160.5万元，实际支出157万元，结余3.2万元。",
    "one step of rounding": "项目预算160万元，实际支出156.8万元，结余3.1万元。",
    "the adjusted budget": "年初预算160万元，调整后预算159.4万元，实际支出156.8万元，结余2.6万元。",
    "what arrived": "项目预算160万元，到位159.4万元，实际支出156.8万元，结余2.6万元。",
    "about so much": "项目预算约160万元，实际支出156.8万元，结余2.6万元。",
    "the rest is told beside it": "项目预算160万元，实际支出156.8万元，剩余2.6万元未支付，0.6万元已收回。",
    "without the retention": "项目预算160万元，实际支出120万元，资金结余32.5万元（不含质保金7.5万元）。",
    "the rest has no figure": "项目预算160万元，实际支出140万元，结余资金12万元由财政统一收回，其余结转下年使用。",
    "more is left": "项目预算160万元，实际支出140万元，结余12万元，另有工程尾款待付。",
    "told in another sentence": "项目预算160万元。实际支出156.8万元，结余2.6万元。",
}


def found(words: str) -> list[tuple[Severity, str | None, str | None]]:
    settings = CheckSettings(select=frozenset({NAME}))
    told = run(understand(document(HEAD + words), default()), settings, default()).findings
    return [(f.severity, f.stated, f.expected) for f in told]


@pytest.mark.parametrize(("words", "stated", "expected"), WRONG)
def test_a_balance_that_only_a_rounded_budget_would_explain(words: str, stated: str, expected: str) -> None:
    assert found(words) == [(Severity.WARNING, stated, expected)]


@pytest.mark.parametrize("case", SILENT)
def test_balances_that_hold_or_may_hold(case: str) -> None:
    assert found(SILENT[case]) == []
