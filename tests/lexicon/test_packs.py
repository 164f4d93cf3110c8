"""Packs load strictly, and every pattern does what its examples say."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from extractor.lexicon.holding import plain
from extractor.lexicon.mentions import scan
from extractor.lexicon.packs import Example, PackError, PatternRecord, default, load, matches
from extractor.lexicon.scanner import READERS, scanner
from extractor.lexicon.short_texts import Words
from extractor.model.facts import Kind

PATTERNS = default().patterns
EXAMPLES = [
    pytest.param(record, example, id=f"{name}[{place}]")
    for name, record in PATTERNS.items()
    for place, example in enumerate(record.examples)
]
COUNTER_EXAMPLES = [
    pytest.param(record, case.text, id=f"{name}[{place}]") for name, record in PATTERNS.items() for place, case in enumerate(record.counter)
]
SCANNED = [parameter for parameter in EXAMPLES if parameter.values[0].name.startswith("figure.")]

PACKAGE = Path(__file__).parents[2] / "extractor"
DICTIONARY_ONLY = {"common_words"}
"""Asked for by no name: every vocabulary goes into the dictionary of words."""

PACK = """
[words]
pest_words = ["松材线虫", "松材"]

[groups.pest_funds]
central = ["林草资金", "中央林草资金"]
own = ["护林自筹"]

[fragments]
pest_gap = '[^。；]{0,6}?'

