"""What forms are told of: reasons beside a form, full marks for missed targets, one finding an incident, figures as they were reckoned."""

from __future__ import annotations

import pytest

from extractor.check.run import Outcome, run
from extractor.check.shown import approximately
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.model.findings import Finding, Severity
from extractor.model.quantity import Decimal
from extractor.understand import understand
from tests.check.pages import document

FORM = """项目名称 | {name} | < | < | < | < | <
资金情况（万元） | < | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
{funds}
一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
产出指标 | 培训护林员 | ≥300人次 | {actual} | 40 | {score} | {reason}
效益指标 | 护林员满意度 | ≥90% | 95% | 50 | {last} | """
FUNDS = "年度资金总额 | < | 40.00 | {} | 10 | {} | {}"


def form(name: str = "护林员培训", **own: str) -> str:
    told = {"funds": FUNDS.format("32.00", "80%", "8"), "actual": "312人次", "score": "40", "reason": "", "last": "50"} | own
    return FORM.format(name=name, **told)


def outcome(text: str, *checks: str) -> Outcome:
    return run(understand(document(text), default()), CheckSettings(select=frozenset(checks)), default())


def found(text: str, *checks: str) -> list[Finding]:
    return list(outcome(text, *checks).findings)


NOTES = {
    "of another form": ("注：本表由财务股填报。", "注：余款因设备延期到货，次年支付。", ["护林员培训"]),
    "of each form": ("注：执行率偏低系下半年批复所致。", "注：余款因设备延期到货，次年支付。", []),
    "what is no reason": ("注：体系建设按系统要求填报。", "注：余款因设备延期到货，次年支付。", ["护林员培训"]),
}


@pytest.mark.parametrize("case", NOTES)
def test_a_note_under_a_form_explains_its_low_execution(case: str) -> None:
    first, second, names = NOTES[case]
    pages = "\n\n".join([form(), first, form("林区防火器材"), second])
    (told,) = found(pages, "rate-low-execution-unexplained") or [None]
    assert [name for name in ("护林员培训", "林区防火器材") if told and (told.project == name or name in told.arguments["list"])] == names


@pytest.mark.parametrize(
    ("reason", "count"),
    [("资金11月才下达", 0), ("受汛期影响少办两期", 0), ("尾款未到支付节点", 0), ("报名人数少于上年", 1), ("", 1), ("无", 1)],
)
def test_a_reason_in_the_rows_explains_low_execution(reason: str, count: int) -> None:
    text = form(actual="290人次", score="38.6", reason=reason)
    assert len(found(text, "rate-low-execution-unexplained")) == count


@pytest.mark.parametrize(
    ("last", "reason", "severity"),
    [
        ("48.5", "", Severity.ERROR),  # a column with decimals: 40 is no 39.87 rounded
        ("48.5", "两期因汛期取消", Severity.WARNING),
        ("49", "", Severity.WARNING),  # whole points: 39.87 may be 40
    ],
)
def test_full_marks_for_a_target_that_was_missed(last: str, reason: str, severity: Severity) -> None:
    (told,) = found(form(actual="299人次", last=last, reason=reason), "score-indicator-formula")
    assert (told.severity, told.stated, told.expected) == (severity, "40", "39.87")


TWICE = {
    "the only part": "其中：财政拨款 | < | 40.00 | 32.00 | — | 88% | —",
    "the only part and another": "其中：财政拨款 | < | 40.00 | 32.00 | — | 88% | —\n其他资金 | < | 0.00 | 0.00 | — | — | —",
}


@pytest.mark.parametrize("case", TWICE)
def test_the_rate_of_the_total_and_of_its_only_part_is_one_incident(case: str) -> None:
    text = form(funds=FUNDS.format("32.00", "88%", "8.8") + "\n" + TWICE[case])
    told = found(text, "rate-execution-recompute", "rate-source-recompute")
    assert [(f.check, f.stated, f.expected) for f in told] == [("rate-execution-recompute", "88%", "80%")]


def test_weights_are_shown_against_what_they_should_make() -> None:
    text = form().replace("| 50 | 50 |", "| 45 | 45 |")
    (told,) = found(text, "weight-sum-not-100")
    assert (told.stated, told.expected, told.formula) == ("95分", "100分", "10 + 40 + 45 = 95")


