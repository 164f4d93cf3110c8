"""Where the characters of a text stand."""

from __future__ import annotations

from array import array

import pytest

from extractor.model.document import Box
from extractor.model.glyphs import Glyphs

TWO_PAGES = Glyphs(array("f", (0, 10, 20, 0, 10)), array("f", (10, 20, 30, 10, 10)), ((0, 1, 700, 710), (3, 2, 50, 60)))
"""Three characters at the foot of a page, and one with a space behind it at the head of the next."""


@pytest.mark.parametrize(
    ("start", "end", "boxes"),
    [
        (0, 3, [(1, 0, 700, 30, 710)]),
        (1, 2, [(1, 10, 700, 20, 710)]),
        (2, 4, [(1, 20, 700, 30, 710), (2, 0, 50, 10, 60)]),
        (3, 5, [(2, 0, 50, 10, 60)]),
        (4, 5, []),
        (2, 2, []),
    ],
)
def test_each_line_has_one_box(start: int, end: int, boxes: list[Box]) -> None:
    assert TWO_PAGES.lines(start, end) == boxes


def test_a_character_knows_its_page_and_box() -> None:
    assert (TWO_PAGES.pages, TWO_PAGES.page(2), TWO_PAGES.page(3)) == ({1, 2}, 1, 2)
    assert TWO_PAGES.box(3) == (2, 0, 50, 10, 60)


def test_raised_characters_stand_on_the_line_of_the_others() -> None:
    area = Glyphs(array("f", (0, 10, 15)), array("f", (10, 15, 25)), ((0, 1, 100, 112), (1, 1, 100, 106), (2, 1, 100, 112)))
    assert area.lines(0, 3) == [(1, 0, 100, 25, 112)]
