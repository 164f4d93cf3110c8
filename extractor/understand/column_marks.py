"""Rows that number the columns of a table: 甲 乙 1 2 3=1+2, A B C=A+B, 栏次 1 2 3. They hold no figures of anything."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.lexicon.labels import matched
from extractor.lexicon.packs import Lexicon

LETTERS = "甲乙丙丁戊己庚辛壬癸"
LEAST = 3


class ColumnMarks:
    def __init__(self, lexicon: Lexicon) -> None:
        self.mark = matched(lexicon, "forms.column_mark")
        self.names = frozenset(lexicon.words("column_numbers"))

    def number(self, texts: Sequence[str]) -> bool:
        """Is a row made of nothing but marks, in their order or with a formula or a name that tells them?"""
        filled = [text for text in texts if text]
        if len(filled) < LEAST:
            return False
        formulas = []
        for text in filled:
            match = self.mark(text)
            if match is None:
                return False
            formulas.append(match["formula"])
        if any(formulas) or set(filled) & self.names:
            return True
        numbers = [int(text) for text in filled if text.isdigit()]
        letters = [text for text in filled if text in LETTERS]
        in_order = numbers == list(range(1, len(numbers) + 1)) and letters == list(LETTERS[: len(letters)])
        return in_order and len(numbers) + len(letters) >= LEAST
