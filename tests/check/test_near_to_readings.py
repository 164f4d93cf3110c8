"""Right reports that come near to what a check looks for: stages of a year, money carried over, parts in rows, years in heads."""

from __future__ import annotations

import pytest

from extractor.check.run import run
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.model.findings import Severity
from extractor.understand import understand
from tests.check.pages import document

HEAD = "2023年度项目绩效自评报告\n一、项目情况\n"
FORM = "2023年度项目支出绩效自评表\n项目名称 | 平台运维 | < | < | < | <\n"
RIGHT = {
    "carried over in brackets": "2022年养护资金1,500万元。2023年1,650万元（含上年结转50万元），扣除结转后同比增长6.67%。\n",
    "saved from last year": "全年用电126.5万度，较上年节约8.5万度，节约率6.3%。\n",
    "stages of the year": "抽检经费预算180万元，1—6月支出72.35万元，7—12月支出105.90万元，全年支出178.25万元，执行率99.03%。\n",
    "a stage among the parts": "年度预算60万元，其中一季度支出12.5万元，全年实际支出58.2万元，执行率97%。\n",
}
FORMS = {
    "parts in rows of pairs": (
        "预算资金 | 120 | 支出资金 | 114 | 执行率 | 95%\n其中：运维费 | 80 | 支出资金 | 78 | 执行率 | 97.5%\n"
        "通信费 | 40 | 支出资金 | 36 | 执行率 | 90%\n绩效指标 | 年度目标值 | 全年完成值 | 分值 | 得分 | 备注\n"
        "平台可用率 | ≥99% | 99.6% | 60 | 60 | \n处置事件数 | ≥5000件 | 5,320件 | 40 | 40 | \n合计 |  |  | 100 | 100 | \n"
    ),
    "years in heads": (
        "资金情况（万元） | 2022年预算数 | 2022年执行数 | 2023年预算数 | 2023年执行数 | 2023年执行率\n"
        "资金总额 | 180 | 176 | 200 | 196 | 98%\n"
    ),
    "points of levels, then of their indicators": (
        "一级指标 | 分值 | 得分 | 得分率 | < | <\n产出 | 60 | 58 | 96.67% | < | <\n"
        "效益 | 40 | 40 | 100% | < | <\n合计 | 100 | 98 | 98% | < | <\n"
        "一级指标 | 二级指标 | 三级指标 | < | 分值 | 得分\n"
        "产出 | 产出数量 | 任务完成率 | < | 40 | 38\n产出 | 产出质量 | 验收合格率 | < | 20 | 20\n"
        "效益 | 社会效益 | 服务能力提升 | < | 40 | 40\n合计 | < | < | < | 100 | 98\n"
    ),
}


def found(text: str) -> list[tuple[str, str | None, str | None]]:
    settings = CheckSettings(ignore=frozenset({"section-missing"}))
    findings = run(understand(document(text), default()), settings, default()).findings
    return [(f.check, f.stated, f.expected) for f in findings if f.severity is not Severity.INFO]


@pytest.mark.parametrize("case", RIGHT)
def test_right_sentences_stay_silent(case: str) -> None:
    assert found(HEAD + RIGHT[case]) == []


@pytest.mark.parametrize("case", FORMS)
def test_right_forms_stay_silent(case: str) -> None:
    assert found(FORM + FORMS[case]) == []


def test_what_is_wrong_beside_them_is_found() -> None:
    wrong = "2022年养护资金1,500万元。2023年养护资金1,650万元，上年1,500万元，同比增长15%。\n"
    assert found(HEAD + wrong) == [("rate-yoy-recompute", "15%", "10%")]
    assert found(FORM + FORMS["years in heads"].replace("98%", "96%")) == [("rate-execution-recompute", "96%", "98%")]
    told = found(FORM + FORMS["points of levels, then of their indicators"].replace("| 40 | 38", "| 40 | 37"))
    assert told == [("score-sum-mismatch", "98分", "97分")]


def test_a_day_right_behind_the_unit_is_none_of_its_name() -> None:
    facts = understand(document("2023年度部门整体支出绩效自评报告\n填报单位：玉泉县统计局2024年2月28日\n一、概况\n"), default())
    assert facts.unit == "玉泉县统计局"
