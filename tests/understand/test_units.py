"""Whose report it is: fields in forms, lines with several fields, titles; never a unit of money."""

from __future__ import annotations

import pytest

from extractor.lexicon.packs import default
from extractor.understand import understand
from tests.check.pages import document

FUNDS = """
资金情况（万元） | 全年预算数 | 全年执行数 | 执行率
年度资金总额 | 50.00 | 40.00 | 80.00%
"""
FIELDS = {
    "the one that carries out": ("项目名称 | 护林员培训 | < | <\n主管部门 | 柏川县林业局 | 实施单位 | 柏川县青石林场", "柏川县青石林场"),
    "of the project": ("项目名称 | 护林员培训 | 项目单位 | 柏川县青石林场", "柏川县青石林场"),
    "that fills in, with its seal": ("项目名称 | 护林员培训 | 填报单位（盖章） | 柏川县青石林场（公章）", "柏川县青石林场"),
    "of users of the money": ("项目名称 | 护林员培训 | 资金使用单位 | 柏川县青石林场", "柏川县青石林场"),
    "with a code": ("项目名称 | 护林员培训 | 单位名称 | [217]柏川县林业局", "柏川县林业局"),
    "only the one above": ("项目名称 | 护林员培训 | 主管部门 | 柏川县林业局本级", "柏川县林业局"),
    "a ministry's alone": ("项目名称 | 护林员培训 | 中央主管部门 | 应急管理部", None),
    "left blank": ("项目名称 | 护林员培训 | 实施单位 | ", None),
}


def unit_of(text: str) -> str | None:
    return understand(document(text), default()).unit


@pytest.mark.parametrize("case", FIELDS)
def test_a_form_tells_its_unit(case: str) -> None:
    rows, unit = FIELDS[case]
    assert unit_of(f"项目支出绩效自评表（2023年度）\n\n{rows}\n{FUNDS.strip()}") == unit


def test_forms_of_several_units_under_one_department_are_the_departments() -> None:
    form = "项目支出绩效自评表\n\n项目名称 | {} | < | <\n主管部门 | 柏川县林业局 | 实施单位 | {}\n" + FUNDS.strip()
    text = form.format("护林员培训", "柏川县青石林场") + "\n\n" + form.format("苗圃管护", "柏川县苗圃站")
    assert unit_of(text) == "柏川县林业局"


LINES = {
    "单位名称：柏川县文化馆　　　　填报日期：2023年3月15日": "柏川县文化馆",
    "填报单位：柏川县林业局　　　单位：万元": "柏川县林业局",
    "填报单位（盖章）：柏川县林业局 填报时间：2023年3月": "柏川县林业局",
    "填报单位：柏川县林业局　2023年度": "柏川县林业局",
    "填报单位（盖章）：柏川县林业局 （2023年）": "柏川县林业局",
    "填报单位：柏川县林业局　　填报时间2024年3月5日": "柏川县林业局",
    "填报单位：柏川县2023年度造林指挥部": "柏川县2023年度造林指挥部",
    "单位：万元": None,
    "单位： 人民币元": None,
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_fields_tells_the_unit_and_money_is_none(line: str) -> None:
    assert unit_of(f"项目支出绩效自评表（2023年度）\n\n{line}\n\n项目名称 | 护林员培训 | < | <\n{FUNDS.strip()}") == LINES[line]


def test_the_title_names_the_unit_behind_the_year() -> None:
    assert unit_of("2022年度柏川县档案馆部门整体支出绩效自评报告\n\n一、部门概况\n\n柏川县档案馆承担档案保管工作。") == "柏川县档案馆"
    assert unit_of("2022年度部门整体支出绩效自评报告\n\n一、部门概况\n\n本单位承担档案保管工作。") is None
