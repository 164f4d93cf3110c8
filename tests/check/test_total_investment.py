"""What was given beside a whole investment and beside money of the unit's own: no contradiction, and added where both are told."""

from __future__ import annotations

import pytest

from extractor.check.run import run
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.model.findings import Verdict
from extractor.understand import understand
from tests.check.pages import document

HEAD = "云岭县水务局2023年度灌区改造项目绩效自评报告\n一、项目资金情况\n"
CHECKS = frozenset(
    {"amount-executed-exceeds-available", "amount-arrived-exceeds-budget", "rate-execution-recompute", "rate-low-execution-unexplained"}
)
RATE = "rate-execution-recompute"
SILENT = {
    "what was given and the whole": "中央下达3,600万元，项目总投资5,000万元，实际支出3,500万元，预算执行率97.22%。",
    "spent of the whole": "2023年下达资金3,600万元，项目总投资5,000万元。实际完成支出4,800万元，执行率96%。",
    "arrived of the whole": "中央下达资金3,600万元。\n项目总投资5,000万元。资金到位5,000万元，支出4,900万元，执行率98%。",
    "both added": "2023年度中央下达3,600万元，我县自筹1,400万元，实际支出4,900万元，执行率98%。",
    "a part of the whole": "2023年，省财政厅下达我县水利发展资金3,600万元，项目总投资5,000万元，不足部分由县级自筹。支付3,400万元。",
    "own funds in the spending": "2023年预算为3,600万元。实际支出4,800万元，其中中央资金3,600万元、自筹资金1,200万元，预算执行率100%。",
}
WRONG = {
    "no other money": ("2023年下达资金3,600万元，实际支出4,900万元，执行率98%。", "98%", "136.11%"),
    "own funds are a part": ("2023年预算3,600万元，其中自筹1,400万元，实际支出4,900万元，执行率98%。", "98%", "136.11%"),
    "what is built": ("2023年预算3,600万元，用于渠道及配套设施，实际支出4,900万元，执行率98%。", "98%", "136.11%"),
    "of the given alone": ("中央下达3,600万元，自筹1,400万元，实际支出3,500万元，预算执行率99%。", "99%", "97.22%"),
}


def outcome(
    words: str, checks: frozenset[str] = CHECKS
) -> tuple[list[tuple[str, str | None]], list[tuple[str | None, Verdict, str | None]]]:
    told = run(understand(document(HEAD + words), default()), CheckSettings(select=checks), default())
    findings = [(f.check, f.stated) for f in told.findings]
    return findings, [(c.formula, c.verdict, c.reason) for c in told.claims if c.check == RATE]


@pytest.mark.parametrize("case", SILENT)
def test_no_contradiction(case: str) -> None:
    assert outcome(SILENT[case])[0] == []


def test_what_was_given_and_what_was_added_are_one_base() -> None:
    assert outcome(SILENT["both added"])[1] == [("4900万元 ÷ 5000万元 = 98%", Verdict.CONSISTENT, None)]


@pytest.mark.parametrize("case", WRONG)
def test_rates_that_no_other_money_explains(case: str) -> None:
    words, stated, expected = WRONG[case]
    told = run(understand(document(HEAD + words), default()), CheckSettings(select=frozenset({RATE})), default()).findings
    assert [(f.stated, f.expected) for f in told] == [(stated, expected)]
