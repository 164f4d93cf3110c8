"""Shares, completions, changes and scores told over several clauses."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract
from tests.corpus.build import render
from tests.corpus.source import load

CHECKS = (
    "rate-indicator-recompute",
    "rate-yoy-recompute",
    "rate-part-whole",
    "score-sum-mismatch",
    "amount-conflicting-mentions",
    "amount-balance-identity",
    "amount-source-sum",
    "amount-detail-sum",
)


def findings(tmp_path: Path, *paragraphs: str) -> list[tuple[str, str | None, str | None]]:
    path = tmp_path / "report.txt"
    path.write_text("\n\n".join(["柏川县示范项目2022年度绩效自评报告", *paragraphs]) + "\n", encoding="utf-8")
    report = extract(path)
    return [(f.check, f.stated, f.expected) for f in report.findings if f.severity in ("error", "warning") and f.check in CHECKS]


GOAL = "绩效目标：全年举办群众活动60场，规范管理患者不少于18,000人，接待群众8万人次以上。"


@pytest.mark.parametrize(
    ("text", "stated", "expected"),
    [
        ("发放问卷500份，收回485份，回收率79%；其中满意的459份，满意度94.64%。", "79%", "97%"),
        ("发放问卷500份，收回485份，回收率97%；其中满意的459份，满意度96.44%。", "96.44%", "94.64%"),
        ("培训班应结业学员1,440人，实际结业1,356人，结业率94.71%。", "94.71%", "94.17%"),
        ("受理纠纷214件，完成率100%。其中调解成功203件，成功率94.68%。", "94.68%", "94.86%"),
        ("收回有效答卷260份，表示满意的577份，群众满意度93.06%。", "93.06%", "221.92%"),
        ("全年完成食堂改造125家，目标120家，完成率104.71%。", "104.71%", "104.17%"),
        ("补助标准研制11项，完成目标10项的101%。", "101%", "110%"),
        (f"{GOAL}\n\n全年举办群众活动62场，完成目标的104.33%。", "104.33%", "103.33%"),
        (f"{GOAL}\n\n管理患者18,645人，完成目标的103.85%。", "103.85%", "103.58%"),
        (f"{GOAL}\n\n接待群众8.6万人次，为年度目标的105.7%。", "105.7%", "107.5%"),
        ("投诉由上年的36件下降到21件，下降41.76%。", "41.76%", "41.67%"),
        ("亡人事故由上年的342起降至304起，同比下降8.2%。", "8.2%", "11.11%"),
        ("参训学员由上年的240人升至276人，增长18%。", "18%", "15%"),
        ("产出指标得45.9分。效益指标得29.5分。满意度指标得9.46分。自评总分98.2分。", "98.2分", "84.9"),
    ],
)
def test_a_wrong_figure_is_found(tmp_path: Path, text: str, stated: str, expected: str) -> None:
    assert (stated, expected) in {(told, right) for _, told, right in findings(tmp_path, *text.split("\n\n"))}


@pytest.mark.parametrize(
    "text",
    [
        "发放问卷500份，收回485份，回收率97%；其中满意的459份，满意度94.64%。",
        "全县总人口21.9万人，全年新增就业213人，就业率96%。",  # of whom is not told
        "走访群众120人，群众满意度92%。",  # how many were satisfied is not told
        "检测样品2814批次，其中合格2762批次、不合格52批次，合格率98.15%。",
        "全区常住人口24.6万人，参保21,933人，参保率98%。",  # of those who should be insured
        "培训240人次，结业238人，结业率99.17%，就业率61%。",
        f"{GOAL}\n\n举办文艺活动15场，完成目标的100%。",  # of another target, which is not told
        "全年检验电梯3380台，完成率96.57%。",
        "投诉由上年的36件下降到21件，下降15件。",
        "亡人事故由上年的342起降至304起，同比下降11.1%。",
        "平均办结时间从12天缩短至9天，缩短25%。",
        "破案率由65.2%升至68.4%，提高3.2个百分点。",
        "事故由上年的342起降至304起，死亡人数下降8.2%。",
        "项目得分如下。产出指标得48分。效益指标得29分，因资料不全扣1分。满意度指标得9分。自评总分85分。",
        "本项目满分100分，其中产出指标50分、效益指标30分、满意度指标10分。经打分，自评总分96分。",
    ],
)
def test_what_may_be_right_accuses_nobody(tmp_path: Path, text: str) -> None:
    assert findings(tmp_path, *text.split("\n\n")) == []


@pytest.mark.parametrize(
    ("text", "check", "stated"),
    [
        ("项目预算1,208,000.00元（大写：壹佰贰拾捌万元整），全年支出120万元。", "amount-conflicting-mentions", "1,208,000.00元"),
        (
            "全年支出1,395.84万元，其中基本支出231.62万元，项目支出1,164.22万元，项目支出占全年支出的84.31%。",
            "rate-indicator-recompute",
            "84.31%",
        ),
        ("全年预算1,500万元，全年支出1,395.84万元。与上年支出1,268.49万元相比，增加127.53万元。", "rate-yoy-recompute", "127.53万元"),
        ("全年预算96万元，全年支出88.32万元，剩余6.78万元已由区财政收回。", "amount-balance-identity", "6.78万元"),
        ("全年预算96万元，全年支出88.32万元，剩余6.78万元，系尾款，按合同约定于次年一季度支付。", "amount-balance-identity", "6.78万元"),
        (
            "预算70万，全年支出62.35万，执行率89.07%。支出中，管护人工30万，苗木补植20.15万，防火器材12.2万。剩余6.75万待验收后支付。",
            "amount-balance-identity",
            "6.75万",
        ),
        (
            "项目预算648万元，其中区级财政安排435.6万元，占七成；市级补助194.4万元，占三成。全年支出600万元。",
            "amount-source-sum",
            "648万元",
        ),
        (
            "预算1,280,000.00元（大写：壹佰贰拾捌万元整），由中央补助800,001.00元、省级补助320,000.00元和市级补助160,000.00元组成。",
            "amount-source-sum",
            "1,280,000.00元",
        ),
    ],
)
def test_a_wrong_amount_is_found(tmp_path: Path, text: str, check: str, stated: str) -> None:
    assert (check, stated) in {(name, told) for name, told, _ in findings(tmp_path, text)}


@pytest.mark.parametrize(
    "text",
    [
        "项目预算1,280,000.00元（大写：壹佰贰拾捌万元整），全年支出120万元。",
        "全年支出1,395.84万元，其中基本支出231.62万元，项目支出1,164.22万元，项目支出占全年支出的83.41%。",
        "全年预算1,500万元，全年支出1,395.84万元。与上年支出1,268.49万元相比，增加127.35万元。",
        "全年预算1,500万元，全年支出1,395.84万元。与上年项目支出968.49万元相比，增加127.35万元。",
        "全年预算96万元，全年支出88.32万元，区财政收回0.90万元，剩余6.78万元。",
        "全年预算96万元，上半年支出40.12万元，结余55.88万元。",
        "预算70万，全年支出62.35万，执行率89.07%。支出中，管护人工30万，苗木补植20.15万，防火器材12.2万。剩余7.65万待验收后支付。",
        "项目预算648万元，其中区级财政安排453.6万元，占七成；市级补助194.4万元，占三成。全年支出600万元。",
        "项目预算648万元，其中区级财政安排453.6万元；市级检查组到场3次，带来设备12万元。全年支出600万元。",
    ],
)
def test_a_right_amount_accuses_nobody(tmp_path: Path, text: str) -> None:
    assert findings(tmp_path, text) == []


FRONT = """+++
title = "2023年度部门整体支出绩效自评报告"
organisation = "柏川县水利局"
fiscal_year = "2023"
kind = "department"
unit = "万元"
producer = "reportlab"

