"""Figures that stand beside each other and are not of one kind: points and scores, stages and shares, years, orders of parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract
from extractor.check.run import run
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.understand import understand
from tests.check.pages import document

TITLE = "柏川县水务站2022年度河道整治项目绩效自评报告\n\n一、项目情况\n\n"

WRONG = {
    "投入15分得15分，过程30分得27分，产出35分得34分，效果20分得19分，综合得分96分。": ("score-sum-mismatch", "95"),
    "产出指标60分，自评58分；效益指标30分，自评29分；满意度指标10分，自评10分，总分98分。": ("score-sum-mismatch", "97"),
    "总投资2000万元，其中2022年度计划投资800万元。2022年实际支出760万元，预算执行率98%。": ("rate-execution-recompute", "95%"),
    "年初预算80万元，全年预算80万元，实际支出72万元，预算执行率95%。": ("rate-execution-recompute", "90%"),
    "发放甲类补贴120万元；发放乙类补贴一级60万元、二级40万元，合计发放118万元。": ("amount-detail-sum", "100万元"),
    "全年预算80万元，实际支出72万元，剩余9万元为质保金。": ("amount-balance-identity", "8万元"),
    "全年预算80万元，实际支出72万元，预算执行率90%。其中，中央资金执行率98%，全年预算执行率93%。": ("rate-execution-recompute", "90%"),
    "年初预算100万元，年中追加20万元，收回5万元，调整后预算118万元。": ("amount-adjustment-identity", "120万元"),
    "全年预算280万元，实际支出273万元，执行率97.5%，比2021年支出的210万元增长35.6%。": ("rate-yoy-recompute", "30.0%"),
    "年初预算300万元，其中中央资金120万元（含提前下达80万元）、省级资金100万元、县级资金70万元。": ("amount-source-sum", "290万元"),
    "对照标准（90分（含）以上为优，80分至90分为良，60分至80分为中，60分以下为差），本项目自评89.5分，等级为优。": (
        "grade-score-mismatch",
        "良",
    ),
    "受理110件，办结118件，占受理110件的107.27%。": ("rate-part-whole", "110件"),
}
RIGHT = (
    "投入15分得15分，过程30分得27.5分，产出35分得34分，效果20分得19分，综合得分95.5分。",
    "产出指标60分，自评58分，效益指标30分，自评29分，满意度指标10分，自评10分，自评总分97分，等级为优。",
    "总分100分，自评得分95分，其中产出指标60分得57分，效益指标30分得28分，满意度指标10分得10分。",
    "评价标准：90分以上为优、80分至90分为良。投入指标15分，自评15分；过程指标85分，自评81分。自评总分96分，等级为优。",
    "中央资金支出60万元，执行率100%；县级自筹到位38万元，总体资金到位率98%。预算100万元。",
    "年初预算0万元，年中追加23.5万元，实际支出23.5万元，预算执行率100%。",
    "年初预算90万元，年中追加10万元，实际支出98万元，预算执行率98%。",
    "2020年、2021年、2022年分别支出80万元、95万元和110万元。2022年实际支出110万元。",
    "第一季度、上半年、前三季度累计发放24万元、48万元、73万元，分别占年度预算的24%、48%和73%。",
    "实施养护工程168公里，占计划160公里的105%。",
    "计划总投资86万元，其中财政补助70万元，自筹16万元。审定金额91.37万元，支付88.6万元，剩余2.77万元为质保金。",
    "全年预算86万元，实际支出81.7万元，预算执行率95%。财政补助70万元全部支出，执行率100%。",
    "全年预算326.5万元，支出293.85万元，较年初计划节约32.65万元。其中：燃油费142.18万元，维修费86.4万元，其他65.27万元。",
    "全年预算100万元，支出90万元，比预算减少10万元，其中：人工费50万元，材料费40万元。",
    "全年预算80万元，实际支出72万元，预算执行率90%。分级次看，中央资金执行率98.12%、省级资金执行率95.3%、县级资金执行率81.7%。",
    "年初预算1286.40万元，年中追加人员经费96.52万元、追加项目经费58万元，收回结余34.18万元，调整后预算1406.74万元。",
    "三部分自评得分分别为38.2分、43.5分、14.6分，合计96.3分，综合评价等级为优秀。",
    "3个项目自评得分依次为97.8分、100分、95.2分，等级均为优。",
    "全年预算280万元，实际支出273万元，执行率97.5%，比2021年支出的210万元增长30%。",
    "全年预算280万元，实际支出273万元，其中人员支出100万元，比2021年的80万元增长25%。",
    "年初预算300万元，其中中央资金120万元（含提前下达80万元）、省级资金100万元、县级资金80万元。",
    "对照标准（90分及以上为优，80—89分为良，60—79分为中，60分以下为差），本项目自评91.5分，等级为优。",
    "资金总额236.8万元，全部执行完毕。支出构成：救助118.4万元（50%）、助学118.4万元（50%），执行率100%。",
    "资金总额200万元，来源包括：县级财政120万元、工会经费80万元。支出构成：救助100万元、助学100万元，全部执行完毕。",
    "受益1260人，占上年1200人的105%。",
    "发放甲类补贴120万元；发放乙类补贴一级60万元、二级40万元，合计发放220万元。",
    "全年预算8600万元，实际支出85998650元，资金使用率近100%（99.998%）。",
    "市级资金到位60万元，县级资金到位38万元。全年支出90万元，占全部到位资金的91.84%。全年预算100万元，资金到位率98%。",
    "总投资2000万元，其中2022年度计划投资800万元。2022年实际支出760万元，预算执行率95%。",
)


def found(tmp_path: Path, text: str) -> list[tuple[str, str | None]]:
    path = tmp_path / "report.txt"
    path.write_text(f"{TITLE}{text}\n", encoding="utf-8")
    told = [f for f in extract(path).findings if f.severity in ("error", "warning")]
    return [(f.check, f.expected) for f in told if f.check not in ("section-missing", "score-without-evidence")]


@pytest.mark.parametrize(("text", "expected"), WRONG.items())
def test_what_does_not_hold(tmp_path: Path, text: str, expected: tuple[str, str | None]) -> None:
    assert found(tmp_path, text) == [expected]


@pytest.mark.parametrize("text", RIGHT)
def test_what_holds(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("投入指标15分，自评15分；过程指标85分，自评81分。自评总分96分，等级为优。", "96"),
        ("满分100分，自评95分。", "95"),
        ("台账不全扣4分，自评得分96分。", "96"),
    ],
)
def test_the_score_of_the_whole(tmp_path: Path, text: str, score: str) -> None:
    path = tmp_path / "report.txt"
    path.write_text(f"{TITLE}{text}\n", encoding="utf-8")
    assert [p.self_score.value for p in extract(path).projects if p.self_score] == [score]


FORM = """整体支出绩效自评表（2022年度）

