"""Scores to grades: every score, every scale, the report's own bands before all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.check import grades, scores
from extractor.check.grade_scales import known_scales, own_scale
from extractor.check.registry import Case
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.model.facts import Facts
from extractor.model.findings import Severity, Verdict
from tests.check.facts_builder import Told, of_check

E, W = Severity.ERROR, Severity.WARNING


def one(score: str, grade: str, bands: str = "") -> Facts:
    told = Told(f"自评{score}分，等级{grade}。", bands)
    project = told.project(self_score=told.score(f"自评{score}分", f"{score}分"), grade=told.grade(f"等级{grade}", grade))
    return told.facts(project)


def outcome(score: str, grade: str, bands: str = "", profile: str = "central") -> list[Severity]:
    _, findings = of_check(grades.grade_score_mismatch, one(score, grade, bands), grade_profile=profile)
    return [f.severity for f in findings]


MARKING = ["较好8-7分，一般6-4分，较差3-0分", "优10-9分，良8-7分，中6-5分，差4分以下", "优秀（5-4分）、良好（3-2分）、较差（1-0分）"]


@pytest.mark.parametrize("words", MARKING)
def test_how_one_indicator_is_marked_is_no_scale_of_the_total(words: str) -> None:
    assert own_scale(Case(one("92.5", "优", words), CheckSettings(), default())) is None
    assert outcome("92.5", "优", words) == []


def test_every_score_in_tenths_against_the_default_bands() -> None:
    for tenths in range(1001):
        score = Decimal(tenths) / 10
        right = "优" if score >= 90 else "良" if score >= 80 else "中" if score >= 60 else "差"
        facts = one(str(score), right)
        claims, findings = of_check(grades.grade_score_mismatch, facts)
        assert ([c.verdict for c in claims], findings) == ([Verdict.CONSISTENT], [])


@pytest.mark.parametrize(
    ("score", "grade", "severities"),
    [
        ("86", "优", [E]),
        ("89.99", "优", [E]),
        ("90", "良", [E]),
        ("79.5", "良", [W]),  # 良 by the scale 90, 75, 60
        ("75", "良好", [W]),
        ("74.9", "良", [E]),
        ("95", "优秀", []),
        ("82", "良好", []),
        ("59", "差", []),
        ("60", "差", [E]),
        ("68", "合格", []),
        ("68", "低", []),
        ("85", "较好", []),
        ("55", "合格", [E]),
    ],
)
def test_known_scales(score: str, grade: str, severities: list[Severity]) -> None:
    assert outcome(score, grade) == severities


OWN = "等级划分：90—100分为优，75—89.99分为良，60—74.99分为中，60分以下为差。"


@pytest.mark.parametrize(
    ("bands", "grade", "severities"),
    [
        (OWN, "良", []),
        (OWN, "中", [E]),
        ("得分90分（含）以上为“优秀”，80分（含）以上为“良好”，60分（含）以上为“合格”，60分以下为“不合格”。", "良", [E]),
        ("优（90-100分）、良（75-89分）、中（60-74分）、差（60分以下）。", "良", []),
        ("90分以上为优。", "良", [W]),  # one band is no scale
    ],
)
def test_the_reports_own_bands_win(bands: str, grade: str, severities: list[Severity]) -> None:
    assert outcome("78", grade, bands) == severities


def test_own_bands_are_read_with_their_lowest_scores() -> None:
    scale = own_scale(Case(one("95", "优", OWN), CheckSettings(), default()))
    assert scale is not None
    assert scale.bands == (("优", Decimal(90)), ("良", Decimal(75)), ("中", Decimal(60)), ("差", Decimal(0)))


def test_a_chosen_profile_is_final() -> None:
    assert outcome("78", "良", profile="pass_fail") == []
    assert outcome("78", "良", profile="five") == [E]


def test_an_unknown_profile_names_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"centrl.*central"):
        outcome("78", "良", profile="centrl")


def test_labels_of_the_report_choose_the_scale() -> None:
    """合格 elsewhere in the report: the scale is 90, 75, 60, and a 78 is 良."""
    told = Told("自评78分，等级良好。", "自评65分，等级合格。")
    projects = [
        told.project(name, self_score=told.score(f"自评{s}分", f"{s}分"), grade=told.grade(f"等级{g}", g))
        for name, s, g in (("甲", "78", "良好"), ("乙", "65", "合格"))
    ]
    _, findings = of_check(grades.grade_score_mismatch, told.facts(*projects))
    assert findings == []


def test_every_scale_reaches_down_to_zero_and_has_a_title() -> None:
    for scale in known_scales(default()).values():
        assert scale.bands[-1][1] == 0
        assert scale.title
        assert all(default().group_of("grade_label", label) == label for label in scale.labels)


@pytest.mark.parametrize(
    ("score", "marks", "severities"),
    [
        ("105", "", [E]),
        ("100", "", []),
        ("0", "", []),
        ("105", "满分120分。", []),
        ("105", "另设附加分10分。", []),
        ("105", "满分100分。", [E]),
    ],
)
def test_totals_lie_within_full_marks(score: str, marks: str, severities: list[Severity]) -> None:
    told = Told(f"自评{score}分。", marks)
    project = told.project(self_score=told.score(f"自评{score}分", f"{score}分"))
    _, findings = of_check(scores.score_out_of_range, told.facts(project))
    assert [f.severity for f in findings] == severities
