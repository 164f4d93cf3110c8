"""What is written about every check: names, families, titles, texts in two languages, documentation."""

from __future__ import annotations

import string

import pytest

from extractor.check import CHECKS
from extractor.model.findings import CheckRecord

HEADINGS = ["核什么：", "为什么：", "怎么判：", "依据：", "例：", "已知误报："]
every_check = pytest.mark.parametrize("record", CHECKS, ids=lambda record: record.name)


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_names_are_unique_and_kebab_case() -> None:
    names = [record.name for record in CHECKS]
    assert len(set(names)) == len(names)
    assert [name for name in names if name != name.lower() or not name.replace("-", "").isalnum()] == []


def test_families_stand_together_in_order() -> None:
    families = list(dict.fromkeys(record.family for record in CHECKS))
    assert [record.family for record in CHECKS] == sorted((r.family for r in CHECKS), key=families.index)
    assert families == sorted(families)


@every_check
def test_documentation_has_its_headings_in_order(record: CheckRecord) -> None:
    starts = [heading for line in record.documentation.splitlines() for heading in HEADINGS if line.startswith(heading)]
    assert starts == HEADINGS


@every_check
def test_texts_are_in_both_languages_without_positions(record: CheckRecord) -> None:
    assert record.title_zh
    assert record.title_en
    assert record.norm
    for chinese, english in record.texts.values():
        assert chinese.endswith(("。", "}"))
        assert english.endswith((".", ")", "}"))
        assert "" not in fields(chinese) | fields(english)
