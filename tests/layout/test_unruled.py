"""Tables without upright rules: by the ends of level rules, and by white columns."""

from __future__ import annotations

from extractor.layout.unruled import take_unruled
from extractor.model.document import Box
from extractor.model.printed import Line

SIZE = 10.0


def line(top: float, *entries: tuple[float, str]) -> Line:
    """A printed line with entries that begin at given places, every character ten points wide."""
    text, boxes = "", []
    for x0, words in entries:
        if text:
            text += " "
            boxes.append((1, boxes[-1][3], top, x0, top + SIZE))
        for place, character in enumerate(words):
            text += character
            boxes.append((1, x0 + SIZE * place, top, x0 + SIZE * (place + 1), top + SIZE))
    return Line(text, 1, tuple(boxes), SIZE)


def rule(y: float, x0: float, x1: float) -> Box:
    return 1, x0, y, x1, y


def cells(lines: list[Line], rules: list[Box]) -> list[list[str]]:
    """The texts of the cells by table, from top to bottom and left to right."""
    _, tables = take_unruled(lines, rules)
    return [["".join(own.text for own in cell.lines) for cell in sorted(t.cells, key=lambda c: (c.box[2], c.box[1]))] for t in tables]


HEAD = line(102, (50, "项目"), (150, "预算"), (250, "执行"))
FIRST = line(122, (50, "清淤"), (150, "120.5"), (250, "118.2"))
SECOND = line(142, (50, "绿化"), (150, "80.0"), (250, "79.1"))
TOTAL = line(162, (50, "合计"), (150, "200.5"), (250, "197.3"))
TEXTS = ["项目", "预算", "执行", "清淤", "120.5", "118.2", "绿化", "80.0", "79.1", "合计", "200.5", "197.3"]


def test_rules_below_every_cell_tell_the_cells() -> None:
    ends = [(40, 140), (140, 240), (240, 340), (340, 360)]
    rules = [rule(y, x0, x1) for y in (98, 118, 138, 158, 178) for x0, x1 in ends]
    found = cells([HEAD, FIRST, SECOND, TOTAL], rules)
    assert [text for text in found[0] if text] == TEXTS


def test_three_full_rules_leave_the_rows_to_the_lines() -> None:
    rules = [rule(98, 40, 340), rule(118, 40, 340), rule(178, 40, 340)]
    assert cells([HEAD, FIRST, SECOND, TOTAL], rules) == [TEXTS]


def test_no_rule_at_all() -> None:
    assert cells([HEAD, FIRST, SECOND, TOTAL], []) == [TEXTS]


def test_a_label_over_two_rows_is_one_cell() -> None:
    rules = [rule(98, 40, 140), rule(98, 140, 240), rule(98, 240, 340), rule(138, 40, 140), rule(118, 140, 240), rule(118, 240, 340)]
    rules += [rule(138, 140, 240), rule(138, 240, 340)]
    lines = [line(102, (150, "数量"), (250, "20个")), line(113, (50, "产出")), line(122, (150, "质量"), (250, "95%"))]
    _, tables = take_unruled(lines, rules)
    tall = next(cell for cell in tables[0].cells if cell.lines and cell.lines[0].text == "产出")
    assert (tall.box[2], tall.box[4]) == (98, 138)


def test_prose_and_a_stroke_under_a_heading_are_no_table() -> None:
    lines = [line(100 + 20 * i, (50, "本年度资金使用符合规定并按合同约定支付")) for i in range(6)]
    assert cells(lines, [rule(95, 50, 400)]) == []


def test_two_signatures_side_by_side_are_no_table() -> None:
    lines = [line(100, (50, "负责人：甲"), (250, "经办人：乙")), line(120, (50, "电话：略"), (250, "日期：略"))]
    assert cells(lines, []) == []
