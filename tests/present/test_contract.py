"""The JSON contract, name by name, on one hand-made document."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from extractor.model.document import Note, Span
from extractor.model.facts import Doubt, Facts
from extractor.model.findings import CheckRecord, Finding
from extractor.model.report import Report, Run, Summary, Tool
from extractor.present.contract import report


@pytest.fixture
def printed(made: Report) -> dict[str, Any]:
    return json.loads(made.model_dump_json())


def test_names_and_order_of_a_report(printed: dict[str, Any]) -> None:
    assert list(printed) == [
        "source", "status", "error", "notes", "kind", "title", "unit", "year",
        "sections", "projects", "document_numbers", "claims", "findings",
    ]  # fmt: skip


def test_source(printed: dict[str, Any]) -> None:
    assert printed["source"] == {"path": "corpus/青川.pdf", "sha256": "ab" * 32, "media_type": "application/pdf", "pages": 4}
    assert (printed["status"], printed["error"], printed["notes"]) == ("ok", None, [])


def test_section(printed: dict[str, Any]) -> None:
    assert printed["sections"] == [{"number": "1.2", "title": "资金情况", "level": 2, "page": 3, "empty": False}]


def test_amounts_are_decimal_strings_in_yuan(printed: dict[str, Any]) -> None:
    project = printed["projects"][0]
    assert project["executed"]["value"] == "198700"
    assert project["executed"]["written"] == "19.87万元"
    assert project["budget"]["value"] == "200000"
    assert (project["budget_initial"], project["arrived"], project["balance"]) == (None, None, None)


def test_evidence_has_one_box_a_line(printed: dict[str, Any]) -> None:
    assert printed["projects"][0]["budget"]["evidence"] == [
        {"page": 3, "locator": None, "quote": "20万元", "boxes": [[3, 112.0, 200.0, 152.0, 210.0]], "ocr": False, "confidence": None},
        {
            "page": 3,
            "locator": None,
            "quote": "年初预算20万元",
            "boxes": [[3, 72.0, 200.0, 152.0, 210.0]],
            "ocr": False,
            "confidence": None,
        },
    ]
    wrapped = printed["findings"][0]["evidence"][0]["boxes"]
    assert [box[2] for box in wrapped] == [200.0, 220.0, 240.0, 260.0]


def test_rate_score_grade(printed: dict[str, Any]) -> None:
    project = printed["projects"][0]
    rate = project["rates"][0]
    assert (rate["label"], rate["of"], rate["value"], rate["written"]) == ("完成率", "executed/budget", "99.67", "99.67%")
    assert (project["self_score"]["value"], project["self_score"]["written"]) == ("95", "95分")
    assert (project["grade"]["value"], project["grade"]["written"]) == ("优", "优")


def test_source_and_indicator(printed: dict[str, Any]) -> None:
    project = printed["projects"][0]
    assert project["sources"][0]["label"] == "区级"
    assert project["sources"][0]["budget"]["value"] == "200000"
    assert project["sources"][0]["executed"] is None
    indicator = project["indicators"][0]
    assert (indicator["level1"], indicator["level2"], indicator["name"]) == ("产出指标", "数量指标", "巡查次数")
    assert indicator["actual"]["value"] == indicator["actual"]["written"] == "50场"
    assert (indicator["target"], indicator["weight"], indicator["score"], indicator["reason"]) == (None, None, None, None)


def test_document_number(printed: dict[str, Any]) -> None:
    number = printed["document_numbers"][0]
    del number["evidence"]
    assert number == {"written": "青财〔2019〕7号", "issuer": "青财", "year": "2019", "serial": "7", "title": None, "problem": None}


def test_claim(printed: dict[str, Any]) -> None:
    claim = printed["claims"][0]
    assert [claim["id"], claim["relation"], claim["check"], claim["project"], claim["verdict"]] == [
        "c1",
        "ratio",
        "rate-execution-recompute",
        "河堤养护经费",
        "inconsistent",
    ]
    assert [claim["stated"], claim["expected"], claim["formula"]] == ["99.67%", "99.35%", "19.87万元 ÷ 20万元 = 99.35%"]
    assert [(o["role"], o["value"], o["unit"], o["evidence"][0]["quote"]) for o in claim["operands"]] == [
        ("executed", "198700", "元", "19.87万元")
    ]
    assert (printed["claims"][2]["verdict"], printed["claims"][2]["reason"]) == ("not_checkable", "no_executed")


def test_finding(printed: dict[str, Any]) -> None:
    finding = printed["findings"][0]
    assert finding["message"] == "所述 99.67%，复算应为 99.35%。"
    assert (finding["title"], finding["severity"], finding["claims"]) == ("预算执行率计算有误", "error", ["c1"])
    (place, start, end), *rest = finding["highlights"]
    assert (finding["evidence"][place]["quote"][start:end], rest) == ("99.67%", [])
    assert finding["highlight_boxes"] == [[3, 72.0, 260.0, 132.0, 270.0]]


def test_sentences_in_english(facts: Facts, findings: tuple[Finding, ...], checks: tuple[CheckRecord, ...]) -> None:
    made = report(facts, (), findings, checks, "en")
    assert (made.findings[0].title, made.findings[0].message) == ("Execution rate", "Stated 99.67%, recomputed 99.35%.")


def test_doubts_are_told(facts: Facts, findings: tuple[Finding, ...], checks: tuple[CheckRecord, ...]) -> None:
    doubtful = replace(findings[0], doubts=frozenset({Doubt.PAGE_BREAK, Doubt.OCR}))
    assert report(facts, (), (doubtful,), checks, "zh").findings[0].doubts == ("ocr", "page_break")


def test_a_page_without_text_makes_a_report_partial(facts: Facts) -> None:
    scanned = replace(facts, document=replace(facts.document, notes=(Note("no_text_page", "第2页没有文字层", 2),)))
    made = report(scanned, (), (), (), "zh")
    assert (made.status, made.notes[0].code, made.notes[0].page) == ("partial", "no_text_page", 2)


def test_text_without_pages(facts: Facts) -> None:
    """Plain text has no glyphs: no page, no boxes, but a locator and the words."""
    blocks = tuple(replace(p, glyphs=None, locator=f"第{p.index + 1}行") for p in facts.document.running_text)
    made = report(replace(facts, document=replace(facts.document, blocks=blocks, pages=())), (), (), (), "zh")
    assert made.source.pages is None
    evidence = made.document_numbers[0].evidence[0]
    assert (evidence.page, evidence.locator, evidence.quote, evidence.boxes) == (None, "第3行", "青财〔2019〕7号", ())


def test_words_around_a_passage_that_no_page_shows(facts: Facts, findings: tuple[Finding, ...], checks: tuple[CheckRecord, ...]) -> None:
    assert [finding.surroundings for finding in report(facts, (), findings, checks, "zh").findings] == [(), ()]
    text = "按照" + "一" * 30 + "自评总分95分，等级为优"
    passage = replace(findings[1], spans=(Span(0, 32, 39),))
    blocks = (replace(facts.document.paragraphs[0], text=text, glyphs=None),)
    bare = replace(facts, document=replace(facts.document, blocks=blocks), projects=(), sections=(), document_numbers=())
    assert report(bare, (), (passage,), checks, "zh").findings[0].surroundings == ((0, "…" + "一" * 24, "，等级为优"),)


def test_a_figure_on_the_next_page_names_that_page(facts: Facts) -> None:
    """The page of a passage is that of its first character, not of its paragraph."""
    paragraph = facts.document.paragraphs[1]
    assert paragraph.glyphs
    levels = tuple((start, 4 if start >= 8 else page, *height) for start, page, *height in paragraph.glyphs.levels)
    turned = replace(paragraph, glyphs=replace(paragraph.glyphs, levels=levels))
    blocks = (facts.document.paragraphs[0], turned, facts.document.paragraphs[2])
    moved = replace(facts, document=replace(facts.document, blocks=blocks))
    rate = report(moved, (), (), (), "zh").projects[0].rates[0]
    assert (rate.evidence[0].page, {box[0] for box in rate.evidence[0].boxes}) == (4, {4})


def test_the_run_keeps_its_own_schema(made: Report) -> None:
    run = Run(tool=Tool(version="1"), reports=(made,), summary=Summary(documents=1, ok=1))
    schema = Run.model_json_schema(mode="serialization")
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(run.model_dump_json()), schema)
    assert list(json.loads(run.model_dump_json())) == ["schema_version", "tool", "reports", "summary"]


def test_the_schema_refuses_a_number_for_an_amount(made: Report) -> None:
    run = json.loads(Run(tool=Tool(version="1"), reports=(made,), summary=Summary()).model_dump_json())
    run["reports"][0]["projects"][0]["budget"]["value"] = 200000
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(run, Run.model_json_schema(mode="serialization"))


def test_highlight_outside_every_quote_is_left_out(facts: Facts, findings: tuple[Finding, ...], checks: tuple[CheckRecord, ...]) -> None:
    stray = replace(findings[0], highlight=(Span(2, 0, 3),))
    assert report(facts, (), (stray,), checks, "zh").findings[0].highlights == ()
