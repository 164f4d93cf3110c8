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
    "given over two years": (
        "项目总预算420万元，分两年安排：2023年安排260万元，2024年安排160万元。\n"
        "2023年预算260万元，实际支出253.50万元，执行率97.50%。项目总预算执行进度60.36%。\n"
    ),
    "public money beside that of others": (
        "中央补助7,200万元，区级财政4,320万元，专项债券8,000万元，社会资本2,780万元，合计22,300万元。\n"
        "财政资金到位19,520万元，支出17,568万元，执行率90%；社会资本到位2,224万元，到位率80%。\n"
    ),
    "less arrived than was to be built for": (
        "计划投资1.58亿元，资金到位1.42亿元，到位率89.87%。完成投资1.49亿元，其中已支付1.35亿元，占到位资金的95.07%。\n"
    ),
    "spent in the course of the year": (
        "中央下达我市4,860万元，省级配套1,620万元，市县两级配套972万元，合计7,452万元。累计支出7,302.96万元，基金使用率98%。\n"
    ),
    "a source told as a word alone": "（一）下达：中央3,120万元，省级860万元，市级120万元，县级380万元，共计4,480万元。\n",
    "last year's of the figure before the nearest": "群众投诉312件，办结310件，办结率99.36%，上年投诉386件，同比下降19.17%。\n",
    "taken back before the budget was changed": "年初预算450万元，年中收回60万元，调整后预算390万元，支出382.20万元，执行率98%。\n",
    "all of a part": (
        "扶持资金2,460万元，其中直补资金756万元，项目资金1,704万元。直补资金全部发放；项目资金支付1,618.80万元，支付率95%；合计支出2,374.80万元，执行率96.54%。\n"
    ),
    "used over two years": "中央资金下达860万元，分两年使用，2023年使用516万元；省级资金200万元，支出190万元，执行率95%。\n",
    "saved in bidding": "预算280万元，中标价252万元，节约28万元，支付239.40万元，占中标价的95%，预算执行率85.50%。\n",
    "an investment beside what could be spent": (
        "全年可用预算15,700.00万元，支出14,915.00万元，执行率95.00%。\n二、项目情况\n"
        "高标准农田建设2.6万亩，总投资7,800万元，已支付7,180万元，占92.05%。\n"
    ),
    "some of nine projects": (
        "全年项目支出预算3,680万元，决算3,569.60万元，执行率97%。项目共9个。\n二、具体项目\n"
        "（一）租赁费项目：预算600万元，支付600万元。\n（二）辅警经费项目：预算1,463.20万元，支出1,432.20万元，执行率97.88%。\n"
        "（三）设施维护项目：预算280万元，支付271.60万元，执行率97%。\n"
    ),
}
FORMS = {
    "parts in rows of pairs": (
        "预算资金 | 120 | 支出资金 | 114 | 执行率 | 95%\n其中：运维费 | 80 | 支出资金 | 78 | 执行率 | 97.5%\n"
        "通信费 | 40 | 支出资金 | 36 | 执行率 | 90%\n绩效指标 | 年度目标值 | 全年完成值 | 分值 | 得分 | 备注\n"
        "平台可用率 | ≥99% | 99.6% | 60 | 60 | \n处置事件数 | ≥5000件 | 5,320件 | 40 | 40 | \n合计 |  |  | 100 | 100 | \n"
    ),
    "kinds of spending with a part of theirs": (
        "部门预算（万元） | 支出类别 | 预算数 | 执行数 | 执行率 | 得分\n^ | 基本支出 | 312.60 | 312.60 | 100% | —\n"
        "^ | 项目支出 | 460.00 | 437.00 | 95% | —\n^ | 其中：职工帮扶 | 180.00 | 176.40 | 98% | —\n"
        "^ | 合计 | 772.60 | 749.60 | 97.02% | 9.7\n"
    ),
    "years in heads": (
        "资金情况（万元） | 2022年预算数 | 2022年执行数 | 2023年预算数 | 2023年执行数 | 2023年执行率\n"
        "资金总额 | 180 | 176 | 200 | 196 | 98%\n"
    ),
    "points of what could be had, behind a stroke": (
        "一级指标 | 三级指标 | 目标值 | 完成值 | 得分 | <\n产出 | 适配人数 | 420人 | 436人 | 65（满分65） | <\n"
        "产出 | 辅具合格率 | 100% | 100% | 15/15 | <\n效益 | 残疾人满意度 | ≥90% | 97% | 20（满分20） | <\n总得分 | < | < | < | 100 | <\n"
    ),
    "points of levels, then of their indicators": (
        "一级指标 | 分值 | 得分 | 得分率 | < | <\n产出 | 60 | 58 | 96.67% | < | <\n"
        "效益 | 40 | 40 | 100% | < | <\n合计 | 100 | 98 | 98% | < | <\n"
        "一级指标 | 二级指标 | 三级指标 | < | 分值 | 得分\n"
        "产出 | 产出数量 | 任务完成率 | < | 40 | 38\n产出 | 产出质量 | 验收合格率 | < | 20 | 20\n"
        "效益 | 社会效益 | 服务能力提升 | < | 40 | 40\n合计 | < | < | < | 100 | 98\n"
    ),
}

