"""Money told beside the project's own: other accounts, parts, prices, other years and projects. It accuses nobody; a slip in the
project's own figures is found all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract

FUNDS = "年度预算600万元，全年支出552万元，执行率92%。"
WRONG = "年度预算600万元，全年支出552万元，执行率95%。"


def findings(tmp_path: Path, *paragraphs: str, title: str = "柏川县乡村道路项目2022年度绩效自评报告") -> set[str]:
    lines = [title, "一、项目概况", "为保障出行设立本项目，绩效目标为改造道路20处。", "二、资金情况", *paragraphs]
    lines += ["三、绩效完成情况", "改造20处。", "四、存在的问题", "由于资料归档不及时，有待改进。"]
    path = tmp_path / "report.txt"
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return {f.check for f in extract(path).findings if f.severity in ("error", "warning") and f.check != "section-missing"}


OTHER_ACCOUNTS = (
    "县中医院全年医疗收入2.86亿元，支出2.79亿元，收支结余0.07亿元。",
    "统筹基金收入1.92亿元，支出1.75亿元，当期结余0.17亿元，累计结余9.36亿元。",
    "村集体全年经营收入186万元，支出142万元，结余44万元。",
    "年末基金累计结余8.14亿元。",
)
TAKEN_BACK = (
    "招标节约资金25万元，占预算的4.17%，收回财政21万元。",
    "年底区财政收回12万元。",
    "已上缴财政30.5万元。",
)
UNPAID = (
    "48万元未能在年底前支付，结转下年。",
    "其余48万元尚未支付到施工单位，待验收后支付。",
    "48万元未支出，结转下年使用。",
)
RATES_OF_PARTS = (
    "其中人员经费支出300万元，执行率100%。",
    "其中：设备购置支出180万元，执行率98%；安装调试支出72万元，执行率90%。",
    "其中中央资金300万元已全部到位，到位率100%；县级配套300万元到位240万元，到位率80%。",
)
PRICES = (
    "每人每月补助100元，全年发放1.2万人次，计120万元；高龄老人每人每月200元，计24万元，两项合计144万元。",
    "每亩补助600元，计36万元，种苗费12万元，合计48万元。",
    "单价0.35万元，购置路灯70万元，标牌10万元，共计80万元。",
)
AFTER_A_BALANCE = (
    "全年支出552万元，结余48万元。其中拨付东岭镇290万元，拨付西岭镇262万元。",
    "全年支出552万元，剩余48万元结转下年。其中支付路面工程款410.2万元、护栏工程款141.8万元。",
    "全年支出552万元，结余48万元，其中支付路面工程款410.2万元。",
)
PLANS_AND_INVESTMENTS = (
    "项目申报预算680万元，批复预算600万元，支出552万元，执行率92%。",
    "项目概算总投资1860万元，2022年度预算600万元，支出552万元，执行率92%。",
    "项目总投资1860万元，建设期两年。2022年下达600万元，全部到位，到位率100%；支出552万元，剩余48万元结转下年。",
    "三年累计完成支出1720万元。2022年度预算600万元，支出552万元，执行率92%。",
)
OTHER_PROJECTS = (
    "共有两个子项目。路面养护项目预算400万元，支出380万元，执行率95%。护栏维修项目预算200万元，支出172万元，执行率86%。",
    "共有三个项目：东岭项目预算300万元，支出290万元；西岭项目预算200万元，支出172万元；南岭项目预算100万元，支出90万元。"
    "合计预算600万元，支出552万元，执行率92%。",
    "其中：护栏项目全年预算200万元，支出172万元，执行率86%；标线项目全年预算400万元，支出380万元，执行率95%。",
)
OTHER_YEARS = ("2021年该项目得分96.5分。", "2021年本项目自评91分。", "2020年该项目评价等级为良。")


@pytest.mark.parametrize(
    "text",
    [
        *(FUNDS + text for text in (*OTHER_ACCOUNTS, *TAKEN_BACK, *UNPAID, *RATES_OF_PARTS, *OTHER_YEARS)),
        *PRICES,
        *AFTER_A_BALANCE,
        *PLANS_AND_INVESTMENTS,
        *OTHER_PROJECTS,
    ],
)
def test_money_beside_the_projects_own_accuses_nobody(tmp_path: Path, text: str) -> None:
    assert findings(tmp_path, text) == set()


@pytest.mark.parametrize(
    ("text", "check"),
    [
        *((WRONG + text, "rate-execution-recompute") for text in (OTHER_ACCOUNTS[0], TAKEN_BACK[1], RATES_OF_PARTS[0], OTHER_YEARS[0])),
        (FUNDS + OTHER_ACCOUNTS[0] + "项目年末结余39万元。", "amount-balance-identity"),
        (FUNDS + "年末结余58万元，其中收回12万元。", "amount-balance-identity"),
        ("每人每月补助100元，计120万元，高龄补助24万元，两项合计154万元。", "amount-detail-sum"),
        ("全年支出552万元，结余48万元。其中拨付东岭镇290万元，拨付西岭镇272万元。", "amount-detail-sum"),
        ("项目申报预算680万元，批复预算600万元，支出552万元，执行率86%。", "rate-execution-recompute"),
        ("项目概算总投资1860万元，2022年度预算600万元，支出552万元，执行率96%。", "rate-execution-recompute"),
        (
            "共有两个子项目。路面养护项目预算400万元，支出380万元，执行率95%。护栏维修项目预算200万元，支出172万元，执行率68%。",
            "rate-execution-recompute",
        ),
    ],
)
def test_a_slip_in_the_projects_own_figures_is_found(tmp_path: Path, text: str, check: str) -> None:
    assert check in findings(tmp_path, text)


SEVERAL = "2022年共实施项目2个，预算600万元，支出564万元。"
TITLE = "柏川县交通运输局2022年度项目支出绩效自评报告"


@pytest.mark.parametrize(
    "paragraphs",
    [
        (SEVERAL + "其中：路面养护项目预算400万元，支出380万元，执行率95%；护栏维修项目预算200万元，支出184万元，执行率{rate}%。",),
        (
            SEVERAL,
            "（一）路面养护项目：全年预算400万元，支出380万元，执行率95%。",
            "（二）护栏维修补助：全年预算200万元，支出184万元，执行率{rate}%。",
        ),
        (
            SEVERAL,
            "1.路面养护经费。年初预算400万元，支出380万元，执行率95%。",
            "2.护栏维修经费。年初预算200万元，支出184万元，执行率{rate}%。",
        ),
    ],
)
def test_projects_told_in_a_row_are_held_against_their_own_amounts(tmp_path: Path, paragraphs: tuple[str, ...]) -> None:
    right, wrong = ([text.format(rate=rate) for text in paragraphs] for rate in ("92", "98"))
    assert findings(tmp_path, *right, title=TITLE) == set()
    assert "rate-execution-recompute" in findings(tmp_path, *wrong, title=TITLE)
