"""Word boundaries and the comparison of names, on a dictionary built from the packs' vocabularies.

The dictionary holds a few thousand words, so it is built in memory in milliseconds: jieba's own dictionary (60 MB, half a
second) and its cache files are never touched.
"""

from __future__ import annotations

import logging
import warnings
from collections import Counter
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache
from io import BytesIO
from typing import Any

from extractor.lexicon.packs import Lexicon, default
from extractor.model.quantity import ONE, TWO, ZERO

_FREQUENCY = 100
_HAN = "\u4e00", "\u9fff"


@lru_cache(maxsize=4)
def _tokenizer(lexicon: Lexicon) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42 asks for the deprecated pkg_resources
        import jieba

    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    lines = "\n".join(f"{word} {_FREQUENCY * len(word)}" for word in sorted(vocabulary(lexicon)))
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(BytesIO(lines.encode()))
    tokenizer.initialized = True
    return tokenizer


@lru_cache(maxsize=4)
def vocabulary(lexicon: Lexicon) -> frozenset[str]:
    """Every word of two or more Chinese characters that the packs know."""
    plain = [word for words in lexicon.vocabularies.values() for word in words]
    grouped = [word for groups in lexicon.grouped.values() for words in groups.values() for word in words]
    return frozenset(word for word in plain + grouped if len(word) > 1 and all(_HAN[0] <= c <= _HAN[1] for c in word))


def cut(text: str, lexicon: Lexicon | None = None) -> list[str]:
    """The words of a text in order; what the dictionary does not know falls into single characters.

    >>> "".join(cut("2021年绩效自评工作"))
    '2021年绩效自评工作'
    """
    return list(_tokenizer(lexicon or default()).cut(text, HMM=False))


def splits_word(text: str, index: int, lexicon: Lexicon | None = None) -> bool:
    """Would a cut before `text[index]` stand inside a known word?

    >>> splits_word("清淤工程", 1), splits_word("清淤工程", 2)
    (True, False)
    """
    if not 0 < index < len(text):
        return False
    start = 0
    for word in cut(text, lexicon):
        start += len(word)
        if start >= index:
            return start > index
    return False


def name_key(name: str, lexicon: Lexicon | None = None) -> str:
    """A project's or indicator's name as it is compared: no code, number, year, quotes, brackets or spaces.

    >>> name_key("1.“河道清淤（二期）”2019年度项目")
    '河道清淤二期项目'
    """
    return _name_key(name, lexicon or default())


@lru_cache(maxsize=4096)
def _name_key(name: str, lexicon: Lexicon) -> str:
    from extractor.lexicon.fold import fold

    noise = lexicon.pattern("words.name_noise")
    folded = fold(name, lexicon)
    key = noise.sub("", folded.strip()).upper()
    while key != (shorter := noise.sub("", key)):  # a code may stand behind a quotation mark
        key = shorter
    return key or folded.strip()


def without_code(name: str, lexicon: Lexicon | None = None) -> tuple[str, str | None]:
    """A project's name, and the code that stands before it.

    >>> without_code("51092324T000012345678-河道清淤"), without_code("河道清淤")
    (('河道清淤', '51092324T000012345678'), ('河道清淤', None))
    """
    match = (lexicon or default()).pattern("words.project_code").match(name.strip())
    return (match["name"], match["code"]) if match else (name, None)


def similar(a: str, b: str, lexicon: Lexicon | None = None) -> Decimal:
    """How alike two names are, from 0 to 1: half by characters in order, half by words in any order.

    >>> similar("机关运行费", "2019年度机关运行费"), similar("新增就业", "就业新增")
    (Decimal('1'), Decimal('0.75'))
    """
    one, other = name_key(a, lexicon), name_key(b, lexicon)
    if one == other:
        return ONE
    if not one or not other:
        return ZERO
    size = len(one) + len(other)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    in_order = sum(block.size for block in matcher.get_matching_blocks())
    shared = Counter(_joints(one, lexicon or default())) & Counter(_joints(other, lexicon or default()))
    in_words = sum(len(word) * times for word, times in shared.items())
    return (Decimal(2 * in_order) + Decimal(2 * in_words)) / (size * TWO)


@lru_cache(maxsize=1024)
def _joints(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The words of a text, compounds taken apart: 运行费 is 运行 and 费. A name is held against those of all projects."""
    known = vocabulary(lexicon)
    parts: list[str] = []
    for word in cut(text, lexicon):
        while len(word) > 2 and word[:2] in known:
            parts.append(word[:2])
            word = word[2:]
        parts.append(word)
    return tuple(parts)