TASKS = """2023年度部门整体支出绩效自评表
部门（单位）名称 | 凤翔县司法局 | < | < | < | < | < | <
年度主要任务 | 任务名称 | 预算数（万元） |  |  | 执行数（万元） |  | —
 |  | 总额 | 财政拨款 | 其他资金 | 总额 | 财政拨款 | 其他资金
 | 法律援助 | 86 | 86 | 0 | 82 | 82 | 0
 | 人民调解 | 45 | 40 | 5 | 45 | 40 | 5
 | 合计 | 131 | 126 | 5 | 127 | 122 | 5
预算执行情况 | 全年预算数（万元） | 712.4 | 全年执行数（万元） | 698.2 | 执行率 | 98.01% | —
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 备注
产出 | 数量 | 法律援助案件 | ≥300件 | 326件 | 80 | 80 | —
满意度 | 满意度 | 受援人满意度 | ≥95% | 98% | 20 | 20 | —
合计 |  |  |  |  | 100 | 100 | —
"""


def found(text: str) -> list[tuple[str, str | None, str | None]]:
    settings = CheckSettings(ignore=frozenset({"section-missing", "project-count-mismatch"}))
    findings = run(understand(document(text), default()), settings, default()).findings
    return [(f.check, f.stated, f.expected) for f in findings if f.severity is not Severity.INFO]


@pytest.mark.parametrize("case", RIGHT)
def test_right_sentences_stay_silent(case: str) -> None:
    assert found(HEAD + RIGHT[case]) == []


@pytest.mark.parametrize("case", FORMS)
def test_right_forms_stay_silent(case: str) -> None:
    assert found(FORM + FORMS[case]) == []


def test_the_funds_below_the_tasks_of_a_department_are_no_task() -> None:
    assert found(TASKS) == []
    assert found(TASKS.replace("98.01%", "96.01%")) == [("rate-execution-recompute", "96.01%", "98.01%")]


def test_what_is_wrong_beside_them_is_found() -> None:
    wrong = "2022年养护资金1,500万元。2023年养护资金1,650万元，上年1,500万元，同比增长15%。\n"
    assert found(HEAD + wrong) == [("rate-yoy-recompute", "15%", "10%")]
    assert found(FORM + FORMS["years in heads"].replace("98%", "96%")) == [("rate-execution-recompute", "96%", "98%")]
    told = found(FORM + FORMS["kinds of spending with a part of theirs"].replace("772.60", "782.60"))
    assert [check for check, _, _ in told] == ["amount-source-sum", "rate-execution-recompute"]
    assert found(HEAD + "群众投诉312件，办结310件，办结率99.36%，上年投诉386件，同比下降17.17%。\n") == [
        ("rate-yoy-recompute", "17.17%", "19.69%")
    ]
    told = found(FORM + FORMS["points of levels, then of their indicators"].replace("| 40 | 38", "| 40 | 37"))
    assert told == [("score-sum-mismatch", "98分", "97分")]


def test_a_day_right_behind_the_unit_is_none_of_its_name() -> None:
    facts = understand(document("2023年度部门整体支出绩效自评报告\n填报单位：玉泉县统计局2024年2月28日\n一、概况\n"), default())
    assert facts.unit == "玉泉县统计局"
    facts = understand(document("关于玉泉县统计局2023年度部门整体支出绩效自评的报告\n一、概况\n"), default())
    assert facts.unit == "玉泉县统计局"
