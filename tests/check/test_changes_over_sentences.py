"""Growth whose earlier amount stands in the sentence before: 2022年收入500万元。2023年600万元，同比增长25%."""

from __future__ import annotations

import pytest

from extractor.check.run import run
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.model.findings import Severity
from extractor.understand import understand
from tests.check.pages import document

HEAD = "云岭县文旅局2023年度部门整体支出绩效自评报告\n一、收入情况\n"
WRONG = [
    ("2022年收入500万元。2023年600万元，同比增长25%。", "25%", "20%"),
    ("2022年景区门票收入500万元。2023年景区门票收入600万元，较上年增长15%。", "15%", "20%"),
    ("上年收入500万元。本年600万元，同比增长25%。", "25%", "20%"),
    ("2022年度接待游客120万人次；2023年度接待游客102万人次，比上年下降20%。", "20%", "15%"),
]
SILENT = {
    "right": "2022年收入500万元。2023年600万元，同比增长20%。",
    "against another year": "2021年收入400万元。2022年收入500万元。2023年收入600万元，较2021年增长50%。",
    "two years apart": "2021年收入500万元。2023年600万元，同比增长25%。",
    "of something else": "2022年旅游收入500万元。2023年工资支出600万元，同比增长25%。",
    "of less": "2022年旅游收入500万元。2023年收入600万元，同比增长25%。",
    "of half a year": "2022年上半年收入500万元。2023年600万元，同比增长25%。",
    "of a plan": "2022年收入500万元。2023年计划收入600万元，增长25%。",
    "two amounts before": "2022年收入500万元，支出300万元。2023年600万元，同比增长25%。",
    "growth of a part": "2022年收入500万元。2023年600万元，其中门票收入同比增长25%。",
    "points": "2022年完成率500件。2023年600件，同比提高25个百分点。",
    "of two years before": "前年收入500万元。本年600万元，同比增长25%。",
    "of the half-year": "上年收入500万元。上半年600万元，同比增长25%。",
    "about": "2022年收入约500万元。2023年600万元，同比增长25%。",
}


def found(words: str) -> list[tuple[Severity, str | None, str | None]]:
    settings = CheckSettings(select=frozenset({"rate-yoy-recompute"}))
    told = run(understand(document(HEAD + words), default()), settings, default()).findings
    return [(f.severity, f.stated, f.expected) for f in told]


@pytest.mark.parametrize(("words", "stated", "expected"), WRONG)
def test_growth_from_the_year_in_the_sentence_before(words: str, stated: str, expected: str) -> None:
    assert found(words) == [(Severity.WARNING, stated, expected)]


@pytest.mark.parametrize("case", SILENT)
def test_growth_of_something_else(case: str) -> None:
    assert found(SILENT[case]) == []