部门名称 | 柏川县档案馆 | < | < | <
资金情况（万元） |  | 年初预算数 | 全年预算数 | 全年执行数
^ | 年度资金总额 | 812.36 | 874.92 | 858.17
^ | 按收入性质分：一般公共预算 | 812.36 | 862.42 | {first}
^ | 其他资金 | 0 | 12.50 | 9.50
^ | 按支出性质分：基本支出 | 602.36 | 629.92 | 629.92
^ | 项目支出 | 210.00 | 245.00 | {last}
一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分
产出指标 | 整理档案 | ≥900卷 | 960卷 | 10
"""


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("848.67", "228.25", []),
        ("848.67", "218.25", ["629.92万元 + 218.25万元 = 848.17万元"]),
        ("838.67", "228.25", ["838.67万元 + 9.50万元 = 848.17万元"]),
    ],
)
def test_parts_in_two_orders(first: str, last: str, expected: list[str]) -> None:
    settings = CheckSettings(select=frozenset({"amount-source-sum"}))
    told = run(understand(document(FORM.format(first=first, last=last)), default()), settings, default())
    assert [f.formula for f in told.findings] == expected


CHANGED = """项目支出绩效自评表（2022年度）

项目名称 | 食堂服务外包 | < | < | < | <
资金情况（万元） | 年初预算 | {head} | 全年预算数 | 全年执行数 | 执行率
年度资金总额 | 128.00 | -5.20 | 122.80 | 121.20 | {rate}
其中：财政拨款 | 128.00 | -5.20 | 122.80 | 121.20 | {rate}
一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分
产出指标 | 供餐天数 | ≥249天 | 249天 | 10
"""


@pytest.mark.parametrize("head", ["调整预算", "预算调整", "调整数"])
@pytest.mark.parametrize(("rate", "expected"), [("98.70%", []), ("97.80%", ["98.70%"])])
def test_a_column_of_changes_is_no_budget(head: str, rate: str, expected: list[str]) -> None:
    told = run(understand(document(CHANGED.format(head=head, rate=rate)), default()), CheckSettings(), default())
    rates = ("rate-execution-recompute", "rate-source-recompute", "amount-source-sum")
    assert [f.expected for f in told.findings if f.check in rates][:1] == expected


COUNTIES = """高标准农田建设补助资金绩效自评报告（2022年度）

县区 | 任务面积（万亩） | 中央资金 | 省级资金 | 合计 | 支出金额（万元） | 支出进度
东关区 | 4.2 | 3,820.65 | 1,219.35 | 5,040.00 | 4,687.20 | 93.00%
西岭县 | 6.8 | 6,185.81 | 1,974.19 | 8,160.00 | 7,833.60 | 96.00%
合计 | 11.0 | 10,006.46 | 3,193.54 | 13,200.00 | {total} | 94.86%
"""


@pytest.mark.parametrize(("total", "expected"), [("12,520.80", []), ("12,620.80", ["12520.80万元"])])
def test_rows_of_a_table_are_named_by_words(total: str, expected: list[str]) -> None:
    settings = CheckSettings(select=frozenset({"amount-source-sum"}))
    told = run(understand(document(COUNTIES.format(total=total)), default()), settings, default())
    assert [f.expected for f in told.findings] == expected


BOOK = """项目支出绩效自评表（2022年度）

