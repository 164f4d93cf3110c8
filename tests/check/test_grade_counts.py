"""How many projects have which grade, against their number and their own grades."""

from __future__ import annotations

import pytest

from extractor.check.run import run
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.understand import understand
from tests.check.pages import document

HEAD = "云岭县水务局2023年度项目支出绩效自评报告\n一、自评结论\n"
PROJECTS = """
二、各项目情况
（一）山塘清淤项目
预算80万元，支出80万元，自评得分95分，等级为优。
（二）渠道修复项目
预算50万元，支出40万元，自评得分85分，等级为良。
（三）河道巡查项目
预算30万元，支出25万元，自评得分83分，等级为良。
"""
ADDED = [
    ("本次纳入自评的5个项目中，优4个、良2个。", [("5个", "6个")]),
    ("共对6个项目开展绩效自评，其中评价等级为“优”的项目5个，“良”的项目2个，无“中”“差”项目。", [("6个", "7个")]),
    ("我局自评项目共4个，3个项目自评结果为优秀，2个为良好。", [("4个", "5个")]),
]
AGAINST_THE_LIST = [
    ("本次纳入自评的3个项目中，优2个、良1个。", [("2个", "1个"), ("1个", "2个")]),
    ("本次纳入自评的3个项目中，优1个、良2个。", []),
    ("本次纳入自评的4个项目中，优2个、良2个。", []),
    ("本次纳入自评的3个项目中，优3个、良0个。", [("3个", "1个"), ("0个", "2个")]),
    ("2022年自评的3个项目中，优2个、良1个。", []),
]
SILENT = {
    "some without a grade": "本次纳入自评的5个项目中，优3个、良1个，1个项目因未完工未评级。",
    "no grade": "本次自评的5个项目中4个已完工，3个项目为优先实施。",
    "two batches": "重点项目3个，优3个；一般项目5个，优4个、良1个。",
    "two totals": "重点项目3个、一般项目2个，优4个、良2个。",
    "samples": "抽检项目12个，样品优秀80个、良好30个。",
    "one within another": "本次自评的5个项目中，优5个、良0个，其中优4个为一次性项目。",
}


def found(words: str) -> list[tuple[str | None, str | None]]:
    settings = CheckSettings(select=frozenset({"grade-count-mismatch"}))
    return [(f.stated, f.expected) for f in run(understand(document(HEAD + words), default()), settings, default()).findings]


@pytest.mark.parametrize(("words", "expected"), ADDED)
def test_counts_that_are_more_than_the_projects(words: str, expected: list[tuple[str, str]]) -> None:
    assert found(words) == expected


@pytest.mark.parametrize(("words", "expected"), AGAINST_THE_LIST)
def test_counts_against_the_grades_of_the_projects(words: str, expected: list[tuple[str, str]]) -> None:
    assert found(words + PROJECTS) == expected


@pytest.mark.parametrize("case", SILENT)
def test_counts_that_prove_nothing(case: str) -> None:
    assert found(SILENT[case]) == []


def test_a_grade_that_is_wrong_itself_is_told_once() -> None:
    assert found("本次纳入自评的3个项目中，优1个、良2个。" + PROJECTS.replace("83分，等级为良", "83分，等级为优")) == []
