"""Long vocabularies held against short texts: only words that begin with a character of the text are looked for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from extractor.lexicon.packs import Lexicon


class Words:
    """The words of a vocabulary by their first characters."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[int, str]]] = {}
        for place, word in enumerate(dict.fromkeys(words)):
            self._by_first.setdefault(word[0], []).append((place, word))

    def likely_in(self, text: str) -> list[str]:
        """The words that a text may hold, in their order."""
        found = [own for first in set(text) if first in self._by_first for own in self._by_first[first]]
        return [word for _, word in sorted(found)]

    def is_in(self, text: str) -> bool:
        """Does a text hold one of the words?"""
        return any(word in text for word in self.likely_in(text))

    def taken_out(self, text: str) -> str:
        """A text without the words, each taken out wherever it stands, one word after the other.

        >>> Words(["专项资金", "资金"]).taken_out("设备专项资金")
        '设备'
        """
        for word in self.likely_in(text):  # what is left has no characters that the text had not
            text = text.replace(word, "")
        return text


@lru_cache(maxsize=64)
def words_of(lexicon: Lexicon, vocabularies: tuple[str, ...], groups: tuple[str, ...] = ()) -> Words:
    """The words of some vocabularies, then those of some grouped ones, in their order."""
    plain = [word for name in vocabularies for word in lexicon.words(name)]
    return Words([*plain, *(word for name in groups for own in lexicon.groups(name).values() for word in own)])
