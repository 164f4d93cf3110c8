"""What the checks on forms make of layouts: which points count, what cannot be checked, and what settings change."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.check.run import Outcome, run
from extractor.check.targets import held
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.model.facts import Operator
from extractor.model.findings import Severity, Verdict
from extractor.model.quantity import Quantity
from extractor.understand import understand
from tests.check.pages import document

HEAD = "项目名称 | 山塘清淤经费\n"
FUND = "资金情况（万元） | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分\n年度资金总额 | 40 | 38 | 10 | 95% | 9.5\n"
ROWS = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n"


def outcome(text: str, *checks: str, **settings: object) -> Outcome:
    chosen = CheckSettings(select=frozenset(checks), **settings)  # type: ignore[arg-type]
    return run(understand(document(HEAD + text), default()), chosen, default())


def verdicts(result: Outcome) -> list[tuple[Verdict, str | None]]:
    return [(claim.verdict, claim.reason) for claim in result.claims]


ONE = "产出指标 | 数量指标 | 清淤山塘口数 | ≥9口 | 9口 | {} | {}\n"
TWO = "效益指标 | 社会效益指标 | 受益农户 | ≥300户 | 320户 | {} | {}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FUND + ROWS + ONE.format(50, 50) + TWO.format(40, 40) + "合计 | < | < | < | < | 100 | 99.5", (Verdict.CONSISTENT, None)),
        (FUND + ROWS + ONE.format(50, 50) + TWO.format(40, 40) + "合计 | < | < | < | < | 90 | 90", (Verdict.CONSISTENT, None)),
        (FUND + ROWS + ONE.format(60, 60) + TWO.format(40, 40) + "合计 | < | < | < | < | 100 | 100", (Verdict.CONSISTENT, None)),
        (ROWS + ONE.format(50, 50) + TWO.format(40, 40) + "合计 | < | < | < | < | 100 | 9", (Verdict.NOT_CHECKABLE, "no_execution_weight")),
        (FUND + ROWS + ONE.format(45, 45) + TWO.format(40, 40) + "合计 | < | < | < | < | 100 | 99.5", (Verdict.INCONSISTENT, None)),
        (FUND + ROWS + ONE.format(45, 45) + TWO.format(40, 40) + "合计 | < | < | < | < | 95 | 94.5", (Verdict.INCONSISTENT, None)),
        (ROWS + ONE.format("33.3", 30) + TWO.format("66.6", 60) + "合计 | < | < | < | < | 100 | 90", (Verdict.CONSISTENT, None)),
    ],
)
def test_weights(text: str, expected: tuple[Verdict, str | None]) -> None:
    assert verdicts(outcome(text, "weight-sum-not-100")) == [expected]


def test_merged_points_count_once() -> None:
    text = ROWS + ONE.format(60, 60) + "^ | ^ | 加固山塘口数 | ≥2口 | 2口 | ^ | ^\n" + TWO.format(40, 38)
    text += "合计 | < | < | < | < | 100 | 98"
    result = outcome(text, "weight-sum-not-100", "score-sum-mismatch", "score-row-exceeds-weight")
    assert result.findings == ()
    sums = {claim.check: claim.formula for claim in result.claims}
    assert sums["weight-sum-not-100"] == "60 + 40 = 100"
    assert sums["score-sum-mismatch"] == "60 + 38 = 98"


def test_points_of_a_merged_cell_are_not_held_against_one_row() -> None:
    text = ROWS + ONE.format(60, 60) + "^ | ^ | 加固山塘口数 | ≥4口 | 2口 | ^ | ^\n"
    assert verdicts(outcome(text, "score-indicator-formula")) == [(Verdict.NOT_CHECKABLE, "shared_points")] * 2


def test_scores_out_of_100_are_weighted() -> None:
    text = ROWS.replace("分值", "权重") + ONE.format("60%", 95) + TWO.format("40%", 90) + "总分 | < | < | < | < | 100% | 93"
    assert verdicts(outcome(text, "score-sum-mismatch")) == [(Verdict.CONSISTENT, None)]


def test_a_rescaled_total_holds_where_the_form_says_so() -> None:
    rows = FUND + ROWS + ONE.format(50, 50) + TWO.format(30, 28) + "总分 | < | < | < | < | 90 | 97.2\n"
    assert verdicts(outcome(rows, "score-sum-mismatch")) == [(Verdict.INCONSISTENT, None)]
    assert verdicts(outcome(rows + "注：不适用的指标剔除后折算为百分制。", "score-sum-mismatch")) == [(Verdict.CONSISTENT, None)]


def test_scoring_by_steps() -> None:
    text = FUND.replace("95% | 9.5", "95% | 9.8") + ROWS + ONE.format(90, 90)
    name = "score-execution-formula"
    assert verdicts(outcome(text, name)) == [(Verdict.INCONSISTENT, None)]
    assert verdicts(outcome(text, name, scoring="stepwise")) == [(Verdict.NOT_CHECKABLE, "stepwise")]
    note = "执行率达到90%以上得满分。"
    assert verdicts(outcome(text + note, name)) == [(Verdict.NOT_CHECKABLE, "stepwise")]
    assert verdicts(outcome(text + note, name, scoring="proportional")) == [(Verdict.INCONSISTENT, None)]


def test_a_method_beside_a_row_concerns_that_row() -> None:
    head = ROWS.rstrip("\n") + " | 评分标准\n"
    text = head + "产出指标 | 数量指标 | 清淤山塘口数 | ≥9口 | 8口 | 50 | 46 | 每少1口扣4分\n"
    text += "效益指标 | 社会效益指标 | 受益农户 | ≥300户 | 270户 | 50 | 50 | 按比例计分\n"
    assert verdicts(outcome(text, "score-indicator-formula")) == [(Verdict.NOT_CHECKABLE, "stepwise"), (Verdict.INCONSISTENT, None)]


def test_a_reason_or_a_presumed_direction_makes_a_warning() -> None:
    head = ROWS.rstrip("\n") + " | 偏差原因\n"
    rows = {
        "≥9口 | 6口 | 50 | 50 | ": Severity.ERROR,
        "≥9口 | 6口 | 50 | 50 | 因汛期未能进场": Severity.WARNING,
        "9口 | 6口 | 50 | 50 | ": Severity.WARNING,
        "≥100口 | 99口 | 5 | 5 | ": Severity.WARNING,  # right by rounding, yet all points for a target missed
        "100口 | 99口 | 5 | 5 | ": Severity.INFO,
    }
    for cells, severity in rows.items():
        result = outcome(head + f"产出指标 | 数量指标 | 清淤山塘口数 | {cells}\n", "score-indicator-formula")
        assert [finding.severity for finding in result.findings] == [severity], cells


def test_money_without_its_unit_is_read_like_the_target() -> None:
    rows = ROWS + "产出指标 | 成本指标 | 每口费用 | ≤4.2万元 | 4.16 | 50 | 50\n产出指标 | 成本指标 | 每里费用 | ≤4.2万元 | 5.1 | 50 | 50\n"
    result = outcome(rows, "score-indicator-formula")
    assert verdicts(result) == [(Verdict.CONSISTENT, None), (Verdict.INCONSISTENT, None)]
    assert [finding.severity for finding in result.findings] == [Severity.WARNING]


def test_the_label_of_points_and_their_total_are_one_incident() -> None:
    rows = ROWS.replace("一级指标", "绩效指标 | 一级指标") + "绩效指标（90分） | 产出指标 | 数量指标 | 清淤口数 | ≥9口 | 9口 | 50 | 50\n"
    rows += "^ | 效益指标 | 社会效益指标 | 受益农户 | ≥300户 | 320户 | 30 | 30\n合计 | < | < | < | < | < | 100 | 89.5"
    result = outcome(FUND + rows, "weight-sum-not-100", "weight-subtotal-mismatch")
    assert [finding.check for finding in result.findings] == ["weight-sum-not-100"]
    assert {claim.check for claim in result.findings[0].claims} == {"weight-sum-not-100", "weight-subtotal-mismatch"}


def test_an_unknown_profile_is_named() -> None:
    with pytest.raises(ValueError, match="centrl 的定性分档，是否指 central"):
        outcome(ROWS + ONE.format(90, 90), "score-qualitative-band", qualitative_profile="centrl")


def test_bands_of_another_province() -> None:
    row = ROWS + "效益指标 | 可持续影响指标 | 管护机制 | 健全 | 未达成年度指标且效果较差 | 10 | 5.5\n"
    assert [f.severity for f in outcome(row, "score-qualitative-band").findings] == []
    found = outcome(row, "score-qualitative-band", qualitative_profile="hubei").findings
    assert [f.severity for f in found] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("operator", "target", "actual", "share"),
    [
        (Operator.AT_LEAST, "100", "80", "0.8"),
        (Operator.AT_LEAST, "100", "130", "1"),
        (Operator.AT_LEAST, "100", "0", "0"),
        (Operator.AT_MOST, "100", "125", "0.8"),
        (Operator.AT_MOST, "100", "0", "1"),
        (Operator.EQUAL, "100", "90", "0.9"),
        (Operator.EQUAL, "100", "110", None),
        (Operator.AT_LEAST, "0", "5", None),
        (Operator.AT_LEAST, "-3", "5", None),
    ],
)
def test_shares_earned(operator: Operator, target: str, actual: str, share: str | None) -> None:
    met = held(operator, Quantity(Decimal(target), 0, "人"), Quantity(Decimal(actual), 0, "人"), is_count=True)
    assert (met.share if met else None) == (Decimal(share) if share else None)


def test_a_target_of_none_that_was_missed_earns_nothing() -> None:
    met = held(Operator.AT_MOST, Quantity(Decimal(0), 0, "起"), Quantity(Decimal(2), 0, "起"), is_count=True)
    assert met is not None
    assert (met.is_met, met.share) == (False, None)


SUBTOTALS = """过程 | 预算管理 | 制度健全性 | 健全 | 健全 | 10 | {}
过程 | 预算管理 | 资金合规性 | 合规 | 合规 | 20 | 20
小计 | < | < | | | {} | {}
产出 | 数量指标 | 清淤山塘口数 | ≥9口 | 9口 | 70 | 70
小计 | < | < | | | 70 | 70
"""


@pytest.mark.parametrize(
    ("first", "weight", "score", "found"),
    [
        ("9.5", "30", "29.5", []),
        ("9.5", "30", "25.9", ["score-sum-mismatch"]),
        ("9.5", "35", "29.5", ["weight-subtotal-mismatch"]),
        ("9.54", "30", "29.5", []),  # rounded like the subtotal
        ("", "30", "29.5", []),  # a row without its points: the sum is not known
    ],
)
def test_subtotals_add_up_their_rows(first: str, weight: str, score: str, found: list[str]) -> None:
    text = (
        ROWS
        + SUBTOTALS.format(first, weight, score)
        + "产出 | 数量指标 | 清淤山塘口数 | ≥9口 | 9口 | 70 | 70\n小计 | < | < | | | 70 | 70\n"
    )
    result = outcome(text, "score-sum-mismatch", "weight-subtotal-mismatch")
    assert [finding.check for finding in result.findings] == found


def test_subtotals_may_stand_above_their_rows_and_hold_the_execution_row() -> None:
    above = "产出指标小计 | < | < | | | 70 | 68\n产出 | 数量指标 | 清淤山塘口数 | ≥9口 | 9口 | 70 | 68\n"
    below = "效益指标小计 | < | < | | | 20 | 19\n效益 | 社会效益 | 受益农户 | ≥300户 | 285户 | 20 | 19\n"
    assert outcome(ROWS + above + below, "score-sum-mismatch", "weight-subtotal-mismatch").findings == ()
    held = ONE.format(80, 80) + "小计 | < | < | | | 90 | 89.5\n"
    assert outcome(FUND + ROWS + held, "score-sum-mismatch", "weight-subtotal-mismatch").findings == ()


@pytest.mark.parametrize(
    ("row", "grade"),
    [
        ("自评等级 | □优 | ☑良 | □中 | □差\n", "良"),
        ("自评等级 | 优☑ | 良□ | 中□ | 差□\n", "优"),
        ("自评等级 | □优　□良　☑中　□差\n", "中"),
    ],
)
def test_a_grade_ticked_in_cells_of_its_own(row: str, grade: str) -> None:
    (project,) = understand(document(HEAD + row + FUND), default()).projects
    assert (project.grade and project.grade.text) == grade


UNREAD = {
    "unknown head of names": ("一级指标 | 二级指标 | 三级栏 | 年度应达 | 年底实到 | 打分情况", True),
    "known heads": ("一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分", False),
}


@pytest.mark.parametrize("case", UNREAD)
def test_indicators_of_which_no_row_was_read_are_said_though_the_funds_were(case: str) -> None:
    head, is_told = UNREAD[case]
    text = f"""护林员培训情况

