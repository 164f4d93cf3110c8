"""Rates of narrower accounts, lists that begin a sentence, and projects told behind a number accuse nobody."""

from __future__ import annotations

import pytest

from extractor.check.run import run
from extractor.config import CheckSettings
from extractor.lexicon.packs import default
from extractor.model.facts import Facts
from extractor.model.findings import Severity
from extractor.understand import understand
from tests.check.pages import document

HEAD = "柏川县文化馆2022年度部门整体支出绩效自评报告\n二、收支情况\n"
WHOLE = "全年预算958.90万元，全年支出891.78万元，预算执行率93.00%。"


def wrong(facts: Facts) -> list[str]:
    found = run(facts, CheckSettings(), default()).findings
    return [f.check for f in found if f.severity > Severity.INFO and f.check.startswith(("amount-", "rate-"))]


@pytest.mark.parametrize(
    "text",
    [
        "会议费支出2.1万元，占预算的59.38%；培训费支出5万元，完成年初预算的70%。",
        "“三公”经费支出78,600元，完成预算的82.74%。",
        "政府采购预算完成率92.5%。",
        "公务用车运行维护费5.5万元，完成预算85.66%。",
        "主要用于日常运转，其中政府采购支出86万元，执行率81.2%。",
    ],
)
def test_a_rate_of_a_narrower_account_is_not_the_departments(text: str) -> None:
    facts = understand(document(f"{HEAD}{WHOLE}{text}"), default())
    assert wrong(facts) == []
    (department,) = [p for p in facts.projects if p.rates]
    assert [r.quantity.written for r in department.rates if not r.qualifier] == ["93.00%"]


@pytest.mark.parametrize(
    "text",
    [
        "全年支出891.78万元，年末结转67.12万元，主要是信息系统跨年实施。其中：基本支出436.20万元，项目支出455.58万元。",
        "全年预算958.90万元，支出891.78万元，结转下年67.12万元，用于信息化。其中人员经费400.00万元，公用经费36.20万元，项目经费455.58万元。",
        "全年支出891.78万元，年末结余67.12万元。支出中，基本支出436.20万元，占48.91%；项目支出455.58万元，占51.09%。",
        "本年收入958.90万元，本年支出891.78万元，年末结转67.12万元。其中，财政拨款收入900.00万元，事业收入58.90万元。",
    ],
)
def test_a_list_that_begins_a_sentence_binds_to_no_balance(text: str) -> None:
    assert wrong(understand(document(f"{HEAD}{text}"), default())) == []


@pytest.mark.parametrize(("first", "second"), [("1.", "2."), ("（1）", "（2）"), ("一是", "二是")])
def test_projects_told_behind_numbers_are_two(first: str, second: str) -> None:
    mark = "，" if first == "一是" else "。"
    told = [
        f"{first}农村供水管护项目{mark}全年预算40万元，支出36万元，执行率90%。",
        f"{second}山洪灾害防治工程{mark}全年预算60万元，支出60万元，执行率100%。",
    ]
    facts = understand(document("\n".join(["石桥县水利局2022年度项目支出绩效自评报告", "一、项目基本情况", *told])), default())
    assert [p.name for p in facts.projects] == ["农村供水管护项目", "山洪灾害防治工程"]
    assert wrong(facts) == []
