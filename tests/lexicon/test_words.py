"""Word boundaries and names, on a dictionary of the packs' own words."""

from __future__ import annotations

import logging
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.lexicon.fold import fold
from extractor.lexicon.packs import Lexicon, load
from extractor.lexicon.words import cut, name_key, similar, splits_word, vocabulary


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    folder: Path = tmp_path_factory.mktemp("pack")
    (folder / "fish.toml").write_text('[words]\nfish_words = ["增殖放流", "鱼苗", "捕捞"]', encoding="utf-8")
    return load([folder])


def test_words_of_a_users_pack_are_known(lexicon: Lexicon) -> None:
    assert cut("增殖放流鱼苗", lexicon) == ["增殖放流", "鱼苗"]
    assert "鱼苗" in vocabulary(lexicon)
    assert "鱼苗" not in vocabulary(load())


def test_cutting_loses_nothing(lexicon: Lexicon) -> None:
    text = "2021年，增殖放流120万尾鱼苗（含A类）。"
    assert "".join(cut(text, lexicon)) == text


@pytest.mark.parametrize(("index", "splits"), [(0, False), (1, True), (3, True), (4, False), (5, True), (6, False)])
def test_a_cut_inside_a_word(lexicon: Lexicon, index: int, splits: bool) -> None:
    assert splits_word("增殖放流鱼苗", index, lexicon) is splits


@pytest.mark.parametrize(
    "written",
    [
        "鱼苗投放",
        "“鱼苗投放”",
        "2021年鱼苗投放",
        "（2021年度）鱼苗投放",
        "1.鱼苗投放",
        "（三）鱼苗投放",
        "51092324T000012345678-鱼苗投放",
        "项目二：鱼苗 投放",
        "2020-2021年度鱼苗投放",
    ],
)
def test_one_key_for_every_writing_of_a_name(written: str) -> None:
    assert name_key(written) == "鱼苗投放"


def test_a_name_keeps_what_is_its_own() -> None:
    assert name_key("鱼苗投放（二期）") == "鱼苗投放二期"
    assert name_key("A4纸采购") == "A4纸采购"
    assert name_key("十三五规划编制") == "十三五规划编制"
    assert name_key("2021年") == "2021年"


def test_similarity_of_names() -> None:
    assert similar("2021年鱼苗投放", "鱼苗投放") == 1
    assert similar("鱼苗投放", "道路养护") == 0
    assert similar("鱼苗投放", "") == 0
    assert similar("机关运行费", "机关项目运行") == Decimal(8) / 11
    assert similar("鱼苗投放", "鱼苗投放费") > similar("鱼苗投放", "投放鱼苗") > Decimal("0.4")


def test_jieba_is_silent(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], lexicon: Lexicon) -> None:
    with caplog.at_level(logging.DEBUG):
        cut("鱼苗投放", load())
    assert capfd.readouterr() == ("", "")


def test_folding_keeps_every_place() -> None:
    text = "共１２萬元，占８５．５％；⼀般公共預算（貳拾）"
    folded = fold(text)
    assert len(folded) == len(text)
    assert folded == "共12万元，占85.5%；一般公共預算（贰拾）"
