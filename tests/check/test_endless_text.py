"""Text without sentences stays cheap: what is read at once, what is quoted and how often one thing is said are bounded."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from extractor import extract
from extractor.check.passages import LONGEST, clause, sentence
from extractor.model.document import Paragraph, Span
from extractor.understand import sentences as reading

TITLE = "柏川县示范项目2022年度绩效自评报告\n\n一、资金情况\n\n"


def test_a_word_typed_thousands_of_times_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TITLE + "预算" * 20_000, encoding="utf-8")
    report = extract(path)
    repeated = [f for f in report.findings if f.check == "repeated-phrase"]
    assert 1 <= len(repeated) <= 40
    assert max(len(e.quote) for f in report.findings for e in f.evidence) <= 2 * LONGEST + 100


@pytest.mark.parametrize("text", ["预算" * 5_000, "完成率95%，" * 2_000, "预算 " * 5_000])
def test_endless_sentences_are_read_in_pieces_that_lose_nothing(text: str) -> None:
    found = list(reading.sentences(Paragraph(0, text), ()))
    assert all(len(s.text) <= 2 * reading.LONGEST for s in found)
    between = [text[one.end : other.start] for one, other in pairwise(found)]
    assert set("".join(between)) <= reading.MARKS


@pytest.mark.parametrize(("start", "quoted"), [(3, "甲一二，"), (6, "乙三四。"), (9, "丙五"), (0, "甲一二，")])
def test_clauses_and_sentences_around_a_place(start: int, quoted: str) -> None:
    text = "甲一二，乙三四。丙五"
    paragraph = Paragraph(0, text)
    assert sentence(paragraph, start, start + 1) == (Span(0, 0, 8) if start < 8 else Span(0, 8, 10))
    assert quoted in text[slice(*_ends(clause(paragraph, start, start + 1)))]


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
