"""Boxes are counted from the corner of the page as it is shown: turned, on a larger sheet, with part of it shown."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from extractor.read import read
from tests.turning import Edges, turned

REPORT = Path(__file__).parents[2] / "corpus" / "agriculture-transfer-2022.pdf"
LARGER: Edges = (-20, -30, 15, 7)
PART: Edges = (11, 13, -31, -17)
CORNERS = {
    ("whole", 0): (79.1, 235.4), ("whole", 90): (79.1, 235.4), ("whole", 180): (79.1, 235.4), ("whole", 270): (79.1, 235.4),
    ("larger", 0): (99.1, 242.4), ("larger", 90): (109.1, 255.4), ("larger", 180): (94.1, 265.4), ("larger", 270): (86.1, 250.4),
    ("part", 0): (68.1, 218.4), ("part", 90): (66.1, 224.4), ("part", 180): (48.1, 222.4), ("part", 270): (62.1, 204.4),
}  # fmt: skip
"""Where the first character of a line stands, as pdfium places it too."""


@pytest.mark.parametrize(("way", "turn"), CORNERS)
def test_boxes_count_from_the_corner_of_what_is_shown(tmp_path: Path, way: str, turn: int) -> None:
    media, crop = {"whole": (None, None), "larger": (LARGER, None), "part": (LARGER, PART)}[way]
    sheet = read(turned(REPORT, tmp_path / "a.pdf", turn, media, crop)).sheets[2]
    line = sheet.lines[5]
    assert line.text.startswith("资金，同步下达区")
    assert line.boxes[0][1:3] == pytest.approx(CORNERS[way, turn], abs=0.1)


@pytest.mark.parametrize("crop", [(900, 900, 900, 900), (-50, -50, 50, 50)])
def test_a_part_beside_the_sheet_shows_the_whole(tmp_path: Path, crop: Edges) -> None:
    sheet = read(turned(REPORT, tmp_path / "a.pdf", 0, None, crop)).sheets[2]
    assert (sheet.page.width, sheet.page.height) == pytest.approx((595.3, 841.9), abs=0.1)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_shown_on_their_side_or_upside_down_are_told_and_not_read(tmp_path: Path, turn: int) -> None:
    with pikepdf.open(REPORT) as file:
        for page in file.pages:
            page.obj.Rotate = turn
        file.save(tmp_path / "a.pdf")
    made = read(tmp_path / "a.pdf")
    assert {note.code for note in made.notes} == {"sideways_page"}
    assert all(line.slanted for sheet in made.sheets for line in sheet.lines)


def test_what_is_cut_away_is_not_read(tmp_path: Path) -> None:
    whole, part = (read(turned(REPORT, tmp_path / f"{crop}.pdf", 0, None, crop)).sheets[2] for crop in (None, (0, 400, 0, 0)))
    assert 0 < len(part.lines) < len(whole.lines)
    assert part.page.height == pytest.approx(441.9, abs=0.1)
