"""Look-alike characters become one, and spaces that Chinese does not write go."""

from __future__ import annotations

import pytest

from extractor.layout.folding import FOLDED, fold
from extractor.model.printed import Boxes
from tests.layout.printed import line


def folded(text: str) -> str:
    (made,) = fold([line(text)])
    assert len(made.text) == len(made.boxes)
    return made.text


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("\u2f83评\u2f2f作⻅⻚⻓", "自评工作见页长"),
        ("商\u2f3e和\u2fad年", "商户和青年"),
        ("共 12 个村", "共12个村"),
        ("（ 一 ）资金", "（一）资金"),
        ("完成 率 80%", "完成 率80%"),
        ("自 评 结 果", "自评结果"),
        ("目 录", "目录"),
        ("表 1 2024 年 度 项 目 情 况 表", "表1 2024年度项目情况表"),
        ("项目名称 灌区维修费", "项目名称 灌区维修费"),
        ("Open Harmony 系统", "Open Harmony系统"),
        ("第 3 页", "第3页"),
    ],
)
def test_spaces_and_radicals(printed: str, typed: str) -> None:
    assert folded(printed) == typed


def test_every_radical_folds_to_one_ideograph() -> None:
    for code in [*range(0x2E80, 0x2E9A), *range(0x2E9B, 0x2EF4), *range(0x2F00, 0x2FD6)]:
        assert len(FOLDED[code]) == 1, hex(code)
    assert "".join(map(chr, (0x2E9F, 0x2EA0, 0x2EC5, 0x2EE9, 0x2EF0, 0x2EF3))).translate(FOLDED) == "母民见黄龙龟"


def test_a_wide_gap_stays_a_space() -> None:
    made = line("经费 120")
    wide = Boxes.of((*made.boxes[:2], (1, made.boxes[2][1], 100.0, made.boxes[2][1] + 40.0, 114.0), *made.boxes[3:]))
    (kept,) = fold([type(made)("经费 120", 1, wide, 14.0)])
    assert kept.text == "经费 120"