项目名称 | 护林员培训 | < | < | < | <
资金情况（万元） | < | 全年预算数 | 全年执行数 | 执行率 | 得分
年度资金总额 | < | 50.00 | 40.00 | 80.00% | 8
{head}
产出指标 | 数量指标 | 培训班次 | ≥8班 | 9班 | 40
产出指标 | 质量指标 | 合格率 | ≥90% | 92% | 10
效益指标 | 社会效益指标 | 知晓率 | ≥85% | 88% | 40"""
    told = list(run(understand(document(text), default()), CheckSettings(select=frozenset({"form-template-unknown"})), default()).findings)
    assert [(f.severity, f.message) for f in told] == ([(Severity.INFO, "rows")] if is_told else [])


SHORT_OF = {
    "signs and units apart, with a coefficient": (
        "指标名称 | 计量单位 | 指标性质 | 指标权重 | 指标值 | 全年完成值 | 得分系数 | 指标得分 | 偏差说明",
        "按期完工率 | % | ≥ | 10 | 95 | 90 | 1 | 10 | {reason}\n带动务工收入 | 万元 | ≥ | 15 | 500 | 472 | 0.94 | 14.16 | ",
    ),
    "sign and unit in the cell": (
        "二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | 未完成原因",
        "质量指标 | 水质达标率 | ≥90% | 87.5% | 15 | 15 | {reason}\n社会效益 | 受益人口 | ≥60人 | 59人 | 10 | 9.83 | ",
    ),
    "unit beside a value": (
        "三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分 | 未完成原因分析",
        "知晓率 | ≥ | 85 | % | 83.5 | 10 | 10 | {reason}\n培训人次 | ≥ | 600 | 人次 | 570 | 10 | 9.5 | ",
    ),
    "less is better": (
        "三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分 | 未完成原因分析",
        "单位造价 | ≤ | 65 | 万元/公里 | 72 | 10 | 10 | {reason}\n培训人次 | ≥ | 600 | 人次 | 570 | 10 | 9.5 | ",
    ),
}


@pytest.mark.parametrize("case", SHORT_OF)
def test_full_marks_for_a_missed_target_are_an_error_unless_a_reason_is_given(case: str) -> None:
    head, lines = SHORT_OF[case]
    plain = outcome(f"{head}\n{lines.format(reason='')}", "score-indicator-formula").findings
    assert [(f.severity, f.message) for f in plain][:1] == [(Severity.ERROR, "full")]
    told = outcome(f"{head}\n{lines.format(reason='汛期停工十五天')}", "score-indicator-formula").findings
    assert [(f.severity, f.message) for f in told][:1] == [(Severity.WARNING, "full")]


def test_full_marks_within_the_rounding_of_whole_points_are_no_error() -> None:
    head = "三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分 | 未完成原因分析"
    found = outcome(
        f"{head}\n知晓率 | ≥ | 85 | % | 83.5 | 10 | 10 | \n培训人次 | ≥ | 600 | 人次 | 610 | 10 | 10 | ", "score-indicator-formula"
    ).findings
    assert [f.severity for f in found] == [Severity.WARNING]


CLAIMS = {
    "各项指标均已完成。": True,
    "除水质达标率外各项指标均已完成。": False,
    "除水质达标率略低于预期外，其余各项指标均已完成。": False,
    "水质达标率未达预期，其他各项指标全部完成。": False,
    "除水质达标率以外，所有目标均已实现。": False,
    "年内开展三次检查。各项指标全部完成。": True,
}


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_claim_that_names_its_exception_is_not_overstated(claim: str) -> None:
    head = "三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分 | 未完成原因分析"
    rows = "水质达标率 | ≥ | 90 | % | 87.5 | 15 | 14.58 | 上游来水影响\n巡查次数 | ≥ | 12 | 次 | 13 | 10 | 10 | "
    found = outcome(f"{head}\n{rows}\n自评结论 | {claim}", "claim-overstated").findings
    assert bool(found) is CLAIMS[claim]