[layout]
size = 12
+++
"""


def test_an_item_of_the_accounts_told_otherwise_in_the_text(tmp_path: Path) -> None:
    rows = ["| 收入项目 | 决算数 | 支出项目 | 决算数 |", "| 财政拨款收入 | 310.00 | 基本支出 | 200.50 |"]
    rows += [
        "| 其他收入 | 10.00 | 项目支出 | 116.00 |",
        "| 年初结转和结余 | 2.00 | 年末结转和结余 | 5.50 |",
        "| 总计 | 322.00 | 总计 | 322.00 |",
    ]
    text = "2023年收入总计332万元，支出总计322万元，年末结转和结余5.5万元。上年年末结转和结余2万元。下属中心基本支出80.50万元。"
    source, path = tmp_path / "accounts.md", tmp_path / "accounts.pdf"
    source.write_text("\n".join([FRONT, text, "", "::: table 表1 收入支出决算总表（单位：万元）", *rows, ":::", ""]), encoding="utf-8")
    path.write_bytes(render(load(source)))
    told = [(f.check, f.message) for f in extract(path).findings if f.severity != "info"]
    assert told == [("amount-conflicting-mentions", "“收入总计”在正文与表格中不一致：332万元、322.00万元。请核对哪一处正确。")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("合同归档不全扣2分，1批次抽检不合格扣1分，自评得分97分，等级为优。", []),
        ("合同归档不全扣2分，1批次抽检不合格扣1分，自评得分98分，等级为优。", [("score-sum-mismatch", "98分", "97")]),
        ("合同归档不全扣2分，自评得分97分，等级为优。", []),  # others may have been taken off too
        ("各项指标共扣4.5分，自评得分95.5分，等级为优。", []),
        ("各项指标共扣4.5分，自评得分94.5分，等级为优。", [("score-sum-mismatch", "94.5分", "95.5")]),
        ("评分标准：每迟报一天扣1分，扣完为止。自评得分100分，等级为优。", []),
    ],
)
def test_points_taken_off(tmp_path: Path, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert findings(tmp_path, text) == expected