项目名称 | 堤防维护 | < | < | <
资金情况（万元） | 全年预算数 | 全年执行数 | 分值 | 得分
年度资金总额 | 42.00 | 42.00 | 10 | 10
一级指标 | 三级指标 | 年度指标值 | 分值 | 得分
产出指标 | 维护堤防 | ≥9公里 | 90 | 90
总分 | < | < | 100 | 100

部门整体支出绩效自评表（2022年度）

部门名称 | 柏川县水务站 | < | < | <
资金情况（万元） | 全年预算数 | 全年执行数 | 分值 | 得分
年度资金总额 | 200.00 | 190.00 | 10 | 9.5
其中：基本支出 | 120.00 | 118.00 | - | -
项目支出 | 80.00 | 72.00 | - | -
一级指标 | 三级指标 | 年度指标值 | 分值 | 得分
产出指标 | 供水保障 | ≥99% | 90 | 90
总分 | < | < | 100 | {score}

项目支出绩效自评汇总表（单位：万元）

序号 | 项目名称 | 全年预算数 | 全年执行数 | 执行率
1 | 渠道清淤 | 38.00 | 36.10 | 95.00%
2 | 泵站检修 | 20.00 | 19.00 | 95.00%
合计 |  | 58.00 | {total} | 95.00%
"""


@pytest.mark.parametrize(
    ("score", "total", "expected"),
    [
        ("99.5", "55.10", []),
        ("99.8", "55.10", [("score-sum-mismatch", "99.5分")]),
        ("99.5", "56.10", [("amount-project-total-vs-summary", "55.10万元")]),
    ],
)
def test_each_form_of_a_file_is_its_own(score: str, total: str, expected: list[tuple[str, str]]) -> None:
    sums = frozenset({"score-sum-mismatch", "amount-project-total-vs-summary", "weight-sum-not-100", "amount-source-sum"})
    text = BOOK.format(score=score, total=total)
    told = run(understand(document(text), default()), CheckSettings(select=sums), default())
    assert [(f.check, f.expected) for f in told.findings] == expected


@pytest.mark.parametrize(
    ("text", "executed"),
    [
        ("2020年、2022年分别支出80万元和110万元。", "1100000"),
        ("2022年和2023年分别支出80.5万元、110万元。", "805000"),
    ],
)
def test_figures_are_of_the_years_in_turn(tmp_path: Path, text: str, executed: str) -> None:
    path = tmp_path / "report.txt"
    path.write_text(f"{TITLE}{text}\n", encoding="utf-8")
    assert [p.executed.value for p in extract(path).projects if p.executed] == [executed]


NOTED = """项目支出绩效自评表（2022年度）

项目名称 | 乡村医生补助 | < | < | < | <
三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 备注
补助发放及时率 | 100% | 96% | 20 | 19.2 | {blank}
乡村医生满意度 | ≥90% | 92% | 80 | 80 | {blank}

{note}
"""


@pytest.mark.parametrize(
    ("note", "checks"),
    [
        ("注：补助发放因信息核对延迟，未能按时到账。", []),
        ("说明：因信息核对延迟，补助发放较慢。", []),
        ("注：本表由财务股填报。", ["deviation-reason-missing"]),
    ],
)
def test_a_reason_in_the_note_under_a_form(note: str, checks: list[str]) -> None:
    settings = CheckSettings(select=frozenset({"deviation-reason-missing"}))
    told = run(understand(document(NOTED.format(note=note, blank="")), default()), settings, default())
    assert [f.check for f in told.findings] == checks


RATED = """项目支出绩效自评表（2022年度）

项目名称 | 社区服务 | < | < | < | <
三级指标 | 年度指标值 | 实际完成值 | 完成率 | 分值 | 得分
预算调整率 | ≤10% | 9.18% | {rate} | 20 | 20
服务社区数量 | ≥12个 | 11个 | {other} | 80 | 73.33
"""


@pytest.mark.parametrize(
    ("rate", "other", "expected"),
    [("100%", "91.67%", []), ("91.8%", "91.67%", []), ("95%", "91.67%", ["91.8%"]), ("100%", "100%", ["91.67%"])],
)
def test_a_ceiling_that_is_kept_is_all_of_what_was_asked_for(rate: str, other: str, expected: list[str]) -> None:
    settings = CheckSettings(select=frozenset({"rate-indicator-recompute"}))
    told = run(understand(document(RATED.format(rate=rate, other=other)), default()), settings, default())
    assert [f.expected for f in told.findings] == expected
