"""Mentions: quantities with their bounds and precision, offsets of the text as given, one entity a place."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.lexicon.mentions import scan
from extractor.model.facts import Kind, Mention
from extractor.model.quantity import Bound, Quantity

CHARACTERS = (
    "〇一二三四五六七八九十百千万亿半余多几约近至到与和以上下内0123456789０９,，.．-—~～%％‰"
    "（）()〔〕第年月日号元分人个次 \n。；：负￥成点角令条表ABT"
)

REPORT = """一、项目概况
（一）项目由来。根据《云岭区财政局关于开展2021年度绩效自评工作的通知》（云财绩〔2022〕3号），对“河道清淤”项目开展自评。
1.资金情况：年初预算安排120.5万元，实际到位１２０．５万元，支出约118万元，执行率97.93%，结余25,000.00元。
2.产出指标：清淤12.6公里，培训三百二十人次，超过目标20%；满意度≥95%。
本项目自评得分96.5分，等级为“优”。联系电话：010-12345678。（附件一）
"""


def only(text: str) -> Mention:
    (mention,) = scan(text)
    return mention


def quantity(text: str) -> Quantity:
    mention = next(m for m in scan(text) if m.quantity)
    assert mention.quantity is not None
    return mention.quantity


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支出19.87万元", Quantity(Decimal("19.87"), 2, "元", Decimal(10000), written="19.87万元")),
        ("支出1,250.00元", Quantity(Decimal("1250.00"), 2, "元", written="1,250.00元")),
        ("完成率80%", Quantity(Decimal(80), 0, "%", written="80%")),
        ("增长率5.2‰", Quantity(Decimal("5.2"), 1, "%", Decimal("0.1"), written="5.2‰")),
        ("合格率九成", Quantity(Decimal(9), 0, "%", Decimal(10), written="九成")),
        ("误差千分之三", Quantity(Decimal(3), 0, "%", Decimal("0.1"), written="千分之三")),
        ("得96.5分", Quantity(Decimal("96.5"), 1, "分", written="96.5分")),
        ("培训246人次", Quantity(Decimal(246), 0, "人次", written="246人次")),
        ("面积86.5万亩", Quantity(Decimal("86.5"), 1, "亩", Decimal(10000), written="86.5万亩")),
        ("补助3万5千元", Quantity(Decimal(35), 0, "元", Decimal(1000), written="3万5千元")),
        ("预算五百万元", Quantity(Decimal(500), 0, "元", Decimal(10000), written="五百万元")),
        ("每户10-20万元", Quantity(Decimal(10), 0, "元", Decimal(10000), upper=Decimal(200000), written="10-20万元")),
        ("贷款30万美元", Quantity(Decimal(30), 0, "美元", Decimal(10000), written="30万美元")),
        ("净利润-1.5亿元", Quantity(Decimal("-1.5"), 1, "元", Decimal(10**8), written="-1.5亿元")),
    ],
)
def test_quantities(text: str, expected: Quantity) -> None:
    assert quantity(text) == expected


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("支出20万元", Bound.NONE),
        ("约20万元", Bound.APPROX),
        ("近20万元", Bound.APPROX),
        ("20万元左右", Bound.APPROX),
        ("20余万元", Bound.APPROX),
        ("20多万元", Bound.APPROX),
        ("三十余人", Bound.APPROX),
        ("超过20万元", Bound.AT_LEAST),
        ("突破20万元", Bound.AT_LEAST),
        ("20万元以上", Bound.AT_LEAST),
        ("不低于95%", Bound.AT_LEAST),
        ("不少于3个", Bound.AT_LEAST),
        ("≥95%", Bound.AT_LEAST),
        ("至少 95%", Bound.AT_LEAST),
        ("不足20万元", Bound.AT_MOST),
        ("3天以内", Bound.AT_MOST),
        ("5%以下", Bound.AT_MOST),
        ("不超过20万元", Bound.AT_MOST),
        ("≤20万元", Bound.AT_MOST),
        ("≥90", Bound.AT_LEAST),
        ("90以下", Bound.AT_MOST),
    ],
)
def test_bound_words(text: str, bound: Bound) -> None:
    assert quantity(text).bound is bound


@pytest.mark.parametrize(
    ("text", "kind", "normal"),
    [
        ("2019年", Kind.YEAR, "2019"),
        ("2019年度", Kind.YEAR, "2019"),
        ("2019年3月5日", Kind.DATE, "2019-03-05"),
        ("3月5日", Kind.DATE, "03-05"),
        ("2017-2018年", Kind.PERIOD, "2017/2018"),
        ("1-6月", Kind.PERIOD, "01/06"),
        ("第三季度", Kind.PERIOD, "Q3"),
        ("上年", Kind.RELATIVE_DATE, "上年"),
        ("第五十三条", Kind.ARTICLE, "第五十三条"),
        ("第十二届", Kind.ORDINAL, "第十二"),
        ("（二）", Kind.SECTION, "2"),
        ("附件三", Kind.CODE, "附件三"),
        ("430/540", Kind.RATIO, "430/540"),
        ("等级优", Kind.GRADE, "优"),
    ],
)
def test_what_has_a_text(text: str, kind: Kind, normal: str) -> None:
    mention = only(text)
    assert (mention.kind, mention.text) == (kind, normal)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("（云财绩〔2022〕3号）", {"issuer": "云财绩", "year": "2022", "serial": "3"}),
        ("云财绩[20171000 号]", {"issuer": "云财绩", "year": "2017", "serial": "1000"}),
        ("国务院令第423号", {"issuer": "国务院", "serial": "423"}),
        ("84个百分点", {"point": "1"}),
        ("430/540", {"part": "430", "whole": "540"}),
    ],
)
def test_groups(text: str, groups: dict[str, str]) -> None:
    assert dict(only(text).groups) == groups


def test_mentions_of_a_report_in_order() -> None:
    assert [(m.kind.value, REPORT[m.start : m.end]) for m in scan(REPORT)] == [
        ("section", "一、"),
        ("section", "（一）"),
        ("year", "2021年度"),
        ("doc_no", "云财绩〔2022〕3号"),
        ("section", "1."),
        ("relative_date", "年初"),
        ("money", "120.5万元"),
        ("money", "１２０．５万元"),
        ("money", "118万元"),
        ("percent", "97.93%"),
        ("money", "25,000.00元"),
        ("section", "2."),
        ("count", "12.6公里"),
        ("count", "三百二十人次"),
        ("percent", "20%"),
        ("percent", "95%"),
        ("score", "96.5分"),
        ("grade", "优"),
        ("code", "010-12345678"),
        ("code", "附件一"),
    ]


def test_the_figure_is_written_as_in_the_text() -> None:
    assert all(REPORT[m.start : m.end] == m.quantity.written for m in scan(REPORT) if m.quantity)


@pytest.mark.parametrize("paragraph", REPORT.splitlines()[1:4])
def test_a_line_broken_anywhere_keeps_figures_and_document_numbers(paragraph: str) -> None:
    def found(text: str) -> list[object]:
        unbreakable = (Kind.SECTION, Kind.RELATIVE_DATE)
        return [(m.kind, m.quantity.value if m.quantity else m.text) for m in scan(text) if m.kind not in unbreakable]

    whole = found(paragraph)
    broken = [paragraph[:place] + "\n" + paragraph[place:] for place in range(3, len(paragraph) - 1)]
    assert [text for text in broken if found(text) != whole] == []


@settings(max_examples=300)
@given(st.text(alphabet=CHARACTERS, max_size=40))
def test_any_text_gives_ordered_spans(text: str) -> None:
    mentions = scan(text)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(first.end <= second.start for first, second in pairwise(mentions))


def test_an_unrelated_sentence_behind_changes_nothing() -> None:
    assert scan(REPORT + "该项工作按计划推进。") == scan(REPORT)
