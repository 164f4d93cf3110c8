"""CSV files: forms and lists as tables, whatever parts their cells and however their letters are encoded."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.lexicon.packs import default
from extractor.model.document import Table, Unreadable
from extractor.model.facts import Measure
from extractor.pipeline import load
from extractor.understand import understand

FORM = """项目支出绩效自评表,,,,,
（2023年度）,,,,,
项目名称,山塘清淤,,实施单位,云岭县水务局,
资金情况（万元）,,全年预算数,全年执行数,执行率,得分
,年度资金总额,"1,200.00","1,140.00",95.00%,9.5
一级指标,二级指标,三级指标,年度指标值,实际完成值,得分
产出指标,数量指标,"清淤口数，按座计",≥9口,9口,50
"""
LIST = "项目名称;预算数（万元）;支出数（万元）;执行率\n山塘清淤;1,200.5;1,140;94.96%\n渠道养护;80;79.5;99.38%\n"


def written(folder: Path, content: bytes, name: str = "表.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_form(tmp_path: Path, encoding: str) -> None:
    facts = understand(load(written(tmp_path, FORM.replace("\n", "\r\n").encode(encoding))), default())
    (project,) = facts.projects
    assert (facts.title, facts.unit, project.name) == ("项目支出绩效自评表（2023年度）", "云岭县水务局", "山塘清淤")
    assert project.amounts[Measure.EXECUTED].quantity.value == 11400000
    assert [(i.name, i.actual and i.actual.text) for i in project.indicators] == [("清淤口数，按座计", "9口")]


@pytest.mark.parametrize(("mark", "name"), [(";", "表.csv"), ("\t", "表.csv"), ("\t", "表.tsv")])
def test_a_list_parted_by_another_mark(tmp_path: Path, mark: str, name: str) -> None:
    document = load(written(tmp_path, LIST.replace(";", mark).encode(), name))
    assert [(t.rows, t.columns) for t in document.blocks if isinstance(t, Table)] == [(3, 4)]
    projects = [p for p in understand(document, default()).projects if p.amounts]
    told = [(p.name, p.amounts[Measure.BUDGET].quantity.written) for p in projects]
    assert told == [("山塘清淤", "1,200.5"), ("渠道养护", "80")]


def test_places_are_told_like_those_of_a_sheet(tmp_path: Path) -> None:
    document = load(written(tmp_path, FORM.encode()))
    told = {p.text: p.locator for p in document.paragraphs.values()}
    assert (told["1,140.00"], told["山塘清淤"]) == ("表!D5", "表!B3")


@pytest.mark.parametrize(
    ("content", "code"),
    [(b",,\n,,\n", "no_text"), (b"a,\xff\xfe\x00\x01\x02", "unsupported"), (("项目,预算\n" + "清" * 140_000).encode(), "broken")],
)
def test_what_is_no_table(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as raised:
        load(written(tmp_path, content))
    assert raised.value.code == code
