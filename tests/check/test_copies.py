"""Near copies are found without comparing every text with every other."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from extractor.check.nearness import near_pairs, similarity
from extractor.check.pairing import Lone, lone_brackets, without_partners_nearby

OPENERS, CLOSERS = {"（": "round", "(": "round", "《": "title"}, {"）": "round", ")": "round", "》": "title"}
CHARACTERS = "河道保洁资金项目完成全县护河员巡查水面清洁目标考核验收群众满意工程质量安全生产"


def text_of(chance: random.Random, length: int) -> str:
    return "".join(chance.choice(CHARACTERS) for _ in range(length))


def altered(text: str, chance: random.Random, changes: int) -> str:
    characters = list(text)
    for place in chance.sample(range(len(text)), changes):
        characters[place] = "某"
    return "".join(characters)


@pytest.mark.parametrize(("length", "changes", "threshold"), [(40, 2, 0.95), (60, 6, 0.9), (300, 15, 0.95)])
def test_a_near_copy_is_found(length: int, changes: int, threshold: float) -> None:
    chance = random.Random(7)
    for _ in range(30):
        texts = [text_of(chance, length) for _ in range(6)]
        texts.insert(3, altered(texts[0], chance, changes))
        pairs = list(near_pairs(texts, threshold, lambda i, j: True))
        assert pairs == [(i, j) for i, j in combinations(range(7), 2) if similarity(texts[i], texts[j]) >= threshold] == [(0, 3)]


def test_texts_of_other_length_are_no_copies() -> None:
    text = text_of(random.Random(3), 80)
    assert list(near_pairs([text, text[:50]], 0.95, lambda i, j: True)) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("《办法》（云政〔2014〕6号）", []),
        ("《办法》（云政〔2014〕6号、《细则》（云办〔2017〕4号）", [4]),
        ("共13宗）小型水库", [4]),
        ("《关于（试行的通知》", [3]),
        ("(一)与（二）", []),
    ],
)
def test_lone_brackets(text: str, places: list[int]) -> None:
    assert [lone.place for lone in lone_brackets(text, OPENERS, CLOSERS)] == places


def test_a_bracket_closed_in_the_next_paragraph_has_a_partner() -> None:
    opener, closer = Lone(0, 9, "round", True), Lone(1, 4, "round", False)
    assert without_partners_nearby([opener, closer]) == []
    assert without_partners_nearby([opener, Lone(5, 4, "round", False)]) == [opener, Lone(5, 4, "round", False)]
    assert without_partners_nearby([closer, Lone(2, 0, "round", True)]) == [closer, Lone(2, 0, "round", True)]


def test_stock_phrases_are_told_by_all_texts() -> None:
    chance = random.Random(5)
    stock = text_of(chance, 60)
    texts = [altered(stock, chance, 1) for _ in range(45)] + [text_of(chance, 60) for _ in range(5)]
    texts.append(altered(texts[-1], chance, 2))
    every = list(near_pairs(texts, 0.9, lambda i, j: True))
    assert (49, 50) in every
    among = [0, 1, 2, 49, 50]
    assert list(near_pairs(texts, 0.9, lambda i, j: True, among)) == [pair for pair in every if set(pair) <= set(among)]
