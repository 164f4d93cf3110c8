"""Money told beside the fund's own: contracts, interest, parts of areas, years in a list; counts in brackets behind their share."""

from __future__ import annotations

import pytest

from extractor.check.run import run
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.model.facts import Facts, Measure
from extractor.model.findings import Severity
from extractor.understand import understand
from tests.check.pages import document


def read(words: str, title: str = "2023年度停车设施建设项目绩效自评报告") -> Facts:
    return understand(document(f"{title}\n一、项目概况\n{words}\n"), default())


def found(words: str) -> list[tuple[str, str | None, str | None]]:
    findings = run(read(words), CheckSettings(ignore=frozenset({"section-missing"})), default()).findings
    return [(f.check, f.stated, f.expected) for f in findings if f.severity is not Severity.INFO]


def money(facts: Facts) -> dict[str, str]:
    (project,) = facts.projects
    return {str(measure): fact.quantity.written for measure, fact in project.amounts.items()}


FUND = "2023年预算1800万元，实际支出1710万元，执行率95%。"
HONEST = {
    "a price in brackets behind the sum": FUND + "\n设备合同1650万元（1200万元用于采购，450万元用于安装）。",
    "a product in brackets behind its result": FUND + "\n服务费200万元（50万元×4）。",
    "capitals": "2023年预算1800万元（人民币壹仟捌佰万元整），实际支出1710万元，执行率95%。",
    "a contract and what was paid of it": FUND + "\n土建合同总额1650万元，已支付1560万元，剩余90万元。",
    "a bid and what was paid of it": FUND + "\n监理服务中标价96万元，实际支付86.4万元。",
    "interest": FUND + "\n全年应付债券利息447.2万元，实际支付447.2万元。",
    "principal and interest": FUND + "\n偿还贷款本息300万元，其中支付利息60万元。",
    "what an area has left": FUND + "\n其中东县分得800万元，支付760.5万元。\n东县剩余39.5万元于次年1月拨付。",
    "years of a running total": "累计下达5600万元，其中2022年下达3800万元，2023年下达1800万元。到位1800万元，到位率100%，支出1710万元。",
    "two surveys": FUND + "\n车主满意度92%（抽查300人，满意276人）；商户满意度86.5%（调查200户，满意173户）。",
}


@pytest.mark.parametrize("words", HONEST.values(), ids=HONEST)
def test_money_beside_the_fund_accuses_nobody(words: str) -> None:
    assert found(words) == []


WRONG = {
    "capitals": ("预算1800万元（大写：壹仟柒佰万元整），实际支出1710万元。", "amount-conflicting-mentions", "1800万元", "壹仟柒佰万元整"),
    "a survey in brackets": (FUND + "\n商户满意度88.5%（调查200户，满意173户）。", "rate-indicator-recompute", "88.5%", "86.5%"),
    "what is left": ("预算1800万元，实际支出1710万元，结余80万元。", "amount-balance-identity", "80万元", "90万元"),
}


@pytest.mark.parametrize(("words", "check", "stated", "expected"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_still_found(words: str, check: str, stated: str, expected: str) -> None:
    assert found(words) == [(check, stated, expected)]


def test_a_payment_of_a_contract_is_the_funds_where_no_other_is_told() -> None:
    assert money(read("采购预算275万元，合同金额245万元，实际支付245万元。")) == {"budget": "275万元", "executed": "245万元"}


def test_a_running_total_is_no_budget_of_the_year() -> None:
    told = money(read(HONEST["years of a running total"]))
    assert told[str(Measure.BUDGET)] == "1800万元"


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("2023年高标准农田建设资金绩效自评报告", "安排高标准农田建设资金620万元，支出589万元。"),
        ("2023年创业担保贷款贴息项目绩效自评报告", "安排创业担保贷款贴息资金620万元，拨付589万元。"),
        ("2023年促消费活动资金绩效自评报告", "市级财政安排促消费活动资金620万元，其中消费券500万元、展销120万元。支出589万元。"),
        ("2023年税收宣传项目绩效自评报告", "预算安排税收宣传经费620万元，支出589万元。"),
    ],
)
def test_words_of_the_projects_name_bind_no_money(title: str, words: str) -> None:
    assert money(read(words, title)) == {"budget": "620万元", "executed": "589万元"}