[[pattern]]
name = "pests.area"
title = "除治面积"
regex = '(?P<what>{words:pest_words}){pest_gap}(?P<area>[0-9]{1,6}亩)'
examples = [{ text = "松材线虫除治120亩。", match = "松材线虫除治120亩", groups = { what = "松材线虫", area = "120亩" } }]
counter = [{ text = "造林120亩", reason = "no pest" }]
"""

PATTERN = """
[[pattern]]
name = "pests.area"
title = "除治面积"
regex = '%s'
examples = [{ text = "除治120亩", match = "120亩" }]
counter = [{ text = "120户", reason = "households" }]
"""


def folder(tmp_path: Path, text: str) -> list[Path]:
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    return [tmp_path]


def problem(tmp_path: Path, text: str) -> PackError:
    with pytest.raises(PackError) as raised:
        load(folder(tmp_path, text))
    return raised.value


@pytest.mark.parametrize(("record", "example"), EXAMPLES)
def test_example_is_matched_with_its_groups(record: PatternRecord, example: Example) -> None:
    assert matches(default().pattern(record.name), example)


@pytest.mark.parametrize("record", [record for record in PATTERNS.values() if record.cues], ids=lambda record: record.name)
def test_texts_without_a_cue_are_not_matched(record: PatternRecord) -> None:
    pattern = default().pattern(record.name)
    texts = [example.values[1].text for example in EXAMPLES] + [counter.values[1] for counter in COUNTER_EXAMPLES]
    assert [text for text in texts if pattern.search(text) and not any(cue in text for cue in record.cues)] == []


@pytest.mark.parametrize("name", ["language.repeated", "language.cut_word", "grades.given"])
def test_the_quicker_engine_finds_the_same(name: str) -> None:
    lexicon = default()
    texts = [example.values[1].text for example in EXAMPLES] + [counter.values[1] for counter in COUNTER_EXAMPLES]
    for text in texts:
        own = [(match.span(), match.groupdict()) for match in plain(lexicon, name).finditer(text)]
        assert own == [(match.span(), match.groupdict()) for match in lexicon.pattern(name).finditer(text)]


def test_words_taken_out_of_a_short_text() -> None:
    words = Words(["资金来源", "资金", "来源", "金来"])
    assert (words.is_in("专项资金"), words.is_in("专项经费")) == (True, False)
    assert words.taken_out("资资金金来") == "资"  # 资金 first, then 金来 out of what is left


@pytest.mark.parametrize(("record", "text"), COUNTER_EXAMPLES)
def test_counter_example_is_not_matched(record: PatternRecord, text: str) -> None:
    assert default().pattern(record.name).search(text) is None


@pytest.mark.parametrize(("record", "example"), EXAMPLES)
def test_no_rival_of_the_same_kind_matches_an_example(record: PatternRecord, example: Example) -> None:
    rivals = [name for name, other in PATTERNS.items() if name != record.name and record.kind and other.kind == record.kind]
    found = {name for name in rivals for match in default().pattern(name).finditer(example.text) if match.group() == example.match}
    assert found == set()


@pytest.mark.parametrize(("record", "example"), SCANNED)
def test_the_scanner_takes_an_example_by_its_own_pattern(record: PatternRecord, example: Example) -> None:
    names = [
        scanner(default()).name(match) for match in scanner(default()).pattern.finditer(example.text) if match.group() == example.match
    ]
    assert names == [record.name]


def test_every_scanned_pattern_has_a_reader() -> None:
    assert set(READERS) == {name for name in PATTERNS if name.startswith("figure.")}


def test_every_kind_is_one_of_the_model() -> None:
    assert {record.kind for record in PATTERNS.values()} - {None} <= {kind.value for kind in Kind}


def test_a_pack_of_ones_own(tmp_path: Path) -> None:
    lexicon = load(folder(tmp_path, PACK))
    assert lexicon.words("pest_words") == ("松材线虫", "松材")
    assert lexicon.groups("pest_funds") == {"central": ("中央林草资金", "林草资金"), "own": ("护林自筹",)}
    assert lexicon.group_of("pest_funds", "林草资金") == "central"
    assert lexicon.group_of("pest_funds", "贷款") is None
    found = lexicon.pattern("pests.area").search("本年松材除治60亩")
    assert found is not None
    assert found.groupdict() == {"what": "松材", "area": "60亩"}


def test_references_are_expanded_and_quantifiers_stay(tmp_path: Path) -> None:
    assert load(folder(tmp_path, PACK)).source("pests.area") == "(?P<what>(?:松(?:材线虫|材)))(?:[^。；]{0,6}?)(?P<area>[0-9]{1,6}亩)"


@pytest.mark.parametrize(("reference", "word"), [("{group:pest_funds.own}", "护林自筹"), ("{groups:pest_funds}", "中央林草资金")])
def test_grouped_vocabularies_in_patterns(tmp_path: Path, reference: str, word: str) -> None:
    text = PACK.replace("(?P<what>{words:pest_words})", f"(?P<what>{{words:pest_words}}|{reference})")
    found = load(folder(tmp_path, text)).pattern("pests.area").search(f"{word}除治60亩")
    assert found is not None
    assert found.group("what") == word


def test_a_users_pack_adds_words_to_a_known_vocabulary(tmp_path: Path) -> None:
    lexicon = load(folder(tmp_path, '[words]\ncount_units = ["网箱"]'))
    assert [(m.quantity.value, m.quantity.unit) for m in scan("投放12网箱。", lexicon) if m.quantity] == [(12, "网箱")]


def test_a_users_pattern_of_a_kind_is_searched_and_wins(tmp_path: Path) -> None:
    text = PATTERN.replace('title = "除治面积"', 'title = "除治面积"\nkind = "code"') % "[0-9]+亩"
    mentions = scan("除治120亩，支出3万元", load(folder(tmp_path, text)))
    assert [(m.kind, m.text, m.pattern) for m in mentions] == [(Kind.CODE, "120亩", "pests.area"), (Kind.MONEY, None, "figure.amount")]


@pytest.mark.parametrize(
    ("text", "line", "quoted", "said"),
    [
        ("[words]\nx = []", 2, "x = []", 'x = ["词", "词"]'),
        ("[word]\nx = 1", 1, "[word]", "[words]"),
        ('[words]\ncount_unit = ["网箱"]', 2, 'count_unit = ["网箱"]', "count_units"),
        ('[groups.mesure]\nexecuted = ["核销数"]', 1, "[groups.mesure]", "measure"),
        ('[groups.measure]\nexecutd = ["核销数"]', 2, 'executd = ["核销数"]', "executed"),
        ("x = ", 1, "x =", "TOML"),
        ("[fragments]\npest_a = '{pest_bb}'\npest_b = 'x'", 2, "pest_a = '{pest_bb}'", "{pest_b}"),
        ("[fragments]\npest_a = 'x{pest_a}'", 2, "pest_a = 'x{pest_a}'", "不循环"),
        (PATTERN % "(120亩", 5, "regex = '(120亩'", "有效的正则"),
        (PATTERN % "{words:count_unitz}", 5, "regex = '{words:count_unitz}'", "{words:count_units}"),
        (PATTERN % "[0-9]+亩|120户", 7, 'counter = [{ text = "120户", reason = "households" }]', "households"),
        (PATTERN % "除治", 6, 'examples = [{ text = "除治120亩", match = "120亩" }]', "120亩"),
        (PATTERN % "[0-9]+亩" + 'cue = ["公顷"]', 6, 'examples = [{ text = "除治120亩", match = "120亩" }]', "公顷"),
        ((PATTERN % "x").replace("examples", "example"), 6, 'example = [{ text = "除治120亩", match = "120亩" }]', "examples"),
        ('[[pattern]]\nname = "pests.area"\ntitle = "t"\nregex = "x"', 2, 'name = "pests.area"', "examples = "),
        ('[[pattern]]\ntitle = "t"', 1, "[[pattern]]", 'name = "…"'),
        ("pattern = 1", 1, "pattern = 1", "[[pattern]]"),
        ("[groups]\nfunds = 1", 2, "funds = 1", "[funds]"),
    ],
)
def test_an_error_names_file_line_and_what_was_expected(tmp_path: Path, text: str, line: int, quoted: str, said: str) -> None:
    error = problem(tmp_path, text)
    assert (error.file, error.number, error.line) == (f"{tmp_path}/mine.toml", line, quoted)
    assert said in error.expected
    assert str(error).startswith(f"{tmp_path}/mine.toml:{line}: ")
    assert quoted in str(error)


def test_a_known_name_cannot_be_taken_again(tmp_path: Path) -> None:
    error = problem(tmp_path, "[fragments]\nfig_gap = 'x'")
    assert (error.number, error.line) == (2, "fig_gap = 'x'")


def test_folders_that_hold_no_pack(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="目录不存在"):
        load([tmp_path / "none"])
    with pytest.raises(PackError, match="没有模式文件"):
        load([tmp_path])


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes("# 松材线虫".encode("gb18030"))
    with pytest.raises(PackError, match="编码"):
        load([tmp_path])


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(KeyError, match="count_units"):
        default().words("count_unit")


def test_patterns_are_compiled_only_when_used() -> None:
    lexicon = load()
    assert lexicon._compiled == {}


def spoken(folder: Path) -> set[str]:
    """Every string that the code of a folder spells out."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in folder.rglob("*.py"))
    return {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_vocabulary_and_pattern_is_asked_for() -> None:
    """What nobody asks for promises its reader, and whoever adds words to it, something that never happens."""
    texts = "\n".join(path.read_text(encoding="utf-8") for path in (PACKAGE.parent / "patterns").glob("*.toml"))
    referred = set(re.findall(r"\{(?:words|groups|wrapped|group):(\w+)", texts))
    asked = spoken(PACKAGE) | {f"layout.{cue}" for cue in spoken(PACKAGE / "layout")} | referred
    names = {*default().vocabularies, *default().grouped, *PATTERNS}
    assert names - asked - DICTIONARY_ONLY == set()
