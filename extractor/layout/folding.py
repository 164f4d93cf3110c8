"""Characters that look alike become one, spaces that only spread the letters go. One character in, one or none out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from extractor.model.document import Box
from extractor.model.printed import Line

# Unified ideographs for U+2E80-U+2EF3 (Unicode's EquivalentUnifiedIdeograph); Kangxi radicals have a one-character NFKC.
_RADICALS = (
    "⺀厂乛乚乙亻冂𠘨刀刂卜㔾小尐兀尣尢𡯂巳幺彑彐忄心扌攵⺚旡日月歺母民氵氺灬爫爬丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉"
    "𦥑艹艺艻虎衤覀西见角𧢲讠贝𧾷车辶辷辸邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
FOLDED = str.maketrans(
    {0x2E80 + place: char for place, char in enumerate(_RADICALS)}
    | {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    | {0x2F3E: "户", 0x2FAD: "青"}  # fonts of the mainland draw these, not the 戶 and 靑 that NFKC gives
    | {"\u3000": " ", "\u00a0": " ", "\t": " "}
)
_FOLDABLE = re.compile(f"[ {re.escape(''.join(map(chr, FOLDED)))}]")
_WIDE = 0.9
"""A space of so many em beside a Chinese character separates two entries of a line."""


def fold(lines: Iterable[Line]) -> list[Line]:
    """Lines with radicals as ideographs and without the spaces that Chinese does not write."""
    return [_fold_line(line) if _FOLDABLE.search(line.text) else line for line in lines]


def _fold_line(line: Line) -> Line:
    text = line.text.translate(FOLDED)
    if " " in text:
        kept = [i for i, char in enumerate(text) if char != " " or _stays(text, i, line.boxes[i], line.size)]
        kept = _closed_up(text, kept)
        return replace(line, text="".join(text[i] for i in kept), boxes=line.boxes.at(kept))
    return line if text == line.text else replace(line, text=text)


def _stays(text: str, place: int, box: Box, em: float) -> bool:
    left, right = text[place - 1], text[place + 1]
    if not is_chinese(left) and not is_chinese(right):
        return True
    return (is_ideograph(left) and is_ideograph(right)) or box[3] - box[1] >= _WIDE * em > 0


def _closed_up(text: str, kept: list[int]) -> list[int]:
    """Drops the spaces of a line whose letters are spread: 自 评 结 果, 表1 项 目 明 细."""
    words = "".join(text[i] for i in kept).split(" ")
    single = sum(len(word) == 1 and is_chinese(word) for word in words)
    if single < 2 or single * 5 < len(words) * 3:
        return kept
    return [i for i in kept if text[i] != " " or not (is_chinese(text[i - 1]) or is_chinese(text[i + 1]))]


def is_ideograph(char: str) -> bool:
    """A Chinese character proper.

    >>> is_ideograph("评"), is_ideograph("，"), is_ideograph("7")
    (True, False, False)
    """
    return "\u3400" <= char <= "\u9fff" or char >= "\U00020000" or char in "〇○"


def is_chinese(char: str) -> bool:
    """A Chinese character or a full-width mark.

    >>> is_chinese("评"), is_chinese("，"), is_chinese("“"), is_chinese("7")
    (True, True, True, False)
    """
    return char >= "\u2e80" or char in "“”‘’—…·●■◆①②③④⑤⑥⑦⑧⑨⑩≥≤"