def test_the_sum_of_scores_is_not_rounded_to_the_total() -> None:
    text = form(score="37.6", reason="两期因汛期取消") + "\n总分 | < | < | < | 100 | 100 | "
    (told,) = found(text, "score-sum-mismatch")
    assert (told.stated, told.expected, told.formula) == ("100分", "95.6分", "8 + 37.6 + 50 = 95.6")


def test_a_rounded_product_says_so() -> None:
    text = form(funds=FUNDS.format("38.60", "96.5%", "10"))
    (told,) = found(text, "score-execution-formula") or [None]
    assert told is None  # 9.65 in whole points
    (told,) = found(form(funds=FUNDS.format("37.65", "94.13%", "10")), "score-execution-formula")
    assert (told.stated, told.expected, told.formula) == ("10分", "9", "94.13% × 10 = 9.41 ≈ 9")
    assert approximately(Decimal("8"), Decimal(8)) == "8"


@pytest.mark.parametrize(
    ("executed", "rate", "names"),
    [
        ("320000.00", "80%", ["amount-unit-suspect"]),  # 元 under a header of 万元: the rate fits
        ("320000.00", "75%", ["amount-unit-suspect"]),  # the unit first; what the rate is held against is not certain then
        ("32.00", "80%", []),
    ],
)
def test_a_slip_of_units_under_one_header(executed: str, rate: str, names: list[str]) -> None:
    text = form(funds=FUNDS.format(executed, rate, "7.5"))
    assert [f.check for f in found(text, "amount-unit-suspect", "rate-execution-recompute", "rate-source-recompute")] == names


def test_points_for_spending_rest_on_the_printed_rate_where_units_slipped() -> None:
    (told,) = found(form(funds=FUNDS.format("320000.00", "80%", "10")), "score-execution-formula")
    assert (told.stated, told.expected) == ("10分", "8")


LATE = """一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
产出指标 | 时效指标 | 苗木验收时间 | 2023年10月底前 | 2023年12月6日 | 10 | {} | {}
"""


@pytest.mark.parametrize(
    ("score", "reason", "count"), [("10", "", 1), ("8", "", 1), ("10", "秋旱补植", 1), ("8", "秋旱补植", 0), ("8", "无", 1)]
)
def test_a_late_finish_that_cost_points_and_is_explained_stands(score: str, reason: str, count: int) -> None:
    text = "项目名称 | 苗木采购 | < | < | < | < | < | <\n" + LATE.format(score, reason)
    assert len(found(text, "indicator-date-after-deadline")) == count


def test_points_in_one_name_only_make_no_sum_of_weights() -> None:
    rows = "一级指标 | 三级指标 | 目标值 | 完成值 | 得分\n产出指标 | 育苗数量（15分） | ≥2万株 | 2.1万株 | 15\n"
    rows += "^ | 育苗合格率 | ≥90% | 92% | 45\n效益指标 | 林农满意度 | ≥90% | 95% | 40\n"
    result = outcome("项目名称 | 育苗补助 | < | < | <\n" + rows, "weight-sum-not-100")
    assert (result.claims, result.findings) == ((), ())


TOLD = {
    "another figure of the project named": ("护林员培训项目培训护林员512人次。", ["培训护林员"]),
    "the figure of the form": ("护林员培训项目培训护林员312人次。", []),
    "the other project's": ("林区防火器材项目培训护林员300人次。", []),
    "both in one sentence": ("护林员培训和林区防火器材项目培训护林员512人次。", []),
    "after the other one": ("林区防火器材项目配发工具。护林员培训项目培训护林员512人次，效果良好。", ["培训护林员"]),
}


@pytest.mark.parametrize("case", TOLD)
def test_sentences_that_name_a_project_are_held_against_its_form(case: str) -> None:
    words, names = TOLD[case]
    text = "\n\n".join(["二、绩效目标完成情况", words, form(), form("林区防火器材", actual="300人次")])
    assert [f.arguments["name"] for f in found(text, "text-form-mismatch")] == names


def test_notes_under_forms_are_no_text_on_their_projects() -> None:
    pages = [part for name in ("护林员培训", "林区防火器材", "苗木采购", "林道养护") for part in (form(name), "注：余款次年支付。")]
    assert found("\n\n".join(pages[:-1]), "project-form-missing") == []
