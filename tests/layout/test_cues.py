"""What a line is by its own words."""

from __future__ import annotations

import pytest

from extractor.layout.cues import item_kind, says
from extractor.lexicon import packs

RECORDS = [record for name, record in packs.default().patterns.items() if name.startswith("layout.")]
TOLD = [(record.name.removeprefix("layout."), example.text) for record in RECORDS for example in record.examples]


@pytest.mark.parametrize(("cue", "text"), TOLD)
def test_a_first_character_never_hides_what_a_pattern_tells(cue: str, text: str) -> None:
    assert says(cue, text)


@pytest.mark.parametrize("text", ["", "本年度资金", "年", "，"])
def test_other_text_begins_no_item(text: str) -> None:
    assert item_kind(text) is None
    assert not says("footnote", text)
